"""Who is on the line, and what stands between the agent's words and them. Pure."""

from dataclasses import dataclass

from simulator.scenario.acts import vocabulary_of
from simulator.scenario.model import ScenarioDocument
from simulator.session.events import CustomerSpoke
from simulator.session.state import ContactState, Phase
from simulator.wording import _


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the reply field reaches. `hint`: what stands in the way, or who speaks, or "". `can_speak`: false where
    nobody would hear."""

    name: str
    hint: str
    can_speak: bool


def knows_name(doc: ScenarioDocument, contact: ContactState | None, now: int | None = None) -> bool:
    """Whether the desk may show the customer's name: from the start (also of whoever is called), or since they gave it;
    where they write, not before session time `now` (ms) has brought the message."""
    known = doc.customer.known or doc.outbound is not None
    if known or contact is None or "gives-name" not in contact.heard:
        return known
    if now is None or not vocabulary_of(contact.channel).written:
        return True
    for event in contact.events:
        match event.what:
            case CustomerSpoke(facts=facts, lasts_ms=lasts) if "gives-name" in facts and event.at_ms + lasts <= now:
                return True
            case _:
                pass
    return False


def shown_name(doc: ScenarioDocument, contact: ContactState | None, now: int | None = None) -> str | None:
    """What the customer is called on the desk: their name, else their handle on a network; None where neither is
    known."""
    if knows_name(doc, contact, now):
        return doc.customer.name
    return None if doc.commenter is None else doc.commenter.handle


def name_on_line(doc: ScenarioDocument, contact: ContactState | None, now: int | None = None) -> str | None:
    """The name of the customer, or of whoever is on the line in their place; None while it is not known."""
    step = None if contact is None else doc.steps.get(contact.customer.step)
    if step is not None and step.speaker is not None:
        return step.speaker
    return shown_name(doc, contact, now)


def addressee(doc: ScenarioDocument, contact: ContactState, now: int) -> Addressee:
    """Who would hear the agent at session time `now` (ms)."""
    name = _name(doc, contact, now)
    consultation = contact.consultation
    if contact.phase is Phase.AFTER:
        return Addressee(name, _("The call is over."), False)
    if consultation is not None and consultation.answered_at is None:
        if consultation.failed:
            return Addressee(name, _("Nobody answers. Go back to the customer (F8)."), False)
        return Addressee(name, _("It is ringing in {area}…").format(area=consultation.area), False)
    if consultation is None and contact.held_since is not None:
        hint = _("The customer is on hold and does not hear you. Take the call back with F4.")
        return Addressee(name, hint, False)
    if contact.muted:
        return Addressee(name, _("Your microphone is muted (F3): nobody hears you."), True)
    if contact.party.speaking(now):
        return Addressee(name, _("Speaking: {name}…").format(name=name), True)
    return Addressee(name, "", True)


def _name(doc: ScenarioDocument, contact: ContactState, now: int) -> str:
    if contact.consultation is not None and contact.consultation.colleague:
        return contact.consultation.colleague
    return name_on_line(doc, contact, now) or _("the customer")
