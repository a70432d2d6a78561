"""What the office looks at: lists to choose from, two days, and whether names are shown."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from simulator.records.office.question import NO_COHORT, Choices, Wanted
from simulator.records.table import words
from simulator.ui.pages.layouts import CardGrid, Wrapping
from simulator.ui.pages.pieces import Switch, repolish
from simulator.ui.pages.words import channel_name
from simulator.ui.widgets import button, label, row
from simulator.wording import _

ANYTHING: Final = "*"
"""In a list: no filter. An empty text is a choice of its own (people in no cohort)."""


class Choice(QComboBox):
    """A list whose first entry is «all». Scrolling the page over it does not change it."""

    def __init__(self, said: str, all_of_them: str) -> None:
        super().__init__()
        self._all = all_of_them
        self.setAccessibleName(said)
        self.view().setAccessibleName(said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.offer(())

    @property
    def value(self) -> str | None:
        """What is chosen; None: all."""
        found = self.currentData()
        return None if found == ANYTHING else str(found)

    def offer(self, options: Iterable[tuple[str, str]]) -> None:
        """Offers these (value, text); what is chosen stays chosen while it is there."""
        chosen = self.currentData()
        self.clear()
        self.addItem(self._all, ANYTHING)
        for value, text in options:
            self.addItem(text, value)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    def put(self, value: str | None) -> None:
        """Chooses without telling anyone; what is not offered: all."""
        self.setCurrentIndex(max(0, self.findData(ANYTHING if value is None else value)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Day(QLineEdit):
    """A day as people type it: AAAA-MM-DD."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.setAccessibleName(said)
        self.setPlaceholderText(_("YYYY-MM-DD"))
        self.setClearButtonEnabled(True)

    @property
    def value(self) -> date | None:
        """The day; None while there is none or it is no day."""
        try:
            return date.fromisoformat(self.text().strip())
        except ValueError:
            return None

    @property
    def wrong(self) -> bool:
        """Whether something is written that is no day."""
        return bool(self.text().strip()) and self.value is None


class Filters(QFrame):
    """The card with the filters; the rarer ones are shown when they are asked for."""

    changed = Signal()
    """Something else is wanted now."""
    names_changed = Signal()
    """Names are to be shown, or no longer."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 14)
        inside.setSpacing(10)
        self.cohort = Choice(_("Cohort"), _("All"))
        self.person = Choice(_("Person"), _("All"))
        self.scenario = Choice(_("Practice"), _("All"))
        self.since, self.until = Day(_("Begun from (day)")), Day(_("Begun until (day)"))
        self.channel = Choice(_("Channel"), _("All of them"))
        self.mode = Choice(_("Kind"), _("All"))
        self.result = Choice(_("Result"), _("All of them"))
        self.checkpoint = Choice(_("Checkpoint"), _("All of them"))
        self.verdict = Choice(_("Its verdict"), _("Any"))
        self._lists = (
            self.cohort, self.person, self.scenario,
            self.channel, self.mode, self.result, self.checkpoint, self.verdict,
        )  # fmt: skip
        first, self._more = CardGrid(150, 12), CardGrid(150, 12)
        for field in (self.cohort, self.person, self.scenario, self.since, self.until):
            first.add(_named(field))
        for field in (self.channel, self.mode, self.result, self.checkpoint, self.verdict):
            self._more.add(_named(field))
        self._more.hide()
        inside.addWidget(first)
        inside.addWidget(self._more)
        self.wrong = label("", "error", wrap=True)
        self.wrong.hide()
        inside.addWidget(self.wrong)
        self.more_button = button(_("More filters"), "quiet", "chevron-down")
        self.more_button.setCheckable(True)
        self.more_button.toggled.connect(self._more.setVisible)
        self.clear_button = button(_("Clear filters"), "quiet", "undo")
        self.clear_button.clicked.connect(self._on_clear)
        self.names = Switch(_("Show the names of people, here and in what is exported"))
        self.names.toggled.connect(self._on_names)
        names = QWidget()
        together = row(self.names, label(_("Show names")))
        together.setContentsMargins(0, 0, 0, 0)
        names.setLayout(together)
        inside.addWidget(Wrapping(self.more_button, self.clear_button, names, gap=10))
        self._people: Sequence[tuple[str, str, str]] = ()
        self.mode.offer([(str(code), said) for code, said in words("mode").items()])
        self.result.offer([(str(code), said) for code, said in words("result").items()])
        self.verdict.offer([(str(code), said) for code, said in words("verdict").items()])
        for one in self._lists:
            one.activated.connect(self._on_chosen)
        for day in (self.since, self.until):
            day.editingFinished.connect(self._on_chosen)
        self._last = self.wanted

    @property
    def wanted(self) -> Wanted:
        """What is chosen now."""
        return Wanted(
            cohort=self.cohort.value,
            person=self.person.value,
            scenario=self.scenario.value,
            channel=self.channel.value,
            mode=self.mode.value,
            since=self.since.value,
            until=self.until.value,
            result=self.result.value,
            checkpoint=self.checkpoint.value,
            verdict=self.verdict.value if self.checkpoint.value is not None else None,
        )

    def offer(self, choices: Choices) -> None:
        """What there is to choose from; what is chosen stays so while it is there."""
        self.cohort.offer([*choices.cohorts, (NO_COHORT, _("No cohort"))])
        self.scenario.offer(choices.scenarios)
        self.channel.offer([(channel, channel_name(channel)) for channel in choices.channels])
        self.checkpoint.offer(choices.checkpoints)
        self._people = choices.people
        self._offer_people()
        self._last = self.wanted

    def narrow(self, **values: str | None) -> None:
        """Chooses these values besides what is chosen, and says that it changed."""
        for name, value in values.items():
            getattr(self, name).put(value)
        if {"channel", "mode", "result", "checkpoint", "verdict"} & values.keys():
            self.more_button.setChecked(True)
        self._on_chosen()

    def _offer_people(self) -> None:
        both = self.names.isChecked()
        self.person.offer(
            [
                (id, f"{name} ({pseudonym})" if both and name != pseudonym else pseudonym)
                for id, pseudonym, name in self._people
            ]
        )

    def _on_names(self) -> None:
        self._offer_people()
        self.names_changed.emit()

    def _on_clear(self) -> None:
        for one in self._lists:
            one.put(None)
        for day in (self.since, self.until):
            day.clear()
        self._on_chosen()

    def _on_chosen(self) -> None:
        wrong = [day for day in (self.since, self.until) if day.wrong]
        for day in (self.since, self.until):
            day.setProperty("tone", "bad" if day in wrong else None)
            repolish(day)
        self.wrong.setText(_("Write the day as YYYY-MM-DD, for example 2026-05-04.") if wrong else "")
        self.wrong.setVisible(bool(wrong))
        if not wrong and self.wanted != self._last:
            self._last = self.wanted
            self.changed.emit()


def _named(field: QWidget) -> QWidget:
    """A field under its name."""
    made = QWidget()
    inside = QVBoxLayout(made)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(3)
    inside.addWidget(label(field.accessibleName(), "small", wrap=True))
    inside.addWidget(field)
    return made
