"""How the desk and the debrief say what happens: clocks, moods, acts. Pure; everything is rendered when asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.scenario.acts import vocabulary_of
from simulator.session.due import TIME_OVER
from simulator.session.state import ContactState, Phase
from simulator.wording import _, mark

Tone = Literal["neutral", "good", "warning", "bad"]

HOLD_WARNS_MS = 45_000
"""A hold's clock turns to warning: 15 s are left before hold-check-back (60 s, PROTOCOL.md) is missed."""
HOLD_LATE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the line in words. `since_ms`: session time that its clock counts from, or None without a clock."""

    text: str
    tone: Tone
    since_ms: int | None = None


@dataclass(frozen=True, slots=True)
class MoodLevel:
    """A band of the mood, 0–100. `icon`: a name of the icon set; never shown without `text`."""

    icon: str
    text: str
    tone: Tone


def clock_text(ms: int) -> str:
    """`mm:ss` of a time span in milliseconds; the minutes grow beyond 99."""
    seconds = max(0, ms) // 1000
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def time_of_day(start_minutes: int, session_ms: int) -> str:
    """The simulated time of day, `hh:mm`, of a scenario that starts `start_minutes` after midnight."""
    minutes = (start_minutes + session_ms // 60_000) % (24 * 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def mood_level(mood: int) -> MoodLevel:
    """The band in which a mood lies."""
    if mood < 20:
        return MoodLevel("mood-bad", _("Furious"), "bad")
    if mood < 40:
        return MoodLevel("mood-bad", _("Annoyed"), "warning")
    if mood < 60:
        return MoodLevel("mood-neutral", _("Neutral"), "neutral")
    if mood < 80:
        return MoodLevel("mood", _("Content"), "good")
    return MoodLevel("mood", _("Delighted"), "good")


def line_status(contact: ContactState | None, now: int) -> Status:
    """The state of the line at session time `now` (ms)."""
    if contact is None:
        return Status(_("Not connected"), "neutral")
    match contact.phase:
        case Phase.WAITING if contact.rings == 0:
            return Status(_("Waiting for a call"), "neutral")
        case Phase.WAITING:
            tone: Tone = "good" if contact.rings < 3 else "bad"
            return Status(_("Ringing · ring {n}").format(n=contact.rings), tone)
        case Phase.ENDING:
            return Status(_("The call is ending"), "neutral", answered_ms(contact))
        case Phase.AFTER:
            return Status(_("Call ended · after-call work"), "neutral")
        case Phase.TALKING:
            return _talking(contact, now)


def _talking(contact: ContactState, now: int) -> Status:
    consultation, held = contact.consultation, contact.held_since
    if consultation is not None and consultation.failed:
        return Status(_("Nobody answers in {area}").format(area=consultation.area), "warning", held)
    if consultation is not None and consultation.answered_at is None:
        return _waiting(_("Calling {area}").format(area=consultation.area), held, now)
    if consultation is not None:
        return _waiting(_("With {colleague} · customer waiting").format(colleague=consultation.colleague), held, now)
    if held is not None:
        return _waiting(_("On hold"), held, now)
    if contact.muted:
        return Status(_("On the line, microphone muted"), "warning", answered_ms(contact))
    return Status(_("On the line"), "good", answered_ms(contact))


def _waiting(text: str, since: int | None, now: int) -> Status:
    """The customer waits: near the minute, the line asks the agent to come back, in words and not by colour alone."""
    if since is None or now - since < HOLD_WARNS_MS:
        return Status(text, "neutral", since)
    if now - since < HOLD_LATE_MS:
        return Status(_("{status} · go back soon").format(status=text), "warning", since)
    return Status(_("{status} · go back now").format(status=text), "bad", since)


def answered_ms(contact: ContactState) -> int | None:
    """When the two first met on the line (session ms), whoever of them answered, or None."""
    from simulator.session.events import StepEntered

    return next((e.at_ms for e in contact.events if isinstance(e.what, StepEntered)), None)


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
