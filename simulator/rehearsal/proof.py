"""The scenario's own tests, run with several seeds: what `check` and the authors rely on."""

from collections.abc import Iterator

from simulator.protocol.catalogue import Verdict
from simulator.rehearsal.player import Player, play
from simulator.scenario.load import LoadedScenario
from simulator.scenario.model import Expectation, ScenarioTest
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Scorecard
from simulator.scoring.score import score
from simulator.source.diagnostics import Diagnostic, Severity
from simulator.source.nodes import MappingNode, at
from simulator.wording import render

Path = tuple[str | int, ...]
SEEDS = (1, 2, 3, 4, 5)


def prove(loaded: LoadedScenario, seeds: tuple[int, ...] = SEEDS) -> Iterator[Diagnostic]:
    """A diagnostic for each expectation of each test that fails, with the seeds it fails for."""
    scenario, root = loaded.scenario, loaded.root
    if scenario is None or root is None:
        return
    for index, test in enumerate(scenario.doc.tests):
        failures: dict[tuple[str, Path], list[int]] = {}
        for seed in seeds:
            for found in _failures(scenario, test, seed):
                failures.setdefault(found, []).append(seed)
        for (failure, path), failed in failures.items():
            yield _diagnostic(root, ("tests", index, *path), test, failure, failed)


def _diagnostic(root: MappingNode, path: Path, test: ScenarioTest, failure: str, seeds: list[int]) -> Diagnostic:
    args = {"test": test.name, "failure": failure, "seeds": ", ".join(map(str, seeds))}
    return Diagnostic("scenario-test-fails", Severity.ERROR, at(root, path), args)


def _failures(scenario: Scenario, test: ScenarioTest, seed: int) -> Iterator[tuple[str, Path]]:
    """What a run gives other than expected, each as `what: expected → got`, and where in the test that is written."""
    player = play(scenario, test.do, seed=seed)
    for refused in player.refused:
        yield render(refused.code, dict(refused.args)), ("do", refused.index)
    for difference in _differences(test.expect, score(scenario, player.events), player):
        yield difference, ("expect",)


def _differences(expected: Expectation, card: Scorecard, player: Player) -> Iterator[str]:
    def having(verdict: Verdict) -> set[str]:
        return {line.id for line in card.checkpoints if line.verdict == verdict}

    if expected.score is not None and (card.score is None or not expected.score.holds(card.score)):
        lost = sorted(having(Verdict.MISSED) | having(Verdict.UNCLEAR)) if expected.missed is None else ()
        why = f" ({', '.join(lost)})" if lost else ""
        yield f"score: {expected.score.op} {expected.score.number} → {card.score}{why}"
    if expected.result is not None and card.result != expected.result:
        yield f"result: {expected.result} → {card.result}"
    if expected.end is not None and card.end != expected.end:
        yield f"end: {expected.end} → {card.end}"
    for outcome in card.contacts:
        wanted_end = expected.ends.get(outcome.contact)
        if wanted_end is not None and outcome.end != wanted_end:
            yield f"ends: {outcome.contact}: {wanted_end} → {outcome.end}"
    if expected.mood is not None and not expected.mood.holds(player.contact.mood):
        yield f"mood: {expected.mood.op} {expected.mood.number} → {player.contact.mood}"
    for name, exact, verdict in (
        ("missed", expected.missed, Verdict.MISSED),
        ("unclear", expected.unclear, Verdict.UNCLEAR),
    ):
        if exact is not None and set(exact) != having(verdict):
            got = having(verdict)
            extra, lacking = sorted(got - set(exact)), sorted(set(exact) - got)
            yield f"{name}: +[{', '.join(extra)}] -[{', '.join(lacking)}]"
    for name, wanted, verdict in (
        ("met", expected.met, Verdict.MET),
        ("not-applicable", expected.not_applicable, Verdict.NOT_APPLICABLE),
    ):
        lacking = sorted(set(wanted) - having(verdict))
        if lacking:
            yield f"{name}: -[{', '.join(lacking)}]"
