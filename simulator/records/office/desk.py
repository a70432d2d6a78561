"""The HR office over one store: each method is one transaction of its own."""

import uuid
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from sqlalchemy import Connection

from simulator.records import cohorts
from simulator.records.cohorts import Cohort, Member
from simulator.records.office import figures, heat, lists, question
from simulator.records.office.figures import Person, Step, Totals
from simulator.records.office.heat import By, Heat
from simulator.records.office.lists import Page, Queue
from simulator.records.office.question import Choices, Wanted

Transaction = Callable[[], AbstractContextManager[Connection]]


class Office:
    """Cohorts, and figures over the attempts that may leave. `read`, `write`: begin a transaction of the store, whose
    errors every method may raise."""

    def __init__(self, read: Transaction, write: Transaction) -> None:
        self._read = read
        self._write = write

    # Cohorts

    def cohorts(self) -> list[Cohort]:
        """The cohorts, by name."""
        with self._read() as connection:
            return cohorts.all_cohorts(connection)

    def members(self) -> list[Member]:
        """Everybody known here, those of other desks too, by name, with their cohort."""
        with self._read() as connection:
            return cohorts.all_members(connection)

    def create_cohort(self, name: str) -> str:
        """Add a cohort; returns its id. Errors: profile-name-…, cohort-exists."""
        id = uuid.uuid4().hex
        with self._write() as connection:
            cohorts.create(connection, id, name, datetime.now(UTC))
        return id

    def rename_cohort(self, cohort: str, name: str) -> None:
        """Change its name. Errors: profile-name-…, cohort-exists, cohort-unknown."""
        with self._write() as connection:
            cohorts.rename(connection, cohort, name)

    def delete_cohort(self, cohort: str) -> None:
        """Delete it; its people are in none then. Errors: cohort-unknown."""
        with self._write() as connection:
            cohorts.remove(connection, cohort)

    def move(self, people: Iterable[str], cohort: str | None) -> None:
        """Put people into a cohort, None: into none; all or nobody. Errors: cohort-unknown, profile-unknown."""
        with self._write() as connection:
            cohorts.move(connection, people, cohort)

    # Figures

    def choices(self) -> Choices:
        """What the filters offer."""
        with self._read() as connection:
            return question.choices(connection)

    def totals(self, wanted: Wanted) -> Totals:
        """What there is."""
        with self._read() as connection:
            return figures.totals(connection, wanted)

    def heat(self, wanted: Wanted, by: By) -> Heat:
        """How often each checkpoint was met, by group."""
        with self._read() as connection:
            return heat.heat(connection, wanted, by)

    def progress(self, wanted: Wanted) -> list[Step]:
        """How first, second, third … attempts went, by cohort."""
        with self._read() as connection:
            return figures.progress(connection, wanted)

    def readiness(self, wanted: Wanted) -> list[Person]:
        """Everybody against the pass marks, those who are least ready first."""
        with self._read() as connection:
            return figures.readiness(connection, wanted)

    def listed(
        self, wanted: Wanted, queue: Queue = "all", *, threshold: int | None = None, limit: int | None = None
    ) -> Page:
        """Attempts, or those in a queue (`lists.listed`)."""
        with self._read() as connection:
            return lists.listed(connection, wanted, queue, threshold=threshold, limit=limit)
