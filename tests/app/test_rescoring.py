"""A log that was handed over is marked anew by newer rules, beside the result that it has."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.errors import TercerTimbreError
from simulator.protocol.load import WEIGHTS, load_protocol
from simulator.protocol.shipped import shipped_files
from simulator.records import workshop as workshop_module
from simulator.records.results_file import Examined, examine
from simulator.records.store import Store
from simulator.records.workshop import Workshop
from tests.app.test_workshop import MOVES, begun, moves

OPENING = "assets/protocol/rules/opening.yaml"


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with Store.open(tmp_path / "t.db") as store:
        yield Workshop(store, [])


@pytest.fixture
def attempt(workshop: Workshop) -> str:
    """A finished attempt in which the company was named."""
    lived = begun(workshop, workshop.add_profile("Ana Ñáñez"))
    lived.play(moves(MOVES))
    lived.finish()
    return lived.opening.attempt


def newer(monkeypatch: pytest.MonkeyPatch) -> str:
    """As if the program were a later one, for which naming the company is not enough; returns its protocol's hash."""
    files = {path: text for path, text in shipped_files().items() if path != WEIGHTS}
    files[OPENING] = files[OPENING].replace('    - "_company"\n', '    - "bienvenido ... _company"\n', 1)
    loaded = load_protocol(files)
    monkeypatch.setattr(workshop_module, "shipped_files", lambda: files)
    monkeypatch.setattr(workshop_module, "shipped_protocol", lambda: loaded)
    return loaded.protocol.hash


def test_the_words_are_judged_by_the_newer_rules_and_both_results_are_kept(
    workshop: Workshop, attempt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.submit(attempt)
    assert not workshop.rescore(attempt), "it has a result by these rules"
    hash = newer(monkeypatch)
    assert workshop.rescore(attempt)
    assert not workshop.rescore(attempt)
    first, second = (json.loads(card.text) for card in workshop.store.scorecards(attempt))

    def company(card: dict[str, list[dict[str, str]]]) -> str:
        return next(line["verdict"] for line in card["checkpoints"] if line["id"] == "greet-company")

    assert (company(first), company(second)) == ("met", "missed")
    assert first["score"] == 100 > second["score"]
    assert second["protocol_hash"] == hash
    (rescoring,) = workshop.store.review_of(attempt).rescored
    assert (rescoring.protocol_hash, rescoring.score, rescoring.result) == (hash, second["score"], second["result"])
    assert workshop.past(attempt).card.score == 100, "the debrief is the one that was given"
    (examined,) = examine(workshop.store.results([attempt], "0"))
    assert isinstance(examined, Examined)
    assert (examined.findings, len(examined.cards)) == ([], 2)


def test_practice_is_not_marked_anew(workshop: Workshop, attempt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    newer(monkeypatch)
    with pytest.raises(TercerTimbreError, match="review-private"):
        workshop.rescore(attempt)
    assert len(workshop.store.scorecards(attempt)) == 1


def test_a_scenario_that_the_newer_program_cannot_read_is_left_as_it_is(
    workshop: Workshop, attempt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.submit(attempt)
    files = dict(shipped_files())
    place = "assets/protocol/checkpoints.yaml"
    files[place] = files[place].replace("- id: document-case\n", "- id: document-case-well\n")
    loaded = load_protocol(files)
    monkeypatch.setattr(workshop_module, "shipped_protocol", lambda: loaded)
    with pytest.raises(TercerTimbreError, match="rescore-unreadable"):
        workshop.rescore(attempt)
    assert len(workshop.store.scorecards(attempt)) == 1
