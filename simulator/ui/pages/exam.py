"""Before an exam: all its rules in plain words, the situation, and how the earlier tries went."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from simulator.settings import Settings
from simulator.ui.pages.briefing import facts, knowledge, situation
from simulator.ui.pages.layouts import Columns
from simulator.ui.pages.words import RESULT_TONES, difficulty_text, moment_text, result_text
from simulator.ui.services import AttemptRow, BriefingView, ExamEntry
from simulator.ui.widgets import Ask, Page, badge, button, card, clear, label, picture, row
from simulator.wording import _, n_


class ExamPage(Page):
    """The rules of an exam, and the way into it."""

    begin = Signal()
    """The next try is to begin; the trainee has confirmed it."""
    go_on = Signal(str)
    """The id of the try that is not over, to go on with."""
    back = Signal()
    """Back to the library."""

    def __init__(self) -> None:
        super().__init__("")
        self.asking: Ask | None = None
        self._exam: ExamEntry | None = None
        self.back_button = button(_("Back to the library"), "quiet", "back")
        self.back_button.setObjectName("backButton")
        self.back_button.clicked.connect(self.back)
        self.content.insertLayout(0, row(self.back_button, 1))
        self._body = QVBoxLayout()
        self.content.addLayout(self._body)
        self.content.addStretch(1)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.back)

    def show_exam(
        self, exam: ExamEntry, view: BriefingView | None, tries: Sequence[AttemptRow], settings: Settings
    ) -> None:
        """Shows an exam. `view`: what its next try is about, None when no try is left; `tries`: those so far."""
        self._exam = exam
        self.heading.setText(exam.title)
        self.setAccessibleName(exam.title)
        self.lead.setText(exam.summary)
        self.lead.setVisible(bool(exam.summary))
        clear(self._body)
        left, right = QWidget(), QWidget()
        main, side = QVBoxLayout(left), QVBoxLayout(right)
        for column in (main, side):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(16)
        main.addWidget(self._rules(exam, view, settings))
        if view is not None:
            main.addWidget(situation(view))
            side.addWidget(facts(view))
        if tries:
            side.addWidget(_tries(tries))
        if view is not None and view.cards:
            side.addWidget(knowledge(view.cards))
        side.addStretch(1)
        self._body.addWidget(Columns(left, right, least=840, shares=(3, 2)))
        self.scroller.verticalScrollBar().setValue(0)
        (self.begin_button if self.begin_button.isEnabled() else self.back_button).setFocus()

    def _rules(self, exam: ExamEntry, view: BriefingView | None, settings: Settings) -> QFrame:
        frame, inside = card()
        inside.setSpacing(12)
        inside.addWidget(label(_("The rules of the exam"), "heading", wrap=True))
        for icon_name, text in rules(exam, view, settings):
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(picture(icon_name, 18), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(text, wrap=True), 1)
            inside.addLayout(line)
        inside.addSpacing(6)
        words = _("Go on with the exam") if exam.under_way else _("Begin the exam")
        self.begin_button = button(words, "primary", "play")
        self.begin_button.setProperty("rank", "large")
        self.begin_button.setEnabled(bool(exam.under_way) or view is not None)
        self.begin_button.clicked.connect(self._on_begin)
        inside.addLayout(row(self.begin_button, 1))
        return frame

    def _on_begin(self) -> None:
        exam = self._exam
        if exam is None:
            return
        if exam.under_way:
            self.go_on.emit(exam.under_way)
            return
        text = _("The time of {minutes} min starts at once, and try {number} of {tries} is used.").format(
            minutes=exam.minutes, number=exam.used + 1, tries=exam.tries
        )
        choices = [("begin", _("Begin now"), "primary"), ("wait", _("Not yet"), None)]
        self.asking = Ask(self.window(), _("Begin the exam?"), text, choices)  # type: ignore[arg-type]  # a list of them
        self.asking.buttons["wait"].setFocus()
        self.asking.answered.connect(self._on_answered)

    def _on_answered(self, answer: str) -> None:
        self.asking = None
        if answer == "begin":
            self.begin.emit()


def rules(exam: ExamEntry, view: BriefingView | None, settings: Settings) -> list[tuple[str, str]]:
    """The rules of an exam, each with its icon, as a trainee should know them before they begin."""
    said = [("clock", _("You have {n} minutes from the moment you begin.").format(n=exam.minutes))]
    said.append(
        (
            "pause",
            _(
                "Nothing stops that time: there is no pause, and it goes on if the program is closed or the computer "
                "sleeps, which is noted. While there is time left you can come back."
            ),
        )
    )
    if exam.under_way:
        tries = _("Your try {number} of {tries} is going on now.").format(number=exam.used, tries=exam.tries)
    elif exam.used < exam.tries:
        tries = _("This is your try {number} of {tries}. It counts from the moment you begin, also if you leave it.")
        tries = tries.format(number=exam.used + 1, tries=exam.tries)
    else:
        tries = n_("You have used your only try.", "You have used all your {n} tries.", exam.tries)
        tries = tries.format(n=exam.tries)
    said.append(("retry", tries))
    mark = _("You pass with {mark} points or more, if no critical checkpoint fails.").format(mark=exam.pass_mark)
    said.append(("target", mark))
    if exam.difficulty is not None:
        said.append(("speed", difficulty_text(exam.difficulty)))
    said.append(("lightbulb", _("There are no hints, and nothing can be tried again from a moment.")))
    if view is not None and view.spoken:
        said.append(("captions", _captions(exam, settings)))
        if settings.input_mode != "typed":
            said.append(("mic", _("What you say counts as it is heard: you cannot mend it before it is sent.")))
    said.append(
        (
            "users",
            _(
                "Your trainer and human resources see this exam and its result, whatever it is, also if you withdraw "
                "or leave it unfinished. It cannot be deleted."
            ),
        )
    )
    return said


def _captions(exam: ExamEntry, settings: Settings) -> str:
    if not exam.captions:
        return _("There are no captions. If no voice can be heard, the words are shown, and that is noted.")
    if settings.captions_for_access:
        return _("You have captions, because your settings say that you need them. That is noted.")
    return _("There are no captions. If you need them to follow what is said, say so in the settings before you begin.")


def _tries(tries: Sequence[AttemptRow]) -> QFrame:
    frame, inside = card()
    inside.addWidget(label(_("Your tries"), "heading", wrap=True))
    for number, attempt in enumerate(tries, start=1):
        when = label(
            _("Try {number} · {moment}").format(number=number, moment=moment_text(attempt.started)), "small", wrap=True
        )
        result = _("Going on") if attempt.open else result_text(attempt.result or "not-scored", attempt.score)
        chip = badge(result, RESULT_TONES.get(attempt.result or "", "neutral"))
        inside.addWidget(Columns(when, chip, least=240, shares=(1, 0), middle=True, gap=6))
    return frame
