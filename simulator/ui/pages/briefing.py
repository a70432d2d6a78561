"""Before a call: the situation, what may be looked up, what will be marked, and how to take it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from simulator.scenario.acts import vocabulary_of
from simulator.session.telling import PHASES, phase_name
from simulator.settings import Intensity, Settings
from simulator.ui.pages.layouts import Columns
from simulator.ui.pages.pieces import Choice, Switch, effort, fact, setting_row
from simulator.ui.pages.words import (
    GUIDED,
    LEVELS,
    channel_icon,
    channel_name,
    difficulty_text,
)
from simulator.ui.services import BriefingView, CallOptions, CheckpointRow
from simulator.ui.theme import current_look
from simulator.ui.widgets import Page, badge, button, card, clear, divider, label, picture, row, set_icon
from simulator.wording import _, n_


class BriefingPage(Page):
    """What is told before a call, and the choices it leaves."""

    take = Signal(object)
    """The call is taken, with these `CallOptions`."""
    back = Signal()
    """Back to the library."""

    def __init__(self) -> None:
        super().__init__("")
        self._view: BriefingView | None = None
        self._guided = False
        self._asks_to_record = False
        self._keep_days = 30
        self.back_button = button(_("Back to the library"), "quiet", "back")
        self.back_button.setObjectName("backButton")
        self.back_button.clicked.connect(self.back)
        self.content.insertLayout(0, row(self.back_button, 1))
        self._body = QVBoxLayout()
        self.content.addLayout(self._body)
        self.content.addStretch(1)
        self.take_button = button(_("Take the call"), "primary", "phone-ringing")
        self.take_button.setProperty("rank", "large")
        self.take_button.clicked.connect(self._on_take)
        self._summary = label("", "muted", wrap=True)
        self._foot = QFrame()
        self._foot.setObjectName("pageFoot")
        self._foot_inside = QWidget()
        outer = QHBoxLayout(self._foot)
        outer.setContentsMargins(0, 0, self.scroller.verticalScrollBar().sizeHint().width(), 0)
        outer.addWidget(self._foot_inside)
        self._foot_row = foot = QHBoxLayout(self._foot_inside)
        foot.setSpacing(20)
        foot.addWidget(self._summary, 1)
        foot.addWidget(self.take_button)
        self._foot.hide()
        self.layout().addWidget(self._foot)  # type: ignore[union-attr]  # Page lays itself out
        self.hints = Switch(_("Hints during the call"))
        self.captions = Switch(_("Captions of what the customer says"))
        self.record = Switch(_("Record this call"))
        self.mild = Switch(_("Milder language"))
        self.difficulty = Choice([])
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.back)
        self._fit_foot()

    def show_briefing(self, view: BriefingView, settings: Settings) -> None:
        """Shows a scenario before its call. The guided first call leaves little to choose: hints are on."""
        self._view = view
        self._guided = view.id == GUIDED
        self.heading.setText(view.title)
        self.setAccessibleName(view.title)
        clear(self._body)
        self.hints = Switch(_("Hints during the call"))
        self.hints.setChecked(settings.hints or self._guided)
        self.hints.toggled.connect(self._say_summary)
        self.captions = Switch(_("Captions of what the customer says"))
        self.captions.setChecked(settings.captions)
        self.captions.toggled.connect(self._say_summary)
        self.mild = Switch(_("Milder language"))
        self.mild.setChecked(settings.intensity == "mild")
        self.record = Switch(_("Record this call"))
        self._asks_to_record = view.spoken and settings.record_calls and settings.input_mode != "typed"
        self._keep_days = settings.keep_recordings_days
        left, right = QWidget(), QWidget()
        main, side = QVBoxLayout(left), QVBoxLayout(right)
        for column in (main, side):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(16)
        main.addWidget(situation(view))
        if view.strong:
            main.addWidget(_notice(self.mild))
        main.addWidget(_marked(view))
        side.addWidget(facts(view))
        side.addWidget(self._options(view))
        if view.cards:
            side.addWidget(knowledge(view.cards))
        self._body.addWidget(Columns(left, right, least=840, shares=(3, 2)))
        self._foot.show()
        by_telephone = vocabulary_of(view.channel).by_telephone
        begin = _("Take the call") if by_telephone else _("Begin")
        self.take_button.setText(begin)
        self.take_button.setAccessibleName(begin)
        set_icon(self.take_button, "phone-ringing" if by_telephone else channel_icon(view.channel), 18, "on-accent")
        self._say_summary()
        self.scroller.verticalScrollBar().setValue(0)
        self.take_button.setFocus()

    def refresh_icons(self) -> None:
        super().refresh_icons()
        self._fit_foot()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_foot()

    def _fit_foot(self) -> None:
        """The foot's words and button stand under the edges of what is above; without room the button comes first."""
        self._foot_inside.setMaximumWidth(self.content_width)
        roomy = self.width() >= current_look().px(560)
        self._summary.setVisible(roomy)
        side = 32 if roomy else 14
        self._foot_row.setContentsMargins(side, 14, side, 14)

    @property
    def options(self) -> CallOptions:
        """What is chosen now."""
        level = int(self.difficulty.value or (self._view.difficulty if self._view else 1))
        record = self._asks_to_record and self.record.isChecked()
        mild: Intensity = "mild" if self.mild.isChecked() else "full"
        intensity = mild if self._view is not None and self._view.strong else None
        return CallOptions(self.hints.isChecked(), self.captions.isChecked(), level, self._guided, record, intensity)

    def _options(self, view: BriefingView) -> QFrame:
        frame, inside = card()
        inside.setSpacing(14)
        inside.addWidget(label(_("How you take it"), "heading", wrap=True))
        self.difficulty = Choice([(str(level), str(level), difficulty_text(level)) for level in range(1, LEVELS + 1)])
        self.difficulty.put(str(view.difficulty))
        self.difficulty.chosen.connect(self._say_difficulty)
        self._effect = label("", "small", wrap=True)
        if self._guided:
            inside.addWidget(
                label(_("The guide shows you the desk step by step; you can skip it."), "muted", wrap=True)
            )
        else:
            inside.addWidget(
                setting_row(
                    _("Hints"), _("Ask for help during the call, in small steps. The mark does not change."), self.hints
                )
            )
        if view.spoken:
            inside.addWidget(setting_row(_("Captions"), _("Read on screen what the customer says."), self.captions))
        if self._asks_to_record:
            said = n_(
                "Both voices are kept on this computer for {n} day. You can delete them at any time.",
                "Both voices are kept on this computer for {n} days. You can delete them at any time.",
                self._keep_days,
            )
            inside.addWidget(setting_row(_("Record this call"), said.format(n=self._keep_days), self.record))
        if not self._guided:
            inside.addWidget(divider())
            inside.addWidget(label(_("Difficulty"), "rowTitle"))
            inside.addWidget(self.difficulty)
            inside.addWidget(self._effect)
            self._say_difficulty()
        return frame

    def _say_difficulty(self) -> None:
        assert self._view is not None
        chosen, written = self.options.difficulty, self._view.difficulty
        if chosen < written:
            said = _("Easier than planned: the customer waits longer and forgives more.")
        elif chosen > written:
            said = _("Harder than planned: patience runs out sooner and every fault weighs more.")
        else:
            said = _("As the case was planned.")
        self._effect.setText(said)
        self._say_summary()

    def _say_summary(self) -> None:
        view, chosen = self._view, self.options
        if view is None:
            return
        parts = [
            _("About {n} minutes").format(n=view.minutes),
            _("{mark} points to pass").format(mark=view.pass_mark),
            _("with hints") if chosen.hints else _("without hints"),
        ]
        if view.spoken:
            parts.append(_("with captions") if chosen.captions else _("without captions"))
        if not self._guided:
            parts.append(difficulty_text(chosen.difficulty).lower())
        self._summary.setText(" · ".join(parts))

    def _on_take(self) -> None:
        if self._view is not None:
            self.take.emit(self.options)


