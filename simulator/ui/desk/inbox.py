"""The inbox: a list of the messages that have arrived, and the simulated day and hour with what one may skip to."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from simulator.ui.desk.inbox_words import Row
from simulator.ui.desk.style import ROLES
from simulator.ui.theme import current_look
from simulator.ui.widgets import button, label, picture, redraw_icons
from simulator.wording import _

SENDER, SUBJECT, ARRIVED, DUE, STATE, KIND = range(6)
SUBJECT_PX = 130
"""Room (pixels at 100 %) that the subject has at least, as long as another column can give way."""
WHO_AND_WHAT_PX = 140
"""Room (pixels at 100 %) that sender and subject have together at least: with less, all columns share alike."""
_CONTACT = int(Qt.ItemDataRole.UserRole)


class InboxList(QTreeWidget):
    """One row a message; what is not read yet is bold. Emits; decides nothing."""

    selected = Signal(str)
    """The contact of the row that the user went to."""
    opened = Signal()
    """Enter or a double click on the row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inboxList")
        self.setAccessibleName(_("Inbox"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setHeaderLabels([_("From"), _("Subject"), _("Arrived"), _("To be answered"), _("State"), _("Class")])
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(40)
        self.header().setSectionsMovable(False)
        self._rows: tuple[Row, ...] = ()
        self._quiet = False
        self.currentItemChanged.connect(self._on_current)
        self.itemDoubleClicked.connect(self._on_double_click)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown, in order."""
        return self._rows

    def show_rows(self, rows: Sequence[Row], at: str) -> None:
        """Shows the messages; `at`: the contact that the agent is turned to."""
        rows = tuple(rows)
        if rows == self._rows and self._shown() == at:
            return
        self._quiet = True
        while self.topLevelItemCount() < len(rows):
            self.addTopLevelItem(QTreeWidgetItem())
        for place, row in enumerate(rows):
            item = self.topLevelItem(place)
            self._fill(item, row)
            if row.contact == at and item is not None:
                self.setCurrentItem(item)
        self._quiet = False
        if rows != self._rows:
            self._rows = rows
            self._arrange()

    def refresh_icons(self) -> None:
        """Colours anew, after the theme changed."""
        for place, row in enumerate(self._rows):
            self._fill(self.topLevelItem(place), row)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def height_of(self, rows: int) -> int:
        """How high (pixels) it is with so many rows in sight."""
        line = self.sizeHintForRow(0) if self.topLevelItemCount() else self.fontMetrics().lineSpacing() + 12
        return self.header().sizeHint().height() + rows * line + 4

    def minimumSizeHint(self) -> QSize:
        """Its header and a row."""
        return QSize(200, self.height_of(1))

    def _shown(self) -> str:
        item = self.currentItem()
        return "" if item is None else str(item.data(0, _CONTACT))

    def _fill(self, item: QTreeWidgetItem | None, row: Row) -> None:
        assert item is not None
        item.setData(0, _CONTACT, row.contact)
        cells = (row.sender, row.subject, row.arrived, row.due, row.state, row.kind)
        bold = item.font(0)
        bold.setBold(row.fresh)
        for column, text in enumerate(cells):
            item.setText(column, text)
            item.setToolTip(column, text)
            item.setFont(column, bold)
        said = f"{row.sender}, {row.subject}. {row.state}. {row.due} {row.kind}".strip()
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
        tone = current_look().colour("text") if row.tone == "neutral" else current_look().colour(ROLES[row.tone])
        item.setForeground(DUE, tone)

    def _arrange(self) -> None:
        """What has no room gives way in this order: when a message arrived, what it is, the sender's whole name;
        at last until when and how it stands."""
        modes = QHeaderView.ResizeMode
        room = self.viewport().width() - current_look().px(SUBJECT_PX)
        widths = [max(self.sizeHintForColumn(c), self.header().sectionSizeHint(c)) for c in range(self.columnCount())]
        needed = sum(widths) - widths[SUBJECT]
        for column in (ARRIVED, KIND):
            self.setColumnHidden(column, needed > room)
            needed -= widths[column] if needed > room else 0
        fixed = widths[DUE] + widths[STATE]
        alike = needed > room and self.viewport().width() - fixed < current_look().px(WHO_AND_WHAT_PX)
        for column in range(self.columnCount()):
            stretches = alike or column == SUBJECT or (column == SENDER and needed > room)
            self.header().setSectionResizeMode(column, modes.Stretch if stretches else modes.ResizeToContents)

    @Slot(QTreeWidgetItem, QTreeWidgetItem)
    def _on_current(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is not None and not self._quiet:
            self.selected.emit(str(item.data(0, _CONTACT)))

    @Slot(QTreeWidgetItem, int)
    def _on_double_click(self, _item: QTreeWidgetItem, _column: int) -> None:
        self.opened.emit()


class JumpBar(QFrame):
    """The simulated day and hour, and where the clock may leap."""

    chosen = Signal(str)
    """Where to: a word of `JUMPS`."""
    finished = Signal()
    """Every message is done; the agent wants the result."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jumpBar")
        self._picture = picture("calendar", 18)
        self.day = label("", "timeOfDay", wrap=True)
        self.jump = button(
            _("Skip to… (F10)"), None, "clock", about=_("Let simulated time pass until something is due")
        )
        self.jump.setShortcut("F10")
        self.menu = QMenu(self)
        self.menu.setAccessibleName(_("Skip to…"))
        self.jump.clicked.connect(self._on_jump)
        self.finish = button(_("See the result"), "primary", "flag")
        self.finish.clicked.connect(self.finished)
        self.finish.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 12, 6)
        line.setSpacing(8)
        line.addWidget(self._picture)
        line.addWidget(self.day, 1)
        line.addWidget(self.jump)
        line.addWidget(self.finish)

    def show_time(self, day: str) -> None:
        """The simulated day and hour in words."""
        if self.day.text() != day:
            self.day.setText(day)
            self.day.setAccessibleName(_("Simulated date and time: {day}").format(day=day))

    def offer(self, goals: Mapping[str, str], *, over: bool) -> None:
        """What may be skipped to, by word, and how it is called. `over`: nothing is left to do."""
        self.jump.setVisible(not over)
        self.jump.setEnabled(bool(goals))
        self.finish.setVisible(over)
        if [action.text() for action in self.menu.actions()] == list(goals.values()):
            return
        self.menu.clear()
        for word, text in goals.items():
            action = QAction(text, self.menu)
            action.setData(word)
            action.triggered.connect(partial(self.chosen.emit, word))
            self.menu.addAction(action)

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        redraw_icons(self)

    @Slot()
    def _on_jump(self) -> None:
        actions = self.menu.actions()
        if actions:
            self.menu.popup(self.jump.mapToGlobal(self.jump.rect().bottomLeft()))
            self.menu.setActiveAction(actions[0])
