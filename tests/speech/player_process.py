"""A small program that plays, for ``test_player``: Qt's tie to a sound server is one a process.

Commands come as JSON lists: ``play FILE VOLUME``, ``loop FILE VOLUME``, ``stop``, ``reason``, ``quit``. Every signal
and every answer goes out as a JSON list, the name first.
"""

import json
import sys
import threading
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from simulator.speech.devices.marshal import Marshal
from simulator.speech.devices.opening import open_player, outputs
from simulator.speech.line import RenderedLine


def tell(name: str, *values: object) -> None:
    sys.stdout.write(json.dumps([name, *values]) + "\n")
    sys.stdout.flush()


def main() -> None:
    application = QCoreApplication([])
    player = open_player(application)
    player.started.connect(lambda duration: tell("started", duration))
    player.finished.connect(lambda: tell("finished"))
    player.failed.connect(lambda code: tell("failed", code))
    marshal = Marshal(application)
    tell("open", type(player).__name__, player.device_name, player.reason, list(outputs()[0]))

    def act(words: list[str]) -> None:
        began = time.perf_counter()
        match words:
            case ["play" | "loop" as how, file, volume]:
                line = RenderedLine(Path(file).read_bytes())
                player.play(line, int(volume), loop=how == "loop")
            case ["stop"]:
                player.stop()
            case ["reason"]:
                tell("reason", player.reason)
            case ["quit"]:
                player.stop()
                application.quit()
        tell("done", words[0], time.perf_counter() - began, player.is_playing)

    def read() -> None:
        for text in sys.stdin:
            words = json.loads(text)
            marshal.deliver(partial(act, words))

    threading.Thread(target=read, daemon=True).start()
    application.exec()


if __name__ == "__main__":
    main()
