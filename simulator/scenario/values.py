"""What the models of a scenario are made of: kinds of values as an author writes them, and the strict base."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

IDENTIFIER = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Id = Annotated[str, Field(pattern=IDENTIFIER, max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=4000)]
Mood = Annotated[int, Field(ge=0, le=100)]
Seconds = Annotated[int, Field(ge=1, le=3600)]


def _as_list(value: object) -> object:
    """`met: x` is written where `met: [x]` is meant."""
    if value is None or isinstance(value, (list, tuple)):
        return value
    return [value]


def _as_bool(value: object) -> object:
    if isinstance(value, str):
        word = value.strip().lower()
        if word in {"true", "yes", "sí", "si", "on"}:
            return True
        if word in {"false", "no", "off"}:
            return False
    return value


def _as_fact(value: object) -> object:
    """`asks: refund` inside a list is a mapping for YAML, in quotes a text; as a fact it is the text «asks:refund»."""
    if isinstance(value, str) and value.startswith("asks:"):
        return f"asks:{value.removeprefix('asks:').strip()}"
    if isinstance(value, Mapping) and len(value) == 1:
        name, thing = next(iter(value.items()))
        if name == "asks" and isinstance(thing, str):
            return f"asks:{thing.strip()}"
    return value


Truth = Annotated[bool, BeforeValidator(_as_bool)]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_as_list)]
Names = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Numbers = Annotated[tuple[int, ...], BeforeValidator(_as_list)]
Fact = Annotated[str, BeforeValidator(_as_fact)]
Facts = Annotated[tuple[Fact, ...], BeforeValidator(_as_list)]


class Model(BaseModel):
    """Frozen, and unknown keys are mistakes: a misspelt key must never be ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, str_strip_whitespace=True)


def _as_day(value: object) -> object:
    """«2026-05-04»; anything else is no day."""
    return _dated(value, "%Y-%m-%d").date() if isinstance(value, str) else value


def _as_moment(value: object) -> object:
    """«2026-05-04 8:30», the simulated clock; anything else is no moment."""
    return _dated(value, "%Y-%m-%d %H:%M") if isinstance(value, str) else value


def _as_hour(value: object) -> object:
    """«8:30»; anything else is no hour."""
    return _dated(value, "%H:%M").time() if isinstance(value, str) else value


def _dated(text: str, form: str) -> datetime:
    try:
        return datetime.strptime(text.strip(), form)  # noqa: DTZ007 - the simulated calendar has no time zone
    except ValueError:
        raise PydanticCustomError("date", "not a date", {"text": text}) from None


def _written(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern})


Day = Annotated[date, BeforeValidator(_as_day), _written(r"^\d{4}-\d{2}-\d{2}$")]
Days = Annotated[tuple[Day, ...], BeforeValidator(_as_list)]
Moment = Annotated[datetime, BeforeValidator(_as_moment), _written(r"^\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}$")]
Hour = Annotated[time, BeforeValidator(_as_hour), _written(r"^\d{1,2}:\d{2}$")]
