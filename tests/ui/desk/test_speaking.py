"""Replies spoken at the desk: a scripted microphone and recogniser, the real listener, widgets and session."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from simulator.records.values import Draft
from simulator.scenario.scenario import Scenario
from simulator.scoring.voice import call_voice
from simulator.session.events import AgentActed, AgentInterrupted, AgentSpoke, CustomerSpoke, LineEnded, Recognised
from simulator.settings import Settings
from simulator.speech.devices.capturing import ScriptedMicrophone
from simulator.speech.devices.marshal import Marshal
from simulator.speech.heard import Heard, Hints, ListeningUnavailable, Word
from simulator.speech.listening.listener import Listener
from simulator.speech.listening.scripted import ScriptedRecogniser
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.desk.listening import Ear, Listening
from simulator.ui.desk.spoken import Spoken
from tests.speech.synthetic import room, voice
from tests.ui.desk.cases import Line, call

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

GREETING: Final = "telenova muy buenos días le habla diego en qué le puedo ayudar"
PUSH: Final = Settings(input_mode="push", patience="short")


def heard(text: str, sure: int = 95, ms: int = 3_000) -> Heard:
    """Words of equal length over `ms`, after the 300 ms of room that `Booth.speak` begins with."""
    said = text.split()
    each = ms // len(said)
    words = tuple(Word(word, 300 + each * at, 300 + each * (at + 1), sure) for at, word in enumerate(said))
    return Heard(text, words)


class Booth:
    """A desk with ears. `answers`: what the recogniser will hear, one after the other."""

    def __init__(
        self,
        qtbot: QtBot,
        answers: list[Heard],
        settings: Settings = PUSH,
        scenario: Scenario | None = None,
        save_draft: Callable[[str, Draft], None] | None = None,
    ) -> None:
        self.qtbot = qtbot
        self.line = Line(scenario or call())
        self.microphone = ScriptedMicrophone()
        self.marshal = Marshal()
        self.recogniser = ScriptedRecogniser(answers)
        self.listener = Listener(lambda: self.recogniser, deliver=self.marshal.deliver)
        self.kept: list[tuple[int, bytes]] = []
        self.sounding = False
        self.listening = Listening(
            self.line.controller, self.microphone, self.listener, settings, Hints, sounding=lambda: self.sounding
        )
        self.desk = PhoneDesk(
            self.line.controller,
            settings=settings,
            listening=self.listening,
            keep_reply=lambda seq, pcm: self.kept.append((seq, pcm)),
            save_draft=save_draft,
        )
        self.desk.resize(1280, 800)
        qtbot.addWidget(self.desk)
        with qtbot.waitExposed(self.desk):
            self.desk.show()
        self.desk.begin()
        qtbot.waitUntil(lambda: self.listening.is_usable)
        self.line.start()
        self.line.go(2_500)

    def answer(self) -> None:
        self.line.controller.act("answer")

    def speak(self, ms: int = 3_000) -> None:
        """Sound as from a mouth, between two bits of room."""
        self.microphone.play(room(300) + voice(ms) + room(300))

    def say(self, ms: int = 3_000) -> None:
        """With the talk key held."""
        QTest.keyPress(self.desk, Qt.Key.Key_F2)
        self.speak(ms)
        QTest.keyRelease(self.desk, Qt.Key.Key_F2)

    def said(self) -> list[AgentSpoke]:
        return self.line.of(AgentSpoke)

    def wait_for_text(self) -> str:
        self.qtbot.waitUntil(lambda: bool(self.desk.reply.text))
        return self.desk.reply.text

    def wait_for_reply(self, count: int = 1) -> AgentSpoke:
        self.qtbot.waitUntil(lambda: len(self.said()) >= count)
        return self.said()[count - 1]

    def close(self) -> None:
        self.desk.close_desk()
        self.line.controller.close()
        self.listener.close()


@pytest.fixture
def booths() -> Iterator[list[Booth]]:
    made: list[Booth] = []
    yield made
    for booth in made:
        booth.close()


def test_what_was_heard_is_read_mended_and_sent(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING.replace("telenova", "te le nova"))]))
    booth.answer()
    booth.say()
    assert booth.wait_for_text().startswith("te le nova")
    assert booth.said() == []
    booth.desk.reply.set_text(GREETING)
    QTest.keyClick(booth.desk.reply.field, Qt.Key.Key_Return)
    said = booth.wait_for_reply()
    assert said.text == GREETING
    assert said.recognised is not None
    assert (said.recognised.text[:10], said.recognised.reviewed) == ("te le nova", True)
    assert dict(said.voice)["duplex"] == 0
    assert dict(said.voice)["wpm"] > 100
    assert said.takes_ms == pytest.approx(3_000, abs=120)
    assert booth.desk.reply.text == ""


def test_the_talk_button_is_held_with_the_mouse(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    assert booth.desk.speaking is not None
    talk = booth.desk.speaking.bar.button
    QTest.mousePress(talk, Qt.MouseButton.LeftButton)
    assert booth.listening.ear is Ear.LISTENING
    booth.speak()
    QTest.mouseRelease(talk, Qt.MouseButton.LeftButton)
    assert booth.wait_for_text() == GREETING
    assert booth.desk.reply.field.hasFocus()


def point(button: QWidget, what: QEvent.Type, at: QPointF) -> None:
    """As the window system tells it: `QTest` would move to where it lets go, and holds nothing on the way."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    which = none if what is QEvent.Type.MouseMove else left
    held = none if what is QEvent.Type.MouseButtonRelease else left
    around = QPointF(button.mapToGlobal(at))
    QApplication.sendEvent(button, QMouseEvent(what, at, around, which, held, Qt.KeyboardModifier.NoModifier))


