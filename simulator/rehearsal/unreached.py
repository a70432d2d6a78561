"""What exploring a scenario did not reach, as diagnostics at their places: the second half of the prover."""

from collections.abc import Iterator

from simulator.rehearsal.coverage import Coverage, Goal, Kind
from simulator.rehearsal.explore import BOUND, explore
from simulator.scenario.checks import protocol_path
from simulator.scenario.load import LoadedScenario
from simulator.source.diagnostics import Diagnostic, Severity
from simulator.source.nodes import MappingNode, at, key_at
from simulator.wording import render

_CODES = {
    Kind.STEP: ("scenario-step-not-reached", Severity.WARNING),
    Kind.END: ("scenario-end-not-reached", Severity.WARNING),
    Kind.REPLY: ("scenario-reply-not-taken", Severity.INFO),
    Kind.WON: ("scenario-checkpoint-not-won", Severity.WARNING),
    Kind.LOST: ("scenario-checkpoint-not-lost", Severity.WARNING),
}

_TOLD = ("scenario-unreachable-step", "scenario-unreachable-end")
"""What reading the file alone showed not to be reached: it is not told twice."""


def explored(loaded: LoadedScenario, bound: int = BOUND) -> Iterator[Diagnostic]:
    """What at most so many moves did not reach, and the figures of what they did. Nothing for what cannot be played."""
    scenario, root = loaded.scenario, loaded.root
    if scenario is None or root is None or bound <= 0:
        return
    told = {found.span for found in loaded.diagnostics if found.code in _TOLD}
    hopeless = [goal for goal, place in Coverage.of(scenario).goals.items() if key_at(root, place) in told]
    coverage = explore(scenario, bound, hopeless)
    yield Diagnostic("scenario-explored", Severity.INFO, key_at(root, ("scenario",)), coverage.figures())
    for goal in coverage.missing():
        idle = coverage.idle.get(goal.name, "") if goal.kind in (Kind.WON, Kind.LOST) else ""
        if not idle:
            yield _missing(goal, coverage, root)
        elif goal.kind is Kind.WON and goal.name in scenario.doc.protocol:
            # One that the channel brings along may well have no occasion here; one that is named should have.
            args: dict[str, str | int] = {"name": goal.name, "attempts": coverage.cards, "why": render(idle, {})}
            place = at(root, protocol_path(root, goal.name))
            yield Diagnostic("scenario-checkpoint-idle", Severity.WARNING, place, args)


def _missing(goal: Goal, coverage: Coverage, root: MappingNode) -> Diagnostic:
    code, severity = _CODES[goal.kind]
    args: dict[str, str | int] = {"name": goal.name, "moves": coverage.moves, "attempts": coverage.cards}
    if goal.kind in (Kind.WON, Kind.LOST):
        return Diagnostic(code, severity, at(root, protocol_path(root, goal.name)), args)
    return Diagnostic(code, severity, key_at(root, coverage.goals[goal]), args)
