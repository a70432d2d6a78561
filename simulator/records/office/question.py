"""Which attempts are asked about, and the one select over them that every question of the office begins with."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, false, func, or_, select, true

from simulator.records.schema import attempts, cohorts, members, profiles, sheets, tallies
from simulator.records.statements import is_published
from simulator.records.tallies import LETTERS
from simulator.records.values import MOMENT_WIDTH, write_moment

NO_COHORT: Final = ""
"""Stands for the people who are in none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which attempts. `cohort`: its id, or `NO_COHORT`; `person`: id of a profile; dates are those of this computer's
    zone; `checkpoint`: only where it was marked, with `verdict`: so. None: all."""

    cohort: str | None = None
    person: str | None = None
    scenario: str | None = None
    channel: str | None = None
    mode: str | None = None
    since: date | None = None
    until: date | None = None
    result: str | None = None
    checkpoint: str | None = None
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The checkpoints of a scorecard in its order, as id and title."""

    lines: tuple[tuple[str, str], ...]

    def places(self, checkpoint: str) -> list[int]:
        """Where the checkpoint stands; nowhere: empty."""
        return [place for place, (id, _title) in enumerate(self.lines) if id == checkpoint]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked for, as id and name, by name: everybody, and what occurs in attempts that may leave."""

    cohorts: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str, str], ...]
    """Id of the profile, pseudonym, name."""
    scenarios: tuple[tuple[str, str], ...]
    channels: tuple[str, ...]
    checkpoints: tuple[tuple[str, str], ...]


def all_sheets(connection: Connection) -> dict[str, Sheet]:
    """The sheets by id."""
    return {
        row.id: Sheet(tuple((str(id), str(title)) for id, title in json.loads(row.lines)))
        for row in connection.execute(select(sheets))
    }


def counted(*columns: ColumnElement[Any]) -> Select[Any]:
    """Columns of `tallies` and `members` over the attempts that may leave; those of people in no cohort too."""
    joined = tallies.outerjoin(members, members.c.profile == tallies.c.profile)
    return select(*columns).select_from(joined).where(is_published(tallies.c.attempt, tallies.c.mode, many=True))


def fits(connection: Connection, wanted: Wanted) -> ColumnElement[bool]:
    """The condition that an attempt is wanted."""
    return and_(true(), *of_people(wanted), *_of_attempts(wanted, connection))


def of_people(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What of it concerns whose attempts and at which scenario: all of somebody's attempts at one are in, or none."""
    found: list[ColumnElement[bool]] = []
    if wanted.cohort is not None:
        cohort = members.c.cohort
        found.append(cohort.is_(None) if wanted.cohort == NO_COHORT else cohort == wanted.cohort)
    if wanted.person is not None:
        found.append(tallies.c.profile == wanted.person)
    if wanted.scenario is not None:
        found.append(tallies.c.scenario == wanted.scenario)
    return found


def names_of(connection: Connection) -> dict[str, tuple[str, str]]:
    """Pseudonym and name of everybody, by profile."""
    rows = connection.execute(select(profiles.c.id, profiles.c.pseudonym, profiles.c.name))
    return {id: (pseudonym, name) for id, pseudonym, name in rows}


def unclear_of(verdicts: ColumnElement[str]) -> ColumnElement[int]:
    """How many of the verdicts wait for a person."""
    return func.length(verdicts) - func.length(func.replace(verdicts, LETTERS["unclear"], ""))


def last_ones(connection: Connection, wanted: Wanted, *columns: ColumnElement[Any]) -> Subquery:
    """By person and scenario, over the attempts wanted: the id of the `last` one, and `columns` that sum up."""
    # One aggregate in place of a window: moments are of one width, so that what follows them is the id.
    newest = func.max(tallies.c.started_at.concat(tallies.c.attempt))
    own = (tallies.c.profile, tallies.c.scenario)
    last = func.substr(newest, MOMENT_WIDTH + 1).label("last")
    return counted(last, *columns).where(fits(connection, wanted)).group_by(*own).subquery()


def cohorts_of(connection: Connection) -> dict[str, str]:
    """The name of the cohort of everybody who is in one, by profile."""
    query = select(members.c.profile, cohorts.c.name).join(cohorts, cohorts.c.id == members.c.cohort)
    return {row.profile: row.name for row in connection.execute(query)}


def cohort_names(connection: Connection) -> dict[str, str]:
    """The names of the cohorts, by id."""
    return {row.id: row.name for row in connection.execute(select(cohorts.c.id, cohorts.c.name))}


def titles(connection: Connection, one_of_each: Iterable[str]) -> dict[str, str]:
    """The titles of scenarios, by id, given (the id of) an attempt at each."""
    rows = connection.execute(select(attempts.c.scenario, attempts.c.title).where(attempts.c.id.in_(one_of_each)))
    return {row.scenario: row.title for row in rows}


def choices(connection: Connection) -> Choices:
    """What the filters offer."""
    own = (tallies.c.scenario, tallies.c.channel, tallies.c.sheet)
    seen = connection.execute(counted(*own, func.max(tallies.c.attempt).label("attempt")).group_by(*own)).all()
    known = all_sheets(connection)
    checkpoints = {id: title for row in seen if row.sheet for id, title in known[row.sheet].lines}
    people = [(id, *both) for id, both in names_of(connection).items()]
    return Choices(
        cohorts=_by_name(cohort_names(connection)),
        people=tuple(sorted(people, key=lambda one: (one[2].casefold(), one[1]))),
        scenarios=_by_name(titles(connection, [row.attempt for row in seen])),
        channels=tuple(sorted({row.channel for row in seen})),
        checkpoints=_by_name(checkpoints),
    )


def _by_name(names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(names.items(), key=lambda item: (item[1].casefold(), item[0])))


def _of_attempts(wanted: Wanted, connection: Connection) -> list[ColumnElement[bool]]:
    columns = tallies.c
    found: list[ColumnElement[bool]] = [
        columns[name] == value
        for name, value in (("channel", wanted.channel), ("mode", wanted.mode), ("result", wanted.result))
        if value is not None
    ]
    if wanted.since is not None:
        found.append(columns.started_at >= midnight(wanted.since))
    if wanted.until is not None:
        found.append(columns.started_at < midnight(wanted.until + timedelta(days=1)))
    if wanted.checkpoint is not None:
        letters = list(LETTERS.values()) if wanted.verdict is None else [LETTERS[wanted.verdict]]
        at = [
            and_(columns.sheet == id, func.substr(columns.verdicts, place + 1, 1).in_(letters))
            for id, sheet in all_sheets(connection).items()
            for place in sheet.places(wanted.checkpoint)
        ]
        found.append(or_(false(), *at))
    return found


def midnight(day: date) -> str:
    """The beginning of a day here, as the store writes moments."""
    return write_moment(datetime.combine(day, time()).astimezone())
