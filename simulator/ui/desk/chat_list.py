"""The conversations of a chat desk: who they are, what was written last, since when each waits, what is unread."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from simulator.scenario.scenario import Scenario
from simulator.session.channels.talking import waits_since
from simulator.session.difficulty import patience_ms
from simulator.session.events import AgentSpoke, CustomerSpoke
from simulator.session.state import ContactState, Phase
from simulator.ui.desk.addressee import knows_name
from simulator.ui.desk.header import set_property
from simulator.ui.desk.words import Tone, clock_text
from simulator.ui.icons import pixmap
from simulator.ui.theme import current_look
from simulator.ui.widgets import label, set_icon
from simulator.wording import _

WARNS, LATE = 50, 80
"""Per cent of a visitor's patience from which their clock warns, and from which they are about to leave."""


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation in the list. `clock`: since when they wait, or ""; `seq`: of the last message shown."""

    name: str
    line: str
    clock: str
    tone: Tone
    is_typing: bool
    seq: int


def row_of(scenario: Scenario, contact: ContactState, number: int, now: int) -> Row:
    """What the list says of a contact (`scenario` as it has it) at session time `now` (ms). Pure."""
    name = scenario.doc.customer.name if knows_name(scenario.doc, contact, now) else _("Visitor {n}").format(n=number)
    since = waits_since(contact)
    waits = since is not None and since <= now
    clock = clock_text(now - since) if since is not None and waits else ""
    tone = _tone(scenario, contact, now - since) if since is not None and waits else "neutral"
    typing = contact.phase in (Phase.TALKING, Phase.ENDING) and contact.customer.speaking(now)
    last = _last_message(contact, now)
    seq = last[0] if last is not None else -1
    return Row(name, _line(contact, "" if last is None else last[1], typing=typing), clock, tone, typing, seq)


def _line(contact: ContactState, last: str, *, typing: bool) -> str:
    if contact.phase is Phase.WAITING:
        return _("In the queue")
    if contact.phase is Phase.AFTER:
        if not contact.customer.visits:
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
    chat = scenario.doc.chat
    borne = chat.patience if contact.held_since is None else chat.hold_patience
    limit = patience_ms(scenario, contact, chat.queue_patience if contact.phase is Phase.WAITING else borne)
    part = 100 * waited // max(1, limit)
    return "bad" if part >= LATE else "warning" if part >= WARNS else "neutral"


class ChatRow(QPushButton):
    """One conversation; a click turns to it."""

    def __init__(self, contact: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contact = contact
        self._keys = keys
        self._text = ""
        self.unread = False
        self.setObjectName("chatRow")
        self.setCheckable(True)
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
        inside = QVBoxLayout(self)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.setSpacing(2)
        inside.addLayout(top)
        inside.addWidget(self.line)
        for part in (self.name, self.clock, self.line, self._dot):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for part in (self.clock, self._dot):
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_row(self, row: Row, *, current: bool, unread: bool) -> None:
        """Shows what the list says of the conversation."""
        self.setChecked(current)
        self.unread = unread
        self.name.setText(row.name)
        self._text = row.line
        self._elide()
        self.clock.setText(row.clock)
        for part, tone in ((self.clock, row.tone), (self.line, "good" if row.is_typing else "neutral")):
            if part.property("tone") != tone:
                set_property(part, "tone", tone)
        if self.name.property("unread") != unread:
            set_property(self.name, "unread", unread)
            self._draw()
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
        room = max(40, self.width() - 24)
        line = QFontMetrics(self.line.font())
        self.line.setText(line.elidedText(self._text.replace("\n", " "), Qt.TextElideMode.ElideRight, room))

    def _draw(self) -> None:
        side = current_look().px(10)
        self._dot.setVisible(self.unread)
        if self.unread:
            self._dot.setPixmap(pixmap("dot", side, "accent"))


class ChatList(QFrame):
    """The conversations in the order in which they came, and the check of the equipment beneath."""

    chosen = Signal(str)
    """The contact of the row that was clicked."""
    equipment_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chatList")
        self.setAccessibleName(_("Conversations"))
        self.rows: dict[str, ChatRow] = {}
        self._is_checked = False
        self.equipment = QPushButton(_("Check the equipment"))
        self.equipment.setObjectName("equipmentButton")
        self.equipment.setToolTip(_("Check keyboard, connection and screen (F8)"))
        self.equipment.setAccessibleName(_("Check keyboard, connection and screen"))
        # Not the button's own shortcut: that one clicks a tenth of a second later, for show.
        QShortcut(QKeySequence("F8"), self).activated.connect(self.equipment.click)
        self.equipment.clicked.connect(self.equipment_asked)
        self._nobody = label(_("Nobody is in the queue yet."), "muted", wrap=True)
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
        scroll.setAccessibleName(_("Conversations"))
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(_("Conversations"), "panelHeading"))
        column.addWidget(scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(8, 6, 8, 8)
        foot.addWidget(self.equipment)
        column.addLayout(foot)

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

    def show_equipment(self, *, checked: bool, can_check: bool) -> None:
        """Whether the equipment was checked, and whether it can be now."""
        self.equipment.setEnabled(can_check)
        if checked != self._is_checked:
            self._is_checked = checked
            self._draw_equipment()

    def _draw_equipment(self) -> None:
        name, role = ("check-circle", "good") if self._is_checked else ("monitor", "text")
        set_icon(self.equipment, name, 18, role)

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        self._draw_equipment()
        for row in self.rows.values():
            row.refresh_icons()

    @Slot()
    def _on_clicked(self) -> None:
        row = self.sender()
        assert isinstance(row, ChatRow)
        row.setChecked(True)
        self.chosen.emit(row.contact)
