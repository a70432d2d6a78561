"""The scenario's JSON Schema, for editors: made from the model, so that it cannot disagree with the loader."""

from typing import Any

from simulator.scenario.model import ScenarioDocument
from simulator.scenario.moves import PLAIN, WORDS


def scenario_schema() -> dict[str, Any]:
    """The schema (draft 2020-12). What authors may write short (one text for a list) is said by `anyOf`."""
    schema = ScenarioDocument.model_json_schema(by_alias=True, mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Tercer Timbre: scenario"
    return schema


def move_schema() -> dict[str, Any]:
    """What a move of a script may be: a word, or a mapping with one key."""
    words = {"type": "string", "enum": [*PLAIN, "withdraw"]}
    keyed = {"type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": {"enum": list(WORDS)}}
    return {"anyOf": [words, keyed]}
