"""What the store says when it refuses, and what importing it costs."""

import ast
import re
import string
import subprocess
import sys
from pathlib import Path

from simulator.records import faults
from simulator.wording.records import RECORDS
from simulator.wording.results import RESULTS

ROOM = Path(__file__).parents[2] / "simulator" / "records"


def raised(folder: Path = ROOM) -> dict[str, set[str]]:
    """Every code that a folder's modules raise by name, with the values it carries; from the source itself."""
    found: dict[str, set[str]] = {}
    for module in folder.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "TercerTimbreError":
                codes = [leaf.value for leaf in ast.walk(node.args[0]) if isinstance(leaf, ast.Constant)]
                for code in codes:
                    found.setdefault(str(code), {str(word.arg) for word in node.keywords})
    return found


def test_every_code_has_its_words_and_every_word_its_value() -> None:
    by_name = raised()
    assert len(by_name) > 15
    by_result = (faults.LOCKED, faults.READ_ONLY, faults.FULL, faults.CORRUPT, faults.UNREADABLE)
    codes = by_name | {code: {"path", "detail"} for code in by_result}
    assert codes.keys() == RECORDS.keys()
    for code, carried in codes.items():
        named = {name for _, name, _, _ in string.Formatter().parse(RECORDS[code]) if name}
        assert named <= carried, code


def test_every_finding_of_a_results_file_has_its_words() -> None:
    """A `Finding`'s code is the last word in quotes of its making or of the helper that makes it."""
    source = "".join((ROOM / name).read_text("utf-8") for name in ("results_file.py", "exchange.py"))
    assert set(re.findall(r'"(results-[a-z]+)"', source)) == RESULTS.keys()


def test_the_values_are_imported_without_the_database_library() -> None:
    script = "import simulator.records.values, sys; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOM.parents[1], check=False).returncode == 0
