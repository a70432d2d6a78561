"""What a scenario says about the company's account (`social:`, once) and about each who comments (`commenter:`)."""

from typing import Annotated

from pydantic import Field

from simulator.scenario.values import Model, Seconds, Text

Handle = Annotated[str, Field(pattern=r"^@[A-Za-z0-9._]{2,30}$")]
"""How a person or a company is called on the network."""


class Wall(Model):
    """The account and the post under which people comment. `purpose`: what the account is for, as its profile says;
    `posted`: minutes since the post appeared; `patience`: seconds that people wait for an answer before they go away;
    both are the whole attempt's."""

    account: Text
    handle: Handle
    purpose: Text
    post: Text
    posted: Annotated[int, Field(ge=1, le=1_440)] = 40
    patience: Seconds = 150


class Commenter(Model):
    """Who comments. The comment itself is the line of the first step. `patience`: of this person alone."""

    handle: Handle
    patience: Seconds | None = None