@pytest.mark.parametrize("slips", [False, True])
def test_the_talk_button_is_held_until_the_pointer_lets_go_wherever_it_is(
    qtbot: QtBot, booths: list[Booth], *, slips: bool
) -> None:
    """Words that appear above the field push the button up under a hand that keeps still; and hands slip."""
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    assert booth.desk.speaking is not None
    bar = booth.desk.speaking.bar
    told: list[str] = []
    bar.released.connect(lambda: told.append("released"))
    inside, outside = (QPointF(bar.button.rect().center() + QPoint(0, down)) for down in (0, 2 * bar.button.height()))
    point(bar.button, QEvent.Type.MouseButtonPress, inside)
    if slips:
        point(bar.button, QEvent.Type.MouseMove, outside)
    booth.speak()
    assert told == []
    point(bar.button, QEvent.Type.MouseButtonRelease, outside)
    assert told == ["released"]
    assert booth.wait_for_text() == GREETING


def test_without_review_it_counts_as_it_was_heard(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)], replace(PUSH, review_heard=False)))
    booth.answer()
    booth.say()
    said = booth.wait_for_reply()
    assert (said.text, said.recognised and said.recognised.reviewed) == (GREETING, False)
    met = {mark.checkpoint for mark in said.marks if mark.verdict == "met"}
    assert {"greet-company", "introduce-self", "greet-time-of-day", "offer-help"} <= met
    ((seq, pcm),) = booth.kept
    assert booth.line.controller.events[seq].what is said
    assert len(pcm) > 2 * 16_000 * 3


def test_what_was_heard_badly_is_shown_first(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING, 40)], replace(PUSH, review_heard=False)))
    booth.answer()
    booth.say()
    assert booth.wait_for_text() == GREETING
    assert booth.desk.reply.warning
    assert booth.said() == []


def test_the_warning_of_an_interruption_takes_no_later_one_away(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING), heard("le hacemos el reintegro", 40)]))
    booth.answer()
    booth.say()
    booth.wait_for_text()
    QTest.keyClick(booth.desk.reply.field, Qt.Key.Key_Return)
    booth.wait_for_reply()
    booth.desk.reply.set_text("Un momento")
    QTest.keyClick(booth.desk.reply.field, Qt.Key.Key_Return)
    assert "interrumpir" in booth.desk.reply.warning
    booth.line.quiet()
    assert booth.desk.reply.warning == ""
    booth.desk.reply.clear()
    booth.say()
    booth.wait_for_text()
    booth.line.go(800)
    assert "No le entendí bien" in booth.desk.reply.warning


def test_a_scenario_may_take_what_was_heard_as_it_is(qtbot: QtBot, booths: list[Booth]) -> None:
    strict = replace(call(), doc=call().doc.model_copy(update={"review_heard": False}))
    booths.append(booth := Booth(qtbot, [heard(GREETING, 40)], PUSH, strict))
    booth.answer()
    booth.say()
    said = booth.wait_for_reply()
    assert {mark.verdict for mark in said.marks if mark.checkpoint == "greet-company"} == {"unclear"}


