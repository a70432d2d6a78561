"""The customer's voice follows the session, and the session follows the voice."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from simulator.session.envelope import Event
from simulator.session.events import ContactEnded, CustomerSpoke, LineEnded, LineTimed
from simulator.speech.devices.playing import SilentPlayer
from simulator.speech.line import SAMPLE_RATE, RenderedLine, SpeechUnavailable
from simulator.speech.studio import Rendering, Words
from simulator.speech.voice import Voice
from simulator.ui.desk.customer_voice import CustomerVoice, beginning_of, rest_of
from tests.session.test_contacts import two
from tests.ui.desk.cases import Line

LASTS_MS = 60


def sound(lasts_ms: int = LASTS_MS) -> RenderedLine:
    return RenderedLine(bytes(2 * SAMPLE_RATE * lasts_ms // 1000))


class ScriptedStudio:
    """Renders nothing: hands out silence of a known length, at once or when told, or fails."""

    def __init__(self, fails: str | None = None) -> None:
        self.fails = fails
        self.late = False
        self.asked: list[tuple[Words, Voice]] = []
        self.ahead: list[tuple[Words, Voice]] = []
        self.waiting: list[Callable[[], None]] = []

    def render(
        self,
        words: Words,
        voice: Voice,
        success: Callable[[RenderedLine], None] | None = None,
        failure: Callable[[SpeechUnavailable], None] | None = None,
    ) -> Rendering:
        self.asked.append((words, voice))
        assert success is not None
        assert failure is not None
        why = self.fails
        if why is not None:
            self.waiting.append(lambda: failure(SpeechUnavailable(why)))
        else:
            self.waiting.append(lambda: success(sound()))
        if not self.late:
            self.deliver()
        return Rendering()

    def deliver(self) -> None:
        for call in self.waiting:
            call()
        self.waiting.clear()

    def prefetch(self, lines: Iterable[tuple[Words, Voice]]) -> None:
        self.ahead = list(lines)

    def cancel_prefetch(self) -> None:
        self.ahead = []


@pytest.fixture
def line(qtbot: QtBot) -> Line:
    return Line()


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[SilentPlayer]:
    player = SilentPlayer()
    yield player
    player.stop()


def complain(line: Line) -> int:
    """The call up to the customer's first line; its seq."""
    line.start()
    line.go(2_500)
    line.controller.act("answer")
    line.controller.say("Telenova, buenos días.")
    return next(e.seq for e in line.controller.events if isinstance(e.what, CustomerSpoke))


def test_a_line_is_said_and_its_true_length_and_end_are_told(qtbot: QtBot, line: Line, player: SilentPlayer) -> None:
    studio = ScriptedStudio()
    CustomerVoice(line.controller, studio, player, parent=line.controller)
    seq = complain(line)
    with qtbot.waitSignal(player.finished):
        assert [len(sounds.pcm) for sounds in player.played] == [len(sound().pcm)]
    assert line.of(LineTimed) == [LineTimed(seq, LASTS_MS)]
    assert line.of(LineEnded) == [LineEnded(seq)]
    assert studio.asked[0][0] == line.of(CustomerSpoke)[0].text


def test_the_time_until_the_voice_came_counts_to_the_line(qtbot: QtBot, line: Line, player: SilentPlayer) -> None:
    studio = ScriptedStudio()
    studio.late = True
    CustomerVoice(line.controller, studio, player, parent=line.controller)
    seq = complain(line)
    line.go(800)
    studio.deliver()
    with qtbot.waitSignal(player.started):
        pass
    assert line.of(LineTimed) == [LineTimed(seq, 800 + LASTS_MS)]


def test_an_interrupted_line_falls_silent_at_once(qtbot: QtBot, line: Line, player: SilentPlayer) -> None:
    CustomerVoice(line.controller, ScriptedStudio(), player, parent=line.controller)
    complain(line)
    line.controller.say("Un momento.", interrupt=True)
    assert [what.cut for what in line.of(LineEnded)] == [True]
    assert len(player.played) == 2  # the first is cut; what plays now is the answer to the interruption
    line.controller.act("hold")
    assert not player.is_playing


def test_a_pause_keeps_the_rest_of_the_line_for_later(qtbot: QtBot, line: Line, player: SilentPlayer) -> None:
    CustomerVoice(line.controller, ScriptedStudio(), player, parent=line.controller)
    complain(line)
    with qtbot.waitSignal(player.started):
        pass
    line.now += 20
    line.controller.pause()
    assert not player.is_playing
    line.controller.go_on()
    assert player.played[-1].duration_ms == LASTS_MS - 20
    with qtbot.waitSignal(player.finished):
        pass
    assert isinstance(line.happened()[-1], LineEnded)


