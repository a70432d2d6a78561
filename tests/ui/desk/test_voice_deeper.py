"""How a customer sounds: the line by difficulty, accent and manner, recordings, and an engine that hangs."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.load import load_scenario
from simulator.scenario.scenario import Scenario
from simulator.session.commands import Start
from simulator.session.events import ColleagueSpoke, CustomerSpoke
from simulator.settings import Settings
from simulator.speech.devices.marshal import Marshal
from simulator.speech.devices.playing import SilentPlayer
from simulator.speech.recorded import RecordedLines
from simulator.speech.studio import VoiceStudio
from simulator.speech.synthesis import Speaker
from simulator.speech.takes import Piece
from simulator.speech.telephone import LineEffect
from simulator.speech.voice import Voice
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.desk.customer_voice import CustomerVoice
from tests.speech.test_synthesis import DEAF
from tests.speech.wav_files import write_tone
from tests.ui.desk.cases import Line, call
from tests.ui.desk.test_voice import ScriptedStudio

CALL = (Path(__file__).parent / "call.yaml").read_text("utf-8")
CUSTOMER = "customer: {name: Marta Ríos, mood: 30, voice: {gender: female, rate: 180}}"


def call_from(customer: str) -> Scenario:
    """The call of `call.yaml`, by another customer."""
    assert CUSTOMER in CALL
    loaded = load_scenario(CALL.replace(CUSTOMER, customer), "call.yaml", shipped_protocol().protocol)
    assert loaded.scenario is not None, loaded.diagnostics
    return loaded.scenario


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[SilentPlayer]:
    player = SilentPlayer()
    yield player
    player.stop()


def begin(line: Line, difficulty: int = 2) -> None:
    """The call up to the customer's first line."""
    line.controller.send(Start(0, "a1", 1, "Diego Salas", difficulty=difficulty))
    line.go(2_500)
    line.controller.act("answer")
    line.controller.say("Telenova, buenos días.")


def voice_heard(player: SilentPlayer, customer: str, difficulty: int = 2) -> tuple[Voice, bool]:
    """The voice of the customer's first line, and whether captions are advised."""
    line, studio = Line(call_from(customer)), ScriptedStudio()
    voice = CustomerVoice(line.controller, studio, player, parent=line.controller)
    advised = voice.captions_advised
    begin(line, difficulty)
    line.controller.close()
    return studio.asked[0][1], advised


# The line


@pytest.mark.parametrize(
    ("difficulty", "effect"),
    [
        (1, LineEffect.CLEAR),
        (2, LineEffect.ORDINARY),
        (3, LineEffect.ORDINARY),
        (4, LineEffect.NOISY),
        (5, LineEffect.MOBILE),
    ],
)
def test_the_difficulty_of_the_attempt_decides_the_line(
    player: SilentPlayer, difficulty: int, effect: LineEffect
) -> None:
    assert voice_heard(player, CUSTOMER, difficulty)[0].effect is effect


def test_a_scenario_may_wish_for_its_line(player: SilentPlayer) -> None:
    assert voice_heard(player, "customer: {name: Marta Ríos, line: mobile}", 1)[0].effect is LineEffect.MOBILE


def test_colleagues_are_heard_clearly_and_rendered_ahead_so(qtbot: QtBot, player: SilentPlayer) -> None:
    line, studio = Line(), ScriptedStudio()
    CustomerVoice(line.controller, studio, player, parent=line.controller)
    begin(line, 5)
    customers = studio.asked[-1][1].effect
    assert customers is LineEffect.MOBILE
    line.controller.act("consult", area="Soporte técnico")
    qtbot.waitUntil(lambda: any(voice.effect is LineEffect.CLEAR for _, voice in studio.ahead))
    ahead = list(studio.ahead)
    line.go(4_000)
    assert line.of(ColleagueSpoke)
    assert studio.asked[-1] in ahead
    assert studio.asked[-1][1].effect is LineEffect.CLEAR
    line.controller.close()


# Who speaks


def test_manner_and_pitch_reach_the_voice(player: SilentPlayer) -> None:
    plain, _ = voice_heard(player, "customer: {name: Marta Ríos, mood: 50}")
    sad, _ = voice_heard(player, "customer: {name: Marta Ríos, mood: 50, voice: {manner: sad}}")
    higher, _ = voice_heard(player, "customer: {name: Marta Ríos, mood: 50, voice: {pitch: 9}}")
    assert (sad.name, sad.rate < plain.rate, sad.pitch < plain.pitch) == (plain.name, True, True)
    assert higher.pitch == plain.pitch + 9


