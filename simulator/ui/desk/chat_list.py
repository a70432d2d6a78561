"""The conversations of a chat desk: who they are, what was written last, since when each waits, what is unread."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from simulator.scenario.model import ScenarioDocument
from simulator.scenario.scenario import Scenario
from simulator.session.channels.social import is_answered, patience_of
from simulator.session.channels.talking import waits_since
from simulator.session.difficulty import patience_ms
from simulator.session.events import AgentSpoke, CustomerSpoke
from simulator.session.state import ContactState, Phase
from simulator.session.telling import clock_text
from simulator.ui.desk.addressee import shown_name
from simulator.ui.desk.header import set_property
from simulator.ui.desk.words import Tone
from simulator.ui.icons import pixmap
from simulator.ui.pages.pieces import Avatar
from simulator.ui.theme import current_look
from simulator.ui.widgets import label, push_button, set_icon
from simulator.wording import _

WARNS, LATE = 50, 80
"""Per cent of a visitor's patience from which their clock warns, and from which they are about to leave."""
_PORTRAIT_PX, _PORTRAIT_GAP = 34, 10
_ROOMY = 130
"""Per cent of text size above which the portraits give their room to the names."""


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation in the list. `clock`: since when they wait, or ""; `seq`: of the last message shown; `portrait`:
    whose initials stand beside it, or ""."""

    name: str
    line: str
    clock: str
    tone: Tone
    is_typing: bool
    seq: int
    portrait: str = ""


def visitor(number: int) -> str:
    """What somebody is called whose name is not known, by their place in the list, from 1."""
    return _("Visitor {n}").format(n=number)


def row_of(scenario: Scenario, contact: ContactState, number: int, now: int) -> Row:
    """What the list says of a contact (`scenario` as it has it) at session time `now` (ms). Pure."""
    name = shown_name(scenario.doc, contact, now) or visitor(number)
    since = waits_since(contact)
    waits = since is not None and since <= now
    clock = clock_text(now - since) if since is not None and waits else ""
    tone = _tone(scenario, contact, now - since) if since is not None and waits else "neutral"
    typing = contact.phase in (Phase.TALKING, Phase.ENDING) and contact.customer.speaking(now)
    last = _last_message(contact, now)
    seq = last[0] if last is not None else -1
    line = _line(scenario, contact, "" if last is None else last[1], typing=typing)
    return Row(name, line, clock, tone, typing, seq, portrait_of(scenario.doc))


def portrait_of(doc: ScenarioDocument) -> str:
    """Whose initials stand for a person on a network: always the same, whatever they tell about themselves."""
    if doc.commenter is None:
        return ""
    return doc.customer.name if doc.customer.known else doc.commenter.handle.removeprefix("@")


def _line(scenario: Scenario, contact: ContactState, last: str, *, typing: bool) -> str:
    if contact.phase is Phase.WAITING:
        return _("In the queue")
    if contact.phase is Phase.AFTER:
        met = contact.customer.visits if scenario.doc.social is None else is_answered(contact)
        if not met:
            return _("Left without being attended to")
        return _("Finished") if "notes" in contact.done else _("Finished · the notes are missing")
    if typing:
        return _("typing…")
    return _("On hold") if contact.held_since is not None else last


def _last_message(contact: ContactState, now: int) -> tuple[int, str] | None:
    """The last message that can be read: its seq and its words, the agent's own with a mark."""
    for event in reversed(contact.events):
        match event.what:
            case CustomerSpoke(text=text, lasts_ms=lasts) if event.at_ms + lasts <= now:
                return event.seq, text
            case AgentSpoke(text=text):
                return event.seq, _("You: {text}").format(text=text)
            case _:
                pass
    return None


def _tone(scenario: Scenario, contact: ContactState, waited: int) -> Tone:
    limit = patience_ms(scenario, contact, _patience(scenario, contact))
    part = 100 * waited // max(1, limit)
    return "bad" if part >= LATE else "warning" if part >= WARNS else "neutral"


def _patience(scenario: Scenario, contact: ContactState) -> int:
    """How many seconds the person waits as things stand."""
    if scenario.doc.social is not None:
        return patience_of(scenario)
    chat = scenario.doc.chat
    if contact.phase is Phase.WAITING:
        return chat.queue_patience
    return chat.patience if contact.held_since is None else chat.hold_patience


