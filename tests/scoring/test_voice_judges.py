"""What the measured voice decides, through whole headless calls."""

import pytest

from simulator import paths
from simulator.protocol.catalogue import Verdict
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import play
from simulator.scenario.load import load_scenario
from simulator.scenario.moves import read_move
from simulator.scoring.card import Scorecard
from simulator.scoring.record import Record
from simulator.scoring.score import score
from simulator.scoring.voice_judges import judge_slowly
from simulator.session.commands import Interrupt, Say
from simulator.session.events import Recognised
from tests.scoring.test_score import GOOD, card, line
from tests.session.cases import Desk, mini

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


def test_of_several_quiet_replies_the_first_one_gives_the_figure() -> None:
    """Its own, in every run: the same call makes the same card."""
    found = line(card(spoken(*({**CALM, "dbfs": -50 - step} for step in range(6)))), "speak-clearly")
    assert (found.reason, dict(found.args)["level"]) == ("clearly-quiet", "-50")


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


# Doubt that reaches further


def of_call(id: str, *moves: object) -> Scorecard:
    """The card of a shipped call in which these moves were made."""
    path = paths.scenarios() / "phone" / f"{id}.yaml"
    loaded = load_scenario(path.read_text("utf-8"), path.name, shipped_protocol().protocol)
    assert loaded.scenario is not None
    player = play(loaded.scenario, [read_move(move) for move in moves])  # type: ignore[misc]
    return score(loaded.scenario, player.events)


def heard(text: str, sure: int = 95) -> object:
    return {"say": {"text": text, "takes": 2, "voice": {"confidence": sure, "wpm": 120, "duplex": 0}}}


GREETING = "Telenova, muy buenos días, le habla Diego, ¿en qué le puedo ayudar?"
SECRET = "Para ayudarle necesito que me diga su clave, por favor."
VALID = "Para validar su identidad, ¿me confirma por favor su número de cédula y la fecha de nacimiento?"


def identity(*moves: object) -> str:
    card = of_call("angry-caller", "answer", heard(GREETING), *moves, "hang-up")
    return line(card, "verify-identity").verdict


def test_a_secret_perhaps_asked_for_is_never_settled_by_a_good_question_after_it() -> None:
    assert identity(heard(SECRET)) == "missed"
    assert identity(heard(SECRET, 60)) == "unclear"
    assert identity(heard(SECRET, 60), heard(VALID)) == "unclear"


def test_an_interruption_of_which_no_words_came_is_for_a_person_to_decide() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    spoken_line = desk.contact.customer.spoken
    assert spoken_line is not None
    desk.send(Interrupt(spoken_line.from_ms + 900, spoken_line.from_ms + 400))
    desk.until(spoken_line.from_ms + 40_000)  # the customer speaks again
    desk.say(desk.state.at_ms + 8_000, "Le hacemos el reintegro.")
    found = line(score(mini(), desk.events), "listen-without-interrupting")
    assert (found.verdict, found.reason) == ("unclear", "listen-unsure")


def test_an_interruption_with_its_words_is_missed() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    spoken_line = desk.contact.customer.spoken
    assert spoken_line is not None
    desk.send(Interrupt(spoken_line.from_ms + 900, spoken_line.from_ms + 400))
    desk.send(Say(spoken_line.from_ms + 2_400, "Le hacemos el reintegro.", takes_ms=2_000, voice=(("duplex", 1),)))
    assert line(score(mini(), desk.events), "listen-without-interrupting").verdict == "missed"


def test_words_that_were_typed_beside_spoken_ones_have_no_breath() -> None:
    text = " ".join(["palabra"] * 26) + " se lo aseguro con mucho gusto"
    desk = Desk.answered()
    said = Recognised("se lo aseguro con mucho gusto", "scripted", reviewed=True)
    desk.send(Say(6_000, text, takes_ms=2_000, voice=(("pauses", 0), ("wpm", 120)), recognised=said))
    assert judge_slowly(Record.of(mini(), desk.events)[0], mini().known["speak-clearly"]).reason == "slowly-met"
