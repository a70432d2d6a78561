"""What `evaluate` prints: the figures as a table or as JSON, the disagreements, and a JSON line per mark."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import typer

from simulator.scoring.calibration import Agreement, Calibration, Disagreement, MarkedReply
from simulator.wording import _, n_, render

_PLACES = 4
"""Decimals of a figure in JSON."""


def print_calibration(calibration: Calibration, number: int) -> None:
    """The three rows, the checkpoints from the worst, then where marks and people differ. `number`: replies read."""
    typer.echo(n_("{n} reply marked.", "{n} replies marked.", number).format(n=number))
    if calibration.without_rule:
        without = calibration.without_rule
        said = n_("{n} label has no rule in the catalogue.", "{n} labels have no rule in the catalogue.", without)
        typer.echo(said.format(n=without))
    typer.echo("")
    typer.echo(_HEAD.format(_("labels"), "n", "P", "R", "F1", "κ", "κ 95 %", "?", "n/a"))
    for name, agreement in (
        (_("own"), calibration.own),
        (_("own and also"), calibration.also),
        (_("own, unclear left out"), calibration.decided),
    ):
        typer.echo(_row(name, agreement))
    typer.echo("")
    for id, agreement in calibration.checkpoints.items():
        typer.echo(_row(id, agreement))
    for id in calibration.checkpoints:
        apart = [difference for difference in calibration.disagreements if difference.checkpoint == id]
        if apart:
            typer.echo("")
            typer.echo(_("{checkpoint}: {n} marked otherwise than people did").format(checkpoint=id, n=len(apart)))
            for difference in apart:
                typer.echo(_shown(difference))


_HEAD = "{:28} {:>5} {:>6} {:>6} {:>6} {:>6} {:>15} {:>7} {:>5}"


def _row(name: str, agreement: Agreement) -> str:
    low, high = agreement.interval
    figures = (agreement.precision, agreement.recall, agreement.f1, agreement.kappa)
    cells = (f"{figure:.3f}" for figure in figures)
    interval = f"{low:.3f} – {high:.3f}"
    unclear = f"{100 * agreement.unclear / max(agreement.total, 1):.1f} %"
    return _HEAD.format(name, agreement.total, *cells, interval, unclear, agreement.not_applicable)


def _shown(difference: Disagreement) -> str:
    reply, finding = difference.reply, difference.finding
    quotes = " | ".join(reply.reply[start:end] for start, end in finding.spans)
    people = render("verdict-met" if difference.label else "verdict-missed", {})
    marked = render(f"verdict-{finding.verdict.value}", {})
    head = _("[{id}] people: {people}; marked: {marked} by {rule}").format(
        id=reply.id, people=people, marked=marked, rule=finding.rule
    )
    before = [f"    C: {reply.situation.customer_turn}"] if reply.situation.customer_turn else []
    quoted = [f"    «{quotes}»"] if quotes else []
    why = f"    {render(finding.reason, dict(finding.args))}" if finding.reason else ""
    return "\n".join([head, *before, f"    A: {reply.reply}", *quoted, *([why] if why else [])])


def calibration_json(calibration: Calibration) -> dict[str, Any]:
    """What `evaluate --json` prints; documented in `docs/commands.md`."""
    return {
        "own": _figures(calibration.own),
        "also": _figures(calibration.also),
        "decided": _figures(calibration.decided),
        "checkpoints": {id: _figures(agreement) for id, agreement in calibration.checkpoints.items()},
        "without_rule": calibration.without_rule,
        "disagreements": [
            {
                "id": difference.reply.id,
                "checkpoint": difference.checkpoint,
                "met": difference.label,
                "verdict": difference.finding.verdict.value,
                "rule": difference.finding.rule,
                "evidence": [list(span) for span in difference.finding.spans],
                "reason": render(difference.finding.reason, dict(difference.finding.args)),
                "reply": difference.reply.reply,
            }
            for difference in calibration.disagreements
        ],
    }


def _figures(agreement: Agreement) -> dict[str, Any]:
    low, high = agreement.interval
    return {
        "n": agreement.total,
        "precision": round(agreement.precision, _PLACES),
        "recall": round(agreement.recall, _PLACES),
        "f1": round(agreement.f1, _PLACES),
        "kappa": round(agreement.kappa, _PLACES),
        "kappa_interval": [round(low, _PLACES), round(high, _PLACES)],
        "unclear": agreement.unclear,
        "unclear_share": round(agreement.unclear / max(agreement.total, 1), _PLACES),
        "not_applicable": agreement.not_applicable,
        "both": agreement.both,
        "only_marked": agreement.only_marked,
        "only_labelled": agreement.only_labelled,
        "neither": agreement.neither,
    }


def mark_lines(marked: Iterable[MarkedReply]) -> Iterator[str]:
    """A JSON line per mark, the own checkpoint first."""
    for line in marked:
        own = line.reply.checkpoint
        for id in sorted(line.findings, key=lambda id: (id != own, id)):
            finding = line.findings[id]
            mark = {
                "id": line.reply.id,
                "checkpoint": id,
                "verdict": finding.verdict.value,
                "evidence": [list(span) for span in finding.spans],
                "rule": finding.rule,
            }
            yield json.dumps(mark, ensure_ascii=False)
