"""Trainers judge words blind; what they and disputes decided becomes labelled replies that `evaluate` reads."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from simulator.errors import TercerTimbreError
from simulator.protocol.shipped import shipped_protocol
from simulator.records.assessing import calibration, keep_upheld, label_lines, sample
from simulator.records.reviews import Settlement
from simulator.records.store import Store
from simulator.records.workshop import Workshop, now
from simulator.scoring.replies import LabelledReply, read_replies
from tests.app.test_workshop import MOVES, begun, moves
from tests.records.reviewed import TRAINER

ROSA = "Rosa Trillo"


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with Store.open(tmp_path / "t.db") as store:
        yield Workshop(store, [])


@pytest.fixture
def attempt(workshop: Workshop) -> str:
    """A submitted attempt: the company was named, the colleague not sent away in time."""
    lived = begun(workshop, workshop.add_profile("Ana Ñáñez"))
    lived.play(moves(MOVES))
    lived.finish()
    workshop.submit(lived.opening.attempt)
    return lived.opening.attempt


def place_of(workshop: Workshop, attempt: str, checkpoint: str) -> int:
    lines = workshop.past(attempt).card.checkpoints
    return next(place for place, line in enumerate(lines) if line.id == checkpoint)


def read(text: str) -> list[LabelledReply]:
    replies, diagnostics = read_replies(text, "r.jsonl", shipped_protocol().protocol.checkpoints)
    assert diagnostics == ()
    return list(replies)


def test_a_sample_shows_words_and_meaning_and_nothing_of_the_verdict(workshop: Workshop, attempt: str) -> None:
    found = sample(workshop, ROSA, 10)
    greeting = next(blind for blind in found if blind.place == place_of(workshop, attempt, "greet-company"))
    assert greeting.words == "Telenova, muy buenos días."
    assert greeting.meaning == "Dijo el nombre de la empresa al atender."
    assert all(blind.words for blind in found), "what acts or clocks decided is not for reading"
    solution = next(blind for blind in found if blind.place == place_of(workshop, attempt, "offer-solution"))
    assert "factura" in solution.before
    assert found == sample(workshop, ROSA, 10)
    assert len(sample(workshop, ROSA, 1)) == 1


def test_what_was_judged_is_not_asked_again_but_of_another_trainer(workshop: Workshop, attempt: str) -> None:
    first = sample(workshop, ROSA, 10)[0]
    workshop.store.label(first.attempt, first.place, ROSA, True, now())
    assert first not in sample(workshop, ROSA, 10)
    assert first in sample(workshop, "Óscar", 10)


def test_practice_is_in_no_sample_and_cannot_be_judged(workshop: Workshop) -> None:
    lived = begun(workshop, workshop.add_profile("Ana"))
    lived.play(moves(MOVES))
    lived.finish()
    assert sample(workshop, ROSA, 10) == []
    with pytest.raises(TercerTimbreError, match="review-private"):
        workshop.store.label(lived.opening.attempt, 0, ROSA, True, now())


def test_agreement_and_disagreements(workshop: Workshop, attempt: str) -> None:
    greet, solve = (place_of(workshop, attempt, id) for id in ("greet-company", "offer-solution"))
    workshop.store.label(attempt, greet, ROSA, True, now())
    workshop.store.label(attempt, solve, ROSA, True, now())
    workshop.store.label(attempt, solve, ROSA, False, now())
    made = calibration(workshop.store.labels())
    assert (made.whole.total, made.whole.both, made.whole.only_marked) == (2, 1, 1)
    assert list(made.checkpoints) == ["offer-solution", "greet-company"]
    (differing,) = made.differing
    assert (differing.checkpoint, differing.met, differing.verdict, differing.reviewer) == (
        "offer-solution", False, "met", ROSA,
    )  # fmt: skip
    assert "reintegro" in differing.quote


def test_judgements_are_written_as_labelled_replies(workshop: Workshop, attempt: str) -> None:
    greet = place_of(workshop, attempt, "greet-company")
    workshop.store.label(attempt, greet, ROSA, False, now())
    workshop.store.label(attempt, greet, "Óscar", True, now())
    one, two = read("\n".join(label_lines(workshop)))
    assert (one.checkpoint, one.met, two.met) == ("greet-company", False, True)
    assert one.reply == "Telenova, muy buenos días."
    assert (one.situation.company, one.situation.agent) == ("Telenova", "Diego Salas")
    assert one.id != two.id


def test_the_trainees_name_is_not_in_a_labelled_reply(workshop: Workshop) -> None:
    lived = begun(workshop, workshop.add_profile("Ana Ñáñez"))
    lived.play(moves([*MOVES[:2], {"say": "Telenova, le habla Ana Nañez."}, *MOVES[3:]]))
    lived.finish()
    attempt = lived.opening.attempt
    workshop.submit(attempt)
    workshop.store.label(attempt, place_of(workshop, attempt, "greet-company"), ROSA, True, now())
    (line,) = label_lines(workshop)
    assert "Ana" not in line
    (reply,) = read(line)
    assert (reply.reply, reply.situation.agent) == ("Telenova, le habla Diego Salas.", "Diego Salas")


def test_an_upheld_dispute_is_kept_once(workshop: Workshop, attempt: str, tmp_path: Path) -> None:
    greet, file = place_of(workshop, attempt, "greet-company"), tmp_path / "kept.jsonl"
    workshop.dispute(attempt, greet, "Lo dije de otro modo.")
    with pytest.raises(TercerTimbreError, match="dispute-none"):
        keep_upheld(workshop, attempt, greet, file)
    workshop.store.review(attempt, Settlement(greet, True, "missed", "Cierto."), TRAINER, now() + timedelta(seconds=1))
    for _time in range(2):
        keep_upheld(workshop, attempt, greet, file)
    (reply,) = read(file.read_text("utf-8"))
    assert (reply.checkpoint, reply.met, reply.reply) == ("greet-company", False, "Telenova, muy buenos días.")


def test_what_no_words_decided_is_no_reply(workshop: Workshop, attempt: str, tmp_path: Path) -> None:
    place = place_of(workshop, attempt, "document-case")
    workshop.dispute(attempt, place, "Sí lo anoté.")
    workshop.store.review(attempt, Settlement(place, True, "met", "Cierto."), TRAINER, now())
    with pytest.raises(TercerTimbreError, match="label-wordless"):
        keep_upheld(workshop, attempt, place, tmp_path / "kept.jsonl")
    assert not (tmp_path / "kept.jsonl").exists()
