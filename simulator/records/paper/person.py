"""One person's report: the progress over the attempts, then each attempt with its mood, its marks and their proof."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, BinaryIO, Final

from simulator.records.paper.plots import mood_plot, score_plot
from simulator.records.paper.sheets import (
    RESULTS,
    VERDICTS,
    Sheet,
    Story,
    date_text,
    figures,
    gap,
    heading,
    inked,
    new_page,
    outlined,
    paragraph,
    percent,
    plain,
    table,
    time_text,
    titled,
    together,
    write,
)
from simulator.records.reports import ReportedAttempt, ReportedComment
from simulator.records.signing import shown
from simulator.records.table import words
from simulator.scoring.mood import MoodMove, change_text
from simulator.session.telling import PHASES, clock_text, mood_word, phase_name
from simulator.wording import _, n_, render

_FEW: Final = 8
"""So many attempts stay on the page of their plot."""


def write_person(file: BinaryIO, who: str, attempts: Iterable[ReportedAttempt], made: datetime) -> None:
    """Write the report on `who` (the name that is to be shown). `attempts`: at least one, in their order."""
    told = list(attempts)
    title = _("Results of {who}").format(who=who)
    sheet = Sheet(title, _("Submitted attempts and exams"), foot(), made)
    story: Story = [outlined(_("Summary"), "summary", 0), *_summary(title, told, made)]
    for at, attempt in enumerate(told):
        story += [new_page(), *_attempt(attempt, f"attempt-{at}")]
    write(file, sheet, story)


def foot() -> str:
    """What the foot of a report says on every page."""
    return _("Tercer Timbre · submitted attempts and exams only; private practice is in no report")


def result_word(result: str | None) -> str:
    """A result as a word that begins a line."""
    return "–" if result is None else _begun(render(f"result-{result}", {}))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _summary(title: str, told: Sequence[ReportedAttempt], made: datetime) -> Story:
    about = [attempt.about for attempt in told]
    passed = sum(one["final-result"] == "passed" for one in about)
    decided = sum(one["final-result"] in ("passed", "failed") for one in about)
    scores = [one["final-raw"] for one in about if one["final-raw"] is not None]
    story: Story = [
        *titled(title, made, about[0]["started"], about[-1]["started"]),
        figures(
            (
                (str(len(told)), n_("attempt", "attempts", len(told)), "text"),
                (f"{passed} / {decided}", _("passed, of those with a result"), "good" if passed else "text"),
                (str(max(scores)) if scores else "–", _("best score"), "text"),
                (str(len({one["scenario"] for one in about})), _("scenarios"), "text"),
            )
        ),
        *heading(_("Progress over the attempts")),
    ]
    for _scenario, own in groupby(
        sorted(told, key=lambda one: str(one.about["scenario"])), lambda one: one.about["scenario"]
    ):
        story += _progress([one.about for one in own])
    story += [*heading(_("Checkpoints: first, best and last")), *_checkpoints(told)]
    return story


def _progress(about: Sequence[Mapping[str, Any]]) -> Story:
    """The attempts at one scenario, with their scores as a plot where there are several."""
    modes = words("mode")
    rows = [
        (
            _("{n} of {total}").format(n=one["number"], total=one["total"]),
            plain(time_text(one["started"])),
            plain(modes.get(one["mode"], one["mode"])),
            inked(plain(result_word(one["final-result"])), RESULTS.get(one["final-result"], "muted"), bold=True),
            "–" if one["final-raw"] is None else str(one["final-raw"]),
        )
        for one in about
    ]
    heads = (_("Attempt"), _("Begun"), _("Mode"), _("Result"), _("Score"))
    head = paragraph(plain(about[-1]["scenario-title"]), "phase")
    listed = table(heads, rows, (12, 22, 26, 26, 14), numbers=(4,))
    if len(about) == 1:
        return [together([head, *listed])]
    scores = [(one["number"], one["final-raw"], RESULTS.get(one["final-result"], "muted")) for one in about]
    plotted = [head, score_plot(scores, about[-1]["pass-mark"]), gap(4)]
    return [together([*plotted, *listed])] if len(about) <= _FEW else [together(plotted), *listed]


def _checkpoints(told: Sequence[ReportedAttempt]) -> Story:
    """What was asked of the person in any of the attempts: how it went the first time, at best, the last time."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for attempt in told:
        for mark in attempt.marks:
            if mark["counted"] != "not-applicable":
                found.setdefault(mark["checkpoint"], []).append(mark)
    if not found:
        return [paragraph(plain(_("No checkpoint was in play.")))]

    def met(marks: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
        return sum(mark["counted"] == "met" for mark in marks), sum(mark["counted"] != "unclear" for mark in marks)

    def share(marks: Sequence[Mapping[str, Any]]) -> float | None:
        won, of = met(marks)
        return won / of if of else None

    def rank(item: tuple[str, list[Mapping[str, Any]]]) -> tuple[float, str]:
        own = share(item[1])
        return (1.0 if own is None else own, item[0])

    best = ("met", "unclear", "missed")
    rows = [
        (
            _title(marks[-1]),
            _verdict(marks[0]["counted"]),
            _verdict(min((mark["counted"] for mark in marks), key=best.index)),
            _verdict(marks[-1]["counted"]),
            "{} / {}".format(*met(marks)),
            percent(share(marks)),
        )
        for _id, marks in sorted(found.items(), key=rank)
    ]
    heads = (_("Checkpoint"), _("First time"), _("At best"), _("Last time"), _("Met"), _("Share"))
    return table(heads, rows, (38, 15, 15, 15, 11, 9), numbers=(4, 5))


def _attempt(attempt: ReportedAttempt, key: str) -> Story:
    about = attempt.about
    result, tone = about["final-result"], RESULTS.get(about["final-result"], "muted")
    number = _("attempt {n} of {total}").format(n=about["number"], total=about["total"])
    modes, inputs = words("mode"), words("input")
    facts = [
        modes.get(about["mode"], about["mode"]),
        number,
        _("exam {id}, try {n}").format(id=about["exam"], n=about["try"]) if about["exam"] else "",
        time_text(about["started"]),
        _("difficulty {n}").format(n=about["difficulty"]),
        _("with hints") if about["hints"] else _("without hints"),
        inputs.get(about["input"], about["input"] or ""),
    ]
    story: Story = [
        outlined(f"{about['scenario-title']} · {number} · {date_text(about['started'])}", key, 0),
        paragraph(plain(about["scenario-title"]), "title"),
        paragraph(plain(" · ".join(fact for fact in facts if fact)), "lead"),
        figures(
            (
                (result_word(result), _("result"), tone),
                ("–" if about["final-raw"] is None else str(about["final-raw"]), _("score of 100"), tone),
                ("–" if about["pass-mark"] is None else str(about["pass-mark"]), _("pass mark"), "text"),
                (clock_text(attempt.lasts_ms), _("duration"), "text"),
            )
        ),
    ]
    if attempt.ending:
        story.append(paragraph(plain(_("It ended so: {ending}").format(ending=attempt.ending))))
    if attempt.moods:
        moves = sorted((move for curve in attempt.moods for move in curve.moves), key=lambda move: move.at_ms)
        plot = together(
            [
                *heading(_("Mood of the customer over time")),
                mood_plot(attempt.moods, attempt.lasts_ms),
            ]
        )
        story += [plot, gap(4), *_moves(moves)]
    story += heading(_("Marks"))
    known = {phase: at for at, phase in enumerate(PHASES)}
    marks = sorted(attempt.marks, key=lambda mark: known.get(mark["phase"], len(known)))
    in_play = [mark for mark in marks if mark["counted"] != "not-applicable"]
    for phase, own in groupby(in_play, key=lambda mark: str(mark["phase"])):
        head = paragraph(plain(phase_name(phase)), "phase")
        first, *others = (_mark(mark) for mark in own)
        story += [together([head, *first]), *(part for mark in others for part in mark)]
    if not in_play:
        story.append(paragraph(plain(_("No checkpoint was in play."))))
    rest = ", ".join(str(mark["checkpoint-title"]) for mark in marks if mark["counted"] == "not-applicable")
    if rest:
        story += [gap(8), paragraph(inked(plain(_("Did not apply: {titles}").format(titles=rest)), "muted"))]
    return [*story, *_comments(attempt.comments), gap(8), *_origin(about)]


def _moves(moves: Sequence[MoodMove]) -> Story:
    several = any(move.name for move in moves)
    rows = [
        (
            clock_text(move.at_ms),
            *([plain(move.name)] if several else []),
            f"{move.mood} · {plain(mood_word(move.mood))}",
            inked(change_text(move.change), "good" if (move.change or 0) > 0 else "bad", bold=True),
            plain(move.because),
        )
        for move in moves
    ]
    heads = [_("Time"), _("Mood"), _("Change"), _("What moved it")]
    heads[1:1] = [_("Customer")] if several else []
    return table(heads, rows, (11, 17, 18, 10, 61) if several else (11, 18, 10, 78))


def _title(mark: Mapping[str, Any]) -> str:
    return plain(mark["checkpoint-title"]) + (inked(" ★", "warning") if mark["critical"] else "")


def _verdict(verdict: str) -> str:
    sign, tone = VERDICTS.get(verdict, ("", "muted"))
    return inked(f"{sign} {plain(words('verdict').get(verdict, verdict))}", tone)


def _mark(mark: Mapping[str, Any]) -> Story:
    """A checkpoint: title and verdict, then what proves it, why, and what would have been better."""
    weight = _("weight {n}").format(n=mark["weight"])
    critical = " · " + plain(_("critical")) if mark["critical"] else ""
    head = f"<b>{_title(mark)}</b> · {_verdict(mark['counted'])} {inked(f'· {plain(weight)}{critical}', 'muted')}"
    quote = f"«{plain(mark['quote'])}»" if mark["quote"] else ""
    reason = inked(plain(mark["reason"]), "muted") if mark["reason"] else ""
    below = [paragraph(part, "under") for part in (" ".join(filter(None, (quote, reason))),) if part]
    below += [paragraph(part, "under") for part in _people(mark)]
    if mark["model"]:
        below.append(paragraph(f"{inked(plain(_('Better:')), 'accent', bold=True)} {plain(mark['model'])}", "under"))
    return [paragraph(head, "mark"), *below]


def _people(mark: Mapping[str, Any]) -> list[str]:
    """What people said of a mark: another verdict, an objection and how it was settled."""
    said = []
    if mark["objection"] is not None:
        said.append(f"{inked(plain(_('The agent objects:')), 'warning', bold=True)} {plain(mark['objection'])}")
    if mark["outcome"] is not None:
        upheld, reason = mark["outcome"]
        word = _("Objection upheld:") if upheld else _("Objection not upheld:")
        said.append(f"{inked(plain(word), 'warning', bold=True)} {plain(reason)}")
    if mark["human-verdict"] is not None:
        verdicts = words("verdict")
        told = _("Decided by a person; the program had said: {verdict}.").format(
            verdict=verdicts.get(mark["verdict"], mark["verdict"])
        )
        why = plain(mark["override-reason"] or "") if mark["outcome"] is None else ""
        said.append(f"{inked(plain(told), 'accent', bold=True)} {why}")
    return said


def _comments(comments: Sequence[ReportedComment]) -> Story:
    if not comments:
        return []
    rows = [
        (
            clock_text(comment.at_ms),
            f"«{plain(comment.about)}»" if comment.about else "",
            plain(comment.text) + (f" {inked(plain(comment.name), 'muted')}" if comment.name else ""),
        )
        for comment in comments
    ]
    heads = (_("Time"), _("What was said"), _("Comment"))
    return [*heading(_("Comments")), *table(heads, rows, (11, 45, 44))]


def _origin(about: Mapping[str, Any]) -> Story:
    """What the attempt is known by, to find it in the signed file."""
    lines = (
        (_("Attempt id"), about["attempt"]),
        (_("Key of the desk"), shown(about["key"])),
        (_("Scenario (SHA-256)"), about["scenario-hash"]),
        (_("Protocol and language (SHA-256)"), about["protocol-hash"]),
        (_("Program version"), about["software"]),
    )
    return [together([paragraph(f"{plain(name)}: {plain(value)}", "small") for name, value in lines])]
