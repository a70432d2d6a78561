"""Playing a recorded call: both sides in one track, with the moment that is heard."""

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from simulator.errors import TercerTimbreError
from simulator.records.recordings import Recording
from simulator.scoring.voice import CallVoice
from simulator.speech.devices.playing import LinePlayer
from simulator.speech.mixing import Clip, Mixing, Track
from simulator.speech.reasons import explain as no_sound
from simulator.ui.messages import explain

EVERY_MS = 40
"""How often the cursor moves."""


class VoiceReplay(QObject):
    """Mixes the track when it is first played, one recording between two events of the window, and plays it.

    The player is lent: nothing else should play on it meanwhile. `volume`: 0–100, the user's setting.
    """

    moved = Signal(int)
    """The session time that is heard now."""
    changed = Signal()
    """It plays now, or not any more."""
    ended = Signal()
    """It was heard to its end."""
    failed = Signal(str)
    """Why it is not heard, as a sentence."""

    def __init__(
        self, clips: Sequence[Clip], player: LinePlayer, *, volume: int = 80, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clips, self._player, self._volume = tuple(clips), player, volume
        self._mixing: Mixing | None = None
        self._track: Track | None = None
        self._from_ms: int | None = None
        self._wanted = False
        self._offset_ms = 0
        self._clock = QElapsedTimer()
        self._tick = QTimer(self, interval=EVERY_MS)
        self._tick.timeout.connect(self._on_tick)
        self._mix_soon = QTimer(self, singleShot=True, interval=0)
        self._mix_soon.timeout.connect(self._on_mix)
        player.started.connect(self._on_started)
        player.finished.connect(self._on_finished)
        player.failed.connect(self._on_failed)

    @property
    def is_playing(self) -> bool:
        """Whether it plays, or is about to."""
        return self._wanted

    def play(self, from_ms: int | None = None) -> None:
        """Plays from a session time on, or from the beginning."""
        self._halt()
        self._wanted, self._from_ms = True, from_ms
        self.changed.emit()
        if self._track is None:
            self._mix_soon.start()
        else:
            self._play()

    def stop(self) -> None:
        """Silence at once."""
        if self._wanted:
            self._halt()
            self.changed.emit()

    def _halt(self) -> None:
        if self._wanted:
            self._player.stop()
        self._wanted = False
        self._tick.stop()
        self._mix_soon.stop()

    def _play(self) -> None:
        assert self._track is not None
        self._offset_ms = 0 if self._from_ms is None else self._track.track_at(self._from_ms)
        self._player.play(self._track.line(self._offset_ms), self._volume)

    @Slot()
    def _on_mix(self) -> None:
        try:
            self._mixing = self._mixing or Mixing(self._clips)
            more = self._mixing.step()
        except TercerTimbreError as error:
            self._mixing = None
            self._give_up(explain(error))
            return
        if more:
            self._mix_soon.start()
            return
        self._track, self._mixing = self._mixing.track(), None
        self._play()

    @Slot()
    def _on_started(self) -> None:
        if self._wanted:
            self._clock.start()
            self._tick.start()
            self._on_tick()

    @Slot()
    def _on_tick(self) -> None:
        if self._track is not None:
            self.moved.emit(self._track.call_at(self._offset_ms + self._clock.elapsed()))

    @Slot()
    def _on_finished(self) -> None:
        if self._wanted:
            self._wanted = False
            self._tick.stop()
            self.changed.emit()
            self.ended.emit()

    @Slot(str)
    def _on_failed(self, code: str) -> None:
        if self._wanted:
            self._give_up(no_sound(code))

    def _give_up(self, why: str) -> None:
        self._wanted = False
        self._tick.stop()
        self.changed.emit()
        self.failed.emit(why)


def clips_of(voice: CallVoice, recordings: Sequence[Recording]) -> tuple[Clip, ...]:
    """The recordings of the turns and lines of a call, each at its place; others are left out."""
    turns = {turn.seq: turn for turn in voice.turns}
    lines = {line.seq: line for line in voice.lines}
    clips = []
    for recording in recordings:
        is_agent = recording.who == "agent"
        place = turns.get(recording.seq) if is_agent else lines.get(recording.seq)
        if place is not None:
            clips.append(Clip(place.begin_ms, place.end_ms, recording.read, recording.rate, is_voice=is_agent))
    return tuple(clips)
