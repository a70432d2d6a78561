"""The counter's desk: the person is seen, not only heard, and nothing rings."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.session.state import ContactState, Phase
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desk_frame import HasIcons
from simulator.ui.desk.addressee import Addressee
from simulator.ui.desk.counter_scene import CounterScene
from simulator.ui.desk.counter_words import counter_addressee, counter_status
from simulator.ui.desk.figure import Figure
from simulator.ui.desk.toolbar import Key, Toolbar
from simulator.ui.desk.words import Status
from simulator.wording import _, mark

COUNTER_KEYS: tuple[Key, ...] = (
    Key("escalate", mark("Supervisor"), "supervisor", "F9", mark("Call the supervisor to the counter")),
    Key("call-next", mark("Next person"), "users", "F12", mark("Call the next person: this visit ends")),
)


class InPersonDesk(ContactDesk):
    """See `ContactDesk`."""

    def make_toolbar(self) -> Toolbar:
        return Toolbar(COUNTER_KEYS, name=_("Counter"))

    def make_stage(self) -> QWidget:
        self.setObjectName("counterDesk")
        doc = self.doc
        self.scene = CounterScene(doc.company.name, Figure.of(doc.customer.voice))
        stage = QWidget()
        stage.setObjectName("stage")
        column = QVBoxLayout(stage)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.scene, 5)
        column.addWidget(self.conversation, 4)
        return stage

    def icon_parts(self) -> tuple[HasIcons, ...]:
        return (self.scene,)

    def status(self, contact: ContactState | None, now: int) -> Status:  # noqa: ARG002
        return counter_status(contact)

    def addressee(self, contact: ContactState, now: int) -> Addressee:
        return counter_addressee(self.doc, contact, now)

    def show_contact(self, contact: ContactState | None) -> None:
        # What was said to the colleague beforehand is no reason to make the view of the door smaller.
        self.conversation.setVisible(contact is not None and contact.phase is not Phase.WAITING)
        self.scene.show_contact(contact)
        self.show_time(self._controller.now())

    def show_time(self, now: int) -> None:
        self.scene.show_time(self._controller.contact, now)

    def focus_waiting(self) -> None:
        if self.side_chat.isVisible():
            self.side_chat.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
