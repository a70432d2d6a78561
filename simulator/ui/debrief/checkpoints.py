"""The checkpoints of a card by phase: each a row that opens to its reason, quote and better wording."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from simulator.scoring.card import Line
from simulator.session.telling import PHASES
from simulator.ui.debrief.reading import VERDICT_LOOKS, Filter, Reading, shows
from simulator.ui.debrief.review_block import Action, ReviewBlock
from simulator.ui.debrief.said import about, automatic
from simulator.ui.desk.header import set_property
from simulator.ui.desk.style import ROLES
from simulator.ui.icons import pixmap
from simulator.ui.pages.layouts import Wrapping
from simulator.ui.theme import current_look
from simulator.ui.widgets import badge, button, label, push_button, redraw_icons
from simulator.wording import _

NARROW_PX = 400
"""Below this width (pixels at 100 % text) of a row its verdict goes beneath its title."""

_BESIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Head(QAbstractButton):
    """The always visible part of a row: icon, title, verdict. A button with a layout of its own."""

    def __init__(self, line: Line, reading: Reading) -> None:
        super().__init__()
        self.setObjectName("rowHead")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._icon_name, self._tone = VERDICT_LOOKS[line.verdict]
        self._icon = QLabel()
        self._chevron = QLabel()
        self._title = title = label(line.title, "rowTitle", wrap=True)
        verdict = label(reading.verdict(line), "rowVerdict", wrap=True)
        verdict.setWordWrap(False)
        verdict.setProperty("tone", self._tone)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        self._words = words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        words.setSpacing(4)
        words.addWidget(title, 1)
        row.addLayout(words, 1)
        self._result = result = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        result.setSpacing(10)
        words.addLayout(result)
        said = f"{line.title}: {reading.verdict(line)}"
        if reading.place(line) in reading.review.rulings:
            result.addWidget(badge(_("by a person"), "accent"), 0, _BESIDE)
            said += f", {_('by a person')}"
        if reading.is_disputed(line):
            result.addWidget(badge(_("disputed"), "warning"), 0, _BESIDE)
            said += f", {_('disputed')}"
        if line.critical:
            result.addWidget(label(_("critical"), "criticalBadge"), 0, _BESIDE)
            said += f", {_('critical')}"
        result.addWidget(verdict)
        result.addStretch(0)
        row.addWidget(self._chevron)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(said)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(self.refresh_icons)
        self.refresh_icons()

    @Slot()
    def refresh_icons(self) -> None:
        px = current_look().px
        self._icon.setPixmap(pixmap(self._icon_name, px(20), ROLES[self._tone]))
        name = "chevron-up" if self.isChecked() else "chevron-down"
        self._chevron.setPixmap(pixmap(name, px(16), "muted"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow row the verdict stands beneath the title, in a narrower one what goes with it does too."""
        ways = QBoxLayout.Direction
        wide = event.size().width() >= current_look().px(NARROW_PX)
        self._words.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        beside = sum(self._parts()) + self._result.spacing() * len(self._parts())
        room = event.size().width() - (self._row.minimumSize().width() - self._words.minimumSize().width())
        self._result.setDirection(ways.LeftToRight if wide or beside <= room else ways.TopToBottom)
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the row is with the verdict beneath the title, whichever way it stands now."""
        least = self._row.minimumSize()
        beneath = max(self._title.minimumSizeHint().width(), *self._parts())
        least.setWidth(least.width() - self._words.minimumSize().width() + beneath)
        return least

    def _parts(self) -> list[int]:
        """The widths of verdict and badges."""
        found = (self._result.itemAt(place) for place in range(self._result.count()))
        return [item.sizeHint().width() for item in found if item is not None]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._row.heightForWidth(width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        option = QStyleOption()
        option.initFrom(self)
        if self.isChecked():
            option.state |= QStyle.StateFlag.State_On
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, QPainter(self), self)


class CheckpointRow(QFrame):
    """One checkpoint. Its details are made when it is first opened."""

    opened = Signal(str)
    """Its id: it was opened, show its proof."""
    retry_asked = Signal(str)
    """Its id: try again from its moment."""
    acted = Signal(str, str)
    """Its id, and one of `actions` by name."""

    def __init__(
        self, line: Line, reading: Reading, *, can_retry: bool, own: bool, actions: Callable[[Line], Sequence[Action]]
    ) -> None:
        super().__init__()
        self.setObjectName("checkpointRow")
        self.line = line
        self._reading = reading
        self._can_retry = can_retry
        self._own = own
        self._actions = actions
        self.head = _Head(line, reading)
        self.head.toggled.connect(self._on_toggled)
        self.head.clicked.connect(self._on_clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.head)
        self.details: QWidget | None = None

    def open(self) -> None:
        """Opens the row as a click would."""
        if not self.head.isChecked():
            self.head.click()

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        if on and self.details is None:
            self.details = self._make_details()
            self._column.addWidget(self.details)
        if self.details is not None:
            self.details.setVisible(on)
        set_property(self, "open", on)

    @Slot()
    def _on_clicked(self) -> None:
        self.opened.emit(self.line.id)

    def _make_details(self) -> QWidget:
        line, reading = self.line, self._reading
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(40, 0, 14, 12)
        column.setSpacing(6)
        reason = f"{automatic(reading, line)} {reading.reason(line)}".strip()
        column.addWidget(label(reason, "rowReason", wrap=True))
        for quote in reading.quotes(line):
            column.addWidget(label(quote, "rowQuote", wrap=True))
        absence = reading.absence(line)
        if absence:
            column.addWidget(label(absence, "rowQuote", wrap=True))
        model = reading.model(line)
        if model:
            column.addWidget(label(_("A better way to say it"), "rowLabel", wrap=True))
            column.addWidget(label(model if "«" in model else f"«{model}»", "rowModel", wrap=True))
        facts = [_("Weight {n}").format(n=line.weight)]
        if line.rule:
            facts.append(_("Rule: {rule}").format(rule=line.rule))
        column.addWidget(label(" · ".join(facts), "muted", wrap=True))
        if self._can_retry and reading.retry_at(line) is not None:
            again = button(_("Try again from here"), "quiet", "retry")
            again.setAccessibleName(f"{again.text()}: {line.title}")
            again.clicked.connect(self._on_retry)
            column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        said, actions = about(reading, line, own=self._own), self._actions(line)
        if said or actions:
            block = ReviewBlock(line.title, said, actions)
            block.acted.connect(self._on_acted)
            column.addWidget(block)
        return inside

    @Slot(str)
    def _on_acted(self, action: str) -> None:
        self.acted.emit(self.line.id, action)

    @Slot()
    def _on_retry(self) -> None:
        self.retry_asked.emit(self.line.id)


class CheckpointList(QWidget):
    """All rows by phase, with a filter. `own`: its trainee reads them; `actions`: what can be done about a line."""

    opened = Signal(str)
    retry_asked = Signal(str)
    acted = Signal(str, str)

    def __init__(
        self,
        reading: Reading,
        *,
        can_retry: bool,
        own: bool = True,
        actions: Callable[[Line], Sequence[Action]] = lambda _line: (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("checkpoints")
        self._reading = reading
        self.filters: dict[Filter, QPushButton] = {}
        self.rows: dict[str, CheckpointRow] = {}
        self._headings: list[tuple[QLabel, Sequence[str]]] = []
        group = QButtonGroup(self)
        top = Wrapping(gap=6)
        names: tuple[tuple[Filter, str], ...] = (
            ("all", _("All ({n})")),
            ("improve", _("To improve ({n})")),
            ("critical", _("Critical ({n})")),
        )
        for which, words in names:
            button = push_button(words.format(n=reading.count(which)))
            button.setProperty("kind", "chip")
            button.setCheckable(True)
            button.setAccessibleName(button.text())
            group.addButton(button)
            button.clicked.connect(self._on_filter)
            self.filters[which] = button
            top.add(button)
        inside = QWidget()
        inside.setObjectName("checkpointsInside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 4, 12, 16)
        column.setSpacing(6)
        for phase, lines in reading.phases():
            heading = label(_(PHASES[phase]), "phaseHeading", wrap=True)
            column.addWidget(heading)
            self._headings.append((heading, [line.id for line in lines]))
            for line in lines:
                row = CheckpointRow(line, reading, can_retry=can_retry, own=own, actions=actions)
                row.opened.connect(self.opened)
                row.acted.connect(self.acted)
                row.retry_asked.connect(self.retry_asked)
                self.rows[line.id] = row
                column.addWidget(row)
        self._none = label(_("Nothing here: well done."), "emptyNote", wrap=True)
        column.addWidget(self._none)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(_("Checkpoints"))
        scroll.setWidget(inside)
        self._scroll = scroll
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 10, 12, 4)
        bar.addWidget(top)
        outer.addLayout(bar)
        outer.addWidget(scroll, 1)
        self.show_only("all")

    def show_only(self, which: Filter) -> None:
        """Shows the rows that pass a filter."""
        self.filters[which].setChecked(True)
        visible = {id for id, row in self.rows.items() if shows(which, row.line)}
        for id, row in self.rows.items():
            row.setVisible(id in visible)
        for heading, ids in self._headings:
            heading.setVisible(not visible.isdisjoint(ids))
        self._none.setVisible(not visible)

    def show_row(self, id: str) -> None:
        """Scrolls to a row."""
        self._scroll.ensureWidgetVisible(self.rows[id], 0, 40)

    def shown(self) -> tuple[str, ...]:
        """The ids of the rows that pass the filter."""
        return tuple(id for id, row in self.rows.items() if not row.isHidden())

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        for row in self.rows.values():
            row.head.refresh_icons()
        redraw_icons(self)

    @Slot()
    def _on_filter(self) -> None:
        self.show_only(next(which for which, button in self.filters.items() if button is self.sender()))
