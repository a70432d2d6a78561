"""What a scenario says about its inbox (`inbox:`, once) and about each message in it (`letter:`, one a contact)."""

import unicodedata
from datetime import time
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from simulator.scenario.values import Hour, Model, Moment, Names, Text

Class = Literal["información", "petición", "queja", "reclamo", "sugerencia", "ajeno"]
CLASSES: tuple[Class, ...] = ("información", "petición", "queja", "reclamo", "sugerencia", "ajeno")
"""What a message may be (PQR); `ajeno`: nothing of ours, to be forwarded to who is competent."""
NOT_OURS = "ajeno"


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.strip().lower()) if not unicodedata.combining(c))


def class_of(text: str) -> str | None:
    """The class that a word names, written with or without accents and capitals; None when it names none."""
    return next((name for name in CLASSES if _plain(name) == _plain(text)), None)


def _as_class(value: object) -> object:
    return (class_of(value) or value) if isinstance(value, str) else value


class Inbox(Model):
    """`opens`: when the working day begins; `until`: when the exercise is over, whatever is left open; `advisors`: to
    whom a message may be assigned; `bodies`: to whom one that is not ours may be forwarded."""

    opens: Hour = time(8)
    until: Moment
    advisors: Names = Field(min_length=1)
    bodies: Names = ()


class Letter(Model):
    """The message that opens a contact; its text is the customer's line of the first step.

    `kind`: the class that is right; `advisor`: who must answer (unset: any advisor is right); `body`: who is competent
    when it is not ours; `record`: what `verify` finds of the sender; `attachments`: their names, nothing can be opened;
    `answers_after`: minutes of the simulated clock after which the sender has read a reply.
    """

    subject: Text
    address: Text
    received: Moment
    kind: Annotated[Class, BeforeValidator(_as_class)]
    advisor: str | None = None
    body: str | None = None
    record: Text | None = None
    attachments: Names = ()
    answers_after: Annotated[int, Field(ge=5, le=10_080)] = 120
