"""What the command line prints: diagnostics, a transcript, a scorecard. Plain text that a person reads."""

import json
from collections.abc import Iterable

import typer

from simulator.protocol.catalogue import Verdict
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Scorecard
from simulator.scoring.report import explanation
from simulator.session.envelope import Event
from simulator.session.events import AttemptStarted
from simulator.session.transcript import Entry, transcript
from simulator.source.diagnostics import Diagnostic, Severity, in_order, message
from simulator.source.diagnostics import format as format_diagnostic
from simulator.wording import _, render

_SIGNS = {Verdict.MET: "✓", Verdict.MISSED: "✗", Verdict.NOT_APPLICABLE: "–", Verdict.UNCLEAR: "?"}


def print_diagnostics(found: Iterable[Diagnostic], *, as_json: bool) -> None:
    """One line each, in the order of the files, and a line that counts; or one JSON list."""
    rows = in_order(found)
    if as_json:
        typer.echo(json.dumps([_as_json(d) for d in rows], ensure_ascii=False, indent=2, sort_keys=True))
        return
    for diagnostic in rows:
        typer.echo(format_diagnostic(diagnostic))
    count = {severity: sum(d.severity is severity for d in rows) for severity in Severity}
    errors, warnings = count[Severity.ERROR], count[Severity.WARNING]
    typer.echo(_("Errors: {errors}. Warnings: {warnings}.").format(errors=errors, warnings=warnings))


def _as_json(diagnostic: Diagnostic) -> dict[str, object]:
    start, end = diagnostic.span.start, diagnostic.span.end
    return {
        "file": start.file,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "message": message(diagnostic),
        "args": dict(diagnostic.args),
    }


def print_transcript(scenario: Scenario, events: Iterable[Event]) -> None:
    """Who said and did what, with minute and second."""
    log = list(events)
    agent = next((e.what.agent for e in log if isinstance(e.what, AttemptStarted)), "")
    for entry in transcript(log, scenario.doc.customer.name, agent):
        typer.echo(f"{_clock(entry.at_ms)}  {_row(entry)}")
    typer.echo("")


def _row(entry: Entry) -> str:
    if entry.who == "desk":
        details = ", ".join(value for _name, value in entry.args if value)
        return f"[{entry.text}{': ' + details if details else ''}]"
    mood = f" ({entry.mood})" if entry.who == "customer" and entry.mood is not None else ""
    return f"{entry.name}{mood}: {entry.text}"


def _clock(ms: int) -> str:
    return f"{ms // 60_000:02d}:{ms // 1000 % 60:02d}"


def print_card(card: Scorecard) -> None:
    """Result, score, and every checkpoint with its reason and quotes."""
    shown = "–" if card.score is None else f"{card.score} / 100"
    typer.echo(_("Result: {result}. Score: {score}.").format(result=render(f"result-{card.result}", {}), score=shown))
    for line in card.checkpoints:
        star = " ★" if line.critical else ""
        typer.echo(f"{_SIGNS[Verdict(line.verdict)]} {line.id}{star} ({line.weight}): {explanation(line)}")
        for evidence in line.evidence:
            if evidence.quote and not evidence.absent:
                typer.echo(f"    {_clock(evidence.at_ms)} «{evidence.quote}»")
