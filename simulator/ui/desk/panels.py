"""What lies beside the conversation: what the agent may look up, and the notes of the call."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from simulator.language.folding import fold
from simulator.scenario.model import Card
from simulator.ui.widgets import label, push_button
from simulator.wording import _, mark


class KnowledgePanel(QWidget):
    """The cards of the scenario, filtered as the user types; accents and case do not matter."""

    def __init__(self, cards: Sequence[Card], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("knowledge")
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Search in the knowledge base"))
        self.filter.setAccessibleName(_("Search in the knowledge base"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter)
        for part in self.filter.findChildren(QToolButton):
            part.setAccessibleName(_("Clear the search"))
        self._none = label(_("Nothing found."), "emptyNote", wrap=True)
        self._none.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._cards: list[tuple[Card, QFrame]] = []
        for card in cards:
            frame = _card(card)
            self._cards.append((card, frame))
            column.addWidget(frame)
        column.addWidget(self._none)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(_("Knowledge base"))
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(10)
        layout.addWidget(self.filter)
        layout.addWidget(scroll, 1)

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of the cards that pass the filter."""
        return tuple(card.id for card, frame in self._cards if not frame.isHidden())

    @Slot(str)
    def _on_filter(self, text: str) -> None:
        words = fold(text).split()
        for card, frame in self._cards:
            found = fold(f"{card.title} {card.body}")
            frame.setVisible(all(word in found for word in words))
        self._none.setVisible(not self.shown)


class NotesPanel(QWidget):
    """The notes of the call, filled in while it lasts or after it. Plain text.

    `changed` comes a moment after the last key: it is for keeping a draft.
    """

    changed = Signal(object)
    """`dict[str, str]`: the fields as they stand."""
    saved = Signal(object)
    """`dict[str, str]`: the notes are done; the trainee wants the result."""

    FIELDS: tuple[tuple[str, str, str], ...] = (
        ("customer", mark("Customer"), mark("Who called")),
        ("reason", mark("Reason"), mark("Why they called")),
        ("solution", mark("Solution"), mark("What was done or agreed")),
        ("follow-up", mark("Follow-up"), mark("What is left to do, who does it and when")),
    )
    """Name (as the core stores it), label, what it asks for; in the order of the form."""
    DRAFT_AFTER_MS = 600

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notes")
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(self.DRAFT_AFTER_MS)
        self._settle.timeout.connect(self.flush)
        self.fields: dict[str, QLineEdit | QPlainTextEdit] = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(4)
        for name, title, about in self.FIELDS:
            field: QLineEdit | QPlainTextEdit = QLineEdit() if name == "customer" else _TextField()
            field.setAccessibleName(_(title))
            field.setAccessibleDescription(_(about))
            field.setPlaceholderText(_(about))
            caption = label(_(title), "fieldLabel", wrap=True)
            caption.setBuddy(field)
            column.addWidget(caption)
            column.addWidget(field)
            column.addSpacing(6)
            field.textChanged.connect(self._settle.start)
            self.fields[name] = field
        self._about = label(
            _("You can write your notes during the call and finish them when it is over."), "muted", wrap=True
        )
        self.save = push_button(_("Save and see the result"))
        self.save.setProperty("kind", "primary")
        self.save.setToolTip(_("Save the notes, end the attempt and see the result (Ctrl+Enter)"))
        self.save.setShortcut("Ctrl+Return")
        self.save.clicked.connect(self._on_save)
        column.addWidget(self._about)
        column.addWidget(self.save)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(_("Notes of the call"))
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.call_over(False, last=True)

    def notes(self) -> dict[str, str]:
        """The fields as they stand, by the core's names."""
        return {
            name: (field.text() if isinstance(field, QLineEdit) else field.toPlainText()).strip()
            for name, field in self.fields.items()
        }

    def fill(self, notes: Mapping[str, str]) -> None:
        """Puts a draft into the fields."""
        for name, field in self.fields.items():
            value = notes.get(name, "")
            if isinstance(field, QLineEdit):
                field.setText(value)
            else:
                field.setPlainText(value)

    def call_over(self, over: bool, *, last: bool) -> None:
        """The contact is over: the notes can be finished. `last`: with them, the attempt is."""
        self.save.setText(_("Save and see the result") if last else _("Save the notes"))
        self.save.setVisible(over)
        self._about.setVisible(not over)

    @Slot()
    def flush(self) -> None:
        """Hands the draft over now."""
        self._settle.stop()
        self.changed.emit(self.notes())

    @Slot()
    def _on_save(self) -> None:
        self._settle.stop()
        self.saved.emit(self.notes())


class _TextField(QPlainTextEdit):
    """Three lines of plain text; Tab goes to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 3 + 18)
        self.setMaximumHeight(self.fontMetrics().lineSpacing() * 5 + 18)


def _card(card: Card) -> QFrame:
    frame = QFrame()
    frame.setObjectName("knowledgeCard")
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 10, 12, 12)
    column.setSpacing(4)
    title, body = label(card.title, "cardTitle", wrap=True), label(card.body, "cardBody", wrap=True)
    body.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    body.setAccessibleName(f"{card.title}: {card.body}")
    column.addWidget(title)
    column.addWidget(body)
    return frame
