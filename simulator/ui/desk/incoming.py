"""A call comes in: the bell, the count of rings, and one big button."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from simulator.session.state import ContactState, Phase
from simulator.ui.desk.header import set_property
from simulator.ui.icons import icon, pixmap
from simulator.wording import _


class IncomingCall(QFrame):
    """Stands where the conversation will be, until the call is answered or lost."""

    answered = Signal()

    def __init__(self, company: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("incoming")
        self._bell = QLabel()
        self._bell.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = _centred("incomingTitle")
        self._rings = _centred("incomingRings")
        self._line = _centred("muted")
        self._line.setText(_("Line of {company}").format(company=company))
        self.answer = QPushButton(_("Answer (F2)"))
        self.answer.setObjectName("answerButton")
        self.answer.setProperty("kind", "success")
        self.answer.setIconSize(QSize(26, 26))
        self.answer.setMinimumHeight(56)
        self.answer.setMinimumWidth(240)
        self.answer.setAccessibleName(_("Answer the call"))
        self.answer.setShortcut("F2")
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
        self._title.setText(_("Incoming call") if self._ringing else _("Your line is open"))
        self._rings.setText(_("Ring {n}").format(n=rings) if self._ringing else _("The phone will ring in a moment."))
        set_property(self._rings, "tone", "bad" if self._late else "neutral")
        self.answer.setEnabled(self._ringing)
        self.answer.setVisible(self._ringing)
        self.refresh_icons()

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        name, tone = ("phone-ringing", "bad" if self._late else "good") if self._ringing else ("headset", "muted")
        self._bell.setPixmap(pixmap(name, 72, tone))
        self.answer.setIcon(icon("phone", "surface"))


def _centred(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label
