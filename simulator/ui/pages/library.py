"""The library: the scenarios as cards, by channel; the guided first call on top while it is not done."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from simulator.ui.pages.growing import Batch, Growing
from simulator.ui.pages.layouts import CardGrid, Columns, follow_width
from simulator.ui.pages.pieces import CardButton, Choice, effort, repolish
from simulator.ui.pages.words import (
    CHANNELS,
    GUIDED,
    RESULT_TONES,
    channel_icon,
    channel_name,
    difficulty_text,
    folded,
    minutes_text,
    result_text,
)
from simulator.ui.services import ExamEntry, LibraryEntry
from simulator.ui.theme import current_look
from simulator.ui.widgets import (
    Page,
    badge,
    button,
    card,
    clear,
    empty_state,
    label,
    loading_state,
    picture,
    redraw_icons,
    row,
)
from simulator.wording import _, n_

BATCH = 6
"""Cards that are made together: whole rows, in two columns as in three."""


class LibraryPage(Page):
    """The scenarios to choose from."""

    chosen = Signal(str)
    """The id of a scenario to be briefed on."""
    exam_chosen = Signal(str)
    """The id of an exam whose rules are wanted."""
    guided = Signal()
    """The guided first call is wanted."""
    refresh_asked = Signal()
    """The scenario files are to be read again."""

    def __init__(self) -> None:
        super().__init__(
            _("Library"), lead=_("Choose a practice. Before the call you will see the situation and what is marked.")
        )
        self._entries: tuple[LibraryEntry, ...] = ()
        self._exams: tuple[ExamEntry, ...] = ()
        self._texts: dict[LibraryEntry, str] = {}
        self._guided_done = True
        self._shown = False
        self.refresh_button = button(_("Refresh"), "quiet", "retry", about=_("Read the scenario files again"))
        self.refresh_button.clicked.connect(self.refresh_asked)
        self._feature = QVBoxLayout()
        self.content.addLayout(self._feature)
        self.search = QLineEdit()
        self.search.setObjectName("searchField")
        self.search.setPlaceholderText(_("Search by title, subject or channel"))
        self.search.setAccessibleName(_("Search in the library"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search_anew)
        self.filter = Choice(
            [
                ("all", _("All"), _("Show all practices")),
                ("new", _("Not practised"), _("Show those not practised yet")),
                ("open", _("Not passed"), _("Show those practised and not passed yet")),
                ("exams", _("Exams"), _("Show the exams only")),
            ]
        )
        self.filter.put("all")
        self.filter.chosen.connect(self._search_anew)
        finder = QWidget()
        row = QHBoxLayout(finder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.search, 1)
        row.addWidget(self.refresh_button)
        self._bar = Columns(finder, self.filter, least=900, shares=(1, 1), middle=True)
        self.content.addWidget(self._bar)
        self.reading = label("", "muted", wrap=True)
        self.reading.hide()
        self.content.addWidget(self.reading)
        self._state = QVBoxLayout()
        self._state.addWidget(loading_state())
        self._bar.hide()
        self.content.addLayout(self._state)
        self.cards = Growing(self.scroller)
        self.content.addWidget(self.cards)
        self.content.addStretch(1)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._to_search)

    def show_library(
        self, entries: Sequence[LibraryEntry], guided_done: bool, unread: int = 0, exams: Sequence[ExamEntry] = ()
    ) -> None:
        """Shows the scenarios in their order, and the exams; broken ones apart, with their diagnostics. `unread`: files
        that are still to be read."""
        self._entries = tuple(entries)
        self._exams = tuple(exams)
        kept = self._texts.keys() & set(self._entries)
        self._texts = {entry: self._texts[entry] for entry in kept}
        self._guided_done = guided_done
        self._shown = True
        said = n_("{n} more file is being read.", "{n} more files are being read.", unread)
        self.reading.setText(said.format(n=unread))
        self.reading.setVisible(unread > 0)
        clear(self._feature)
        featured = self._featured()
        if featured is not None:
            self._feature.addWidget(self._feature_card(featured))
            QWidget.setTabOrder(self.guided_button, self.search)
        self._bar.show()
        self.search.setVisible(bool(self._entries))
        for made in self.filter.buttons.values():
            made.setVisible(bool(self._entries))
        self.filter.buttons["exams"].setVisible(bool(self._exams))
        if not self._exams and self.filter.value == "exams":
            self.filter.put("all")
        self._show_matches()

    def broken_cards(self) -> list["BrokenCard"]:
        """The cards of broken scenarios that are shown."""
        return [made for made in self.findChildren(BrokenCard) if not made.isHidden()]

    def _featured(self) -> LibraryEntry | None:
        guided = next((entry for entry in self._entries if entry.id == GUIDED and not entry.broken), None)
        return None if self._guided_done else guided

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _search_anew(self) -> None:
        self.scroller.verticalScrollBar().setValue(0)
        self._show_matches()

    def _show_matches(self) -> None:
        if not self._shown:
            return
        clear(self._state)
        featured = self._featured()
        words, which = folded(self.search.text()).split(), self.filter.value
        found = [e for e in self._entries if e is not featured and self._matches(e, words, which)]
        exams = [e for e in self._exams if which in ("all", "exams") and _names(e, words)]
        broken: list[LibraryEntry | ExamEntry] = [e for e in found if e.broken]
        broken += [e for e in exams if e.broken]
        playable = self._playable([e for e in found if not e.broken])
        self.cards.put([*playable, *self._to_sit([e for e in exams if not e.broken]), *_broken(broken)])
        if not self._entries:
            self._state.addWidget(self._nothing_at_all())
        elif not found and not exams and (words or which != "all"):
            self._state.addWidget(self._nothing_found())

    def _matches(self, entry: LibraryEntry, words: Sequence[str], which: str) -> bool:
        if which == "exams":
            return False
        if which == "new" and (entry.attempts or entry.broken):
            return False
        if which == "open" and (not entry.attempts or entry.last_result == "passed" or entry.broken):
            return False
        return not words or all(word in self._text(entry) for word in words)

    def _text(self, entry: LibraryEntry) -> str:
        """What the search looks through, folded once: each key would otherwise fold the whole library."""
        if entry not in self._texts:
            parts = (entry.title, entry.summary, channel_name(entry.channel), entry.id, entry.file)
            self._texts[entry] = folded(" ".join(parts))
        return self._texts[entry]

    def _playable(self, entries: Sequence[LibraryEntry]) -> Iterator[Batch]:
        """A heading for each channel, and its cards."""
        groups: dict[str, list[LibraryEntry]] = {}
        for entry in entries:
            groups.setdefault(entry.channel, []).append(entry)
        order = {channel: place for place, channel in enumerate(CHANNELS)}
        for channel in sorted(groups, key=lambda name: (order.get(name, len(order)), name)):
            group = groups[channel]
            yield _head(channel_icon(channel), channel_name(channel), len(group))
            for start in range(0, len(group), BATCH):
                some = tuple(group[start : start + BATCH])
                yield Batch(some, len(some), partial(self._grid, some))

    def _to_sit(self, exams: Sequence[ExamEntry]) -> Iterator[Batch]:
        if exams:
            yield _head("flag", _("Exams"), len(exams))
        for start in range(0, len(exams), BATCH):
            some = tuple(exams[start : start + BATCH])
            yield Batch(some, len(some), partial(self._exam_grid, some))

    def _exam_grid(self, exams: Sequence[ExamEntry]) -> CardGrid:
        grid = CardGrid(least=310, gap=14)
        for exam in exams:
            made = ExamCard(exam)
            made.clicked.connect(partial(self.exam_chosen.emit, exam.id))
            grid.add(made)
        return grid

    def _grid(self, entries: Sequence[LibraryEntry]) -> CardGrid:
        grid = CardGrid(least=310, gap=14)
        for entry in entries:
            made = _ScenarioCard(entry)
            made.clicked.connect(self._on_chosen)
            grid.add(made)
        return grid

    def _feature_card(self, entry: LibraryEntry) -> QFrame:
        frame, inside = card("featureCard")
        inside.setContentsMargins(24, 22, 24, 22)
        inside.setSpacing(8)
        inside.addLayout(row(picture("headset", 24, "accent"), label(_("Begin here"), "featureEyebrow"), 1))
        inside.addWidget(label(_("Your first call, guided step by step"), "title", wrap=True))
        inside.addWidget(
            label(
                _("A friendly customer, two minutes, and a guide beside you that explains the keys of the desk."),
                wrap=True,
            )
        )
        inside.addSpacing(6)
        self.guided_button = button(_("Begin"), "primary", "play", about=_("Start the guided call"))
        self.guided_button.clicked.connect(self.guided)
        about = label(minutes_text(entry.minutes), "muted")
        inside.addLayout(row(self.guided_button, picture("clock", 16), about, 1, spacing=10))
        return frame

    def _nothing_at_all(self) -> QFrame:
        return empty_state(
            "library",
            _("There are no practices here yet"),
            _("Put scenario files into the scenarios folder, then choose «Refresh»."),
        )

    def _nothing_found(self) -> QFrame:
        made = empty_state("search", _("Nothing matches"), _("Try another word, or show all practices again."))
        self.show_all_button = button(_("Show all"))
        self.show_all_button.clicked.connect(self._on_show_all)
        made.layout().addLayout(row(1, self.show_all_button, 1))  # type: ignore[union-attr]  # empty_state lays itself out
        return made

    def _on_show_all(self) -> None:
        self.filter.put("all")
        self.search.clear()
        self._show_matches()
        self.search.setFocus()

    def _on_chosen(self) -> None:
        self.chosen.emit(str(self.sender().property("scenario")))


def _names(exam: ExamEntry, words: Sequence[str]) -> bool:
    """Whether an exam is what the search looks for."""
    text = folded(f"{exam.title} {exam.summary} {exam.id} {exam.file} {_('Exam')}")
    return all(word in text for word in words)


def _broken(entries: Sequence[LibraryEntry | ExamEntry]) -> Iterator[Batch]:
    if entries:
        yield _head("warning", _("Cannot be played"), len(entries))
    for entry in entries:
        yield Batch(entry, 1, partial(BrokenCard, entry))


def _head(icon_name: str, title: str, count: int) -> Batch:
    return Batch((title, count), 0, partial(_heading, icon_name, f"{title} ({count})"))


def _heading(icon_name: str, text: str) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(picture(icon_name, 20))
    line.addWidget(label(text, "heading", wrap=True), 1)
    follow_width(made)
    return made


class _ScenarioCard(CardButton):
    """A scenario as a card that is one button."""

    def __init__(self, entry: LibraryEntry) -> None:
        last = result_text(entry.last_result, entry.last_score) if entry.last_result else ""
        parts = [
            entry.title,
            channel_name(entry.channel),
            difficulty_text(entry.difficulty),
            minutes_text(entry.minutes),
            _("Last result: {result}").format(result=last) if last else "",
            entry.summary,
        ]
        super().__init__(". ".join(part for part in parts if part))
        self.setProperty("scenario", entry.id)
        tone = RESULT_TONES.get(entry.last_result or "", "neutral")
        channel = row(picture(channel_icon(entry.channel), 16), label(channel_name(entry.channel), "small"), 1)
        channel.setContentsMargins(0, 0, 0, 0)
        channel.addStrut(current_look().px(21))  # as high with a badge as without
        where = QWidget()
        where.setLayout(channel)
        if last or entry.attempts:
            result = badge(last, tone) if last else badge(_("Unfinished"))
            where = Columns(where, result, least=240, shares=(1, 0), middle=True, gap=6)
        self.inside.addWidget(where)
        self.inside.addWidget(label(entry.title, "heading", wrap=True))
        self.inside.addWidget(label(entry.summary, "muted", wrap=True))
        self.inside.addStretch(1)
        self.inside.addSpacing(6)
        self.inside.addWidget(effort(entry.difficulty, entry.minutes))
        self.settle()


class ExamCard(CardButton):
    """An exam as a card that is one button: its rules in short, and how the person stands at it."""

    def __init__(self, exam: ExamEntry) -> None:
        best = result_text(exam.best_result, exam.best_score) if exam.best_result else ""
        left = n_("{n} of {tries} try left", "{n} of {tries} tries left", exam.tries - exam.used)
        tries = _("Going on now") if exam.under_way else left.format(n=max(0, exam.tries - exam.used), tries=exam.tries)
        rules = _("{minutes} min · {mark} points to pass").format(minutes=exam.minutes, mark=exam.pass_mark)
        said = [_("Exam"), exam.title, tries, rules, _("Best result: {result}").format(result=best) if best else ""]
        super().__init__(". ".join(part for part in (*said, exam.summary) if part))
        self.setProperty("exam", exam.id)
        kind = row(picture("flag", 16), label(tries, "small", wrap=True), spacing=8)
        kind.setContentsMargins(0, 0, 0, 0)
        kind.addStrut(current_look().px(21))
        top: QWidget = QWidget()
        top.setLayout(kind)
        if best:
            chip = badge(best, RESULT_TONES.get(exam.best_result or "", "neutral"))
            top = Columns(top, chip, least=240, shares=(1, 0), middle=True, gap=6)
        self.inside.addWidget(top)
        self.inside.addWidget(label(exam.title, "heading", wrap=True))
        self.inside.addWidget(label(exam.summary, "muted", wrap=True))
        self.inside.addStretch(1)
        self.inside.addSpacing(6)
        self.inside.addWidget(label(rules, "small", wrap=True))
        self.settle()


class _Problems(QPlainTextEdit):
    """Diagnostics to read and copy: as high as they are, folded anywhere, since paths are long words."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setObjectName("diagnostics")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = int(self.document().size().height())  # a plain text document measures itself in lines
        margins = 2 * (self.document().documentMargin() + self.frameWidth())
        self.setFixedHeight(min(current_look().px(300), round(lines * self.fontMetrics().lineSpacing() + margins)))


