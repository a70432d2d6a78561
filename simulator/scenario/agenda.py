"""The agenda of a shift: what is scheduled when, and who comes when. All times are simulated milliseconds since the
start of the attempt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.scenario.sections.shift import Interval, Shift, ShiftContact, minutes_of

MINUTE_MS = 60_000

Kind = Literal["work", "break", "activity"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of the agenda; `title`: of a break or an activity, or ""."""

    kind: Kind
    title: str
    begins_ms: int
    ends_ms: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a contact enters the queue, and how long they wait in it at most."""

    at_ms: int
    patience_ms: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """`entries`: one after another, without gap, from the beginning of the shift to its end; `after_call_ms`: what each
    contact is allowed of after-call work; `arrivals`: by contact."""

    entries: tuple[Entry, ...]
    after_call_ms: int
    arrivals: Mapping[str, Arrival]

    @property
    def begins_ms(self) -> int:
        return self.entries[0].begins_ms

    @property
    def ends_ms(self) -> int:
        return self.entries[-1].ends_ms

    @property
    def marks(self) -> tuple[int, ...]:
        """The moments at which something of it falls due: each entry's beginning, and the end of the shift."""
        return (*(entry.begins_ms for entry in self.entries), self.ends_ms)

    def entry_at(self, simulated_ms: int) -> Entry | None:
        """What is scheduled at a moment; None before and after the shift."""
        return next((entry for entry in self.entries if entry.begins_ms <= simulated_ms < entry.ends_ms), None)


def agenda_of(shift: Shift, contacts: Mapping[str, ShiftContact], clock: int) -> Agenda:
    """The agenda of a shift whose attempt starts at `clock` (minutes since midnight). Its intervals lie inside the
    shift and apart from each other (`overlapping`)."""

    def ms(minutes: int) -> int:
        return (minutes - clock) * MINUTE_MS

    entries: list[Entry] = []
    now, end = minutes_of(shift.begins), minutes_of(shift.ends)
    for begins, ends, kind, title in _intervals(shift):
        if now < begins:
            entries.append(Entry("work", "", ms(now), ms(begins)))
        entries.append(Entry(kind, title, ms(begins), ms(ends)))
        now = ends
    if now < end:
        entries.append(Entry("work", "", ms(now), ms(end)))
    arrivals = {id: Arrival(ms(minutes_of(own.at)), own.patience * 1000) for id, own in contacts.items()}
    return Agenda(tuple(entries), shift.after_call * 1000, arrivals)


def _intervals(shift: Shift) -> list[tuple[int, int, Kind, str]]:
    def placed(intervals: Iterable[Interval], kind: Kind) -> Iterable[tuple[int, int, Kind, str]]:
        for own in intervals:
            begins = minutes_of(own.begins)
            yield begins, begins + own.minutes, kind, own.title

    return sorted([*placed(shift.breaks, "break"), *placed(shift.activities, "activity")])
