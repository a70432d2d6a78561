"""Calls played by hand, in an agent's own words: where the customer once answered past what was said, or a mark was
unfair."""

import pytest

from simulator.protocol.catalogue import Verdict
from simulator.rehearsal.player import Player, play
from simulator.scenario.moves import Do, Move, Speak
from simulator.scoring.score import score
from simulator.session.events import AgentSpoke, CustomerSpoke, EndReached
from tests.scenarios.shipped import scenario

ANSWER = Do("answer")


def talk(id: str, *moves: str | Move, seed: int = 2) -> Player:
    """Texts are said to the customer."""
    return play(scenario(id), [Speak(move) if isinstance(move, str) else move for move in moves], seed=seed)


def said(player: Player) -> list[str]:
    """The ids of all authored lines that were said, in order."""
    return [id for event in player.events if isinstance(event.what, CustomerSpoke) for id in event.what.lines]


def end(player: Player) -> str:
    """The last end that was reached."""
    return [event.what.end for event in player.events if isinstance(event.what, EndReached)][-1]


def verdict(player: Player, id: str) -> Verdict:
    return next(Verdict(line.verdict) for line in score(player.scenario, player.events).checkpoints if line.id == id)


def test_what_a_person_is_to_settle_was_said_to_the_customer() -> None:
    """The scales doubt so short a question: the customer answers it all the same."""
    call = talk("identity-check", ANSWER, "Valle del Cóndor, buenas tardes, Gabriela.", "¿Me da su cédula?", seed=3)
    asked = [event.what for event in call.events if isinstance(event.what, AgentSpoke)][-1]
    mark = next(mark for mark in asked.marks if mark.checkpoint == "verify-identity")
    assert mark.reason == "reply-weighed-doubtful"
    answered = [event.what for event in call.events if isinstance(event.what, CustomerSpoke)][-1]
    assert "gives-data" in answered.facts


def test_a_question_left_open_is_not_thanked_for() -> None:
    call = talk(
        "guided-first-call",
        ANSWER,
        "Farmacias Sol Andino, buenos días. Le saluda Andrés, ¿en qué le puedo servir?",
        "Los sábados le atendemos de nueve a seis, señora.",
        "Permítame un segundito y le confirmo.",
    )
    assert not said(call)[-1].startswith("thanks")


def test_the_ladder_climbed_with_warning_and_notice_is_a_good_end() -> None:
    """The warning came with the second limit, the notice with the third turn: nothing is missing."""
    call = talk(
        "offensive-language",
        ANSWER,
        "Buenas tardes, Luz del Plata, le atiende Sofía. ¿En qué lo puedo ayudar?",
        "Disculpe, señor, le pido por favor que cuide el lenguaje. Así con gusto lo ayudo.",
        "Señor, le vuelvo a pedir que no use esas palabras conmigo. Quiero ayudarlo, pero necesito que hablemos con "
        "respeto. Si continúa, voy a tener que finalizar la comunicación.",
        "Lamentablemente no me deja otra opción. Doy por terminada la comunicación. Cuando quiera llamar de nuevo, con "
        "gusto lo vamos a atender. Buenas tardes.",
        Do("hang-up"),
    )
    assert end(call) == "closed-with-notice"


def test_to_cut_the_call_without_a_chance_is_no_good_end() -> None:
    call = talk(
        "offensive-language",
        ANSWER,
        "Buenas tardes, Luz del Plata, le atiende Sofía. ¿En qué lo puedo ayudar?",
        "Le pido que cuide el lenguaje y con gusto lo ayudo. Si no, voy a terminar la llamada.",
        Do("hang-up"),
    )
    assert end(call) == "hung-up"


@pytest.mark.parametrize(
    "restated",
    [
        "Gracias, señor Rafael. Usted tiene tren el martes y quiere viajar el jueves. ¿Entendí bien?",
        "Entonces su boleto es del martes y usted lo necesita para el jueves, ¿verdad?",
    ],
)
def test_to_say_again_what_is_wanted_is_no_solution(restated: str) -> None:
    call = talk(
        "foreign-caller",
        ANSWER,
        "Trenes Valle Alto, buenas tardes. Soy Carla. ¿Cómo le puedo ayudar?",
        "¿Cuál es su nombre, por favor?",
        restated,
    )
    assert verdict(call, "offer-solution") is Verdict.MISSED
    assert not said(call)[-1].startswith("price")


