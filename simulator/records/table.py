"""Published results as tables: a row per attempt, and a row per mark. docs/export-columns.md explains each column.

Attempts that were not submitted are in neither: they come from `statements.published` alone. Inside a transaction that
the caller holds; rows come as they are read, so that a million take no memory.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, RowMapping, select

from simulator.protocol.catalogue import Verdict
from simulator.records import statements
from simulator.records.final import final_result, final_score
from simulator.records.review import Dispute
from simulator.records.schema import attempts, cohorts, marks, members, outcomes, profiles, reviews, rulings, sittings
from simulator.records.schema import statements as statements_table
from simulator.records.values import SEALED, SUBMITTED, read_moment
from simulator.scoring.card import Result
from simulator.wording import _, mark, render

Code = Literal["mode", "input", "result", "verdict", "scorer", "dispute", "readiness", "closed"]
Kind = Literal["text", "number", "share", "truth", "moment"] | Code
"""`share`: 0–1; `moment`: UTC; a code is stored and compared as it is, and read by people in `worded` rows."""
Cell = str | int | float | bool | datetime | None
Row = tuple[Cell, ...]

VERDICTS: Final = tuple(verdict.value for verdict in Verdict)
_AT_ONCE: Final = 500
"""Attempts whose marks are read together."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `title`: msgid of its heading."""

    id: str
    title: str
    kind: Kind = "text"


ATTEMPT: Final = (
    Column("attempt", mark("Attempt id")),
    Column("person", mark("Person")),
    Column("cohort", mark("Cohort")),
    Column("scenario", mark("Scenario id")),
    Column("scenario-title", mark("Scenario")),
    Column("channel", mark("Channel")),
    Column("mode", mark("Mode"), "mode"),
    Column("exam", mark("Exam id")),
    Column("try", mark("Try"), "number"),
    Column("number", mark("Attempt"), "number"),
    Column("total", mark("Of"), "number"),
    Column("difficulty", mark("Difficulty"), "number"),
    Column("hints", mark("Hints"), "truth"),
    Column("input", mark("Input"), "input"),
    Column("started", mark("Begun (UTC)"), "moment"),
    Column("ended", mark("Ended (UTC)"), "moment"),
    Column("closed", mark("How it ended"), "closed"),
    Column("seconds", mark("Seconds"), "number"),
    Column("submitted", mark("Submitted (UTC)"), "moment"),
    Column("raw", mark("Score"), "number"),
    Column("scaled", mark("Score (0–1)"), "share"),
    Column("pass-mark", mark("Pass mark"), "number"),
    Column("result", mark("Result"), "result"),
    Column("ending", mark("Ending")),
    Column("software", mark("Program version")),
    Column("scenario-hash", mark("Scenario (SHA-256)")),
    Column("protocol-hash", mark("Protocol and language (SHA-256)")),
    Column("key", mark("Key of the desk")),
    Column("final-raw", mark("Score after review"), "number"),
    Column("final-result", mark("Result after review"), "result"),
    Column("reviewed", mark("Reviewed"), "truth"),
    Column("dispute", mark("Dispute"), "dispute"),
    Column("rescored-raw", mark("Score by newer rules"), "number"),
    Column("rescored-result", mark("Result by newer rules"), "result"),
    Column("rescored-protocol-hash", mark("Newer rules (SHA-256)")),
)
COUNTS: Final = (
    Column("met", mark("Met"), "number"),
    Column("missed", mark("Missed"), "number"),
    Column("not-applicable", mark("Not applicable"), "number"),
    Column("unclear", mark("Unclear"), "number"),
    Column("criticals-missed", mark("Criticals missed")),
)
MARK: Final = (
    Column("checkpoint", mark("Checkpoint id")),
    Column("checkpoint-title", mark("Checkpoint")),
    Column("phase", mark("Phase")),
    Column("weight", mark("Weight"), "number"),
    Column("critical", mark("Critical"), "truth"),
    Column("verdict", mark("Verdict"), "verdict"),
    Column("quote", mark("Quote")),
    Column("reason", mark("Reason")),
    Column("scorer", mark("Marked by"), "scorer"),
    Column("rule", mark("Rule")),
    Column("human-verdict", mark("Verdict of a person"), "verdict"),
    Column("override-reason", mark("Why the person decided so")),
    Column("decided", mark("Decided (UTC)"), "moment"),
)
MARKS: Final = (*ATTEMPT, *MARK)
SUMMARY: Final = (*ATTEMPT, *COUNTS)

