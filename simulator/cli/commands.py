"""`python main.py COMMAND`: the commands of DESIGN, one function each. Documented in `docs/commands.md`.

What was asked for goes to standard output, everything else (what is wrong, how to call it) to standard error.
"""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from simulator.cli import accounts, doctor, modelling, people, restoring, results, reviewing, syncing
from simulator.cli.calling import Command, Group, complaint
from simulator.cli.evaluating import calibration_json, mark_lines, print_calibration
from simulator.cli.printing import diagnostics_json, print_card, print_diagnostics, print_forms, print_transcript
from simulator.cli.recording_sheet import recording_sheet as sheet_of
from simulator.cli.sources import files_to_check, find_scenario, read_lines, read_text, shown, write_file, write_lines
from simulator.errors import TercerTimbreError
from simulator.protocol.examples import verify_examples
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.explore import BOUND
from simulator.rehearsal.player import play as play_moves
from simulator.rehearsal.proof import prove
from simulator.rehearsal.script import read_script
from simulator.rehearsal.unreached import explored
from simulator.scenario.library import load_all, load_exams
from simulator.scenario.schema import scenario_schema
from simulator.scoring.calibration import calibrate, mark_replies
from simulator.scoring.replies import LabelledReply, read_replies
from simulator.scoring.report import report
from simulator.scoring.score import score
from simulator.session.events import Intensity
from simulator.source.diagnostics import Diagnostic, has_errors
from simulator.speech.recorded import check_recordings, recordings_beside
from simulator.wording import _, mark, n_, render

WELL, MISTAKES, WRONGLY_CALLED = 0, 1, 2
"""The exit codes."""

app = typer.Typer(
    cls=Group,
    add_completion=False,
    help=mark(
        "Tercer Timbre, where customer-service agents practise calls. Without a command the application opens; "
        "the commands work without a window."
    ),
)


@app.command(cls=Command, help=mark("Play a scenario without a window and print the transcript and the marks."))
def play(
    scenario: Annotated[
        str, typer.Argument(metavar=mark("SCENARIO"), help=mark("A scenario file, or the id of one of the library."))
    ],
    script: Annotated[
        Path,
        typer.Option("--script", metavar=mark("FILE"), help=mark("File with what the agent says and does (YAML).")),
    ],
    seed: Annotated[
        int, typer.Option("--seed", metavar=mark("N"), help=mark("Which of the customer's variants are drawn."))
    ] = 1,
    difficulty: Annotated[
        int | None,
        typer.Option("--difficulty", metavar=mark("N"), min=1, max=5, help=mark("How hard it is, from 1 to 5.")),
    ] = None,
    mild: Annotated[
        bool, typer.Option("--mild", help=mark("Insults in their mild version, where the scenario has one."))
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=mark("Print the JSON that docs/play-json.md documents."))
    ] = False,
) -> None:
    """The headless twin of a call on the screen."""
    loaded = find_scenario(scenario, shipped_protocol().protocol)
    _stop_on_errors(loaded.diagnostics)
    assert loaded.scenario is not None
    moves, mistakes = read_script(read_text(script), str(script))
    _stop_on_errors(mistakes)
    intensity: Intensity = "mild" if mild else "full"
    player = play_moves(loaded.scenario, moves, seed=seed, difficulty=difficulty, intensity=intensity)
    card = score(loaded.scenario, player.events)
    refused = [(move.index, move.code, dict(move.args)) for move in player.refused]
    if as_json:
        document = report(loaded.scenario, player.events, card)
        document["refused"] = [
            {"move": index, "code": code, "args": args, "text": render(code, args)} for index, code, args in refused
        ]
        _print_json(document)
        return
    print_transcript(loaded.scenario, player.events)
    for index, code, args in refused:
        said = render(code, args)
        typer.echo(_("Move {number} was not possible: {why}").format(number=index + 1, why=said))
    print_card(loaded.scenario, player.events, card)


@app.command(
    cls=Command,
    help=mark(
        "Validate scenarios, exams and catalogue, run each scenario's tests, and explore what of it can be reached."
    ),
)
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar=mark("PATH"), help=mark("Files or folders; without any, all scenarios that ship.")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=mark("Print what is found as a JSON list."))] = False,
    bound: Annotated[
        int,
        typer.Option(
            "--explore",
            metavar=mark("N"),
            min=0,
            help=mark("Moves played at most to explore each contact of a scenario; 0: none is explored."),
        ),
    ] = BOUND,
    forms: Annotated[
        str | None,
        typer.Option(
            "--forms", metavar=mark("WORD"), help=mark("Print the forms that «word~» stands for in a pattern.")
        ),
    ] = None,
) -> None:
    """The prover. Exit code 1 when an error is found; warnings alone do not stop anybody."""
    shipped = shipped_protocol()
    if forms is not None:
        print_forms(shipped.protocol.lexicon.shown_forms(forms))
        return
    paths = files_to_check(files or [])
    found: list[Diagnostic] = [*shipped.diagnostics, *verify_examples(shipped.protocol)]
    for loaded in load_all(paths, shipped.protocol):
        found.extend(loaded.diagnostics)
        found.extend(prove(loaded))
        found.extend(explored(loaded, bound))
        if loaded.document is not None:
            recordings = recordings_beside(Path(loaded.file), loaded.document.scenario)
            found.extend(check_recordings(loaded.document, recordings))
    exams = list(load_exams(paths, shipped.protocol))
    found.extend(diagnostic for exam in exams for diagnostic in exam.diagnostics)
    if as_json:
        _print_json(diagnostics_json(found))
    else:
        print_diagnostics(found)
        number = len(paths) - len(exams)
        typer.echo(n_("{n} scenario checked.", "{n} scenarios checked.", number).format(n=number))
        if exams:
            typer.echo(n_("{n} exam checked.", "{n} exams checked.", len(exams)).format(n=len(exams)))
    if has_errors(found):
        raise typer.Exit(MISTAKES)


