"""Where the agent types: Enter says it, Shift+Enter is a new line; plain text only."""

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from simulator.session.decide import MAX_REPLY
from simulator.ui.desk.header import set_property
from simulator.ui.pages.layouts import stay_whole
from simulator.ui.widgets import label, push_button
from simulator.wording import _, n_

MOST_LINES = 6


class ReplyField(QPlainTextEdit):
    """A field that grows with its text, from `least_lines` up to `most_lines`."""

    entered = Signal()
    least_lines, most_lines = 2, MOST_LINES

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replyField")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
        elif enter:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted or dropped text loses all formatting."""
        if source.hasText():
            self.insertPlainText(source.text())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break anew: where one was writing stays in sight."""
        super().resizeEvent(event)
        self.ensureCursorVisible()

    @Slot()
    def _grow(self) -> None:
        lines = max(self.least_lines, min(self.most_lines, int(self.document().size().height())))
        edges = 2 * (int(self.document().documentMargin()) + self.frameWidth()) + 14
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + edges)


class ReplyBox(QFrame):
    """The field, its send button, and one line beneath for whom it reaches, the counter and a warning.

    The text stays until `clear`: a reply that was warned or refused is never lost.
    """

    submitted = Signal(str)
    """Enter or the button: the text to say."""
    typed = Signal()
    """The user changed the text."""

    def __init__(
        self,
        word_limit: int,
        *,
        written: bool = False,
        field: ReplyField | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`written`: it is sent, not said; `field`: another than the usual one."""
        super().__init__(parent)
        self.setObjectName("replyBox")
        self._word_limit = word_limit
        self._quiet = False
        self.field = ReplyField() if field is None else field
        self.field.entered.connect(self._submit)
        self.field.textChanged.connect(self._on_text)
        self.send = push_button(_("Send") if written else _("Say it"))
        self.send.setObjectName("sendButton")
        self.send.setProperty("kind", "primary")
        self.send.setToolTip(_("Send (Enter)") if written else _("Say it (Enter)"))
        self.send.clicked.connect(self._submit)
        self._note = label("", "replyNote", wrap=True)
        self._count = label("", "replyCount")
        self._hint = ""
        self._about = ""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        below = QHBoxLayout()
        below.addWidget(self._note, 1)
        below.addWidget(self._count, 0, Qt.AlignmentFlag.AlignRight)
        self._partial = label("", "replyPartial", wrap=True)
        self._partial.hide()
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 10)
        layout.setSpacing(4)
        layout.addWidget(self._partial)
        layout.addLayout(row)
        layout.addLayout(below)
        stay_whole(self)
        self.address(_("Your reply"), "", can_speak=False)

    @property
    def text(self) -> str:
        """What is in the field."""
        return self.field.toPlainText()

    @property
    def warning(self) -> str:
        """The warning shown, or ""."""
        return self._note.text() if self._note.property("tone") == "warning" else ""

    def set_text(self, text: str) -> None:
        """Puts a draft back without counting as typing."""
        self._quiet = True
        self.field.setPlainText(text)
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self._quiet = False

    def add_on_top(self, widget: QWidget) -> None:
        """Puts a bar above the field (the microphone's)."""
        self._layout.insertWidget(0, widget)

    def show_partial(self, text: str) -> None:
        """The words understood while they are being spoken; "" takes them away."""
        self._partial.setText(text)
        self._partial.setVisible(bool(text))

    @property
    def partial(self) -> str:
        """The words shown while they are being spoken."""
        return self._partial.text()

    def add_heard(self, text: str) -> None:
        """Puts what was heard after what is in the field, to be read and mended; it does not count as typing."""
        before = self.text.rstrip()
        self.set_text(f"{before} {text}" if before else text)

    def clear(self) -> None:
        """Empties the field after its words were said, and takes the warning away."""
        self.set_text("")
        self.warn("")

    def address(self, reaches: str, hint: str, *, can_speak: bool) -> None:
        """Whom the words reach. `can_speak` false: the field still takes a draft, nothing is said."""
        self.field.setAccessibleName(reaches)
        self.field.setPlaceholderText(reaches)
        self.send.setEnabled(can_speak)
        if hint != self._hint:
            self._hint = hint
            if self._note.property("tone") != "warning":
                self._show(hint, "neutral")

    def warn(self, text: str, about: str = "") -> None:
        """Shows a warning beneath the field; "" takes it away. The text stays. `about`: the state that it describes,
        see `over`."""
        self._about = about
        self._show(text or self._hint, "warning" if text else "neutral")

    def tell(self, text: str, about: str) -> None:
        """Says beneath the field that something is well. `about`: as of `warn`."""
        self._about = about
        self._show(text, "good")

    def over(self, about: str) -> None:
        """That state has ended: a warning that describes it goes; any other stays."""
        if about == self._about:
            self.warn("")

    def _show(self, text: str, tone: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))
        if self._note.property("tone") != tone:
            set_property(self._note, "tone", tone)

    @Slot()
    def _submit(self) -> None:
        if self.text.strip() and self.send.isEnabled():
            self.submitted.emit(self.text.strip())

    @Slot()
    def _on_text(self) -> None:
        text = self.text
        words = len(text.split())
        if len(text) > MAX_REPLY:
            over = len(text) - MAX_REPLY
            self._count.setText(n_("{n} character too many", "{n} characters too many", over).format(n=over))
        elif words * 2 > self._word_limit:
            self._count.setText(_("{n} of {limit} words").format(n=words, limit=self._word_limit))
        else:
            self._count.setText("")
        long = len(text) > MAX_REPLY or words > self._word_limit
        set_property(self._count, "tone", "warning" if long else "neutral")
        if not self._quiet:
            self.typed.emit()
