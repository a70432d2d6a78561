"""The section `counter:` of a scenario that is played in person."""

from typing import Annotated

from pydantic import Field

from simulator.scenario.values import Id, Model


class Counter(Model):
    """How the person comes and how long they wait, in seconds. `arrives_after`: from the beginning until they stand at
    the counter; `speaks_after`: from then on, until they speak by themself because nobody has greeted them; `asks`: the
    step that they go to then (as if their first step's `otherwise` had been reached, when it is not written);
    `leaves_after`: from their coming, until they go away because nobody has said a word to them."""

    arrives_after: Annotated[int, Field(ge=0, le=120)] = 6
    speaks_after: Annotated[int, Field(ge=1, le=60)] = 8
    asks: Id | None = None
    leaves_after: Annotated[int, Field(ge=5, le=600)] = 60
