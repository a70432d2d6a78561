"""What reads an example of a diagnostic's page: kind of file → the codes that loading and proving it give."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from simulator.protocol.examples import verify_examples
from simulator.protocol.load import CHECKPOINTS, SAMPLE, WEIGHTS, load_protocol

ROOT = Path(__file__).resolve().parents[2]


@lru_cache(maxsize=1)
def _catalogue() -> str:
    return (ROOT / CHECKPOINTS).read_text(encoding="utf-8")


def _codes(path: str, more: Mapping[str, str] = MappingProxyType({})) -> Callable[[str | bytes], set[str]]:
    def codes(example: str | bytes) -> set[str]:
        text = example if isinstance(example, str) else example.decode("utf-8")
        given = {CHECKPOINTS: _catalogue(), **more, path: text}
        loaded = load_protocol(given)
        return {d.code for d in (*loaded.diagnostics, *verify_examples(loaded.protocol))}

    return codes


_CONCEPTS = {"assets/language/es/concepts/a-first.yaml": 'rato:\n  - "momento"\n'}
_RULES = {
    "assets/protocol/rules/a-first.yaml": (
        'welcome:\n  met: ["bienvenida"]\n  examples:\n    met: ["Bienvenida."]\n    missed: ["Hola."]\n'
    )
}

READERS: Mapping[str, Callable[[str | bytes], set[str]]] = MappingProxyType(
    {
        "rules": _codes("assets/protocol/rules/example.yaml", _RULES),
        "concepts": _codes("assets/language/es/concepts/example.yaml", _CONCEPTS),
        "checkpoints": _codes(CHECKPOINTS),
        "sample": _codes(SAMPLE),
        "weights": _codes(WEIGHTS),
        "verbs": _codes("assets/language/es/verbs.yaml"),
        "names": _codes("assets/language/es/names.yaml"),
    }
)
