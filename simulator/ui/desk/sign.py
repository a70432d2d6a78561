"""A sign: an icon and words in a pill, for something that is so for as long as it is shown."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from simulator.session.telling import clock_text
from simulator.ui.desk.style import ROLES
from simulator.ui.desk.words import Tone
from simulator.ui.pages.pieces import repolish
from simulator.ui.widgets import label, picture, redraw_icons, set_icon
from simulator.wording import _, n_

SOON_MS = 120_000
"""So little time of an exam is said to be running out; of a short one, the last fifth."""
NOW_MS = 30_000


class Sign(QFrame):
    """See the module."""

    def __init__(self, icon_name: str, text: str, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("linePill")
        self._icon_name = icon_name
        self.picture = picture(icon_name, 16, ROLES[tone])
        self.text = label(text, "lineStatus")
        self.setProperty("tone", tone)
        self.setAccessibleName(text)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 5, 14, 5)
        inside.setSpacing(8)
        inside.addWidget(self.picture)
        inside.addWidget(self.text)

    def say(self, text: str, tone: Tone) -> None:
        """Shows another text and tone."""
        if text != self.text.text():
            self.text.setText(text)
            self.setAccessibleName(text)
        if tone != self.property("tone"):
            self.setProperty("tone", tone)
            set_icon(self.picture, self._icon_name, 16, ROLES[tone])
            for widget in (self, self.text):
                repolish(widget)

    def refresh_icons(self) -> None:
        """Draws the icon anew, after the theme changed."""
        redraw_icons(self)


class ExamSign(Sign):
    """That this is an exam, and how much of its time is left; hidden in practice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("clock", _("Exam"), "neutral", parent)
        self.hide()

    def show_left(self, left_ms: int | None, limit_ms: int = 0) -> None:
        """Shows what is left of the limit; None: this is no exam."""
        self.setVisible(left_ms is not None)
        if left_ms is None:
            return
        tone: Tone = "bad" if left_ms <= NOW_MS else "warning" if is_soon(left_ms, limit_ms) else "neutral"
        # Rounded up: while it says 0:01 there still is a second.
        self.say(_("Exam · {time} left").format(time=clock_text(left_ms + 999)), tone)


def is_soon(left_ms: int, limit_ms: int) -> bool:
    """Whether the trainee should be told that the time is running out."""
    return left_ms <= min(SOON_MS, limit_ms // 5)


def running_out(left_ms: int) -> str:
    """The warning that the time is running out."""
    minutes = -(-left_ms // 60_000)
    said = n_(
        "Less than {n} minute is left. What you have done by then counts.",
        "Less than {n} minutes are left. What you have done by then counts.",
        minutes,
    )
    return said.format(n=minutes)
