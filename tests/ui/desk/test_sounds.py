"""What rings, hums and beeps, and when it stops."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from simulator.speech import sounds
from simulator.speech.devices.playing import SilentPlayer
from simulator.speech.line import RenderedLine
from simulator.speech.sounds import Sound
from simulator.ui.desk.sounds import DeskSounds
from tests.ui.desk.cases import Line


class Bells:
    """Sounds under test: which were asked for, in order, and whether one sounds now."""

    def __init__(self) -> None:
        self.line = Line()
        self.asked: list[Sound] = []
        self.player = SilentPlayer()
        self.sounds = DeskSounds(self.line.controller, self.player, load=self.load, parent=self.line.controller)

    def load(self, sound: Sound) -> RenderedLine:
        self.asked.append(sound)
        return RenderedLine(bytes(44_100))

    def answer(self) -> None:
        self.line.start()
        self.line.go(2_400)
        self.line.controller.act("answer")


@pytest.fixture
def bells(qtbot: QtBot) -> Iterator[Bells]:
    bells = Bells()
    yield bells
    bells.line.controller.close()
    bells.player.stop()


def test_the_bell_sounds_once_a_ring_and_ends_with_the_answer(bells: Bells) -> None:
    bells.answer()
    assert bells.asked == [Sound.CHAT, Sound.RING]
    assert not bells.player.is_playing


def test_music_plays_while_the_customer_is_on_hold_only(bells: Bells) -> None:
    bells.answer()
    bells.line.controller.act("hold")
    assert bells.asked[-1] is Sound.HOLD
    assert bells.player.is_playing
    bells.line.controller.act("resume")
    assert not bells.player.is_playing


class Volumes(SilentPlayer):
    """Also remembers how loud each sound was asked for, and whether again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[int, bool]] = []

    def play(self, line: RenderedLine, volume: int = 80, *, loop: bool = False) -> None:
        self.asked.append((volume, loop))
        super().play(line, volume, loop=loop)

    def set_volume(self, volume: int) -> None:
        self.asked.append((volume, True))


def test_hold_music_is_the_one_that_ships_again_and_again_behind_the_voices(qtbot: QtBot) -> None:
    line, player = Line(), Volumes()
    desk = DeskSounds(line.controller, player, volume=80, parent=line.controller)
    line.start()
    line.go(2_400)
    line.controller.act("answer")
    line.controller.act("hold")
    assert player.asked[-1] == (24, True)
    assert player.played[-1].pcm == sounds.load(Sound.HOLD).pcm
    desk.set_volume(50)
    assert player.asked[-1] == (15, True)
    line.controller.act("resume")
    assert not player.is_playing
    line.controller.close()


def test_ringback_until_the_colleague_answers(bells: Bells) -> None:
    bells.answer()
    bells.line.controller.act("consult", area="Soporte técnico")
    assert bells.asked[-1] is Sound.RINGBACK
    bells.line.go(4_000)
    assert not bells.player.is_playing


def test_busy_where_nobody_answers(bells: Bells) -> None:
    bells.answer()
    bells.line.controller.act("consult", area="Facturación")
    bells.line.go(21_000)
    assert bells.asked[-1] is Sound.BUSY
    assert bells.player.is_playing


def test_a_pause_silences_and_going_on_takes_the_music_up(bells: Bells) -> None:
    bells.answer()
    bells.line.controller.act("hold")
    bells.line.controller.pause()
    assert not bells.player.is_playing
    bells.line.controller.go_on()
    assert bells.player.is_playing


def test_the_end_of_a_call_is_heard(bells: Bells) -> None:
    bells.answer()
    bells.line.controller.act("hang-up")
    assert bells.asked[-1] is Sound.CALL_ENDED


def test_a_closed_desk_is_silent(bells: Bells) -> None:
    bells.answer()
    bells.line.controller.act("hold")
    bells.sounds.close()
    assert not bells.player.is_playing
