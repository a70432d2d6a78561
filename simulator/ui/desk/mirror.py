"""What the customer has in front, mirrored on the desk: a page in a browser, a screen of a telephone. To look at, not
to touch: the agent guides with words."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from simulator.scenario.sections.apps import App
from simulator.scenario.sections.screens import Screen
from simulator.scenario.sections.web import Site
from simulator.ui.desk.flow import FlowLayout
from simulator.ui.desk.header import set_property
from simulator.ui.theme import current_look
from simulator.ui.widgets import clear, label, picture, redraw_icons
from simulator.wording import _

FRESH_MS = 1_600
"""So long a screen that has just changed is marked."""
PHONE_WIDTH = 300
"""Of the telephone where there is room, in pixels at 100 %."""
PHONE_LEAST = 180
LOW, LOWEST = 300, 160
"""A mirror lower than this (pixels at 100 %) leaves out what is around the screen; the lowest, its sections too."""
STARS = 5


class ScreenView(QScrollArea):
    """A screen from top to bottom; it scrolls where it is longer than its frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mirrorScreen")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("mirrorInside")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 12, 16, 14)
        self._column.setSpacing(8)
        self.setWidget(inside)

    def show_screen(self, screen: Screen | None) -> None:
        """Takes the place of what was shown."""
        clear(self._column)
        if screen is None:
            self._column.addWidget(label(_("Nothing is shown here."), "emptyNote", wrap=True))
            self._column.addStretch(1)
            return
        if screen.search is not None:
            self._column.addLayout(_search_box(screen.search))
        self._column.addWidget(label(screen.title, "mirrorTitle", wrap=True))
        if screen.notice is not None:
            self._column.addWidget(_notice(screen.notice))
        if screen.text is not None:
            self._column.addWidget(label(screen.text.strip(), "mirrorText", wrap=True))
        for field in screen.fields:
            self._column.addWidget(label(field.label, "mirrorLabel", wrap=True))
            self._column.addWidget(_shown_field(field.value, field.label))
        for option in screen.options:
            self._column.addWidget(_option(option, chosen=option == screen.chosen))
        if screen.stars is not None:
            self._column.addLayout(_stars(screen.stars))
        if screen.buttons:
            self._column.addLayout(_buttons(screen.buttons))
        self._column.addStretch(1)
        self.verticalScrollBar().setValue(0)


class Mirror(QFrame):
    """The frame of what is mirrored: a caption with whose it is, and the screen in its device."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mirror")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that a screen reader comes by
        self.view = ScreenView()
        self._shown: Screen | None = None
        self.view.show_screen(None)
        self._caption = label("", "small")
        self._around: list[QWidget] = []
        self._menu: QWidget | None = None
        self.device = QFrame()
        self.device.setObjectName("mirrorDevice")
        caption = QWidget()
        head = QHBoxLayout(caption)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(6)
        head.addWidget(picture(icon_name, 14, "muted"))
        head.addWidget(self._caption, 1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(12, 8, 12, 10)
        self._whole.setSpacing(6)
        self._whole.addWidget(caption)
        self._around.append(caption)
        self._fresh = QTimer(self)
        self._fresh.setSingleShot(True)
        self._fresh.setInterval(FRESH_MS)
        self._fresh.timeout.connect(self._on_seen)

    @property
    def shown(self) -> Screen | None:
        """The screen that is shown."""
        return self._shown

    def belongs_to(self, name: str) -> None:
        """Whose screen it is."""
        self._caption.setText(_("What {name} sees").format(name=name))
        self._describe()

    def show_screen(self, screen: Screen | None) -> None:
        """Shows a screen; one that changed is marked for a moment."""
        if screen == self._shown:
            return
        changed = self._shown is not None
        self._shown = screen
        self.view.show_screen(screen)
        self._describe()
        if changed:
            set_property(self.device, "fresh", True)
            self._fresh.start()

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        redraw_icons(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = current_look().px
        for part in self._around:
            part.setVisible(self.height() >= px(LOW))
        if self._menu is not None:
            self._menu.setVisible(self.height() >= px(LOWEST))

    def minimumSizeHint(self) -> QSize:
        """The screen scrolls: next to nothing of it must be in sight."""
        return QSize(PHONE_LEAST, current_look().px(120))

    def _on_seen(self) -> None:
        set_property(self.device, "fresh", False)

    def _describe(self) -> None:
        """All of it in words, for who does not see it."""
        said = described(self._shown)
        self.setAccessibleName(self._caption.text() or _("The customer's screen"))
        self.setAccessibleDescription(said)
        self.view.setAccessibleName(said)


class SiteMirror(Mirror):
    """A browser with the site's address and sections."""

    def __init__(self, site: Site, parent: QWidget | None = None) -> None:
        super().__init__("globe", parent)
        chrome = QFrame()
        chrome.setObjectName("mirrorChrome")
        bar = QHBoxLayout(chrome)
        bar.setContentsMargins(12, 6, 12, 6)
        bar.setSpacing(8)
        for name in ("back", "forward", "retry"):
            bar.addWidget(picture(name, 14, "faint"))
        address = QFrame()
        address.setObjectName("mirrorAddress")
        inside = QHBoxLayout(address)
        inside.setContentsMargins(10, 3, 10, 3)
        inside.setSpacing(6)
        inside.addWidget(picture("lock", 12, "muted"))
        inside.addWidget(label(site.address or "", "mirrorUrl"), 1)
        bar.addWidget(address, 1)
        column = QVBoxLayout(self.device)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(chrome)
        self._around.append(chrome)
        if site.menu:
            self._menu = _menu(site.menu, "mirrorMenu")
            column.addWidget(self._menu)
        column.addWidget(self.view, 1)
        self._whole.addWidget(self.device, 1)


