"""What understanding needs to know of the moment: the situation in which the agent speaks."""

from simulator.language.situation import Situation
from simulator.scenario.scenario import Scenario
from simulator.session.events import CustomerSpoke, Party
from simulator.session.state import ContactState, State

MINUTE_MS = 60_000


def situation(scenario: Scenario, state: State, contact: ContactState, to: Party, at: int) -> Situation:
    """The situation of a message to `to` at session time `at` (ms)."""
    doc = scenario.doc
    assert state.started is not None
    consulted = contact.consultation
    last = next((e.what.text for e in reversed(contact.events) if isinstance(e.what, CustomerSpoke)), None)
    name_known = doc.customer.known or doc.outbound is not None or "gives-name" in contact.heard
    # Whom one may be transferred to: the areas, and the people who answer there by name.
    areas = dict.fromkeys((*doc.company.areas, *(c.area for c in doc.colleagues), *(c.name for c in doc.colleagues)))
    area = consulted.area if consulted is not None else next((c.area for c in doc.colleagues), None)
    return Situation(
        channel=contact.channel,
        country=doc.country,
        company=doc.company.name,
        company_aliases=doc.company.aliases,
        agent=state.started.agent,
        customer=doc.customer.name if name_known or to == "colleague" else None,
        supervisor=doc.supervisor,
        areas=tuple(areas),
        area=area,
        account=doc.account,
        clock=(doc.clock_minutes + at // MINUTE_MS) % (24 * 60),
        treatment=doc.treatment,
        foreign=doc.customer.foreign,
        customer_turn=last,
        to="colleague" if to != "customer" else "customer",
        call_reason=doc.call_reason,
        transfer_reason=doc.transfer_reason,
        word_limit=doc.word_limit,
        website=doc.company.website,
        products=doc.company.products,
    )
