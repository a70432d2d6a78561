"""Features: the same for all treatments, genders and names; each with its words; the same on every platform."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from simulator.language.features import extract, feature, named, text_hash
from simulator.language.lexicon import Lexicon
from simulator.language.match import Context
from simulator.language.situation import Situation
from simulator.language.text import read
from tests.language.conftest import SITUATION


def hashes(lexicon: Lexicon, text: str, situation: Situation = SITUATION) -> set[int]:
    return {hash for hash, _, _ in extract(Context(read(text), situation, lexicon))}


def test_hashes_are_what_they_were() -> None:
    """Weights that shipped hold these numbers."""
    assert text_hash("permitir") == 0x28568A76
    assert feature("root", text_hash("permitir")) == 0x539BFA43D54F2DC9
    assert named("concept", "gracias") == 0x598DF79F1BA35909


def test_a_name_stands_as_what_it_is(lexicon: Lexicon) -> None:
    other = replace(SITUATION, agent="Andrea Luna", customer="Yolanda Paz", company="Telesur")
    one = hashes(lexicon, "Le habla Diego de Banco Andarríos, señora Marta.")
    two = hashes(lexicon, "Le habla Andrea de Telesur, señora Yolanda.", other)
    assert one == two


def test_the_treatment_changes_next_to_nothing(lexicon: Lexicon) -> None:
    usted = hashes(lexicon, "¿Usted me puede decir su cédula? Le ayudo con su cuenta.")
    assert hashes(lexicon, "¿Tú me puedes decir tu cédula? Te ayudo con tu cuenta.") == usted
    assert hashes(lexicon, "¿Vos me podés decir tu cédula? Te ayudo con tu cuenta.") == usted


def test_denials_and_questions_are_told(lexicon: Lexicon) -> None:
    assert hashes(lexicon, "Le ayudo") != hashes(lexicon, "No le ayudo")
    assert hashes(lexicon, "Le ayudo.") != hashes(lexicon, "¿Le ayudo?")


def test_a_typo_leaves_most_of_a_word_s_letters(lexicon: Lexicon) -> None:
    right, slip = hashes(lexicon, "transferencia"), hashes(lexicon, "transferenzia")
    assert len(right & slip) > len(right) // 2


@given(st.text(max_size=300))
def test_any_text_has_features_on_its_own_words(lexicon: Lexicon, text: str) -> None:
    reading = read(text)
    for hash, first, last in extract(Context(reading, SITUATION, lexicon)):
        assert 0 <= hash < 2**64
        assert (first, last) == (-1, -1) or 0 <= first < last <= len(reading.tokens)


def test_a_long_reply_is_bounded(lexicon: Lexicon) -> None:
    assert len(extract(Context(read("buenas tardes " * 50_000), SITUATION, lexicon))) < 20_000