def test_nobody_repeats_steps_that_were_not_told() -> None:
    call = talk(
        "foreign-caller",
        ANSWER,
        "Trenes Valle Alto, buenas tardes. Soy Carla. ¿Cómo le puedo ayudar?",
        "¿Cuál es su nombre, por favor?",
        "Sí puedo cambiar su boleto. El jueves hay un tren a las ocho y veinte.",
        "Se lo repito con gusto. Sale a las ocho y veinte. Usted paga doce dólares más.",
        "El tren sale a las ocho y veinte. ¿Me entendió?",
    )
    assert not any(line.startswith("decides-clear") for line in said(call))


def test_nothing_to_be_had_is_no_perfect() -> None:
    call = talk(
        "long-search",
        ANSWER,
        "Instituto Los Coihues, buenos días, con Camila, ¿en qué le ayudo?",
        "Uy, eso es muy antiguo, no tenemos nada de esos años.",
        "Tendría que venir a la sede no más.",
    )
    assert said(call)[1].startswith("missing")
    assert not any(line.startswith("blamed") for line in said(call))


def test_where_she_is_is_given_away_by_the_place_alone() -> None:
    call = talk(
        "absent-manager",
        ANSWER,
        "Tres Cumbres, buenos días, habla Rosario, ¿en qué le ayudo?",
        "No está, salió.",
        "En Lurín, creo.",
    )
    assert end(call) == "gave-away"


def test_an_hour_that_nobody_said_is_not_repeated() -> None:
    call = talk(
        "absent-manager",
        ANSWER,
        "Tres Cumbres, buenos días, habla Rosario, ¿en qué le ayudo?",
        "No está, señor. ¿Quiere dejarle algún mensaje?",
        "Eso no se lo puedo dar. Lo que sí puedo es entregarle su mensaje.",
        "Ella lo llama en la tarde.",
    )
    texts = [event.what.text for event in call.events if isinstance(event.what, CustomerSpoke)]
    assert not any("cuatro" in text for text in texts)


def test_a_short_right_answer_is_one() -> None:
    page = talk(
        "self-service",
        ANSWER,
        "Buenas tardes, ¿en qué la puedo ayudar?",
        "En el buscador de arriba escriba «copia de boleta» y elija «Descargar mi boleta».",
        "En el correo que le llegó.",
    )
    assert verdict(page, "offer-solution") is Verdict.MET
    assert said(page)[-1].startswith("receipt")


def test_data_asked_for_beside_the_answer_are_given() -> None:
    page = talk(
        "self-service",
        ANSWER,
        "Buenas tardes, ¿en qué la puedo ayudar?",
        "En el buscador de arriba escriba «copia de boleta» y elija «Descargar mi boleta».",
        "El número está en el correo de confirmación.",
        "No puedo devolverlo, pero puede poner un reclamo al pie de la página, en «Reclamos».",
        "En cinco días hábiles. Y para su registro, ¿me da su nombre, RUT, correo y número de pedido, por favor?",
    )
    assert any(line.startswith(("data", "complaint-data")) for line in said(page))


def test_who_brings_bad_news_apologises_with_it() -> None:
    """In a call that the agent makes, the need is what the agent tells."""
    calls = talk(
        "cancelled-appointments",
        Do("dial"),
        "Buenos días, habla Camila Fuentes, de la Clínica Los Quillayes. ¿Está la señora Paula Arancibia, por favor?",
        "Muchas gracias.",
        "Señora Paula, ¿me confirma su fecha de nacimiento, por favor?",
        "La llamo porque su hora de mañana con la doctora se suspendió. Le pido disculpas por avisarle tan encima.",
        "Le puedo ofrecer el viernes a las 8:30 con el doctor Ibáñez.",
    )
    assert verdict(calls, "apologise") is Verdict.MET
