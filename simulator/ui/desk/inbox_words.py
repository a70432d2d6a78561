"""How an inbox says its hours, what is due when, and where each message stands. Pure; rendered when asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QLocale

from simulator.scenario.model import ScenarioDocument
from simulator.scenario.scenario import Scenario
from simulator.scenario.sections.email import CLASSES
from simulator.session.channels.email import is_closed
from simulator.session.dialogue import unread
from simulator.session.events import AgentActed, AgentSpoke, CustomerSpoke
from simulator.session.letters import answer_due
from simulator.session.state import ContactState, Phase, State
from simulator.ui.desk.addressee import Addressee
from simulator.ui.desk.words import Status, Tone
from simulator.wording import _, mark, n_

SOON = timedelta(hours=4)
"""So little business time before a reply is late, its hour is shown as a warning."""

_SPANISH = QLocale(QLocale.Language.Spanish)

JUMP_WORDS: Mapping[str, str] = {
    "message": mark("The next message"),
    "answer": mark("When somebody has read your reply"),
    "morning": mark("The next working day"),
    "end": mark("The end of the exercise"),
}
CLASS_WORDS: Mapping[str, str] = dict(
    zip(
        CLASSES,
        (
            mark("Information"),
            mark("Petition"),
            mark("Complaint about conduct"),
            mark("Claim about service or bill"),
            mark("Suggestion"),
            mark("Not ours"),
        ),
        strict=True,
    )
)


def hour_text(moment: datetime) -> str:
    """«jue 14 may, 8:10»."""
    day = _SPANISH.dayName(moment.isoweekday(), QLocale.FormatType.ShortFormat).rstrip(".")
    month = _SPANISH.monthName(moment.month, QLocale.FormatType.ShortFormat).rstrip(".")
    return f"{day} {moment.day} {month}, {moment.hour}:{moment:%M}"


def day_text(day: date) -> str:
    """«miércoles 20 de mayo»."""
    name = _SPANISH.dayName(day.isoweekday(), QLocale.FormatType.LongFormat)
    month = _SPANISH.standaloneMonthName(day.month, QLocale.FormatType.LongFormat)
    return _("{weekday}, {month} {day}").format(weekday=name, day=day.day, month=month)


def class_text(name: str) -> str:
    """A class in words; "" for none."""
    return _(CLASS_WORDS[name]) if name in CLASS_WORDS else name


@dataclass(frozen=True, slots=True)
class Row:
    """A message in the list. `fresh`: there is something that was not read yet; `tone`: of what is due."""

    contact: str
    sender: str
    subject: str
    arrived: str
    due: str
    state: str
    kind: str
    tone: Tone
    fresh: bool


def rows(scenario: Scenario, state: State, now: int) -> list[Row]:
    """The messages that have arrived, the oldest first. `now`: session time (ms)."""
    there = [(scenario.of(contact.id).doc, contact) for contact in state.contacts.values()]
    there.sort(key=lambda found: (_received(found[0]), found[1].id))
    return [_row(doc, state, contact, doc.moment(now + state.jumped_ms)) for doc, contact in there]


def _received(doc: ScenarioDocument) -> datetime:
    assert doc.letter is not None
    return doc.letter.received


def _row(doc: ScenarioDocument, state: State, contact: ContactState, now: datetime) -> Row:
    assert doc.letter is not None
    due, tone = due_text(doc, state, contact, now)
    return Row(
        contact=contact.id,
        sender=doc.customer.name,
        subject=doc.letter.subject,
        arrived=hour_text(doc.letter.received),
        due=due,
        state=standing(contact),
        kind=class_text(argument(contact, "triage")),
        tone=tone,
        fresh=contact.phase is Phase.WAITING or wrote_again(contact),
    )


def due_text(doc: ScenarioDocument, state: State, contact: ContactState, now: datetime) -> tuple[str, Tone]:
    """How much business time is left for a reply, or how long it is late; "" when nothing waits for one."""
    due = None if contact.phase in (Phase.ENDING, Phase.AFTER) else answer_due(doc, state, contact)
    if due is None:
        return "", "neutral"
    if now > due:
        late = doc.calendar.business_time(due, now)
        return _("late by {time}").format(time=span_text(late)), "bad"
    left = doc.calendar.business_time(now, due)
    return _("{time} left").format(time=span_text(left)), "warning" if left <= SOON else "neutral"


def span_text(span: timedelta) -> str:
    """«7 h 30 min»; whole hours from ten on."""
    minutes = max(0, round(span.total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return n_("{n} minute", "{n} minutes", rest).format(n=rest)
    return _("{h} h").format(h=hours) if hours >= 10 or rest == 0 else _("{h} h {m} min").format(h=hours, m=rest)


def standing(contact: ContactState) -> str:
    """Where the message stands, in two words."""
    if contact.phase is Phase.WAITING:
        return _("Not opened")
    if contact.phase in (Phase.ENDING, Phase.AFTER):
        return _("Finished")
    if is_closed(contact):
        return _("Closed")
    if wrote_again(contact):
        return _("Wrote again")
    if unread(contact) is not None or any(isinstance(event.what, AgentSpoke) for event in contact.events):
        return _("Answered")
    return _("Opened")


def wrote_again(contact: ContactState) -> bool:
    """Whether the last word is the sender's, and not their first."""
    words = [event.what for event in contact.events if isinstance(event.what, CustomerSpoke | AgentSpoke)]
    return contact.phase is Phase.TALKING and len(words) > 1 and isinstance(words[-1], CustomerSpoke)


def argument(contact: ContactState, act: str) -> str:
    """What an act of one argument was done with last; "" when it was not done."""
    acts = (event.what for event in reversed(contact.events) if isinstance(event.what, AgentActed))
    return next((dict(what.args).popitem()[1] for what in acts if what.name == act), "")


def letter_status(doc: ScenarioDocument, state: State, contact: ContactState | None, now: int) -> Status:
    """The state of a message for the header of the desk."""
    if contact is None:
        return Status(_("No message"), "neutral")
    due, tone = due_text(doc, state, contact, doc.moment(now + state.jumped_ms))
    return Status(f"{standing(contact)} · {due}" if due else standing(contact), tone)


def letter_addressee(doc: ScenarioDocument, contact: ContactState) -> Addressee:
    """Whom the reply reaches, and what stands in the way."""
    closed = is_closed(contact)
    hint = _("You closed this message. If they write again, it opens anew.") if closed else ""
    if contact.phase is Phase.AFTER:
        hint = _("This message is done.")
    return Addressee(doc.customer.name, hint, not closed)
