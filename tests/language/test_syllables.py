"""Spanish syllables are counted as the *Ortografía* divides words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.syllables import syllables

# Plain words, diphthongs, triphthongs, hiatus, mute u and the one that is heard, y, h.
DIVIDED = """
    te-le-no-va bue-nos dí-as le ha-bla die-go en qué pue-do a-yu-dar con mu-cho gus-to trans-fe-rir obs-tá-cu-lo
    ins-tau-rar
    ai-re cau-sa rei-no deu-da oi-go cia-no cie-lo pio-jo cua-tro hue-so cuo-ta ciu-dad rui-do cuí-da-te cons-truí
    guion
    des-pués tam-bién co-mu-ni-ca-ción fac-tu-ra-ción a-diós viu-do in-ter-viú
    a-ve-ri-guáis buey miau a-so-ciáis
    pa-ís ra-íz ba-úl o-ír re-ír te-o-rí-a po-e-ta ca-er le-ón le-er co-o-pe-rar chi-i-ta ha-cí-an
    ha-bí-ais cre-í-ais
    ma-es-tro re-al lí-ne-a e-ne-ro a-é-re-o o-í-a huí-a tí-o grú-a
    que quie-ro a-quí gue-rra gui-ta-rra si-guien-te pin-güi-no ver-güen-za a-gua an-ti-guo cual-quie-ra
    y muy rey hoy voy le-yes ma-yo yo a-yer whis-ky pay-san-dú con-voy pa-ra-guay a-rro-yo ya
    prohi-bir a-ho-ra a-hí bú-ho ahu-mar co-he-te al-co-hol hie-lo al-mo-ha-da des-ha-cer hi-jo reu-nión rehu-sar
    ni-ño ci-güe-ña a-ñi-co
"""


@pytest.mark.parametrize("divided", DIVIDED.split())
def test_words_are_divided_as_the_orthography_divides_them(divided: str) -> None:
    assert syllables(divided.replace("-", "")) == divided.count("-") + 1


def test_a_sentence_is_the_sum_of_its_words() -> None:
    # Te-le-no-va, bue-nos dí-as, ¿en qué le pue-do a-yu-dar?
    assert syllables("Telenova, buenos días, ¿en qué le puedo ayudar?") == 4 + 2 + 2 + 1 + 1 + 1 + 2 + 3


@pytest.mark.parametrize(("text", "count"), [("", 0), ("¿…?", 0), ("12 345", 0), ("mmm", 1), ("km", 1), ("eh…", 1)])
def test_what_is_no_word(text: str, count: int) -> None:
    assert syllables(text) == count


@given(st.text())
def test_any_text_has_some_number_of_syllables(text: str) -> None:
    assert 0 <= syllables(text) <= len(text) * 3


@given(st.lists(st.text(alphabet="abcdefghijlmnñopqrstuvyzáéíóúü", min_size=1), max_size=8))
def test_words_are_counted_one_by_one(words: list[str]) -> None:
    assert syllables(" ".join(words)) == sum(syllables(word) for word in words)


@given(st.text(alphabet="abcdehmnqgruyiosáéíóúü", min_size=1, max_size=12))
def test_case_and_composition_change_nothing(word: str) -> None:
    import unicodedata

    assert syllables(word.upper()) == syllables(word) == syllables(unicodedata.normalize("NFD", word))


@given(st.text(alphabet="bcdfjklmnprstvz", min_size=1, max_size=3), st.text(alphabet="aeo", min_size=1, max_size=6))
def test_open_vowels_never_join(consonants: str, vowels: str) -> None:
    assert syllables(consonants + vowels) == len(vowels)
