"""The figures of a shift in words, as the scorecard and the debrief show them."""

from simulator.scoring.card import Outcome, Shift, ShiftContact
from simulator.wording import _, mark

_OUTCOMES = {
    "handled": mark("handled"),
    "unanswered": mark("not answered"),
    "abandoned": mark("gave up in the queue"),
    "not-come": mark("did not come"),
}
_STATES = {
    "off": mark("not signed in"),
    "available": mark("available"),
    "contact": mark("with customers"),
    "after-call": mark("after-call work"),
    "overrun": mark("after-call work beyond what is allowed"),
    "break": mark("on a break"),
    "activity": mark("in an activity"),
    "other": mark("away"),
}
"""What the agent was doing, in the order in which it is told."""


def shift_figures(shift: Shift) -> list[tuple[str, str]]:
    """The end-of-shift summary: name and value of each figure."""
    minutes, of = shift.adhered_ms // 60_000, shift.scheduled_ms // 60_000
    kept = _("{minutes} of {of} minutes ({percent} %)").format(minutes=minutes, of=of, percent=shift.percent)
    return [
        (_("Agenda kept"), kept),
        (_("Handled"), str(shift.handled)),
        (_("Gave up in the queue"), str(shift.abandoned)),
        (_("Not answered"), str(shift.unanswered)),
        (_("Average wait"), span_text(shift.average_wait_ms)),
        (_("Average handling time"), span_text(shift.average_handling_ms)),
        (_("Average after-call work"), span_text(shift.average_after_call_ms)),
    ]


def shift_states(shift: Shift) -> list[tuple[str, str]]:
    """How the scheduled time was spent: what the agent was doing, and for how long."""
    spent = dict(shift.states)
    return [(_(_STATES[state]), span_text(spent[state])) for state in _STATES if spent.get(state)]


def outcome_text(own: ShiftContact) -> str:
    """What became of one who came: handled, gave up …"""
    return _(_OUTCOMES[own.outcome])


def shift_outcome(own: ShiftContact, outcome: Outcome) -> str:
    """How it went with one who came in the shift, in a line."""
    said = [outcome_text(own)]
    if outcome.end_title:
        said.append(outcome.end_title)
    if own.score is not None:
        said.append(_("{score} out of 100").format(score=own.score))
    if own.outcome != "not-come":
        said.append(_("waited {time}").format(time=span_text(own.waited_ms)))
    if own.outcome == "handled":
        said.append(_("attended {time}").format(time=span_text(own.handled_ms)))
        said.append(_("after-call work {time}").format(time=span_text(own.after_call_ms)))
    return " · ".join(said)


def span_text(ms: int) -> str:
    """A stretch of time as `m:ss`, or `h:mm:ss` from an hour on."""
    seconds = ms // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    return f"{hours}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes}:{seconds % 60:02d}"
