"""The telephone's desk: the incoming call with its rings, and the keys of a telephone."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from simulator.scenario.model import ScenarioDocument
from simulator.session.envelope import Event
from simulator.session.events import PhoneRang
from simulator.session.state import ContactState, Phase
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desk_frame import HasIcons
from simulator.ui.desk.incoming import IncomingCall
from simulator.ui.desk.toolbar import PHONE_KEYS, Choice, Toolbar
from simulator.wording import _


class _Stage(QStackedWidget):
    """The bell, then the conversation."""

    def minimumSizeHint(self) -> QSize:
        """Of what is shown: the bell needs more, and is over once the call is taken."""
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()


def phone_toolbar(doc: ScenarioDocument) -> Toolbar:
    """The keys of a telephone, with the areas of the company."""
    areas = tuple(dict.fromkeys((*doc.company.areas, *(colleague.area for colleague in doc.colleagues))))
    return Toolbar(PHONE_KEYS, {"consult": Choice("area", areas, _("Areas"))}, name=_("Telephone"))


class PhoneDesk(ContactDesk):
    """See `ContactDesk`."""

    def make_toolbar(self) -> Toolbar:
        return phone_toolbar(self._controller.scenario.doc)

    def make_stage(self) -> QWidget:
        self.setObjectName("phoneDesk")
        self.incoming = self.make_incoming()
        self.incoming.answered.connect(self._on_answer)
        self._stack = _Stage()
        self._stack.setObjectName("stage")
        self._stack.addWidget(self.incoming)
        self._stack.addWidget(self.conversation)
        return self._stack

    def make_incoming(self) -> IncomingCall:
        """What stands in the middle until a call is answered."""
        line = _("Line of {company}").format(company=self._controller.scenario.doc.company.name)
        return IncomingCall(line, rings=_("Incoming call"))

    def icon_parts(self) -> tuple[HasIcons, ...]:
        return (self.incoming,)

    def show_contact(self, contact: ContactState | None) -> None:
        self.incoming.show_state(contact)
        ringing = contact is None or contact.phase is Phase.WAITING
        self._stack.setCurrentWidget(self.incoming if ringing else self.conversation)

    def happened(self, event: Event) -> None:
        if isinstance(event.what, PhoneRang) and event.what.ring == 1:
            self.focus_waiting()

    def focus_waiting(self) -> None:
        self.incoming.answer.setFocus(Qt.FocusReason.OtherFocusReason)

    def part(self, target: str) -> QWidget | None:
        own: dict[str, QWidget] = {
            "answer": self.incoming.answer if self.incoming.answer.isVisible() else self.incoming,
            "hold": self.toolbar.button("hold"),
        }
        return own.get(target) or super().part(target)

    @Slot()
    def _on_answer(self) -> None:
        self._controller.act("answer")
