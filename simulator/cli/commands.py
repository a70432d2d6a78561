"""`python main.py COMMAND`: the commands of DESIGN, one function each."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from simulator import paths
from simulator.cli.printing import print_card, print_diagnostics, print_transcript
from simulator.errors import TercerTimbreError
from simulator.protocol.examples import verify_examples
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import play as play_moves
from simulator.rehearsal.proof import prove
from simulator.rehearsal.script import read_script
from simulator.scenario.library import load_all, load_file, scenario_files
from simulator.scenario.load import LoadedScenario
from simulator.scenario.schema import scenario_schema
from simulator.scoring.report import report
from simulator.scoring.score import score
from simulator.source.diagnostics import Diagnostic, has_errors
from simulator.wording import _, render

app = typer.Typer(no_args_is_help=False, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def play(
    scenario: Annotated[str, typer.Argument(help=_("Scenario file, or the id of one that ships."))],
    script: Annotated[Path, typer.Option("--script", help=_("File with the moves, YAML."))],
    seed: Annotated[int, typer.Option("--seed", help=_("Which variants are drawn."))] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print the documented JSON."))] = False,
) -> None:
    """Play a scenario headless in session time; print transcript and scorecard."""
    loaded = _find(scenario)
    _stop_on_errors(loaded.diagnostics)
    assert loaded.scenario is not None
    moves, mistakes = read_script(_read(script), str(script))
    _stop_on_errors(mistakes)
    player = play_moves(loaded.scenario, moves, seed=seed)
    card = score(loaded.scenario, player.events)
    if as_json:
        document = report(loaded.scenario, player.events, card)
        document["refused"] = [
            {"move": move.index, "code": move.code, "text": render(move.code, dict(move.args))}
            for move in player.refused
        ]
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True))
        return
    print_transcript(loaded.scenario, player.events)
    for move in player.refused:
        said = render(move.code, dict(move.args))
        typer.echo(_("Move {number} was not possible: {why}").format(number=move.index + 1, why=said))
    print_card(card)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help=_("Files or folders; all that ship when omitted."))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print one JSON list."))] = False,
) -> None:
    """Validate scenarios and the catalogue, and run every scenario's own tests; exit 1 on error."""
    shipped = shipped_protocol()
    found: list[Diagnostic] = [*shipped.diagnostics, *verify_examples(shipped.protocol)]
    for path in files or ():
        if not path.exists():
            raise typer.BadParameter(_("There is no file or folder {path}.").format(path=path))
    for loaded in load_all(files or [paths.scenarios()], shipped.protocol):
        found.extend(loaded.diagnostics)
        found.extend(prove(loaded))
    print_diagnostics(found, as_json=as_json)
    if has_errors(found):
        raise typer.Exit(1)


@app.command()
def schema() -> None:
    """Print the JSON Schema of scenarios, for editors."""
    typer.echo(json.dumps(scenario_schema(), ensure_ascii=False, indent=2, sort_keys=True))


def main(arguments: list[str]) -> int:
    """Runs a command; returns the exit code: 0 well, 1 mistakes found, 2 wrongly called."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows console would fail on «¿»
    try:
        result = app(arguments, prog_name="main.py", standalone_mode=True)
    except TercerTimbreError as e:
        typer.echo(render(e.code, e.args_), err=True)
        return 1
    except SystemExit as e:
        return e.code if isinstance(e.code, int) else 1
    return int(result or 0)


def _find(scenario: str) -> LoadedScenario:
    """A file as named, else the shipped scenario with that id or file name."""
    protocol = shipped_protocol().protocol
    path = Path(scenario)
    if path.exists():
        return load_file(path, protocol)
    named = [file for file in scenario_files([paths.scenarios()]) if file.stem == scenario]
    if not named:
        raise typer.BadParameter(_("There is no scenario {name}.").format(name=scenario))
    return load_file(named[0], protocol)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as e:
        raise typer.BadParameter(_("Cannot read {path}: {why}").format(path=path, why=e.strerror or e)) from e


def _stop_on_errors(diagnostics: tuple[Diagnostic, ...]) -> None:
    if has_errors(diagnostics):
        print_diagnostics(diagnostics, as_json=False)
        raise typer.Exit(1)
