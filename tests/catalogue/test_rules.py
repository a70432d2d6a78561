"""The rules that ship: each text checkpoint has one or a reason, and every example is judged as it says."""

import re
from collections.abc import Mapping

from simulator.protocol.catalogue import Verdict
from simulator.protocol.examples import verify_examples
from simulator.protocol.load import LoadedProtocol
from simulator.protocol.understanding import understand
from simulator.source.diagnostics import Diagnostic
from tests.catalogue.protocol_ids import WITHOUT_RULE


def _told(diagnostic: Diagnostic) -> str:
    start = diagnostic.span.start
    return f"{start.file}:{start.line}:{start.column} {diagnostic.code} {dict(diagnostic.args)}"


def test_loads_without_a_complaint(loaded: LoadedProtocol) -> None:
    assert [_told(diagnostic) for diagnostic in loaded.diagnostics] == []


def test_every_text_checkpoint_has_a_rule_or_a_reason(loaded: LoadedProtocol) -> None:
    by_text = {id for id, checkpoint in loaded.protocol.checkpoints.items() if checkpoint.by_text}
    assert by_text - set(loaded.protocol.rules) == set(WITHOUT_RULE)
    assert set(loaded.protocol.rules) <= by_text


def test_examples_hold(loaded: LoadedProtocol) -> None:
    assert [_told(diagnostic) for diagnostic in verify_examples(loaded.protocol)] == []


def test_every_rule_has_four_examples_of_each_kind(loaded: LoadedProtocol) -> None:
    for rule in loaded.protocol.rules.values():
        said = [example.met for example in rule.examples]
        assert said.count(True) >= 4, rule.id
        assert said.count(False) >= 4, rule.id
        assert len({example.reply for example in rule.examples}) == len(said), rule.id


def test_no_concept_is_unused(files: Mapping[str, str], loaded: LoadedProtocol) -> None:
    used = {name for text in files.values() for name in re.findall(r"\$([\w-]+)", text)}
    assert set(loaded.protocol.lexicon.concepts) - used == set()


def test_the_better_wording_shown_meets_its_own_rule(loaded: LoadedProtocol) -> None:
    protocol = loaded.protocol
    sample = protocol.sample
    values = {
        "_agent": sample.agent,
        "_company": sample.company,
        "_customer": sample.customer or "",
        "_area": sample.area or "",
        "_account": sample.account or "",
    }
    for id, rule in protocol.rules.items():
        wording = protocol.checkpoints[id].model
        for name, value in values.items():
            wording = wording.replace(name, value)
        finding = understand({id: rule}, sample, wording)[id]
        assert finding.verdict is Verdict.MET, (id, wording, finding.rule)


def test_anything_else_in_a_models_place_is_a_word(loaded: LoadedProtocol) -> None:
    known = {"_agent", "_company", "_customer", "_area", "_account"}
    for checkpoint in loaded.protocol.checkpoints.values():
        assert set(re.findall(r"\b_\w+", checkpoint.model)) <= known, checkpoint.id


def test_what_a_colleague_does_is_not_an_order_to_the_customer(loaded: LoadedProtocol) -> None:
    rule = loaded.protocol.rules["courtesy-please"]
    for reply in ("Eso lo busca Archivo en los libros.", "El técnico apaga el equipo.", "Él mira su caso mañana."):
        assert understand({rule.id: rule}, loaded.protocol.sample, reply)[rule.id].verdict is Verdict.NOT_APPLICABLE
    for reply in ("Buscá la factura.", "Apagá el módem."):
        assert understand({rule.id: rule}, loaded.protocol.sample, reply)[rule.id].verdict is Verdict.MISSED
