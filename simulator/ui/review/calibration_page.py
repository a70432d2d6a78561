"""Calibration: words to be judged without the program's verdict, then how far both agree and where they do not."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from simulator.protocol.catalogue import Verdict
from simulator.records.assessing import Blind, Calibration
from simulator.records.labels import Label
from simulator.scoring.calibration import Agreement
from simulator.ui.pages.layouts import Wrapping
from simulator.ui.widgets import Page, button, card, clear, divider, empty_state, label, loading_state, push_button
from simulator.wording import _, n_, render

FEW = 30
"""Below so many judgements κ says little."""


class CalibrationPage(Page):
    """Two sides: judging, and the figures. It knows nothing of the store."""

    judged = Signal(object, bool)
    """A `Blind`, and whether the trainer finds the checkpoint met."""
    more = Signal()
    """More words to judge."""
    export = Signal()
    """Write the judgements as labelled replies."""

    def __init__(self) -> None:
        super().__init__(
            _("Calibration"),
            lead=_("Judge some replies without knowing what the program found; then see how far you agree."),
            width=860,
        )
        self.sides: dict[str, QPushButton] = {}
        group, chips = QButtonGroup(self), Wrapping(gap=8)
        for name, words in (("judge", _("Judge")), ("figures", _("Agreement"))):
            made = push_button(words)
            made.setProperty("kind", "chip")
            made.setCheckable(True)
            made.setAccessibleName(words)
            made.clicked.connect(self._on_side)
            group.addButton(made)
            chips.add(made)
            self.sides[name] = made
        self.content.addWidget(chips)
        self._sample: list[Blind] = []
        self.left_out: list[Blind] = []
        self._judging = QWidget()
        self._words = QVBoxLayout(self._judging)
        self._words.setContentsMargins(0, 0, 0, 0)
        self.yes_button = button(_("Met (S)"), "success", "check", about=_("The reply meets the checkpoint"))
        self.no_button = button(_("Not met (N)"), "danger", "cross", about=_("The reply does not meet the checkpoint"))
        self.skip_button = button(_("Leave it out"), "quiet", about=_("It cannot be judged by these words alone"))
        for made, key in ((self.yes_button, "S"), (self.no_button, "N")):
            made.setShortcut(key)
            made.clicked.connect(self._on_judged)
        self.skip_button.clicked.connect(self._on_skipped)
        self._answers = Wrapping(self.yes_button, self.no_button, self.skip_button, gap=10)
        self._figures = QWidget()
        self._table = QVBoxLayout(self._figures)
        self._table.setContentsMargins(0, 0, 0, 0)
        self._table.setSpacing(12)
        self.content.addWidget(self._judging)
        self.content.addWidget(self._answers)
        self.content.addWidget(self._figures)
        self.content.addStretch(1)
        self._words.addWidget(loading_state())
        self._answers.hide()
        self.show_side("judge")

    @property
    def present(self) -> Blind | None:
        """What is to be judged now."""
        return self._sample[0] if self._sample else None

    def show_side(self, name: str) -> None:
        """Shows `judge` or `figures`."""
        self.sides[name].setChecked(True)
        self._judging.setVisible(name == "judge")
        self._answers.setVisible(name == "judge" and self.present is not None)
        self._figures.setVisible(name == "figures")

    def show_sample(self, sample: Sequence[Blind]) -> None:
        """Shows words to judge, one after the other; those that were left out stay so."""
        self._sample = [blind for blind in sample if blind not in self.left_out]
        self._show_present()

    def show_figures(self, found: Calibration) -> None:
        """Shows how far both agree, and where they do not."""
        clear(self._table)
        if not found.whole.total:
            text = _("Once you have judged some replies, the agreement with the program appears here.")
            self._table.addWidget(empty_state("target", _("Nothing judged yet"), text))
            return
        self._table.addWidget(label(_figures(found.whole), "heading", wrap=True))
        if found.whole.total < FEW:
            self._table.addWidget(
                label(_("With few judgements the interval is wide: go on judging."), "muted", wrap=True)
            )
        frame, inside = card()
        for number, (title, agreement) in enumerate(found.checkpoints.values()):
            if number:
                inside.addWidget(divider())
            inside.addWidget(label(title, "rowTitle", wrap=True))
            inside.addWidget(label(_figures(agreement), "small", wrap=True))
        self._table.addWidget(frame)
        self.export_button = button(
            _("Save these"),
            None,
            "download",
            about=_("Write all judgements to a file that evaluate reads"),
        )
        self.export_button.clicked.connect(self.export)
        self._table.addWidget(Wrapping(self.export_button))
        if found.differing:
            self._table.addWidget(label(_("Where you and the program differ"), "heading", wrap=True))
        for different in found.differing:
            self._table.addWidget(_difference(different))

    def _show_present(self) -> None:
        clear(self._words)
        now = self.present
        self._answers.setVisible(now is not None and self.sides["judge"].isChecked())
        if now is None:
            text = _("You judged everything that there is. When more attempts are submitted, there will be more.")
            self._words.addWidget(empty_state("check-circle", _("Nothing to judge"), text))
            return
        frame, inside = card()
        left = n_("{n} reply left", "{n} replies left", len(self._sample)).format(n=len(self._sample))
        inside.addWidget(label(f"{now.scenario} · {left}", "small", wrap=True))
        inside.addWidget(label(now.title, "title", wrap=True))
        inside.addWidget(label(_("It is met when this is true: «{meaning}»").format(meaning=now.meaning), wrap=True))
        inside.addWidget(divider())
        if now.before:
            inside.addWidget(label(_("Said before"), "small", wrap=True))
            inside.addWidget(label(now.before, "muted", wrap=True))
        inside.addWidget(label(_("The agent's reply"), "small", wrap=True))
        inside.addWidget(label(now.words, "factText", wrap=True, selectable=True))
        self._words.addWidget(frame)

    @Slot()
    def _on_judged(self) -> None:
        now = self.present
        if now is not None:
            self.judged.emit(now, self.sender() is self.yes_button)
            self._next()

    @Slot()
    def _on_skipped(self) -> None:
        self.left_out += self._sample[:1]
        self._next()

    def _next(self) -> None:
        self._sample = self._sample[1:]
        if self._sample:
            self._show_present()
        else:
            self.more.emit()

    @Slot()
    def _on_side(self) -> None:
        self.show_side(next(name for name, made in self.sides.items() if made is self.sender()))


def _figures(agreement: Agreement) -> str:
    low, high = agreement.interval
    if low == high and agreement.total < FEW:
        said = _("{agreed} of {total} alike · too few for κ")
        return said.format(agreed=agreement.both + agreement.neither, total=agreement.total)
    said = _("κ {kappa} (95 %: {low} to {high}) · {agreed} of {total} alike")
    return said.format(
        kappa=_decimal(agreement.kappa),
        low=_decimal(low),
        high=_decimal(high),
        agreed=agreement.both + agreement.neither,
        total=agreement.total,
    )


def _decimal(figure: float) -> str:
    return f"{figure:.2f}".replace(".", ",").replace("-", "−")  # the sign of minus


def _difference(different: Label) -> QWidget:
    frame, inside = card()
    inside.setContentsMargins(18, 14, 18, 14)
    inside.setSpacing(4)
    inside.addWidget(label(different.title, "rowTitle", wrap=True))
    person = render(f"verdict-{(Verdict.MET if different.met else Verdict.MISSED).value}", {})
    said = _("{reviewer}: {person} · the program: {program}")
    program = render(f"verdict-{different.verdict}", {})
    inside.addWidget(label(said.format(reviewer=different.reviewer, person=person, program=program), wrap=True))
    inside.addWidget(label(different.reason, "muted", wrap=True))
    if different.quote:
        inside.addWidget(label(f"«{different.quote}»", "rowQuote", wrap=True))
    return frame