@pytest.mark.parametrize(
    ("accent", "reader", "advised"),
    [
        ("en-us", "gmw/en-us", False),
        ("pt-br", "roa/pt-br", False),
        ("de", "gmw/de", False),
        ("ru", "zle/ru", True),
        ("fr", "roa/fr", True),
        ("es-419", "roa/es-419", False),
    ],
)
def test_a_foreign_customer_is_heard_with_their_accent(
    player: SilentPlayer, accent: str, reader: str, advised: bool
) -> None:
    voice, captions = voice_heard(player, f"customer: {{name: Ana Wu, foreign: true, voice: {{accent: {accent}}}}}")
    assert voice.name.split("+")[0] == reader
    assert voice.foreign
    assert captions is advised


# Recordings


def test_a_recorded_line_is_asked_for_by_its_file_and_rendered_ahead_so(
    qtbot: QtBot, player: SilentPlayer, tmp_path: Path
) -> None:
    file = write_tone(tmp_path / "complaint-1.wav")
    write_tone(tmp_path / "complaint-2.wav")
    line, studio = Line(), ScriptedStudio()
    recorded = RecordedLines(call(), tmp_path)
    CustomerVoice(line.controller, studio, player, recorded=recorded, parent=line.controller)
    line.controller.send(Start(0, "a1", 1, "Diego Salas"))
    line.go(2_500)
    line.controller.act("answer")
    qtbot.waitUntil(lambda: any(isinstance(words, tuple) for words, _ in studio.ahead))
    ahead = list(studio.ahead)
    line.controller.say("Telenova, buenos días.")
    said = line.of(CustomerSpoke)[0]
    assert studio.asked[0] in ahead
    assert studio.asked[0][0] == (Piece(said.text, file.with_name(f"{said.lines[0]}.wav")),)
    line.controller.close()


def test_a_recording_is_heard_over_the_real_studio(qtbot: QtBot, player: SilentPlayer, tmp_path: Path) -> None:
    for name in ("complaint-1", "complaint-2"):
        write_tone(tmp_path / "lines" / f"{name}.wav", seconds=0.7)
    line, marshal = Line(), Marshal()
    studio = VoiceStudio(tmp_path / "voice", deliver=marshal.deliver)
    recorded = RecordedLines(call(), tmp_path / "lines")
    voice = CustomerVoice(line.controller, studio, player, recorded=recorded, parent=line.controller)
    with qtbot.waitSignal(player.started, timeout=20_000):
        begin(line)
    assert player.played[-1].duration_ms == pytest.approx(700, abs=60)
    assert voice.is_heard
    voice.close()
    studio.close()
    line.controller.close()


# Faults


def test_an_engine_that_hangs_is_killed_and_restarted_and_the_line_shows_as_caption(
    qtbot: QtBot, player: SilentPlayer, tmp_path: Path
) -> None:
    line, marshal = Line(), Marshal()
    speaker = Speaker(command=[sys.executable, "-c", DEAF], request_seconds=0.3)
    studio = VoiceStudio(tmp_path, deliver=marshal.deliver, speaker=speaker)
    voice = CustomerVoice(line.controller, studio, player, parent=line.controller)
    desk = PhoneDesk(line.controller, settings=Settings(captions=False), voice=voice)
    qtbot.addWidget(desk)
    desk.begin()
    with qtbot.waitSignal(voice.unavailable, timeout=20_000) as told:
        begin(line)
    assert told.args == ["engine-hung"]
    assert (speaker.starts, speaker.pid) == (2, None)
    said = line.of(CustomerSpoke)[0].text
    assert said in [bubble.label.text() for bubble in desk.conversation.bubbles]
    assert not desk.banner.isHidden()
    # The call goes on by the estimate, and costs no second wait.
    line.quiet()
    line.controller.say("Le vamos a reintegrar el cobro.")
    assert line.of(CustomerSpoke)[-1].text in [bubble.label.text() for bubble in desk.conversation.bubbles]
    assert speaker.starts == 2
    desk.close_desk()
    studio.close()
    line.controller.close()
