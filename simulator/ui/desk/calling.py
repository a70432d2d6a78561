"""Calls to be made: the list of people with what became of each, and the card of the one to be called now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from simulator.scenario.model import ScenarioDocument
from simulator.scenario.scenario import Scenario
from simulator.session.channels.outbound import dialled_at, tries
from simulator.session.state import ContactState, Phase
from simulator.ui.desk.style import ROLES
from simulator.ui.desk.words import Tone
from simulator.ui.icons import icon, pixmap
from simulator.ui.theme import current_look
from simulator.ui.widgets import centred, push_button
from simulator.wording import _


@dataclass(frozen=True, slots=True)
class CallState:
    """What became of a call, for the list: an icon, words, and how good that is."""

    icon: str
    text: str
    tone: Tone


def call_state(doc: ScenarioDocument, contact: ContactState | None) -> CallState:
    """The state of a person of the list."""
    if contact is None or (contact.phase is Phase.WAITING and not tries(contact) and dialled_at(contact) is None):
        return CallState("phone-out", _("To be called"), "neutral")
    if dialled_at(contact) is not None:
        return CallState("phone-ringing", _("Calling"), "good")
    if contact.phase is Phase.WAITING:
        return CallState("clock", _("Nobody picked up · {n} times").format(n=tries(contact)), "warning")
    if contact.phase is not Phase.AFTER:
        return CallState("headset", _("On the line"), "good")
    if contact.end in ("no-answer", "not-called"):
        return CallState("minus-circle", _("Not reached"), "warning")
    good = contact.end is not None and contact.end in doc.ends and doc.ends[contact.end].good
    written = "notes" in contact.done
    text = _("Called") if written else _("Called · notes to be written")
    return CallState("check-circle" if good else "phone", text, "good" if good else "neutral")


def addressed(doc: ScenarioDocument) -> str:
    """The person as one asks for them: «señora Paula Arancibia»."""
    title = doc.outbound.title if doc.outbound is not None else ""
    return f"{title} {doc.customer.name}".strip()


class CallList(QWidget):
    """Everybody to be called. Emits; decides nothing: `show_state` says which row is current."""

    chosen = Signal(str)
    """A contact's id."""

    def __init__(self, scenario: Scenario, contacts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("callList")
        self._scenario = scenario
        self._contacts = tuple(contacts)
        self.rows = QListWidget()
        self.rows.setAccessibleName(_("People to call"))
        self.rows.setWordWrap(True)
        self.rows.setSpacing(2)
        self._states: Mapping[str, ContactState] = {}
        for _contact in self._contacts:
            self.rows.addItem(QListWidgetItem())
        self.rows.currentRowChanged.connect(self._on_row)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.rows)

    def show_state(self, contacts: Mapping[str, ContactState], turned_to: str) -> None:
        """Shows what became of each, and on whom the agent is."""
        self._states = contacts
        for row, id in enumerate(self._contacts):
            doc, item = self._scenario.of(id).doc, self.rows.item(row)
            state = call_state(doc, contacts.get(id))
            number = doc.outbound.number if doc.outbound is not None else ""
            who = addressed(doc)
            item.setText(f"{who[:1].upper()}{who[1:]}\n{number}\n{state.text}")
            item.setIcon(icon(state.icon, ROLES[state.tone]))
        self.rows.setIconSize(QSize(current_look().px(20), current_look().px(20)))
        self.rows.blockSignals(True)
        self.rows.setCurrentRow(self._contacts.index(turned_to))
        self.rows.blockSignals(False)

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._contacts):
            self.chosen.emit(self._contacts[row])


class CallCard(QFrame):
    """Stands where the conversation will be: whom to call and why, one big button, and the rings at the other end."""

    dialled = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("incoming")
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = centred("incomingTitle")
        self._number = centred("incomingRings")
        self._reason = centred("callReason")
        self._state = centred("muted")
        self.dial = self._button(_("Dial (F2)"), "F2", "success")
        self.dial.clicked.connect(self.dialled)
        self.cancel = self._button(_("Cancel the call (F12)"), "F12", "danger")
        self.cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(10)
        column.addStretch(2)
        for part in (self._picture, self._name, self._number, self._reason, self._state):
            column.addWidget(part)
        column.addSpacing(10)
        column.addWidget(self.dial, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._calling = False

    def show_state(self, doc: ScenarioDocument, contact: ContactState | None, *, may_dial: bool) -> None:
        """Shows the person of a contact. `may_dial`: the line is free and the number may be called."""
        who = addressed(doc)
        self._name.setText(f"{who[:1].upper()}{who[1:]}")
        self._number.setText(doc.outbound.number if doc.outbound is not None else "")
        self._reason.setText(doc.outbound.reason if doc.outbound is not None else "")
        self._calling = contact is not None and dialled_at(contact) is not None
        rings = 0 if contact is None else contact.rings
        text = call_state(doc, contact).text
        if self._calling:
            text = _("Ringing there · ring {n}").format(n=rings) if rings else _("Connecting…")
        self._state.setText(text)
        self.dial.setVisible(not self._calling)
        self.dial.setEnabled(may_dial)
        self.cancel.setVisible(self._calling)
        self.refresh_icons()

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        px = current_look().px
        name, tone = ("phone-ringing", "good") if self._calling else ("phone-out", "muted")
        self._picture.setPixmap(pixmap(name, px(64), tone))
        for button, picture, role in ((self.dial, "phone-out", "surface"), (self.cancel, "hang-up", "bad")):
            button.setIconSize(QSize(px(24), px(24)))
            button.setMinimumSize(px(240), px(56))
            button.setIcon(icon(picture, role))

    def _button(self, text: str, keys: str, kind: str) -> QPushButton:
        button = push_button(text)
        button.setObjectName("answerButton")
        button.setProperty("kind", kind)
        button.setAccessibleName(text)
        # Not the button's own shortcut: that one clicks a tenth of a second later, for show.
        QShortcut(QKeySequence(keys), self).activated.connect(button.click)
        return button
