"""Words heard with confidence are marked as if they had been typed: names that sound alike change next to nothing."""

from dataclasses import replace

import pytest

from simulator import paths
from simulator.protocol.shipped import shipped_protocol
from simulator.protocol.understanding import understand
from simulator.scenario.library import load_all
from simulator.scenario.scenario import Scenario
from simulator.session.events import Recognised
from simulator.session.hearing import Doubts, lenient
from tests.labelled import REPLIES, read_folder
from tests.variation import bare

EVERY = 60
"""One labelled reply in so many: some 330, under the names of each shipped call."""


def confidently(text: str) -> Recognised:
    words, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        words.append((at, at + len(word), 95))
        at += len(word)
    return Recognised(text, "scripted", tuple(words))


@pytest.mark.slow
def test_confident_words_are_marked_as_typed_ones() -> None:
    protocol = shipped_protocol().protocol
    replies = [reply for _, reply in read_folder(REPLIES, protocol)][::EVERY]
    calls = [loaded.scenario for loaded in load_all(sorted(paths.scenarios().glob("*/*.yaml")), protocol)]
    flips: list[tuple[str, str, str]] = []
    marked = 0
    for scenario in calls:
        assert scenario is not None
        for labelled in replies:
            spoken = bare(labelled)
            if spoken is None or not spoken.reply.strip():
                continue
            now = replace(spoken.situation, **names(scenario))  # type: ignore[arg-type]
            typed = understand(scenario.rules, now, spoken.reply)
            doubts = Doubts.of([(0, spoken.reply, confidently(spoken.reply), (("pauses", 2),))])
            heard = lenient(scenario.rules, now, spoken.reply, typed, doubts)
            marked += len(heard)
            # Sentences are counted by pauses: that is another measure, and these two pauses are invented.
            flips.extend(
                (id, finding.reason, spoken.reply)
                for id, finding in heard.items()
                if finding.verdict != typed[id].verdict and typed[id].reason != "reply-long-sentences"
            )
    assert len(flips) <= marked // 5_000, flips


def names(scenario: Scenario) -> dict[str, object]:
    doc = scenario.doc
    return {
        "company": doc.company.name,
        "company_aliases": doc.company.aliases,
        "agent": doc.agent,
        "customer": doc.customer.name,
        "supervisor": doc.supervisor,
        "areas": (*doc.company.areas, *(colleague.name for colleague in doc.colleagues)),
        "account": doc.account,
        "products": doc.company.products,
    }
