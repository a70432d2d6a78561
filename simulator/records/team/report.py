"""What a run of `sync` did."""

from dataclasses import dataclass

from simulator.records.exchange import Taken


@dataclass(frozen=True, slots=True)
class Report:
    """`target`: its address. `sent`: attempts that are new there; `completed`: those that it had and to which something
    was added; `received`: attempts to which something was added here; `refused`: by either side, with the reasons."""

    target: str
    sent: int
    completed: int
    received: int
    refused: tuple[Taken, ...]
