"""Reading: offsets into the original, boundaries, questions, quotations, and any text at all."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.folding import fold, folded_with_map
from simulator.language.text import ANALYSED_TOKENS, Kind, read

SPANISH = st.text(alphabet=st.sampled_from("aábcdeéiíñnoóuúü ¿?¡!.,;:«»\"'-\n0123456789$@́̃🙌شA"), max_size=80)
ANY = st.text(max_size=120)


@given(st.one_of(SPANISH, ANY))
def test_offsets_point_into_the_original(text: str) -> None:
    reading = read(text)
    for token in reading.tokens:
        assert text[token.start : token.end] == token.text
        assert token.text
    starts = [token.start for token in reading.tokens]
    assert starts == sorted(starts)


@given(st.one_of(SPANISH, ANY))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.one_of(SPANISH, ANY))
def test_the_map_leads_back(text: str) -> None:
    folded, origins = folded_with_map(text)
    assert folded == fold(text)
    assert len(folded) == len(origins)
    assert list(origins) == sorted(origins)
    assert all(0 <= origin < len(text) for origin in origins)


@given(st.one_of(SPANISH, ANY))
def test_every_token_has_its_place_in_all_sequences(text: str) -> None:
    reading = read(text)
    count = len(reading.tokens)
    for sequence in (
        reading.words,
        reading.sentence,
        reading.clause,
        reading.segment,
        reading.question,
        reading.quoted,
    ):
        assert len(sequence) == count
    assert len(reading.tokens_before) == count + 1
    assert list(reading.sentence) == sorted(reading.sentence)


@pytest.mark.parametrize("word", ["señor", "mañana", "ÑANDÚ", "años"])
def test_decomposed_letters_read_like_composed_ones(word: str) -> None:
    decomposed = unicodedata.normalize("NFD", word)
    assert read(decomposed).words == read(word).words
    assert read(decomposed).tokens[0].text == decomposed


def test_n_and_ñ_stay_apart() -> None:
    assert fold("año") != fold("ano")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("xq no me dice q pasó porfa", "porque no me dice que paso por favor"),
        ("Sr. Paz, llame al 4471-22", "señor paz llame al 4471-22"),
        ("D. Juan me dijo", "don juan me dijo"),
        ("son $48.900 a las 10:30", "son 48.900 a las 10:30"),
        ("entre a www.telenova.example/pagos, por favor", "entre a www.telenova.example/pagos por favor"),
        ("a@b.com o telenova.com.ar.", "a@b.com o telenova.com.ar"),
        ("5pm", "5 pm"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert " ".join(read(text).words) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Sr. Paz, buenos días. ¿Cómo está? Bien; gracias", 4),
        ("el ing. Salgado lo ve a las 10:30 p. m. en www.x.es", 1),
        ("un momento... ya vuelvo", 1),
        ("hola\nqué tal", 2),
        ("", 0),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    assert len(read(text).sentences) == sentences


def test_clauses_break_without_punctuation() -> None:
    reading = read("lo siento mucho pero no puedo sin embargo le ayudo porque usted insiste")
    first = [reading.words[start] for start, _ in reading.clauses]
    assert first == ["lo", "pero", "sin", "porque"]


def test_questions_and_quotations() -> None:
    reading = read("Pulse «Tu cuenta», ¿me entiende? Gracias")
    asked = [word for word, question in zip(reading.words, reading.question, strict=True) if question]
    quoted = [word for word, quotation in zip(reading.words, reading.quoted, strict=True) if quotation]
    assert asked == ["me", "entiende"]
    assert quoted == ["tu", "cuenta"]


def test_an_open_quotation_quotes_nothing() -> None:
    assert not any(read("dice «tu cuenta y sigue").quoted)


def test_fillers_do_not_count() -> None:
    reading = read("me permite eh o sea este un momento")
    assert reading.between(2, 6) == 0


def test_a_huge_reply_is_cut() -> None:
    reading = read("palabra " * 100_000)
    assert len(reading.tokens) == ANALYSED_TOKENS
    assert reading.truncated


@pytest.mark.parametrize(
    "text", ["\x00\x07\x1b[31m", "🙌🏽👨‍👩‍👧", "مرحبا بك", "\u202eabc\u202c", "\ufeff", "   \n\t "]
)
def test_odd_texts_are_read(text: str) -> None:
    assert all(token.kind in Kind for token in read(text).tokens)
