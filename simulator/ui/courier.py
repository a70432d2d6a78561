"""Results go to the team, and reviews come back, in a process of its own while the window goes on.

Nothing is lost with that process: what was not sent waits, and the next run goes on (`records/team/syncing.py`).
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QProcess, QTime, QTimer, Signal

from simulator.settings import Settings
from simulator.wording import _, n_, render

AGAIN_MS: Final = 5 * 60_000
"""After a run that reached nobody the next one is tried."""
_ERRAND: Final = "simulator.records.team.errand"
_ROOT: Final = Path(__file__).resolve().parents[2]
_VARIABLES: Final = ("TERCER_TIMBRE_TEAM", "TERCER_TIMBRE_LRS")

Answer = dict[str, Any]


class Courier(QObject):
    """Runs one errand at a time. `settings`: gives those in force; `database`, `config`: the files of this desk."""

    told = Signal(str, str)
    """A quiet line about what happened, and its tone; a network that is still missing is told once."""
    received = Signal()
    """Others signed something about attempts of this desk: what is shown is to be read anew."""
    ran = Signal(str)
    """How the last run went, in a sentence for the settings."""

    def __init__(self, settings: Callable[[], Settings], database: Path, config: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._database = database
        self._config = config
        self._process: QProcess | None = None
        self._then: Callable[[Answer], None] | None = None
        self._asked_again = False
        self._missed = False
        self.last = ""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.sync)

    @property
    def busy(self) -> bool:
        """Whether an errand is under way."""
        return self._process is not None

    def sync(self) -> None:
        """Sends what waits, once the errand under way is done; nothing happens on a desk without a team."""
        chosen = self._settings()
        if not (chosen.team or chosen.lrs or any(os.environ.get(name) for name in _VARIABLES)):
            return
        if self.busy:
            self._asked_again = True
            return
        self._again.stop()
        self._send({"do": "sync"}, self._on_synced)

    def keep(self, kind: str, address: str, password: str, then: Callable[[Answer], None]) -> None:
        """Keeps the password of an address and sees whether it answers; `then` gets the answer of the errand."""
        if self.busy:
            self.stop()
        request = {"do": "keep", "kind": kind, "address": address, "password": password}
        self._send(request, then)

    def stop(self) -> None:
        """Ends the errand under way, wherever it is."""
        process, self._process, self._then = self._process, None, None
        self._again.stop()
        if process is not None:
            process.finished.disconnect()
            process.errorOccurred.disconnect()
            process.kill()
            process.waitForFinished()
            process.deleteLater()

    def _send(self, request: dict[str, str], then: Callable[[Answer], None]) -> None:
        process = QProcess(self)
        process.setWorkingDirectory(str(_ROOT))
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process, self._then = process, then
        process.start(sys.executable, ["-m", _ERRAND])
        files = {"database": str(self._database), "settings": str(self._config)}
        process.write(json.dumps(request | files).encode())
        process.closeWriteChannel()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # any other is followed by `finished`
            self._on_finished()

    def _on_finished(self, *_how: object) -> None:
        process, then = self._process, self._then
        self._process, self._then = None, None
        if process is None or then is None:
            return
        said, wrong = bytes(process.readAllStandardOutput().data()), bytes(process.readAllStandardError().data())
        process.deleteLater()
        try:
            answer: Answer = json.loads(said)
        except ValueError:  # it died: what it said last is all there is to tell
            why = wrong.decode(errors="replace").strip().rpartition("\n")[2]
            answer = {"error": {"code": "team-errand", "args": {"detail": why or process.errorString()}}}
        then(answer)
        if self._asked_again and not self.busy:
            self._asked_again = False
            self.sync()

    def _on_synced(self, answer: Answer) -> None:
        runs: list[Answer] = answer.get("runs", [])
        errors = [run["error"] for run in (answer, *runs) if run["error"] is not None]
        sent, received = (sum(run[name] for run in runs) for name in ("sent", "received"))
        refused = [code for run in runs for code in run["refused"]]
        waiting = max((run["waiting"] for run in runs), default=0)
        lines = []
        if sent:
            lines.append(n_("{n} result sent to the team.", "{n} results sent to the team.", sent).format(n=sent))
        if received:
            many = n_("{n} of your attempts was reviewed.", "{n} of your attempts were reviewed.", received)
            lines.append(many.format(n=received))
        if refused:
            lines.append(_("Not taken: {why}").format(why=render(refused[0], {})))
        lines += [render(error["code"], error["args"]) for error in errors]
        said = " ".join(lines) or _("All that you submitted has been sent.")
        self.last = f"{QTime.currentTime().toString('HH:mm')} · {said}"
        self.ran.emit(self.last)
        if errors:
            self._again.start()
        if received:
            self.received.emit()
        first, self._missed = bool(errors) and not self._missed, bool(errors)
        if first and waiting and not sent:
            text = n_(
                "The team cannot be reached now: {n} result waits here and is sent later.",
                "The team cannot be reached now: {n} results wait here and are sent later.",
                waiting,
            )
            self.told.emit(text.format(n=waiting), "neutral")
        elif sent or received or refused:
            self.told.emit(said, "warning" if refused else "neutral")
