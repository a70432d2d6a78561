"""What people said about an attempt, put into words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from simulator.records.review import Comment, Dispute, Outcome, Ruling
from simulator.scoring.card import Line
from simulator.ui.debrief.reading import Reading
from simulator.ui.pages.words import moment_text, result_text
from simulator.wording import _, mark, render

ROLES: Mapping[str, str] = {"trainer": mark("trainer"), "hr": mark("human resources")}
"""A reviewer's role → in words."""
STATES: Mapping[Dispute, str] = {
    Dispute.NONE: "",
    Dispute.OPEN: mark("Disagreement to be decided"),
    Dispute.UPHELD: mark("Disagreement upheld"),
    Dispute.REJECTED: mark("Disagreement not upheld"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph beneath a checkpoint: who, and what."""

    head: str
    text: str


def about(reading: Reading, line: Line, *, own: bool) -> tuple[Said, ...]:
    """What was said about a checkpoint, in the order in which it came. `own`: its trainee reads it."""
    place = reading.place(line)
    ruling, objection = reading.review.rulings.get(place), reading.review.objections.get(place)
    found: list[tuple[datetime, Said]] = []
    if objection is not None:
        head = _("You do not agree") if own else _("The trainee does not agree")
        found.append((objection.at, Said(_dated(head, objection.at), objection.reason)))
        if objection.outcome is not None:
            found.append((objection.outcome.at, _settled(objection.outcome, own=own)))
    if ruling is not None and not ruling.settles:
        head = _("{who} decided: {verdict}").format(who=_who(ruling), verdict=render(f"verdict-{ruling.verdict}", {}))
        found.append((ruling.at, Said(_dated(head, ruling.at), ruling.reason)))
    return tuple(said for _at, said in sorted(found, key=lambda one: one[0]))


def automatic(reading: Reading, line: Line) -> str:
    """What the program had found where a person decided otherwise, or ""."""
    place = reading.place(line)
    if place not in reading.review.rulings:
        return ""
    given = reading.given.checkpoints[place]
    return _("The program had marked: {verdict}.").format(verdict=render(f"verdict-{given.verdict}", {}))


def comments(reading: Reading) -> dict[int, list[str]]:
    """The comments on each moment, in words."""
    found: dict[int, list[str]] = {}
    for comment in reading.review.comments:
        said = _("{who}: {text}").format(who=_who(comment), text=comment.text)
        found.setdefault(comment.seq, []).append(said)
    return found


def summary(reading: Reading) -> str:
    """What people changed of the result, and what newer rules would give; a line each, or ""."""
    review, given, card = reading.review, reading.given, reading.card
    lines = []
    if review.rulings and (given.result, given.score) != (card.result, card.score):
        said = _("By the program alone: {result}.")
        lines.append(said.format(result=result_text(given.result, given.score)))
    if review.dispute is not Dispute.NONE:
        lines.append(_(STATES[review.dispute]) + ".")
    if review.rescored:
        newest = review.rescored[-1]
        said = _("Marked anew on {moment} by newer rules: {result}.")
        newer = result_text(newest.result, newest.score)
        lines.append(said.format(moment=moment_text(newest.at), result=newer))
    if review.unknown:
        lines.append(_("There is a review by a key that nobody has vouched for here. It does not count."))
    return "\n".join(lines)


def _settled(outcome: Outcome, *, own: bool) -> Said:
    if outcome.upheld:
        head = _("{who}: you are right") if own else _("{who}: the trainee is right")
    else:
        head = _("{who}: the verdict stays")
    return Said(_dated(head.format(who=_who(outcome)), outcome.at), outcome.reason)


def _who(said: Ruling | Comment | Outcome) -> str:
    role = ROLES.get(said.role)
    return said.name if role is None else f"{said.name} ({_(role)})"


def _dated(head: str, at: datetime) -> str:
    return f"{head} · {moment_text(at)}"
