"""The agent's voice: between the microphone, the listener and the session.

It knows when the microphone may listen, holds the floor while the key is down or a voice sounds, lets the voice cut off
the customer's line, and hands on what was heard. Whether that is read before it counts is the desk's business.

Without a confirmed headset the microphone would hear the customer: it is closed while a line sounds (half duplex).
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from simulator.session.channels import CHANNELS
from simulator.session.dialogue import GRACE_MS
from simulator.session.envelope import Event
from simulator.session.state import ContactState, Phase
from simulator.settings import PATIENCE_MS, Settings
from simulator.speech.devices.capturing import CaptureDevice
from simulator.speech.heard import Heard, Hints, ListeningUnavailable
from simulator.speech.listening.endpoint import LEAST_SPEECH_MS
from simulator.speech.listening.listener import Listener, Take
from simulator.ui.desk.spoken import spoken
from simulator.ui.session_controller import SessionController, monotonic_ms

FLOOR_MS: Final = 1_000
"""While a voice sounds the floor is held as keys hold it: so often."""
_NOTICED_MS: Final = LEAST_SPEECH_MS + 50
"""How long a voice has sounded when the listener tells of it."""
_AFTER_GRACE_MS: Final = GRACE_MS + 50
_UNDER_WAY_MS: Final = 150
"""Sound comes in blocks of up to 64 ms and through a server: what was said when the key came up is still under way."""


class Ear(StrEnum):
    """What the microphone does now."""

    OFF = "off"  # typed replies only: nobody can be heard, or nobody is to
    LOST = "lost"  # the microphone is gone; the talk key tries it again
    LOADING = "loading"  # the recogniser is not ready yet
    READY = "ready"  # push-to-talk: waits for the key
    LISTENING = "listening"
    CLOSED = "closed"  # half duplex: the customer speaks
    REVIEW = "review"  # what was heard waits to be sent
    THINKING = "thinking"  # the turn is over, its words are being found


class Listening(QObject):
    """Of one desk. Microphone and listener belong to the caller, who closes them after this was closed.

    `hints`: what may be said in the contact that the agent is turned to. The listener's callbacks must come on the
    thread of the window. `sounding`: whether the other's line really comes out of the loudspeaker, which a slow output
    may do seconds longer than the session knows.
    """

    changed = Signal(object)
    """The `Ear` that it is now."""
    level = Signal(float)
    """dBFS of the last 50 ms, while the microphone is open."""
    partial = Signal(str)
    """The words understood so far."""
    heard = Signal(object)
    """`Spoken`: a reply to be sent, or read first."""
    nothing_heard = Signal()
    """A turn ended in which nothing was understood."""
    unavailable = Signal(str, str)
    """Replies must be typed from here on: a code of the speech room's reasons, and a detail."""
    must_wait = Signal()
    """The key was pressed while the customer speaks, without a headset."""

    def __init__(
        self,
        controller: SessionController,
        microphone: CaptureDevice,
        listener: Listener,
        settings: Settings,
        hints: Callable[[], Hints],
        parent: QObject | None = None,
        *,
        sounding: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._sounding = sounding
        self._microphone = microphone
        self._listener = listener
        self._settings = settings
        self._hints = hints
        self._ready = False
        self._lost = False
        self._resting = self._is_over()
        self._failed = False  # nobody understands, and nobody will
        self._closed = False
        self._pressed = False
        self._turn = False  # a turn takes sound now
        self._thinking = False
        self._voice_since: int | None = None  # session time
        self._in_review = False
        self._ear = Ear.OFF
        self._floor = QTimer(self, interval=FLOOR_MS)
        self._floor.timeout.connect(self._hold_floor)
        self._grace = QTimer(self, singleShot=True)
        self._grace.timeout.connect(self._cut_in)
        self._ending = QTimer(self, singleShot=True, interval=_UNDER_WAY_MS)
        self._ending.timeout.connect(self._end)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.arrange)
        listener.patience_ms = PATIENCE_MS[settings.patience]
        listener.on_ready = self._on_ready
        listener.on_unavailable = self._on_unavailable
        listener.on_speech = self._on_speech
        listener.on_partial = self.partial.emit
        listener.on_heard = self._on_heard
        microphone.frames.connect(self._on_frames)
        microphone.level.connect(self._on_level)
        microphone.lost.connect(self._on_lost)
        controller.happened.connect(self._on_event)
        controller.ticked.connect(self.arrange)
        listener.prepare(hints())
        self._ready = listener.is_ready  # kept from the call before: it will not tell again
        if not self._resting:
            microphone.open(settings.input_device)

    @property
    def ear(self) -> Ear:
        """What the microphone does now."""
        return self._ear

    @property
    def is_usable(self) -> bool:
        """Whether replies can be spoken at all."""
        return self._ready and not (self._lost or self._resting)

    @Slot()
    def press(self) -> None:
        """The talk key goes down: a reply begins. With an open microphone that hears one already, it is over now."""
        if self._lost and not (self._resting or self._failed):
            self._lost = False
            self._microphone.open(self._settings.input_device)
            self.arrange()
            return
        if self._pressed or not self.is_usable or not self._someone_hears():
            return
        if self._turn and self._settings.input_mode == "open":
            self._end()
            return
        if self._must_wait():
            self.must_wait.emit()
            return
        self._pressed = True
        if self._ending.isActive() and self._turn:
            self._ending.stop()  # let go for a moment only: the same reply goes on
            return
        self._take_floor()
        self._begin(hold=True)

    @Slot()
    def release(self) -> None:
        """The talk key comes up: the turn is over as soon as its last sound is here."""
        if self._pressed:
            self._pressed = False
            self._ending.start()

    @property
    def is_under_way(self) -> bool:
        """Whether words are being said, or are said and not yet understood."""
        saying = self._pressed or self._ending.isActive() or self._voice_since is not None
        return self._thinking or (self._turn and saying)

    def finish_turn(self) -> None:
        """What is being said is over now, whether the key is held or not: its words are on their way."""
        self._pressed = False
        if self._turn and not self._ending.isActive():
            self._ending.start()

    def reviewing(self, waits: bool) -> None:
        """Whether something heard waits in the reply field: the open microphone rests meanwhile."""
        if self._in_review != waits:
            self._in_review = waits
            self.arrange()

    def apply_settings(self, settings: Settings) -> None:
        """Takes over what was changed during the call. Another microphone is opened at once."""
        other = settings.input_device != self._settings.input_device
        self._settings = settings
        self._listener.patience_ms = PATIENCE_MS[settings.patience]
        if other and not (self._lost or self._resting):
            self._microphone.open(settings.input_device)
        self.arrange()

    def rest(self) -> None:
        """The contact is over: the microphone is closed, what is not yet heard is forgotten. Idempotent."""
        self._resting = True
        self._hush()
        self._soon.stop()
        self._listener.cancel_turn()
        self._microphone.close()
        self._turn = self._thinking = self._pressed = False
        self._voice_since = None
        self._show()

    def take_up(self) -> None:
        """The agent turned to another contact: what may be said in it is expected now, and the microphone is open,
        also one that was lost in the contact before. Where that one is over too, it rests."""
        if self._closed or self._failed:
            return
        if self._is_over():
            self.rest()
            return
        self._listener.prepare(self._hints())
        if self._resting or self._lost:
            self._resting = self._lost = False
            self._microphone.open(self._settings.input_device)
        self.arrange()

    def close(self) -> None:
        """As `rest`, for good. Idempotent."""
        if self._closed:
            return
        self._closed = True
        for told in ("on_ready", "on_unavailable", "on_speech", "on_partial", "on_heard"):
            setattr(self._listener, told, _nobody)
        for signal, slot in (
            (self._microphone.frames, self._on_frames),
            (self._microphone.level, self._on_level),
            (self._microphone.lost, self._on_lost),
            (self._controller.happened, self._on_event),
            (self._controller.ticked, self.arrange),
        ):
            signal.disconnect(slot)
        self.rest()

    @Slot()
    def arrange(self) -> None:
        """Opens and closes the ear as the moment asks."""
        if not self.is_usable:
            self._show()
            return
        if self._must_wait() or not self._someone_hears():
            if self._turn and self._voice_since is None:
                self._forget()
            elif self._turn and not self._someone_hears():
                self._pressed = False
                self._end()
        elif self._settings.input_mode == "open" and not (self._turn or self._thinking or self._in_review):
            self._begin(hold=False)
        elif self._turn and not (self._pressed or self._ending.isActive()) and self._settings.input_mode != "open":
            self._forget()
        self._look_again()
        self._show()

    # What stands in the way

    @property
    def _contact(self) -> ContactState | None:
        return self._controller.contact

    def _is_over(self) -> bool:
        return self._contact is not None and self._contact.phase is Phase.AFTER

    def _someone_hears(self) -> bool:
        contact, state = self._contact, self._controller.state
        if contact is None or state.paused or state.ended is not None or self._controller.is_stalled or contact.muted:
            return False
        talking = contact.phase in (Phase.TALKING, Phase.ENDING)
        return talking and CHANNELS[contact.channel].refusal_to_speak(contact) is None

    def _line_sounds(self) -> bool:
        contact = self._contact
        return contact is not None and contact.party.speaking(self._controller.now())

    def _must_wait(self) -> bool:
        return not self._settings.headset and (self._line_sounds() or self._sounding())

    def _look_again(self) -> None:
        """When the line that sounds will be over."""
        contact = self._contact
        if contact is not None and contact.party.spoken is not None:
            left = contact.party.spoken.until_ms - self._controller.now()
            if left > 0:
                self._soon.start(left + 1)

    # A turn

    def _begin(self, *, hold: bool) -> None:
        self._turn, self._voice_since = True, None
        self._listener.start_turn(hold)
        self._show()

    @Slot()
    def _end(self) -> None:
        if self._turn:
            self._turn, self._thinking = False, True
            self._listener.end_turn()
            self._grace.stop()
            self._ending.stop()  # the floor is held until the words are there
            self._show()

    def _forget(self) -> None:
        self._turn = self._thinking = self._pressed = False
        self._listener.cancel_turn()
        self._hush()

    def _hush(self) -> None:
        self._floor.stop()
        self._grace.stop()
        self._ending.stop()

    @Slot(bytes)
    def _on_frames(self, pcm: bytes) -> None:
        if not self._must_wait():
            self._listener.feed(pcm)

    @Slot(float)
    def _on_level(self, dbfs: float) -> None:
        if self._ear in (Ear.LISTENING, Ear.READY, Ear.REVIEW):
            self.level.emit(dbfs)

    def _on_ready(self) -> None:
        self._ready = True
        self.arrange()

    def _take_floor(self) -> None:
        self._hold_floor()
        self._floor.start()

    @Slot()
    def _hold_floor(self) -> None:
        if self._someone_hears():
            self._controller.typed()

    def _on_speech(self) -> None:
        now = self._controller.now()
        self._voice_since = now - _NOTICED_MS
        self._take_floor()
        if self._line_sounds():
            self._grace.start(max(0, self._voice_since + _AFTER_GRACE_MS - now))

    @Slot()
    def _cut_in(self) -> None:
        if self._turn and self._voice_since is not None and self._line_sounds():
            self._controller.cut_in(self._voice_since)

    def _on_heard(self, heard: Heard, take: Take) -> None:
        self._turn = self._thinking = False
        self._pressed = False
        self._voice_since = None
        self._hush()
        if heard.text:
            began = max(0, self._controller.now() - max(0, monotonic_ms() - take.began_ms))
            contact = self._contact
            line = None if contact is None else contact.party.spoken
            self.heard.emit(
                spoken(
                    heard,
                    take,
                    began=began,
                    customer_ended=None if line is None else line.until_ms,
                    headset=self._settings.headset,
                    usual_dbfs=self._settings.usual_dbfs,
                )
            )
        else:
            self.partial.emit("")
            self.nothing_heard.emit()
        self.arrange()

    def _on_unavailable(self, why: ListeningUnavailable) -> None:
        self._turn = self._thinking = self._pressed = False
        self._hush()
        self._ready = self._listener.is_ready  # one reply that failed does not end speaking
        self._failed = not self._ready and why.code != "recogniser-hung"  # that one is being loaded anew
        if self._failed:
            self._microphone.close()
        self._show()
        self.unavailable.emit(why.code, why.detail)

    @Slot(str)
    def _on_lost(self, code: str) -> None:
        self._end()  # what was said until now is still understood
        self._pressed = False
        self._lost = True
        self._show()
        self.unavailable.emit(code, "")

    @Slot(object)
    def _on_event(self, _event: Event) -> None:
        self.arrange()

    def _show(self) -> None:
        ear = self._now()
        if ear is not self._ear:
            self._ear = ear
            self.changed.emit(ear)

    def _now(self) -> Ear:
        if self._resting:
            return Ear.OFF
        if self._lost:
            return Ear.THINKING if self._thinking else Ear.LOST
        if not self._ready:
            return Ear.OFF if self._failed else Ear.LOADING
        if not self._someone_hears():
            return Ear.OFF
        if self._turn:
            return Ear.LISTENING
        if self._thinking:
            return Ear.THINKING
        if self._must_wait():
            return Ear.CLOSED
        return Ear.REVIEW if self._in_review else Ear.READY


def _nobody(*_told: object) -> None:
    """The desk is closed: nobody is told any more."""
