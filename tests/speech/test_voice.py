"""Whose voice, in which mood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.telephone import LineEffect
from simulator.speech.voice import FASTEST, SLOWEST, Gender, Manner, Voice, foreign_accents, voice_for


def test_the_same_facts_give_the_same_voice() -> None:
    assert voice_for(customer="marta", mood=20) == voice_for(customer="marta", mood=20)


def test_customers_of_one_gender_differ() -> None:
    voices = {voice_for(customer=f"customer-{number}").name for number in range(40)}
    assert len(voices) == 4
    assert len({(voice_for(customer=f"c{n}").name, voice_for(customer=f"c{n}").pitch) for n in range(40)}) > 12


def test_a_customer_keeps_their_voice_while_the_mood_moves() -> None:
    assert len({voice_for(customer="marta", mood=mood).name for mood in range(101)}) == 1


def test_anger_is_faster_higher_livelier_and_louder() -> None:
    furious, annoyed, neutral = (voice_for(mood=mood) for mood in (0, 25, 50))
    for feature in ("rate", "pitch", "range", "volume"):
        assert getattr(furious, feature) > getattr(annoyed, feature) > getattr(neutral, feature)
    assert furious.gap_ms < annoyed.gap_ms < neutral.gap_ms


def test_moods_are_as_measured() -> None:
    heard = {mood: voice_for(mood=mood) for mood in (0, 25, 50)}
    assert [(voice.rate, voice.pitch, voice.range) for voice in heard.values()] == [
        (210, 75, 99), (190, 62, 90), (165, 50, 50),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("manner", "rate", "pitch", "span"),
    [(Manner.SAD, 125, 35, 20), (Manner.ANXIOUS, 214, 70, 70), (Manner.ELDERLY, 115, 30, 40)],
)
def test_manners_are_as_measured(manner: Manner, rate: int, pitch: int, span: int) -> None:
    voice = voice_for(manner=manner, mood=50)
    assert (voice.rate, voice.pitch, voice.range) == (rate, pitch, span)


@pytest.mark.parametrize("manner", [manner for manner in Manner if manner is not Manner.PLAIN])
def test_a_manner_leaves_half_of_the_mood_to_be_heard(manner: Manner) -> None:
    furious, annoyed, neutral = (voice_for(manner=manner, mood=mood) for mood in (0, 25, 50))
    assert furious.rate > annoyed.rate > neutral.rate
    assert furious.pitch > annoyed.pitch > neutral.pitch
    assert furious.pitch - neutral.pitch < voice_for(mood=0).pitch - voice_for().pitch


def test_a_wished_pitch_is_beside_the_persons_own() -> None:
    assert voice_for(customer="marta", pitch=-7).pitch == voice_for(customer="marta").pitch - 7


def test_the_line_belongs_to_the_voice() -> None:
    assert voice_for(effect=LineEffect.MOBILE) != voice_for()
    assert voice_for().effect is LineEffect.CLEAR


def test_a_point_of_mood_is_not_another_recording() -> None:
    assert len({voice_for(mood=mood) for mood in range(101)}) == 21


@pytest.mark.parametrize(
    ("accent", "reader"),
    [
        ("es", "roa/es"),
        ("es-ES", "roa/es"),
        ("es-419", "roa/es-419"),
        ("es-CO", "roa/es-419"),
        ("xx", "roa/es-419"),
    ],
)
def test_spanish_accents(accent: str, reader: str) -> None:
    voice = voice_for(gender="male", accent=accent)
    assert voice.name.split("+")[0] == reader
    assert not voice.foreign


@pytest.mark.parametrize(
    ("tongue", "reader"),
    [("pt", "roa/pt-br"), ("portugués", "roa/pt-br"), ("inglés", "gmw/en-us"), ("de", "gmw/de"), ("ru", "zle/ru")],
)
def test_a_foreign_caller_is_read_by_the_voice_of_their_tongue_and_slower(tongue: str, reader: str) -> None:
    voice = voice_for(gender="male", mother_tongue=tongue, rate=165)
    assert voice.name.split("+")[0] == reader
    assert voice.foreign
    assert voice.rate < voice_for(rate=165).rate


def test_an_unintelligible_accent_is_not_attempted() -> None:
    voice = voice_for(accent="es-419", foreign=True, mother_tongue="ja")
    assert voice.name.startswith("roa/es-419")
    assert voice.foreign
    assert voice.range < voice_for().range
    assert not {"ja", "cmn"} & set(foreign_accents())


def test_captions_are_advised_where_a_machine_understood_least() -> None:
    advised = {tongue for tongue in foreign_accents() if voice_for(mother_tongue=tongue).captions_advised}
    assert advised == {"ru", "fr"}


def test_the_users_speech_rate_slows_every_voice() -> None:
    assert voice_for(speech_rate=60).rate == round(voice_for().rate * 0.6)


@given(
    gender=st.sampled_from(["female", "male"]),
    accent=st.text(max_size=8) | st.sampled_from([*foreign_accents(), "es", "es-419"]),
    mood=st.integers(-50, 200),
    rate=st.integers(1, 1000),
    customer=st.text(max_size=20),
    manner=st.sampled_from(list(Manner)),
    pitch=st.integers(-20, 20),
    speech_rate=st.integers(60, 140),
)
def test_every_voice_is_within_what_the_engine_takes(
    gender: Gender, accent: str, mood: int, rate: int, customer: str, manner: Manner, pitch: int, speech_rate: int
) -> None:
    voice: Voice = voice_for(
        gender=gender,
        accent=accent,
        mood=mood,
        rate=rate,
        customer=customer,
        manner=manner,
        pitch=pitch,
        speech_rate=speech_rate,
    )
    assert SLOWEST <= voice.rate <= FASTEST
    assert 0 <= voice.pitch <= 99
    assert 0 <= voice.range <= 99
    assert 0 < voice.volume <= 100
