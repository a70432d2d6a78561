"""The small pieces that every page is made of. Text is plain everywhere: no HTML is ever interpreted."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from simulator.ui.icons import pixmap
from simulator.ui.theme import Emphasis, current_look
from simulator.wording import _

ASK_WIDTH = 500
"""Width of a question at 100 %, in pixels, where the window has it."""

ICON_GAP = 4
"""Pixels at 100 % between icon and text, besides Qt's own."""


def label(text: str = "", name: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A plain-text label; `name` is what the style sheet knows it by."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(name)
    made.setWordWrap(wrap)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        made.setAccessibleName(text[:120])
    return made


def centred(name: str) -> QLabel:
    """An empty label whose words stand in the middle, in as many lines as they need."""
    made = label("", name, wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def push_button(text: str = "") -> QPushButton:
    """A button that Enter presses too while it has the focus, which Qt's own do in dialogs only."""
    made = QPushButton(text)
    made.setAutoDefault(True)
    return made


def button(text: str, kind: Emphasis | None = None, icon_name: str = "", *, about: str = "") -> QPushButton:
    """A button; `about` is its longer description for tooltip and screen readers."""
    made = push_button(text)
    made.setAccessibleName(about or text.replace("&", ""))
    if about:
        made.setToolTip(about)
    if kind is not None:
        made.setProperty("kind", kind)
    if icon_name:
        role = {"primary": "on-accent", "success": "surface", "danger": "bad", "quiet": "accent"}.get(
            kind or "", "text"
        )
        set_icon(made, icon_name, 18, role)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def badge(text: str, tone: str = "neutral") -> QLabel:
    """A small rounded word: a result, a channel."""
    made = label(text, "badge")
    made.setProperty("tone", tone)
    return made


def picture(name: str, size: int = 20, role: str = "muted") -> QLabel:
    """An icon that is no button; it says nothing that the text beside it does not say."""
    made = QLabel()
    set_icon(made, name, size, role)
    return made


def set_icon(widget: QWidget, name: str, size: int, role: str) -> None:
    """Draws an icon on a label or button and keeps what it was, so that a new look can draw it again."""
    widget.setProperty("iconName", name)
    widget.setProperty("iconPixels", size)
    widget.setProperty("iconRole", role)
    _draw(widget)


def _draw(widget: QWidget) -> None:
    name, role = str(widget.property("iconName")), str(widget.property("iconRole"))
    size = current_look().px(int(widget.property("iconPixels")))
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, size, role))
        widget.setFixedSize(size, size)
    elif isinstance(widget, QAbstractButton):
        gap = current_look().px(ICON_GAP) if widget.text() else 0
        made = QIcon()
        made.addPixmap(_padded(pixmap(name, size, role), gap), QIcon.Mode.Normal)
        made.addPixmap(_padded(pixmap(name, size, "faint"), gap), QIcon.Mode.Disabled)
        widget.setIcon(made)
        widget.setIconSize(QSize(size + gap, size))


def _padded(drawn: QPixmap, gap: int) -> QPixmap:
    """The drawing with room to its right: Qt leaves 4 pixels between icon and text, at any size of text."""
    scale = drawn.devicePixelRatio()
    wide = QPixmap(drawn.width() + round(gap * scale), drawn.height())
    wide.setDevicePixelRatio(scale)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wide


def redraw_icons(root: QWidget) -> None:
    """Draws every picture and button icon inside `root` in the colours and size of the present look."""
    for widget in root.findChildren(QWidget):
        if widget.property("iconName"):
            _draw(widget)


def card(name: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A surface with a border and room inside, and its layout."""
    frame = QFrame()
    frame.setObjectName(name)
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(20, 18, 20, 18)
    inside.setSpacing(10)
    return frame, inside


def divider() -> QFrame:
    """A thin line."""
    line = QFrame()
    line.setObjectName("divider")
    return line


def row(*parts: QWidget | int, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; a number is a stretch of that weight."""
    made = QHBoxLayout()
    made.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            made.addStretch(part)
        else:
            made.addWidget(part)
    return made


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout and lets it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class Page(QWidget):
    """A page of the window: a title, room for actions beside it, and content that scrolls rather than being cut."""

    def __init__(self, title: str, *, lead: str = "", width: int = 1080) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = label(title, "pageTitle", wrap=True)
        self.lead = label(lead, "muted", wrap=True)
        self.lead.setVisible(bool(lead))
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addLayout(self.tools)
        inside = QWidget()
        inside.setObjectName("inside")
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(32, 26, 32, 26)
        self.content.setSpacing(16)
        self.content.addLayout(top)
        self.content.addWidget(self.lead)
        self._inside, self._width = inside, width
        inside.setMaximumWidth(self.content_width)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.scroller.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.scroller)

    @property
    def content_width(self) -> int:
        """The most that the content takes of the width, in pixels with its margins: lines stay readable."""
        return current_look().px(self._width) + 64

    def refresh_icons(self) -> None:
        """Draws again what depends on the look's colours and sizes; pages that draw more themselves extend it."""
        self._inside.setMaximumWidth(self.content_width)
        redraw_icons(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = 32 if event.size().width() >= current_look().px(480) else 14
        self.content.setContentsMargins(side, 26, side, 26)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Nothing to read needs the focus, so the page itself scrolls by keyboard, whatever control has the focus.
        bar = self.scroller.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_PageDown:
                bar.setValue(bar.value() + bar.pageStep())
            case Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - bar.pageStep())
            case Qt.Key.Key_Home:
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                super().keyPressEvent(event)


