"""The chat's desk: the conversations at the left with their clocks, one of them in the middle, canned replies."""

import time
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from simulator.errors import TercerTimbreError
from simulator.records.values import Draft
from simulator.session.channels.chat import open_chats
from simulator.session.channels.talking import areas_of, waits_since
from simulator.session.commands import Act
from simulator.session.decide import allowed_acts
from simulator.session.dialogue import filled
from simulator.session.events import AgentActed, AgentSpoke
from simulator.session.state import ContactState, Phase
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desk_frame import HasIcons
from simulator.ui.desk.addressee import Addressee, knows_name
from simulator.ui.desk.chat_list import ChatList, row_of
from simulator.ui.desk.equipment import EquipmentCheck, Finding, screen_findings
from simulator.ui.desk.queued import QueuedVisitor
from simulator.ui.desk.toolbar import CHAT_KEYS, Choice, Toolbar
from simulator.ui.desk.words import Status, answered_ms
from simulator.ui.messages import explain
from simulator.ui.widgets import label, set_icon
from simulator.wording import _

MOST_KEYS = 9
"""Conversations that have a key of their own (Alt+1 …)."""


class ChatDesk(ContactDesk):
    """See `ContactDesk`."""

    def begin(self) -> None:
        super().begin()
        did = (event for event in reversed(self._controller.events) if isinstance(event.what, AgentSpoke | AgentActed))
        last = next(did, None)
        if last is not None:  # taken up: where the agent was
            self.turn_to(last.contact)

    def make_toolbar(self) -> Toolbar:
        areas = tuple(sorted(areas_of(self._controller.scenario)))
        return Toolbar(CHAT_KEYS, {"transfer": Choice("area", areas, _("Areas"))}, name=_("Chat"))

    def make_side(self) -> QWidget:
        self._read: dict[str, int] = {}
        self.check: EquipmentCheck | None = None
        self.list = ChatList()
        self.list.chosen.connect(self.turn_to)
        self.list.equipment_asked.connect(self.check_equipment)
        return self.list

    def make_stage(self) -> QWidget:
        self.setObjectName("chatDesk")
        self.queued = QueuedVisitor()
        self.queued.accepted.connect(self._on_accept)
        self.typing = label("", "typingNote")
        talk = QWidget()
        column = QVBoxLayout(talk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.conversation, 1)
        column.addWidget(self.typing)
        self._stack = QStackedWidget()
        self._stack.setObjectName("stage")
        self._stack.addWidget(self.queued)
        self._stack.addWidget(talk)
        self._talk = talk
        self._offer_canned()
        for number in range(1, MOST_KEYS + 1):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self.body)
            keys.activated.connect(partial(self.turn_to_place, number - 1))
        for name, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(name), self.body).activated.connect(partial(self.turn_on, step))
        QShortcut(QKeySequence("F2"), self.body).activated.connect(self.accept_next)
        return self._stack

    def icon_parts(self) -> tuple[HasIcons, ...]:
        return (self.list, self.queued)

    def status(self, contact: ContactState | None, now: int) -> Status:
        if contact is None:
            return Status(_("Not connected"), "neutral")
        row = row_of(self._controller.contact_scenario, contact, 0, now)
        since = waits_since(contact)
        match contact.phase:
            case Phase.WAITING:
                return Status(_("In the queue"), row.tone, since)
            case Phase.ENDING:
                return Status(_("The visitor is leaving"), "neutral")
            case Phase.AFTER:
                return Status(_("Chat ended · write the notes"), "neutral")
            case Phase.TALKING if contact.held_since is not None:
                return Status(_("On hold"), row.tone, since)
            case Phase.TALKING if since is not None and since <= now:
                return Status(_("Waiting for your answer"), row.tone, since)
            case Phase.TALKING:
                return Status(_("In conversation"), "good", answered_ms(contact))

    def addressee(self, contact: ContactState, now: int) -> Addressee:
        name = self.doc.customer.name if knows_name(self.doc, contact, now) else _("the visitor")
        if contact.phase is Phase.AFTER:
            return Addressee(name, _("The chat is over."), False)
        if contact.held_since is not None:
            return Addressee(name, _("The chat is on hold: come back to it with F4."), False)
        return Addressee(name, "", True)

    def show_contact(self, contact: ContactState | None) -> None:
        waiting = contact is None or contact.phase is Phase.WAITING
        shown, hidden = (self.queued, self._talk) if waiting else (self._talk, self.queued)
        shown.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        hidden.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)  # asks for no room
        self._stack.setCurrentWidget(shown)
        self.show_time(self._controller.now())

    def show_time(self, now: int) -> None:
        state, at = self._controller.state, self._controller.turned_to
        scenario = self._controller.scenario
        rows = {
            id: row_of(scenario.of(id), contact, number, now)
            for number, (id, contact) in enumerate(state.contacts.items(), start=1)
        }
        if at in rows and state.contacts[at].phase is not Phase.WAITING:
            self._read[at] = max(rows[at].seq, self._read.get(at, -1))
        unread = frozenset(id for id, row in rows.items() if id != at and row.seq > self._read.get(id, -1))
        self.list.show_rows(rows, current=at, unread=unread)
        checked = any("check-equipment" in contact.done for contact in state.contacts.values())
        self.list.show_equipment(checked=checked, can_check=self._where_to_check() is not None)
        mine = rows.get(at)
        contact = state.contacts.get(at)
        self.typing.setText(_("{name} is typing…").format(name=mine.name) if mine and mine.is_typing else "")
        if contact is None or contact.phase is Phase.WAITING:
            limit = scenario.doc.chat.at_once
            full = open_chats(state) >= limit
            self.queued.show_visitor(mine, full=limit if full else 0)

    def focus_waiting(self) -> None:
        self.queued.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def part(self, target: str) -> QWidget | None:
        return {"answer": self.queued.accept, "hold": self.toolbar.button("hold")}.get(target) or super().part(target)

    # Going from one conversation to another

    @Slot(int)
    def turn_to_place(self, place: int) -> None:
        """Turns to the conversation at a place of the list, from 0."""
        contacts = list(self._controller.state.contacts)
        if place < len(contacts):
            self.turn_to(contacts[place])

    @Slot(int)
    def turn_on(self, step: int) -> None:
        """Turns to the next conversation that is not finished, round and round."""
        contacts = self._controller.state.contacts
        ids = list(contacts)
        if self._controller.turned_to not in ids:
            return
        here = ids.index(self._controller.turned_to)
        round_ = [ids[(here + step * ahead) % len(ids)] for ahead in range(1, len(ids) + 1)]
        self.turn_to(next((id for id in round_ if "notes" not in contacts[id].done), round_[0]))

    @Slot()
    def accept_next(self) -> None:
        """Takes the visitor shown from the queue, or the one who has waited longest."""
        contacts = self._controller.state.contacts
        queue = [id for id, contact in contacts.items() if contact.phase is Phase.WAITING]
        if not queue:
            return
        if self._controller.turned_to not in queue:
            self.turn_to(queue[0])
        self._on_accept()

    @Slot()
    def _on_accept(self) -> None:
        self._controller.act("accept")

    # Canned replies

    def _offer_canned(self) -> None:
        """The scenario's quick replies above the field: put in at the cursor, to be mended there."""
        canned = self._controller.scenario.doc.chat.canned
        if not canned:
            return
        self.canned = QToolButton()
        self.canned.setObjectName("cannedButton")
        self.canned.setText(_("Quick replies"))
        self.canned.setToolTip(_("Put a prepared text into the field, and adapt it (Ctrl+K)"))
        self.canned.setAccessibleName(_("Quick replies"))
        set_icon(self.canned, "spark", 16, "accent")
        self.canned.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.canned.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.canned)
        menu.setToolTipsVisible(True)
        for reply in canned:
            action = QAction(reply.title, menu)
            action.setToolTip(reply.text)
            action.triggered.connect(partial(self.put_in, reply.text))
            menu.addAction(action)
        self.canned.setMenu(menu)
        QShortcut(QKeySequence("Ctrl+K"), self.body).activated.connect(self.canned.showMenu)
        bar = QFrame()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.canned)
        row.addStretch(1)
        self.reply.add_on_top(bar)

    def put_in(self, text: str) -> None:
        """Puts a prepared text into the reply field at the cursor, with the names of this conversation."""
        started, contact = self._controller.state.started, self._controller.contact
        agent = self.doc.agent if started is None else started.agent
        if not knows_name(self.doc, contact, self._controller.now()):
            text = text.replace("_customer", "")
        self.reply.field.insertPlainText(filled(self.doc, agent, text))
        self.reply.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # The equipment

    def _where_to_check(self) -> str | None:
        """A contact in which the check may be logged now: the one shown, or any other."""
        state, at = self._controller.state, self._controller.turned_to
        allowed = [
            id for id in state.contacts if "check-equipment" in allowed_acts(self._controller.scenario, state, id)
        ]
        return at if at in allowed else next(iter(allowed), None)

    @Slot()
    def check_equipment(self) -> None:
        """Opens the check over the desk."""
        if self.check is None and self._where_to_check() is not None:
            self.check = EquipmentCheck(self, self._connection, self._screen)
            self.check.done.connect(self._on_checked)
            self.check.left.connect(self._on_check_left)

    @Slot()
    def _on_checked(self) -> None:
        contact = self._where_to_check()
        if contact is not None:
            self._controller.send(Act(self._controller.now(), "check-equipment", (), contact))

    @Slot()
    def _on_check_left(self) -> None:
        self.check = None
        self._focus_back()

    def _connection(self) -> Finding:
        """Whether the tool answers: what is typed is handed to it and kept, and the time that it takes is measured."""
        if self._save_draft is None:
            return Finding(_("This desk keeps nothing: there is no connection to check."), "neutral")
        began = time.monotonic_ns()
        try:
            self._save_draft(self._controller.turned_to, Draft(self.reply.text, self.notes.notes()))
        except TercerTimbreError as error:
            return Finding(explain(error), "bad")
        lasted = max(1, (time.monotonic_ns() - began) // 1_000_000)
        return Finding(_("The tool answers in {ms} ms.").format(ms=lasted), "good")

    def _screen(self) -> Finding:
        parts = ((_("Conversations"), self.list), (_("Conversation"), self._stack), (_("Panels"), self.panels))
        return screen_findings(self, parts)
