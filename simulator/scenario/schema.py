"""The scenario's JSON Schema, for editors: made from the model, so that it cannot disagree with the loader."""

from typing import Any

from pydantic.json_schema import models_json_schema

from simulator.scenario.exam import KEY, ExamDocument
from simulator.scenario.model import ScenarioDocument
from simulator.scenario.moves import PLAIN, WORDS
from simulator.scenario.shift import CHANNEL, ShiftDocument


def scenario_schema() -> dict[str, Any]:
    """The schema (draft 2020-12): of a scenario, or, where the channel says so, of a shift, or, where there is the key
    `exam`, of an exam. What authors may write short (one text for a list) is said by `anyOf`."""
    kinds = (ScenarioDocument, ShiftDocument, ExamDocument)
    _, made = models_json_schema([(kind, "validation") for kind in kinds], by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tercer Timbre: scenario",
        "if": {"properties": {"channel": {"const": CHANNEL}}, "required": ["channel"]},
        "then": {"$ref": "#/$defs/ShiftDocument"},
        "else": {
            "if": {"required": [KEY]},
            "then": {"$ref": "#/$defs/ExamDocument"},
            "else": {"$ref": "#/$defs/ScenarioDocument"},
        },
        "$defs": made["$defs"],
    }


def move_schema() -> dict[str, Any]:
    """What a move of a script may be: a word, or a mapping with one key."""
    words = {"type": "string", "enum": [*PLAIN, "withdraw"]}
    keyed = {"type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": {"enum": list(WORDS)}}
    return {"anyOf": [words, keyed]}
