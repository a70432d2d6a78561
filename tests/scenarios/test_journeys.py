"""Moments that make these calls what they are, each told as the customer would tell it."""

import pytest

from simulator.rehearsal.player import Player, play
from simulator.scenario.moves import read_move
from simulator.scoring.score import score
from simulator.session.events import CustomerReacted, CustomerSpoke, EndReached, StepEntered
from tests.scenarios.shipped import scenario

GREETING = {
    "angry-caller": "Telenova, muy buenos días, le habla Diego. ¿En qué le puedo ayudar?",
    "offensive-language": "Luz del Plata, buenas tardes, le habla Sofía. ¿En qué le puedo ayudar?",
    "transfer-needed": "Seguros Altavista, buenas tardes, le atiende Mariana. ¿En qué le puedo ayudar?",
    "foreign-caller": "Trenes Valle Alto, buenas tardes. Le habla Carla. ¿En qué le puedo ayudar?",
    "long-search": "Instituto Los Coihues, muy buenos días, le habla Camila. ¿En qué le puedo ayudar?",
    "absent-manager": "Constructora Tres Cumbres, buenos días, le habla Rosario. ¿En qué le puedo ayudar?",
    "identity-check": "Cooperativa Valle del Cóndor, buenas tardes, le habla Gabriela. ¿En qué le puedo ayudar?",
    "guided-first-call": "Farmacias Sol Andino, buenos días, le saluda Andrés. ¿En qué le puedo ayudar?",
}


def call(id: str, *moves: object, seed: int = 1) -> Player:
    """The call answered and greeted, and then the moves (a text is something said)."""
    greeted: list[object] = ["answer", {"say": GREETING[id]}]
    written = [*greeted, *({"say": m} if isinstance(m, str) and " " in m else m for m in moves)]
    return play(scenario(id), [read_move(move) for move in written], seed=seed)  # type: ignore[misc]


def lines(player: Player) -> list[str]:
    return [event.what.text for event in player.events if isinstance(event.what, CustomerSpoke)]


def steps(player: Player) -> list[str]:
    return [event.what.step for event in player.events if isinstance(event.what, StepEntered)]


def end(player: Player) -> str | None:
    return next((event.what.end for event in player.events if isinstance(event.what, EndReached)), None)


def reactions(player: Player) -> set[str]:
    return {name for e in player.events if isinstance(e.what, CustomerReacted) for name in e.what.replies}


@pytest.mark.parametrize("id", GREETING)
def test_nobody_answers(id: str) -> None:
    assert end(play(scenario(id), [read_move({"wait": 60})])) == "unanswered"  # type: ignore[list-item]


@pytest.mark.parametrize("id", GREETING)
def test_hanging_up_on_the_caller_fails_by_its_critical(id: str) -> None:
    player = call(id, "hang-up")
    assert end(player) == "hung-up"
    assert "let-customer-hang-up" in score(scenario(id), player.events).failed_by


@pytest.mark.parametrize("id", GREETING)
def test_forgotten_on_hold_the_caller_leaves(id: str) -> None:
    player = call(id, "Sí, ya miro.", "hold", {"wait": 240})
    assert end(player) is not None
    assert "hold-unasked" in reactions(player)


@pytest.mark.parametrize("id", GREETING)
def test_left_without_an_answer_the_caller_leaves(id: str) -> None:
    player = call(id, {"wait": 150})
    ended = end(player)
    assert ended is not None
    assert not scenario(id).doc.ends[ended].good
    assert len([line for line in lines(player) if line]) >= 3  # asked whether anybody is there before leaving


def test_asking_for_calm_inflames() -> None:
    player = call("angry-caller", "Señora, cálmese, por favor.")
    assert steps(player)[-1] == "furious"
    assert player.contact.mood < scenario("angry-caller").doc.customer.mood


def test_angry_caller_gives_her_data_in_whatever_order_she_is_asked() -> None:
    player = call(
        "angry-caller",
        "Comprendo su molestia, señora. ¿Me confirma por favor su número de cédula?",
        "Gracias. ¿Y con quién tengo el gusto de hablar?",
    )
    assert player.contact.heard >= {"gives-data", "gives-name"}


def test_apology_after_rudeness_brings_her_back() -> None:
    player = call(
        "angry-caller",
        "Entiendo su molestia, señora, y le ofrezco disculpas.",
        "¿Es que usted no sabe leer?",
        "Le ofrezco disculpas, señora; no debí hablarle así.",
    )
    assert "wounded" in steps(player)
    assert steps(player)[-1] == "presses"
    assert "no-rudeness" in score(scenario("angry-caller"), player.events).failed_by


