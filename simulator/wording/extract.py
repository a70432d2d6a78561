"""Finds every msgid of the program: the literals of `_`, `n_` and `mark` by reading the source, and the tables."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.wording.tables import tables

_SIMULATOR = Path(__file__).resolve().parents[1]
_MARKERS = frozenset({"_", "n_", "mark"})


@dataclass(frozen=True, slots=True)
class Use:
    """A msgid where it is used. `place` is `path:line` (`path: code` for a row of a table), from the project's root.

    `msgid` is None where the text is put together before it is looked up, so that no translation could ever match.
    """

    msgid: str | None
    place: str
    plural: str | None = None


def uses() -> Iterator[Use]:
    """All msgids of the program."""
    for module, table in tables():
        for code, msgid in table.items():
            yield Use(msgid, f"simulator/wording/{module}.py: {code}")
    for path in sorted(_SIMULATOR.rglob("*.py")):
        yield from uses_in(path.read_text(encoding="utf-8"), path.relative_to(_SIMULATOR.parent).as_posix())


def uses_in(source: str, name: str) -> Iterator[Use]:
    """The msgids that the text of one module looks up. A variable is passed over: what it holds is marked elsewhere."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args)
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        if _name(node.func) not in _MARKERS:
            continue
        wanted = 2 if _name(node.func) == "n_" else 1
        literals = [_literal(argument) for argument in node.args[:wanted]]
        place = f"{name}:{node.lineno}"
        if isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
            yield Use(None, place)
        elif literals[0] is not None:
            yield Use(literals[0], place, literals[1] if wanted == 2 else None)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _literal(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