def _notice(mild: Switch) -> QFrame:
    """What a trainee should know before they meet offensive language, and what they may do about it."""
    frame, inside = card()
    inside.addWidget(label(_("Offensive language"), "heading", wrap=True))
    said = _(
        "In this practice a customer uses offensive language, as happens at work. It is not about you. You may leave "
        "at any time with «Leave»: leaving has no mark and no one is told."
    )
    inside.addWidget(label(said, wrap=True))
    inside.addWidget(
        setting_row(_("Milder language"), _("The insults are softened; what is marked does not change."), mild)
    )
    return frame


def situation(view: BriefingView) -> QFrame:
    """What the author tells before it begins."""
    frame, inside = card()
    inside.addWidget(label(_("The situation"), "heading", wrap=True))
    # A single line break is how the file was wrapped; an empty line is a paragraph.
    for paragraph in view.text.split("\n\n"):
        inside.addWidget(label(" ".join(paragraph.split()), "readText", wrap=True))
    return frame


def facts(view: BriefingView) -> QFrame:
    """Channel, company, hour, customer, and what it takes."""
    frame, inside = card()
    inside.setSpacing(12)
    inside.addLayout(row(picture(channel_icon(view.channel), 18), label(channel_name(view.channel), "heading"), 1))
    if view.company:
        inside.addWidget(fact(_("Company"), view.company))
    if view.area:
        inside.addWidget(fact(_("Area"), view.area))
    inside.addWidget(fact(_("Time of day"), view.clock))
    inside.addWidget(fact(_("Customer"), view.customer or _("You will find out on the call")))
    if view.customer_about:
        inside.addWidget(label(view.customer_about, "muted", wrap=True))
    inside.addWidget(effort(view.difficulty, view.minutes))
    return frame


