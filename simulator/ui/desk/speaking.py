"""Replies spoken at the desk: what was heard goes to the session, or first to the reply field to be read and mended."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from simulator.session.envelope import Event
from simulator.session.events import AgentSpoke, ContactEnded
from simulator.settings import Settings
from simulator.speech.reasons import explain
from simulator.ui.desk.listening import FLOOR_MS, Ear, Listening
from simulator.ui.desk.reply import ReplyBox
from simulator.ui.desk.spoken import Spoken
from simulator.ui.desk.talk_bar import TalkBar
from simulator.ui.session_controller import SessionController
from simulator.wording import _

Keep = Callable[[int, bytes], None]
"""Keeps the sound of the agent's message: the seq of its event, and samples (`simulator.speech.heard.RATE`, mono)."""


class Speaking(QObject):
    """Joins a reply box, its talk bar and the listening of one desk."""

    typed_only = Signal(str)
    """From here on replies are typed: why, as a sentence."""
    field_filled = Signal()
    """What was heard stands in the reply field, to be kept as a draft like typed words."""

    def __init__(
        self,
        controller: SessionController,
        listening: Listening,
        reply: ReplyBox,
        settings: Settings,
        keep: Keep | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._reply = reply
        self._settings = settings
        self._keep = keep
        self._waits: Spoken | None = None
        self._sending: Spoken | None = None
        self._aloud = False
        self._then: list[Callable[[], None]] = []
        """Acts that wait for the words said before them."""
        self.listening = listening
        listening.setParent(self)
        self.bar = TalkBar(open_mode=settings.input_mode == "open")
        reply.add_on_top(self.bar)
        self._floor = QTimer(self, interval=FLOOR_MS)
        self._floor.timeout.connect(self._hold_floor)
        self.bar.pressed.connect(listening.press)
        self.bar.released.connect(listening.release)
        listening.changed.connect(self._on_ear)
        listening.level.connect(self.bar.meter.show_level)
        listening.partial.connect(reply.show_partial)
        listening.heard.connect(self._on_heard)
        listening.nothing_heard.connect(self._on_nothing)
        listening.unavailable.connect(self._on_unavailable)
        listening.must_wait.connect(self._on_must_wait)
        reply.typed.connect(self._on_typed)
        controller.happened.connect(self._on_event)
        self._on_ear(listening.ear)

    @property
    def sends_aloud(self) -> bool:
        """Whether words are being sent that never stood in the reply field: what is typed there stays."""
        return self._aloud

    def submit(self, text: str) -> bool:
        """Sends the text of the reply field if (part of) it was spoken; False when it was only typed."""
        waiting = self._waits
        if waiting is None:
            return False
        self._say(waiting, text, reviewed=True)
        return True

    def after_words(self, act: Callable[[], None]) -> None:
        """Carries out an act of the agent once all that they said before it is said: what waits to be read is sent as
        it stands, what is being said ends here and counts as it is heard. Without such words: at once."""
        if self._waits is not None and self._reply.text.strip():
            self._say(self._waits, self._reply.text.strip(), reviewed=True)
        self._then.append(act)
        if self.listening.is_under_way:
            self.listening.finish_turn()
        else:
            self._carry_out()

    def apply_settings(self, settings: Settings) -> None:
        """Takes over what was changed during the call."""
        self._settings = settings
        self.bar.set_open_mode(settings.input_mode == "open")
        self.listening.apply_settings(settings)

    def refresh_icons(self) -> None:
        """After the theme changed."""
        self.bar.refresh_icons()

    def turn_to_other(self) -> None:
        """The agent turned to another contact: what was heard in the one before is no reply in this one."""
        self._then.clear()
        self._forget()
        self.listening.take_up()

    def close(self) -> None:
        """Nothing is heard any more. What waits stays in the field."""
        self._rest()
        self.listening.close()

    def _rest(self) -> None:
        self._then.clear()
        self._floor.stop()
        self.listening.rest()

    def _carry_out(self) -> None:
        while self._then and not self.listening.is_under_way:
            self._then.pop(0)()

    def _must_be_read(self, said: Spoken) -> bool:
        """Practice lets the trainee read first, as set, and always what was heard badly or broke off with the
        microphone; a scenario or exam may not, and what the trainee did next shows that they meant it as it was said.
        """
        if self._then:
            return False
        started = self._controller.state.started
        exam = started is not None and started.mode == "exam"
        if exam or not self._controller.contact_scenario.doc.review_heard:
            return False
        broke_off = not self.listening.is_usable
        return self._settings.review_heard or said.is_doubtful or broke_off or bool(self._reply.text.strip())

    def _say(self, said: Spoken, text: str, *, reviewed: bool) -> None:
        now = self._controller.now()
        # Nothing is filed before what the log has already, and the floor was held after the voice had ended.
        at = now if reviewed else max(min(said.ended, now), self._controller.state.at_ms)
        voice = {**dict(said.voice), "waited_ms": max(0, at - said.ended)}
        self._sending, self._aloud = said, not reviewed
        self._controller.say_aloud(
            text,
            said.reviewed() if reviewed else said.recognised,
            at=at,
            takes_ms=said.ended - said.began,
            voice=tuple(sorted(voice.items())),
        )
        self._aloud = False
        if self._sending is said and not self._controller.is_stalled and not reviewed:
            self._put_in_field(said)  # refused: the words are not lost
        if not self._controller.is_stalled:
            self._sending = None

    def _put_in_field(self, said: Spoken) -> None:
        self.listening.reviewing(True)  # first: holding the floor tells the open microphone to look where it stands
        self._waits = said if self._waits is None else self._waits.followed_by(said)
        self._reply.add_heard(said.text)
        self._reply.field.setFocus()
        self.field_filled.emit()
        self._hold_floor()
        self._floor.start()

    def _forget(self) -> None:
        self._waits = None
        self._floor.stop()
        self.listening.reviewing(False)

    @Slot()
    def _hold_floor(self) -> None:
        """Who reads what was heard holds the floor as who types does."""
        if not self._controller.state.paused and not self._controller.is_stalled:
            self._controller.typed()

    @Slot(object)
    def _on_heard(self, said: Spoken) -> None:
        self._reply.show_partial("")
        if self._must_be_read(said):
            self._put_in_field(said)
            if not self.listening.is_usable:
                self._reply.warn(_("The microphone was lost while you spoke. Complete what was heard; Enter sends it."))
            elif said.is_doubtful:
                self._reply.warn(_("I did not hear you well. Read it, mend it or say it again; Enter sends it."))
        else:
            self._say(said, said.text, reviewed=False)
        self._carry_out()

    @Slot()
    def _on_nothing(self) -> None:
        if not self._then:
            self._reply.warn(_("Nothing was understood. Say it again, or type it."))
        self._carry_out()

    @Slot()
    def _on_must_wait(self) -> None:
        self._reply.warn(
            _("Wait until the other one has finished: without a headset the microphone is closed meanwhile.")
        )

    @Slot()
    def _on_typed(self) -> None:
        if self._waits is not None and not self._reply.text.strip():
            self._forget()

    @Slot(str, str)
    def _on_unavailable(self, code: str, _detail: str) -> None:
        self._reply.show_partial("")
        self.typed_only.emit(explain(code))
        self._carry_out()

    @Slot(object)
    def _on_ear(self, ear: Ear) -> None:
        self.bar.show_ear(ear)
        if ear is Ear.LISTENING:
            self._reply.warn("")
        self._carry_out()

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if isinstance(event.what, ContactEnded) and event.contact == self._controller.turned_to:
            self._rest()
        if not isinstance(event.what, AgentSpoke) or event.what.to == "side":
            return
        sent, self._sending = self._sending, None
        if sent is not None and event.what.recognised is not None and self._keep is not None:
            self._keep(event.seq, sent.pcm)
        if self._waits is not None:
            self._forget()
