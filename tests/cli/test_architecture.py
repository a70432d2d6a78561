"""`docs/architecture.md` names what there is: its files exist, its rooms are those of the import contracts."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")


def test_its_rooms_are_those_of_the_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["type"] == "layers")["layers"]
    rows = re.findall(r"^\| (`.+?`) \|", TEXT, re.M)
    assert [row.replace("`", "").replace(" · ", " | ") for row in rows] == [layer.strip() for layer in layers]


def test_its_files_exist() -> None:
    named = set(re.findall(r"`([\w/.-]+\.(?:py|yaml|md|toml)|[\w-]+/[\w/.-]*)`", TEXT))
    assert len(named) > 30
    below = [ROOT, ROOT / "simulator", *(room for room in (ROOT / "simulator").iterdir() if room.is_dir())]
    assert [name for name in sorted(named) if not any((folder / name).exists() for folder in below)] == []


def test_its_functions_exist() -> None:
    """`module.name` is defined in a module of that name."""
    named = re.findall(r"`(?:[a-z_]+\.)*([a-z_]+)\.([A-Za-z_]+)(?:\(.*?\))?`", TEXT)
    homes = [(name, list((ROOT / "simulator").rglob(f"{module}.py"))) for module, name in named]
    checked = [(name, files) for name, files in homes if files and name != "py"]
    assert len(checked) > 5
    for name, files in checked:
        assert any(re.search(rf"^(?:def|class) {name}\b", file.read_text("utf-8"), re.M) for file in files), name
