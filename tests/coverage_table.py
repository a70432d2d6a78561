"""The table of the checkpoints: `python -m tests.coverage_table` writes `docs/checkpoints-won-and-lost.md`.

For each checkpoint of the catalogue the first test of a shipped scenario that wins it, and the first that loses it, as
the tests play out with their first seed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simulator import paths
from simulator.protocol.catalogue import Verdict
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import play
from simulator.rehearsal.proof import SEEDS
from simulator.scenario.library import load_all
from simulator.scoring.score import score
from tests.labelled import ROOT

TABLE = ROOT / "docs" / "checkpoints-won-and-lost.md"
INTRODUCTION = """\
# Each checkpoint, won and lost

Made by `python -m tests.coverage_table` from the tests that the shipped scenarios carry; not edited by hand. Each row
names the first test, in the order of the files, in which the checkpoint is met on the card, and the first in which it
is missed. The suite fails while this page is out of date, and for every checkpoint that no test wins or loses.
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """The tests that show a checkpoint, `scenario · test` each, or None where there is none yet."""

    won: str | None
    lost: str | None


def shown() -> Mapping[str, Shown]:
    """Every checkpoint of the catalogue, in its order."""
    protocol = shipped_protocol().protocol
    won: dict[str, str] = {}
    lost: dict[str, str] = {}
    for id, verdict, where in _verdicts():
        if verdict == Verdict.MET:
            won.setdefault(id, where)
        elif verdict == Verdict.MISSED:
            lost.setdefault(id, where)
    return {id: Shown(won.get(id), lost.get(id)) for id in protocol.checkpoints}


def _verdicts() -> Iterator[tuple[str, str, str]]:
    """Checkpoint, verdict, `scenario · test`, of every line of every card that is over."""
    for loaded in load_all([paths.scenarios()], shipped_protocol().protocol):
        scenario = loaded.scenario
        if scenario is None:
            continue  # `check` tells of it
        for test in scenario.doc.tests:
            card = score(scenario, play(scenario, test.do, seed=SEEDS[0]).events)
            if card.result == "incomplete":
                continue
            for line in card.checkpoints:
                yield line.id, line.verdict, f"{scenario.id} · {test.name}"


def document(table: Mapping[str, Shown]) -> str:
    """The page."""
    rows = ["| checkpoint | won in | lost in |", "|---|---|---|"]
    rows += [f"| `{id}` | {entry.won or '—'} | {entry.lost or '—'} |" for id, entry in table.items()]
    won, lost = (sum(getattr(entry, side) is not None for entry in table.values()) for side in ("won", "lost"))
    return f"{INTRODUCTION}\nWon: {won} of {len(table)}. Lost: {lost} of {len(table)}.\n\n" + "\n".join(rows) + "\n"


def main() -> None:
    TABLE.write_text(document(shown()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
