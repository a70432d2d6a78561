"""A call comes in: the bell, the count of rings, and one big button."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from simulator.session.state import ContactState, Phase
from simulator.ui.desk.header import set_property
from simulator.ui.icons import icon, pixmap
from simulator.ui.theme import current_look
from simulator.ui.widgets import centred, push_button
from simulator.wording import _


class IncomingCall(QFrame):
    """Stands where the conversation will be, until the call is answered or lost."""

    answered = Signal()

    def __init__(self, line: str, *, rings: str, parent: QWidget | None = None) -> None:
        """`line`: whose line it is, or who calls; `rings`: the title while it rings."""
        super().__init__(parent)
        self.setObjectName("incoming")
        self._call = rings
        self._bell = QLabel()
        self._bell.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = centred("incomingTitle")
        self._rings = centred("incomingRings")
        self._line = centred("muted")
        self._line.setText(line)
        self.answer = push_button(_("Answer (F2)"))
        self.answer.setObjectName("answerButton")
        self.answer.setProperty("kind", "success")
        self.answer.setAccessibleName(_("Answer the call"))
        # Not the button's own shortcut: that one clicks a tenth of a second later, for show.
        QShortcut(QKeySequence("F2"), self).activated.connect(self.answer.click)
        self.answer.clicked.connect(self.answered)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._bell)
        column.addWidget(self._title)
        column.addWidget(self._line)
        column.addWidget(self._rings)
        column.addSpacing(10)
        column.addWidget(self.answer, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._late = False
        self._ringing = False
        self.show_state(None)

    def show_state(self, contact: ContactState | None) -> None:
        """Shows how often it rang."""
        rings = 0 if contact is None else contact.rings
        self._ringing = rings > 0 and contact is not None and contact.phase is Phase.WAITING
        self._late = rings >= 3
        self._title.setText(self._call if self._ringing else _("Your line is open"))
        self._rings.setText(_("Ring {n}").format(n=rings) if self._ringing else _("The phone will ring in a moment."))
        set_property(self._rings, "tone", "bad" if self._late else "neutral")
        self.answer.setEnabled(self._ringing)
        self.answer.setVisible(self._ringing)
        self.refresh_icons()

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        name, tone = ("phone-ringing", "bad" if self._late else "good") if self._ringing else ("headset", "muted")
        px = current_look().px
        self._bell.setPixmap(pixmap(name, px(72), tone))
        self.answer.setIconSize(QSize(px(24), px(24)))
        self.answer.setMinimumSize(px(240), px(56))
        self.answer.setIcon(icon("phone", "surface"))
