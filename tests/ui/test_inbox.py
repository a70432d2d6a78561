"""An inbox in the whole program: from the library over briefing and desk to the result, kept as it was lived."""

import shutil
from collections.abc import Callable

import pytest

from simulator import paths
from simulator.rehearsal.player import replay
from simulator.session.envelope import encode
from simulator.session.replay import commands_of
from simulator.ui.channels.email import EmailDesk
from simulator.ui.opening import Places
from tests.scenarios.test_inbox import inbox
from tests.ui.program import OPTIONS, Program

# A machine without a sound server: QtMultimedia says so, and the program says it in words of its own.
pytestmark = pytest.mark.qt_log_ignore("pipewire", "pa_context_connect", extend=True)


def test_an_inbox_is_taken_answered_and_shown_with_its_result(start: Callable[[], Program], places: Places) -> None:
    shutil.copy(paths.scenarios() / "email" / "inbox-pqr.yaml", places.scenarios[0])
    program = start()
    program.signed_in()
    program.application.choose("inbox-pqr")
    program.shown("briefing")
    program.application.take(OPTIONS)
    program.until(lambda: program.application.calls.session is not None and program.session.contact is not None)
    desk = program.application.calls.desk
    assert isinstance(desk, EmailDesk)
    desk.head.open.click()
    desk.reply.set_text("Buenos días, don Hernán. Programamos una visita de revisión. Aguas de San Lorenzo.")
    desk.toolbar.button("spell-check").click()
    desk.reply.send.click()
    program.session.act("jump", to="end")
    program.until(lambda: desk.bar.finish.isVisible())
    events = program.session.events
    desk.bar.finish.click()
    program.shown("debrief")
    again = replay(inbox(), commands_of(events))
    assert [encode(event) for event in again] == [encode(event) for event in events]
