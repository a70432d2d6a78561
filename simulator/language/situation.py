"""What the simulator knows while a reply is judged: the values that `_agent`, `_company` … stand for."""

from dataclasses import dataclass
from typing import Literal

Treatment = Literal["usted", "tú", "vos"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The facts of a moment. `clock` is minutes since midnight; names are as a person writes them, accents included."""

    channel: str = "phone"
    country: str = "CO"
    company: str = ""
    company_aliases: tuple[str, ...] = ()
    agent: str = ""
    customer: str | None = None
    supervisor: str | None = None
    areas: tuple[str, ...] = ()
    area: str | None = None
    account: str | None = None
    clock: int = 0
    treatment: Treatment = "usted"
    foreign: bool = False
    customer_turn: str | None = None
    to: Literal["customer", "colleague"] = "customer"
    call_reason: str | None = None
    transfer_reason: str | None = None
    word_limit: int = 60
    website: str | None = None
    products: tuple[str, ...] = ()
