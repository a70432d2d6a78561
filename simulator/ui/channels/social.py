"""The social network's desk: who commented at the left with their clocks, the post with one thread in the middle, and a
switch that says who will read what is written."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.session.channels.social import hidden, is_answered
from simulator.session.state import ContactState, Phase
from simulator.ui.channels.desk_frame import HasIcons
from simulator.ui.channels.several import SeveralDesk, talk_status
from simulator.ui.desk.addressee import Addressee, name_on_line
from simulator.ui.desk.chat_list import ContactList, row_of
from simulator.ui.desk.comments import CommentThread
from simulator.ui.desk.header import set_property
from simulator.ui.desk.side_switch import SideSwitch
from simulator.ui.desk.toolbar import Key, Toolbar
from simulator.ui.desk.words import Status
from simulator.wording import _, mark

SOCIAL_KEYS: tuple[Key, ...] = (
    Key("hide", mark("Hide"), "eye-off", "F7", mark("Hide the person's comments from everybody else")),
    Key("close", mark("Close"), "cross-circle", "F12", mark("Close the thread: you are done with this person")),
)


class SocialDesk(SeveralDesk):
    """See `SeveralDesk`."""

    def make_toolbar(self) -> Toolbar:
        return Toolbar(SOCIAL_KEYS, name=_("Comment"))

    def make_conversation(self) -> CommentThread:
        self.thread_ = CommentThread(self._controller)
        return self.thread_

    def make_list(self) -> ContactList:
        return ContactList(_("Comments"), _("Nobody has commented yet."))

    def make_stage(self) -> QWidget:
        self.setObjectName("socialDesk")
        self.switch = SideSwitch()
        self.switch.chosen.connect(self._on_side)
        self.reply.add_on_top(self.switch)
        stage = QWidget()
        stage.setObjectName("stage")
        column = QVBoxLayout(stage)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.conversation, 1)
        return stage

    def icon_parts(self) -> tuple[HasIcons, ...]:
        return (self.list, self.switch, self.thread_)

    def status(self, contact: ContactState | None, now: int) -> Status:
        if contact is None or contact.phase is Phase.WAITING:
            return Status(_("Not connected"), "neutral")
        match contact.phase:
            case Phase.ENDING:
                return Status(_("Saying goodbye"), "neutral")
            case Phase.AFTER:
                return Status(_("Thread closed · write the notes"), "neutral")
            case _:
                row = row_of(self._controller.contact_scenario, contact, 0, now)
                return talk_status(row, contact, now)

    def addressee(self, contact: ContactState, now: int) -> Addressee:
        name = self._name(contact, now)
        if contact.phase is Phase.AFTER:
            return Addressee(name, _("The thread is closed."), False)
        return Addressee(name, "", True)

    def was_met(self, contact: ContactState) -> bool:
        return is_answered(contact)

    def show_contact(self, contact: ContactState | None) -> None:
        now = self._controller.now()
        if contact is not None:
            self.thread_.show_hidden(hidden(contact))
            self.reply.send.setText(_("Send in private") if contact.private else _("Publish"))
            side = "private" if contact.private else "public"
            if self.reply.property("side") != side:
                set_property(self.reply, "side", side)
                set_property(self.reply.send, "side", side)
        self.show_time(now)

    def show_time(self, now: int) -> None:
        self.show_rows(now)
        contact = self._controller.contact
        if contact is not None:
            writes = contact.phase in (Phase.TALKING, Phase.ENDING)
            self.switch.show_side(private=contact.private, name=self._name(contact, now), can_change=writes)

    def focus_waiting(self) -> None:
        self.reply.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self, contact: ContactState, now: int) -> str:
        return name_on_line(self.doc, contact, now) or _("the person")

    @Slot(str)
    def _on_side(self, act: str) -> None:
        self._on_act(act, {})
