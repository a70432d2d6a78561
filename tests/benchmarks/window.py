"""The first window and the memory it takes, beside a bare PySide6 window. Whole processes, fresh folders."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figure import Figure

ROOT = Path(__file__).parents[2]
RUNS = 7

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv[:1])
window = QMainWindow()
window.setCentralWidget(QLabel("Tercer Timbre"))
window.resize(1240, 800)
window.show()
app.processEvents()
"""
OURS = """
import sys
from PySide6.QtWidgets import QApplication
from simulator.app.start import places
from simulator.ui.opening import build
app = QApplication(sys.argv[:1])
window, application = build(places())
window.show()
app.processEvents()
"""
FULL = (
    OURS
    + """
from PySide6.QtCore import QTimer
def look():
    if application.window.shown != "" and application.tasks.idle:
        app.quit()
timer = QTimer()
timer.timeout.connect(look)
timer.start(5)
application.begin()
app.exec()
"""
)
TELL = """
def resident():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
print(f"shown {resident():.1f}", flush=True)
"""
LEAVE = """
import os
os._exit(0)
"""


def _run(program: str) -> tuple[float, float]:
    """Milliseconds from the start of the process until it says «shown», and its resident memory then (MB)."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "TERCER_TIMBRE_HOME": home,
            "PYTHONPATH": str(ROOT),
        }
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-c", program + TELL + LEAVE], env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as process:
            assert process.stdout is not None
            said = process.stdout.readline()
            passed = (time.perf_counter() - began) * 1000
            process.wait()
    return passed, float(said.split()[1])


def figures() -> Iterator[Figure]:
    """First window, library shown, resident memory."""
    _run(BARE), _run(FULL)  # warm the disk
    bare, ours, full = [], [], []
    for _ in range(RUNS):  # side by side, so that a busy machine is busy for all
        bare.append(_run(BARE))
        ours.append(_run(OURS))
        full.append(_run(FULL))
    floor = statistics.median(ms for ms, _ in bare)
    yield Figure("first window", statistics.median(ms for ms, _ in ours), floor, "ms", "≤ 2.0×")
    yield Figure("first page with store and library", statistics.median(ms for ms, _ in full), floor, "ms", "reported")
    memory = statistics.median(mb for _, mb in bare)
    yield Figure("resident, first window", statistics.median(mb for _, mb in ours), memory, "MB", "reported")
    yield Figure("resident, library loaded", statistics.median(mb for _, mb in full), memory, "MB", "reported")
