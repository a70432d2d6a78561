"""Who is on the line, and what stands between the agent's words and them. Pure."""

from dataclasses import dataclass

from simulator.scenario.model import ScenarioDocument
from simulator.session.state import ContactState, Phase
from simulator.wording import _


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the reply field reaches. `hint`: what stands in the way, or who speaks, or "". `can_speak`: false where
    nobody would hear."""

    name: str
    hint: str
    can_speak: bool


def knows_name(doc: ScenarioDocument, contact: ContactState | None) -> bool:
    """Whether the desk may show the customer's name: from the start, or since they gave it."""
    return doc.customer.known or (contact is not None and "gives-name" in contact.heard)


def addressee(doc: ScenarioDocument, contact: ContactState, now: int) -> Addressee:
    """Who would hear the agent at session time `now` (ms)."""
    name = _name(doc, contact)
    consultation = contact.consultation
    if contact.phase is Phase.AFTER:
        return Addressee(name, _("The conversation is over.") if doc.written else _("The call is over."), False)
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
        does = _("Writing: {name}…") if doc.written else _("Speaking: {name}…")
        return Addressee(name, does.format(name=name), True)
    return Addressee(name, "", True)


def _name(doc: ScenarioDocument, contact: ContactState) -> str:
    if contact.consultation is not None and contact.consultation.colleague:
        return contact.consultation.colleague
    if knows_name(doc, contact):
        return doc.customer.name
    return _("the person") if doc.written else _("the customer")
