"""Reading and writing a message: its head, the thread of what was written, and a field in which letters are written."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPushButton, QTextEdit, QVBoxLayout, QWidget

from simulator.scenario.model import ScenarioDocument
from simulator.session.events import CustomerSpoke
from simulator.session.state import ContactState, Phase
from simulator.session.transcript import Entry
from simulator.ui.desk.bubbles import Conversation
from simulator.ui.desk.inbox_words import argument, class_text, day_text, hour_text
from simulator.ui.desk.reply import ReplyField
from simulator.ui.session_controller import SessionController
from simulator.ui.theme import current_look
from simulator.ui.widgets import button, label, row
from simulator.wording import _

SEAM_PX = 8
"""What is seen of the letter before, above the newest one."""


class LetterHead(QFrame):
    """Who writes, about what, and what was done with it."""

    opened = Signal()
    """The agent wants to read it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("letterHead")
        self.subject = label("", "cardTitle", wrap=True)
        self.about = label("", "muted", wrap=True, selectable=True)
        self.done = label("", "letterDone", wrap=True)
        self.record = label("", "letterRecord", wrap=True, selectable=True)
        self.open: QPushButton = button(_("Open the message (F2)"), "primary", "mail")
        self.open.setShortcut("F2")
        self.open.clicked.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(3)
        column.addWidget(self.subject)
        column.addWidget(self.about)
        column.addWidget(self.done)
        column.addWidget(self.record)
        column.addLayout(row(self.open, 1))

    def show_letter(self, doc: ScenarioDocument, contact: ContactState) -> None:
        """Shows the head of a contact's message. `doc`: as the contact has it."""
        letter = doc.letter
        assert letter is not None
        self.subject.setText(letter.subject)
        parts = [f"{doc.customer.name} <{letter.address}>", hour_text(letter.received)]
        if letter.attachments:
            parts.append(_("Attached: {names}").format(names=", ".join(letter.attachments)))
        self.about.setText(" · ".join(parts))
        waiting = contact.phase is Phase.WAITING
        self.open.setVisible(waiting)
        done = "  ·  ".join(_done(contact))
        self.done.setText(done)
        self.done.setVisible(bool(done))
        verified = "verify" in contact.done
        self.record.setVisible(verified)
        self.record.setText(letter.record or _("There is no record of this sender."))
        self.setAccessibleName(f"{letter.subject}. {self.about.text()}. {done}")


def _done(contact: ContactState) -> Sequence[str]:
    found = []
    if kind := argument(contact, "triage"):
        found.append(_("Class: {name}").format(name=class_text(kind)))
    if advisor := argument(contact, "assign"):
        found.append(_("Advisor: {name}").format(name=advisor))
    if body := argument(contact, "forward"):
        found.append(_("Forwarded to: {name}").format(name=body))
    if day := argument(contact, "follow-up-on"):
        found.append(_("Follow-up: {day}").format(day=day_text(date.fromisoformat(day))))
    return found


class Thread(Conversation):
    """The letters of a contact beneath the head of the message, as wide as the pane, each with its simulated day and
    hour; of the newest the beginning is in sight. What the agent did stands in the head."""

    def __init__(self, controller: SessionController, parent: QWidget | None = None) -> None:
        self._controller = controller
        self.head = LetterHead()
        super().__init__(parent)
        self.setAccessibleName(_("Message"))
        self._rows.takeAt(0)  # letters stand at the top of the pane, not at its bottom
        self._rows.insertWidget(0, self.head)
        self._rows.setAlignment(Qt.AlignmentFlag.AlignTop)

    def add(self, entry: Entry, *, shown: str | None = None) -> None:
        if entry.who != "desk":
            super().add(entry, shown=shown)

    def clear(self) -> None:
        for letter in self._bubbles.values():
            letter.hide()
            letter.deleteLater()
        self._bubbles.clear()
        while self._rows.count() > 1:  # the head stays
            self._rows.takeAt(1)

    def _widest(self) -> int:
        return max(160, self.viewport().width() - 32)

    def _on_range(self, _least: int, greatest: int) -> None:
        letters = self.bubbles
        top = letters[-1].y() - SEAM_PX if len(letters) > 1 else 0
        self.verticalScrollBar().setValue(max(0, min(greatest, top)))

    def when(self, entry: Entry) -> str:
        state, doc = self._controller.state, self._controller.contact_scenario.doc
        lines = [e for e in self._controller.events if e.contact == entry.contact and e.seq <= entry.seq]
        first = entry.who == "customer" and not any(_is_line(e.what) for e in lines if e.seq < entry.seq)
        if first and doc.letter is not None:
            return hour_text(doc.letter.received)
        return hour_text(doc.moment(state.simulated(entry.seq, entry.at_ms)))


def _is_line(what: object) -> bool:
    return isinstance(what, CustomerSpoke)


class LetterField(ReplyField):
    """Enter is a new line; Ctrl+Enter sends. Words that the speller does not know are underlined until they change."""

    least_lines, most_lines = 3, 9

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textChanged.connect(self.forget_spelling)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        elif enter:
            self.insertPlainText("\n")
        else:
            super().keyPressEvent(event)

    @property
    def underlined(self) -> tuple[str, ...]:
        """The words underlined now."""
        return tuple(selection.cursor.selectedText() for selection in self.extraSelections())

    def underline(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underlines parts of the text, in code points."""
        marked = QTextCharFormat()
        marked.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        marked.setUnderlineColor(current_look().colour("bad"))
        text, found = self.toPlainText(), []
        for start, end in spans:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(_units(text[:start]))
            cursor.setPosition(_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor, selection.format = cursor, marked
            found.append(selection)
        self.setExtraSelections(found)

    def forget_spelling(self) -> None:
        """Takes the underlines away: they were of another text."""
        if self.extraSelections():
            self.setExtraSelections([])


def _units(text: str) -> int:
    """Qt counts UTF-16 units, Python code points."""
    return len(text.encode("utf-16-le")) // 2
