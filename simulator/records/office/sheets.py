"""What the office found, as tables: shown in the window and exported, cell by cell the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from simulator.records.office.figures import Person, Step, Totals
from simulator.records.office.heat import Count, Heat
from simulator.records.office.lists import Listed
from simulator.records.table import Cell, Column, Row
from simulator.records.values import read_moment
from simulator.wording import _, mark

PERSON: Final = Column("person", mark("Person"))
NAME: Final = Column("name", mark("Name"))
COHORT: Final = Column("cohort", mark("Cohort"))
SCENARIO: Final = Column("scenario-title", mark("Scenario"))
ATTEMPTS: Final = Column("attempts", mark("Attempts"), "number")
SHARE_PASSED: Final = Column("share-passed", mark("Passed"), "share")
PASS_MARK: Final = Column("pass-mark", mark("Pass mark"), "number")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. `keys`: by row, what it is about (an attempt, a person …), where somebody may ask for more."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    keys: tuple[str, ...] = ()


def cohort_name(name: str) -> str:
    """A cohort as people read it."""
    return name or _("No cohort")


def group_name(name: str | date) -> str:
    """A column of the heat map as people read it: a week is named by its Monday."""
    return name.isoformat() if isinstance(name, date) else cohort_name(name)


def totals_sheet(found: Totals) -> Sheet:
    """A line for each figure."""
    rows: list[Row] = [
        (_("Attempts"), found.attempts),
        (_("People"), found.people),
        (_("Scenarios"), found.scenarios),
        (_("Mean score"), None if found.mean is None else round(found.mean, 1)),
        (_("Passed, of all attempts (0–1)"), found.pass_rate),
        (_("Marks"), found.marks),
        (_("Marks that wait for a person"), found.unclear),
    ]
    columns = (Column("figure", mark("Figure")), Column("value", mark("Value"), "number"))
    return Sheet(_("Overview"), columns, tuple(rows))


def heat_sheet(found: Heat) -> Sheet:
    """A row for each cell of the map in which something was marked."""
    columns = (
        Column("checkpoint-title", mark("Checkpoint")),
        Column("group", mark("Group")),
        Column("met-share", mark("Met, of met and missed"), "share"),
        *(Column(id, title, "number") for id, title in _COUNTS.items()),
    )
    rows = [
        (title, group_name(name), *_counts(found.of(checkpoint, group)))
        for checkpoint, title in found.rows
        for group, name in found.columns
        if (checkpoint, group) in found.counts
    ]
    return Sheet(_("Heat map"), columns, tuple(rows))


def progress_sheet(found: Iterable[Step]) -> Sheet:
    """A row for each cohort and number of attempt."""
    columns = (
        COHORT,
        Column("number", mark("Attempt"), "number"),
        ATTEMPTS,
        Column("mean", mark("Mean score"), "number"),
        SHARE_PASSED,
    )
    rows = [
        (
            cohort_name(step.name),
            step.number,
            step.attempts,
            None if step.mean is None else round(step.mean, 1),
            step.pass_rate,
        )
        for step in found
    ]
    return Sheet(_("Progress"), columns, tuple(rows))


def readiness_sheet(found: Iterable[Person], *, names: bool) -> Sheet:
    """A row for each person and scenario; the key is the person. `names`: with the name beside the pseudonym."""
    columns = (
        PERSON,
        *((NAME,) if names else ()),
        Column("readiness", mark("In all"), "readiness"),
        SCENARIO,
        Column("here", mark("In this one"), "readiness"),
        Column("last", mark("Last"), "number"),
        Column("best", mark("Best"), "number"),
        PASS_MARK,
        ATTEMPTS,
        SHARE_PASSED,
        COHORT,
    )
    rows: list[Row] = []
    keys: list[str] = []
    for person in found:
        who = (person.pseudonym, *((person.name,) if names else ()), person.readiness.value)
        for one in person.standings:
            own = (one.title, one.readiness.value, one.last, one.best, one.pass_mark, one.attempts)
            rows.append((*who, *own, one.passed / one.attempts, person.cohort))
            keys.append(person.profile)
    return Sheet(_("Readiness"), columns, tuple(rows), tuple(keys))


def list_sheet(name: str, found: Iterable[Listed], *, names: bool) -> Sheet:
    """A row for each attempt, which is its key."""
    columns = (
        Column("started", mark("Begun (UTC)"), "moment"),
        PERSON,
        *((NAME,) if names else ()),
        SCENARIO,
        Column("result", mark("Result"), "result"),
        Column("raw", mark("Score"), "number"),
        PASS_MARK,
        Column("unclear", mark("Unclear"), "number"),
        Column("mode", mark("Mode"), "mode"),
        COHORT,
    )
    rows = []
    keys = []
    for one in found:
        who = (one.pseudonym, *((one.name,) if names else ()))
        own = (one.title, one.result, one.score, one.pass_mark, one.unclear, one.mode, one.cohort)
        rows.append((read_moment(one.started_at), *who, *own))
        keys.append(one.attempt)
    return Sheet(name, columns, tuple(rows), tuple(keys))


_COUNTS: Final = {
    "met": mark("Met"),
    "missed": mark("Missed"),
    "not-applicable": mark("Not applicable"),
    "unclear": mark("Unclear"),
}


def _counts(count: Count) -> tuple[Cell, ...]:
    return (count.share, count.met, count.missed, count.not_applicable, count.unclear)
