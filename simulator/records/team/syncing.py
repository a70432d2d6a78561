"""The exchange with the team's database: what is submitted here goes there, what others signed about it comes here.

It may be stopped anywhere, by a kill too: each attempt arrives whole, in one transaction, and each run begins by
comparing what is signed here and there, so that nothing is sent twice and nothing is left out. Attempts travel as the
lines of a results file and are examined as those of a file are, in both directions.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from simulator.errors import TercerTimbreError
from simulator.records.exchange import GONE, GREW, NEW, REFUSED, Taken
from simulator.records.recordings import Recordings
from simulator.records.results_file import Examined, Finding, Stone, examine
from simulator.records.store import Records, Store
from simulator.records.team import database
from simulator.records.team.report import Report
from simulator.records.team.targets import Target

AT_ONCE = 10
"""Attempts that are read, and then sent in one transaction: no longer does one stay open here or there."""


def sync(store: Store, target: Target, software: str, recordings: Recordings, *, everybody: bool = False) -> Report:
    """Exchange results with a target of either kind. Errors: those of `sync_database` or `lrs.sync_lrs`."""
    if target.kind == "database":
        return sync_database(store, target, software, recordings, everybody=everybody)
    from simulator.records.team.lrs import sync_lrs

    return sync_lrs(store, target)


def reach(target: Target) -> None:
    """See whether a target answers and knows this desk. Errors: as for `sync`; an empty database is well."""
    if target.kind == "database":
        with database.connect(target) as team:
            try:
                team.demand_ready()
            except TercerTimbreError as error:
                if error.code not in ("team-empty", "team-older"):  # the next run makes the tables
                    raise
    else:
        from simulator.records.team.lrs import Lrs

        with Lrs(target) as lrs:
            lrs.demand_there()


def sync_database(
    store: Store, target: Target, software: str, recordings: Recordings | None = None, *, everybody: bool = False
) -> Report:
    """Send what the team's database lacks of this desk's published attempts, and take in what others signed about
    them. `everybody`: take in the attempts of all other desks too, as the desk of a trainer or of HR needs them.
    What was erased here is erased there, and the other way round, with its sound in `recordings`.

    Errors: those of `database.open_team` and `migrating.prepare`, and of `Store`. What was done until then stays done.
    """
    with database.connect(target) as team:
        team.prepare()
        return _Exchange(store, team, target, software, recordings).run(everybody)


class _Exchange:
    """One run. `_sent`, `_received`: how each attempt was taken."""

    def __init__(
        self, store: Store, team: database.Team, target: Target, software: str, recordings: Recordings | None
    ) -> None:
        self._store = store
        self._team = team
        self._target = target.address
        self._software = software
        self._sent: Counter[str] = Counter()
        self._received: Counter[str] = Counter()
        self._refused: list[Taken] = []
        self._recordings = recordings

    def run(self, everybody: bool) -> Report:
        gone = self._exchange_tombstones()
        own = [id for id in self._store.published() if id not in gone]
        here, there = self._store.signatures(own), self._team.signatures(own)
        arrived = {id: len(here[id]) for id in own if id in there and here[id] <= there[id]}
        self._store.arrived(self._target, arrived)  # those that a run sent which was killed before it noted it
        self._send([id for id in own if id not in arrived])
        added = [id for id in own if there.get(id, set()) - here[id]]
        if everybody:
            known = set(own)
            added += [id for id in self._team.published() if id not in known]
        self._receive(added)
        return Report(
            self._target,
            self._sent[NEW],
            self._sent[GREW],
            self._received[NEW] + self._received[GREW],
            tuple(self._refused),
        )

    def _exchange_tombstones(self) -> AbstractSet[str]:
        """What was erased here is erased there; what was erased there is erased here where its key is enrolled. Gives
        all that the team erased, which is not sent there again."""
        here, there = set(self._store.tombstones()), set(self._team.tombstones())
        for stone in self._stones(self._store, here - there):
            taken = self._erase_there(stone)
            if taken.how == REFUSED:
                self._refused.append(taken)
        kept = {attempt.id for attempt in self._store.attempts()} if there - here else set()
        for stone in self._stones(self._team, there - here):
            taken = self._store.take_stone(stone)
            if taken.how == GONE and self._recordings is not None:
                self._recordings.delete(stone.attempt)
            if taken.how == REFUSED and stone.attempt in kept:  # else there is nothing here to be erased
                self._refused.append(taken)
        return there

    def _erase_there(self, stone: Stone) -> Taken:
        """Not every desk may: then it is left to one that does, and all else is exchanged."""
        try:
            return self._team.take_stone(stone, vouched=True)  # this desk obeyed it, or signed it
        except TercerTimbreError as error:
            if error.code != database.RIGHTS:
                raise
            return Taken(stone.attempt, REFUSED, (Finding(stone.line, "team-erasure"),))

    def _stones(self, records: Records, wanted: AbstractSet[str]) -> list[Stone]:
        if not wanted:
            return []
        found = examine(list(records.results([], self._software)))
        return [stone for stone in found if isinstance(stone, Stone) and stone.attempt in wanted]

    def _send(self, ids: Sequence[str]) -> None:
        for some in _parts(ids):
            numbers = {}
            attempts = self._read(self._store, some)
            for attempt, taken in zip(attempts, self._take_in(attempts), strict=True):
                self._sent[taken.how] += 1
                if taken.how == REFUSED:
                    self._refused.append(taken)
                else:
                    numbers[attempt.id] = len(attempt.statements)
            self._store.arrived(self._target, numbers)

    def _take_in(self, attempts: Sequence[Examined]) -> list[Taken]:
        """Bring attempts to the team, all in one transaction; what its database cannot hold keeps nobody else's from
        arriving: then each comes by itself."""
        try:
            return self._team.take_in_all(attempts)
        except TercerTimbreError as error:
            if error.code != database.REFUSES:
                raise
            if len(attempts) > 1:
                return [taken for attempt in attempts for taken in self._take_in([attempt])]
            (attempt,) = attempts
            return [Taken(attempt.id, REFUSED, (Finding(attempt.line, error.code),))]

    def _receive(self, ids: Sequence[str]) -> None:
        for some in _parts(ids):
            for attempt in self._read(self._team, some):
                taken = self._store.take_in(attempt)
                self._received[taken.how] += 1
                if taken.how == REFUSED:
                    self._refused.append(taken)
            here, there = self._store.signatures(some), self._team.signatures(some)
            both = {id: here[id] for id in some if id in here and id in there and here[id] <= there[id]}
            self._store.arrived(self._target, {id: len(signed) for id, signed in both.items()})

    def _read(self, records: Records, ids: Sequence[str]) -> list[Examined]:
        """Attempts out of a store, each proved as one of a file is."""
        found = examine(list(records.results(ids, self._software)))
        return [attempt for attempt in found if isinstance(attempt, Examined)]


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(ids), AT_ONCE):
        yield ids[first : first + AT_ONCE]
