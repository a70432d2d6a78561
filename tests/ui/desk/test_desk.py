"""A call through the real widgets, with the real core."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from simulator.errors import TercerTimbreError
from simulator.records.values import Draft
from simulator.scoring.score import score
from simulator.session.events import (
    AgentActed,
    AgentSpoke,
    AgentTyped,
    AttemptEnded,
    AttemptPaused,
    ColleagueAnswered,
    ContactEnded,
    CustomerSpoke,
    InterruptionWarned,
)
from simulator.session.state import Phase
from simulator.settings import Settings
from simulator.speech.devices.playing import SilentPlayer
from simulator.ui import theme
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.desk.banner import Banner
from simulator.ui.desk.customer_voice import CustomerVoice
from simulator.ui.desk.words import HOLD_WARNS_MS
from tests.ui.desk.cases import Line
from tests.ui.desk.test_voice import ScriptedStudio

GREETING = "Telenova, muy buenos días, le habla Diego, ¿en qué le puedo ayudar?"


# The offscreen screen cannot tell a window manager the least size of a window, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Office:
    """A desk that is shown, its line, and the drafts that it handed over."""

    def __init__(self, qtbot: QtBot, *, guided: bool = False, draft: Draft | None = None) -> None:
        self.qtbot = qtbot
        self.line = Line()
        self.drafts: list[Draft] = []
        self.desk = PhoneDesk(
            self.line.controller,
            settings=Settings(),
            draft_of=lambda _contact: draft or Draft("", {}),
            save_draft=lambda _contact, kept: self.drafts.append(kept),
            guided=guided,
        )
        self.desk.resize(1280, 800)
        qtbot.addWidget(self.desk)
        with qtbot.waitExposed(self.desk):
            self.desk.show()
        self.desk.begin()

    def ring(self, *, hints: bool = False) -> None:
        self.line.start(hints=hints)
        self.line.go(2_500)

    def answer(self, *, hints: bool = False) -> None:
        self.ring(hints=hints)
        self.desk.side_chat.close_button.click()
        self.desk.incoming.answer.click()

    def type(self, text: str) -> None:
        if text.isascii():
            QTest.keyClicks(self.desk.reply.field, text)
        else:  # QTest aborts on keys that a US keyboard lacks; composed characters come as an insertion anyway
            self.desk.reply.field.insertPlainText(text)

    def enter(self) -> None:
        QTest.keyClick(self.desk.reply.field, Qt.Key.Key_Return)

    def say(self, text: str) -> None:
        self.type(text)
        self.enter()

    def choose(self, name: str) -> None:
        self.desk.curtain.button(name).click()

    @property
    def bubbles(self) -> list[str]:
        return [bubble.label.text() for bubble in self.desk.conversation.bubbles]


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    office = Office(qtbot)
    yield office
    office.line.controller.close()
    office.desk.close_desk()


def test_a_whole_call_from_the_ring_to_the_result(office: Office) -> None:
    desk, line = office.desk, office.line
    office.ring()
    assert desk.incoming.answer.isVisible()
    assert desk.side_chat.isVisible()
    desk.side_chat.close_button.click()
    assert not desk.side_chat.isVisible()
    desk.incoming.answer.click()
    office.say(GREETING)
    line.quiet()
    office.say("Le vamos a reintegrar el cobro en su próxima factura.")
    line.quiet()
    office.say("¿Le puedo ayudar en algo más? Que tenga un feliz día.")
    line.quiet()
    assert len(line.of(ContactEnded)) == 1
    assert desk.panels.currentWidget() is desk.notes
    assert not desk.reply.isVisible()
    for name, text in (("customer", "Marta Ríos"), ("reason", "Cobro doble"), ("solution", "Reintegro")):
        field = desk.notes.fields[name]
        assert isinstance(field, QLineEdit | QPlainTextEdit)
        if isinstance(field, QLineEdit):
            field.insert(text)
        else:
            field.insertPlainText(text)
    with office.qtbot.waitSignal(desk.finished) as finished:
        desk.notes.save.click()
    assert finished.args == ["a1"]
    assert line.of(AttemptEnded)[0].how == "finished"
    notes = next(what for what in line.of(AgentActed) if what.name == "notes")
    assert dict(notes.args)["customer"] == "Marta Ríos"
    card = score(line.scenario, line.controller.events)
    assert card.result == "passed"
    assert office.bubbles[0] == GREETING


def test_enter_says_it_and_empties_the_field(office: Office) -> None:
    office.answer()
    office.say("Buenos días.")
    assert office.line.of(AgentSpoke)[0].text == "Buenos días."
    assert office.desk.reply.text == ""


def test_shift_enter_is_a_new_line(office: Office) -> None:
    office.answer()
    office.type("Uno")
    QTest.keyClick(office.desk.reply.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    office.type("dos")
    assert office.desk.reply.text == "Uno\ndos"
    assert office.line.of(AgentSpoke) == []


def test_keys_hold_the_floor_about_once_a_second(office: Office) -> None:
    office.answer()
    office.type("Telenova")
    assert len(office.line.of(AgentTyped)) == 1
    office.line.go(1_200)
    office.type(", ")
    assert len(office.line.of(AgentTyped)) == 2


def test_an_interruption_is_warned_and_keeps_the_text(office: Office) -> None:
    office.answer()
    office.say(GREETING)
    office.line.go(800)
    office.say("Un momento")
    assert len(office.line.of(InterruptionWarned)) == 1
    assert office.desk.reply.text == "Un momento"
    assert office.desk.reply.warning
    office.enter()
    assert office.line.of(AgentSpoke)[-1].text == "Un momento"
    assert office.line.of(AgentSpoke)[-1].overlap_ms > 0
    assert office.desk.reply.text == ""
    assert office.desk.reply.warning == ""


def test_the_warning_goes_when_the_customer_has_finished(office: Office) -> None:
    office.answer()
    office.say(GREETING)
    office.line.go(800)
    office.say("Un momento")
    office.line.quiet()
    office.line.go(400)
    assert office.desk.reply.warning == ""
    assert office.desk.reply.text == "Un momento"


def test_what_nobody_would_hear_cannot_be_sent(office: Office) -> None:
    office.answer()
    office.say(GREETING)
    office.line.quiet()
    office.desk.toolbar.button("hold").click()
    office.say("¿Me oye?")
    assert office.desk.reply.text == "¿Me oye?"
    assert not office.desk.reply.send.isEnabled()
    office.desk.toolbar.button("resume").click()
    assert office.desk.reply.send.isEnabled()


def test_the_clock_of_a_hold_asks_the_agent_to_come_back(office: Office) -> None:
    office.answer()
    office.say(GREETING)
    office.line.quiet()
    office.desk.toolbar.button("hold").click()
    assert office.desk.header.clock.property("tone") == "neutral"
    office.line.go(HOLD_WARNS_MS + 400)
    assert office.desk.header.clock.property("tone") == "warning"
    assert office.desk.header.clock.text() == "00:45"
    assert office.desk.header.status.text() == "En espera · vaya volviendo"
    office.line.go(20_000)
    assert office.desk.header.clock.property("tone") == "bad"
    assert office.desk.header.status.text() == "En espera · vuelva ya"


def test_consulting_an_area_talks_to_the_colleague(office: Office) -> None:
    office.answer()
    office.say(GREETING)
    office.line.quiet()
    menu = office.desk.toolbar.menu("consult")
    area = next(action for action in menu.actions() if action.text() == "Soporte técnico")
    area.trigger()
    office.line.go(4_000)
    assert len(office.line.of(ColleagueAnswered)) == 1
    office.line.quiet()
    office.say("Le paso a la señora Ríos.")
    assert office.line.of(AgentSpoke)[-1].to == "colleague"
    assert not office.desk.toolbar.button("consult").isEnabled()
    office.desk.toolbar.button("return").click()
    assert office.desk.toolbar.button("consult").isEnabled()


def test_only_what_makes_sense_now_can_be_pressed(office: Office) -> None:
    office.answer()
    toolbar = office.desk.toolbar
    enabled = {name for name in ("mute", "hold", "consult", "complete", "return", "escalate", "hang-up")
               if toolbar.button(name).isEnabled()}  # fmt: skip
    assert enabled == {"mute", "hold", "consult", "escalate", "hang-up"}


def test_every_act_has_its_key(office: Office) -> None:
    office.ring()
    office.desk.side_chat.close_button.click()
    office.desk.activateWindow()
    office.qtbot.waitUntil(office.desk.isActiveWindow)
    QTest.keyClick(office.desk, Qt.Key.Key_F2)
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F4, Qt.Key.Key_F12):
        QTest.keyClick(office.desk, key)
    acts = [what.name for what in office.line.of(AgentActed)]
    assert acts == ["dismiss-colleague", "answer", "mute", "unmute", "hold", "resume", "hang-up"]


def test_a_muted_microphone_is_said(office: Office) -> None:
    office.answer()
    office.desk.toolbar.button("mute").click()
    office.say("¿Hola?")
    assert not office.line.of(AgentSpoke)[0].heard
    notes = [
        child.text() for child in office.desk.conversation.findChildren(QLabel) if child.objectName() == "deskNote"
    ]
    assert any("micrófono" in note for note in notes)


def test_the_mood_moves_and_is_said_in_words(office: Office) -> None:
    office.answer()
    assert office.desk.header.gauge.mood == 30
    office.say(GREETING)
    office.line.quiet()
    office.say("Le vamos a reintegrar el cobro.")
    assert office.desk.header.gauge.mood == 65
    assert office.desk.header.gauge.word.text() == "Conforme"
    assert "65" in office.desk.header.gauge.accessibleName()


def test_captions_off_hide_the_words_only_where_a_voice_is_heard(qtbot: QtBot) -> None:
    office = Office(qtbot)
    office.desk.apply_settings(Settings(captions=False))
    assert office.desk.shows_captions  # no voice on this desk
    office.answer()
    office.say(GREETING)
    assert office.line.of(CustomerSpoke)[0].text in office.bubbles
    office.line.controller.close()


def test_captions_off_keep_the_words_for_the_debrief_while_a_voice_is_heard(qtbot: QtBot) -> None:
    line, player = Line(), SilentPlayer()
    voice = CustomerVoice(line.controller, ScriptedStudio(), player, parent=line.controller)
    desk = PhoneDesk(line.controller, settings=Settings(captions=False), voice=voice)
    qtbot.addWidget(desk)
    desk.begin()
    line.start()
    line.go(2_500)
    line.controller.act("answer")
    line.controller.say(GREETING)
    said = line.of(CustomerSpoke)[0].text
    assert said not in [bubble.label.text() for bubble in desk.conversation.bubbles]
    desk.apply_settings(Settings(captions=True))
    assert said in [bubble.label.text() for bubble in desk.conversation.bubbles]
    desk.close_desk()
    line.controller.close()


def test_a_voice_that_fails_brings_the_captions_and_says_why_once(qtbot: QtBot) -> None:
    line, player = Line(), SilentPlayer()
    voice = CustomerVoice(line.controller, ScriptedStudio("no-engine"), player, parent=line.controller)
    desk = PhoneDesk(line.controller, settings=Settings(captions=False), voice=voice)
    qtbot.addWidget(desk)
    desk.begin()
    line.start()
    line.go(2_500)
    line.controller.act("answer")
    line.controller.say(GREETING)
    assert line.of(CustomerSpoke)[0].text in [bubble.label.text() for bubble in desk.conversation.bubbles]
    assert not desk.banner.isHidden()
    line.quiet()
    line.go(9_000)
    assert line.of(CustomerSpoke)[-1].text in [bubble.label.text() for bubble in desk.conversation.bubbles]
    desk.close_desk()
    line.controller.close()


def test_nothing_typed_or_said_is_read_as_html(office: Office) -> None:
    office.answer()
    office.say("<b>Hola</b> <img src='x'>")
    assert office.bubbles[0] == "<b>Hola</b> <img src='x'>"
    labels = office.desk.findChildren(QLabel)
    assert {label.textFormat() for label in labels if label.text()} == {Qt.TextFormat.PlainText}


def test_pasted_text_loses_its_format(office: Office) -> None:
    office.answer()
    data = QMimeData()
    data.setHtml("<h1>Hola</h1>")
    data.setText("Hola")
    office.desk.reply.field.insertFromMimeData(data)
    assert office.desk.reply.text == "Hola"


def test_too_long_a_message_is_kept_and_said(office: Office) -> None:
    office.answer()
    office.desk.reply.field.setPlainText("a" * 4_001)
    office.enter()
    assert office.line.of(AgentSpoke) == []
    assert len(office.desk.reply.text) == 4_001
    assert "4000" in office.desk.reply.warning.replace(".", "").replace(" ", "")


def test_the_knowledge_filter_ignores_accents_and_case(office: Office) -> None:
    QTest.keyClicks(office.desk.knowledge.filter, "MARTA rios")
    assert office.desk.knowledge.shown == ("account",)
    office.desk.knowledge.filter.setText("nada de esto")
    assert not office.desk.knowledge.shown


def test_hints_open_one_level_at_a_time_and_fold_with_the_moment(office: Office) -> None:
    office.answer(hints=True)
    assert office.desk.hints.shown == 0
    for level in (1, 2, 3):
        office.desk.hints.more.click()
        assert office.desk.hints.shown == level
    assert not office.desk.hints.more.isVisibleTo(office.desk.hints)
    office.say(GREETING)
    assert office.desk.hints.shown == 0


def test_without_hints_there_is_no_hints_panel(office: Office) -> None:
    office.answer()
    assert office.desk.panels.indexOf(office.desk.hints) == -1


def test_the_colleague_can_be_answered_and_sent_away(office: Office) -> None:
    office.ring()
    QTest.keyClicks(office.desk.side_chat.field, "Ahora no.")
    QTest.keyClick(office.desk.side_chat.field, Qt.Key.Key_Return)
    assert office.line.of(AgentSpoke)[0].to == "side"
    assert office.desk.side_chat.lines[-1] == "Usted: Ahora no."
    office.desk.side_chat.close_button.click()
    assert not office.desk.side_chat.isVisible()


def test_a_pause_covers_the_desk_and_stops_time(office: Office) -> None:
    office.answer()
    office.desk.header.pause.click()
    assert office.desk.curtain.isVisible()
    assert not office.desk.body.isEnabled()
    before = office.line.controller.now()
    office.line.go(4_000)
    assert office.line.controller.now() == before
    QTest.keyClick(office.desk.curtain, Qt.Key.Key_Escape)
    assert not office.desk.curtain.isVisible()
    assert office.desk.body.isEnabled()


def test_leaving_asks_and_going_on_changes_nothing(office: Office) -> None:
    office.answer()
    assert not office.desk.ask_to_leave(closing=True)
    assert [button.property("choice") for button in office.desk.curtain.buttons] == ["go-on", "keep", "withdraw"]
    with office.qtbot.waitSignal(office.desk.stayed):
        office.choose("go-on")
    assert office.line.of(AttemptEnded) == []
    assert not office.line.controller.state.paused


def test_a_second_press_asks_for_nothing(office: Office) -> None:
    office.answer()
    refused: list[str] = []
    office.line.controller.refused.connect(lambda code, _args: refused.append(code))
    office.desk.header.pause.click()
    office.desk.header.pause.click()
    go_on = office.desk.curtain.button("go-on")
    go_on.click()
    go_on.click()
    assert not office.line.controller.state.paused
    assert refused == []


def test_keeping_leaves_the_attempt_paused_with_its_draft(office: Office) -> None:
    office.answer()
    office.type("A medio decir")
    office.desk.ask_to_leave(closing=True)
    with office.qtbot.waitSignal(office.desk.left) as left:
        office.choose("keep")
    assert left.args == ["a1", "kept"]
    assert office.line.controller.state.paused
    assert office.drafts[-1].text == "A medio decir"


def test_leaving_without_a_mark_asks_twice(office: Office) -> None:
    office.answer()
    office.desk.header.leave.click()
    office.choose("withdraw")
    assert office.line.of(AttemptEnded) == []
    with office.qtbot.waitSignal(office.desk.left) as left:
        office.choose("withdraw-sure")
    assert left.args == ["a1", "withdrawn"]


def test_ending_in_the_middle_is_an_incomplete_attempt(office: Office) -> None:
    office.answer()
    office.desk.header.leave.click()
    office.choose("finish")
    with office.qtbot.waitSignal(office.desk.finished):
        office.choose("finish-sure")
    assert office.line.of(AttemptEnded)[0].how == "abandoned"


def test_with_nothing_under_way_there_is_nothing_to_ask(office: Office) -> None:
    assert office.desk.ask_to_leave(closing=True)


def test_a_store_that_fails_is_said_and_the_words_are_kept(office: Office) -> None:
    office.answer()
    office.type(GREETING)
    office.line.broken = True
    office.enter()
    assert office.desk.curtain.isVisible()
    assert office.bubbles == []
    office.choose("try-again")
    assert office.desk.curtain.isVisible()
    office.line.broken = False
    office.choose("try-again")
    assert not office.desk.curtain.isVisible()
    assert office.bubbles[0] == GREETING


def test_a_call_that_broke_off_shows_what_was_and_waits(qtbot: QtBot) -> None:
    first = Office(qtbot)
    first.answer()
    first.say(GREETING)
    again = Line()
    again.controller = type(again.controller)(
        again.scenario, store=again.store, clock_ms=again.clock, events=first.line.controller.events
    )
    desk = PhoneDesk(
        again.controller, settings=Settings(), draft_of=lambda _contact: Draft("Le decía", {"reason": "Cobro"})
    )
    qtbot.addWidget(desk)
    with qtbot.waitExposed(desk):
        desk.show()
    desk.begin()
    assert next(b.label.text() for b in desk.conversation.bubbles) == GREETING
    assert desk.curtain.isVisible()
    assert again.of(AttemptPaused)[-1].why == "gap"
    assert desk.reply.text == "Le decía"
    assert desk.notes.notes()["reason"] == "Cobro"
    desk.curtain.button("go-on").click()
    assert again.controller.contact is not None
    assert again.controller.contact.phase is Phase.TALKING
    assert desk.body.isEnabled()
    again.controller.close()
    first.line.controller.close()


def test_every_control_has_a_name_and_can_be_reached(office: Office) -> None:
    office.answer(hints=True)
    office.desk.header.pause.click()
    controls = [w for w in office.desk.findChildren(QWidget)
                if isinstance(w, QAbstractButton | QLineEdit | QPlainTextEdit | QTextEdit | QComboBox)]  # fmt: skip
    own = [w for w in controls if not w.objectName().startswith("qt_") and "ScrollButton" not in type(w).__name__]
    named = [w.accessibleName() or getattr(w, "text", str)() for w in own if w.parent() is not None]
    assert len(named) > 15
    assert all(named), [type(w).__name__ + w.objectName() for w in own if not w.accessibleName()]
    unreachable = [w for w in own if w.isVisible() and w.focusPolicy() == Qt.FocusPolicy.NoFocus]
    assert unreachable == []


def test_what_was_refused_on_hold_is_no_longer_said_once_the_customer_is_back(office: Office) -> None:
    office.answer()
    office.line.controller.act("hold")
    office.line.controller.say("Un momento, por favor.")
    assert "espera" in office.desk.reply.warning
    QTest.keyClick(office.desk, Qt.Key.Key_F4)
    assert office.desk.reply.warning == ""


def test_a_refusal_goes_with_the_next_thing_that_is_done(office: Office) -> None:
    office.answer()
    office.line.controller.act("resume")
    assert office.desk.banner.isVisible()
    office.line.controller.act("mute")
    assert not office.desk.banner.isVisible()


def test_the_icons_of_the_banner_grow_with_the_text(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, Settings(theme="light", text_size=200))
    banner = Banner()
    qtbot.addWidget(banner)
    banner.say("Llegó un mensaje.")
    theme.apply(qapp, Settings(theme="light"))
    assert banner.dismiss.iconSize().height() == 32


def test_another_message_of_the_banner_stays(office: Office) -> None:
    office.answer()
    office.line.controller.act("resume")
    office.desk.banner.say("something else")
    office.line.controller.act("mute")
    assert office.desk.banner.isVisible()


def test_a_draft_that_could_be_kept_again_is_no_longer_complained_of(office: Office) -> None:
    office.answer()

    def full(_contact: str, _draft: Draft) -> None:
        raise TercerTimbreError("file-unwritable", path="x.db", reason="disk full")

    office.desk._save_draft = full
    office.desk.ask_to_leave()
    assert not office.desk.banner.isHidden()
    office.desk._save_draft = lambda _contact, kept: office.drafts.append(kept)
    office.desk.ask_to_leave()
    assert office.desk.banner.isHidden()
