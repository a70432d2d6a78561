"""How people are told what happened in an attempt: times, moods, acts. Pure; everything is rendered when asked."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from simulator.scenario.acts import vocabulary_of
from simulator.session.due import TIME_OVER
from simulator.wording import _, mark

MOODS: Final = (mark("Furious"), mark("Annoyed"), mark("Neutral"), mark("Content"), mark("Delighted"))
"""The five bands of the mood, 20 points each, from 0."""

PHASES: Mapping[str, str] = MappingProxyType(
    {
        "opening": mark("Opening"),
        "understanding": mark("Understanding the need"),
        "waiting": mark("Waiting and transferring"),
        "handling": mark("Handling"),
        "email": mark("E-mail"),
        "closing": mark("Closing"),
        "shift": mark("The shift"),
    }
)
"""The catalogue's phases in their order, as headings."""


def clock_text(ms: int) -> str:
    """`mm:ss` of a time span in milliseconds; the minutes grow beyond 99."""
    seconds = max(0, ms) // 1000
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def mood_band(mood: int) -> int:
    """Which of `MOODS` a mood of 0–100 lies in."""
    return max(0, min(mood // 20, len(MOODS) - 1))


def mood_word(mood: int) -> str:
    """The name of the band in which a mood lies."""
    return _(MOODS[mood_band(mood)])


def phase_name(phase: str) -> str:
    """The heading of a phase; an unknown one as it is written."""
    return _(PHASES[phase]) if phase in PHASES else phase


_ENDS: Mapping[str, str] = {
    "hung-up": mark("The agent hung up"),
    "unanswered": mark("Nobody answered the call"),
    "no-answer": mark("Nobody picked up"),
    "not-called": mark("The call was not made"),
    "transferred": mark("The call was transferred"),
    "escalated": mark("The supervisor took the call"),
    "closed": mark("You closed the conversation"),
    "gave-up": mark("The customer got tired of waiting for an answer"),
    "left-on-hold": mark("The customer got tired of waiting"),
    "unattended": mark("The customer left without anybody having spoken to them"),
    "abandoned": mark("The customer gave up in the queue"),
    "dismissed": mark("You called the next person"),
    TIME_OVER: mark("The time of the exam ran out"),
}
"""The ends that a channel has of its own."""


def end_text(end: str | None, title: str) -> str:
    """How a contact ended: the scenario's own title, else that of the channel's end; "" where it did not end."""
    return title or _(_ENDS.get(end or "", ""))


_ACTS: Mapping[str, str] = {
    "ring": mark("Ring {ring}"),
    "rang-out": mark("Nobody picked up"),
    "answer": mark("You answered"),
    "hold": mark("You put the customer on hold"),
    "resume": mark("You came back to the customer"),
    "mute": mark("You muted the microphone"),
    "unmute": mark("You unmuted the microphone"),
    "consult": mark("You called {area}"),
    "complete": mark("You completed the transfer"),
    "return": mark("You left the consultation and came back to the customer"),
    "escalate": mark("You passed the call to the supervisor"),
    "dial": mark("You called {person}"),
    "cancel": mark("You cancelled the call"),
    "call-next": mark("You called the next person"),
    "dismiss-colleague": mark("You closed the conversation with your colleague"),
    "hang-up": mark("You hung up"),
    "notes": mark("You saved the notes"),
    "check-equipment": mark("You checked your equipment"),
    "accept": mark("You accepted the chat"),
    "transfer": mark("You transferred the conversation to {area}"),
    "survey": mark("You sent the satisfaction survey"),
    "close": mark("You closed the conversation"),
    "public": mark("You go on publicly, under the post"),
    "private": mark("You go on in private"),
    "hide": mark("You hid the comment"),
    "open": mark("You opened the message"),
    "triage": mark("You classed it: {class}"),
    "verify": mark("You looked up the sender's data"),
    "assign": mark("You assigned it to {advisor}"),
    "spell-check": mark("You checked the spelling"),
    "forward": mark("You forwarded it to {body}"),
    "follow-up-on": mark("You put a follow-up into the calendar: {date}"),
    "jump": mark("You let time pass"),
    "available": mark("You said that you are available"),
    "away": mark("You were away: {reason}"),
    "agenda-work": mark("Agenda: attending"),
    "agenda-break": mark("Agenda: {title}"),
    "agenda-activity": mark("Agenda: {title}"),
    "agenda-over": mark("Agenda: the shift is over"),
    "gap": mark("The program was away for {seconds} s; the time of the exam went on"),
    "time-over": mark("The time of the exam ran out"),
    "register": mark("You filled in the customer's record"),
    "route-virtual-agent": mark("You passed the case on to the virtual agent"),
    "follow-up": mark("You put a follow-up into the agenda, in {days} days: {task}"),
}
_AWAY: Mapping[str, str] = {"break": mark("a break"), "activity": mark("an activity"), "other": mark("another reason")}
_ENDED: Mapping[str, str] = {
    "agent": mark("The call ended"),
    "customer": mark("The customer hung up"),
}
_NOT_REACHED: Mapping[str, str] = {
    "unanswered": mark("The customer gave up waiting: nobody answered"),
    "no-answer": mark("You left it at that: nobody picked up"),
    "not-called": mark("The time to make this call is over"),
    "abandoned": mark("The customer gave up in the queue"),
    TIME_OVER: mark("Here the time of the exam ran out"),
}
_LEFT: Mapping[str, str] = {
    "agent": mark("The conversation ended"),
    "customer": mark("The customer left the conversation"),
}
"""How it ends where nobody hangs up."""


def desk_text(code: str, args: Mapping[str, str]) -> str:
    """What happened at the desk, from an entry of the transcript (`who` desk): its code with its values."""
    if code == "ended":
        if args.get("end") in _NOT_REACHED:
            return _(_NOT_REACHED[args["end"]])
        ended = _ENDED if vocabulary_of(args.get("channel", "")).by_telephone else _LEFT
        return _(ended.get(args.get("by", ""), ended["agent"]))
    if code == "away":
        args = {"reason": _(_AWAY.get(args.get("reason", ""), ""))}
    if code in _ACTS:
        return _(_ACTS[code]).format_map({"ring": "", "area": "", "person": "", "days": "", "task": "", **args})
    return code
