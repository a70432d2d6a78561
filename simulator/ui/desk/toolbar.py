"""The buttons of the telephone: each act with its key; what makes no sense now is dimmed."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QWidget

from simulator.session.state import ContactState
from simulator.ui.desk.flow import FlowLayout
from simulator.ui.desk.header import set_property
from simulator.ui.icons import icon
from simulator.ui.pages.layouts import stay_whole
from simulator.ui.theme import current_look
from simulator.wording import _, mark


@dataclass(frozen=True, slots=True)
class Key:
    """A button: the acts it does (the first that is allowed), label, icon and shortcut of each."""

    name: str
    label: str
    icon: str
    shortcut: str
    about: str


KEYS: tuple[Key, ...] = (
    Key("mute", mark("Mute"), "mic-off", "F3", mark("Mute your microphone: the customer does not hear you")),
    Key("unmute", mark("Unmute"), "mic", "F3", mark("Unmute your microphone")),
    Key("hold", mark("Hold"), "pause", "F4", mark("Put the customer on hold")),
    Key("resume", mark("Take back"), "play", "F4", mark("Come back to the customer on hold")),
    Key("consult", mark("Transfer"), "transfer", "F6", mark("Call another area, to consult or to transfer")),
    Key("complete", mark("Complete"), "forward", "F7", mark("Complete the transfer: the customer goes to the area")),
    Key("return", mark("Go back"), "undo", "F8", mark("Leave the consultation and go back to the customer")),
    Key("escalate", mark("Supervisor"), "supervisor", "F9", mark("Pass the call to the supervisor")),
    Key("hang-up", mark("Hang up"), "hang-up", "F12", mark("Hang up")),
)
"""In the order of the toolbar; two entries with one shortcut share a button."""


class CallToolbar(QFrame):
    """The acts of a call as buttons. Emits; decides nothing."""

    chosen = Signal(str, object)
    """The name of an act and its arguments (`dict[str, str]`)."""

    def __init__(self, areas: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("callToolbar")
        self.setAccessibleName(_("Telephone"))
        self._areas = tuple(areas)
        self._keys = {key.name: key for key in KEYS}
        self._buttons: dict[str, QToolButton] = {}  # by shortcut
        self._shows: dict[str, str] = {}  # shortcut → the act that its button does now
        self._shortcuts: list[QShortcut] = []
        self._low = False
        stay_whole(self)
        self._row = row = FlowLayout(self, push_last=True)
        row.setContentsMargins(12, 6, 12, 6)
        for key in KEYS:
            if key.shortcut in self._buttons:
                continue
            button = QToolButton()
            button.setObjectName("callKey")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setProperty("act", key.name)
            button.clicked.connect(self._on_clicked)
            self._buttons[key.shortcut] = button
            if key.name == "hang-up":
                button.setProperty("kind", "danger")
            row.addWidget(button)
            shortcut = QShortcut(QKeySequence(key.shortcut), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(button.click)
            self._shortcuts.append(shortcut)
            self._show(key.name)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(_("Areas"))
        for area in self._areas:
            action = QAction(area, self._menu)
            action.setData(area)
            self._menu.addAction(action)
        self._menu.triggered.connect(self._on_area)
        self.allow(frozenset(), None)

    def button(self, act: str) -> QToolButton:
        """The button that does an act, now or in another moment."""
        return self._buttons[self._keys[act].shortcut]

    def allow(self, acts: frozenset[str], contact: ContactState | None) -> None:
        """Enables what makes sense now. A button shared by two acts shows the one that is allowed."""
        for key in KEYS:
            if key.name in acts and self._shows[key.shortcut] != key.name:
                self._show(key.name)
        if contact is not None:
            for pressed, act in ((contact.muted, "unmute"), ("resume" in acts, "resume")):
                set_property(self.button(act), "active", pressed)
        for shortcut, button in self._buttons.items():
            button.setEnabled(self._shows[shortcut] in acts and self._shows[shortcut] != "")

    def open_areas(self) -> None:
        """Opens the picker of areas under its button."""
        button = self.button("consult")
        self._menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        self._menu.setActiveAction(self._menu.actions()[0] if self._menu.actions() else QAction())

    @property
    def areas_menu(self) -> QMenu:
        """The picker of areas."""
        return self._menu

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        for act in self._shows.values():
            self._show(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def set_low(self, low: bool) -> None:
        """Whether there is no height to spare: icons that do not fit into one row with their words stand alone."""
        if low != self._low:
            self._low = low
            self._arrange()

    def _arrange(self) -> None:
        """Words beneath the icons where all fit in one row, beside them where they need several."""
        style = Qt.ToolButtonStyle
        self._dress(style.ToolButtonTextUnderIcon)
        if self._row.sizeHint().width() > self.width():
            self._dress(style.ToolButtonIconOnly if self._low else style.ToolButtonTextBesideIcon)

    def _dress(self, style: Qt.ToolButtonStyle) -> None:
        bare = style == Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._buttons.values():
            button.setToolButtonStyle(style)
            if button.property("bare") != bare:
                set_property(button, "bare", bare)

    def _show(self, name: str) -> None:
        key = self._keys[name]
        button = self._buttons[key.shortcut]
        self._shows[key.shortcut] = name
        button.setText(_(key.label))
        button.setIconSize(QSize(current_look().px(20), current_look().px(20)))
        button.setIcon(icon(key.icon, "bad" if name == "hang-up" else "text"))
        button.setToolTip(f"{_(key.about)} ({key.shortcut})")
        button.setAccessibleName(_(key.about))

    def _on_clicked(self) -> None:
        button = self.sender()
        shortcut = next(s for s, b in self._buttons.items() if b is button)
        act = self._shows[shortcut]
        if act == "consult":
            self.open_areas()
        else:
            self.chosen.emit(act, {})

    def _on_area(self, action: QAction) -> None:
        self.chosen.emit("consult", {"area": str(action.data())})
