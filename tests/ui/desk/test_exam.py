"""An exam at the desks: what is left of its time, no pause, no hints, and the end when the time is over."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from simulator.session.events import CaptionsShown
from simulator.settings import Settings
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desk import ChannelDesk
from simulator.ui.channels.desks import DESKS
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.channels.shift import ShiftDesk
from simulator.ui.desk.interlude import Interlude
from simulator.ui.desk.sign import NOW_MS, SOON_MS, ExamSign, is_soon
from tests.session.shifts import half_day
from tests.ui.desk.cases import Line

Sit = Callable[[int], tuple[Line, PhoneDesk]]


@pytest.fixture
def sit(qtbot: QtBot) -> Iterator[Sit]:
    """A telephone desk with an exam of so many milliseconds, whose telephone rings."""
    made: list[tuple[Line, PhoneDesk]] = []

    def go(limit_ms: int) -> tuple[Line, PhoneDesk]:
        line = Line()
        desk = PhoneDesk(line.controller, settings=Settings(captions=False))
        made.append((line, desk))
        show(qtbot, desk)
        desk.begin()
        line.sit(limit_ms)
        line.go(2_500)
        return line, desk

    yield go
    for line, desk in made:
        line.controller.close()
        desk.close_desk()


def show(qtbot: QtBot, desk: ChannelDesk) -> None:
    desk.resize(1280, 800)
    qtbot.addWidget(desk)
    with qtbot.waitExposed(desk):
        desk.show()


def test_the_time_that_is_left_is_shown_from_the_beginning(sit: Sit) -> None:
    line, desk = sit(600_000)
    assert desk.header.exam.text.text() == "Examen · quedan 09:58"
    line.go(8_000)
    assert desk.header.exam.text.text() == "Examen · quedan 09:50"
    assert desk.header.exam.accessibleName() == desk.header.exam.text.text()
    assert desk.header.pause.isHidden()
    assert desk.banner.isHidden()


def test_there_are_no_hints_though_they_were_asked_for(sit: Sit) -> None:
    _line, desk = sit(600_000)
    assert desk.panels.indexOf(desk.hints) < 0
    desk.panels.open_hints()
    assert not desk.hints.isVisible()


def test_a_warning_comes_once_before_the_time_runs_out(sit: Sit) -> None:
    line, desk = sit(40_000)
    line.go(29_200)
    assert desk.banner.isHidden()
    line.go(800)
    assert desk.banner.text.text() == "Queda menos de 1 minuto. Cuenta lo que haya hecho hasta entonces."
    assert desk.header.exam.property("tone") == "bad"
    desk.banner.dismiss.click()
    line.go(1_200)
    assert desk.banner.isHidden()


def test_when_the_time_is_over_the_result_follows_whatever_covers_the_desk(sit: Sit, qtbot: QtBot) -> None:
    line, desk = sit(20_000)
    desk.header.leave.click()
    assert desk.interlude.curtain.isVisible()
    with qtbot.waitSignal(desk.finished):
        line.go(20_000)
    assert not desk.interlude.curtain.isVisible()
    assert line.controller.state.out_of_time


def test_words_that_are_shown_without_a_voice_are_put_on_record(sit: Sit) -> None:
    line, _desk = sit(600_000)
    line.controller.act("answer")
    line.controller.say("Telenova, muy buenos días, le habla Diego.")
    line.quiet()
    line.go(20_000)
    assert line.of(CaptionsShown) == [CaptionsShown()]


def test_practice_has_its_pause_and_no_time_limit(qtbot: QtBot) -> None:
    line = Line()
    desk = PhoneDesk(line.controller, settings=Settings())
    show(qtbot, desk)
    desk.begin()
    line.start()
    line.go(2_500)
    assert desk.header.exam.isHidden()
    assert desk.header.pause.isVisible()
    line.controller.close()
    desk.close_desk()


def test_in_a_shift_the_shifts_own_desk_shows_the_time(qtbot: QtBot) -> None:
    line = Line(half_day())
    seats: list[ContactDesk] = []

    def seat(settings: Settings, interlude: Interlude) -> ContactDesk:
        channel = line.controller.contact_scenario.doc.channel
        seats.append(DESKS[channel](line.controller, settings=settings, interlude=interlude))
        return seats[-1]

    desk = ShiftDesk(line.controller, seat, settings=Settings())
    show(qtbot, desk)
    desk.begin()
    line.sit(600_000)
    line.go(1_000)
    assert desk.panel.exam.isVisible()
    assert desk.idle.pause.isHidden()
    desk.panel.switch.buttons["available"].click()
    while desk.contact_desk is None:
        assert desk.panel.leap.isEnabled()
        desk.panel.leap.click()
    line.go(2_000)
    assert seats[0].header.exam.isHidden()
    assert seats[0].header.pause.isHidden()
    assert desk.panel.exam.text.text().startswith("Examen · quedan 09:")
    with qtbot.waitSignal(desk.finished):
        line.go(600_000)
    line.controller.close()
    desk.close_desk()


def test_the_sign_counts_down_to_nothing(qtbot: QtBot) -> None:
    sign = ExamSign()
    qtbot.addWidget(sign)
    sign.show_left(1, 600_000)
    assert sign.text.text() == "Examen · quedan 00:01"
    sign.show_left(0, 600_000)
    assert sign.text.text() == "Examen · quedan 00:00"
    sign.show_left(None)
    assert sign.isHidden()
    assert is_soon(SOON_MS, 3_600_000)
    assert not is_soon(SOON_MS + 1, 3_600_000)
    assert not is_soon(NOW_MS, 60_000)