def test_two_utterances_make_one_reply(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(
        booth := Booth(qtbot, [heard("telenova muy buenos días", ms=1_500), heard("le habla diego", ms=1_000)])
    )
    booth.answer()
    booth.say(1_500)
    booth.wait_for_text()
    booth.say(1_000)
    qtbot.waitUntil(lambda: booth.desk.reply.text.endswith("diego"))
    QTest.keyClick(booth.desk.reply.field, Qt.Key.Key_Return)
    said = booth.wait_for_reply()
    assert said.recognised is not None
    assert said.recognised.text == said.text == "telenova muy buenos días le habla diego"
    assert [said.text[a:b] for a, b, _ in said.recognised.words] == said.text.split()
    assert said.takes_ms == pytest.approx(2_500, abs=200)


def test_an_emptied_field_forgets_what_was_heard(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    booth.say()
    booth.wait_for_text()
    booth.desk.reply.field.selectAll()
    QTest.keyClick(booth.desk.reply.field, Qt.Key.Key_Delete)
    QTest.keyClicks(booth.desk.reply.field, "Telenova")
    QTest.keyClick(booth.desk.reply.field, Qt.Key.Key_Return)
    assert booth.wait_for_reply().recognised is None


def test_an_open_microphone_takes_a_turn_by_itself(qtbot: QtBot, booths: list[Booth]) -> None:
    settings = Settings(input_mode="open", patience="short", review_heard=False)
    booths.append(booth := Booth(qtbot, [heard(GREETING)], settings))
    booth.answer()
    assert booth.listening.ear is Ear.LISTENING
    booth.microphone.play(room(400) + voice(2_000) + room(900))
    assert booth.wait_for_reply().text == GREETING


def test_an_open_microphone_rests_while_what_it_heard_is_read(qtbot: QtBot, booths: list[Booth]) -> None:
    settings = Settings(input_mode="open", patience="short")
    booths.append(booth := Booth(qtbot, [heard(GREETING)], settings))
    booth.answer()
    booth.microphone.play(room(400) + voice(2_000))
    qtbot.waitUntil(lambda: booth.listening.is_under_way)
    booth.listening._floor.stop()
    booth.line.go(2_000)  # so that the floor is held anew when the words are there
    booth.microphone.play(room(900))
    assert booth.wait_for_text() == GREETING
    assert booth.listening.ear is Ear.REVIEW


def test_words_appear_while_they_are_spoken(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.speak(1_500)
    qtbot.waitUntil(lambda: "telenova" in booth.desk.reply.partial)
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    booth.wait_for_text()
    assert booth.desk.reply.partial == ""


def test_without_a_headset_the_microphone_is_closed_while_the_customer_speaks(
    qtbot: QtBot, booths: list[Booth]
) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)], replace(PUSH, review_heard=False)))
    booth.answer()
    booth.say()
    booth.wait_for_reply()
    assert booth.line.of(CustomerSpoke)
    assert booth.listening.ear is Ear.CLOSED
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    assert "audífonos" in booth.desk.reply.warning
    booth.line.quiet()
    assert str(booth.listening.ear) == "ready"


def test_the_microphone_stays_closed_while_a_slow_output_still_sounds(qtbot: QtBot, booths: list[Booth]) -> None:
    """A sleeping output may begin two seconds late: the session's line is over before its sound is."""
    booths.append(booth := Booth(qtbot, [heard(GREETING)], replace(PUSH, review_heard=False)))
    booth.answer()
    booth.say()
    booth.wait_for_reply()
    booth.sounding = True
    booth.line.quiet()
    assert booth.listening.ear is Ear.CLOSED
    booth.sounding = False
    booth.line.go(500)
    assert str(booth.listening.ear) == "ready"


def test_with_a_headset_a_voice_cuts_off_the_customers_line(qtbot: QtBot, booths: list[Booth]) -> None:
    settings = replace(PUSH, review_heard=False, headset=True)
    booths.append(booth := Booth(qtbot, [heard(GREETING), heard("le hacemos el reintegro")], settings))
    booth.answer()
    booth.say()
    booth.wait_for_reply()
    booth.line.go(1_000)
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.speak(1_500)

    def cut_off() -> bool:
        booth.line.go(100)
        return bool(booth.line.of(AgentInterrupted))

    qtbot.waitUntil(cut_off)
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    said = booth.wait_for_reply(2)
    assert said.overlap_ms > 0
    assert any(ended.cut for ended in booth.line.of(LineEnded))


