"""An inbox through the real widgets, with the real core: from the first message to the result."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from simulator.records.values import Draft
from simulator.scoring.score import score
from simulator.session.events import AgentActed, AgentSpoke, AttemptEnded, ClockJumped, ContactEnded
from simulator.session.state import Phase
from simulator.settings import Settings
from simulator.ui import theme
from simulator.ui.channels.email import FOLLOW_UP, EmailDesk
from simulator.ui.desk.inbox import SENDER, SUBJECT, InboxList
from simulator.ui.desk.inbox_words import Row
from simulator.ui.desk.letter import LetterField
from tests.session.test_email import inbox
from tests.ui.desk.cases import Line, begun

# The offscreen screen cannot tell a window manager the least size of a window, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"does not support (raise|grabbing)")

REPLY = "Buenos días, don Hernán. Le programamos una visita."


class Office:
    """A desk that is shown, its line, and the drafts that it handed over."""

    def __init__(self, qtbot: QtBot, *, drafts: dict[str, Draft] | None = None) -> None:
        self.line = Line(inbox())
        self.drafts = {} if drafts is None else drafts
        self.desk = EmailDesk(
            self.line.controller,
            settings=Settings(),
            draft_of=lambda contact: self.drafts.get(contact, Draft("", {})),
            save_draft=self.drafts.__setitem__,
        )
        begun(qtbot, self.desk, self.line)

    def press(self, act: str) -> None:
        self.desk.toolbar.button(act).click()

    def choose(self, act: str, text: str) -> None:
        next(action for action in self.desk.toolbar.menu(act).actions() if action.text() == text).trigger()

    def skip(self, beginning: str) -> None:
        next(action for action in self.desk.bar.menu.actions() if action.text().startswith(beginning)).trigger()

    def type(self, text: str) -> None:
        self.desk.reply.field.insertPlainText(text)

    def send(self) -> None:
        QTest.keyClick(self.desk.reply.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def cells(self, row: int) -> list[str]:
        item = self.desk.inbox.topLevelItem(row)
        assert item is not None
        return [item.text(column) for column in range(self.desk.inbox.columnCount())]

    @property
    def acts(self) -> list[str]:
        return [what.name for what in self.line.of(AgentActed)]


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    made = Office(qtbot)
    yield made
    made.line.controller.close()
    made.desk.close_desk()


def test_what_lies_in_the_inbox_and_until_when_it_is_in_time(office: Office) -> None:
    assert office.desk.inbox.topLevelItemCount() == 1
    assert office.cells(0) == ["Hernán Quiceno", "Factura", "mié 13 may, 15:40", "quedan 7 h 30 min", "Sin abrir", ""]
    assert office.desk.bar.day.text() == "jueves 14 de mayo · 8:10"
    assert office.desk.head.open.isVisible()
    assert not office.desk.reply.isVisible()


def test_a_message_is_opened_by_key_and_read(office: Office) -> None:
    office.desk.focus_waiting()
    QTest.keyClick(office.desk.inbox, Qt.Key.Key_Return)
    assert office.acts == ["open"]
    assert [bubble.label.text() for bubble in office.desk.conversation.bubbles] == ["Me cobraron de más."]
    assert QApplication.focusWidget() is office.desk.reply.field
    assert office.cells(0)[4] == "Abierto"


def test_from_the_first_message_to_the_result(office: Office) -> None:
    desk = office.desk
    desk.head.open.click()
    office.choose("triage", "Reclamo")
    office.press("verify")
    office.choose("assign", "Camilo Ortega")
    assert "Clase: Reclamo" in desk.head.done.text()
    assert "Asesor: Camilo Ortega" in desk.head.done.text()
    assert desk.head.record.isVisible()
    office.type(REPLY)
    office.press("spell-check")
    office.send()
    assert [said.text for said in office.line.of(AgentSpoke)] == [REPLY]
    assert desk.reply.text == ""
    assert office.cells(0)[3:5] == ["", "Respondido"]
    office.press("close")
    assert office.cells(0)[4] == "Cerrado"
    assert not desk.reply.send.isEnabled()
    office.skip("El próximo mensaje")
    assert desk.bar.day.text() == "viernes 15 de mayo · 18:30"
    assert desk.header.findChild(type(desk.header.clock), "timeOfDay").text() == "18:30"  # type: ignore[union-attr]
    assert office.cells(0)[4] == "Terminado"
    assert "Gloria Tabares" in desk.banner.text.text()
    lamp = desk.inbox.topLevelItem(1)
    assert lamp is not None
    desk.inbox.setCurrentItem(lamp)
    desk.head.open.click()
    office.choose("triage", "No nos compete")
    office.choose("forward", "Alcaldía de San Lorenzo")
    office.type("Buenas tardes. Hoy remitimos su mensaje a la Alcaldía de San Lorenzo.")
    office.press("spell-check")
    office.send()
    office.press("close")
    office.skip("El final del ejercicio")
    assert desk.bar.finish.isVisible()
    assert not desk.bar.jump.isVisible()
    desk.bar.finish.click()
    assert office.line.of(AttemptEnded)[-1].how == "finished"
    card = score(inbox(), office.line.controller.events)
    assert [(outcome.contact, outcome.end_good) for outcome in card.contacts] == [("c1", True), ("lamp", True)]
    missed = {line.id for line in card.checkpoints if line.verdict == "missed"}
    assert missed == {"assign-advisor", "follow-up"}


def test_the_speller_underlines_and_a_change_takes_it_back(office: Office) -> None:
    desk = office.desk
    desk.head.open.click()
    office.type("  🙂 Buenos dias, estoy revizando.\n")
    office.press("spell-check")
    field = desk.reply.field
    assert isinstance(field, LetterField)
    underlined = list(field.underlined)
    assert underlined == ["dias", "revizando"]
    assert "«dias», «revizando»" in desk.reply.warning
    office.type("x")
    assert list(field.underlined) == []
    assert desk.reply.warning == ""
    desk.reply.set_text("Buenos días.")
    office.press("spell-check")
    assert list(field.underlined) == []
    assert desk.reply.warning == ""


def test_enter_is_a_new_line_in_a_letter(office: Office) -> None:
    office.desk.head.open.click()
    office.type("Buenos días:")
    QTest.keyClick(office.desk.reply.field, Qt.Key.Key_Return)
    assert office.desk.reply.text == "Buenos días:\n"
    assert office.line.of(AgentSpoke) == []


def test_a_long_draft_is_shown_to_the_line_where_it_broke_off(qtbot: QtBot) -> None:
    letter = "\n\n".join(["Buenos días, don Hernán:", *["Programamos una visita de revisión del medidor. " * 3] * 3])
    drafts = {"c1": Draft(letter, {})}
    first = Office(qtbot, drafts=drafts)
    first.desk.head.open.click()
    again = EmailDesk(first.line.controller, settings=Settings(), draft_of=lambda contact: drafts[contact])
    qtbot.addWidget(again)
    again.resize(1280, 800)
    with qtbot.waitExposed(again):
        again.show()
    field = again.reply.field
    qtbot.waitUntil(lambda: field.viewport().rect().contains(field.cursorRect()))
    first.line.controller.close()
    first.desk.close_desk()
    again.close_desk()


def test_a_follow_up_is_put_on_one_of_the_next_business_days(office: Office) -> None:
    office.desk.head.open.click()
    office.press(FOLLOW_UP)
    days = office.desk._days.actions()
    assert [action.text() for action in days[:3]] == ["viernes 15 de mayo", "martes 19 de mayo", "miércoles 20 de mayo"]
    days[1].trigger()
    office.desk._days.close()
    assert "Seguimiento: martes 19 de mayo" in office.desk.head.done.text()


def test_each_message_keeps_its_draft_when_another_is_turned_to(office: Office) -> None:
    office.desk.head.open.click()
    office.skip("El próximo mensaje")
    office.type("A medias")
    for row in (1, 0):
        item = office.desk.inbox.topLevelItem(row)
        assert item is not None
        office.desk.inbox.setCurrentItem(item)
    assert office.desk.reply.text == "A medias"
    assert office.drafts["c1"].text == "A medias"


def test_a_closed_message_is_written_up_before_its_sender_has_read_the_reply(office: Office) -> None:
    office.desk.head.open.click()
    office.type(REPLY)
    office.send()
    office.desk.panels.open_notes()
    assert not office.desk.notes.save.isVisible()
    office.press("close")
    office.desk.panels.open_notes()
    assert office.desk.notes.save.isVisible()
    office.desk.notes.save.click()
    assert office.acts == ["open", "close", "notes"]


def test_who_writes_again_opens_the_message_anew(office: Office) -> None:
    desk = office.desk
    desk.head.open.click()
    office.type("Buenos días. Lo estamos mirando.")
    office.send()
    office.press("close")
    office.skip("Cuando alguien haya leído")
    assert office.cells(0)[4] == "Escribió otra vez"
    assert "Hernán Quiceno volvió a escribir." in desk.banner.text.text()
    assert desk.reply.send.isEnabled()
    assert [bubble.label.text() for bubble in desk.conversation.bubbles][-1] == "¿Y entonces?"


def test_a_late_reply_is_told_in_words(office: Office) -> None:
    office.skip("El siguiente día hábil")
    assert office.cells(0)[3] == "vencido hace 16 h"
    assert len(office.line.of(ClockJumped)) == 1


def test_what_was_begun_is_taken_up_where_it_broke_off(qtbot: QtBot, office: Office) -> None:
    office.desk.head.open.click()
    office.choose("triage", "Reclamo")
    office.skip("El próximo mensaje")
    again = Line(inbox())
    again.controller = type(again.controller)(
        inbox(), store=again.store, events=office.line.controller.events, clock_ms=again.clock
    )
    desk = EmailDesk(again.controller, settings=Settings())
    qtbot.addWidget(desk)
    desk.begin()
    assert desk.bar.day.text() == "viernes 15 de mayo · 18:30"
    assert [row.kind for row in desk.inbox.rows] == ["Reclamo", ""]
    assert [bubble.label.text() for bubble in desk.conversation.bubbles] == ["Me cobraron de más."]
    again.controller.close()
    desk.close_desk()


def test_what_is_over_leaves_the_focus_in_the_inbox(office: Office) -> None:
    office.desk.head.open.click()
    office.press("close")
    assert office.line.of(ContactEnded)
    assert office.line.controller.contact is not None
    assert office.line.controller.contact.phase is Phase.AFTER
    assert QApplication.focusWidget() is office.desk.inbox
    assert office.desk.panels.currentWidget() is office.desk.knowledge


def test_large_letters_in_a_small_window_cut_nothing_off(office: Office, qapp: QApplication) -> None:
    theme.apply(qapp, Settings(text_size=200))
    office.desk.head.open.click()
    office.desk.resize(700, 560)
    assert office.desk.minimumSizeHint().width() <= 700
    theme.apply(qapp, Settings())


@pytest.mark.parametrize("size", [100, 200])
def test_who_wrote_what_is_read_in_a_narrow_inbox(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    theme.apply(qapp, Settings(theme="light", text_size=size))
    shown = InboxList()
    qtbot.addWidget(shown)
    row = Row("c1", "Hernán Quiceno", "Factura", "jue 14", "quedan 2 h", "Escribió otra vez", "", "warning", True)
    late = replace(row, contact="c2", due="vencido hace 10 minutos", tone="bad")
    shown.resize(780, 300)
    shown.show_rows([row, late], "c1")
    with qtbot.waitExposed(shown):
        shown.show()
    widths = [shown.columnWidth(column) for column in (SENDER, SUBJECT)]
    theme.apply(qapp, Settings(theme="light"))
    assert min(widths) >= 60 * size // 100