@app.command(cls=Command, help=mark("Mark labelled replies and print how far the marks agree with people."))
def evaluate(
    replies: Annotated[
        list[Path], typer.Argument(metavar=mark("FILE"), help=mark("Files of labelled replies (JSON Lines)."))
    ],
    as_json: Annotated[bool, typer.Option("--json", help=mark("Print the figures as JSON."))] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar=mark("FILE"), help=mark("Write a JSON line per mark to this file.")),
    ] = None,
) -> None:
    """Calibration. Lines with an error are told and left out; the others are marked all the same (exit code 1)."""
    protocol = shipped_protocol().protocol
    read: list[LabelledReply] = []
    found: list[Diagnostic] = []
    for path in replies:
        lines, mistakes = read_replies(read_lines(path), shown(path), protocol.checkpoints)
        read.extend(lines)
        found.extend(mistakes)
    if found:
        print_diagnostics(found, err=True)
    marked = mark_replies(protocol.rules, read)
    if out is not None:
        write_lines(out, mark_lines(marked))
    calibration = calibrate(marked)
    if as_json:
        _print_json(calibration_json(calibration))
    else:
        print_calibration(calibration, len(read))
    if has_errors(found):
        raise typer.Exit(MISTAKES)


@app.command(
    "recording-sheet", cls=Command, help=mark("Write a sheet of a scenario's lines, from which people can record them.")
)
def recording_sheet(
    scenario: Annotated[
        str, typer.Argument(metavar=mark("SCENARIO"), help=mark("A scenario file, or the id of one of the library."))
    ],
    out: Annotated[Path, typer.Option("--out", metavar=mark("FILE"), help=mark("The sheet to be written (CSV)."))],
) -> None:
    """For voice-over: who says what in which mood, and the name of the file that the recording gets."""
    loaded = find_scenario(scenario, shipped_protocol().protocol)
    _stop_on_errors(loaded.diagnostics)
    assert loaded.scenario is not None
    if loaded.scenario.agenda is not None:
        raise typer.BadParameter(_("Nobody speaks in a shift itself: make a sheet of each scenario that it names."))
    sheet = sheet_of(loaded.scenario)
    write_file(out, sheet.csv.encode("utf-8-sig"))
    number = len(sheet.rows) - 1
    typer.echo(
        n_("{n} line to be recorded: {file}", "{n} lines to be recorded: {file}", number).format(n=number, file=out)
    )
    if sheet.left_out:
        said = n_(
            "{n} line names the agent and stays with the synthetic voice.",
            "{n} lines name the agent and stay with the synthetic voice.",
            sheet.left_out,
        )
        typer.echo(said.format(n=sheet.left_out))
    folder = recordings_beside(Path(loaded.file), loaded.scenario.id)
    typer.echo(_("The recordings belong in the folder {folder}").format(folder=folder))


@app.command(cls=Command, help=mark("Print the JSON Schema of scenarios, for the editor in which they are written."))
def schema() -> None:
    """What an editor needs to complete and to underline."""
    _print_json(scenario_schema())


app.command("doctor", cls=Command, help=mark("Look at this computer: voice, sound, microphone, models, database."))(
    doctor.doctor
)
app.command("restore", cls=Command, help=mark("Put a copy of the database in the place of a damaged one."))(
    restoring.restore
)
app.add_typer(modelling.app, name="models")
app.command("export", cls=Command, help=mark("Write submitted attempts and exams to a file."))(results.export)
app.command("verify", cls=Command, help=mark("Prove that a file of results is as it was signed."))(results.verify)
app.command("import", cls=Command, help=mark("Take in the results of other desks."))(results.import_)
app.command("rescore", cls=Command, help=mark("Mark submitted attempts anew by the rules of this program."))(
    reviewing.rescore
)
app.add_typer(results.keys, name="keys")
app.add_typer(accounts.app, name="accounts")
app.command("sync", cls=Command, help=mark("Exchange submitted results with the team's database and its LRS."))(
    syncing.sync
)
app.command("my-data", cls=Command, help=mark("Write everything that this desk holds of one person."))(people.my_data)
app.command("erase", cls=Command, help=mark("Delete everything of one person."))(people.erase)


def main(arguments: list[str]) -> int:
    """Runs a command; returns the exit code: 0 well, 1 mistakes found, 2 wrongly called."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Windows console would fail on «¿»
    try:
        code = get_command(app).main(args=arguments, prog_name="main.py", standalone_mode=False)
    except typer.TyperException as e:
        typer.echo(complaint(e), err=True)
        return WRONGLY_CALLED
    except TercerTimbreError as e:
        typer.echo(render(e.code, e.args_), err=True)
        return MISTAKES
    except OSError as e:
        typer.echo(_("The system refused: {why}").format(why=e.strerror or e), err=True)
        return MISTAKES
    return code if isinstance(code, int) else WELL


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))


def _stop_on_errors(diagnostics: tuple[Diagnostic, ...]) -> None:
    if has_errors(diagnostics):
        print_diagnostics(diagnostics, err=True)
        raise typer.Exit(MISTAKES)