def test_a_lost_microphone_leaves_what_was_said_and_the_keys(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.speak()
    booth.microphone.lose()
    assert booth.wait_for_text() == GREETING
    assert booth.listening.ear is Ear.LOST
    assert booth.desk.banner.isVisible()
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    QTest.keyClick(booth.desk.reply.field, Qt.Key.Key_Return)
    assert booth.wait_for_reply().text == GREETING


def test_a_reply_that_breaks_off_with_the_microphone_waits_to_be_completed(qtbot: QtBot, booths: list[Booth]) -> None:
    """The customer would answer half a sentence."""
    booths.append(booth := Booth(qtbot, [heard(GREETING)], replace(PUSH, review_heard=False)))
    booth.answer()
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.speak()
    booth.microphone.lose()
    assert booth.wait_for_text() == GREETING
    assert "se perdió" in booth.desk.reply.warning
    assert booth.said() == []


def test_the_talk_key_tries_a_lost_microphone_again(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    booth.microphone.lose()
    qtbot.waitUntil(lambda: booth.listening.ear is Ear.LOST)
    assert booth.desk.banner.isVisible()
    assert booth.desk.speaking is not None
    assert booth.desk.speaking.bar.button.text() == "Intentar otra vez (F2)"
    QTest.keyClick(booth.desk, Qt.Key.Key_F2)
    assert booth.microphone.is_open
    assert booth.desk.speaking.bar.button.text() == "Hablar (F2)"
    assert not booth.desk.banner.isVisible()
    booth.say()
    assert booth.wait_for_text() == GREETING


def test_while_a_voice_sounds_the_floor_is_held(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.speak()
    contact = booth.line.controller.contact
    assert contact is not None
    qtbot.waitUntil(lambda: booth.line.controller.contact.party.typing_from is not None)  # type: ignore[union-attr]
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    booth.wait_for_text()


def test_the_talk_key_takes_the_floor_before_a_voice_sounds(qtbot: QtBot, booths: list[Booth]) -> None:
    """Else the customer asks whether anybody is there in the breath before the first word, and what is said meanwhile
    is lost with the microphone closed."""
    booths.append(booth := Booth(qtbot, []))
    booth.answer()
    booth.line.go(5_500)
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.line.go(1_500)
    assert not booth.line.of(CustomerSpoke)
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)


def test_silence_is_told_as_such(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, []))
    booth.answer()
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.microphone.play(room(1_000))
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: bool(booth.desk.reply.warning))
    assert booth.listening.ear is Ear.READY


PERMISSION: Final = "permítame un momento mientras reviso su cuenta"


def order(booth: Booth) -> list[str]:
    """What the agent said and did, in the order of the log."""
    told = []
    for event in booth.line.controller.events:
        match event.what:
            case AgentSpoke(text=text):
                told.append(text)
            case AgentActed(name=name):
                told.append(name)
            case _:
                pass
    return told


def press(booth: Booth, act: str) -> None:
    booth.desk.toolbar.button(act).click()


def test_words_said_just_before_an_act_are_said_before_it(qtbot: QtBot, booths: list[Booth]) -> None:
    """The talk key is still down, and the reply would be read first."""
    booths.append(booth := Booth(qtbot, [heard(PERMISSION)]))
    booth.answer()
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.speak()
    press(booth, "hold")
    qtbot.waitUntil(lambda: len(order(booth)) == 3)
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    assert order(booth) == ["answer", PERMISSION, "hold"]
    assert booth.desk.reply.text == booth.desk.reply.warning == ""
    (said,) = booth.said()
    assert said.recognised is not None
    assert not said.recognised.reviewed


