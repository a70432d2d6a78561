"""What may be said in a call."""

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.scenario.library import load_all
from simulator.scenario.moves import Speak
from simulator.scenario.scenario import Scenario
from simulator.speech.heard import Hints
from simulator.speech.listening.expected import hints_for
from simulator.speech.listening.ngram import words_of
from tests.speech.said import ROOT, angry_caller

LOADED = [one.scenario for one in load_all([ROOT / "scenarios"], shipped_protocol().protocol) if one.scenario]
SHIPPED = [scenario for scenario in LOADED if scenario.agenda is None]  # in a shift, each contact has its own hints


@pytest.fixture(scope="module")
def hints() -> Hints:
    return hints_for(angry_caller())


def test_the_names_of_the_situation_are_there(hints: Hints) -> None:
    assert {"Telenova", "Tele Nova", "Diego Salas", "Marta Ríos", "Laura Peña", "Facturación"} <= set(hints.names)


def test_the_models_stand_with_the_names_of_this_call(hints: Hints) -> None:
    assert "Telenova, muy buenos días, le habla Diego Salas." in hints.sentences
    assert "Le voy a transferir con Facturación, donde le corregirán el cobro." not in hints.sentences  # not in play


def test_the_trainees_own_name_takes_the_place_of_the_scenarios() -> None:
    own = hints_for(angry_caller(), "Ana Gómez")
    assert "Ana Gómez" in own.names
    assert "Telenova, muy buenos días, le habla Ana Gómez." in own.sentences
    assert not [text for text in own.sentences if {"diego", "salas"} & set(words_of(text))]


def test_further_contacts_of_a_file_are_heard_with_its_tests_and_names() -> None:
    """Who calls Rodolfo says what the file's tests say to him; no contact has tests of its own."""
    file = next(scenario for scenario in SHIPPED if scenario.id == "cancelled-appointments")
    found = hints_for(file.of("rodolfo"), "Ana Gómez", whole=file)
    assert "¿Se encuentra el señor Rodolfo Sepúlveda, por favor?" in found.sentences
    assert {"Rodolfo Sepúlveda", "Paula Arancibia", "Eduardo Pinto", "Marcela Oyarzún", "Ana Gómez"} <= set(found.names)


def test_a_wrong_greeting_is_expected_as_well(hints: Hints) -> None:
    for time in ("buenos días", "buenas tardes", "buenas noches"):
        assert f"Telenova, muy {time}, le habla Diego Salas." in hints.sentences


@pytest.mark.parametrize("scenario", SHIPPED, ids=lambda scenario: scenario.id)
def test_another_day_or_number_than_the_expected_one_can_be_heard(scenario: Scenario) -> None:
    words = {word for text in hints_for(scenario).sentences for word in words_of(text)}
    assert {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "mañana", "noche"} <= words
    assert {"uno", "siete", "doce", "quince", "treinta", "cien", "mil"} <= words


def test_wrong_examples_are_expected_as_well_as_right_ones(hints: Hints) -> None:
    assert "Le vamos a reintegrar el segundo cobro en cinco días hábiles." in hints.sentences
    assert "No le podemos reintegrar ese cobro." in hints.sentences


@pytest.mark.parametrize("scenario", SHIPPED, ids=lambda scenario: scenario.id)
def test_examples_name_nobody_of_another_call(scenario: Scenario) -> None:
    found = hints_for(scenario)
    own = {word for text in (*_own_texts(scenario), *found.names) for word in words_of(text)}
    for name in ("telenova", "diego", "salas"):
        if name not in own:
            assert not [text for text in found.sentences if name in words_of(text)]


@pytest.mark.parametrize("scenario", SHIPPED, ids=lambda scenario: scenario.id)
def test_every_shipped_call_has_sentences(scenario: Scenario) -> None:
    found = hints_for(scenario)
    assert len(found.sentences) > 200
    assert len(set(found.sentences)) == len(found.sentences)
    assert not [text for text in found.sentences if "_" in text or not words_of(text)]
    assert hints_for(scenario) == found


def test_what_the_scenario_itself_tries_is_expected(hints: Hints) -> None:
    said = {word for text in hints.sentences for word in words_of(text)}
    for test in angry_caller().doc.tests:
        for move in test.do:
            if isinstance(move, Speak):
                assert set(words_of(move.text)) <= said


def test_a_turn_of_several_sentences_is_expected_in_one_breath(hints: Hints) -> None:
    assert any(text.count("?") + text.count(".") > 1 for text in hints.sentences)


def _own_texts(scenario: Scenario) -> list[str]:
    return [scenario.text]
