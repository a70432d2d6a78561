"""A visitor in the queue: since when they wait, and one big button."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from simulator.ui.desk.chat_list import Row
from simulator.ui.desk.header import set_property
from simulator.ui.icons import icon, pixmap
from simulator.ui.theme import current_look
from simulator.ui.widgets import centred, push_button
from simulator.wording import _


class QueuedVisitor(QFrame):
    """Stands where the conversation will be, until the visitor is taken or leaves."""

    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("incoming")
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = centred("incomingTitle")
        self._waits = centred("incomingRings")
        self._note = centred("muted")
        self.accept = push_button(_("Accept (F2)"))
        self.accept.setObjectName("answerButton")
        self.accept.setProperty("kind", "success")
        self.accept.setAccessibleName(_("Accept the chat"))
        self.accept.clicked.connect(self.accepted)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(self._title)
        column.addWidget(self._waits)
        column.addSpacing(10)
        column.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._note)
        column.addStretch(3)
        self.show_visitor(None, full=0)

    def show_visitor(self, row: Row | None, *, full: int) -> None:
        """Shows who waits. `full`: so many conversations are open that no more can be taken, or 0."""
        self._title.setText(_("Nobody is in the queue yet.") if row is None else row.name)
        self._waits.setText("" if row is None else _("In the queue for {clock}").format(clock=row.clock))
        tone = "neutral" if row is None else row.tone
        if self._waits.property("tone") != tone:
            set_property(self._waits, "tone", tone)
        self.accept.setVisible(row is not None)
        self.accept.setEnabled(not full)
        said = _("You already have {limit} conversations open: close one first.").format(limit=full) if full else ""
        self._note.setText(said)

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        px = current_look().px
        self._picture.setPixmap(pixmap("chat", px(72), "muted"))
        self.accept.setIconSize(QSize(px(24), px(24)))
        self.accept.setMinimumSize(px(240), px(56))
        self.accept.setIcon(icon("check", "surface"))
