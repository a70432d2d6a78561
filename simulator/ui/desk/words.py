"""How the desk and the debrief say what happens: clocks, moods, acts. Pure; everything is rendered when asked."""

from dataclasses import dataclass
from typing import Literal

from simulator.session.state import ContactState, Phase
from simulator.session.telling import mood_band, mood_word
from simulator.wording import _

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


def time_of_day(start_minutes: int, session_ms: int) -> str:
    """The simulated time of day, `hh:mm`, of a scenario that starts `start_minutes` after midnight."""
    minutes = (start_minutes + session_ms // 60_000) % (24 * 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


def mood_level(mood: int) -> MoodLevel:
    """The band in which a mood lies."""
    icon, tone = _BANDS[mood_band(mood)]
    return MoodLevel(icon, mood_word(mood), tone)


_BANDS: tuple[tuple[str, Tone], ...] = (
    ("mood-bad", "bad"), ("mood-bad", "warning"), ("mood-neutral", "neutral"), ("mood", "good"), ("mood", "good"),
)  # fmt: skip


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
