"""Scenarios with several people at once (chats, comments under a post), each with an end of their own."""

import re

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.proof import prove
from simulator.scenario.lines import authored_lines
from simulator.session.events import CustomerSpoke
from simulator.source.diagnostics import Severity, format
from tests.scenarios.shipped import card, loaded, played, scenario

UNATTENDED = {"three-visitors": "left-unattended", "comments-under-a-post": "comment-unanswered"}
"""The scenarios, and why somebody whom nobody answered counts."""
CONTACTS = [(id, contact) for id in UNATTENDED for contact in ("c1", *scenario(id).doc.contacts)]
several = pytest.mark.parametrize("id", UNATTENDED)
ELSEWHERE = frozenset(
    {
        "handover-name", "handover-account", "handover-call-reason", "handover-transfer-reason", "colleague-courtesy",
        "schedule-adherence", "plain-language",
    }
)  # fmt: skip
"""Asked in all channels, and about what these have not: a consultation, a shift, a foreign customer."""


def asked_there(id: str) -> list[str]:
    channel = scenario(id).doc.channel
    checkpoints = shipped_protocol().protocol.checkpoints.items()
    return [name for name, checkpoint in checkpoints if channel in checkpoint.channels and name not in ELSEWHERE]


def index(id: str, part: str) -> int:
    return next(number for number, test in enumerate(scenario(id).doc.tests) if part in test.name)


def verdict(id: str, part: str, checkpoint: str) -> str:
    return next(line.verdict for line in card(id, index(id, part)).checkpoints if line.id == checkpoint)


@several
def test_loads_without_complaint_and_keeps_its_promises(id: str) -> None:
    assert [format(d) for d in loaded(id).diagnostics if d.severity is not Severity.INFO] == []
    assert [format(d) for d in prove(loaded(id))] == []


@pytest.mark.parametrize(("id", "checkpoint"), [(id, name) for id in UNATTENDED for name in asked_there(id)])
def test_every_checkpoint_of_the_channel_is_won_and_lost(id: str, checkpoint: str) -> None:
    lines = [line for number in range(len(scenario(id).doc.tests)) for line in card(id, number).checkpoints]
    assert {"met", "missed"} <= {line.verdict for line in lines if line.id == checkpoint}


@several
def test_rude_agent_fails_by_that_alone(id: str) -> None:
    assert card(id, index(id, "grosero")).failed_by == ("no-rudeness",)


@several
def test_who_picks_the_easy_one_fails_without_a_critical(id: str) -> None:
    found = card(id, index(id, "solo a"))
    assert (found.result, found.failed_by) == ("failed", ())
    assert {line.reason for line in found.checkpoints if line.verdict == "missed"} == {UNATTENDED[id]}


def test_two_requests_and_one_canned_text_count_once() -> None:
    assert verdict("three-visitors", "apurado", "answer-every-request") == "missed"


def test_limit_chance_and_announced_close_are_right_in_public_too() -> None:
    assert verdict("comments-under-a-post", "cierre anunciado", "limit-offensive-language") == "met"
    assert verdict("comments-under-a-post", "oculta sin", "limit-offensive-language") == "missed"


@pytest.mark.parametrize(("id", "contact"), CONTACTS)
def test_each_person_is_written_in_depth(id: str, contact: str) -> None:
    doc = scenario(id).of(contact).doc
    assert 6 <= len(doc.steps) <= 12
    assert sum(end.good for end in doc.ends.values()) >= 1
    assert sum(not end.good for end in doc.ends.values()) >= 3
    assert all(end.title for end in doc.ends.values())
    assert all(step.hint and step.expects for step in doc.steps.values())
    assert all(len(step.customer) >= 2 for step in list(doc.steps.values())[1:])


@pytest.mark.parametrize(("id", "contact"), CONTACTS)
def test_variants_agree_in_facts_and_differ_in_words(id: str, contact: str) -> None:
    groups: dict[object, list[tuple[str, frozenset[str]]]] = {}
    for line in authored_lines(scenario(id).of(contact).doc):
        groups.setdefault(line.variants, []).append((line.line.say, frozenset(line.line.facts)))
    for lines in groups.values():
        assert len({say for say, _ in lines}) == len(lines)
        assert len({facts for _, facts in lines}) == 1, lines


@several
def test_names_are_filled_in(id: str) -> None:
    log = [event for number in range(len(scenario(id).doc.tests)) for event in played(id, number, 1).events]
    said = [event.what.text for event in log if isinstance(event.what, CustomerSpoke)]
    assert not [text for text in said if re.search(r"_[a-z]+", text)]
