"""What a customer's line may declare about itself (`facts:`), from which *not applicable* is decided.

The core never guesses these from the words: the author states them, the checker knows the list.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

ASKS = "asks:"
"""Prefix of `asks: THING`: the customer asks for something; every one of them is a request."""

FACTS: Mapping[str, str] = MappingProxyType(
    {
        "states-need": "the reason for the contact is said (opens the window «after the need is stated»)",
        "gives-name": "the customer says their name (opens «after the name is known»)",
        "gives-data": "the customer gives a datum that was asked for (an occasion to thank)",
        "complains": "the customer voices a complaint or a feeling about it",
        "offensive": "offensive language (opens «after an offence»)",
        "stops-offending": "the customer takes the chance to stop the offensive language",
        "must-refuse": "asks for what cannot be granted (polite-refusal applies from here)",
        "asks-explanation": "asks a question that one word cannot answer (clear-and-concise)",
        "asks-account-data": "asks for account data (verify-identity applies from here)",
        "needs-supervisor": "asks for a supervisor, or the case needs one (escalate-to-supervisor applies from here)",
        "not-satisfied": "is not satisfied with what was done (offer-nonconformity applies from here)",
        "for-virtual-agent": "asks for what the virtual agent resolves (route-to-virtual-agent applies from here)",
        "does-not-understand": "did not understand what was said (an occasion to repeat or rephrase)",
        "praises": "the customer thanks or praises (an occasion to thank)",
        "request": "any further request: the closing begins after the last one",
        "takes-leave": "the customer says goodbye",
    }
)

REQUESTS = frozenset(
    {
        "states-need", "request", "must-refuse", "asks-explanation", "asks-account-data", "needs-supervisor",
        "for-virtual-agent",
    }
)  # fmt: skip
"""The facts that make a line a request: the closing starts after the customer's last one."""


def is_known(fact: str) -> bool:
    """Whether the name is a fact of the list or an `asks: THING`."""
    return fact in FACTS or (fact.startswith(ASKS) and len(fact) > len(ASKS))


def asked(facts: Iterable[str]) -> set[str]:
    """The things that facts ask for: THING of each `asks: THING`."""
    return {fact.removeprefix(ASKS) for fact in facts if fact.startswith(ASKS)}


def is_request(fact: str) -> bool:
    """Whether a line with this fact asks the agent for something."""
    return fact in REQUESTS or fact.startswith(ASKS)
