"""How the counter's desk words its state: who is there, whether they were greeted, how long it takes. Pure."""

from simulator.scenario.model import ScenarioDocument
from simulator.session.events import AgentSpoke, StepEntered
from simulator.session.state import ContactState, Phase
from simulator.ui.desk.addressee import Addressee, knows_name
from simulator.ui.desk.words import Status
from simulator.wording import _


def came_ms(contact: ContactState) -> int | None:
    """When the person had come up to the counter (session ms), or None."""
    return next((event.at_ms for event in contact.events if isinstance(event.what, StepEntered)), None)


def counter_status(contact: ContactState | None) -> Status:
    """The state of the visit in words; its clock runs from the person's coming."""
    if contact is None:
        return Status(_("Not connected"), "neutral")
    since = came_ms(contact)
    match contact.phase:
        case Phase.WAITING:
            return Status(_("Nobody at the counter"), "neutral")
        case Phase.TALKING if _is_greeted(contact):
            return Status(_("At the counter"), "good", since)
        case Phase.TALKING:
            return Status(_("Somebody has come up"), "warning", since)
        case Phase.ENDING:
            return Status(_("The customer is leaving"), "neutral", since)
        case Phase.AFTER:
            return Status(_("The visit is over · notes"), "neutral")


def counter_addressee(doc: ScenarioDocument, contact: ContactState, now: int) -> Addressee:
    """Who would hear the agent at session time `now` (ms)."""
    name = doc.customer.name if knows_name(doc, contact) else _("the person at the counter")
    if contact.phase is Phase.AFTER:
        return Addressee(name, _("The customer has left."), False)
    hint = _("Speaking: {name}…").format(name=name) if contact.customer.speaking(now) else ""
    return Addressee(name, hint, True)


def _is_greeted(contact: ContactState) -> bool:
    return any(isinstance(event.what, AgentSpoke) and event.what.to == "customer" for event in contact.events)
