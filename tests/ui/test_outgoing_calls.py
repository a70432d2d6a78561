"""Outgoing calls in the whole program: from the library to the ringing, each person's notes kept as a draft."""

import shutil
from collections.abc import Callable

import pytest

from simulator import paths
from simulator.scenario.scenario import FIRST_CONTACT
from simulator.ui.channels.outbound import OutboundDesk
from simulator.ui.opening import Places
from tests.ui.program import OPTIONS, Program

# A machine without a sound server says so when the sound of a call is opened.
pytestmark = pytest.mark.qt_log_ignore("pipewire", "pa_context_connect", "propagateSizeHints", extend=True)


def test_the_list_is_called_from_the_library_on(start: Callable[[], Program], places: Places) -> None:
    shutil.copy(paths.scenarios() / "outbound" / "cancelled-appointments.yaml", places.scenarios[0])
    program = start()
    program.signed_in("Camila Fuentes")
    program.application.choose("cancelled-appointments")
    program.shown("briefing")
    program.application.take(OPTIONS)
    program.until(
        lambda: program.application.calls.session is not None and FIRST_CONTACT in program.session.state.contacts
    )
    desk = program.application.calls.desk
    assert isinstance(desk, OutboundDesk)
    desk.turn_to("marcela")
    desk.notes.fields["customer"].setFocus()
    desk.notes.fill({"customer": "Marcela Oyarzún"})
    desk.notes.flush()
    desk.turn_to(FIRST_CONTACT)
    assert desk.notes.notes()["customer"] == ""
    desk.turn_to("marcela")
    assert desk.notes.notes()["customer"] == "Marcela Oyarzún"
    desk.card.dial.click()
    program.until(lambda: program.contact.rings > 0)
