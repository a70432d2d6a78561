"""What the difficulty of an attempt changes in how the customer behaves, by degrees from the scenario's own.

Patience, how hard a bad word falls and how fast the customer speaks follow from it by rule; what else shall happen only
to the more skilled (`when: {difficulty: ">= 4"}`, a distracting colleague) stands in the scenario. Over which line the
customer is heard, `simulator.speech.telephone` decides. Pure.
"""

from simulator.scenario.scenario import Scenario
from simulator.session.state import ContactState

SLOWEST, FASTEST = 80, 300
"""Words a minute that a voice may be asked for (`VoiceWish.rate`)."""


def patience_ms(scenario: Scenario, contact: ContactState, seconds: int) -> int:
    """A wait that is borne for `seconds`: 15 % less for each degree of difficulty."""
    return seconds * 10 * (100 - 15 * _degrees(scenario, contact))


def felt(scenario: Scenario, contact: ContactState, mood: int) -> int:
    """What a change does to the mood; a fall weighs a fifth more for each degree of difficulty."""
    if mood >= 0:
        return mood
    return -((-mood * (100 + 20 * _degrees(scenario, contact))) // 100)


def pace(scenario: Scenario, contact: ContactState, rate: int) -> int:
    """Words a minute at which somebody speaks whose rate is `rate`: 6 % faster for each degree of difficulty."""
    return max(SLOWEST, min(FASTEST, rate * (100 + 6 * _degrees(scenario, contact)) // 100))


def _degrees(scenario: Scenario, contact: ContactState) -> int:
    """0 where the contact's difficulty is not known (a log of before it was kept)."""
    return contact.difficulty - scenario.doc.difficulty if contact.difficulty else 0