class BrokenCard(QFrame):
    """A scenario that cannot be played, and why: line by line, to be read and copied."""

    def __init__(self, entry: LibraryEntry | ExamEntry) -> None:
        super().__init__()
        self.setObjectName("scenarioCard")
        self.setProperty("broken", "true")
        self._problems = "\n".join(entry.problems)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(8)
        count = len(entry.problems)
        said = n_("{n} problem", "{n} problems", count).format(n=count)
        self.toggle = button("", None, "chevron-down")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._on_toggled)
        self._said = said
        self._title = entry.title
        title = label(entry.title, "mutedHeading", wrap=True)
        inside.addWidget(Columns(title, badge(said, "bad"), least=300, shares=(1, 0), gap=8))
        inside.addWidget(
            label(
                _("The file has mistakes, so this practice is switched off until they are mended."), "muted", wrap=True
            )
        )
        self.details = QWidget()
        within = QVBoxLayout(self.details)
        within.setContentsMargins(0, 4, 0, 0)
        within.setSpacing(10)
        self.text = _Problems(self._problems)
        self.text.setAccessibleName(f"{entry.title}, {said}")
        within.addWidget(self.text)
        self.copy = button(_("Copy"), None, "copy", about=_("Copy the problems of «{title}»").format(title=entry.title))
        self.copy.clicked.connect(self._on_copy)
        within.addLayout(row(self.copy, 1))
        self.details.hide()
        inside.addLayout(row(self.toggle, 1))
        inside.addWidget(self.details)
        self._on_toggled(False)

    def _on_toggled(self, opened: bool) -> None:
        self.details.setVisible(opened)
        self.toggle.setText(_("Hide the problems") if opened else _("Show the problems"))
        self.toggle.setAccessibleName(f"{self.toggle.text()}: {self._title}, {self._said}")
        self.toggle.setProperty("iconName", "chevron-up" if opened else "chevron-down")
        redraw_icons(self)
        repolish(self.toggle)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._problems)
        self.copy.setText(_("Copied"))