def knowledge(titles: Sequence[str]) -> QFrame:
    """What may be looked up meanwhile."""
    frame, inside = card()
    inside.addWidget(label(_("At hand during the call"), "heading", wrap=True))
    for title in titles:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(picture("book", 16), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(title, wrap=True), 1)
        inside.addLayout(line)
    return frame


def _marked(view: BriefingView) -> QFrame:
    frame, inside = card()
    inside.setSpacing(14)
    inside.addWidget(label(_("What will be marked"), "heading", wrap=True))
    count, criticals = len(view.checkpoints), sum(row.critical for row in view.checkpoints)
    said = n_("{n} checkpoint", "{n} checkpoints", count).format(n=count)
    if criticals:
        said += ", " + n_("{n} of them critical", "{n} of them critical", criticals).format(n=criticals)
    inside.addWidget(
        label(_("{count}. Beside each, what you will read when it is met.").format(count=said), "muted", wrap=True)
    )
    known = list(PHASES)
    phases = sorted({r.phase for r in view.checkpoints}, key=lambda p: known.index(p) if p in known else len(known))
    for phase in phases:
        inside.addWidget(divider())
        inside.addWidget(label(phase_name(phase), "phaseTitle", wrap=True))
        for checkpoint in view.checkpoints:
            if checkpoint.phase == phase:
                inside.addLayout(_checkpoint(checkpoint))
    return frame


def _checkpoint(checkpoint: CheckpointRow) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(12)
    mark = picture("star-filled", 18, "bad") if checkpoint.critical else picture("target", 18, "faint")
    line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(3)
    words.addWidget(label(checkpoint.title, "rowTitle", wrap=True))
    if checkpoint.critical:
        words.addWidget(label(_("★ critical: if it fails, not passed"), "criticalText", wrap=True))
    words.addWidget(label(checkpoint.text, "muted", wrap=True))
    line.addLayout(words, 1)
    line.addWidget(badge(_("Weight {n}").format(n=checkpoint.weight)), 0, Qt.AlignmentFlag.AlignTop)
    return line
