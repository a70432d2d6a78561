"""How an inbox is marked: each checkpoint of e-mail won and lost, with its proof."""

import pytest

from simulator.protocol.catalogue import Verdict
from simulator.scoring.record import Record
from simulator.scoring.score import score
from tests.session.test_email import VAGUE, VISIT, inbox, played

OPEN: tuple[object, ...] = ("open",)
END = {"jump": "end"}


def line(id: str, contact: str, *written: object) -> tuple[str, str, dict[str, str]]:
    """Verdict, reason and values of a checkpoint of one contact, the other one left alone."""
    from simulator.scoring.score import _line

    player = played(*written)
    record = next(r for r in Record.of(inbox(), player.events) if r.id == contact)
    play = inbox().in_play[id]
    found = _line(record, play)
    return found.verdict, found.reason, dict(found.args)


@pytest.mark.parametrize(
    ("done", "verdict", "reason"),
    [
        ([{"triage": "reclamo"}], "met", "triage-met"),
        ([{"triage": "queja"}, {"triage": "reclamo"}], "met", "triage-met"),
        ([{"triage": "reclamo"}, {"triage": "queja"}], "missed", "triage-wrong"),
        ([], "missed", "triage-none"),
    ],
)
def test_the_class_that_stands_at_the_end_counts(done: list[object], verdict: str, reason: str) -> None:
    assert line("triage-message", "c1", *OPEN, *done, VISIT, END)[:2] == (verdict, reason)


@pytest.mark.parametrize(
    ("done", "verdict", "reason"),
    [
        ([{"assign": "Camilo Ortega"}], "met", "assign-met"),
        ([{"assign": "Yolanda Pérez"}], "missed", "assign-wrong"),
        ([], "missed", "assign-none"),
    ],
)
def test_the_advisor_who_answers_is_assigned(done: list[object], verdict: str, reason: str) -> None:
    assert line("assign-advisor", "c1", *OPEN, *done, VISIT, END)[:2] == (verdict, reason)


def test_without_a_right_advisor_any_is_right() -> None:
    other = ({"jump": "message"}, {"in": "lamp"}, "open", {"assign": "Yolanda Pérez"}, VAGUE, END)
    assert line("assign-advisor", "lamp", *other)[0] == "met"


@pytest.mark.parametrize(
    ("done", "verdict", "reason"),
    [
        (["spell-check", VISIT], "met", "spell-check-met"),
        ([{"spell-check": "Buenos días."}, "spell-check", VISIT], "met", "spell-check-met"),
        ([VISIT], "missed", "spell-check-none"),
        ([{"spell-check": "Buenos días."}, VISIT], "missed", "spell-check-changed"),
        (["spell-check", {"spell-check": "Otra."}, VISIT], "missed", "spell-check-changed"),
        (["spell-check", VISIT, {"jump": "answer"}, VISIT], "missed", "spell-check-none"),
        ([], "not-applicable", "na-nothing-sent"),
    ],
)
def test_the_text_that_is_sent_is_the_one_that_was_checked(done: list[object], verdict: str, reason: str) -> None:
    assert line("spell-check-before-sending", "c1", *OPEN, *done, END)[:2] == (verdict, reason)


def test_a_reply_within_24_business_hours_of_the_arrival() -> None:
    assert line("reply-within-24h", "c1", *OPEN, VISIT, END) == ("met", "reply-in-time", {"hours": "17"} | WHAT_MET)
    late = line("reply-within-24h", "c1", {"jump": "morning"}, *OPEN, VISIT, END)
    assert late[:2] == ("missed", "reply-late")
    assert late[2]["hours"] == "41"


WHAT_MET = {"what": "Respondió dentro de las 24 horas hábiles."}


def test_the_bridge_between_friday_and_tuesday_does_not_count() -> None:
    lamp = ({"jump": "message"}, {"jump": "morning"}, {"in": "lamp"}, "open", VAGUE, END)
    assert line("reply-within-24h", "lamp", *lamp)[2]["hours"] == "14"


def test_what_the_sender_asks_later_is_owed_an_answer_too() -> None:
    again = (*OPEN, VAGUE, "close", {"jump": "answer"})
    assert line("reply-within-24h", "c1", *again, END)[:2] == ("missed", "reply-never")
    assert line("reply-within-24h", "c1", *again, VISIT, END)[0] == "met"
    assert line("reply-within-24h", "c1", *again, {"jump": "morning"}, {"jump": "morning"}, VISIT, END)[0] == "missed"


def test_a_message_that_nobody_opened_is_missed_and_not_not_applicable() -> None:
    for id in ("reply-within-24h", "triage-message", "assign-advisor", "greet-time-of-day"):
        assert line(id, "c1", END)[0] == "missed"
    assert line("spell-check-before-sending", "c1", END)[0] == "not-applicable"
    card = score(inbox(), played(END).events)
    assert (card.score, card.result) == (0, "failed") or card.result == "failed"


def test_a_message_that_has_not_come_yet_is_not_looked_at() -> None:
    card = score(inbox(), played("open", VISIT, "withdraw").events)
    assert card.result == "not-scored"
    assert line("reply-within-24h", "lamp", "open", VISIT, "withdraw")[:2] == ("not-applicable", "na-never-answered")


TOLD = {"say": "Buenas tardes. Su mensaje no es de nuestra competencia; hoy lo remitimos a la Alcaldía de San Lorenzo."}
LAMP = ({"jump": "message"}, {"in": "lamp"}, "open")
FORWARD = {"forward": "Alcaldía de San Lorenzo"}


@pytest.mark.parametrize(
    ("done", "verdict", "reason"),
    [
        ([FORWARD, TOLD], "met", "forward-met"),
        ([TOLD], "missed", "forward-never"),
        ([FORWARD, {"say": "Buenas tardes. Eso no es con nosotros."}], "missed", "words-absent"),
    ],
)
def test_what_is_not_ours_is_forwarded_and_the_sender_told(done: list[object], verdict: str, reason: str) -> None:
    assert line("forward-to-responsible", "lamp", *LAMP, *done, END)[:2] == (verdict, reason)


def test_forwarding_what_is_ours_is_wrong_and_leaving_it_has_no_weight() -> None:
    assert line("forward-to-responsible", "c1", *OPEN, VISIT, END)[0] == Verdict.NOT_APPLICABLE
    assert line("forward-to-responsible", "c1", *OPEN, FORWARD, VISIT, END)[:2] == ("missed", "forward-ours")


def test_a_follow_up_is_an_act_or_words() -> None:
    assert line("follow-up", "c1", *OPEN, VISIT, {"follow-up-on": "2026-05-21"}, END)[2]["date"] == "21/05/2026"
    said = {"say": "Le programamos una visita. El jueves 21 le escribo para saber cómo le fue."}
    assert line("follow-up", "c1", *OPEN, said, END)[0] == "met"
    assert line("follow-up", "c1", *OPEN, VISIT, END)[0] == "missed"
