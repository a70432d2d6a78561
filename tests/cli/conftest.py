"""Commands run through `main`, as `main.py` runs them, with what they print."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator.cli.commands import main

MINI = Path(__file__).resolve().parents[1] / "session" / "mini.yaml"


@dataclass(frozen=True, slots=True)
class Ran:
    """The exit code, and what went to standard output and standard error."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def ran(*arguments: str | Path) -> Ran:
        code = main([str(argument) for argument in arguments])
        return Ran(code, *capfd.readouterr())

    return ran


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str], Path]:
    """A script with this text."""

    def write(text: str) -> Path:
        path = tmp_path / "guion.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


GOOD = """\
- dismiss-colleague
- answer
- say: Telenova, muy buenos días, le habla Diego, ¿en qué le puedo ayudar?
- say: Le hacemos el reintegro hoy mismo.
- say: Gracias por llamar, que tenga buen día.
- notes: {customer: Marta Ríos, reason: Cobro doble, solution: Reintegro, follow-up: Ninguno}
"""
"""A short call from the ring to the notes."""
