"""What the command line prints: diagnostics, a transcript, a scorecard. Plain text that a person reads."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence

import typer

from simulator.protocol.catalogue import Verdict
from simulator.scenario.acts import NOTES, vocabulary_of
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Line, Outcome, Scorecard, Shift
from simulator.scoring.report import explanation
from simulator.scoring.shift_words import shift_figures, shift_outcome
from simulator.session.dialogue import filled
from simulator.session.due import TIME_OVER
from simulator.session.envelope import Event
from simulator.session.events import AttemptStarted
from simulator.session.evolve import replayed
from simulator.session.transcript import Entry, transcript
from simulator.source.diagnostics import Diagnostic, Severity, in_order, message
from simulator.source.diagnostics import format as format_diagnostic
from simulator.wording import _, mark, render

_SIGNS = {Verdict.MET: "✓", Verdict.MISSED: "✗", Verdict.NOT_APPLICABLE: "–", Verdict.UNCLEAR: "?"}

_ACTS: Mapping[tuple[str, str], str] = {
    ("ring", ""): mark("ring {ring}"),
    ("rang-out", ""): mark("nobody picks up"),
    ("answer", ""): mark("answers"),
    ("hold", ""): mark("puts on hold"),
    ("resume", ""): mark("comes back to the customer"),
    ("mute", ""): mark("mutes the microphone"),
    ("unmute", ""): mark("unmutes the microphone"),
    ("consult", ""): mark("calls {area}"),
    ("complete", ""): mark("completes the transfer"),
    ("return", ""): mark("leaves the consultation and comes back to the customer"),
    ("escalate", ""): mark("passes the call to the supervisor"),
    ("dial", ""): mark("calls {person}"),
    ("cancel", ""): mark("cancels the call before anybody answers"),
    ("call-next", ""): mark("calls the next person"),
    ("dismiss-colleague", ""): mark("closes the conversation with the colleague"),
    ("hang-up", ""): mark("hangs up"),
    ("check-equipment", ""): mark("checks the equipment"),
    ("accept", ""): mark("accepts the chat"),
    ("transfer", ""): mark("transfers to {area}"),
    ("survey", ""): mark("sends the survey"),
    ("close", ""): mark("closes the conversation"),
    ("public", ""): mark("goes on publicly"),
    ("private", ""): mark("goes on in private"),
    ("hide", ""): mark("hides the comment"),
    ("open", ""): mark("opens the message"),
    ("triage", ""): mark("classes the message: {class}"),
    ("verify", ""): mark("checks the sender's data"),
    ("assign", ""): mark("assigns it to {advisor}"),
    ("spell-check", ""): mark("checks the spelling"),
    ("forward", ""): mark("forwards it to {body}"),
    ("follow-up-on", ""): mark("puts a follow-up on {date}"),
    ("jump", ""): mark("lets time pass"),
    ("available", ""): mark("is available"),
    ("away", ""): mark("is away: {reason}"),
    ("agenda-work", ""): mark("agenda: attend"),
    ("agenda-break", ""): mark("agenda: {title}"),
    ("agenda-activity", ""): mark("agenda: {title}"),
    ("agenda-over", ""): mark("agenda: the shift is over"),
    ("gap", ""): mark("away for {seconds} s; the time of the exam went on"),
    ("time-over", ""): mark("the time of the exam ran out"),
    ("register", ""): mark("fills in the customer's record"),
    ("route-virtual-agent", ""): mark("passes the case on to the virtual agent"),
    ("follow-up", ""): mark("puts a follow-up into the agenda, in {days} days: {task}"),
    ("ended", "agent"): mark("the call is over"),
    ("ended", "customer"): mark("the customer hung up"),
    ("left", "agent"): mark("the conversation is over"),
    ("left", "customer"): mark("the customer left"),
}
"""What happens at the desk, by its code in the transcript and by whom it ended («left»: where nobody hangs up)."""

_NOT_REACHED: Mapping[str, str] = {
    "no-answer": mark("it is left at that: nobody picked up"),
    "not-called": mark("too late for this call"),
    "abandoned": mark("gave up in the queue"),
    TIME_OVER: mark("the time of the exam ran out"),
}
"""Ends of contacts with whom nobody ever talked, or that nobody ended."""

_AWAY: Mapping[str, str] = {"break": mark("break"), "activity": mark("activity"), "other": mark("something else")}

_NOTES: Mapping[str, str] = {
    "customer": mark("customer"),
    "reason": mark("reason"),
    "solution": mark("solution"),
    "follow-up": mark("follow-up"),
}


def print_diagnostics(found: Iterable[Diagnostic], *, err: bool = False) -> None:
    """One line each, in the order of the files, and a line that counts. `err`: to standard error."""
    rows = in_order(found)
    for diagnostic in rows:
        typer.echo(format_diagnostic(diagnostic), err=err)
    count = {severity: sum(d.severity is severity for d in rows) for severity in Severity}
    errors, warnings = count[Severity.ERROR], count[Severity.WARNING]
    typer.echo(_("Errors: {errors}. Warnings: {warnings}.").format(errors=errors, warnings=warnings), err=err)


def print_forms(forms: Sequence[str]) -> None:
    """The forms of a word, wrapped, and what goes without saying."""
    for line in textwrap.wrap(", ".join(forms), width=100):
        typer.echo(line)
    typer.echo(
        _("Forms: {n}. Accents and capitals make no difference; attached pronouns are found too.").format(n=len(forms))
    )


def diagnostics_json(found: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """The list that `check --json` prints, in the order of the files; documented in `docs/commands.md`."""
    return [_as_json(diagnostic) for diagnostic in in_order(found)]


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
    """What was played, and who said and did what, with minute and second."""
    log = list(events)
    started = next((e.what for e in log if isinstance(e.what, AttemptStarted)), None)
    if started is not None:
        typer.echo(_("{title} · seed {seed}").format(title=scenario.doc.title, seed=started.seed))
        typer.echo("")
    doc, agent = scenario.doc, "" if started is None else started.agent
    customers = scenario.customers
    state = replayed(log)
    for entry in transcript(log, doc.customer.name, agent, customers):
        when = _clock(entry.at_ms)
        if doc.inbox is not None or scenario.agenda is not None:
            moment = doc.moment(state.simulated(entry.seq, entry.at_ms))
            when = f"{moment:%d/%m %H:%M}" if doc.inbox is not None else f"{moment:%H:%M:%S}"
        of_contact = len(customers) > 1 and entry.contact and entry.who != "customer"
        whose = f"{customers[entry.contact]} · " if of_contact else ""
        typer.echo(f"{when}  {whose}{_row(entry)}")
    typer.echo("")


def _row(entry: Entry) -> str:
    if entry.who == "desk":
        return f"[{_act(entry.text, dict(entry.args))}]"
    mood = f" ({entry.mood})" if entry.who == "customer" and entry.mood is not None else ""
    where = f" [{_('in private')}]" if entry.private else ""
    return f"{entry.name}{mood}{where}: {entry.text}"


def _act(code: str, args: Mapping[str, str]) -> str:
    if code == "notes":
        written = "; ".join(f"{_(_NOTES[name])}: {args[name]}" for name in NOTES if args.get(name))
        return f"{_('Record')}: {written}" if written else _("An empty record")
    if code == "away":
        args = {"reason": _(_AWAY[args["reason"]])}
    if code == "ended" and args.get("end") in _NOT_REACHED:
        return _(_NOT_REACHED[args["end"]])
    if code == "ended" and not vocabulary_of(args.get("channel", "")).by_telephone:
        code = "left"
    return _(_ACTS[code, args.get("by", "")]).format_map(args)


def _clock(ms: int) -> str:
    return f"{ms // 60_000:02d}:{ms // 1000 % 60:02d}"


def print_card(scenario: Scenario, events: Iterable[Event], card: Scorecard) -> None:
    """Result, score, and every checkpoint with its reason, its quotes and, where it was missed, a better wording."""
    result = render(f"result-{card.result}", {})
    if card.score is None:
        typer.echo(_("Result: {result}.").format(result=result))
    else:
        said = _("Result: {result}. Score: {score} out of 100; {pass_mark} are needed.")
        typer.echo(said.format(result=result, score=card.score, pass_mark=card.pass_mark))
    if card.lowest is not None and card.lowest != card.highest:
        said = _("Until a person has reviewed what is doubtful: between {lowest} and {highest}.")
        typer.echo(said.format(lowest=card.lowest, highest=card.highest))
    if card.failed_by:
        titles = {line.id: line.title for line in card.checkpoints}
        typer.echo(_("Failed by: {titles}.").format(titles="; ".join(titles[id] for id in card.failed_by)))
    if card.shift is not None:
        _print_shift(card.shift, card.contacts)
    for outcome in card.contacts if card.shift is None else ():
        if outcome.end_title:
            title = outcome.end_title if len(card.contacts) == 1 else f"{outcome.customer} · {outcome.end_title}"
            typer.echo(_("Ending: {title}.").format(title=title))
    typer.echo("")
    started = replayed(events).started
    agent = scenario.doc.agent if started is None else started.agent
    for line in card.checkpoints:
        _print_line(line, filled(scenario.doc, agent, line.model))


def _print_shift(shift: Shift, contacts: Sequence[Outcome]) -> None:
    """The end-of-shift summary: figures over all contacts, and a line for each."""
    typer.echo("")
    for name, value in shift_figures(shift):
        typer.echo(f"{name}: {value}")
    for own, outcome in zip(shift.contacts, contacts, strict=True):
        typer.echo(f"  {outcome.customer}: {shift_outcome(own, outcome)}")


def _print_line(line: Line, model: str) -> None:
    star = " ★" if line.critical else ""
    verdict = Verdict(line.verdict)
    typer.echo(f"{_SIGNS[verdict]} {line.id}{star} ({line.weight}): {explanation(line)}")
    for evidence in line.evidence:
        if evidence.quote and not evidence.absent:
            typer.echo(f"    {_clock(evidence.at_ms)} «{evidence.quote}»")
    if model and verdict in (Verdict.MISSED, Verdict.UNCLEAR):
        typer.echo(f"    {_('Better: {text}').format(text=model)}")