INPUTS: Final = {"typed": mark("typed"), "spoken": mark("spoken"), "both": mark("typed and spoken")}
MODES: Final = {"practice": mark("submitted practice"), "exam": mark("exam")}
CLOSED: Final = {"finished": mark("finished"), "abandoned": mark("broken off"), "withdrawn": mark("withdrawn")}
PROGRAM: Final = "program"
PERSON: Final = "person"
"""Whose verdict counts."""
DISPUTES: Final = {
    Dispute.NONE.value: mark("no dispute"),
    Dispute.OPEN.value: mark("to be decided"),
    Dispute.UPHELD.value: mark("upheld"),
    Dispute.REJECTED.value: mark("not upheld"),
}
READINESS: Final = {"ready": mark("ready"), "nearly": mark("nearly"), "not-yet": mark("not yet")}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of the published attempts. `cohort`: its name, in whatever case; dates are those of this computer's zone;
    None: all."""

    scenario: str | None = None
    person: str | None = None
    since: date | None = None
    until: date | None = None
    cohort: str | None = None
    exam: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """An attempt that may leave: its cells under `ATTEMPT`, and the trainee's name, which must not."""

    id: str
    cells: Row
    agent: str

    @property
    def about(self) -> dict[str, Any]:
        """The cells by the ids of their columns, with what holds (`holding`)."""
        return holding(ATTEMPT, self.cells)


def holding(columns: Sequence[Column], cells: Row) -> dict[str, Any]:
    """A row by the ids of its columns, with what people decided in place of what the program found: what a report
    shows, and a certificate goes by."""
    row: dict[str, Any] = {column.id: cell for column, cell in zip(columns, cells, strict=True)}
    score = row["final-raw"]
    row |= {"raw": score, "result": row["final-result"], "scaled": None if score is None else score / 100}
    if row.get("human-verdict") is not None:
        row |= {"verdict": row["human-verdict"], "reason": row["override-reason"]}
    return row


def headings(columns: Sequence[Column]) -> tuple[str, ...]:
    """The headings in the user's language."""
    return tuple(_(column.title) for column in columns)


def words(kind: Kind) -> dict[Cell, str]:
    """What the codes of that kind are called in the user's language; empty for a kind that is no code."""
    match kind:
        case "mode":
            return {code: _(word) for code, word in MODES.items()}
        case "closed":
            return {code: _(word) for code, word in CLOSED.items()}
        case "input":
            return {code: _(word) for code, word in INPUTS.items()}
        case "result":
            return {code: render(f"result-{code}", {}) for code in get_args(Result)}
        case "verdict":
            return {code: render(f"verdict-{code}", {}) for code in VERDICTS}
        case "scorer":
            return {PROGRAM: _("program"), PERSON: _("person")}
        case "dispute":
            return {code: _(word) for code, word in DISPUTES.items()}
        case "readiness":
            return {code: _(word) for code, word in READINESS.items()}
        case _:
            return {}


