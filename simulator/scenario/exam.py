"""An exam as its author writes it: which scenarios with which seeds, in what time, how often, and from what score.

An exam holds no conversation: it names scenarios of the library by their ids. Try n of anybody takes the n-th scenario
with the n-th seed, from the beginning again after the last of each, so that all who sit it meet the same.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from simulator.scenario.mistakes import mistakes
from simulator.scenario.values import Id, Ids, Model, Numbers, Text
from simulator.source.diagnostics import Diagnostic, Severity, has_errors, in_order, suggest
from simulator.source.nodes import MappingNode, at
from simulator.source.spans import point
from simulator.source.tree import parse, plain

KEY = "exam"
"""The key by which a file is an exam."""
FOLDER = "exams"
"""The folder in which the library looks for exams."""

_TIMES = (1, 240)
_SEEDS = 1_000_000_000


class ExamDocument(Model):
    """A whole file of an exam. `time_limit`: minutes, which nothing stops; `difficulty`: instead of each scenario's;
    `captions`: `never`, or for those whose settings say that they need them for `access`."""

    exam: Id
    title: Text
    summary: Text | None = None
    scenarios: Annotated[Ids, Field(min_length=1)]
    seeds: Annotated[Numbers, Field(min_length=1, max_length=100)]
    time_limit: Annotated[int, Field(ge=_TIMES[0], le=_TIMES[1])]
    tries: Annotated[int, Field(ge=1, le=20)]
    pass_mark: Annotated[int, Field(ge=1, le=100)]
    difficulty: Annotated[int, Field(ge=1, le=5)] | None = None
    captions: Literal["never", "access"] = "access"


@dataclass(frozen=True, slots=True)
class Exam:
    """A sound exam with its text as it was written, which is kept by its `hash` with whoever sits it."""

    doc: ExamDocument
    text: str
    hash: str

    @property
    def id(self) -> str:
        return self.doc.exam

    @property
    def time_limit_ms(self) -> int:
        return self.doc.time_limit * 60_000

    def sitting(self, number: int) -> tuple[str, int]:
        """The scenario (its id) and the seed of try `number`, which counts from 1."""
        place = number - 1
        return self.doc.scenarios[place % len(self.doc.scenarios)], self.doc.seeds[place % len(self.doc.seeds)]


@dataclass(frozen=True, slots=True)
class LoadedExam:
    """What a file gave. `exam` None: it has errors. `document` may be there in spite of them."""

    file: str
    exam: Exam | None
    document: ExamDocument | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What an exam needs to know of a scenario. `minutes`: what its author thinks that it takes."""

    playable: bool
    minutes: int


Look = Callable[[str], Part | None]
"""The scenario with that id; None: there is none."""


def load_exam(text: str | bytes, file: str, look: Look, known: Sequence[str] = ()) -> LoadedExam:
    """The exam of a YAML text. `file`: the name that places carry; `known`: ids of scenarios, for whoever mistyped one.
    Any input gives a result, never an exception."""
    parsed = parse(text, file)
    found = list(parsed.diagnostics)
    root = parsed.root
    if not isinstance(root, MappingNode):
        if not has_errors(found):
            span = point(file) if root is None else root.span
            found.append(Diagnostic("exam-not-a-mapping", Severity.ERROR, span))
        return LoadedExam(file, None, None, in_order(found))
    try:
        document = ExamDocument.model_validate(plain(root))
    except ValidationError as e:
        return LoadedExam(file, None, None, in_order([*found, *mistakes(e, root)]))
    found.extend(_check(document, root, look, known))
    if has_errors(found):
        return LoadedExam(file, None, document, in_order(found))
    whole = text if isinstance(text, str) else text.decode("utf-8-sig")
    exam = Exam(document, whole, hashlib.sha256(whole.encode()).hexdigest())
    return LoadedExam(file, exam, document, in_order(found))


def _check(doc: ExamDocument, root: MappingNode, look: Look, known: Sequence[str]) -> Iterator[Diagnostic]:
    error, warning = Severity.ERROR, Severity.WARNING
    for index, id in enumerate(doc.scenarios):
        span = at(root, ("scenarios", index))
        part = look(id)
        if id in doc.scenarios[:index]:
            yield Diagnostic("exam-repeated", error, span, {"key": "scenarios", "value": id})
        elif part is None:
            yield Diagnostic("exam-scenario-missing", error, span, {"name": id, "suggestion": suggest(id, known) or ""})
        elif not part.playable:
            yield Diagnostic("exam-scenario-broken", error, span, {"name": id})
        elif doc.time_limit < part.minutes:
            args: dict[str, str | int] = {"name": id, "minutes": part.minutes}
            yield Diagnostic("exam-time-short", warning, at(root, ("time_limit",)), args)
    for index, seed in enumerate(doc.seeds):
        span = at(root, ("seeds", index))
        if not 0 <= seed < _SEEDS:
            args = {"key": "seeds", "value": str(seed), "limit": str(0 if seed < 0 else _SEEDS - 1)}
            yield Diagnostic("scenario-out-of-range", error, span, args)
        elif seed in doc.seeds[:index]:
            yield Diagnostic("exam-repeated", error, span, {"key": "seeds", "value": str(seed)})
    places = range(doc.tries)
    met = {(doc.scenarios[n % len(doc.scenarios)], doc.seeds[n % len(doc.seeds)]) for n in places}
    if len(met) < doc.tries:
        yield Diagnostic("exam-tries-alike", warning, at(root, ("tries",)), {"tries": doc.tries, "different": len(met)})
