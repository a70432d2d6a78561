"""The voices on the line: between the events of a session and the studio and player that make them heard."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot

from simulator.scenario.acts import vocabulary_of
from simulator.scenario.model import ScenarioDocument, VoiceWish
from simulator.session.commands import EndLine, TimeLine
from simulator.session.difficulty import pace
from simulator.session.envelope import Event
from simulator.session.events import (
    AgentActed,
    AttemptContinued,
    AttemptEnded,
    AttemptPaused,
    AttemptStarted,
    ColleagueAnswered,
    ColleagueSpoke,
    ContactEnded,
    ContactOpened,
    CustomerSpoke,
    LineEnded,
    StepEntered,
)
from simulator.speech.devices.playing import LinePlayer
from simulator.speech.line import RenderedLine, SpeechUnavailable
from simulator.speech.recorded import RecordedLines
from simulator.speech.studio import Rendering, Words
from simulator.speech.telephone import LineEffect, line_of
from simulator.speech.voice import Manner, Voice, voice_for
from simulator.ui.desk.likely import COLLEAGUE_MOOD, LikelyLine, likely_lines
from simulator.ui.session_controller import SessionController

SCRIPTED = "scripted"
"""The reason of the silent twin that tests use: it makes no sound but keeps true time, so lines are played on it."""


class Studio(Protocol):
    """What a voice needs of `simulator.speech.studio.VoiceStudio`, whose contract holds. Callbacks must come on the
    thread of the window (`Marshal.deliver`)."""

    def render(
        self,
        words: Words,
        voice: Voice,
        success: Callable[[RenderedLine], None] | None = None,
        failure: Callable[[SpeechUnavailable], None] | None = None,
    ) -> Rendering: ...

    def prefetch(self, lines: Iterable[tuple[Words, Voice]]) -> None: ...

    def cancel_prefetch(self) -> None: ...


def voice_of(
    wish: VoiceWish,
    speaker: str,
    *,
    foreign: bool,
    mood: int,
    speech_rate: int,
    effect: LineEffect = LineEffect.CLEAR,
) -> Voice:
    """The voice that a scenario wishes for, at a mood (0–100), the trainee's speech rate (per cent) and over a line."""
    return voice_for(
        gender=wish.gender,
        accent=wish.accent,
        mood=mood,
        rate=wish.rate,
        customer=speaker,
        foreign=foreign,
        manner=Manner(wish.manner),
        pitch=wish.pitch,
        speech_rate=speech_rate,
        effect=effect,
    )


def rest_of(line: RenderedLine, from_ms: int) -> RenderedLine:
    """What is left of a line after its first `from_ms` milliseconds."""
    first = max(0, from_ms) * line.rate // 1000
    return RenderedLine(line.pcm[2 * first :], line.rate, line.from_cache)


