"""Comments under a post in the whole program: from the library over briefing and desk to the result."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from simulator.rehearsal.player import replay
from simulator.session.envelope import encode
from simulator.session.replay import commands_of
from simulator.session.state import Phase
from simulator.ui.channels.social import SocialDesk
from simulator.ui.debrief.transcript_view import TranscriptView
from simulator.ui.opening import Places
from tests.session.test_social import TWO
from tests.ui.program import OPTIONS, Program

# A machine without a sound server: QtMultimedia says so, and the program says it in words of its own.
pytestmark = pytest.mark.qt_log_ignore("pipewire", "pa_context_connect", extend=True)


def test_comments_are_answered_on_both_sides_and_shown_with_their_result(
    start: Callable[[], Program], places: Places
) -> None:
    (places.scenarios[0] / "comments.yaml").write_text(TWO.replace("arrives: 5", "arrives: 1"), "utf-8")
    program = start()
    program.signed_in()
    program.application.choose("two-comments")
    program.shown("briefing")
    program.application.take(OPTIONS)
    program.until(lambda: program.application.calls.session is not None and program.session.contact is not None)
    session, desk = program.session, program.application.calls.desk
    assert isinstance(desk, SocialDesk)
    assert desk.reply.field is program.window.focusWidget()
    program.until(lambda: len(desk.list.rows) == 2)
    send(desk, "Buenos días, Marta. Por esta cuenta damos información y recibimos solicitudes.")
    desk.switch.private.click()
    send(desk, "¿Me da su DNI?")
    desk.toolbar.button("close").click()
    desk.list.rows["luis"].click()
    send(desk, "Los domingos no abrimos.")
    desk.toolbar.button("close").click()
    for _contact in range(2):
        assert program.contact.phase is Phase.AFTER
        fill_notes(desk)
    program.shown("debrief")
    again = replay(session.scenario, commands_of(session.events))
    assert [encode(event) for event in again] == [encode(event) for event in session.events]
    shown = program.window.findChild(TranscriptView)
    assert shown is not None
    assert "Usted · Mensaje privado" in shown.toPlainText()


def send(desk: SocialDesk, text: str) -> None:
    desk.reply.field.insertPlainText(text)
    QTest.keyClick(desk.reply.field, Qt.Key.Key_Return)


def fill_notes(desk: SocialDesk) -> None:
    for field in desk.notes.fields.values():
        if isinstance(field, QLineEdit):
            field.setText("consulta")
        else:
            field.setPlainText("consulta")
    desk.notes.save.click()
