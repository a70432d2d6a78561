"""The microphone at the reply field: the button to talk, the level, and what it does now, in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from simulator.ui.desk.header import set_property
from simulator.ui.desk.listening import Ear
from simulator.ui.icons import icon
from simulator.ui.level_meter import LevelMeter
from simulator.ui.theme import current_look
from simulator.ui.widgets import label, push_button
from simulator.wording import _, mark

TALK_KEY: Final = Qt.Key.Key_F2
ROOM_FOR_METER_PX: Final = 520

_STATES: Final[Mapping[Ear, str]] = MappingProxyType(
    {
        Ear.OFF: mark("Microphone closed"),
        Ear.LOST: mark("The microphone was lost. F2 tries it again"),
        Ear.LOADING: mark("The recogniser is being loaded…"),
        Ear.READY: mark("Hold F2 and speak"),
        Ear.LISTENING: mark("Listening…"),
        Ear.CLOSED: mark("Closed while somebody speaks to you"),
        Ear.REVIEW: mark("Read what was heard, then Enter"),
        Ear.THINKING: mark("Understanding…"),
    }
)


class TalkBar(QFrame):
    """Shows an `Ear`; tells when the talk key or button goes down and up. `open_mode`: the microphone listens by itself
    and the key ends a reply."""

    pressed = Signal()
    released = Signal()

    def __init__(self, *, open_mode: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("talkBar")
        self._open_mode = open_mode
        self._ear = Ear.OFF
        self._down = False
        self._by_mouse = False
        self.button = push_button()
        self.button.setObjectName("talkButton")
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the letters stay in the reply field
        self.button.pressed.connect(self._on_down)
        self.button.released.connect(self._on_released)
        self.meter = LevelMeter(scale=False)
        self.state = label("", "talkState", wrap=True)
        self._inside = inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(self.button)
        inside.addWidget(self.state, 2)
        inside.addWidget(self.meter, 1)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self.set_open_mode(open_mode)

    def set_open_mode(self, open_mode: bool) -> None:
        """Changes what the key does."""
        self._open_mode = open_mode
        self.show_ear(self._ear)

    def show_ear(self, ear: Ear) -> None:
        """What the microphone does now."""
        self._ear = ear
        said = _(_STATES[ear])
        if ear is Ear.READY and self._open_mode:
            said = _("Speak when you like")
        self.state.setText(said)
        self.state.setAccessibleName(said)
        self._name_button()
        usable = {Ear.LISTENING, Ear.REVIEW, Ear.LOST} | (set() if self._open_mode else {Ear.READY, Ear.CLOSED})
        self.button.setEnabled(ear in usable)
        set_property(self, "ear", str(ear))
        if ear not in (Ear.LISTENING, Ear.READY, Ear.REVIEW):
            self.meter.show_off()
        self.refresh_icons()

    def _name_button(self) -> None:
        name, about = _("Talk (F2)"), _("Hold it down while you speak")
        if self._ear is Ear.LOST:
            name, about = _("Try again (F2)"), _("Looks for the microphone again")
        elif self._open_mode:
            name, about = _("I have finished (F2)"), _("Ends the reply at once")
        self.button.setText(name)
        self.button.setToolTip(about)
        self.button.setAccessibleDescription(about)

    def refresh_icons(self) -> None:
        """Draws the icon anew, after the theme or the state changed."""
        size = current_look().px(16)
        self.button.setIconSize(QSize(size, size))
        listening = self._ear is Ear.LISTENING
        name = "mic-off" if self._ear in (Ear.OFF, Ear.CLOSED, Ear.LOST) else "mic"
        self.button.setIcon(icon(name, "good" if listening else "text"))

    def minimumSizeHint(self) -> QSize:
        """As narrow as button and words: the meter gives way."""
        hint = super().minimumSizeHint()
        spared = 0 if self.meter.isHidden() else self.meter.minimumSizeHint().width() + self._inside.spacing()
        return QSize(hint.width() - spared, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large letters need the room that the meter takes."""
        super().resizeEvent(event)
        self.meter.setVisible(self.width() >= current_look().px(ROOM_FOR_METER_PX))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The talk key works wherever the focus is in this window: it goes down and up once, held or not. It comes up
        also over a menu, which has the keyboard while it is open, and when the bar was hidden meanwhile."""
        if isinstance(event, QKeyEvent) and event.key() == TALK_KEY and isinstance(watched, QWidget):
            here = self.isVisible() and watched.window() is self.window()
            up = event.type() == QEvent.Type.KeyRelease
            if (here and event.type() == QEvent.Type.KeyPress) or (up and (here or self._down)):
                if not event.isAutoRepeat():
                    (self._on_up if up else self._on_down)()
                return True
        if watched is self.button and isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            self._by_mouse = event.type() != QEvent.Type.MouseButtonRelease
            if not self._by_mouse:
                self._on_up()
        if event.type() == QEvent.Type.WindowDeactivate and watched is self.window():
            self._on_up()  # the release would reach another window
        return super().eventFilter(watched, event)

    def _on_released(self) -> None:
        """A held mouse lets go when its button comes up: not when it slips off, and also where it no longer is over
        the button, which Qt does not tell."""
        if not self._by_mouse:
            self._on_up()

    def _on_down(self) -> None:
        if not self._down and self.button.isEnabled():
            self._down = True
            self.pressed.emit()

    def _on_up(self) -> None:
        if self._down:
            self._down = False
            self.released.emit()
