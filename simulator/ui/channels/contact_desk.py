"""What the desks of all channels have in common: they render the events of a contact and send what the agent does.

A channel's own desk says what stands in its middle and which acts its toolbar has (`desk_frame.DeskFrame`), and how it
words the state of things: the methods under «What a channel's desk may say». Spoken channels get a voice and ears,
written ones get none.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, SignalInstance, Slot
from PySide6.QtWidgets import QWidget

from simulator.errors import TercerTimbreError
from simulator.records.values import Draft
from simulator.session.envelope import Event
from simulator.session.events import (
    AgendaReached,
    AgentActed,
    AgentSpoke,
    AttemptEnded,
    AttemptStarted,
    ColleagueAnswered,
    ColleagueChatted,
    ColleagueSpoke,
    ConsultationFailed,
    ContactEnded,
    CustomerSpoke,
    InterruptionWarned,
    LineEnded,
    PhoneRang,
    StepEntered,
)
from simulator.session.state import ContactState, Phase
from simulator.settings import Settings
from simulator.speech.reasons import explain as no_sound
from simulator.ui.channels.desk_frame import DeskFrame
from simulator.ui.desk.addressee import Addressee, addressee
from simulator.ui.desk.captions import Captions
from simulator.ui.desk.customer_voice import CustomerVoice
from simulator.ui.desk.hints import hint_levels
from simulator.ui.desk.interlude import Interlude
from simulator.ui.desk.listening import Listening
from simulator.ui.desk.sign import is_soon, running_out
from simulator.ui.desk.sounds import DeskSounds
from simulator.ui.desk.speaking import Keep
from simulator.ui.desk.spelling_marks import SpellingMarks, underlining
from simulator.ui.desk.words import Status, line_status
from simulator.ui.messages import explain
from simulator.ui.session_controller import SessionController
from simulator.wording import _, render

DRAFT_AFTER_MS = 600
_UNHEARD = frozenset({"customer-on-hold", "nobody-there", "line-not-open", "line-dead", "chat-over", "visitor-on-hold"})
"""Refusals that are said beneath the reply field, until what stands in the way is over."""


class ContactDesk(DeskFrame):
    """See `ChannelDesk`.

    `voice`, `sounds`: None where nothing shall sound; `listening`: None where replies are typed only; all are closed
    with the desk. `keep_reply` keeps the sound of spoken replies: the call is recorded, and the header says so.
    `draft_of`, `save_draft`: what is typed in a contact and not yet sent (saving may raise `TercerTimbreError`).
    `guided`: the guided first call runs on top. `interlude`: of the desk that this one is a part of (a shift), which
    then asks about pauses and leaving itself.
    """

    def __init__(
        self,
        controller: SessionController,
        *,
        settings: Settings,
        voice: CustomerVoice | None = None,
        sounds: DeskSounds | None = None,
        listening: Listening | None = None,
        keep_reply: Keep | None = None,
        draft_of: Callable[[str], Draft] = lambda _contact: Draft("", {}),
        save_draft: Callable[[str, Draft], None] | None = None,
        guided: bool = False,
        interlude: Interlude | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            controller,
            settings=settings,
            listening=listening,
            keep_reply=keep_reply,
            guided=guided,
            curtain=None if interlude is None else interlude.curtain,
            parent=parent,
        )
        self._voice = voice
        self._sounds = sounds
        self._draft_of = draft_of
        self._save_draft = save_draft
        self._wants_captions = settings.captions
        self._captions = Captions(controller, self.conversation, self.unnamed)
        self._is_closed = False
        self._warned_of_time = False
        self._is_part = interlude is not None
        self.interlude = interlude or Interlude(controller, self.curtain)
        self.spelling: SpellingMarks | None = None
        self._bring_draft()
        self._draft_soon = QTimer(self)
        self._draft_soon.setSingleShot(True)
        self._draft_soon.setInterval(DRAFT_AFTER_MS)
        self._draft_soon.timeout.connect(self.keep_draft)
        self._connect()
        self.refresh_look()
        self._refresh()

    # What a channel's desk may say

    def status(self, contact: ContactState | None, now: int) -> Status:
        """The state of the contact in words, for the header."""
        return line_status(contact, now)

    def unnamed(self) -> str:
        """What the customer is called while their name is not known."""
        return _("Customer")

    def addressee(self, contact: ContactState, now: int) -> Addressee:
        """Whom the reply field reaches, and what stands in the way."""
        return addressee(self.doc, contact, now)

    def show_contact(self, contact: ContactState | None) -> None:
        """Shows in the middle what the contact has come to; after every event."""

    def show_time(self, now: int) -> None:
        """Shows its own running clocks at session time `now` (ms), at least twice a second."""

    def may_save_notes(self, contact: ContactState) -> bool:
        """Whether the notes of the contact can be finished now."""
        return contact.phase is Phase.AFTER

    def was_met(self, contact: ContactState) -> bool:
        """Whether agent and customer met at all, so that there is something to write up."""
        return bool(contact.customer.visits)

    def happened(self, event: Event) -> None:
        """Something happened, here or in another contact (`event.contact`): focus and marks of its own."""

    def focus_waiting(self) -> None:
        """Puts the focus where the agent begins, while nobody is being talked with."""

    # What every channel's desk can do

    def begin(self) -> None:
        self._bring_log()
        self._refresh()
        if self._controller.state.started is not None and not self._is_part:
            self.interlude.take_up()

    def turn_to(self, contact: str) -> None:
        """The agent turns to another contact: its conversation, draft and notes take the place of those shown."""
        if contact == self._controller.turned_to:
            return
        self.keep_draft()
        self._controller.turn_to(contact)
        self.conversation.clear()
        self._captions.forget()
        if self.speaking is not None:
            self.speaking.turn_to_other()
        self._bring_draft()
        self._bring_log()
        self._refresh()
        self._focus_back()

    def _bring_draft(self) -> None:
        draft = self._draft_of(self._controller.turned_to)
        self.reply.set_text(draft.text)
        self.reply.warn("")
        self.notes.fill(draft.notes)

    def _bring_log(self) -> None:
        own = [event for event in self._controller.events if self._concerns_this(event)]
        for event in self._captions.in_order(own):
            self._file(event, now=self._controller.now())

    def _concerns_this(self, event: Event) -> bool:
        return event.contact in ("", self._controller.turned_to)

    def ask_to_leave(self, *, closing: bool = False) -> bool:
        self.keep_draft()
        return self.interlude.ask_to_leave(closing=closing)

    def apply_settings(self, settings: Settings) -> None:
        self._wants_captions = settings.captions
        if self._voice is not None:
            self._voice.set_volume(settings.volume)
            self._voice.set_speech_rate(settings.speech_rate)
        if self._sounds is not None:
            self._sounds.set_volume(settings.volume)
        if self.speaking is not None:
            self.speaking.apply_settings(settings)
        if self.shows_captions:
            self._captions.reveal()

    @Slot()
    def recording_ended(self) -> None:
        self.header.show_recording(False)

    def close_desk(self) -> None:
        self._draft_soon.stop()
        if not self._is_closed:
            self._is_closed = True
            for signal, slot in self._outlived():
                signal.disconnect(slot)
        if self.speaking is not None:
            self.speaking.close()
        if self._voice is not None:
            self._voice.close()
        if self._sounds is not None:
            self._sounds.close()

    @property
    def shows_captions(self) -> bool:
        """Whether the customer's words are shown: as set, and always where no voice is heard or its accent is hard."""
        voice = self._voice
        return self._wants_captions or voice is None or not voice.is_heard or voice.captions_advised

    def _connect(self) -> None:
        self.header.pause_asked.connect(self.interlude.pause)
        self.header.leave_asked.connect(self._on_leave)
        self.toolbar.chosen.connect(self._on_act)
        self.reply.submitted.connect(self._on_reply)
        self.reply.typed.connect(self._on_typed)
        self.notes.changed.connect(self.keep_draft)
        self.notes.saved.connect(self._on_notes)
        self.side_chat.told.connect(self._controller.tell_side)
        self.side_chat.dismissed.connect(self._on_dismiss)
        if not self._is_part:
            self.interlude.kept.connect(self._on_kept)
            self.interlude.stayed.connect(self.stayed)
        if self._voice is not None:
            self._voice.unavailable.connect(self._on_no_voice)
            self._voice.heard.connect(self._on_voice)
        if self.speaking is not None:
            self.speaking.typed_only.connect(self._on_typed_only)
            self.speaking.listening.changed.connect(self._on_ear)
            self.speaking.field_filled.connect(self._draft_soon.start)
        if self.coach is not None:
            self.coach.finished.connect(self.guide_over)
        for signal, slot in self._outlived():
            signal.connect(slot)

    def _outlived(self) -> tuple[tuple[SignalInstance, Callable[..., None]], ...]:
        """What goes on without this desk where it is a part of another: it no longer listens once it is closed."""
        return (
            (self.interlude.covered, self._on_covered),
            (self._controller.happened, self._on_event),
            (self._controller.refused, self._on_refused),
            (self._controller.ticked, self._on_tick),
        )

    # What the agent does

    @Slot()
    def _on_leave(self) -> None:
        self.ask_to_leave()

    @Slot(str, object)
    def _on_act(self, name: str, args: dict[str, str]) -> None:
        if self.speaking is None:
            self._act(name, args)
        else:
            self.speaking.after_words(partial(self._act, name, args))

    def _act(self, name: str, args: dict[str, str]) -> None:
        self._controller.act(name, **args)
        if self._controller.contact is not None and self._controller.contact.phase is Phase.TALKING:
            self.reply.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_reply(self, text: str) -> None:
        if self.speaking is None or not self.speaking.submit(text):
            self._controller.say(text)

    @Slot()
    def _on_typed(self) -> None:
        self._draft_soon.start()
        self.reply.over("text")
        contact = self._controller.contact
        if self.reply.text and contact is not None and contact.phase is Phase.TALKING:
            self._controller.typed()

    @Slot(object)
    def _on_notes(self, notes: dict[str, str]) -> None:
        self._controller.act("notes", **notes)
        if self._is_part or not self._controller.all_over:
            return
        contacts = self._controller.state.contacts.values()
        unwritten = [c.id for c in contacts if self.was_met(c) and "notes" not in c.done]
        if unwritten:
            self.turn_to(unwritten[0])
        else:
            self._controller.finish()

    @Slot()
    def _on_dismiss(self) -> None:
        self._controller.act("dismiss-colleague")

    @Slot()
    def keep_draft(self) -> None:
        """Stores what is typed and not yet sent, now."""
        self._draft_soon.stop()
        if self._save_draft is None or self._controller.state.started is None or self._controller.state.ended:
            return
        try:
            self._save_draft(self._controller.turned_to, Draft(self.reply.text, self.notes.notes()))
        except TercerTimbreError as error:
            self.banner.say(explain(error), "warning", "draft")
        else:
            self.banner.over("draft")

    # What happens

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if not self._concerns_this(event):
            self._refresh()
            self.happened(event)
            return
        self._captions.show_arrived(None if isinstance(event.what, ContactEnded) else event.at_ms)
        self._file(event)
        self._refresh()
        self._forget_refusal(event)
        match event.what:
            case CustomerSpoke() | ColleagueSpoke() if self._must_tell_of_captions():
                self._controller.show_captions()
        match event.what:
            case StepEntered(party="customer", visit=1) if self._just_taken(event):
                self.reply.field.setFocus(Qt.FocusReason.OtherFocusReason)
            case AgentSpoke(to=to) if to != "side":
                if self.speaking is None or not self.speaking.sends_aloud:
                    self.reply.clear()
                self._draft_soon.start()
            case InterruptionWarned():
                self._warn_of_interruption()
            case LineEnded() | CustomerSpoke() | ColleagueSpoke():
                self.reply.warn("")
            case ColleagueAnswered() | ConsultationFailed():
                self.reply.field.setFocus(Qt.FocusReason.OtherFocusReason)
            case ContactEnded():
                self.panels.open_notes()
            case AttemptEnded(how="withdrawn"):
                self.left.emit(event.attempt, "withdrawn")
            case AttemptEnded():
                self.finished.emit(event.attempt)
            case _:
                pass
        self.happened(event)
        if self.coach is not None:
            self.coach.follow(self._controller.contact, event)

    def _must_tell_of_captions(self) -> bool:
        """Whether words are shown in an exam that is not said to have captions, because no voice is heard."""
        state, exam = self._controller.state, self._controller.is_exam
        return exam and not self.doc.written and self.shows_captions and not state.captions

    def _just_taken(self, event: Event) -> bool:
        """Whether the customer's first step was entered: the contact is taken."""
        contact = self._controller.contact
        return contact is not None and event.contact == contact.id and len(contact.customer.visits) == 1

    def _file(self, event: Event, now: int | None = None) -> None:
        """Adds the event to what is shown, sounds and focus apart. `now`: where it is brought back from a log."""
        match event.what:
            case AttemptStarted() as started:
                if started.mode == "practice" and self.spelling is None:
                    self.spelling = underlining(self._controller, self.reply.field)
                if started.hints:
                    self.panels.offer_hints()
            case ColleagueChatted(colleague=name, text=text):
                self.side_chat.add(name, text)
            case AgentSpoke(to="side", text=text):
                self.side_chat.add("", text, mine=True)
            case PhoneRang() | AgentActed(name="notes"):
                pass
            case AgentActed() if not event.contact:
                pass  # the agent's own, not the contact's: a shift tells of it
            case AgendaReached():
                pass
            case _:
                self._captions.add(event, show_words=self.shows_captions, now=now)

    @Slot(str, object)
    def _on_refused(self, code: str, args: dict[str, str | int]) -> None:
        try:
            text = render(code, args)
        except KeyError:
            text = _("That is not possible at this moment.")
        if code in ("too-long", "nothing-said"):
            self.reply.warn(text, "text")
        elif code in _UNHEARD:
            self.reply.warn(text, "refused")
        else:
            self.banner.say(text, "warning", "refused")

    def _forget_refusal(self, event: Event) -> None:
        """What could not be done a moment ago may be possible now."""
        if isinstance(event.what, (AgentActed, ColleagueAnswered, ConsultationFailed, ContactEnded)):
            self.banner.over("refused")
            self.reply.over("refused")

    @Slot(int)
    def _on_tick(self, now: int) -> None:
        contact = self._controller.contact
        self._captions.show_arrived(now)
        self._show_exam(now)
        self._show_header(contact, now)
        self._address(contact, now)
        self.show_time(now)

    @Slot(str)
    def _on_no_voice(self, code: str) -> None:
        self.banner.say(no_sound(code), "neutral", "voice")
        self._captions.reveal()

    @Slot()
    def _on_voice(self) -> None:
        """A line was heard: whatever stood in the way is over."""
        self.banner.over("voice")

    @Slot(str)
    def _on_typed_only(self, why: str) -> None:
        self.banner.say(why, "warning", "microphone")
        self.reply.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_ear(self) -> None:
        """Replies are spoken again, or the call is over: no word any more of what stood in the way."""
        if self.speaking is not None and (self.speaking.listening.is_usable or self._is_over()):
            self.banner.over("microphone")

    def _show_header(self, contact: ContactState | None, now: int) -> None:
        jumped = self._controller.state.jumped_ms
        self.header.show_state(contact, now, self.status(contact, now), self.unnamed(), jumped)

    def _is_over(self) -> bool:
        contact = self._controller.contact
        return contact is not None and contact.phase is Phase.AFTER

    @Slot(bool)
    def _on_covered(self, covered: bool) -> None:
        self.body.setEnabled(not covered)
        self.side_chat.setEnabled(not covered)
        if self.coach is not None:
            self.coach.set_covered(covered)
        if not covered:
            self._focus_back()

    @Slot()
    def _on_kept(self) -> None:
        self.left.emit(self._controller.state.attempt, "kept")

    # Showing the state

    def _refresh(self) -> None:
        contact = self._controller.contact
        now = self._controller.now()
        self._show_exam(now)
        if self._controller.all_over:  # only notes are left, and they are not recorded
            self.header.show_recording(False)
        self._show_header(contact, now)
        self.show_contact(contact)
        waiting = contact is None or contact.phase is Phase.WAITING
        self.toolbar.allow(self._controller.allowed_acts(), contact)
        on_line = not waiting and contact is not None and contact.phase is not Phase.AFTER
        self.toolbar.setVisible(on_line)
        self.reply.setVisible(on_line)
        self.notes.call_over(
            contact is not None and self.may_save_notes(contact), last=self._controller.all_over and not self._is_part
        )
        own = self._controller.contact_scenario
        self.hints.offer(hint_levels(own, self._controller.state, self._controller.turned_to))
        self.side_chat.setVisible(contact is not None and contact.side_open)
        self._place_soon.start()
        self._address(contact, now)

    def _show_exam(self, now: int) -> None:
        """How much of an exam's time is left; once, that it is running out. In a shift, the shift's desk tells it."""
        exam, left = self._controller.state.exam, self._controller.state.left_ms(now)
        if exam is None or left is None:
            return
        self.header.show_exam(left, exam.time_limit_ms)
        self.header.exam.setVisible(not self._is_part)
        if is_soon(left, exam.time_limit_ms) and not self._warned_of_time and not self._is_part:
            self._warned_of_time = True
            self.banner.say(running_out(left), "warning", "exam-time")

    def _address(self, contact: ContactState | None, now: int) -> None:
        """Says at the reply field whom the words reach, and what stands in the way."""
        if contact is None:
            return
        to = self.addressee(contact, now)
        if not contact.party.speaking(now):
            self.reply.over("interruption")
        asks = _("Write to {name}") if self.doc.written else _("Write what you say to {name}")
        if self.speaking is not None and self.speaking.listening.is_usable:
            asks = _("Say it, or write what you say to {name}")
        self.reply.address(asks.format(name=to.name), to.hint, can_speak=to.can_speak)

    def _warn_of_interruption(self) -> None:
        contact = self._controller.contact
        if contact is not None:
            name = self.addressee(contact, self._controller.now()).name
            text = _("Still speaking: {name}. Wait, or press Enter again to interrupt.")
            self.reply.warn(text.format(name=name), "interruption")

    def _focus_back(self) -> None:
        contact = self._controller.contact
        if contact is None or contact.phase is Phase.WAITING:
            self.focus_waiting()
        elif contact.phase is Phase.AFTER:
            self.panels.open_notes()
        else:
            self.reply.field.setFocus(Qt.FocusReason.OtherFocusReason)
