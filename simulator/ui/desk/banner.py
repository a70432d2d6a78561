"""A line across the desk that says something plainly, once, and can be put away; it goes with what it describes."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from simulator.ui.desk.header import set_property
from simulator.ui.pages.layouts import stay_whole
from simulator.ui.widgets import label, set_icon
from simulator.wording import _


class Banner(QFrame):
    """Hidden until `say`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._tone = "neutral"
        self._about = ""
        self._icon = QLabel()
        self.text = label("", "bannerText", wrap=True)
        self.dismiss = QToolButton()
        self.dismiss.setObjectName("headerButton")
        self.dismiss.setAccessibleName(_("Put this message away"))
        self.dismiss.setToolTip(_("Put this message away"))
        self.dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self.text, 1)
        row.addWidget(self.dismiss)
        stay_whole(self)
        self.hide()

    def say(self, text: str, tone: str = "neutral", about: str = "") -> None:
        """Shows a text; a new one takes the place of the old. `about`: the state that it describes, see `over`."""
        self._tone, self._about = tone, about
        self.text.setText(text)
        self.setAccessibleName(text)
        set_property(self, "tone", tone)
        self.refresh_icons()
        self.show()

    def over(self, about: str) -> None:
        """That state has ended: what describes it goes; anything else stays."""
        if about == self._about:
            self._about = ""
            self.hide()

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        name = "warning" if self._tone in ("warning", "bad") else "info"
        set_icon(self._icon, name, 20, "accent" if self._tone == "neutral" else self._tone)
        set_icon(self.dismiss, "cross", 16, "text")
