"""The sheet from which people record a scenario's lines: one row a line, in CSV that spreadsheets open."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.rehearsal.player import play
from simulator.rehearsal.proof import SEEDS
from simulator.scenario.lines import AuthoredLine, authored_lines
from simulator.scenario.scenario import Scenario
from simulator.session.dialogue import filled
from simulator.session.events import CustomerSpoke
from simulator.speech.recorded import SUFFIX
from simulator.wording import _

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula, also in a file that somebody else made."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows`: the heading and a row for each line that can be recorded. `left_out`: lines that name the agent."""

    rows: tuple[tuple[str, ...], ...]
    left_out: int

    @property
    def csv(self) -> str:
        """The text of the file, to be written as UTF-8 with a byte order mark: spreadsheets ask for one."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in self.rows)
        return out.getvalue()


def recording_sheet(scenario: Scenario) -> Sheet:
    """The sheet of a scenario, in the order of its file. The moods are those in which its own tests say the lines."""
    named = {
        line.name: (line, filled(scenario.of(line.contact).doc, scenario.doc.agent, line.line.say))
        for line in authored_lines(scenario.doc)
    }
    moods = _moods(scenario, tuple(named.values()))
    head = (_("Line"), _("Who"), _("Mood"), _("Step"), _("Text"), _("File"))
    rows = [
        (
            line.line.id,
            line.speaker if line.area is None else f"{line.speaker} ({line.area})",
            moods.get(line.variants, ""),
            line.place or "reactions",
            text,
            f"{line.name}{SUFFIX}",
        )
        for line, text in named.values()
        if not line.names_agent
    ]
    return Sheet((head, *rows), sum(line.names_agent for line, _text in named.values()))


def _moods(scenario: Scenario, lines: Sequence[tuple[AuthoredLine, str]]) -> dict[tuple[object, ...], str]:
    """The moods in which the customer says a line, or another variant of it, in the tests: in words and numbers. Lines
    that no test reaches, and colleagues, have none."""
    heard: defaultdict[tuple[object, ...], set[int]] = defaultdict(set)
    for test in scenario.doc.tests:
        for seed in SEEDS:
            for said in (event.what for event in play(scenario, test.do, seed=seed).events):
                if isinstance(said, CustomerSpoke):
                    for line, text in lines:
                        if line.area is None and line.line.id in said.lines and text in said.text:
                            heard[line.variants].add(said.mood)
    return {variants: _hint(min(found), max(found)) for variants, found in heard.items()}


def _hint(low: int, high: int) -> str:
    first, last = _word(low), _word(high)
    words = first if first == last else f"{first} – {last}"
    return f"{words} ({low})" if low == high else f"{words} ({low}–{high})"


def _word(mood: int) -> str:
    """The bands of the desk's mood gauge."""
    bands = ((20, _("Furious")), (40, _("Annoyed")), (60, _("Neutral")), (80, _("Content")))
    return next((word for above, word in bands if mood < above), _("Delighted"))


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
