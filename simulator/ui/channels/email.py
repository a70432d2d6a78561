"""The desk of e-mail: the inbox with its clock, the message with its thread, and a field for writing letters."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from simulator.scenario.acts import JUMP, SPELL_CHECK
from simulator.scenario.sections.email import CLASSES
from simulator.session.channels.email import is_closed
from simulator.session.due import jumps
from simulator.session.envelope import Event
from simulator.session.events import AgentActed, ContactEnded, ContactOpened, CustomerSpoke
from simulator.session.state import ContactState, Phase
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desk_frame import HasIcons
from simulator.ui.desk.addressee import Addressee
from simulator.ui.desk.bubbles import Conversation
from simulator.ui.desk.inbox import InboxList, JumpBar
from simulator.ui.desk.inbox_words import (
    JUMP_WORDS,
    class_text,
    day_text,
    hour_text,
    letter_addressee,
    letter_status,
    rows,
)
from simulator.ui.desk.letter import LetterField, Thread
from simulator.ui.desk.reply import ReplyBox
from simulator.ui.desk.toolbar import Choice, Key, Toolbar
from simulator.ui.desk.words import Status
from simulator.wording import _, mark

FOLLOW_UP = "follow-up-on"
EMAIL_KEYS: tuple[Key, ...] = (
    Key("triage", mark("Class"), "clipboard", "F3", mark("Say what the message is")),
    Key("verify", mark("Sender"), "user", "F4", mark("Look up the sender's data")),
    Key("assign", mark("Advisor"), "user-plus", "F6", mark("Assign the advisor who answers")),
    Key("forward", mark("Forward"), "forward", "F7", mark("Forward it to the body that is competent")),
    Key(SPELL_CHECK, mark("Spelling"), "check", "F8", mark("Check the spelling of your reply before you send it")),
    Key(FOLLOW_UP, mark("Follow-up"), "calendar", "F9", mark("Put a follow-up into the calendar")),
    Key("close", mark("Close"), "exit", "F12", mark("Close the message: you are done with it")),
)
WRITING_ROWS, ALL_ROWS = 3, 6
"""Rows of the list in sight while a reply is written, and otherwise."""
DAYS_OFFERED = 10
"""Business days on which a follow-up may be put."""


class EmailDesk(ContactDesk):
    """See `ContactDesk`."""

    def make_conversation(self) -> Conversation:
        return Thread(self._controller)

    def make_reply(self) -> ReplyBox:
        box = ReplyBox(self.doc.word_limit, written=True, field=LetterField())
        box.send.setToolTip(_("Send (Ctrl+Enter)"))
        box.field.textChanged.connect(partial(box.over, SPELL_CHECK))  # what the speller said was of another text
        return box

    def make_toolbar(self) -> Toolbar:
        inbox = self._controller.scenario.doc.inbox
        assert inbox is not None
        choices = {
            "triage": Choice("class", CLASSES, _("Class of the message"), class_text),
            "assign": Choice("advisor", inbox.advisors, _("Advisors")),
            "forward": Choice("body", inbox.bodies, _("Competent bodies")),
        }
        return Toolbar(EMAIL_KEYS, choices, name=_("Message"))

    def make_stage(self) -> QWidget:
        self.setObjectName("emailDesk")
        self.bar = JumpBar()
        self.bar.chosen.connect(self._on_jump)
        self.bar.finished.connect(self._controller.finish)
        self.inbox = InboxList()
        self.inbox.selected.connect(self._on_selected)
        self.inbox.opened.connect(self._on_open)
        QShortcut(QKeySequence("Ctrl+I"), self).activated.connect(self.focus_waiting)
        assert isinstance(self.conversation, Thread)
        self.head = self.conversation.head
        self.head.opened.connect(self._on_open)
        self._days = QMenu(self)
        self._days.setAccessibleName(_("Day of the follow-up"))
        self._panes = QSplitter(Qt.Orientation.Vertical)
        self._panes.setObjectName("split")
        self._panes.setHandleWidth(1)
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self.inbox)
        self._panes.addWidget(self.conversation)
        self._panes.setStretchFactor(0, 0)
        self._panes.setStretchFactor(1, 1)
        self._writing: bool | None = None
        stage = QWidget()
        stage.setObjectName("stage")
        whole = QVBoxLayout(stage)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.bar)
        whole.addWidget(self._panes, 1)
        return stage

    def icon_parts(self) -> Sequence[HasIcons]:
        return (self.bar, self.inbox)

    def status(self, contact: ContactState | None, now: int) -> Status:
        return letter_status(self.doc, self._controller.state, contact, now)

    def addressee(self, contact: ContactState, now: int) -> Addressee:  # noqa: ARG002 - the base tells it
        return letter_addressee(self.doc, contact)

    def show_contact(self, contact: ContactState | None) -> None:
        self.head.setVisible(contact is not None)
        if contact is not None:
            self.head.show_letter(self.doc, contact)
        self.show_time(self._controller.now())
        self._share(writing=contact is not None and contact.phase is Phase.TALKING)

    def show_time(self, now: int) -> None:
        state, doc = self._controller.state, self._controller.scenario.doc
        moment = doc.moment(now + state.jumped_ms)
        self.bar.show_time(f"{day_text(moment.date())} · {moment.hour}:{moment:%M}")
        self.inbox.show_rows(rows(self._controller.scenario, state, now), self._controller.turned_to)
        goals = {
            goal: f"{_(JUMP_WORDS[goal])} · {hour_text(moment + timedelta(milliseconds=ms))}"
            for goal, ms in jumps(self._controller.scenario, state, now).items()
        }
        self.bar.offer(goals, over=self._controller.all_over)

    def may_save_notes(self, contact: ContactState) -> bool:
        """A message that the agent closed is done with, also while its sender has not read the reply."""
        return is_closed(contact)

    def happened(self, event: Event) -> None:
        doc = self._controller.scenario.of(event.contact).doc
        state = self._controller.state
        match event.what:
            case ContactOpened() if state.simulated(event.seq, event.at_ms) > 0 and doc.letter is not None:
                said = _("A message from {name} has arrived: {subject}")
                self.banner.say(said.format(name=doc.customer.name, subject=doc.letter.subject))
            case CustomerSpoke() if self._is_answer(event):
                self.banner.say(_("{name} has written again.").format(name=doc.customer.name))
            case ContactEnded():
                self.panels.setCurrentWidget(self.knowledge)
                self.focus_waiting()
            case AgentActed(name=name, marks=marks) if name == SPELL_CHECK and self._concerns_this(event):
                spans = [(start, end) for mark in marks for seq, start, end in mark.spans if seq == event.seq]
                self._show_spelling(spans)
            case AgentActed(name="verify" | "triage" | "assign" | "forward" | "follow-up-on"):
                self.head.show_letter(self.doc, state.contacts[event.contact])
            case _:
                pass

    def focus_waiting(self) -> None:
        self.inbox.setFocus(Qt.FocusReason.OtherFocusReason)

    def part(self, target: str) -> QWidget | None:
        return self.inbox if target == "answer" else super().part(target)

    def _share(self, *, writing: bool) -> None:
        """The list has the room that its rows need; while a reply is written, a few rows are enough."""
        if writing != self._writing:
            self._writing = writing
            self._panes.setSizes([self.inbox.height_of(WRITING_ROWS if writing else ALL_ROWS), 10_000])

    def _is_answer(self, event: Event) -> bool:
        """Whether the sender's line is not their first: they have written again."""
        lines = (e for e in self._controller.state.contacts[event.contact].events if isinstance(e.what, CustomerSpoke))
        first = next(lines, None)
        return first is not None and first.seq != event.seq

    def _show_spelling(self, spans: Sequence[tuple[int, int]]) -> None:
        """What the speller found in the reply, whose margins it did not see."""
        field = self.reply.field
        assert isinstance(field, LetterField)
        text = field.toPlainText()
        margin = len(text) - len(text.lstrip())
        field.underline([(start + margin, end + margin) for start, end in spans])
        if spans:
            words = ", ".join(f"«{text[start + margin : end + margin]}»" for start, end in spans)
            self.reply.warn(_("The speller does not know: {words}").format(words=words), SPELL_CHECK)
        else:
            self.reply.tell(_("The speller found nothing to mend."), SPELL_CHECK)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_open(self) -> None:
        contact = self._controller.contact
        if contact is not None and contact.phase is Phase.WAITING:
            self._controller.act("open")
        else:
            self._focus_back()

    @Slot(str)
    def _on_selected(self, contact: str) -> None:
        by_list = self.inbox.hasFocus()
        self.turn_to(contact)
        if by_list:
            self.inbox.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_jump(self, goal: str) -> None:
        self._controller.act(JUMP, to=goal)

    @Slot(str, object)
    def _on_act(self, name: str, args: dict[str, str]) -> None:
        if name == SPELL_CHECK:
            self._controller.act(name, text=self.reply.text.strip())
        elif name == FOLLOW_UP:
            self._offer_days()
        else:
            super()._on_act(name, args)

    def _offer_days(self) -> None:
        """The next business days, under the button."""
        doc, state = self._controller.scenario.doc, self._controller.state
        moment = doc.moment(self._controller.now() + state.jumped_ms)
        self._days.clear()
        for _day in range(DAYS_OFFERED):
            moment = doc.calendar.next_at(moment, moment.time())
            action = QAction(day_text(moment.date()), self._days)
            action.triggered.connect(partial(self._follow_up_on, moment.date().isoformat()))
            self._days.addAction(action)
        key = self.toolbar.button(FOLLOW_UP)
        self._days.popup(key.mapToGlobal(QPoint(0, key.height())))
        self._days.setActiveAction(self._days.actions()[0])

    def _follow_up_on(self, day: str) -> None:
        self._controller.act(FOLLOW_UP, date=day)