def beginning_of(line: RenderedLine, until_ms: int) -> RenderedLine:
    """A line's first `until_ms` milliseconds."""
    return RenderedLine(line.pcm[: 2 * (max(0, until_ms) * line.rate // 1000)], line.rate, line.from_cache)


class CustomerVoice(QObject):
    """Says what the customer and colleagues say, tells the session how long it truly lasts and when it is over, and
    falls silent at once when a line is cut.

    While nothing can be heard the session's own estimate of each line drives the time; `unavailable` tells why, once.
    Studio and player belong to the caller, who closes them. `recorded`: lines that a person says instead.
    """

    unavailable = Signal(str)
    """Nothing can be heard: a code of the speech room's reasons. Emitted once in the life of this object."""
    heard = Signal(int, object)
    """A line is over, or was cut: its seq, and its sound as far as it was heard (`RenderedLine`)."""

    def __init__(
        self,
        controller: SessionController,
        studio: Studio,
        player: LinePlayer,
        *,
        volume: int = 80,
        speech_rate: int = 100,
        recorded: RecordedLines | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._studio = studio
        self._player = player
        self._volume = volume
        self._speech_rate = speech_rate
        self._recorded = recorded
        self._reason: str | None = None  # the device was lost on the way
        self._told = False
        self._rendering: Rendering | None = None
        self._seq: int | None = None  # the line being rendered or said
        self._contact = ""  # whose it is
        self._began_ms = 0
        self._line: RenderedLine | None = None
        self._skipped_ms = 0  # how much of the line was said before the present playing
        self._playing_since_ms: int | None = None  # session time
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._render_ahead)
        self._connections: tuple[tuple[SignalInstance, Callable[..., None]], ...] = (
            (controller.happened, self._on_event),
            (controller.stalled, self._hush),
            (controller.recovered, self._take_up),
            (player.started, self._on_started),
            (player.finished, self._on_finished),
            (player.failed, self._on_failed),
        )
        for signal, slot in self._connections:
            signal.connect(slot)
        self._ahead.start()

    @property
    def reason(self) -> str | None:
        """Why nothing can be heard, or None."""
        if self._reason is not None:
            return self._reason
        return None if self._player.reason in (None, SCRIPTED) else self._player.reason

    @property
    def is_heard(self) -> bool:
        """Whether every line so far could be heard, and the next one can: words need not be shown."""
        return self.reason is None and not self._told

    @property
    def captions_advised(self) -> bool:
        """Whether the customer's accent is so hard to follow that their words should be shown too."""
        return self._customer(self._controller.contact_scenario.doc, "", mood=50).captions_advised

    @property
    def is_sounding(self) -> bool:
        """Whether a line is coming out of the loudspeaker: a slow output may be seconds behind the session."""
        return self._playing_since_ms is not None and self._player.is_playing

    def set_volume(self, volume: int) -> None:
        """The user's setting, 0–100; for the line that sounds now, too."""
        self._volume = volume
        self._player.set_volume(volume)

    def set_speech_rate(self, per_cent: int) -> None:
        """The user's setting, 60–140 per cent, from the next line on."""
        if per_cent != self._speech_rate:
            self._speech_rate = per_cent
            self._ahead.start()

    def close(self) -> None:
        """Silence; nothing more is said or rendered ahead."""
        for signal, slot in self._connections:
            signal.disconnect(slot)
        self._connections = ()
        self._ahead.stop()
        self._studio.cancel_prefetch()
        self._forget()

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        match event.what:
            case CustomerSpoke() | ColleagueSpoke():
                self._say(event, skipped_ms=0)
            case LineEnded(spoken=seq, cut=True) if seq == self._seq:
                self._forget()
            case AttemptPaused():
                self._hush()
            case AttemptContinued():
                self._take_up()
            case ContactEnded() if event.contact != self._contact:
                pass  # somebody gave up waiting meanwhile
            case ContactEnded() | AttemptEnded():
                self._forget()
            case _:
                pass
        if isinstance(
            event.what,
            AttemptStarted
            | ContactOpened
            | StepEntered
            | CustomerSpoke
            | ColleagueSpoke
            | AgentActed
            | ColleagueAnswered,
        ):
            self._ahead.start()

    def _customer(self, doc: ScenarioDocument, speaker: str, *, mood: int) -> Voice:
        """The voice of the customer, or of `speaker` in their place; a colleague who calls is on a good line, and at a
        counter there is none between."""
        customer, started, contact = doc.customer, self._controller.state.started, self._controller.contact
        difficulty = doc.difficulty if started is None else started.difficulty
        line = customer.line or ("clear" if doc.channel == "colleague" else None)
        face_to_face = vocabulary_of(doc.channel).face_to_face
        wish = doc.voice_of(speaker)
        if contact is not None:
            wish = wish.model_copy(update={"rate": pace(self._controller.contact_scenario, contact, wish.rate)})
        return voice_of(
            wish,
            speaker or customer.name,
            foreign=customer.foreign and not speaker,
            mood=mood,
            speech_rate=self._speech_rate,
            effect=LineEffect.NONE if face_to_face else line_of(difficulty, line),
        )

    def _colleague(self, wish: VoiceWish, name: str) -> Voice:
        """Colleagues call from the house, on a good line."""
        return voice_of(wish, name, foreign=False, mood=COLLEAGUE_MOOD, speech_rate=self._speech_rate)

    def _words(self, speaker: str, lines: tuple[str, ...], text: str) -> Words:
        if self._recorded is None:
            return text
        return self._recorded.pieces(self._controller.state, speaker, lines, text)

    def _say(self, event: Event, *, skipped_ms: int) -> None:
        """Says the line of an event, from `skipped_ms` milliseconds on."""
        self._forget()
        if self.reason is not None:
            self._tell(self.reason)
            return
        doc = self._controller.scenario.of(event.contact).doc
        match event.what:
            case CustomerSpoke(lines=ids, text=text, mood=mood, speaker=speaker):
                voice = self._customer(doc, speaker, mood=mood)
                words = self._words(speaker or doc.customer.name, ids, text)
            case ColleagueSpoke(lines=ids, text=text, colleague=name):
                wish = next((c.voice for c in doc.colleagues if c.name == name), VoiceWish())
                voice, words = self._colleague(wish, name), self._words(name, ids, text)
            case _:
                return
        self._seq, self._began_ms, self._skipped_ms = event.seq, event.at_ms, skipped_ms
        self._contact = event.contact
        self._rendering = self._studio.render(
            words, voice, partial(self._on_rendered, event.seq), partial(self._on_no_voice, event.seq)
        )

    def _on_rendered(self, seq: int, line: RenderedLine) -> None:
        if seq != self._seq:
            return
        self._line = line
        if not (self._controller.state.paused or self._controller.is_stalled):
            self._play_rest()

    def _on_no_voice(self, seq: int, why: SpeechUnavailable) -> None:
        if seq == self._seq:
            self._seq = None
            self._tell(why.code)

    def _play_rest(self) -> None:
        if self._line is not None:
            self._player.play(rest_of(self._line, self._skipped_ms), self._volume)

    @Slot(int)
    def _on_started(self, lasts_ms: int) -> None:
        if self._seq is None:
            return
        now = self._controller.now()
        self._playing_since_ms = now
        if lasts_ms > 0:
            self._controller.send(TimeLine(now, self._seq, now - self._began_ms + lasts_ms, self._contact))

    @Slot()
    def _on_finished(self) -> None:
        seq, line = self._seq, self._line
        self._seq, self._line, self._playing_since_ms = None, None, None
        if seq is not None:
            if line is not None:
                self.heard.emit(seq, line)
            self._controller.send(EndLine(self._controller.now(), seq, self._contact))

    @Slot(str)
    def _on_failed(self, code: str) -> None:
        self._seq, self._line, self._playing_since_ms = None, None, None
        self._reason = code
        self._tell(code)

    @Slot()
    def _hush(self) -> None:
        """Silence for now; remembers how far the line got."""
        self._note_progress()
        self._player.stop()

    def _note_progress(self) -> None:
        if self._playing_since_ms is not None:
            self._skipped_ms += max(0, self._controller.now() - self._playing_since_ms)
        self._playing_since_ms = None

    @Slot()
    def _take_up(self) -> None:
        """Says the rest of a line that a pause, or a killed program, broke off."""
        if self._controller.state.paused:
            return
        if self._line is not None:
            self._play_rest()
            return
        contact, now = self._controller.contact, self._controller.now()
        if self._seq is None and contact is not None and contact.party.spoken is not None:
            spoken = contact.party.spoken
            if contact.party.speaking(now):
                self._say(self._controller.events[spoken.seq], skipped_ms=now - spoken.from_ms)

    def _forget(self) -> None:
        if self._rendering is not None:
            self._rendering.cancel()
        self._player.stop()
        self._note_progress()
        seq, line, heard_ms = self._seq, self._line, self._skipped_ms
        self._rendering, self._seq, self._line, self._skipped_ms = None, None, None, 0
        if seq is not None and line is not None and heard_ms > 0:
            self.heard.emit(seq, beginning_of(line, heard_ms))

    def _tell(self, code: str) -> None:
        if not self._told:
            self._told = True
            self.unavailable.emit(code)

    @Slot()
    def _render_ahead(self) -> None:
        if self.reason is not None:
            return
        scenario = self._controller.contact_scenario
        lines = likely_lines(scenario, self._controller.state, self._controller.turned_to)
        self._studio.prefetch(
            (self._words(line.speaker, line.lines, line.text), self._likely_voice(scenario.doc, line)) for line in lines
        )

    def _likely_voice(self, doc: ScenarioDocument, line: LikelyLine) -> Voice:
        if line.colleague:
            return self._colleague(line.voice, line.speaker)
        return self._customer(doc, "" if line.speaker == doc.customer.name else line.speaker, mood=line.mood)