def test_a_line_is_told_as_far_as_it_was_heard(qtbot: QtBot, line: Line, player: SilentPlayer) -> None:
    voice = CustomerVoice(line.controller, ScriptedStudio(), player, parent=line.controller)
    told: list[tuple[int, int]] = []
    voice.heard.connect(lambda seq, heard: told.append((seq, heard.duration_ms)))
    first = complain(line)
    with qtbot.waitSignal(player.finished):
        pass
    assert told == [(first, LASTS_MS)]
    line.controller.say("Le vamos a reintegrar el cobro.")
    second = max(e.seq for e in line.controller.events if isinstance(e.what, CustomerSpoke))
    with qtbot.waitSignal(player.started):
        pass
    line.now += 20
    line.controller.pause()
    line.controller.go_on()
    with qtbot.waitSignal(player.started):
        pass
    line.now += 15
    line.controller.act("hang-up")
    assert told[1:] == [(second, 35)]


def test_a_line_of_which_nothing_was_heard_is_not_told(qtbot: QtBot, line: Line, player: SilentPlayer) -> None:
    studio = ScriptedStudio()
    studio.late = True
    voice = CustomerVoice(line.controller, studio, player, parent=line.controller)
    told: list[int] = []
    voice.heard.connect(lambda seq, _heard: told.append(seq))
    complain(line)
    line.controller.act("hang-up")
    assert told == []


def test_without_an_engine_the_estimate_stands_and_it_is_said_once(
    qtbot: QtBot, line: Line, player: SilentPlayer
) -> None:
    voice = CustomerVoice(line.controller, ScriptedStudio("no-engine"), player, parent=line.controller)
    told: list[str] = []
    voice.unavailable.connect(told.append)
    complain(line)
    line.quiet()
    line.go(9_000)
    assert len(line.of(CustomerSpoke)) >= 2
    assert told == ["no-engine"]
    assert line.of(LineTimed) == []
    assert line.of(LineEnded) == []


def test_without_an_output_nothing_is_rendered(qtbot: QtBot, line: Line) -> None:
    studio = ScriptedStudio()
    voice = CustomerVoice(line.controller, studio, SilentPlayer("no-output-device"), parent=line.controller)
    with qtbot.waitSignal(voice.unavailable) as told:
        complain(line)
    assert told.args == ["no-output-device"]
    assert studio.asked == studio.ahead == []


def test_the_next_lines_are_rendered_ahead_in_the_mood_they_would_have(
    qtbot: QtBot, line: Line, player: SilentPlayer
) -> None:
    studio = ScriptedStudio()
    CustomerVoice(line.controller, studio, player, parent=line.controller)
    complain(line)
    with qtbot.waitSignal(player.finished):
        pass
    qtbot.waitUntil(lambda: len(studio.ahead) > 3)
    ahead = list(studio.ahead)
    line.controller.say("Le haremos el reintegro en la próxima factura.")
    assert studio.asked[-1] in ahead


def test_the_rest_of_a_line_begins_where_it_broke_off() -> None:
    line = RenderedLine(bytes(range(200)) * 4, rate=1_000)
    assert rest_of(line, 100).pcm == line.pcm[200:]
    assert rest_of(line, 10_000).pcm == b""
    assert beginning_of(line, 100).pcm + rest_of(line, 100).pcm == line.pcm


# Several contacts


def with_second(line: Line) -> int:
    """On the line with the second customer of an attempt, who speaks; the seq of their line."""
    line.start()
    line.go(43_000)
    line.controller.turn_to("luis")
    line.controller.act("answer")
    line.controller.say("Telenova, buenos días.")
    return next(e.seq for e in line.controller.events if isinstance(e.what, CustomerSpoke) and e.contact == "luis")


def test_the_true_length_and_end_are_told_of_the_contact_that_speaks(qtbot: QtBot, player: SilentPlayer) -> None:
    line = Line(two())
    CustomerVoice(line.controller, ScriptedStudio(), player, parent=line.controller)
    seq = with_second(line)
    with qtbot.waitSignal(player.finished):
        pass
    told = [(e.contact, e.what) for e in line.controller.events if isinstance(e.what, LineTimed | LineEnded)]
    assert told == [("luis", LineTimed(seq, LASTS_MS)), ("luis", LineEnded(seq))]


def test_the_end_of_another_contact_silences_nobody(qtbot: QtBot, player: SilentPlayer) -> None:
    line = Line(two())
    studio = ScriptedStudio()
    studio.late = True
    CustomerVoice(line.controller, studio, player, parent=line.controller)
    line.start()
    line.go(2_500)
    line.controller.act("answer")
    line.controller.say("Telenova, buenos días.")
    studio.deliver()
    assert player.is_playing
    ended = Event(len(line.controller.events), "a1", "luis", line.now, ContactEnded("unanswered", "customer"))
    line.controller.happened.emit(ended)
    assert player.is_playing
