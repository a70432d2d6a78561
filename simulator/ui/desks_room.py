"""The room of the desks: keys are vouched for, results of other desks taken in."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.pages.desks import DesksPage, ImportRow, KeyRow
from simulator.ui.tasks import Tasks
from simulator.wording import _, n_, render

if TYPE_CHECKING:
    from simulator.records.accounts import Reviewer
    from simulator.records.receiving import Received
    from simulator.records.workshop import Workshop


class DesksRoom(QObject):
    """Owns the page `desks`."""

    def __init__(self, window: MainWindow, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks

    def show(self, workshop: "Workshop", reviewer: "Reviewer") -> None:
        """Shows the page, with the keys as they are now."""
        page = self._window.page("desks")
        if not isinstance(page, DesksPage):
            page = DesksPage()
            page.enrolled.connect(partial(self._enrol, page, workshop, reviewer))
            page.files_chosen.connect(partial(self._import, page, workshop, reviewer))
            self._window.put_page("desks", page)
        self._window.show_page("desks")
        self._refresh(page, workshop)

    def _refresh(self, page: DesksPage, workshop: "Workshop") -> None:
        def look() -> tuple[str, list[KeyRow]]:
            from simulator.records.signing import shown

            own = workshop.desk_key()
            staff = {account.fingerprint for account in workshop.store.staff.accounts()}
            rows = [
                KeyRow(
                    key.fingerprint,
                    shown(key.fingerprint),
                    key.label,
                    key.enrolled_at is not None,
                    key.fingerprint in staff,
                )
                for key in workshop.store.desk_keys()
                if key.fingerprint != own
            ]
            return shown(own), sorted(rows, key=lambda row: row.enrolled)

        self._tasks.run(look, lambda found: page.show_keys(*found), self._on_failure)

    def _enrol(self, page: DesksPage, workshop: "Workshop", reviewer: "Reviewer", key: str, name: str) -> None:
        def enrol() -> None:
            from simulator.records.accounts import Right
            from simulator.records.workshop import now

            workshop.store.staff.guard(reviewer, Right.KEYS)
            workshop.store.enrol(key, name, now())

        self._tasks.run(enrol, lambda _none: self._refresh(page, workshop), self._on_failure)

    def _import(self, page: DesksPage, workshop: "Workshop", reviewer: "Reviewer", files: list[Path]) -> None:
        def take_in() -> list[ImportRow]:
            from simulator.records.accounts import Right

            workshop.store.staff.guard(reviewer, Right.IMPORT)
            return [_import_row(workshop, file) for file in files]

        def done(rows: list[ImportRow]) -> None:
            page.show_import(rows)
            self._refresh(page, workshop)

        def failed(error: Exception) -> None:
            page.show_import(())
            self._on_failure(error)

        self._tasks.run(take_in, done, failed)

    def _on_failure(self, error: Exception) -> None:
        self._window.notify(explain(error), "bad")


def _import_row(workshop: "Workshop", file: Path) -> ImportRow:
    from simulator.records.receiving import receive

    try:
        brought = receive(workshop.store, file, workshop.recordings)
    except OSError as error:  # this file cannot be read; the others may
        return ImportRow(file.name, explain(error), ())
    return ImportRow(file.name, summary(brought), tuple(_line(brought)))


def summary(brought: "Received") -> str:
    """What came of a file, as a sentence or two."""
    count = brought.counted
    said = [
        _("New: {new}. Completed: {grew}. Known already: {known}. Refused: {refused}.").format(
            new=count["new"], grew=count["grew"], known=count["known"], refused=count["refused"]
        )
    ]
    if count["erased"]:
        said.append(
            n_(
                "{n} attempt was erased elsewhere and is deleted here.",
                "{n} attempts were erased elsewhere and are deleted here.",
                count["erased"],
            ).format(n=count["erased"])
        )
    if brought.unknown_keys:
        said.append(_("Some of it is signed with a key that nobody here vouched for: see below."))
    return " ".join(said)


def _line(brought: "Received") -> list[str]:
    return [
        _("Line {line}: {why}").format(line=finding.line, why=render(finding.code, {}))
        for finding, _attempt in brought.findings
    ]
