"""A scorecard put into words: what the debrief shows and what «copy summary» copies. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from simulator.records.review import Review
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Evidence, Line, Outcome, Scorecard
from simulator.scoring.tally import with_verdicts
from simulator.session.dialogue import filled
from simulator.session.envelope import Event
from simulator.session.events import AgentSpoke
from simulator.session.evolve import replayed
from simulator.session.moments import nearest_agent_message, retry_point_of
from simulator.session.state import State
from simulator.session.telling import PHASES, clock_text, end_text
from simulator.ui.desk.words import Tone
from simulator.wording import _, n_, render

VERDICT_LOOKS: Mapping[str, tuple[str, Tone]] = {
    "met": ("check-circle", "good"),
    "missed": ("cross-circle", "bad"),
    "unclear": ("question", "warning"),
    "not-applicable": ("minus-circle", "neutral"),
}
"""Verdict → icon and tone."""

RESULT_TONES: Mapping[str, Tone] = {
    "passed": "good",
    "failed": "bad",
    "pending": "warning",
    "incomplete": "warning",
    "not-scored": "neutral",
}

Filter = Literal["all", "improve", "critical"]


@dataclass(frozen=True)
class Reading:
    """One attempt read for people. `given`: the card as the program made it; `card`: with what people decided in its
    place; `review`: all that they said."""

    scenario: Scenario
    events: tuple[Event, ...]
    given: Scorecard
    review: Review = field(default_factory=Review)

    @cached_property
    def card(self) -> Scorecard:
        """The card that counts."""
        return with_verdicts(self.given, self.review.verdicts) if self.review.rulings else self.given

    def place(self, line: Line) -> int:
        """Where a line stands on the card."""
        return next(place for place, own in enumerate(self.card.checkpoints) if own.id == line.id)

    def is_disputed(self, line: Line) -> bool:
        """Whether its trainee disputes a verdict and nobody has decided yet."""
        objection = self.review.objections.get(self.place(line))
        return objection is not None and objection.outcome is None

    @property
    def names(self) -> Mapping[str, str]:
        """The customers by contact, where there are several; else nobody needs to be told apart."""
        return self.scenario.customers if len(self.scenario.contacts) > 1 else {}

    def clock(self, seq: int, at_ms: int) -> str:
        """When event `seq` happened: minutes and seconds of the attempt, or, in a shift, the time of day."""
        if self.scenario.agenda is None:
            return clock_text(at_ms)
        return f"{self.scenario.doc.moment(self._state.simulated(seq, at_ms)):%H:%M:%S}"

    def name_at(self, seq: int) -> str:
        """With whom event `seq` happened, where there are several customers; else ""."""
        return self.names.get(self.events[seq].contact, "") if 0 <= seq < len(self.events) else ""

    def when(self, seq: int, at_ms: int) -> str:
        """The time of something about event `seq`, and with whom it was where there are several."""
        at, name = self.clock(seq, at_ms), self.name_at(seq)
        return f"{at} · {name}" if name else at

    @cached_property
    def _state(self) -> State:
        return replayed(self.events)

    def phases(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """The checkpoints by phase, phases in the catalogue's order, those without checkpoints left out."""
        found = [(phase, tuple(line for line in self.card.checkpoints if line.phase == phase)) for phase in PHASES]
        return tuple((phase, lines) for phase, lines in found if lines)

    def count(self, which: Filter) -> int:
        """How many checkpoints a filter shows."""
        return sum(shows(which, line) for line in self.card.checkpoints)

    def result(self) -> str:
        """The result in one or two words."""
        return render(f"result-{self.card.result}", {})

    def verdict(self, line: Line) -> str:
        """The verdict in words."""
        return render(f"verdict-{line.verdict}", {})

    def reason(self, line: Line) -> str:
        """Why the verdict is what it is; the catalogue's own sentence where the card, a newer one, gives a reason that
        this program does not know."""
        try:
            return render(line.reason, dict(line.args))
        except KeyError:
            checkpoint = self.scenario.known.get(line.id)
            if checkpoint is None:
                return ""
            return checkpoint.met if line.verdict == "met" else checkpoint.missed

    def model(self, line: Line) -> str:
        """A better wording with the names of this call, or "" where the verdict needs none."""
        if line.verdict not in ("missed", "unclear") or not line.model:
            return ""
        started = self._state.started
        return line.model if started is None else filled(self.scenario.doc, started.agent, line.model)

    def quotes(self, line: Line) -> tuple[str, ...]:
        """What was said that proves the verdict, with its time."""
        return tuple(f"{self._when(e)} · «{e.quote}»" for e in line.evidence if e.quote and not e.absent)

    def absence(self, line: Line) -> str:
        """Where something should have been: the turn that lacks it, one a line where there are several contacts, or
        ""."""
        found = [evidence for evidence in line.evidence if evidence.absent]
        return "\n".join(self._missing(evidence) for evidence in (found if self.names else found[:1]))

    def _missing(self, found: Evidence) -> str:
        text = self._words(found)
        when = self._when(found)
        if text:
            return _("It was missing in your turn of {time}: «{text}»").format(time=when, text=text)
        return _("It was missing at {time}.").format(time=when)

    def retry_at(self, line: Line) -> int | None:
        """The last event that is kept when the moment of a checkpoint is lived anew; None where nothing is to mend or
        no turn of the agent led to it."""
        if line.verdict not in ("missed", "unclear") or not line.evidence:
            return None
        said = nearest_agent_message(self.events, line.evidence[0].event)
        point = None if said is None else retry_point_of(self.events, said)
        return None if point is None else point.at_seq

    def pace_limit(self) -> int | None:
        """Words a minute at most, where speaking slowly was in play; None otherwise."""
        line = next((line for line in self.card.checkpoints if line.id == "speak-slowly"), None)
        if line is None or line.verdict == "not-applicable":
            return None
        return self.scenario.doc.bounds.wpm

    def headline(self) -> str:
        """What decided the result, in a sentence."""
        card = self.card
        titles = {line.id: line.title for line in card.checkpoints}
        if card.failed_by:
            names = ", ".join(f"«{titles.get(id, id)}»" for id in card.failed_by)
            return n_(
                "A critical checkpoint was not met: {names}.",
                "Critical checkpoints were not met: {names}.",
                len(card.failed_by),
            ).format(names=names)
        match card.result:
            case "passed":
                return _("You reached the mark of {mark} and met every critical checkpoint.").format(
                    mark=card.pass_mark
                )
            case "failed":
                return _("You need {mark} to pass.").format(mark=card.pass_mark)
            case "pending":
                return _("Some checkpoints wait for a person's review before the result is final.")
            case "incomplete":
                return _("The call did not reach an end, so there is no score.")
            case "not-scored":
                return _("This attempt is not scored.")

    def exam(self) -> str:
        """Which try at which exam it was; "" of practice."""
        exam = self._state.exam
        if exam is None:
            return ""
        said = _("Exam «{title}», try {number} of {tries}.")
        said = said.format(title=exam.title, number=exam.number, tries=exam.tries)
        return f"{said} {_('With captions.')}" if self._state.captions else said

    def range(self) -> str:
        """The scores that settling the unclear ones could give, or ""."""
        card = self.card
        if card.lowest is None or card.highest is None or card.lowest == card.highest:
            return ""
        return _("Between {low} and {high} once reviewed").format(low=card.lowest, high=card.highest)

    def ending(self) -> str:
        """How each contact ended, one a line where there are several, and how long it all took."""
        card = self.card
        lasted = _("Duration {time}").format(time=clock_text(card.duration_ms))
        if len(card.contacts) > 1:
            ends = [f"{outcome.customer} · {self.ended(outcome)}" for outcome in card.contacts]
            return "\n".join([*ends, lasted])
        title = end_text(card.end, card.end_title)
        return f"{title} · {lasted}" if title else lasted

    def ended(self, outcome: Outcome) -> str:
        """How one of several contacts ended."""
        return end_text(outcome.end, outcome.end_title) or _("Did not come to an end")

    def summary(self) -> str:
        """The attempt as plain text to paste somewhere."""
        card = self.card
        score = _("no score") if card.score is None else _("{score} of 100").format(score=card.score)
        exam = [self.exam()] if self.exam() else []
        lines = [
            self.scenario.doc.title,
            *exam,
            f"{self.result().capitalize()} · {score}",
            self.headline(),
            self.ending(),
            "",
        ]
        for phase, found in self.phases():
            wanting = [line for line in found if shows("improve", line)]
            if wanting:
                lines.append(_(PHASES[phase]))
                lines += [self._summary_line(line) for line in wanting]
        met = sum(line.verdict == "met" for line in card.checkpoints)
        lines += ["", n_("{n} checkpoint met", "{n} checkpoints met", met).format(n=met)]
        return "\n".join(lines)

    def _summary_line(self, line: Line) -> str:
        model = self.model(line)
        better = " " + _("Better: {text}").format(text=model) if model else ""
        return f"- {line.title} ({self.verdict(line)}): {self.reason(line)}{better}"

    def _when(self, evidence: Evidence) -> str:
        return self.when(evidence.event, evidence.at_ms)

    def _words(self, evidence: Evidence) -> str:
        if not 0 <= evidence.event < len(self.events):
            return ""
        what = self.events[evidence.event].what
        return what.text if isinstance(what, AgentSpoke) else ""


def shows(which: Filter, line: Line) -> bool:
    """Whether a filter shows a checkpoint."""
    match which:
        case "all":
            return True
        case "improve":
            return line.verdict in ("missed", "unclear")
        case "critical":
            return line.critical
