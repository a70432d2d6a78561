"""Scorecards: occasions first, windows, criticals, the range that unclear ones leave."""

from pathlib import Path

import pytest

from simulator.protocol.catalogue import Verdict
from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.player import Player, play
from simulator.scenario.load import load_scenario
from simulator.scenario.moves import Do, Move, Speak, read_move
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Line, Scorecard
from simulator.scoring.report import card_of, report
from simulator.scoring.score import score
from simulator.session.commands import Start
from simulator.session.envelope import canonical
from simulator.session.events import ExamRules
from simulator.session.turns import conversation
from simulator.session.windows import verdict_so_far
from tests.session.cases import Desk, mini

NOTES = {"customer": "Marta Ríos", "reason": "cobro doble", "solution": "reintegro", "follow-up": "llamar mañana"}
GOOD: list[object] = [
    "dismiss-colleague",
    "answer",
    {"say": "Telenova, muy buenos días."},
    {"say": "Le hacemos el reintegro."},
    {"say": "Con mucho gusto."},
    {"notes": NOTES},
]

SCREENING = "Un momento, voy a comprobar si está. ¿De parte de quién, por favor?"


def mini_with(checkpoint: str, required: str = "", account: str = "") -> Scenario:
    """The small call, marked by one checkpoint more; with what it then requires, or the account it is about."""
    text = (Path(__file__).parents[1] / "session" / "mini.yaml").read_text("utf-8")
    more = text.replace("protocol:\n", f"required: [{required}]\nprotocol:\n  - {checkpoint}\n")
    if account:
        more = more.replace("sheet: {", f'account: "{account}"\nsheet: {{account_data: ["cuatrocientos doce"], ')
    found = load_scenario(more, "mini.yaml", shipped_protocol().protocol).scenario
    assert found is not None
    return found


def card(moves: list[object], seed: int = 1, scenario: Scenario | None = None) -> Scorecard:
    played = scenario or mini()
    read: list[Move] = [read_move(move) for move in moves]  # type: ignore[misc]
    player = play(played, read, seed=seed)
    assert player.refused == []
    return score(played, player.events)


def line(result: Scorecard, id: str) -> Line:
    return next(line for line in result.checkpoints if line.id == id)


def test_a_good_call_is_passed_with_everything_met() -> None:
    result = card(GOOD)
    assert (result.result, result.score, result.end) == ("passed", 100, "resolved")


def test_evidence_quotes_the_agents_own_words() -> None:
    proof = line(card(GOOD), "greet-company").evidence[0]
    assert proof.quote == "Telenova"
    assert (proof.start, proof.end) == (0, 8)


def test_a_hold_that_did_not_happen_weighs_nothing() -> None:
    assert line(card(GOOD), "hold-check-back").verdict == Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(("seconds", "verdict"), [(60, "met"), (61, "missed")])
def test_a_customer_is_not_left_on_hold_over_a_minute(seconds: int, verdict: str) -> None:
    moves: list[object] = [*GOOD[:3], "hold", {"wait": seconds}, "resume", *GOOD[3:]]
    assert line(card(moves), "hold-check-back").verdict == verdict


@pytest.mark.parametrize(("wait", "verdict"), [(0, "met"), (9.9, "met"), (10, "missed")])
def test_the_third_ring(wait: float, verdict: str) -> None:
    moves: list[object] = [{"wait": 2}, {"wait": wait}, *GOOD]
    assert line(card(moves), "answer-before-third-ring").verdict == verdict


def test_a_side_conversation_that_goes_on_is_heard() -> None:
    moves: list[object] = ["answer", {"tell-colleague": "Espérame, ya te cuento."}, *GOOD[2:]]
    found = line(card([{"wait": 3}, *moves]), "end-side-conversation")
    assert (found.verdict, found.reason) == ("missed", "side-heard")
    assert found.evidence[0].quote == "Espérame, ya te cuento."


def test_answering_with_the_chat_open_is_missed() -> None:
    assert line(card([{"wait": 3}, *GOOD[1:]]), "end-side-conversation").reason == "side-open"


@pytest.mark.parametrize(
    ("turns", "verdict"),
    [
        (["Telenova, buenos días.", SCREENING], "met"),
        (["Telenova, buenos días.", "Con mucho gusto.", SCREENING], "missed"),
        ([SCREENING, "Con mucho gusto."], "missed"),
    ],
)
def test_a_caller_is_screened_in_the_first_turn_after_the_request(turns: list[str], verdict: str) -> None:
    moves: list[object] = ["dismiss-colleague", "answer", *({"say": turn} for turn in turns)]
    found = card(moves, scenario=mini_with("screen-caller-properly"))
    assert line(found, "screen-caller-properly").verdict == verdict


def test_nobody_asked_for_is_nobody_to_screen_for() -> None:
    found = card(["answer", "hang-up"], scenario=mini_with("screen-caller-properly"))
    assert line(found, "screen-caller-properly").verdict == Verdict.NOT_APPLICABLE


IDENTITY = "Para cuidar su cuenta, ¿me confirma por favor su cédula y su fecha de nacimiento?"
DATUM = "Su saldo es de cuatrocientos doce dólares."


