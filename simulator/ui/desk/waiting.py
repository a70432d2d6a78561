"""Somebody waits in writing: who, for how long, and one big button."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from simulator.session.state import ContactState, Phase
from simulator.session.telling import clock_text
from simulator.ui.icons import icon, pixmap
from simulator.ui.theme import current_look
from simulator.ui.widgets import label, push_button
from simulator.wording import _


class WaitingPerson(QFrame):
    """Stands where the conversation will be, until the person is attended or has left. `place`: where they write."""

    attended = Signal()

    def __init__(self, place: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("incoming")
        self._icon = icon_name
        self._waits = False
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = _centred("incomingTitle")
        self._place = _centred("muted")
        self._place.setText(place)
        self._time = _centred("incomingRings")
        self.attend = push_button(_("Attend (F2)"))
        self.attend.setObjectName("answerButton")
        self.attend.setProperty("kind", "success")
        self.attend.setAccessibleName(_("Attend the person who is waiting"))
        # Not the button's own shortcut: that one clicks a tenth of a second later, for show.
        QShortcut(QKeySequence("F2"), self).activated.connect(self.attend.click)
        self.attend.clicked.connect(self.attended)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        for part in (self._picture, self._title, self._place, self._time):
            column.addWidget(part)
        column.addSpacing(10)
        column.addWidget(self.attend, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.show_state(None, 0)

    def show_state(self, contact: ContactState | None, now: int) -> None:
        """Shows how long they have been waiting at session time `now` (ms)."""
        self._waits = contact is not None and contact.phase is Phase.WAITING
        self._title.setText(_("Somebody is waiting") if self._waits else _("Nobody is waiting yet"))
        waited = 0 if contact is None else now - contact.opened_ms
        self._time.setText(_("Waiting for {time}").format(time=clock_text(waited)) if self._waits else "")
        self.attend.setVisible(self._waits)
        self.refresh_icons()

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        px = current_look().px
        self._picture.setPixmap(pixmap(self._icon, px(72), "good" if self._waits else "muted"))
        self.attend.setIconSize(QSize(px(24), px(24)))
        self.attend.setMinimumSize(px(240), px(56))
        self.attend.setIcon(icon("chat", "surface"))


def _centred(name: str) -> QLabel:
    made = label("", name, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
