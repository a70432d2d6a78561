"""The stable JSON of a played attempt: what `play --json` prints and what is stored as the scorecard.

Documented in `docs/play-json.md`; a change of meaning raises `VERSION`, new keys may appear at any time.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from simulator.scenario.scenario import FIRST_CONTACT, Scenario
from simulator.scoring.card import Evidence, Line, MoodPoint, Outcome, Scorecard, Shift, ShiftContact
from simulator.scoring.voice import call_voice, voice_json
from simulator.session.envelope import Event
from simulator.session.events import AttemptStarted
from simulator.session.transcript import Entry, transcript
from simulator.wording import render

VERSION = 1


def explanation(line: Line) -> str:
    """The reason of a checkpoint's verdict as a sentence in the user's language."""
    return render(line.reason, dict(line.args))


def report(scenario: Scenario, events: Iterable[Event], card: Scorecard) -> dict[str, Any]:
    """The whole document: attempt, scorecard, voice, transcript. Values are JSON's own; no floats."""
    log = tuple(events)
    agent = next((e.what.agent for e in log if isinstance(e.what, AttemptStarted)), "")
    return {
        "version": VERSION,
        "scenario": card.scenario,
        "scenario_hash": scenario.hash,
        "protocol_hash": scenario.protocol_hash,
        "seed": card.seed,
        "agent": agent,
        "score": card.score,
        "lowest": card.lowest,
        "highest": card.highest,
        "pass_mark": card.pass_mark,
        "result": card.result,
        "result_text": render(f"result-{card.result}", {}),
        "failed_by": list(card.failed_by),
        "end": card.end,
        "end_good": card.end_good,
        "end_title": card.end_title,
        "duration_ms": card.duration_ms,
        "checkpoints": [_checkpoint(line) for line in card.checkpoints],
        "moods": [
            {
                "event": point.event,
                "at_ms": point.at_ms,
                "mood": point.mood,
                "replies": list(point.replies),
                "contact": point.contact,
            }
            for point in card.moods
        ],
        "contacts": [asdict(outcome) for outcome in card.contacts],
        "shift": None if card.shift is None else _shift(card.shift),
        "voice": voice_json(call_voice(log)),
        "transcript": [
            _entry(entry) for entry in transcript(log, scenario.doc.customer.name, agent, scenario.customers)
        ],
    }


def _shift(shift: Shift) -> dict[str, Any]:
    return {**asdict(shift), "states": dict(shift.states), "contacts": [asdict(own) for own in shift.contacts]}


def _shift_of(document: dict[str, Any]) -> Shift:
    states = tuple(sorted(document["states"].items()))
    contacts = tuple(ShiftContact(**own) for own in document["contacts"])
    return Shift(**{**document, "states": states, "contacts": contacts})


def _checkpoint(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "phase": line.phase,
        "title": line.title,
        "verdict": line.verdict,
        "weight": line.weight,
        "critical": line.critical,
        "evidence": [_evidence(evidence) for evidence in line.evidence],
        "rule": line.rule,
        "reason": {"code": line.reason, "args": dict(line.args), "text": explanation(line)},
        "model": line.model,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "event": evidence.event,
        "at_ms": evidence.at_ms,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "absent": evidence.absent,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "event": entry.seq,
        "at_ms": entry.at_ms,
        "who": entry.who,
        "to": entry.to,
        "name": entry.name,
        "text": entry.text,
        "args": dict(entry.args),
        "mood": entry.mood,
        "lines": list(entry.lines),
        "heard": entry.heard,
        "contact": entry.contact,
    }


def card_of(document: dict[str, Any]) -> Scorecard:
    """The scorecard of a stored document (`report` made it), to show an old debrief as it was given."""
    lines = tuple(
        Line(
            id=line["id"],
            phase=line["phase"],
            title=line["title"],
            critical=line["critical"],
            weight=line["weight"],
            verdict=line["verdict"],
            evidence=tuple(Evidence(**evidence) for evidence in line["evidence"]),
            rule=line["rule"],
            reason=line["reason"]["code"],
            args=tuple(sorted(line["reason"]["args"].items())),
            model=line["model"],
        )
        for line in document["checkpoints"]
    )
    moods = tuple(
        MoodPoint(
            point["event"],
            point["at_ms"],
            point["mood"],
            tuple(point["replies"]),
            point.get("contact", FIRST_CONTACT),
        )
        for point in document["moods"]
    )
    return Scorecard(
        scenario=document["scenario"],
        seed=document["seed"],
        score=document["score"],
        lowest=document["lowest"],
        highest=document["highest"],
        pass_mark=document["pass_mark"],
        result=document["result"],
        failed_by=tuple(document["failed_by"]),
        end=document["end"],
        end_good=document["end_good"],
        end_title=document["end_title"],
        checkpoints=lines,
        moods=moods,
        duration_ms=document["duration_ms"],
        contacts=tuple(Outcome(**outcome) for outcome in document.get("contacts", ())),
        shift=_shift_of(document["shift"]) if document.get("shift") else None,
    )