class PhoneMirror(Mirror):
    """A telephone with the app, its tabs below."""

    def __init__(self, app: App, parent: QWidget | None = None) -> None:
        super().__init__("smartphone", parent)
        self.setProperty("device", "phone")
        self.device.setProperty("device", "phone")
        self._clock = label("", "mirrorClock")
        head = QWidget()
        top = QVBoxLayout(head)
        top.setContentsMargins(16, 4, 16, 2)
        top.setSpacing(2)
        top.addWidget(self._clock)
        if app.name:
            name = label(app.name, "mirrorApp", wrap=True)
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            top.addWidget(name)
        self._around.append(head)
        column = QVBoxLayout(self.device)
        column.setContentsMargins(8, 8, 8, 10)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.view, 1)
        if app.menu:
            self._menu = _menu(app.menu, "mirrorTabs")
            column.addWidget(self._menu)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.device, 1000)
        middle.addStretch(1)
        self._whole.addLayout(middle, 1)
        self.refresh_icons()

    def show_time(self, time: str) -> None:
        """The time of day on the telephone."""
        self._clock.setText(time)

    def refresh_icons(self) -> None:
        self.device.setMaximumWidth(current_look().px(PHONE_WIDTH))
        super().refresh_icons()


def described(screen: Screen | None) -> str:
    """A screen in words, in the order in which it is drawn."""
    if screen is None:
        return _("Nothing is shown here.")
    said = [screen.title]
    if screen.search is not None:
        said.append(_("Search box: {text}").format(text=screen.search or _("empty")))
    said.extend(text.strip() for text in (screen.notice, screen.text) if text is not None)
    said.extend(f"{field.label}: {field.value or _('empty')}" for field in screen.fields)
    said.extend(
        _("{option} (chosen)").format(option=option) if option == screen.chosen else option for option in screen.options
    )
    if screen.stars is not None:
        said.append(_("{n} of {most} stars").format(n=screen.stars, most=STARS))
    said.extend(_("Button «{name}»").format(name=name) for name in screen.buttons)
    return ". ".join(said)


def _search_box(text: str) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addStretch(1)
    row.addWidget(picture("search", 16, "accent"))
    box = _shown_field(text, _("Search box"))
    box.setPlaceholderText(_("Search…"))
    row.addWidget(box, 3)
    return row


def _shown_field(value: str, name: str) -> QLineEdit:
    """A field with what the customer wrote in it; nobody writes in it here."""
    field = QLineEdit(value)
    field.setObjectName("mirrorField")
    field.setReadOnly(True)
    field.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    field.setAccessibleName(name)
    field.setCursorPosition(0)
    return field


def _notice(text: str) -> QFrame:
    frame = QFrame()
    frame.setObjectName("mirrorNotice")
    inside = QHBoxLayout(frame)
    inside.setContentsMargins(10, 8, 10, 8)
    inside.setSpacing(8)
    inside.addWidget(picture("info", 16, "accent"), 0, Qt.AlignmentFlag.AlignTop)
    inside.addWidget(label(text, "mirrorText", wrap=True), 1)
    return frame


def _option(text: str, *, chosen: bool) -> QFrame:
    frame = QFrame()
    frame.setObjectName("mirrorOption")
    frame.setProperty("chosen", chosen)
    inside = QHBoxLayout(frame)
    inside.setContentsMargins(10, 7, 10, 7)
    inside.setSpacing(8)
    inside.addWidget(label(text, "mirrorText", wrap=True), 1)
    inside.addWidget(picture("check" if chosen else "chevron-right", 14, "accent" if chosen else "faint"))
    return frame


def _stars(given: int) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    for number in range(1, STARS + 1):
        filled = number <= given
        row.addWidget(picture("star-filled" if filled else "star", 26, "warning" if filled else "faint"))
    row.addStretch(1)
    return row


def _buttons(names: Sequence[str]) -> QLayout:
    row = FlowLayout(spacing=8)
    for number, name in enumerate(names):
        shown = QLabel(name)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.setObjectName("mirrorButton")
        shown.setProperty("kind", "primary" if number == 0 else "plain")
        row.addWidget(shown)
    return row


def _menu(names: Sequence[str], object_name: str) -> QFrame:
    frame = QFrame()
    frame.setObjectName(object_name)
    row = FlowLayout(frame, spacing=4)
    row.setContentsMargins(10, 4, 10, 4)
    for name in names:
        tab = label(name, "mirrorTab")
        tab.setIndent(0)  # else Qt adds one of its own to the padding, and four tabs need two rows on a telephone
        row.addWidget(tab)
    return frame
