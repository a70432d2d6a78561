"""Running the examples of rules: an example that its own rule does not judge as said is an error at its place."""

from collections.abc import Iterator, Mapping

from simulator.language.situation import Situation
from simulator.protocol.catalogue import Example, Rule, Verdict
from simulator.protocol.load import Protocol
from simulator.protocol.sample import situation_of
from simulator.protocol.understanding import Finding, understand
from simulator.source.diagnostics import Diagnostic, Severity


def verify_examples(protocol: Protocol) -> tuple[Diagnostic, ...]:
    """Run the examples and models of all rules of the catalogue (what `check` calls; loading does not)."""
    return tuple(diagnostic for rule in protocol.rules.values() for diagnostic in verify_rule(rule, protocol.sample))


def verify_rule(rule: Rule, sample: Situation) -> Iterator[Diagnostic]:
    """The examples of one rule. `met` must be met; `missed` must be missed or not applicable. The model must be met."""
    for example in rule.examples:
        situation, wrong = situation_of(sample, example.given)
        if wrong:
            yield Diagnostic("example-value", Severity.ERROR, example.span, {"key": wrong})
            continue
        finding = understand({rule.id: rule}, situation, example.reply)[rule.id]
        if not _as_said(example, finding):
            yield Diagnostic(
                "example-missed" if example.met else "example-met", Severity.ERROR, example.span, _values(rule, finding)
            )
    if rule.model:
        finding = understand({rule.id: rule}, sample, rule.model)[rule.id]
        if finding.verdict is not Verdict.MET:
            yield Diagnostic("example-model", Severity.ERROR, rule.span, _values(rule, finding))


def _as_said(example: Example, finding: Finding) -> bool:
    if example.met:
        return finding.verdict is Verdict.MET
    return finding.verdict in (Verdict.MISSED, Verdict.NOT_APPLICABLE)


def _values(rule: Rule, finding: Finding) -> Mapping[str, str | int]:
    return {"id": rule.id, "verdict": finding.verdict.value, "rule": finding.rule}
