"""The panels beside the contact: knowledge, notes, what the channel adds, and the hints where there are any."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QIcon, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QTabWidget, QWidget

from simulator.ui.desk.hints import HintsPanel
from simulator.ui.desk.panels import KnowledgePanel, NotesPanel
from simulator.ui.icons import icon
from simulator.ui.theme import current_look
from simulator.wording import _


class SidePanels(QTabWidget):
    """`extra`: panels of the channel's own (widget, title, name of an icon), opened by Ctrl+4 and on; `keys`: where the
    shortcuts work."""

    def __init__(
        self,
        knowledge: KnowledgePanel,
        notes: NotesPanel,
        hints: HintsPanel,
        extra: Sequence[tuple[QWidget, str, str]],
        keys: QWidget,
    ) -> None:
        super().__init__()
        self.setObjectName("panels")
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self._knowledge, self._notes, self._hints = knowledge, notes, hints
        self._icons: dict[QWidget, str] = {knowledge: "book", notes: "note", hints: "lightbulb"}
        self._titles: dict[QWidget, str] = {}
        self._add(knowledge, _("Knowledge"), 1)
        self._add(notes, _("Notes"), 2)
        for number, (widget, title, name) in enumerate(extra, start=4):
            self._add(widget, title, number)
            QShortcut(QKeySequence(f"Ctrl+{number}"), keys).activated.connect(partial(self.open_panel, widget))
            self._icons[widget] = name
        opens = (("Ctrl+1", self.open_knowledge), ("Ctrl+2", self.open_notes), ("Ctrl+3", self.open_hints))
        for pressed, open_panel in opens:
            QShortcut(QKeySequence(pressed), keys).activated.connect(open_panel)

    def _add(self, panel: QWidget, title: str, number: int) -> None:
        """Adds a panel as a tab; the tab may lose its words, never its name."""
        self._titles[panel] = title
        index = self.addTab(panel, title)
        self.setTabToolTip(index, f"{title} (Ctrl+{number})")
        self.tabBar().setAccessibleTabName(index, title)

    def offer_hints(self) -> None:
        """This attempt has hints."""
        if self.indexOf(self._hints) < 0:
            self._add(self._hints, _("Hints"), 3)
            self._dress()

    @Slot()
    def open_knowledge(self) -> None:
        """Brings the knowledge base to the front, ready to search."""
        self.setCurrentWidget(self._knowledge)
        self._knowledge.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def open_notes(self) -> None:
        """Brings the notes to the front, at the first empty field."""
        self.setCurrentWidget(self._notes)
        written = self._notes.notes()
        empty = next((name for name, text in written.items() if not text), "customer")
        self._notes.fields[empty].setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def open_hints(self) -> None:
        """Brings the hints to the front, when this attempt has any."""
        if self.indexOf(self._hints) >= 0:
            self.setCurrentWidget(self._hints)
            self._hints.more.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_panel(self, panel: QWidget) -> None:
        """Brings a panel of the channel's own to the front, where its focus proxy is."""
        self.setCurrentWidget(panel)
        panel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        size = current_look().px(16)
        self.setIconSize(QSize(size, size))
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress()

    def _dress(self) -> None:
        """Icon and words where all tabs have room, else words, else icons: none is out of sight."""
        for icons, words in ((True, True), (False, True), (True, False)):
            for widget, name in self._icons.items():
                index = self.indexOf(widget)
                if index >= 0:
                    self.setTabIcon(index, icon(name) if icons else QIcon())
                    self.setTabText(index, self._titles[widget] if words else "")
            if self.tabBar().sizeHint().width() <= self.width():
                return
