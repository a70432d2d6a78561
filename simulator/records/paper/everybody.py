"""The report on many: totals, scenarios, checkpoints and people. Made of rows as they pass, so that it takes as little
memory for a million marks as for ten."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

from simulator.records.paper.person import foot, result_word
from simulator.records.paper.plots import share_bar
from simulator.records.paper.sheets import (
    RESULTS,
    Sheet,
    Story,
    date_text,
    figures,
    gap,
    heading,
    inked,
    outlined,
    paragraph,
    percent,
    plain,
    table,
    titled,
    write,
)
from simulator.records.table import SUMMARY, Row, holding
from simulator.records.tally import Counted, Tally
from simulator.wording import _, n_


@dataclass(slots=True)
class _Sum:
    """Attempts added up."""

    attempts: int = 0
    results: Counter[str] = field(default_factory=Counter)
    scored: int = 0
    points: int = 0
    best: int | None = None
    last: dict[str, Any] = field(default_factory=dict)

    def add(self, about: dict[str, Any]) -> None:
        self.attempts += 1
        self.results[about["final-result"]] += 1
        self.last = about
        if about["final-raw"] is not None:
            self.scored += 1
            self.points += about["final-raw"]
            self.best = max(about["final-raw"], self.best or 0)

    @property
    def decided(self) -> int:
        return self.results["passed"] + self.results["failed"]

    @property
    def rate(self) -> float | None:
        return self.results["passed"] / self.decided if self.decided else None

    @property
    def mean(self) -> str:
        return f"{self.points / self.scored:.0f}" if self.scored else "–"


def write_everybody(file: BinaryIO, title: str, summary: Iterable[Row], marks: Iterable[Row], made: datetime) -> None:
    """Write the report. `summary` is under `table.SUMMARY` (at least one row), `marks` under `table.MARKS`."""
    whole, scenarios, people = _Sum(), dict[str, _Sum](), dict[str, _Sum]()
    begun: list[datetime] = []
    for row in summary:
        about = holding(SUMMARY, row)
        begun = [*begun[:1], about["started"]]
        for one in (
            whole,
            scenarios.setdefault(about["scenario"], _Sum()),
            people.setdefault(about["person"], _Sum()),
        ):
            one.add(about)
    tally = Tally()
    for _row in tally.passing(marks):
        pass
    story: Story = [
        outlined(_("Summary"), "summary", 0),
        *titled(title, made, begun[0], begun[-1]),
        _totals(whole, len(people)),
        outlined(_("Scenarios"), "scenarios", 0),
        *heading(_("Scenarios")),
        *_scenarios(scenarios),
        outlined(_("Checkpoints"), "checkpoints", 0),
        *heading(_("Checkpoints")),
        paragraph(plain(_("Met: of those met and missed. What waits for a person's review is in neither.")), "small"),
        gap(4),
        *_checkpoints(tally.checkpoints()),
        outlined(_("People"), "people", 0),
        *heading(_("People")),
        *_people(people),
    ]
    write(file, Sheet(title, _("Submitted attempts and exams"), foot(), made), story)


def _totals(whole: _Sum, people: int) -> Any:
    waiting = sum(number for result, number in whole.results.items() if result not in ("passed", "failed"))
    return figures(
        (
            (str(people), n_("person", "people", people), "text"),
            (str(whole.attempts), n_("attempt", "attempts", whole.attempts), "text"),
            (percent(whole.rate), _("passed, of those with a result"), "good"),
            (whole.mean, _("mean score"), "text"),
            (str(waiting), _("without a final result"), "warning" if waiting else "text"),
        )
    )


def _scenarios(found: dict[str, _Sum]) -> Story:
    rows = [
        (
            plain(own.last["scenario-title"]),
            str(own.attempts),
            str(own.results["passed"]),
            str(own.results["failed"]),
            percent(own.rate),
            own.mean,
        )
        for _id, own in sorted(found.items())
    ]
    heads = (_("Scenario"), _("Attempts"), _("Passed"), _("Failed"), _("Pass rate"), _("Mean score"))
    return table(heads, rows, (44, 12, 11, 11, 12, 10), numbers=(1, 2, 3, 4, 5))


def _checkpoints(counted: Sequence[Counted]) -> Story:
    rows = [
        (
            plain(one.title),
            share_bar(one.share),
            percent(one.share),
            str(one.decided),
            str(one.verdicts["unclear"]),
            str(one.verdicts["not-applicable"]),
        )
        for one in counted
    ]
    heads = (_("Checkpoint"), "", _("Met"), "n", _("Unclear"), _("Not applicable"))
    return table(heads, rows, (44, 15, 11, 8, 12, 10), numbers=(2, 3, 4, 5))


def _people(found: dict[str, _Sum]) -> Story:
    rows = [
        (
            plain(person),
            str(own.attempts),
            str(own.results["passed"]),
            percent(own.rate),
            "–" if own.best is None else str(own.best),
            own.mean,
            inked(plain(result_word(own.last["final-result"])), RESULTS.get(own.last["final-result"], "muted")),
            date_text(own.last["started"]),
        )
        for person, own in sorted(found.items())
    ]
    heads = (
        _("Person"), _("Attempts"), _("Passed"), _("Pass rate"), _("Best score"), _("Mean score"), _("Last result"),
        _("Last attempt"),
    )  # fmt: skip
    return table(heads, rows, (21, 11, 9, 14, 10, 10, 15, 15), numbers=(1, 2, 3, 4, 5))
