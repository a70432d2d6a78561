"""How a person stands at an exam: the tries that they have begun, how many are left, and the rules of the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from simulator.errors import TercerTimbreError
from simulator.records.sittings import Sitting
from simulator.records.values import AttemptSummary
from simulator.scenario.exam import Exam
from simulator.session.events import ExamRules


@dataclass(frozen=True, slots=True)
class Candidacy:
    """`tries`: the attempts of a person at an exam, oldest first; `used`: how many count, whatever became of them."""

    exam: Exam
    tries: tuple[AttemptSummary, ...] = ()
    used: int = 0

    @classmethod
    def of(cls, exam: Exam, sittings: Iterable[Sitting], attempts: Iterable[AttemptSummary]) -> Self:
        """From all that a person has sat and done (attempts newest first). Every try counts that was begun, also one
        whose attempt was erased since."""
        numbers = {one.attempt: one.number for one in sittings if one.exam == exam.id}
        tries = [attempt for attempt in attempts if attempt.id in numbers]
        return cls(exam, tuple(reversed(tries)), max(numbers.values(), default=0))

    @property
    def left(self) -> int:
        """How many tries are left."""
        return max(0, self.exam.doc.tries - self.used)

    @property
    def under_way(self) -> AttemptSummary | None:
        """The try that is not over."""
        return next((attempt for attempt in self.tries if attempt.status.open), None)

    @property
    def next_sitting(self) -> tuple[str, int]:
        """The scenario (its id) and the seed of the next try."""
        return self.exam.sitting(self.used + 1)

    def demand_open(self) -> None:
        """Make sure that a try can begin. Errors: exam-under-way, exam-no-tries."""
        if self.under_way is not None:
            raise TercerTimbreError("exam-under-way")
        if not self.left:
            raise TercerTimbreError("exam-no-tries", tries=self.exam.doc.tries)

    def rules(self, exam_hash: str, *, captions: bool) -> ExamRules:
        """The rules of the next try. `exam_hash`: of the exam's text as it is kept; `captions`: the trainee needs
        them."""
        doc = self.exam.doc
        return ExamRules(
            exam=self.exam.id,
            exam_hash=exam_hash,
            title=doc.title,
            number=self.used + 1,
            tries=doc.tries,
            time_limit_ms=self.exam.time_limit_ms,
            pass_mark=doc.pass_mark,
            captions=captions and doc.captions == "access",
        )
