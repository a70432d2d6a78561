"""Help and wrong calls: in Spanish, with what was probably meant, exit code 2."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from simulator.cli.calling import Group
from simulator.cli.commands import app
from tests.cli.conftest import MINI, Run

COMMANDS_PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
ENGLISH = re.compile(r"\b(Usage|Options|Commands|Arguments|Show|required|default|Error|Missing|the|and|with)\b")


def group() -> Group:
    found = get_command(app)
    assert isinstance(found, Group)
    return found


COMMANDS = sorted(group().commands)


def parts() -> list[tuple[str, str, Any]]:
    """The commands of commands: name of the whole, own name, the command."""
    wholes = [(name, command) for name, command in group().commands.items() if isinstance(command, Group)]
    return [(whole, name, part) for whole, command in wholes for name, part in command.commands.items()]


PARTS = [(whole, name) for whole, name, _part in parts()]


@pytest.mark.parametrize(
    "arguments", [["--help"], *([name, "--help"] for name in COMMANDS), *([*part, "--help"] for part in PARTS)]
)
def test_help_is_spanish(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Uso: python main.py")
    assert not ENGLISH.search(re.sub(r"JSON Schema|--\w+", "", ran.out))
    assert max(map(len, ran.out.splitlines())) <= 100


def test_the_help_names_every_command(run: Run) -> None:
    said = run("--help").out
    assert all(re.search(rf"^  {name} ", said, re.M) for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "main.py: No existe la orden «chek». ¿Quiso decir «check»?"),
        (["xyzzy"], "main.py: No existe la orden «xyzzy».\n"),
        (["--bogus"], "main.py: No existe la opción --bogus."),
        (["--"], "main.py: La orden no se usa así."),
        (["play"], "main.py play: Falta ESCENARIO."),
        (["play", "mini"], "main.py play: Falta --script."),
        (["play", "mini", "--script"], "La opción --script necesita un valor."),
        (["play", "mini", "--seeds", "3"], "main.py play: No existe la opción --seeds. ¿Quiso decir «--seed»?"),
        (["play", "mini", "--script", "x", "--seed", "tres"], "El valor de --seed no es posible: se espera un número"),
        (["play", "mini", "otro", "--script", "x"], "main.py play: «otro» está de más."),
        (["check", "--json=1"], "La opción --json no lleva valor."),
        (["schema", "x"], "main.py schema: «x» está de más."),
        (["models", "instal"], "main.py models: No existe la orden «instal». ¿Quiso decir «install»?"),
        (["models", "install"], "main.py models install: Falta MODELO."),
    ],
)
def test_a_wrong_call_is_explained(run: Run, arguments: list[str], said: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert not ENGLISH.search(ran.err.split("Ayuda:")[0])


def test_schema_prints_the_schema(run: Run) -> None:
    ran = run("schema")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["$defs"]["ScenarioDocument"]["properties"]["scenario"]


def test_a_refusal_of_the_system_is_said(run: Run, tmp_path: Path) -> None:
    ran = run("play", "a" * 5000, "--script", tmp_path)
    assert ran.code in (1, 2)
    assert "Traceback" not in ran.err


# The documentation


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented_with_all_its_options(name: str) -> None:
    text = COMMANDS_PAGE.read_text("utf-8")
    section = re.search(rf"^## `{name}`\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert section, f"write «## `{name}`» in docs/commands.md"
    assert f"python main.py {name}" in section.group(1)
    options = [option for param in group().commands[name].params for option in param.opts if option.startswith("--")]
    lacking = [option for option in options if option not in section.group(1)]
    assert not lacking


def test_no_command_is_documented_that_does_not_exist() -> None:
    assert re.findall(r"^## `(.+)`$", COMMANDS_PAGE.read_text("utf-8"), re.M) == list(group().commands)


@pytest.mark.parametrize(("whole", "name"), PARTS)
def test_a_part_of_a_command_is_documented_with_all_its_options(whole: str, name: str) -> None:
    section = re.search(rf"^## `{whole}`\n(.*?)(?=^## |\Z)", COMMANDS_PAGE.read_text("utf-8"), re.M | re.S)
    assert section
    assert f"python main.py {whole} {name}" in section.group(1)
    (command,) = (part for above, own, part in parts() if (above, own) == (whole, name))
    options = [option for param in command.params for option in param.opts if option.startswith("--")]
    assert [option for option in options if option not in section.group(1)] == []


def test_the_moves_are_documented() -> None:
    from simulator.scenario.moves import WORDS

    text = COMMANDS_PAGE.read_text("utf-8")
    table = text[text.index("| movimiento |") :]
    assert [word for word in WORDS if not re.search(rf"`{word}[`:]", table)] == []


def test_the_script_of_the_documentation_is_a_script() -> None:
    from simulator.rehearsal.script import read_script

    example = re.search(r"^```yaml\n(.*?)^```", COMMANDS_PAGE.read_text("utf-8"), re.M | re.S)
    assert example
    moves, wrong = read_script(example.group(1), str(MINI))
    assert wrong == ()
    assert moves
