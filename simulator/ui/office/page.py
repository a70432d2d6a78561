"""The page of the HR office: filters on top, below one of its sections. It is shown answers and says what is asked."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.records.office.question import Choices
from simulator.ui.office.cohorts_panel import CohortsPanel
from simulator.ui.office.filters import Filters
from simulator.ui.office.sections import HeatSection, ListSection, Overview, ProgressSection, ReadinessSection, Section
from simulator.ui.pages.pieces import Choice
from simulator.ui.widgets import Page, clear, empty_state, loading_state
from simulator.wording import _

COHORTS: Final = "cohorts"
"""The section that is no answer."""
DESK: Final = "desk"
TEAM: Final = "team"
"""Whose results."""


class OfficePage(Page):
    """What was handed over, looked at together."""

    asked = Signal()
    """The shown section is to be answered (anew)."""
    export_asked = Signal(str)
    """Of a section."""
    opened = Signal(str)
    """The id of an attempt."""
    source_changed = Signal()
    """Results of this desk, or those of the team."""

    def __init__(self, *, cohorts: bool) -> None:
        """`cohorts`: whether who looks may change them."""
        super().__init__(
            _("Office"),
            lead=_("Submitted attempts and exams only: practice that nobody submitted is not in it."),
            width=1280,
        )
        self.filters = Filters()
        self.overview, self.heat, self.progress = Overview(), HeatSection(), ProgressSection()
        self.readiness, self.list = ReadinessSection(), ListSection()
        self.cohorts = CohortsPanel()
        self.sections: dict[str, Section] = {
            "overview": self.overview,
            "heat": self.heat,
            "progress": self.progress,
            "readiness": self.readiness,
            "list": self.list,
        }
        titles = [
            ("overview", _("Overview"), ""),
            ("heat", _("Heat map"), ""),
            ("progress", _("Progress"), ""),
            ("readiness", _("Readiness"), ""),
            ("list", _("Attempts and queues"), ""),
        ]
        self.choice = Choice([*titles, (COHORTS, _("Cohorts"), "")] if cohorts else titles)
        self.choice.put("overview")
        self.source = Choice([(DESK, _("This desk"), ""), (TEAM, _("The team's database"), "")])
        self.source.put(DESK)
        self.source.chosen.connect(self.source_changed)
        self.source.hide()
        self.choice.chosen.connect(self._on_section)
        self._empty = True
        self._none = QVBoxLayout()
        self._none.addWidget(loading_state())
        self._parts: dict[str, QWidget] = {**self.sections, COHORTS: self.cohorts}
        self.content.addWidget(self.source)
        self.content.addWidget(self.choice)
        self.content.addWidget(self.filters)
        self.content.addLayout(self._none)
        for part in self._parts.values():
            self.content.addWidget(part, 1)
        self._arrange()
        self.filters.changed.connect(self.asked)
        self.filters.names_changed.connect(self.asked)
        self.heat.grouped.connect(self.asked)
        self.heat.table.asked.connect(self._on_cell)
        self.readiness.person_asked.connect(self._on_person)
        self.list.changed.connect(self.asked)
        self.list.opened.connect(self.opened)
        self.overview.list_asked.connect(self._on_list)
        for name, section in self.sections.items():
            section.setProperty("section", name)
            section.export_asked.connect(self._on_export)

    @property
    def section(self) -> str:
        """Which one is shown."""
        return self.choice.value

    def show_section(self, name: str) -> None:
        """Shows a section, and asks for its answer."""
        self.choice.put(name)
        self._on_section()

    def show_choices(self, choices: Choices) -> None:
        """What there is to look at: nothing yet, or something to filter."""
        self.filters.offer(choices)
        clear(self._none)
        empty = not choices.scenarios
        if empty:
            text = _(
                "When somebody here submits an attempt or sits an exam, it appears. Results of other desks come in as "
                "files: with «Desks» at the left, or with: python main.py import FILE"
            )
            self._none.addWidget(empty_state("download", _("No results yet"), text))
            self._none.addStretch(1)
        self._empty = empty
        self._arrange()

    def refresh_icons(self) -> None:
        super().refresh_icons()
        for section in self.sections.values():
            section.refresh()

    def _on_section(self) -> None:
        self._arrange()
        self.asked.emit()

    def _arrange(self) -> None:
        """Shows the chosen section alone: a stack would be as high as the highest."""
        own = self.section == COHORTS
        self.filters.setVisible(not own and not self._empty)
        for name, part in self._parts.items():
            part.setVisible(name == self.section and (own or not self._empty))

    def _on_cell(self, checkpoint: str, group: str) -> None:
        """A cell of the map: what is behind it."""
        values: dict[str, str | None] = {"checkpoint": checkpoint, "verdict": None}
        if group != "*" and self.heat.group in ("cohort", "scenario"):
            values[self.heat.group] = group
        self.list.queues.put("all")
        self.choice.put("list")
        self._arrange()
        self.filters.narrow(**values)

    def _on_person(self, person: str) -> None:
        self.filters.narrow(person=person)

    def _on_list(self, queue: str) -> None:
        self.choice.put("list")
        self._arrange()
        self.list.choose(queue)

    def _on_export(self) -> None:
        self.export_asked.emit(str(self.sender().property("section")))
