"""What a shift says of itself (`shift:`), and of each contact that its queue brings (`contacts:`)."""

from datetime import time
from typing import Annotated

from pydantic import Field

from simulator.scenario.values import Hour, Model, Text

FILE = r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$"


class Interval(Model):
    """A part of the shift in which nobody is attended: a break, or something else to be done (`activities`).
    `from`: the hour at which it begins."""

    title: Text
    begins: Hour = Field(alias="from")
    minutes: Annotated[int, Field(ge=1, le=240)]


class Shift(Model):
    """`begins`, `ends`: the hours between which the agent is to be available, but for breaks and activities.
    `after_call`: seconds of after-call work that each contact is allowed and that count as worked."""

    begins: Hour
    ends: Hour
    breaks: tuple[Interval, ...] = ()
    activities: tuple[Interval, ...] = ()
    after_call: Annotated[int, Field(ge=0, le=900)] = 120


class ShiftContact(Model):
    """Who comes in a shift. `scenario`: the file that tells of them, by its path below the scenarios and without its
    ending (`phone/angry-caller`); `at`: the hour at which they enter the queue; `patience`: seconds that they wait in
    it before they give up."""

    scenario: Annotated[str, Field(pattern=FILE, max_length=120)]
    at: Hour
    patience: Annotated[int, Field(ge=10, le=3600)] = 180


def minutes_of(hour: time) -> int:
    """Minutes since midnight."""
    return hour.hour * 60 + hour.minute
