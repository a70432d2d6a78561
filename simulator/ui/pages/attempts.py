"""My attempts: go on with an unfinished one, open a debrief, play again, delete."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QVBoxLayout, QWidget

from simulator.ui.icons import icon
from simulator.ui.pages.attempts_table import (
    DATE,
    NUMBER,
    RESULT,
    SCENARIO,
    SCORE,
    AttemptsModel,
)
from simulator.ui.pages.layouts import Columns, Wrapping
from simulator.ui.pages.row_table import RowTable
from simulator.ui.pages.words import moment_text
from simulator.ui.services import AttemptRow
from simulator.ui.theme import current_look
from simulator.ui.widgets import Ask, Page, button, card, clear, empty_state, label, loading_state, picture, row
from simulator.wording import _, n_

WIDE = 700
"""From this width (pixels at 100 %) all columns have room."""


class AttemptsPage(Page):
    """What the person has practised."""

    opened = Signal(str)
    """The id of an attempt whose debrief is wanted."""
    resumed = Signal(str)
    """The id of an unfinished attempt to go on with."""
    again = Signal(str)
    """The id of a scenario to be played again."""
    deleted = Signal(str)
    """The id of an attempt to delete; the user has confirmed it."""
    progress_asked = Signal()
    """How it went from attempt to attempt."""

    def __init__(self) -> None:
        super().__init__(_("My attempts"), lead=_("Open a result, play again, or go on where you stopped."))
        self.asking: Ask | None = None
        self._doomed = ""
        self._unfinished = QVBoxLayout()
        self._unfinished.setSpacing(10)
        self.content.addLayout(self._unfinished)
        self._none = QVBoxLayout()
        self._none.addWidget(loading_state())
        self.content.addLayout(self._none)
        self.model = AttemptsModel()
        self.table = _Table(self.model)
        self.table.activated_row.connect(self._on_open)
        self.table.delete_asked.connect(self._on_delete)
        self.table.customContextMenuRequested.connect(self._on_menu)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.open_button = button(_("See the result"), "primary", "chart", about=_("See its result"))
        self.open_button.clicked.connect(self._on_open)
        self.again_button = button(_("Play again"), None, "retry", about=_("Play its scenario again"))
        self.again_button.clicked.connect(self._on_again)
        self.delete_button = button(_("Delete"), "danger", "trash", about=_("Delete this attempt"))
        self.delete_button.clicked.connect(self._on_delete)
        self.progress_button = button(_("My progress"), None, "chart", about=_("How it goes from attempt to attempt"))
        self.progress_button.clicked.connect(self.progress_asked)
        actions = Wrapping(self.open_button, self.again_button, self.delete_button, self.progress_button, gap=10)
        self._done = QWidget()
        whole = QVBoxLayout(self._done)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        self._count = label("", "heading", wrap=True)
        whole.addWidget(self._count)
        whole.addWidget(self.table, 1)
        whole.addWidget(actions)
        self._done.hide()
        self.content.addWidget(self._done, 1)
        self.content.addStretch(0)

    def show_attempts(self, rows: Sequence[AttemptRow]) -> None:
        """Shows a person's attempts, any order. The chosen row stays chosen while it exists."""
        chosen = self._chosen()
        clear(self._none)
        clear(self._unfinished)
        unfinished = sorted((row for row in rows if row.open), key=lambda row: row.started, reverse=True)
        finished = [row for row in rows if not row.open]
        if unfinished:
            self._unfinished.addWidget(label(_("To be finished"), "heading", wrap=True))
        for attempt in unfinished:
            self._unfinished.addWidget(self._open_card(attempt))
        if unfinished and finished:
            self._unfinished.addSpacing(8)
        if not rows:
            self._none.addWidget(
                empty_state(
                    "attempts",
                    _("No attempts yet"),
                    _("When you finish your first call, its result stays here, with what to keep and what to improve."),
                )
            )
            self._none.addStretch(1)
        self._done.setVisible(bool(finished))
        self._count.setText(n_("{n} finished attempt", "{n} finished attempts", len(finished)).format(n=len(finished)))
        self.model.put(finished)
        self.table.fit()
        if finished:
            place = self.model.row_of(chosen.id) if chosen is not None else None
            self.table.selectRow(place or 0)
        self._on_selection()

    def refresh_icons(self) -> None:
        super().refresh_icons()
        self.table.fit()

    def _open_card(self, attempt: AttemptRow) -> QFrame:
        frame, inside = card()
        inside.setContentsMargins(18, 14, 18, 14)
        about = QWidget()
        words = QVBoxLayout(about)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(3)
        words.addWidget(label(attempt.title, "rowTitle", wrap=True))
        said = _("Begun {moment} · attempt {number} of {total}").format(
            moment=moment_text(attempt.started), number=attempt.number, total=attempt.total
        )
        if attempt.exam:
            said = _("Exam, begun {moment}: its time runs on").format(moment=moment_text(attempt.started))
        words.addWidget(label(said, "small", wrap=True))
        go_on = button(_("Go on"), "primary", "play", about=_("Go on with «{title}»").format(title=attempt.title))
        go_on.setProperty("attempt", attempt.id)
        go_on.clicked.connect(self._on_resume)
        drop = button("", "quiet", "trash", about=_("Delete «{title}»").format(title=attempt.title))
        drop.setProperty("attempt", attempt.id)
        drop.setProperty("title", attempt.title)
        drop.setProperty("recorded", attempt.recorded)
        drop.clicked.connect(self._on_drop)
        drop.setVisible(not attempt.exam)
        whole = row(picture("clock" if attempt.exam else "pause", 22, "warning"), spacing=14)
        whole.addWidget(Columns(about, Wrapping(go_on, drop), least=420, shares=(1, 0), middle=True, gap=12), 1)
        inside.addLayout(whole)
        return frame

    def _chosen(self) -> AttemptRow | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.attempt(rows[0].row()) if rows else None

    def _on_selection(self) -> None:
        chosen = self._chosen()
        for made in (self.open_button, self.again_button):
            made.setEnabled(chosen is not None)
        kept = _("Delete this attempt")
        if chosen is not None and chosen.submitted:
            kept = _("It was submitted: who reviews it decides about deleting it.")
        elif chosen is not None and chosen.exam:
            kept = _("It was an exam: its tries are counted and cannot be deleted here.")
        self.delete_button.setEnabled(_may_delete(chosen))
        self.delete_button.setToolTip(kept)

    def _on_open(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.opened.emit(chosen.id)

    def _on_again(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.again.emit(chosen.scenario)

    def _on_resume(self) -> None:
        self.resumed.emit(str(self.sender().property("attempt")))

    def _on_drop(self) -> None:
        made = self.sender()
        self._ask(str(made.property("attempt")), str(made.property("title")), recorded=bool(made.property("recorded")))

    def _on_delete(self) -> None:
        chosen = self._chosen()
        if chosen is not None and _may_delete(chosen):
            self._ask(chosen.id, f"{chosen.title} · {moment_text(chosen.started)}", recorded=chosen.recorded)

    def _ask(self, attempt: str, title: str, *, recorded: bool) -> None:
        self._doomed = attempt
        text = _("«{title}» and its result are deleted for good. This cannot be undone.")
        if recorded:
            text = _("«{title}», its result and its recording are deleted for good. This cannot be undone.")
        self.asking = Ask(
            self.window(),
            _("Delete this attempt?"),
            text.format(title=title),
            [("delete", _("Delete for good"), "danger"), ("keep", _("Keep it"), "primary")],
        )
        self.asking.buttons["keep"].setFocus()
        self.asking.answered.connect(self._on_answered)

    def _on_answered(self, answer: str) -> None:
        self.asking = None
        if answer == "delete":
            self.deleted.emit(self._doomed)
        self._doomed = ""
        self.table.setFocus()

    def _on_menu(self, at: QPoint) -> None:
        if self._chosen() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for made, name, run in (
            (_("See the result"), "chart", self._on_open),
            (_("Play again"), "retry", self._on_again),
            (_("Delete"), "trash", self._on_delete),
        ):
            action = QAction(icon(name), made, menu)
            action.triggered.connect(run)
            action.setEnabled(run != self._on_delete or self.delete_button.isEnabled())
            menu.addAction(action)
        menu.popup(self.table.viewport().mapToGlobal(at))


def _may_delete(attempt: AttemptRow | None) -> bool:
    return attempt is not None and not attempt.submitted and not attempt.exam


class _Table(RowTable):
    """The table: one row is chosen; Enter or a double click opens it, Delete deletes it."""

    activated_row = Signal()
    delete_asked = Signal()

    def __init__(self, model: AttemptsModel) -> None:
        super().__init__(_("Finished attempts"), model, chips=(RESULT,))
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSortingEnabled(True)
        header = self.horizontalHeader()
        header.setSortIndicator(DATE, Qt.SortOrder.DescendingOrder)
        header.sectionResized.connect(self.resizeRowsToContents)
        self.doubleClicked.connect(self._on_double)

    def fit(self) -> None:
        """Columns as wide as they need, the scenario takes the rest; a few rows are always in sight."""
        header = self.horizontalHeader()
        for column in (DATE, NUMBER, SCORE, RESULT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SCENARIO, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(current_look().px(60))
        self.setMinimumHeight(current_look().px(260))
        self._fold(self.viewport().width())
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fold(event.size().width())
        super().resizeEvent(event)

    def _fold(self, width: int) -> None:
        """In a narrow table two columns say what five say in a wide one."""
        model = self.model()
        assert isinstance(model, AttemptsModel)
        model.compact = width < current_look().px(WIDE)
        for column in (DATE, NUMBER, SCORE):
            self.setColumnHidden(column, model.compact)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.activated_row.emit()
            case Qt.Key.Key_Delete:
                self.delete_asked.emit()
            case _:
                super().keyPressEvent(event)

    def selectRow(self, row: int) -> None:
        """Chooses a row and makes it the one that arrows move from."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _on_double(self, index: QModelIndex) -> None:  # noqa: ARG002 - the signal's signature
        self.activated_row.emit()