class Notice(QFrame):
    """A line above the page that says something once and can be acted on or dismissed."""

    acted = Signal(str)
    """The name of the chosen action."""

    def __init__(self, text: str, tone: str = "neutral", actions: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", tone)
        self.setAccessibleName(text)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(16, 10, 12, 10)
        inside.addWidget(label(text, "bannerText", wrap=True), 1)
        for name, words in actions:
            made = button(words, "primary" if name == actions[0][0] and len(actions) > 1 else None)
            made.setProperty("action", name)
            made.clicked.connect(self._on_clicked)
            inside.addWidget(made)

    def _on_clicked(self) -> None:
        self.acted.emit(str(self.sender().property("action")))


class Ask(QWidget):
    """A question over the window: a veil, a card, buttons. Esc is the last choice; Tab stays inside. `fields`: what is
    to be filled in, between text and buttons."""

    answered = Signal(str)

    def __init__(
        self,
        over: QWidget,
        title: str,
        text: str,
        choices: Sequence[tuple[str, str, Emphasis | None]],
        fields: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(over)
        self.setObjectName("veil")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self._over = over
        self._last = choices[-1][0]
        frame, inside = card("dialogCard")
        inside.setContentsMargins(26, 24, 26, 22)
        inside.addWidget(label(title, "title", wrap=True))
        inside.addWidget(label(text, wrap=True))
        for field in fields:
            inside.addWidget(field)
        inside.addSpacing(8)
        self.fields = tuple(fields)
        self.buttons: dict[str, QPushButton] = {}
        answers = QHBoxLayout()
        answers.addStretch(1)
        for name, words, kind in reversed(choices):
            made = button(words, kind)
            made.setProperty("choice", name)
            made.clicked.connect(self._on_clicked)
            self.buttons[name] = made
            answers.addWidget(made)
        inside.addLayout(answers)
        around = QVBoxLayout(self)
        around.addStretch(1)
        around.addLayout(row(1, frame, 1))
        around.addStretch(1)
        self._frame = frame
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.raise_()
        self.show()
        (self.fields or (self.buttons[choices[0][0]],))[0].setFocus()

    def dismiss(self) -> None:
        """Answers with the last choice, as Esc does."""
        self._answer(self._last)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A width of its own: wrapped text would otherwise fold to a narrow column, and be cut.
        self._frame.setFixedWidth(max(280, min(current_look().px(ASK_WIDTH), event.size().width() - 32)))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()

    def focusNextPrevChild(self, next: bool) -> bool:
        inside = [*self.fields, *list(self.buttons.values())[::-1]]
        at = next_index(inside, self.focusWidget(), 1 if next else -1)
        inside[at].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _on_clicked(self) -> None:
        self._answer(str(self.sender().property("choice")))

    def _answer(self, name: str) -> None:
        self._over.removeEventFilter(self)
        self.hide()
        self.answered.emit(name)
        self.deleteLater()


def next_index(widgets: Sequence[QWidget], focused: QWidget | None, step: int) -> int:
    """The index after the focused widget, round and round."""
    here = next((index for index, widget in enumerate(widgets) if widget is focused), -step)
    return (here + step) % len(widgets)


def empty_state(icon_name: str, title: str, text: str) -> QFrame:
    """What stands where nothing is yet: a picture, what is missing, how to begin."""
    frame, inside = card()
    inside.setContentsMargins(30, 40, 30, 40)
    drawn = picture(icon_name, 40, "faint")
    inside.addWidget(drawn, 0, Qt.AlignmentFlag.AlignHCenter)
    heading = label(title, "heading", wrap=True)
    heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words = label(text, "muted", wrap=True)
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    inside.addWidget(heading)
    inside.addWidget(words)
    return frame


def loading_state() -> QFrame:
    """What stands while a worker fetches the content."""
    return empty_state("clock", _("One moment"), _("The content is being prepared."))
