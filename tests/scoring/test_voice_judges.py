"""What the measured voice decides, through whole headless calls."""

import pytest

from simulator.protocol.catalogue import Verdict
from simulator.scenario.moves import read_move
from tests.scoring.test_score import GOOD, card, line

CALM = {"wpm": 120, "dbfs": -24, "snr": 30, "swing": 12, "pauses": 1, "confidence": 95, "duplex": 1}


def spoken(*voices: dict[str, int]) -> list[object]:
    """The good call, spoken: each reply with its measures (the last ones for the rest)."""
    texts = [move["say"] for move in GOOD if isinstance(move, dict) and "say" in move]
    used = [*voices, *[voices[-1]] * (len(texts) - len(voices))]
    moves: list[object] = []
    for move in GOOD:
        if isinstance(move, dict) and "say" in move:
            moves.append({"say": {"text": move["say"], "takes": 2, "voice": used.pop(0)}})
        else:
            moves.append(move)
    return moves


def verdict(id: str, *voices: dict[str, int]) -> tuple[str, str]:
    found = line(card(spoken(*voices)), id)
    return found.verdict, found.reason


def test_a_calm_clear_voice_is_met() -> None:
    assert verdict("speak-clearly", CALM) == ("met", "clearly-met")
    assert verdict("moderate-tone", CALM) == ("met", "tone-met")


def test_typed_words_have_no_voice() -> None:
    for id in ("speak-clearly", "moderate-tone"):
        assert line(card(GOOD), id).verdict == Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"dbfs": -52}, "clearly-quiet"),
        ({"clipped": 40}, "clearly-clipped"),
        ({"snr": 6}, "clearly-noisy"),
        ({"tail": -25}, "clearly-fading"),
        ({"longest_pause_ms": 5200}, "clearly-halting"),
    ],
)
def test_what_makes_a_voice_hard_to_hear(change: dict[str, int], reason: str) -> None:
    assert verdict("speak-clearly", {**CALM, **change}) == ("missed", reason)


def test_one_bad_reply_in_three_is_forgiven() -> None:
    assert verdict("speak-clearly", {**CALM, "snr": 6}, CALM)[0] == "met"


def test_an_unsure_recogniser_never_makes_it_missed() -> None:
    assert verdict("speak-clearly", {**CALM, "confidence": 50}) == ("unclear", "clearly-unsure")


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"dbfs": -10}, "tone-loud"), ({"dbfs": -41}, "tone-soft"), ({"swing": 40}, "tone-swings")],
)
def test_a_reply_that_stands_out(change: dict[str, int], reason: str) -> None:
    found = line(card(spoken(CALM, {**CALM, **change}, CALM)), "moderate-tone")
    assert (found.verdict, found.reason) == ("missed", reason)
    assert found.evidence[0].quote == "Le hacemos el reintegro."


def test_who_could_not_interrupt_is_not_praised_for_it() -> None:
    assert verdict("listen-without-interrupting", {**CALM, "duplex": 0}) == ("not-applicable", "na-half-duplex")
    assert verdict("listen-without-interrupting", CALM)[0] == "met"


def test_a_script_states_measures_by_name() -> None:
    move = read_move({"say": {"text": "Hola", "voice": {"dbfs": "-30", "tail": "-4"}}})
    assert dict(move.voice) == {"dbfs": -30, "tail": -4}  # type: ignore[attr-defined]
