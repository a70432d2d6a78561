"""Scripts for `play --script`: a YAML list of moves, or a mapping with such a list under `do`."""

from simulator.scenario.moves import WORDS, Move, read_move
from simulator.source.diagnostics import Diagnostic, Severity, has_errors, in_order, suggest
from simulator.source.nodes import MappingNode, SequenceNode
from simulator.source.spans import point
from simulator.source.tree import parse, plain


def read_script(text: str | bytes, file: str) -> tuple[list[Move], tuple[Diagnostic, ...]]:
    """The moves of a script and all its mistakes; with an error among them the moves are not to be used."""
    from pydantic_core import PydanticCustomError

    parsed = parse(text, file)
    found = list(parsed.diagnostics)
    root = parsed.root
    if isinstance(root, MappingNode):
        entry = root.entry("do")
        root = None if entry is None else entry.value
    if not isinstance(root, SequenceNode):
        if not has_errors(found):
            found.append(Diagnostic("script-not-a-list", Severity.ERROR, point(file)))
        return [], in_order(found)
    moves: list[Move] = []
    for item in root.items:
        try:
            move = read_move(plain(item))
        except PydanticCustomError as e:
            word = str((e.context or {}).get("word", ""))
            if word:
                args: dict[str, str | int] = {"move": word, "suggestion": suggest(word, WORDS) or ""}
                found.append(Diagnostic("scenario-unknown-move", Severity.ERROR, item.span, args))
            else:
                found.append(Diagnostic("scenario-move-shape", Severity.ERROR, item.span, {"key": "", "value": ""}))
            continue
        assert isinstance(move, Move)
        moves.append(move)
    return moves, in_order(found)
