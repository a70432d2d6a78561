"""Offensive language is announced and can be softened; a hard call is followed by a minute for whoever wants it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QElapsedTimer
from pytestqt.qtbot import QtBot

from simulator.session.envelope import Event
from simulator.session.events import CustomerReacted, CustomerSpoke, Happening
from simulator.ui.pages.respite import RESPITE_S, RespitePage, was_hard
from tests.ui.program import Program

pytestmark = pytest.mark.qt_log_ignore("pipewire", "pa_context_connect", "propagateSizeHints", extend=True)

Start = Callable[[], Program]


def log(*what: Happening) -> list[Event]:
    return [Event(seq, "a1", "c1", seq * 1000, one) for seq, one in enumerate(what)]


def test_a_hard_call_is_one_with_insults_or_a_furious_end() -> None:
    insult = CustomerSpoke(("x",), "¡Inútil!", ("offensive",), 1000, 40)
    assert was_hard(log(insult))
    assert was_hard(log(CustomerReacted("turn", (), 40, 10)))
    assert not was_hard(log(CustomerReacted("turn", (), 40, 10), CustomerReacted("turn", (), 10, 60)))
    assert not was_hard(log())


def test_of_several_customers_one_who_left_furious_is_enough() -> None:
    furious, content = log(CustomerReacted("turn", (), 40, 5)), log(CustomerReacted("turn", (), 60, 90))
    assert was_hard([*furious, *(replace(event, contact="rosa") for event in content)])


def test_the_minute_breathes_and_can_be_left_at_once(qtbot: QtBot) -> None:
    page = RespitePage()
    qtbot.addWidget(page)
    page.show()
    page.begin()
    assert page.breath.text() == "Tome aire…"
    with qtbot.waitSignal(page.over):
        page.go_on.click()


def test_the_minute_ends_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page = RespitePage()
    qtbot.addWidget(page)
    page.begin()
    monkeypatch.setattr(QElapsedTimer, "elapsed", lambda _timer: 6_000)
    qtbot.waitUntil(lambda: page.breath.text() == "Suelte el aire…")
    with qtbot.waitSignal(page.over):
        monkeypatch.setattr(QElapsedTimer, "elapsed", lambda _timer: RESPITE_S * 1000)


def test_who_asks_for_milder_language_is_spoken_to_so(start: Start) -> None:
    program = start()
    program.signed_in()
    program.application.choose("offensive-language")
    program.shown("briefing")
    briefing = program.window.page("briefing")
    assert briefing.options.intensity == "full"  # type: ignore[union-attr]
    briefing.mild.click()  # type: ignore[union-attr]
    briefing.take_button.click()  # type: ignore[union-attr]
    program.until(lambda: program.application.calls.session is not None)
    started = program.session.state.started
    assert started is not None
    assert started.intensity == "mild"
    assert program.application.settings.intensity == "mild"


def test_other_calls_ask_nothing_about_it(start: Start) -> None:
    program = start()
    program.signed_in()
    program.application.choose("guided-first-call")
    program.shown("briefing")
    assert program.window.page("briefing").options.intensity is None  # type: ignore[union-attr]


def test_after_a_hard_call_comes_a_minute_and_then_the_result(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.ui.pages.respite.FURIOUS", 101)  # every mood counts as furious
    program = start()
    program.signed_in()
    program.calling()
    program.session.finish()
    program.shown("respite")
    program.window.page("respite").go_on.click()  # type: ignore[union-attr]
    program.shown("debrief")