def worded(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[Row]:
    """The rows as people read them: words for codes. A code that this version does not know stands as it is."""
    known = [(place, said) for place, column in enumerate(columns) if (said := words(column.kind))]
    for row in rows:
        cells = list(row)
        for place, said in known:
            cells[place] = said.get(cells[place], cells[place])
        yield tuple(cells)


def published(connection: Connection, wanted: Filter) -> list[Published]:
    """The attempts that may leave and fit, oldest first. They are numbered among those that may leave: how often
    somebody practised is theirs to tell."""
    order = {id: place for place, id in enumerate(statements.published(connection))}
    rows = [row for row in connection.execute(_ATTEMPTS).mappings() if row["id"] in order]
    rows.sort(key=lambda row: order[row["id"]])
    said = {row.attempt: row for row in connection.execute(_SEALS)}
    submitted = {
        row.attempt: statements.signed_at(str(row.statement, "utf-8")) for row in connection.execute(_SUBMISSIONS)
    }
    totals = Counter((row["profile"], row["scenario"]) for row in rows)
    reached: Counter[tuple[str, str]] = Counter()
    found = []
    for row in rows:
        own = (row["profile"], row["scenario"])
        reached[own] += 1
        if not _fits(row, wanted):
            continue
        cells = _cells(row, reached[own], totals[own], submitted.get(row["id"]), said[row["id"]].key)
        found.append(Published(row["id"], cells, row["agent"] or ""))
    return found


def mark_rows(connection: Connection, chosen: Sequence[Published], *, names: bool = False) -> Iterator[Row]:
    """A row per mark under `MARKS`, in the order of the attempts. `names`: leave the trainee's name in quotes."""
    for attempt, lines in _marked(connection, chosen):
        hide = Veil("" if names else attempt.agent)
        for line in lines:  # unpacked, because a million names looked up take their time
            _id, _place, checkpoint, title, phase, weight, critical, verdict, quote, rule, reason, decided, why, at = (
                line
            )
            own = (checkpoint, title, phase, weight, critical, verdict, hide(quote), hide(reason))
            if decided is None:
                yield (*attempt.cells, *own, PROGRAM, rule, *_NOBODY)
            else:
                yield (*attempt.cells, *own, PERSON, rule, decided, hide(why), read_moment(at))


def summary_rows(connection: Connection, chosen: Sequence[Published]) -> Iterator[Row]:
    """A row per attempt under `SUMMARY`; a person's verdict counts in place of the program's."""
    for attempt, lines in _marked(connection, chosen):
        counts = Counter(line.decided or line.verdict for line in lines)
        failed = (line.title for line in lines if line.critical and (line.decided or line.verdict) == Verdict.MISSED)
        yield (*attempt.cells, *(counts[verdict] for verdict in VERDICTS), ", ".join(failed))


def _marked(connection: Connection, chosen: Sequence[Published]) -> Iterator[tuple[Published, list[Any]]]:
    """The attempts in their order, each with the rows of its marks, in theirs."""
    for first in range(0, len(chosen), _AT_ONCE):
        some = chosen[first : first + _AT_ONCE]
        found: dict[str, list[Any]] = {attempt.id: [] for attempt in some}
        for line in connection.execute(_MARKS.where(marks.c.attempt.in_(found))).all():
            found[line[0]].append(line)
        for attempt in some:
            yield attempt, found[attempt.id]


_NOBODY: Final[Row] = (None, None, None)
"""The cells of a mark that no person decided."""
_ATTEMPTS = select(
    attempts, outcomes.c.agent, outcomes.c.pass_mark, outcomes.c.duration_ms, outcomes.c.input, outcomes.c.ending,
    profiles.c.pseudonym, sittings.c.exam, sittings.c.number.label("exam_try"), cohorts.c.name.label("cohort"),
    final_score().label("final_score"), final_result().label("final_result"),
    reviews.c.reviewed, reviews.c.dispute, reviews.c.rescored_hash, reviews.c.rescored_score, reviews.c.rescored_result,
)  # fmt: skip
_ATTEMPTS = _ATTEMPTS.join(profiles, profiles.c.id == attempts.c.profile)
_ATTEMPTS = _ATTEMPTS.outerjoin(members, members.c.profile == profiles.c.id)
_ATTEMPTS = _ATTEMPTS.outerjoin(cohorts, cohorts.c.id == members.c.cohort)
_ATTEMPTS = _ATTEMPTS.outerjoin(outcomes, outcomes.c.attempt == attempts.c.id)
_ATTEMPTS = _ATTEMPTS.outerjoin(sittings, sittings.c.attempt == attempts.c.id)
_ATTEMPTS = _ATTEMPTS.outerjoin(reviews, reviews.c.attempt == attempts.c.id)
_SEALS: Final = select(statements_table.c.attempt, statements_table.c.key).where(statements_table.c.kind == SEALED)
_SUBMISSIONS: Final = select(statements_table.c.attempt, statements_table.c.statement).where(
    statements_table.c.kind == SUBMITTED
)
_MARKS: Final = (
    select(marks, rulings.c.verdict.label("decided"), rulings.c.reason.label("why"), rulings.c.at)
    .outerjoin(rulings, (rulings.c.attempt == marks.c.attempt) & (rulings.c.place == marks.c.place))
    .order_by(marks.c.attempt, marks.c.place)
)


def _fits(row: RowMapping, wanted: Filter) -> bool:
    day = read_moment(row["started_at"]).astimezone().date()
    return (
        wanted.scenario in (None, row["scenario"])
        and wanted.person in (None, row["pseudonym"])
        and wanted.exam in (None, row["exam"])
        and (wanted.cohort is None or wanted.cohort.casefold() == (row["cohort"] or "").casefold())
        and (wanted.since is None or day >= wanted.since)
        and (wanted.until is None or day <= wanted.until)
    )


def _cells(row: RowMapping, number: int, total: int, submitted: datetime | None, key: str) -> Row:
    length, score = row["duration_ms"], row["score"]
    return (
        row["id"],
        row["pseudonym"],
        row["cohort"],
        row["scenario"],
        row["title"],
        row["channel"],
        row["mode"],
        row["exam"],
        row["exam_try"],
        number,
        total,
        row["difficulty"],
        row["hints"],
        row["input"] or None,
        read_moment(row["started_at"]),
        None if row["ended_at"] is None else read_moment(row["ended_at"]),
        row["status"],
        None if length is None else round(length / 1000),
        submitted,
        score,
        None if score is None else score / 100,
        row["pass_mark"],
        row["result"],
        row["ending"],
        row["software"],
        row["scenario_hash"],
        row["protocol_hash"],
        key,
        row["final_score"],
        row["final_result"],
        bool(row["reviewed"]),
        row["dispute"] or Dispute.NONE.value,
        row["rescored_score"],
        row["rescored_result"],
        row["rescored_hash"],
    )


_SMALL_WORDS: Final = frozenset({"de", "del", "la", "las", "los", "y", "san", "da", "dos"})


_LETTERS: Final = (*range(ord("A"), 0x250), *range(0x1E00, 0x1F00))
"""Latin letters with all their accents."""


@cache
def _accented() -> dict[str, str]:
    """By each plain letter: all the letters that are it with an accent or none."""
    found: dict[str, str] = {}
    for letter in map(chr, _LETTERS):
        plain = unicodedata.normalize("NFD", letter)[0].lower()
        if plain.isalpha():
            found[plain] = found.get(plain, "") + letter
    return found


_INSTEAD: Final = "[agente]"
"""Stands among the trainee's own words, which are Spanish whatever the language of the program."""


class Veil:
    """Puts [agente] (or `instead`) in place of a name and of each part of it, however it is accented and whatever its
    case."""

    def __init__(self, name: str, instead: str = _INSTEAD) -> None:
        words = [word for word in re.findall(r"\w+", name.lower()) if word not in _SMALL_WORDS and len(word) > 1]
        some = "|".join(map(self._word, sorted(words, key=len, reverse=True)))
        small = "|".join(sorted(_SMALL_WORDS))
        run = rf"[\s.-]{{1,2}}(?:(?:{small})\s)*"
        self._name = re.compile(rf"\b(?:{some})(?:{run}(?:{some}))*\b", re.IGNORECASE) if words else None
        self._instead = instead

    @staticmethod
    def _word(word: str) -> str:
        """A pattern for a word, however it is accented."""
        plain = ((letter, unicodedata.normalize("NFD", letter)[0]) for letter in word)
        return "".join(f"[{_accented()[base]}]" if base in _accented() else re.escape(own) for own, base in plain)

    def __call__(self, text: str) -> str:
        return text if self._name is None else self._name.sub(lambda _found: self._instead, text)
