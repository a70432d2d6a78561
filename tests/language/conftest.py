"""A lexicon from the language data that ships, made once; nothing in it changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.language.lexicon import Lexicon
from simulator.language.loading import load_lexicon
from simulator.language.match import Match, find
from simulator.language.situation import Situation
from simulator.language.text import read

ROOT = Path(__file__).resolve().parents[2]

SITUATION = Situation(
    company="Banco Andarríos",
    company_aliases=("Andarríos en línea",),
    agent="Diego Salas",
    customer="Marta Ríos",
    supervisor="Laura Peña",
    area="Siniestros (Rocío Paredes)",
    areas=("Facturación", "Soporte técnico"),
    account="cuenta 4471-22",
    clock=640,
    call_reason="le cobraron dos veces la factura",
)

Finder = Callable[..., tuple[Match, ...]]


def files(*names: str) -> dict[str, str]:
    folder = ROOT / "assets" / "language" / "es"
    return {f"assets/language/es/{name}": (folder / name).read_text(encoding="utf-8") for name in names}


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    given = files("verbs.yaml", "words.yaml", "names.yaml", "protected.txt")
    given["assets/language/es/concepts/test.yaml"] = (
        'rato:\n  - "(un / =dos) (momento~ / minuto~ / rato~)"\ncortesia:\n  - "por favor"\n  - "si es tan amable"\n'
        'pedido:\n  - "permitir~ ... $rato"\n'
    )
    lexicon, diagnostics = load_lexicon(given)
    assert not diagnostics
    return lexicon


@pytest.fixture(scope="session")
def search(lexicon: Lexicon) -> Finder:
    """`search(pattern, reply)`: the matches, denied ones included."""

    def run(pattern: str, reply: str, situation: Situation = SITUATION) -> tuple[Match, ...]:
        child = lexicon.child()
        return find(child.compile(pattern), read(reply), situation, child)

    return run
