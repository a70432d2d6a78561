"""The chats that ship: three visitors at once, each with an end of their own."""

import re

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.proof import prove
from simulator.scenario.lines import authored_lines
from simulator.session.events import CustomerSpoke
from simulator.source.diagnostics import Severity, format
from tests.scenarios.shipped import card, loaded, played, scenario

ID = "three-visitors"
TESTS = [test.name for test in scenario(ID).doc.tests]
ELSEWHERE = frozenset(
    {
        "handover-name", "handover-account", "handover-call-reason", "handover-transfer-reason", "colleague-courtesy",
        "schedule-adherence", "plain-language",
    }
)  # fmt: skip
"""Asked in all channels, and about what a chat has not: a consultation, a shift, a foreign customer."""


def asked_in_chats() -> list[str]:
    checkpoints = shipped_protocol().protocol.checkpoints.items()
    return [id for id, checkpoint in checkpoints if "chat" in checkpoint.channels and id not in ELSEWHERE]


def index(part: str) -> int:
    return next(number for number, name in enumerate(TESTS) if part in name)


def test_loads_without_complaint_and_keeps_its_promises() -> None:
    assert [format(d) for d in loaded(ID).diagnostics if d.severity is not Severity.INFO] == []
    assert [format(d) for d in prove(loaded(ID))] == []


@pytest.mark.parametrize("id", asked_in_chats())
def test_every_checkpoint_of_chats_is_won_and_lost(id: str) -> None:
    verdicts = {line.verdict for number in range(len(TESTS)) for line in card(ID, number).checkpoints if line.id == id}
    assert {"met", "missed"} <= verdicts


def test_rude_agent_fails_by_that_alone() -> None:
    assert card(ID, index("grosero")).failed_by == ("no-rudeness",)


def test_who_picks_the_easy_visitor_fails_without_a_critical() -> None:
    found = card(ID, index("solo a la visita fácil"))
    assert (found.result, found.failed_by) == ("failed", ())
    assert {line.reason for line in found.checkpoints if line.verdict == "missed"} == {"left-unattended"}


def test_two_requests_and_one_canned_text_count_once() -> None:
    hurried = card(ID, index("apurado"))
    assert next(line for line in hurried.checkpoints if line.id == "answer-every-request").verdict == "missed"


@pytest.mark.parametrize("contact", ["c1", "patricio", "daniela"])
def test_each_visitor_is_written_in_depth(contact: str) -> None:
    doc = scenario(ID).of(contact).doc
    assert 6 <= len(doc.steps) <= 12
    assert sum(end.good for end in doc.ends.values()) >= 1
    assert sum(not end.good for end in doc.ends.values()) >= 3
    assert all(end.title for end in doc.ends.values())
    assert all(step.hint and step.expects for step in doc.steps.values())
    assert all(len(step.customer) >= 2 for step in list(doc.steps.values())[1:])


@pytest.mark.parametrize("contact", ["c1", "patricio", "daniela"])
def test_variants_agree_in_facts_and_differ_in_words(contact: str) -> None:
    groups: dict[object, list[tuple[str, frozenset[str]]]] = {}
    for line in authored_lines(scenario(ID).of(contact).doc):
        groups.setdefault(line.variants, []).append((line.line.say, frozenset(line.line.facts)))
    for lines in groups.values():
        assert len({say for say, _ in lines}) == len(lines)
        assert len({facts for _, facts in lines}) == 1, lines


def test_names_are_filled_in() -> None:
    said = [
        e.what.text for n in range(len(TESTS)) for e in played(ID, n, 1).events if isinstance(e.what, CustomerSpoke)
    ]
    assert not [text for text in said if re.search(r"_[a-z]+", text)]