@pytest.mark.parametrize(
    ("turns", "verdict"),
    [
        ([IDENTITY, DATUM], "met"),
        (["O sea que le descontaron dieciocho dólares.", IDENTITY, DATUM], "met"),
        ([IDENTITY, "La clave no se la dé a nadie, por favor.", DATUM], "met"),
        ([DATUM, IDENTITY], "missed"),
        ([IDENTITY, "¿Y me da la clave de su tarjeta, por favor?"], "missed"),
    ],
)
def test_an_account_datum_is_given_after_the_identity_is_known(turns: list[str], verdict: str) -> None:
    """And what the scenario's conditions take for met is what the card says."""
    bank = mini_with("verify-identity", account="4471-22")
    moves: list[object] = [*GOOD[:3], *({"say": turn} for turn in turns)]
    player = play(bank, [read_move(move) for move in moves])  # type: ignore[misc]
    assert line(score(bank, player.events), "verify-identity").verdict == verdict
    talk = conversation(player.state.contacts["c1"].events)
    assert verdict_so_far(bank.known["verify-identity"], talk) == verdict


CALL_BACK = "Le devuelvo la llamada hoy antes de las cinco."


@pytest.mark.parametrize(
    ("moves", "verdict"),
    [
        ([{"say": CALL_BACK}, {"say": "Ya lo miro."}, "hold", {"wait": 20}, "resume"], "met"),
        (["hold", {"wait": 20}, "resume", {"say": CALL_BACK}], "met"),
        ([{"say": CALL_BACK}], "met"),
        ([{"say": "Apenas sepa algo le marco."}], "missed"),
    ],
)
def test_a_call_back_counts_whenever_it_was_agreed_after_the_need(moves: list[object], verdict: str) -> None:
    found = card([*GOOD[:3], *moves], scenario=mini_with("commit-callback", "callback"))
    assert line(found, "commit-callback").verdict == verdict


def test_talking_over_the_customer_fails_the_attempt() -> None:
    moves: list[object] = [*GOOD[:3], {"say": {"text": "Le hacemos el reintegro.", "interrupt": True}}, *GOOD[4:]]
    result = card(moves)
    assert result.failed_by == ("listen-without-interrupting",)
    assert result.result == "failed"


def test_a_warned_enter_is_no_interruption() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    desk.say(4_500, "¿Sí?")
    assert line(score(mini(), desk.events), "listen-without-interrupting").verdict == Verdict.MET


def test_hanging_up_on_the_customer_fails() -> None:
    result = card([*GOOD[:3], "hang-up", {"notes": NOTES}])
    assert "let-customer-hang-up" in result.failed_by


def test_a_blind_transfer_is_missed_and_a_warm_one_met() -> None:
    area = {"consult": "Soporte técnico"}
    blind = card([*GOOD[:3], area, "complete", {"notes": NOTES}])
    warm = card([*GOOD[:3], area, {"say": "La señora Ríos, por dos cobros."}, "complete", {"notes": NOTES}])
    assert line(blind, "stay-until-colleague-answers").verdict == "missed"
    assert line(warm, "stay-until-colleague-answers").verdict == "met"
    assert line(warm, "let-customer-hang-up").verdict == Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"follow-up": ""}, "notes-empty"),
        ({"reason": "no funciona el módem"}, "notes-reason"),
        ({"solution": "se le explicó"}, "notes-solution"),
    ],
)
def test_the_record_names_problem_and_solution(change: dict[str, str], reason: str) -> None:
    assert line(card([*GOOD[:-1], {"notes": {**NOTES, **change}}]), "document-case").reason == reason


def test_a_solution_in_the_record_that_was_never_offered() -> None:
    moves: list[object] = [*GOOD[:3], {"say": "Idiota."}, {"wait": 5}, {"notes": NOTES}]
    assert line(card(moves), "document-case").reason == "notes-not-offered"


def test_without_an_end_there_is_no_score() -> None:
    result = card(GOOD[:4])
    assert (result.result, result.score) == ("incomplete", None)


def test_withdrawing_is_not_scored() -> None:
    assert card([*GOOD[:4], "withdraw"]).result == "not-scored"


def test_a_call_nobody_answered_is_failed() -> None:
    result = card([{"wait": 60}])
    assert (result.result, result.score, result.end) == ("failed", 0, "unanswered")
    assert line(result, "greet-company").reason == "na-never-answered"


def test_the_mood_is_told_with_what_moved_it() -> None:
    moods = card([*GOOD[:3], {"say": "Cálmese."}, *GOOD[3:]]).moods
    assert [(point.mood, point.replies) for point in moods] == [
        (40, ()),
        (20, ("complaint.hush",)),
        (50, ("complaint.solved",)),
    ]


def test_a_stored_card_comes_back_whole() -> None:
    result = card(GOOD)
    player = play(mini(), [read_move(move) for move in GOOD])  # type: ignore[misc]
    document = report(mini(), player.events, result)
    canonical(document)  # no floats, no surprises
    assert card_of(document) == result


def test_a_consultation_makes_the_customer_wait_as_a_hold_does() -> None:
    area = {"consult": "Soporte técnico"}
    asked: list[object] = [*GOOD[:3], {"say": "¿Me permite dos minutos en línea?"}, area, "complete", {"notes": NOTES}]
    silent: list[object] = [*GOOD[:3], area, "complete", {"notes": NOTES}]
    assert line(card(asked), "ask-permission-to-hold").verdict == "met"
    found = line(card(silent), "ask-permission-to-hold")
    assert found.verdict == "missed"
    assert found.evidence


def test_a_closing_is_owed_where_an_exams_time_ran_out_before_it() -> None:
    rules = ExamRules("e", "ab" * 32, "Examen", 1, 1, 30_000, 80)
    player = Player(mini_with("farewell"))
    player.send(Start(0, "a1", 1, "Diego Salas", mode="exam", exam=rules))
    player.play((Do("answer"), Speak("Telenova, muy buenos días, le habla Diego, ¿en qué le puedo ayudar?")))
    player.pass_time(30_000)
    verdicts = {line.id: line.verdict for line in score(player.scenario, player.events).checkpoints}
    assert verdicts["farewell"] == "missed"
