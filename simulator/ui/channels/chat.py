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
from simulator.session.state import ContactState, Phase
from simulator.ui.channels.desk_frame import HasIcons
from simulator.ui.channels.several import SeveralDesk, talk_status
from simulator.ui.desk.addressee import Addressee, knows_name
from simulator.ui.desk.chat_list import ChatList, row_of
from simulator.ui.desk.equipment import EquipmentCheck, Finding, screen_findings
from simulator.ui.desk.queued import QueuedVisitor
from simulator.ui.desk.toolbar import CHAT_KEYS, Choice, Toolbar
from simulator.ui.desk.words import Status
from simulator.ui.messages import explain
from simulator.ui.widgets import label, set_icon
from simulator.wording import _


class ChatDesk(SeveralDesk):
    """See `SeveralDesk`."""

    def make_toolbar(self) -> Toolbar:
        areas = tuple(sorted(areas_of(self._controller.scenario)))
        return Toolbar(CHAT_KEYS, {"transfer": Choice("area", areas, _("Areas"))}, name=_("Chat"))

    def make_list(self) -> ChatList:
        self.check: EquipmentCheck | None = None
        self.visitors = ChatList()
        self.visitors.equipment_asked.connect(self.check_equipment)
        return self.visitors

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
        QShortcut(QKeySequence("F2"), self.body).activated.connect(self.accept_next)
        return self._stack

    def icon_parts(self) -> tuple[HasIcons, ...]:
        return (self.list, self.queued)

    def status(self, contact: ContactState | None, now: int) -> Status:
        if contact is None:
            return Status(_("Not connected"), "neutral")
        row = row_of(self._controller.contact_scenario, contact, 0, now)
        match contact.phase:
            case Phase.WAITING:
                return Status(_("In the queue"), row.tone, waits_since(contact))
            case Phase.ENDING:
                return Status(_("The visitor is leaving"), "neutral")
            case Phase.AFTER:
                return Status(_("Chat ended · write the notes"), "neutral")
            case Phase.TALKING if contact.held_since is not None:
                return Status(_("On hold"), row.tone, waits_since(contact))
            case Phase.TALKING:
                return talk_status(row, contact, now)

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
        rows = self.show_rows(now)
        state, at = self._controller.state, self._controller.turned_to
        checked = any("check-equipment" in contact.done for contact in state.contacts.values())
        self.visitors.show_equipment(checked=checked, can_check=self._where_to_check() is not None)
        mine = rows.get(at)
        contact = state.contacts.get(at)
        self.typing.setText(_("{name} is typing…").format(name=mine.name) if mine and mine.is_typing else "")
        if contact is None or contact.phase is Phase.WAITING:
            limit = self._controller.scenario.doc.chat.at_once
            full = open_chats(state) >= limit
            self.queued.show_visitor(mine, full=limit if full else 0)

    def focus_waiting(self) -> None:
        self.queued.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def part(self, target: str) -> QWidget | None:
        return {"answer": self.queued.accept, "hold": self.toolbar.button("hold")}.get(target) or super().part(target)

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
