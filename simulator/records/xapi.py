"""Published results as xAPI statements (1.0.3) with the verbs and rules of cmi5: of each attempt one
`completed` (or `terminated`, when its trainee broke it off or withdrew), at most one `passed` or `failed`, and an
`answered` for each checkpoint, whose parent is the scenario.

The id of a statement is made from what it is about, so that sending it twice stores it once. What people decide later
changes none of them (a record store refuses another statement under an id that it has): it is told in statements of
its own, another `answered` for each verdict and one `scored` for the attempt. docs/xapi.md shows them.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from simulator.records.table import MARKS, Row

BASE: Final = "https://tercertimbre.example/xapi"
"""What every identifier begins with. It names things; nothing has to answer there."""
_VERBS: Final = "http://adlnet.gov/expapi/verbs"
_ACTIVITIES: Final = "http://adlnet.gov/expapi/activities"
_NAMES: Final = tuple(column.id for column in MARKS)


def xapi_statements(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """The statements of attempts, given by their rows under `MARKS`, those of an attempt together."""
    for _attempt, lines in groupby(rows, key=lambda row: row[0]):
        marks: list[dict[str, Any]] = [dict(zip(_NAMES, line, strict=True)) for line in lines]
        about = marks[0]
        took = {} if about["seconds"] is None else {"duration": f"PT{about['seconds']}S"}
        complete = about["closed"] == "finished"
        yield _about_attempt(about, "completed" if complete else "terminated", {"completion": complete, **took})
        outcome = about["result"]
        if outcome in ("passed", "failed"):
            score = {"scaled": about["scaled"], "raw": about["raw"], "min": 0, "max": 100}
            yield _about_attempt(about, outcome, {"success": outcome == "passed", "score": score, **took})
        seen: Counter[str] = Counter()
        for mark in marks:
            seen[mark["checkpoint"]] += 1
            mark["turn"] = seen[mark["checkpoint"]]  # several contacts of an attempt may have the same checkpoint
            yield _about_mark(mark)
        yield from _reviewed(about, marks)


def _reviewed(about: Mapping[str, Any], marks: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """What people decided about an attempt and its marks."""
    decided = [mark for mark in marks if mark["human-verdict"] is not None]
    for mark in decided:
        said = {
            **mark,
            "verdict": mark["human-verdict"],
            "reason": mark["override-reason"],
            "ended": mark["decided"],
        }
        yield _about_mark(said, "person", {"scorer": mark["scorer"], "verdict-of-program": mark["verdict"]})
    if not decided and not about["reviewed"] and about["dispute"] == "none":
        return
    outcome = {name: about[name] for name in ("final-result", "reviewed", "dispute")}
    result: dict[str, Any] = {"extensions": {f"{BASE}/{name}": value for name, value in outcome.items()}}
    if about["final-raw"] is not None:
        result["score"] = {"scaled": about["final-raw"] / 100, "raw": about["final-raw"], "min": 0, "max": 100}
    last = max((mark["decided"] for mark in decided), default=about["ended"] or about["started"])
    name = "/".join(map(str, ("scored", about["final-raw"], *outcome.values(), _moment(last))))
    yield _statement({**about, "ended": last}, name, "scored", _scenario(about), result, {})


def _about_attempt(about: Mapping[str, Any], verb: str, result: dict[str, Any]) -> dict[str, Any]:
    cmi5 = {"id": "https://w3id.org/xapi/cmi5/context/categories/cmi5", "objectType": "Activity"}
    extensions = {
        f"{BASE}/{name}": about[name]
        for name in (
            "channel",
            "mode",
            "difficulty",
            "hints",
            "input",
            "pass-mark",
            "scenario-hash",
            "protocol-hash",
            "key",
        )
        if about[name] is not None
    }
    return _statement(
        about,
        verb,
        verb,
        _scenario(about),
        result,
        {"contextActivities": {"category": [cmi5]}, "extensions": extensions},
    )


def _about_mark(mark: Mapping[str, Any], by: str = "", more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`by`: who gave the verdict where it is not the program; `more`: further extensions."""
    verdict = mark["verdict"]
    result: dict[str, Any] = {"response": verdict, "extensions": {f"{BASE}/reason": mark["reason"]}}
    if verdict in ("met", "missed"):
        result["success"] = verdict == "met"
    if mark["quote"]:
        result["extensions"][f"{BASE}/quote"] = mark["quote"]
    checkpoint = {
        "objectType": "Activity",
        "id": f"{BASE}/checkpoints/{mark['checkpoint']}",
        "definition": {
            "type": f"{_ACTIVITIES}/cmi.interaction",
            "interactionType": "other",
            "name": {"es": mark["checkpoint-title"]},
            "extensions": {f"{BASE}/weight": mark["weight"], f"{BASE}/critical": mark["critical"]},
        },
    }
    result["extensions"] |= {f"{BASE}/{name}": value for name, value in (more or {}).items()}
    parent = {"contextActivities": {"parent": [_scenario(mark)]}}
    name = f"answered/{mark['checkpoint']}" + (f"/{mark['turn']}" if mark["turn"] > 1 else "")
    if by:
        name += f"/{by}/{verdict}/{mark['reason']}/{_moment(mark['ended'])}"
    return _statement(mark, name, "answered", checkpoint, result, parent)


def _statement(
    about: Mapping[str, Any],
    name: str,
    verb: str,
    thing: dict[str, Any],
    result: dict[str, Any],
    context: dict[str, Any],
) -> dict[str, Any]:
    registration = _uuid(about["attempt"])
    return {
        "id": _uuid(f"{about['attempt']}/{name}"),
        "actor": {"objectType": "Agent", "account": {"homePage": BASE, "name": about["person"]}},
        "verb": {"id": f"{_VERBS}/{verb}", "display": {"en": verb}},
        "object": thing,
        "result": result,
        "context": {"registration": registration, "platform": f"Tercer Timbre {about['software']}", **context},
        "timestamp": _moment(about["ended"] or about["started"]),
    }


def _scenario(about: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": f"{BASE}/scenarios/{about['scenario']}",
        "definition": {"type": f"{_ACTIVITIES}/simulation", "name": {"es": about["scenario-title"]}},
    }


def _uuid(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}/attempts/{name}"))


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
