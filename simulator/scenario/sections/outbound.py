"""The section `outbound:`, a row of the list of people to call: the file's own, and one of each further contact."""

from typing import Annotated

from pydantic import Field

from simulator.scenario.values import Model, Seconds, Text

MOST_TRIES = 3
"""So often a number is called in vain; then it is given up."""


class Outbound(Model):
    """Who is to be called and what happens on dialling. The name is `customer.name`.

    `title`: how the person is addressed («señora», «ingeniero»); `number`, `reason`: as the list shows them;
    `picks_up`: the ring after which somebody answers (the first step says who); `at_try`: the first time that anybody
    does, 0: nobody ever; `within`: seconds without a call after which it is too late for this one.
    """

    title: Text
    number: Text
    reason: Text
    picks_up: Annotated[int, Field(ge=1, le=10)] = 2
    at_try: Annotated[int, Field(ge=0, le=MOST_TRIES)] = 1
    within: Seconds = 300