def test_man_who_was_understood_accepts_the_limit() -> None:
    understood = call(
        "offensive-language",
        "Entiendo perfectamente su enojo; tres días sin luz es muchísimo tiempo.",
        "Le pido, por favor, que no me insulte. Si hablamos con respeto, con mucho gusto lo ayudo.",
    )
    assert steps(understood)[-1] == "cools"
    assert "stops-offending" in understood.contact.heard


def test_man_who_was_not_understood_goes_on() -> None:
    cold = call(
        "offensive-language",
        "Sí, hay un corte en la zona.",
        "Le pido, por favor, que no me insulte. Si hablamos con respeto, con mucho gusto lo ayudo.",
    )
    assert steps(cold)[-1] == "persists"


def test_ignored_insults_come_again() -> None:
    player = call("offensive-language", "Sí, hay un corte en la zona.", "Ajá. ¿Y la dirección, por favor?")
    assert steps(player)[-1] == "worse"


def test_colleague_asks_for_what_is_missing() -> None:
    player = call(
        "transfer-needed",
        "Con gusto la ayudo. ¿Con quién hablo?",
        {"consult": "Siniestros"},
        {"tell-colleague": "Hola, Iván. Te paso a la señora Guadalupe Treviño, por favor."},
        {"tell-colleague": "Es la póliza 830-2154."},
    )
    assert {"Siniestros/answers.no-account", "Siniestros/answers.no-name"} & reactions(player) == {
        "Siniestros/answers.no-account"
    }
    assert "Siniestros/answers.no-reason" in reactions(player)


def test_area_without_anybody_never_answers() -> None:
    player = call("transfer-needed", "Claro que sí, señora.", {"consult": "Asistencia Vial"}, {"wait": 30}, "return")
    assert player.contact.consultation is None
    assert player.contact.held_since is None


def test_half_told_transfer_is_a_bad_end() -> None:
    player = call(
        "transfer-needed",
        "Con gusto la ayudo. ¿Con quién hablo?",
        {"consult": "Siniestros"},
        {"tell-colleague": "Hola, Iván. Te paso a la señora Guadalupe Treviño."},
        "complete",
    )
    assert end(player) == "transferred"
    assert not scenario("transfer-needed").doc.ends["transferred"].good


def test_idiom_is_asked_about() -> None:
    player = call("foreign-caller", "Al toque le ayudo, señor. No se haga bolas.")
    assert "idiom" in reactions(player)
    assert "does-not-understand" in player.contact.heard


def test_long_sentence_loses_him_and_plain_words_bring_him_back() -> None:
    player = call(
        "foreign-caller",
        "Mire, señor, lo que tendríamos que hacer es verificar previamente la disponibilidad de los espacios "
        "correspondientes a la fecha que usted nos está solicitando para la reprogramación de su viaje.",
        "Perdón. Se lo digo con otras palabras. Busco un tren para usted.",
    )
    assert "lost" in steps(player)
    assert steps(player)[-1] == "relieved"


def test_old_lady_waits_longer_than_the_angry_one() -> None:
    patient = call("guided-first-call", {"wait": 14})
    hurried = call("angry-caller", {"wait": 40})
    assert end(patient) is None
    assert len(reactions(hurried) & {"still-there", "still-nothing"}) == 2


def test_a_caller_with_little_credit_asks_to_be_called() -> None:
    """Told to ring again, he asks for the call that nobody offered; the number and an hour bring him round."""
    sent_away = call("long-search", "Vuelva a llamar mañana, por favor.")
    assert steps(sent_away)[-1] == "call-again"
    offered = call(
        "long-search",
        "Vuelva a llamar mañana, por favor.",
        "Le ofrezco disculpas. ¿A qué número lo puedo llamar? Yo le devuelvo la llamada hoy antes de las cinco.",
    )
    assert steps(offered)[-1] == "stamp"


def test_a_name_asked_for_first_makes_the_caller_suspect() -> None:
    assert steps(call("absent-manager", "¿De parte de quién, por favor?"))[-1] == "doubts"
    assert steps(call("absent-manager", "Voy a comprobar si está. ¿De parte de quién, por favor?"))[-1] == "checking"


@pytest.mark.parametrize(
    "told", ["La ingeniera anda en la obra de Lurín.", "Anote el celular: 955 120 347."], ids=["place", "number"]
)
def test_what_is_not_to_be_told_ends_the_call(told: str) -> None:
    assert end(call("absent-manager", "Voy a ver si está. ¿De parte de quién, por favor?", told)) == "gave-away"


def test_a_pin_asked_for_frightens_and_a_pin_refused_reassures() -> None:
    asked = call("identity-check", "¿Me da la clave de su tarjeta, por favor?")
    assert steps(asked)[-1] == "distrust"
    refused = call(
        "identity-check",
        "¿Me confirma su cédula y su fecha de nacimiento, por favor?",
        "La clave no se la dé a nadie, por favor.",
    )
    assert steps(refused)[-2:] == ["trap", "waits"]
