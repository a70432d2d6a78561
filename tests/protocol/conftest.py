"""Small protocols from a few lines of YAML, and the one that ships."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from simulator.language.situation import Situation
from simulator.protocol.load import LoadedProtocol, Protocol, load_protocol
from simulator.protocol.understanding import Finding, understand

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = ("verbs.yaml", "words.yaml", "names.yaml")

SITUATION = Situation(
    company="Telenova",
    agent="Diego Salas",
    customer="Marta Ríos",
    area="Facturación",
    areas=("Facturación",),
    account="4471-22",
    clock=640,
)


@pytest.fixture(scope="session")
def shipped() -> LoadedProtocol:
    return load_protocol(
        {
            path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
            for folder in ("assets/language/es", "assets/protocol")
            for path in sorted((ROOT / folder).rglob("*"))
            if path.is_file()
        }
    )


@pytest.fixture(scope="session")
def language() -> Mapping[str, str]:
    folder = ROOT / "assets" / "language" / "es"
    return {f"assets/language/es/{name}": (folder / name).read_text(encoding="utf-8") for name in LANGUAGE}


@pytest.fixture(scope="session")
def bare(language: Mapping[str, str]) -> Protocol:
    """The language without a catalogue: rules are compiled into it as a scenario's are."""
    return load_protocol(language).protocol


Judge = Callable[..., Finding]


@pytest.fixture(scope="session")
def judged(bare: Protocol) -> Judge:
    """`judged(yaml of a rule, reply, situation)`: the finding."""
    from simulator.source.tree import parse

    def run(rule: str, reply: str, situation: Situation = SITUATION) -> Finding:
        root = parse(rule, "rule.yaml").root
        assert root is not None
        compiled, _ = bare.compile_rule("it", root)
        assert compiled is not None
        return understand({"it": compiled}, situation, reply)["it"]

    return run