def test_an_open_microphone_hears_out_the_words_before_an_act(qtbot: QtBot, booths: list[Booth]) -> None:
    settings = Settings(input_mode="open", patience="short", review_heard=False)
    booths.append(booth := Booth(qtbot, [heard("muchas gracias por llamar que tenga un buen día")], settings))
    booth.answer()
    booth.microphone.play(room(400) + voice(2_000))
    qtbot.waitUntil(lambda: booth.listening.is_under_way)
    press(booth, "hang-up")
    qtbot.waitUntil(lambda: len(order(booth)) == 3)
    assert order(booth)[1:] == ["muchas gracias por llamar que tenga un buen día", "hang-up"]


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_a_talk_key_that_comes_up_over_a_menu_ends_the_reply(qtbot: QtBot, booths: list[Booth]) -> None:
    """The menu of areas has the keyboard while it is open."""
    booths.append(booth := Booth(qtbot, [heard(PERMISSION)]))
    booth.answer()
    assert booth.desk.speaking is not None
    told: list[str] = []
    booth.desk.speaking.bar.released.connect(lambda: told.append("released"))
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.speak()
    press(booth, "consult")
    menu = booth.desk.toolbar.menu("consult")
    assert menu.isVisible()
    QTest.keyRelease(menu, Qt.Key.Key_F2)
    menu.close()
    assert told == ["released"]
    assert booth.wait_for_text() == PERMISSION


def test_what_waits_to_be_read_is_said_before_an_act(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(PERMISSION)]))
    booth.answer()
    booth.say()
    booth.wait_for_text()
    press(booth, "hold")
    qtbot.waitUntil(lambda: len(order(booth)) == 3)
    assert order(booth) == ["answer", PERMISSION, "hold"]


def test_a_typed_draft_is_not_said_by_an_act(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(PERMISSION)]))
    booth.answer()
    QTest.keyClicks(booth.desk.reply.field, "Le cuento que")
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.speak()
    press(booth, "hold")
    qtbot.waitUntil(lambda: len(order(booth)) == 3)
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    assert order(booth) == ["answer", PERMISSION, "hold"]
    assert booth.desk.reply.text == "Le cuento que"


@pytest.mark.parametrize("trouble", ["silence", "lost"])
def test_an_act_never_waits_in_vain(qtbot: QtBot, booths: list[Booth], trouble: str) -> None:
    booths.append(booth := Booth(qtbot, [] if trouble == "silence" else [heard(PERMISSION)]))
    booth.answer()
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    if trouble == "silence":
        booth.microphone.play(room(600))
    else:
        booth.speak()
        booth.microphone.lose()
    press(booth, "hold")
    qtbot.waitUntil(lambda: order(booth)[-1:] == ["hold"])
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    assert order(booth) == ["answer", *([] if trouble == "silence" else [PERMISSION]), "hold"]


