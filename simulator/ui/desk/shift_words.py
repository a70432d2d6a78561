"""How the desk of a shift says what is scheduled, what the agent is, and who waits. Pure."""

from dataclasses import dataclass

from simulator.scenario.acts import AFTER_CALL, AVAILABLE
from simulator.scenario.agenda import Entry
from simulator.scenario.scenario import Scenario
from simulator.session.shift import Waiting, queue, taken
from simulator.session.state import State
from simulator.session.telling import clock_text
from simulator.ui.desk.words import Tone
from simulator.wording import _

WARNS, LATE = 50, 80
"""Per cent of their patience from which the clock of one who waits warns, and from which they are about to give up."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One who waits: whose line it is, since when, and how near they are to giving up."""

    contact: str
    line: str
    clock: str
    tone: Tone


def entry_title(entry: Entry) -> str:
    """What is to be done: attending, or the title of a break or activity."""
    return entry.title or _("Attending")


def hour(scenario: Scenario, simulated_ms: int) -> str:
    """The time of day, `9:20`."""
    moment = scenario.doc.moment(simulated_ms)
    return f"{moment.hour}:{moment:%M}"


def agenda_line(scenario: Scenario, simulated_ms: int) -> str:
    """What the agenda has now, and what next."""
    agenda = scenario.agenda
    assert agenda is not None
    now = agenda.entry_at(simulated_ms)
    following = next((entry for entry in agenda.entries if entry.begins_ms > simulated_ms), None)
    if simulated_ms >= agenda.ends_ms:
        return _("The shift is over.")
    said = [_("The shift has not begun") if now is None else _("Now: {what}").format(what=entry_title(now))]
    if following is not None:
        at, title = hour(scenario, following.begins_ms), entry_title(following)
        said.append(_("at {time}: {what}").format(time=at, what=title))
    else:
        said.append(_("end of the shift at {time}").format(time=hour(scenario, agenda.ends_ms)))
    return " · ".join(said)


def agenda_text(scenario: Scenario) -> str:
    """The whole agenda in words, for those who do not see the strip."""
    agenda = scenario.agenda
    assert agenda is not None
    return "; ".join(
        _("{begins} to {ends}: {what}").format(
            begins=hour(scenario, entry.begins_ms), ends=hour(scenario, entry.ends_ms), what=entry_title(entry)
        )
        for entry in agenda.entries
    )


def queue_rows(scenario: Scenario, state: State, simulated_ms: int) -> list[QueueRow]:
    """Those who wait, the one who came first at the head."""
    return [_row(scenario, waiting, simulated_ms) for waiting in queue(scenario, state, simulated_ms)]


def _row(scenario: Scenario, waiting: Waiting, simulated_ms: int) -> QueueRow:
    waited = simulated_ms - waiting.since_ms
    part = 100 * waited // max(1, waiting.until_ms - waiting.since_ms)
    tone: Tone = "bad" if part >= LATE else "warning" if part >= WARNS else "neutral"
    return QueueRow(waiting.contact, scenario.of(waiting.contact).doc.company.name, clock_text(waited), tone)


def idle_title(scenario: Scenario, state: State, simulated_ms: int) -> str:
    """What stands in the middle while nobody is attended."""
    agenda = scenario.agenda
    assert agenda is not None
    match state.presence:
        case "":
            return _("You have not said yet that you are available")
        case "break":
            return _("You are on a break")
        case "activity":
            return _("You are in an activity")
        case "other":
            return _("You are away")
        case _ if state.presence == AFTER_CALL:
            return _("After-call work")
        case _ if simulated_ms >= agenda.ends_ms:
            return _("The shift is over.")
        case _:
            return _("You are available: whoever comes is put through to you")


def advice(scenario: Scenario, state: State, simulated_ms: int) -> str:
    """What the agenda asks for and the agent is not doing, or ""."""
    agenda = scenario.agenda
    assert agenda is not None
    now = agenda.entry_at(simulated_ms)
    if now is None or taken(state) is not None or state.presence == AFTER_CALL:
        return ""
    if now.kind == "work":
        return "" if state.presence == AVAILABLE else _("The agenda has you attending now.")
    return "" if state.presence == now.kind else _("The agenda has this now: {what}").format(what=now.title)