class ChatRow(QPushButton):
    """One conversation; a click turns to it."""

    def __init__(self, contact: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contact = contact
        self._keys = keys
        self._name = self._text = ""
        self.unread = False
        self.setObjectName("chatRow")
        self.setCheckable(True)
        self.setAutoDefault(True)  # Enter, too
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name = label("", "chatName")
        self.clock = label("", "chatClock")
        self.line = label("", "chatLine")
        self._dot = label("")
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self._dot)
        top.addWidget(self.name, 1)
        top.addWidget(self.clock)
        inside = QVBoxLayout()
        inside.setSpacing(2)
        inside.addLayout(top)
        inside.addWidget(self.line)
        self._whole = QHBoxLayout(self)
        self._whole.setContentsMargins(10, 8, 10, 8)
        self._whole.setSpacing(_PORTRAIT_GAP)
        self._whole.addLayout(inside, 1)
        self._portrait: Avatar | None = None
        for part in (self.name, self.clock, self.line, self._dot):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for part in (self.clock, self._dot):
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_row(self, row: Row, *, current: bool, unread: bool) -> None:
        """Shows what the list says of the conversation."""
        self.setChecked(current)
        self.unread = unread
        if row.portrait and self._portrait is None:
            self._portrait = Avatar(row.portrait, _PORTRAIT_PX)
            self._portrait.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._whole.insertWidget(0, self._portrait)
        if self._portrait is not None:
            self._portrait.setVisible(current_look().text_size <= _ROOMY)
        self._name, self._text = row.name, row.line
        self.clock.setText(row.clock)
        for part, tone in ((self.clock, row.tone), (self.line, "good" if row.is_typing else "neutral")):
            if part.property("tone") != tone:
                set_property(part, "tone", tone)
        if self.name.property("unread") != unread:
            set_property(self.name, "unread", unread)
            self._draw()
        self._elide()
        said = [row.name, row.line]
        if row.clock:
            said.append(_("waiting for {clock}").format(clock=row.clock))
        if unread:
            said.append(_("unread"))
        self.setAccessibleName(". ".join(part for part in said if part))
        self.setToolTip(f"{row.name} ({self._keys})")

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return QSize(current_look().px(200), layout.sizeHint().height() if layout is not None else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(current_look().px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def refresh_icons(self) -> None:
        """Draws the dot anew, after the theme changed."""
        self._draw()
        self.updateGeometry()

    def _elide(self) -> None:
        shown = self._portrait if self._portrait is not None and not self._portrait.isHidden() else None
        room = self.width() - 24 - (shown.sizeHint().width() + _PORTRAIT_GAP if shown is not None else 0)
        dot = current_look().px(10) + 6 if self.unread else 0
        name_room = room - dot - (self.clock.sizeHint().width() + 6 if self.clock.text() else 0)
        for part, text, wide in ((self.name, self._name, name_room), (self.line, self._text, room)):
            part.ensurePolished()
            metrics = QFontMetrics(part.font())
            part.setText(metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, max(40, wide)))
        self.setMinimumHeight(self.sizeHint().height())

    def _draw(self) -> None:
        side = current_look().px(10)
        self._dot.setVisible(self.unread)
        if self.unread:
            self._dot.setPixmap(pixmap("dot", side, "accent"))


class ContactList(QFrame):
    """The conversations in the order in which they came. `title`: what they are; `nobody`: what is said while there is
    none."""

    chosen = Signal(str)
    """The contact of the row that was clicked."""

    def __init__(self, title: str, nobody: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chatList")
        self.setAccessibleName(title)
        self.rows: dict[str, ChatRow] = {}
        self._nobody = label(nobody, "muted", wrap=True)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(6)
        self._column.addWidget(self._nobody)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(title)
        scroll.setWidget(inside)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(label(title, "panelHeading"))
        self._whole.addWidget(scroll, 1)

    def show_rows(self, rows: Mapping[str, Row], *, current: str, unread: frozenset[str]) -> None:
        """Shows the conversations that came so far."""
        self._nobody.setVisible(not rows)
        for number, (contact, row) in enumerate(rows.items(), start=1):
            made = self.rows.get(contact)
            if made is None:
                made = self.rows[contact] = ChatRow(contact, f"Alt+{number}")
                made.clicked.connect(self._on_clicked)
                self._column.insertWidget(self._column.count() - 1, made)
            made.show_row(row, current=contact == current, unread=contact in unread)

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        for row in self.rows.values():
            row.refresh_icons()

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        assert isinstance(row, ChatRow)
        row.setChecked(True)
        self.chosen.emit(row.contact)


class ChatList(ContactList):
    """The visitors of a chat, and the check of the equipment beneath."""

    equipment_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Conversations"), _("Nobody is in the queue yet."), parent)
        self._is_checked = False
        self.equipment = push_button(_("Check the equipment"))
        self.equipment.setObjectName("equipmentButton")
        self.equipment.setToolTip(_("Check keyboard, connection and screen (F8)"))
        self.equipment.setAccessibleName(_("Check keyboard, connection and screen"))
        # Not the button's own shortcut: that one clicks a tenth of a second later, for show.
        QShortcut(QKeySequence("F8"), self).activated.connect(self.equipment.click)
        self.equipment.clicked.connect(self.equipment_asked)
        foot = QVBoxLayout()
        foot.setContentsMargins(8, 6, 8, 8)
        foot.addWidget(self.equipment)
        self._whole.addLayout(foot)

    def show_equipment(self, *, checked: bool, can_check: bool) -> None:
        """Whether the equipment was checked, and whether it can be now."""
        self.equipment.setEnabled(can_check)
        if checked != self._is_checked:
            self._is_checked = checked
            self._draw_equipment()

    def refresh_icons(self) -> None:
        super().refresh_icons()
        self._draw_equipment()

    def _draw_equipment(self) -> None:
        name, role = ("check-circle", "good") if self._is_checked else ("monitor", "text")
        set_icon(self.equipment, name, 18, role)
