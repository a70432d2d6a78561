"""The statements about cohorts: groups of people whose results are looked at together. A person is in one or in none.

Each runs inside a transaction that its caller holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from simulator.errors import TercerTimbreError
from simulator.records.profiles import demand_name
from simulator.records.schema import cohorts, members, profiles
from simulator.records.values import write_moment


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group; `people`: how many are in it."""

    id: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Member:
    """A person as the office lists them; `cohort` None: in none."""

    profile: str
    name: str
    pseudonym: str
    cohort: str | None


def all_cohorts(connection: Connection) -> list[Cohort]:
    """The cohorts, by name."""
    query = (
        select(cohorts.c.id, cohorts.c.name, func.count(members.c.profile))
        .outerjoin(members, members.c.cohort == cohorts.c.id)
        .group_by(cohorts.c.id, cohorts.c.name)
    )
    found = [Cohort(*row) for row in connection.execute(query)]
    return sorted(found, key=lambda cohort: (cohort.name.casefold(), cohort.id))


def all_members(connection: Connection) -> list[Member]:
    """Everybody known here, those of other desks too, by name."""
    query = select(profiles.c.id, profiles.c.name, profiles.c.pseudonym, members.c.cohort).outerjoin(
        members, members.c.profile == profiles.c.id
    )
    found = [Member(*row) for row in connection.execute(query)]
    return sorted(found, key=lambda member: (member.name.casefold(), member.profile))


def create(connection: Connection, id: str, name: str, at: datetime) -> None:
    """Add a cohort. Errors: profile-name-… for a name that cannot be read, cohort-exists for one in use."""
    name = _free(connection, name, id)
    connection.execute(insert(cohorts).values(id=id, name=name, created_at=write_moment(at)))


def rename(connection: Connection, cohort: str, name: str) -> None:
    """Change its name. Errors: those of `create`, cohort-unknown."""
    name = _free(connection, name, cohort)
    if connection.execute(update(cohorts).where(cohorts.c.id == cohort).values(name=name)).rowcount == 0:
        raise TercerTimbreError("cohort-unknown", cohort=cohort)


def remove(connection: Connection, cohort: str) -> None:
    """Delete a cohort; its people are then in none, and keep their results. Errors: cohort-unknown."""
    if connection.execute(delete(cohorts).where(cohorts.c.id == cohort)).rowcount == 0:
        raise TercerTimbreError("cohort-unknown", cohort=cohort)


def move(connection: Connection, people: Iterable[str], cohort: str | None) -> None:
    """Put people (ids of profiles) into a cohort, out of the one they were in; None: into none.

    Errors: cohort-unknown, profile-unknown; then nobody is moved.
    """
    if cohort is not None and connection.scalar(select(cohorts.c.id).where(cohorts.c.id == cohort)) is None:
        raise TercerTimbreError("cohort-unknown", cohort=cohort)
    for profile in dict.fromkeys(people):
        if connection.scalar(select(profiles.c.id).where(profiles.c.id == profile)) is None:
            raise TercerTimbreError("profile-unknown", profile=profile)
        connection.execute(delete(members).where(members.c.profile == profile))
        if cohort is not None:
            connection.execute(insert(members).values(profile=profile, cohort=cohort))


def _free(connection: Connection, name: str, cohort: str) -> str:
    """The name as it is kept, unless another cohort bears it, in whatever case."""
    demand_name(name)
    kept = " ".join(name.split())
    others = connection.execute(select(cohorts.c.name).where(cohorts.c.id != cohort)).scalars()
    if kept.casefold() in {other.casefold() for other in others}:
        raise TercerTimbreError("cohort-exists", name=kept)
    return kept
