"""The desk of calls that go out: the list of people, the card of the one to be called, and the telephone's keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from simulator.scenario.scenario import FIRST_CONTACT
from simulator.session.channels.outbound import dialled_at, on_the_line, tries
from simulator.session.envelope import Event
from simulator.session.events import RangOut
from simulator.session.state import ContactState, Phase
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.channels.desk_frame import HasIcons
from simulator.ui.channels.phone import phone_toolbar
from simulator.ui.desk.calling import CallCard, CallList
from simulator.ui.desk.toolbar import Toolbar
from simulator.ui.desk.words import Status, line_status
from simulator.wording import _, render


class OutboundDesk(ContactDesk):
    """See `ContactDesk`. The agent is turned to one person of the list at a time; while the line is taken, to whoever
    takes it."""

    def make_toolbar(self) -> Toolbar:
        return phone_toolbar(self._controller.scenario.doc)

    def make_stage(self) -> QWidget:
        self.setObjectName("outboundDesk")
        scenario = self._controller.scenario
        self._people = (FIRST_CONTACT, *scenario.doc.contacts)
        self.calls = CallList(scenario, self._people)
        self.calls.chosen.connect(self._on_chosen)
        self.card = CallCard()
        self.card.dialled.connect(self._on_dial)
        self.card.cancelled.connect(self._on_cancel)
        QShortcut(QKeySequence("Ctrl+L"), self.body).activated.connect(self.open_calls)
        self._stack = QStackedWidget()
        self._stack.setObjectName("stage")
        self._stack.addWidget(self.card)
        self._stack.addWidget(self.conversation)
        return self._stack

    def extra_panels(self) -> Sequence[tuple[QWidget, str, str]]:
        return ((self.calls, _("Calls"), "phone-out"),)

    def icon_parts(self) -> tuple[HasIcons, ...]:
        return (self.card,)

    def begin(self) -> None:
        """Takes up where the agent was: with whoever is on the line, or at the next of the list."""
        self.panels.setTabToolTip(self.panels.indexOf(self.calls), f"{_('Calls')} (Ctrl+L)")
        super().begin()
        self.turn_to(on_the_line(self._controller.state) or self._next() or FIRST_CONTACT)
        self.open_calls()

    def status(self, contact: ContactState | None, now: int) -> Status:
        if contact is None or contact.phase is not Phase.WAITING:
            return line_status(contact, now)
        if dialled_at(contact) is not None:
            return Status(_("Calling · ring {n}").format(n=contact.rings), "good", dialled_at(contact))
        if tries(contact) > 0:
            return Status(_("Nobody picked up"), "warning")
        return Status(_("Your line is free"), "neutral")

    def show_contact(self, contact: ContactState | None) -> None:
        state = self._controller.state
        may_dial = "dial" in self._controller.allowed_acts() and on_the_line(state) is None
        self.card.show_state(self.doc, contact, may_dial=may_dial)
        self.calls.show_state(state.contacts, self._controller.turned_to)
        waiting = contact is None or contact.phase is Phase.WAITING
        self._stack.setCurrentWidget(self.card if waiting else self.conversation)

    def may_save_notes(self, contact: ContactState) -> bool:
        return super().may_save_notes(contact) or (contact.phase is Phase.WAITING and tries(contact) > 0)

    def happened(self, event: Event) -> None:
        if isinstance(event.what, RangOut):
            self.banner.say(_("Nobody picked up. Call once more, or write it up in the notes and go on."), "neutral")
            self.focus_waiting()

    def focus_waiting(self) -> None:
        contact = self._controller.contact
        calling = contact is not None and dialled_at(contact) is not None
        (self.card.cancel if calling else self.card.dial).setFocus(Qt.FocusReason.OtherFocusReason)

    def part(self, target: str) -> QWidget | None:
        own: dict[str, QWidget] = {"answer": self.card, "hold": self.toolbar.button("hold")}
        return own.get(target) or super().part(target)

    @Slot()
    def open_calls(self) -> None:
        """Brings the list to the front, with the person of the moment chosen."""
        self.panels.setCurrentWidget(self.calls)
        self.calls.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(str)
    def _on_chosen(self, contact: str) -> None:
        """Nobody turns away from whoever is on the line."""
        taken = on_the_line(self._controller.state)
        if taken is None or taken == contact:
            self.turn_to(contact)
            self.open_calls()
        else:
            self.banner.say(render("line-busy", {}), "warning")
            self.calls.show_state(self._controller.state.contacts, self._controller.turned_to)

    @Slot()
    def _on_dial(self) -> None:
        self._controller.act("dial")
        self.focus_waiting()

    @Slot()
    def _on_cancel(self) -> None:
        self._controller.act("cancel")
        self.focus_waiting()

    @Slot(object)
    def _on_notes(self, notes: dict[str, str]) -> None:
        super()._on_notes(notes)
        following = self._next()
        if self._controller.state.ended is None and following is not None:
            self.turn_to(following)
            self.open_calls()
            self.focus_waiting()

    def _next(self) -> str | None:
        """Who has still something to be done: the present one first, then in the order of the list."""
        contacts = self._controller.state.contacts
        order = (self._controller.turned_to, *self._people)

        def done(contact: ContactState | None) -> bool:
            return contact is not None and contact.phase is Phase.AFTER and "notes" in contact.done

        return next((id for id in order if not done(contacts.get(id))), None)
