"""The window's heartbeat while a library of 1,000 scenarios is read, searched and scrolled, beside that at rest."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

from simulator import paths
from tests.benchmarks.figure import Figure, quantile
from tests.benchmarks.generated import generate

ROOT = Path(__file__).parents[2]
NUMBER = 1_000
BEAT_MS = 5
REST_MS = 3_000
SEARCHES = ("c", "co", "cob", "cobro", "garzon", "", "xyzzy", "")
ENDS = 60
"""Times that the page is scrolled to its end."""


def figures() -> Iterator[Figure]:
    """Time between beats of a timer of 5 ms, in the real window: the first start (nothing is known of the files) and
    the next one, each key of a search, scrolling, reading again. Beside each, how much of the longest time the window's
    thread worked itself: the rest it waited, for Python's lock or for a processor that others had."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory() as home:
        environment["TERCER_TIMBRE_HOME"] = home
        generate(Path(home, "own"), NUMBER)
        for start in ("first start", "next start"):
            command = [sys.executable, "-m", "tests.benchmarks.library", home]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment, cwd=ROOT)
            measured = json.loads(done.stdout)
            rest = measured["beats"].pop("at rest")
            for part, beats in measured["beats"].items():
                if start == "next start" or part == "reading":
                    for name, kind, share, goal in (
                        ("p99", 0, 0.99, "–"),
                        ("max", 0, 1.0, "≤ 50"),
                        ("own work, max", 1, 1.0, "≤ 50"),
                    ):
                        label = f"{NUMBER} scenarios, {start}, {part}, {name} of {len(beats)}"
                        value, floor = (quantile([beat[kind] for beat in some], share) for some in (beats, rest))
                        yield Figure(label, value, floor, "ms", goal)
            yield Figure(f"{NUMBER} scenarios, {start}, first page shown", measured["shown"], None, "ms", "reported")
            yield Figure(f"{NUMBER} scenarios, {start}, all read", measured["read"], None, "ms", "reported")
            yield Figure(f"{NUMBER} scenarios, {start}, resident", measured["resident"], None, "MB", "reported")


def _measure(home: Path) -> dict[str, object]:
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from simulator.ui.opening import TURN_S, Places, build
    from simulator.ui.pages.library import LibraryPage
    from simulator.ui.tidying import Tidying

    qt = QApplication([])
    sys.setswitchinterval(TURN_S)  # as the program itself does
    places = Places(
        scenarios=(paths.scenarios(), home / "own"),
        database=home / "t.db",
        settings=home / "settings.json",
        window_state=home / "window.ini",
        voices=home / "voices",
        crashes=home,
        models=home / "models",
        recordings=home / "recordings",
    )
    window, application = build(places)
    tidying = Tidying()
    application.settled.connect(tidying.settle)
    tidying.start()
    settled: list[bool] = []
    application.settled.connect(lambda: settled.append(True))
    window.show()
    loop = QEventLoop()
    beat = QTimer(interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
    stamps: list[tuple[float, float]] = []
    goals: list[Callable[[], bool]] = []

    def on_beat() -> None:
        stamps.append((time.perf_counter(), time.thread_time()))
        if goals[-1]():
            loop.quit()

    beat.timeout.connect(on_beat)

    def beaten(begin: Callable[[], object], over: Callable[[], bool]) -> list[tuple[float, float]]:
        """Milliseconds between beats from `begin` until it is over, and of the thread's work in them."""
        goals.append(over)
        stamps[:] = [(time.perf_counter(), time.thread_time())]
        QTimer.singleShot(0, begin)
        beat.start()
        loop.exec()
        beat.stop()
        return [((b - a) * 1000, (d - c) * 1000) for (a, c), (b, d) in pairwise(stamps)]

    def quiet() -> bool:
        return application.tasks.idle and application.glance.unread == 0

    began = time.perf_counter()
    shown: list[float] = []

    def read() -> bool:
        if window.shown in ("profiles", "library") and not shown:
            shown.append((time.perf_counter() - began) * 1000)
            if window.shown == "profiles":
                application.add_person("Ana")
        page = window.page("library")
        return bool(settled) and quiet() and isinstance(page, LibraryPage) and not page.cards.growing

    beats: dict[str, list[tuple[float, float]]] = {"reading": beaten(application.begin, read)}
    took = (time.perf_counter() - began) * 1000
    page = window.page("library")
    assert isinstance(page, LibraryPage)
    if len(application.glance.library) < NUMBER or any(entry.broken for entry in application.glance.library):
        raise RuntimeError("not all of the generated scenarios are sound")
    resting = time.perf_counter() + REST_MS / 1000
    beats["at rest"] = beaten(lambda: None, lambda: time.perf_counter() > resting)
    beats["a search"] = []
    for text in SEARCHES:
        beats["a search"] += beaten(partial(page.search.setText, text), lambda: not page.cards.growing)
    bar = page.scroller.verticalScrollBar()
    beats["scrolling"] = []
    for _ in range(ENDS):
        beats["scrolling"] += beaten(lambda: bar.setValue(bar.maximum()), lambda: not page.cards.growing)
    beats["reading again"] = beaten(application.refresh, quiet)
    status = Path("/proc/self/status").read_text().splitlines()
    resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    application.close()
    tidying.stop()
    del qt
    return {"beats": beats, "shown": shown[0], "read": took, "resident": resident / 1024}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(Path(sys.argv[1]))))
    sys.stdout.flush()
    os._exit(0)  # as a desk is left: nothing more is measured