def test_a_muted_microphone_hears_nothing(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    booth.line.controller.act("mute")
    assert booth.listening.ear is Ear.OFF
    assert not booth.desk.speaking.bar.button.isEnabled()  # type: ignore[union-attr]


def test_a_key_let_go_for_a_moment_loses_nothing(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.speak(1_500)
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    booth.speak(1_500)
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    booth.wait_for_text()
    (pcm,) = booth.recogniser.given
    assert len(pcm) > 2 * 16_000 * 3


def test_a_draft_stays_where_spoken_words_count_at_once(qtbot: QtBot, booths: list[Booth]) -> None:
    strict = replace(call(), doc=call().doc.model_copy(update={"review_heard": False}))
    booths.append(booth := Booth(qtbot, [heard(GREETING)], PUSH, strict))
    booth.answer()
    QTest.keyClicks(booth.desk.reply.field, "Le cuento que")
    booth.say()
    assert booth.wait_for_reply().text == GREETING
    assert booth.desk.reply.text == "Le cuento que"


def test_what_was_heard_is_kept_as_a_draft(qtbot: QtBot, booths: list[Booth]) -> None:
    drafts: list[Draft] = []
    booths.append(booth := Booth(qtbot, [heard(GREETING)], save_draft=lambda _contact, draft: drafts.append(draft)))
    booth.answer()
    booth.say()
    booth.wait_for_text()
    qtbot.waitUntil(lambda: any(draft.text == GREETING for draft in drafts))


def test_a_pause_while_something_waits_is_quiet(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    booth.say()
    booth.wait_for_text()
    refused: list[str] = []
    booth.line.controller.refused.connect(lambda code, _args: refused.append(code))
    booth.line.controller.pause()
    with qtbot.waitSignal(booth.desk.speaking._floor.timeout, timeout=3_000):  # type: ignore[union-attr]
        pass
    assert refused == []


def test_reviewed_words_remember_how_long_they_waited(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    booth.say()
    booth.wait_for_text()
    booth.line.go(5_000)
    QTest.keyClick(booth.desk.reply.field, Qt.Key.Key_Return)
    assert dict(booth.wait_for_reply().voice)["waited_ms"] >= 1_500


def test_the_floor_held_after_the_voice_moves_it_nowhere(qtbot: QtBot, booths: list[Booth]) -> None:
    """The log goes on while the voice is listened to: its words come late, and are said to have."""
    booths.append(booth := Booth(qtbot, [], replace(PUSH, review_heard=False)))
    booth.answer()
    booth.line.go(6_000)
    booth.line.controller.typed()
    held, ended = booth.line.now, booth.line.now - 1_300
    booth.listening.heard.emit(Spoken(Recognised(GREETING, "scripted"), ended - 3_000, ended, (("duplex", 1),), b""))
    voice = call_voice(booth.line.controller.events)
    assert booth.line.controller.events[-1].at_ms >= held
    assert [(turn.begin_ms, turn.end_ms) for turn in voice.turns] == [(ended - 3_000, ended)]


def test_a_desk_that_is_gone_is_told_nothing(qtbot: QtBot, booths: list[Booth]) -> None:
    booths.append(booth := Booth(qtbot, [heard(GREETING)]))
    booth.answer()
    booth.desk.close_desk()
    booth.desk.close_desk()
    booth.listener.on_unavailable(ListeningUnavailable("recogniser-failed"))
    assert not booth.microphone.is_open


def test_without_a_recogniser_the_typed_path_is_whole(qtbot: QtBot) -> None:
    line = Line()
    marshal = Marshal()
    listener = Listener(lambda: ListeningUnavailable("no-model"), deliver=marshal.deliver)
    microphone = ScriptedMicrophone()
    listening = Listening(line.controller, microphone, listener, PUSH, Hints)
    desk = PhoneDesk(line.controller, settings=PUSH, listening=listening)
    qtbot.addWidget(desk)
    desk.show()
    desk.begin()
    qtbot.waitUntil(lambda: desk.banner.isVisible())
    assert listening.ear is Ear.OFF
    assert not microphone.is_open
    line.start()
    line.go(2_500)
    line.controller.act("answer")
    QTest.keyClicks(desk.reply.field, "Telenova")
    QTest.keyClick(desk.reply.field, Qt.Key.Key_Return)
    assert line.of(AgentSpoke)[0].text == "Telenova"
    desk.close_desk()
    line.controller.close()
    listener.close()


def test_a_key_that_repeats_as_real_presses_makes_one_reply_with_all_its_sound(
    qtbot: QtBot, booths: list[Booth]
) -> None:
    """Some X servers send auto-repeat as pairs of release and press, 30 ms apart, that look like any other."""
    booths.append(booth := Booth(qtbot, [heard(GREETING), heard("dos")], replace(PUSH, review_heard=False)))
    booth.answer()
    pairs = 40
    sound = voice(60 * pairs)
    piece = len(sound) // (2 * pairs)
    booth.microphone.play(room(300))
    QTest.keyPress(booth.desk, Qt.Key.Key_F2)
    done: list[int] = []

    def repeat() -> None:
        at = 2 * piece * len(done)
        booth.microphone.play(sound[at : at + piece])
        QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
        booth.microphone.play(sound[at + piece : at + 2 * piece])
        QTest.keyPress(booth.desk, Qt.Key.Key_F2)
        done.append(at)
        if len(done) == pairs:
            timer.stop()

    timer = QTimer(interval=30)
    timer.timeout.connect(repeat)
    timer.start()
    qtbot.waitUntil(lambda: len(done) == pairs)
    assert booth.said() == []
    ears = [booth.listening.ear]
    QTest.keyRelease(booth.desk, Qt.Key.Key_F2)
    said = booth.wait_for_reply()
    assert said.text == GREETING
    ears.append(booth.listening.ear)
    assert ears[0] is Ear.LISTENING
    assert ears[1] not in (Ear.LISTENING, Ear.THINKING)  # nothing more is on its way
    assert len(booth.said()) == len(booth.kept) == 1
    assert [pcm.count(sound) for pcm in booth.recogniser.given] == [1]
    assert booth.kept[0][1].count(sound) == 1
