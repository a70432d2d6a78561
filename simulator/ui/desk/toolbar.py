"""The buttons of the telephone: each act with its key; what makes no sense now is dimmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QWidget

from simulator.scenario.acts import BREAKS_OFF
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


PHONE_KEYS: tuple[Key, ...] = (
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

CHAT_KEYS: tuple[Key, ...] = (
    Key("hold", mark("Hold"), "pause", "F4", mark("Put the conversation on hold")),
    Key("resume", mark("Take back"), "play", "F4", mark("Come back to the conversation on hold")),
    Key("transfer", mark("Transfer"), "transfer", "F6", mark("Transfer the conversation to another area")),
    Key("survey", mark("Survey"), "star", "F7", mark("Send the satisfaction survey")),
    Key("close", mark("Close"), "cross-circle", "F12", mark("Close the conversation")),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """An act that first asks for one of several: the name of its argument, what there is to choose, and of what."""

    argument: str
    values: tuple[str, ...]
    title: str


class Toolbar(QFrame):
    """The acts of a channel as buttons. `choices`: by act. Emits; decides nothing."""

    chosen = Signal(str, object)
    """The name of an act and its arguments (`dict[str, str]`)."""

    def __init__(
        self,
        keys: Sequence[Key],
        choices: Mapping[str, Choice] = MappingProxyType({}),
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("callToolbar")
        self.setAccessibleName(name)
        self._order = tuple(keys)
        self._choices = choices
        self._keys = {key.name: key for key in keys}
        self._buttons: dict[str, QToolButton] = {}  # by shortcut
        self._shows: dict[str, str] = {}  # shortcut → the act that its button does now
        self._shortcuts: list[QShortcut] = []
        self._low = False
        stay_whole(self)
        self._row = row = FlowLayout(self, push_last=True)
        row.setContentsMargins(12, 6, 12, 6)
        for key in keys:
            if key.shortcut in self._buttons:
                continue
            button = QToolButton()
            button.setObjectName("callKey")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setProperty("act", key.name)
            button.clicked.connect(self._on_clicked)
            self._buttons[key.shortcut] = button
            if key.name in BREAKS_OFF:
                button.setProperty("kind", "danger")
            row.addWidget(button)
            shortcut = QShortcut(QKeySequence(key.shortcut), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(button.click)
            self._shortcuts.append(shortcut)
            self._show(key.name)
        self._menus = {act: self._menu_of(act, choice) for act, choice in choices.items()}
        self.allow(frozenset(), None)

    def button(self, act: str) -> QToolButton:
        """The button that does an act, now or in another moment."""
        return self._buttons[self._keys[act].shortcut]

    def allow(self, acts: frozenset[str], contact: ContactState | None) -> None:
        """Enables what makes sense now. A button shared by two acts shows the one that is allowed."""
        for key in self._order:
            if key.name in acts and self._shows[key.shortcut] != key.name:
                self._show(key.name)
        if contact is not None:
            for pressed, act in ((contact.muted, "unmute"), ("resume" in acts, "resume")):
                if act in self._keys:
                    set_property(self.button(act), "active", pressed)
        for shortcut, button in self._buttons.items():
            button.setEnabled(self._shows[shortcut] in acts and self._shows[shortcut] != "")

    def open_menu(self, act: str) -> None:
        """Opens what there is to choose from under the button of an act."""
        button, menu = self.button(act), self._menus[act]
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        menu.setActiveAction(menu.actions()[0] if menu.actions() else QAction())

    def menu(self, act: str) -> QMenu:
        """What there is to choose from for an act."""
        return self._menus[act]

    def _menu_of(self, act: str, choice: Choice) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName(choice.title)
        for value in choice.values:
            action = QAction(value, menu)
            action.triggered.connect(partial(self.chosen.emit, act, {choice.argument: value}))
            menu.addAction(action)
        return menu

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
        button.setIcon(icon(key.icon, "bad" if name in BREAKS_OFF else "text"))
        button.setToolTip(f"{_(key.about)} ({key.shortcut})")
        button.setAccessibleName(_(key.about))

    def _on_clicked(self) -> None:
        button = self.sender()
        shortcut = next(s for s, b in self._buttons.items() if b is button)
        act = self._shows[shortcut]
        if act in self._menus:
            self.open_menu(act)
        else:
            self.chosen.emit(act, {})
