"""A desk with several conversations under test: real widgets, the real core, a clock that moves when told."""

from collections.abc import Iterator
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from simulator.errors import TercerTimbreError
from simulator.records.values import Draft
from simulator.scenario.scenario import Scenario
from simulator.session.commands import Start
from simulator.settings import Settings
from simulator.ui.channels.several import SeveralDesk
from tests.ui.desk.cases import Line

Desk = TypeVar("Desk", bound=SeveralDesk)


class Office(Generic[Desk]):
    """A desk at which people write, shown; its line, and the drafts that it handed over. `full`: the store refuses
    drafts."""

    def __init__(self, qtbot: QtBot, played: Scenario, make: type[Desk]) -> None:
        self.line = Line(played)
        self.drafts: dict[str, Draft] = {}
        self.full = False
        self.desk = make(
            self.line.controller,
            settings=Settings(),
            draft_of=lambda contact: self.drafts.get(contact, Draft("", {})),
            save_draft=self.keep,
        )
        self.desk.resize(1280, 800)
        qtbot.addWidget(self.desk)
        with qtbot.waitExposed(self.desk):
            self.desk.show()
        self.desk.begin()

    def keep(self, contact: str, draft: Draft) -> None:
        if self.full:
            raise TercerTimbreError("file-unwritable", path="x.db", reason="disk full")
        self.drafts[contact] = draft

    def start(self, mode: str = "practice") -> None:
        self.line.controller.send(Start(0, "a1", 1, "Diego Salas", mode=mode))  # type: ignore[arg-type]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.desk, key, modifier)

    def type(self, text: str) -> None:
        if text.isascii():
            QTest.keyClicks(self.desk.reply.field, text)
        else:  # QTest aborts on keys that a US keyboard lacks; composed characters come as an insertion anyway
            self.desk.reply.field.insertPlainText(text)

    def say(self, text: str, *, wait: int = 26_000) -> None:
        """Types and sends; then time to read, and to write an answer."""
        self.type(text)
        QTest.keyClick(self.desk.reply.field, Qt.Key.Key_Return)
        self.line.go(wait)

    def row(self, contact: str) -> tuple[str, str, str]:
        row = self.desk.list.rows[contact]
        return row.name.text(), row.line.text(), row.clock.text()

    def write_notes(self, customer: str, **more: str) -> None:
        written = {"customer": customer, "reason": "consulta", "solution": "se informó", "follow-up": "ninguno", **more}
        for name, text in written.items():
            field = self.desk.notes.fields[name]
            if isinstance(field, QLineEdit):
                field.setText(text)
            else:
                field.setPlainText(text)
        self.desk.notes.save.click()

    @property
    def bubbles(self) -> list[str]:
        return [bubble.label.text() for bubble in self.desk.conversation.bubbles]


def office_of(qtbot: QtBot, played: Scenario, make: type[Desk]) -> Iterator[Office[Desk]]:
    """An office, closed when the test is over."""
    office = Office(qtbot, played, make)
    yield office
    office.line.controller.close()
    office.desk.close_desk()
