"""A visit to the counter through the real widgets, with the real core; and what the drawings show."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.load import load_scenario
from simulator.scenario.model import VoiceWish
from simulator.scenario.scenario import Scenario
from simulator.scoring.score import score
from simulator.session.events import AgentActed, AgentSpoke, AttemptEnded, ContactEnded, CustomerSpoke
from simulator.session.state import ContactState, Phase
from simulator.settings import Settings
from simulator.speech.devices.playing import SilentPlayer
from simulator.speech.line import RenderedLine
from simulator.speech.telephone import LineEffect
from simulator.ui import theme
from simulator.ui.channels.in_person import InPersonDesk
from simulator.ui.desk.counter_scene import CounterScene
from simulator.ui.desk.counter_words import counter_status
from simulator.ui.desk.customer_voice import CustomerVoice
from simulator.ui.desk.figure import LEVELS, Figure, described, drawing, level_of
from simulator.ui.desk.likely import likely_lines
from simulator.ui.desk.sounds import DeskSounds
from simulator.ui.desk.words import mood_level
from tests.session.test_in_person import BYE, COUNTER, GREETING
from tests.ui.desk.cases import Line
from tests.ui.desk.test_voice import ScriptedStudio

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FIGURES = [Figure(gender, elderly) for gender in ("female", "male") for elderly in (False, True)]


@cache
def counter(text: str = COUNTER) -> Scenario:
    found = load_scenario(text, "counter.yaml", shipped_protocol().protocol)
    assert found.scenario is not None, found.diagnostics
    return found.scenario


class Counter:
    """A counter that is shown, and its line."""

    def __init__(self, qtbot: QtBot, scenario: Scenario) -> None:
        self.line = Line(scenario)
        self.desk = InPersonDesk(self.line.controller, settings=Settings())
        self.desk.resize(1280, 800)
        qtbot.addWidget(self.desk)
        with qtbot.waitExposed(self.desk):
            self.desk.show()
        self.desk.begin()

    def come(self, ms: int = 5_500) -> None:
        self.line.start()
        self.line.go(ms)

    def say(self, text: str) -> None:
        self.desk.reply.field.insertPlainText(text)
        QTest.keyClick(self.desk.reply.field, Qt.Key.Key_Return)

    def shows(self) -> tuple[bool, bool, int]:
        """Whether somebody is there and speaks, and where they look."""
        scene = self.desk.scene
        return scene.is_there, scene.speaks, scene.turn

    @property
    def seen(self) -> str:
        """What a screen reader says of the scene."""
        return self.desk.scene.accessibleName()


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Counter]:
    office = Counter(qtbot, counter())
    yield office
    office.line.controller.close()
    office.desk.close_desk()


# A visit


def test_a_whole_visit_from_the_door_to_the_result(qtbot: QtBot, office: Counter) -> None:
    desk, line = office.desk, office.line
    line.start()
    line.go(1_000)
    assert desk.side_chat.isVisible()
    assert not desk.reply.isVisible()
    assert office.seen == "No hay nadie en el mostrador."
    QTest.keyClick(desk, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not desk.side_chat.isVisible())
    line.go(4_500)
    assert office.shows()[0]
    assert desk.header.status.text() == "Llegó alguien"
    assert desk.reply.field.hasFocus()
    office.say(GREETING)
    assert desk.header.status.text() == "En el mostrador"
    assert len(line.of(AgentSpoke)) == 1
    line.quiet()
    office.say(BYE)
    line.quiet()
    line.go(1_000)
    assert len(line.of(ContactEnded)) == 1
    assert not office.shows()[0]
    assert office.seen == "El cliente ya se fue."
    assert desk.panels.currentWidget() is desk.notes
    name = desk.notes.fields["customer"]
    assert isinstance(name, QLineEdit)
    name.insert("Marta Ríos")
    desk.notes.save.click()
    assert [ended.how for ended in line.of(AttemptEnded)] == ["finished"]
    verdicts = {found.id: found.verdict for found in score(counter(), line.controller.events).checkpoints}
    assert (verdicts["greet-first"], verdicts["end-side-conversation"], verdicts["farewell"]) == ("met", "met", "met")


def test_typing_the_greeting_keeps_them_from_asking(office: Counter) -> None:
    office.come()
    for _second in range(14):
        QTest.keyClicks(office.desk.reply.field, "a")
        office.line.go(1_000)
    assert office.line.of(CustomerSpoke) == []
    office.desk.reply.field.clear()
    office.line.go(16_000)
    assert office.line.of(CustomerSpoke)[0].text == "¿Hola?"


def test_f12_calls_the_next_person_and_f9_the_supervisor(office: Counter) -> None:
    office.come()
    office.say(GREETING)
    office.line.quiet()
    QTest.keyClick(office.desk, Qt.Key.Key_F12)
    assert [act.name for act in office.line.of(AgentActed)] == ["call-next"]
    assert [ended.end for ended in office.line.of(ContactEnded)] == ["dismissed"]


def test_the_supervisor_comes_where_there_is_one(qtbot: QtBot) -> None:
    for text, can in ((COUNTER, True), (COUNTER.replace("supervisor: Laura Peña\n", ""), False)):
        office = Counter(qtbot, counter(text))
        office.come()
        assert office.desk.toolbar.button("escalate").isEnabled() is can
        QTest.keyClick(office.desk, Qt.Key.Key_F9)
        assert bool(office.line.of(ContactEnded)) is can
        office.line.controller.close()
        office.desk.close_desk()


def test_the_conversation_says_that_they_left_and_not_that_they_hung_up(office: Counter) -> None:
    office.come()
    office.say(GREETING)
    office.line.quiet()
    office.say(BYE)
    office.line.quiet()
    office.line.go(1_000)
    notes = [note.text() for note in office.desk.conversation.findChildren(type(office.desk.header.status), "deskNote")]
    assert any(note.startswith("El cliente se fue") for note in notes)
    assert not any("colg" in note or "llamada" in note for note in notes)


# The scene


def at_mood(mood: int, phase: Phase = Phase.TALKING) -> ContactState:
    return ContactState("c1", "in-person", 0, mood, phase=phase)


def test_posture_and_face_follow_the_mood_and_are_said_in_words(qtbot: QtBot) -> None:
    scene = CounterScene("Telenova", FIGURES[0])
    qtbot.addWidget(scene)
    said = []
    for mood, level in zip((0, 20, 40, 60, 80), LEVELS, strict=True):
        scene.show_contact(at_mood(mood))
        assert scene.level == level
        assert scene.accessibleName() == f"{mood_level(mood).text}. {described(level)}"
        said.append(scene.accessibleName())
    assert len(set(said)) == 5


def test_levels_change_where_the_word_of_the_mood_does() -> None:
    for mood in range(1, 101):
        changes = mood_level(mood).text != mood_level(mood - 1).text
        assert (level_of(mood) != level_of(mood - 1)) is changes, mood


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.head)
@pytest.mark.parametrize("dark", [False, True])
def test_every_drawing_is_whole(figure: Figure, dark: bool) -> None:
    from PySide6.QtCore import QByteArray
    from PySide6.QtSvg import QSvgRenderer

    for level in LEVELS:
        for layer in ("room", "counter", "speaking", "person", "hands"):
            svg = drawing(layer, dark=dark, figure=figure, level=level)
            assert "$" not in svg
            assert QSvgRenderer(QByteArray(svg.encode())).isValid()


def test_no_level_is_told_apart_by_colour_alone() -> None:
    def shape(level: str) -> str:
        return re.sub(r"#[0-9a-f]{6}", "#", drawing("person", dark=False, figure=FIGURES[1], level=level))

    assert len({shape(level) for level in LEVELS}) == 5


def test_who_is_drawn_follows_the_voice() -> None:
    assert Figure.of(VoiceWish(gender="male", manner="elderly")) == Figure("male", elderly=True)
    assert Figure.of(VoiceWish(gender="female", manner="sad")) == Figure("female")


def test_they_look_around_until_a_word_is_said_and_speak_only_while_they_speak(office: Counter) -> None:
    office.come()
    looks = set()
    for _tick in range(6):
        office.line.go(400)
        looks.add(office.shows())
    assert looks == {(True, False, -1), (True, False, 1)}
    office.say(GREETING)
    office.line.go(400)
    assert office.shows() == (True, True, 0)
    office.line.quiet()
    office.line.go(400)
    assert office.shows() == (True, False, 0)


def test_they_walk_in_and_out(qtbot: QtBot) -> None:
    scene = CounterScene("Telenova", FIGURES[0])
    qtbot.addWidget(scene)
    scene.resize(640, 300)
    with qtbot.waitExposed(scene):
        scene.show()
    assert scene.presence == 0
    scene.show_contact(at_mood(50))
    assert scene.presence < 1
    qtbot.waitUntil(lambda: scene.presence == 1)
    scene.show_contact(at_mood(50, Phase.AFTER))
    qtbot.waitUntil(lambda: scene.presence == 0)


def test_what_nobody_watches_needs_no_walk(qtbot: QtBot) -> None:
    scene = CounterScene("Telenova", FIGURES[0])
    qtbot.addWidget(scene)
    scene.show_contact(at_mood(50))
    assert scene.presence == 1


@pytest.mark.parametrize("size", [(400, 700), (1600, 130)])
def test_the_room_fills_every_window(qtbot: QtBot, size: tuple[int, int]) -> None:
    scene = CounterScene("", FIGURES[0])
    qtbot.addWidget(scene)
    scene.resize(*size)
    picture = scene.grab().toImage()
    right, low = size[0] - 2, size[1] - 2
    walls = {picture.pixelColor(x, 2).name() for x in (2, right)}
    counters = {picture.pixelColor(x, low).name() for x in (2, right)}
    assert (walls, counters) == ({"#eaf0f5"}, {"#b98f66"})


def test_the_picture_is_drawn_anew_for_another_theme(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    scene = CounterScene("Telenova", FIGURES[0])
    qtbot.addWidget(scene)
    scene.resize(640, 300)
    scene.show_contact(at_mood(50))
    try:
        theme.apply(app, Settings(theme="light"))
        scene.refresh_icons()
        light = scene.grab().toImage().pixelColor(10, 10).lightness()
        theme.apply(app, Settings(theme="dark"))
        scene.refresh_icons()
        assert scene.grab().toImage().pixelColor(10, 10).lightness() < light
    finally:
        theme.apply(app, Settings(theme="light"))


# Words and sound


def test_the_state_is_worded_from_the_door_to_the_notes() -> None:
    assert counter_status(None).text == "Sin conexión"
    said = [counter_status(at_mood(50, phase)).text for phase in Phase]
    assert said == [
        "Nadie en el mostrador",
        "Llegó alguien",
        "El cliente se va",
        "Terminó la visita · ficha",
    ]


def test_the_voice_comes_without_a_telephone_between(qtbot: QtBot) -> None:
    line, studio, player = Line(counter()), ScriptedStudio(), SilentPlayer()
    CustomerVoice(line.controller, studio, player, parent=line.controller)
    line.start()
    line.go(5_500)
    line.controller.say(GREETING)
    assert [voice.effect for _words, voice in studio.asked] == [LineEffect.NONE]
    line.controller.close()
    player.stop()


def test_what_they_ask_by_themself_is_rendered_before_they_do(qtbot: QtBot) -> None:
    line = Line(counter())
    line.start()
    line.go(5_500)
    assert "¿Hola?" in [likely.text for likely in likely_lines(line.scenario, line.controller.state)]
    line.controller.say(GREETING)
    line.quiet()
    assert "¿Hola?" not in [likely.text for likely in likely_lines(line.scenario, line.controller.state)]
    line.controller.close()


def test_nobody_hangs_up_at_a_counter(qtbot: QtBot) -> None:
    line, player = Line(counter()), SilentPlayer()
    DeskSounds(line.controller, player, load=lambda _sound: RenderedLine(bytes(44_100)), parent=line.controller)
    line.start()
    line.controller.act("dismiss-colleague")
    line.go(5_500)
    line.controller.say(GREETING)
    player.stop()
    line.quiet()
    line.controller.act("call-next")
    assert line.of(ContactEnded)
    assert not player.is_playing
    line.controller.close()
