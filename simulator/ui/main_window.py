"""The window: a rail to the left, one page at a time, notices above it. It knows pages by name and nothing of them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from simulator.ui.icons import icon
from simulator.ui.rail import PROFILES, Rail
from simulator.ui.theme import Emphasis
from simulator.ui.widgets import Ask, Notice, clear, loading_state
from simulator.wording import _, mark

SHORTCUTS = (
    ("Alt+1 / 2 / 3 …", mark("The places at the left, from above")),
    ("Ctrl+1 / 2 / 3", mark("On the desk: knowledge, notes, hints")),
    ("Ctrl+4 / Ctrl+S", mark("On the desk: the form of the channel, save it")),
    ("Ctrl+6 / 7 / 8 / 9", mark("In a shift: available, on a break, in an activity, away")),
    ("F1", mark("This help")),
    ("F2", mark("Answer; then, held down, talk")),
    ("F3", mark("Mute or unmute")),
    ("F4", mark("Hold or take back")),
    ("F6 / F7 / F8", mark("Transfer, complete, back to the customer")),
    ("F9", mark("Supervisor")),
    ("F12", mark("Hang up")),
    ("Enter", mark("Send the reply (Shift+Enter: new line)")),
    ("Esc", mark("Close a question or go back")),
)
"""What F1 shows."""


class MainWindow(QMainWindow):
    """The frame of everything. Pages come and go by name; what they mean is the application's business."""

    navigated = Signal(str)
    """A place of the rail was chosen, or one of the two at its foot (`rail.PROFILES`, `rail.STAFF`)."""

    def __init__(self, *, state: QSettings | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Tercer Timbre")
        self.resize(1240, 800)
        self.setMinimumSize(760, 520)
        self._state = state
        self._pages: dict[str, QWidget] = {}
        self.may_close: Callable[[], bool] = lambda: True
        """Asked when the window wants to close; False keeps it open (whoever says so asks the user)."""
        self.rail = Rail()
        self.rail.chosen.connect(self.navigated)
        self._notices = QVBoxLayout()
        self._pressing = False
        self._notices.setContentsMargins(24, 0, 24, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(loading_state())
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addLayout(self._notices)
        right.addWidget(self._stack, 1)
        body = QWidget()
        whole = QHBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addLayout(right, 1)
        self.setCentralWidget(body)
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(partial(self.rail.press, number))
        help_key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self)
        help_key.activated.connect(self.show_help)
        geometry = None if state is None else state.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.refresh_icons()

    # Pages

    @property
    def pages(self) -> frozenset[str]:
        """The names of the pages that were put."""
        return frozenset(self._pages)

    @property
    def shown(self) -> str:
        """The name of the page that is shown, "" while none is."""
        current = self._stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is current), "")

    def page(self, name: str) -> QWidget | None:
        """The page of that name, if it was put."""
        return self._pages.get(name)

    def put_page(self, name: str, page: QWidget) -> None:
        """Adds a page, or puts it in place of the one of that name."""
        old = self._pages.pop(name, None)
        self._pages[name] = page
        self._stack.addWidget(page)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def drop_page(self, name: str) -> None:
        """Takes a page away."""
        old = self._pages.pop(name, None)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()

    def show_page(self, name: str) -> None:
        """Shows a page; the rail shows where that is, and disappears for those who need all the room."""
        self._stack.setCurrentWidget(self._pages[name])
        self.rail.tick(name)
        self.rail.setVisible(name not in ("desk", PROFILES))

    # Words to the user

    def notify(self, text: str, tone: str = "neutral", actions: Sequence[tuple[str, str]] = ()) -> Notice:
        """Shows a line above the page, in place of the last one; returns it, for its `acted`."""
        clear(self._notices)
        self._pressing = bool(actions) or tone != "neutral"
        shown = Notice(text, tone, [*actions, ("dismiss", _("Close"))])
        shown.acted.connect(self._on_notice)
        self._notices.setContentsMargins(24, 12, 24, 0)
        self._notices.addWidget(shown)
        return shown

    def hint(self, text: str, tone: str = "neutral") -> None:
        """Shows a line that need not be read: one that offers something, or warns, stays instead."""
        if not self._pressing:
            self.notify(text, tone)

    def clear_notice(self, only: Notice | None = None) -> None:
        """Takes the line away; with `only`, if it is this one."""
        shown = self._notices.itemAt(0)
        if only is not None and (shown is None or shown.widget() is not only):
            return
        clear(self._notices)
        self._pressing = False
        self._notices.setContentsMargins(24, 0, 24, 0)

    def ask(self, title: str, text: str, choices: Sequence[tuple[str, str, Emphasis | None]]) -> Ask:
        """Asks over the window. Connect to the answer's `answered`."""
        return Ask(self, title, text, choices)

    def show_help(self) -> None:
        """The shortcuts, over the window."""
        lines = "\n".join(f"{keys}   {_(about)}" for keys, about in SHORTCUTS)
        self.ask(_("Keyboard"), lines, [("close", _("Close"), "primary")])

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed; pages that draw icons are told."""
        self.rail.refresh_icons()
        self.setWindowIcon(icon("app", "accent"))
        for page in self._pages.values():
            refresh = getattr(page, "refresh_icons", None)
            if refresh is not None:
                refresh()

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        if self._state is not None:
            self._state.setValue("geometry", self.saveGeometry())
            self._state.sync()
        event.accept()

    def _on_notice(self, action: str) -> None:
        if action == "dismiss":
            self.clear_notice()
