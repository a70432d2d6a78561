"""The telephone's rules, one sentence each."""

import pytest

from simulator.session.commands import Continue, EndLine, Finish, Pause, Say, Start, TellSide, TimeLine, Type, Withdraw
from simulator.session.decide import allowed_acts, decide, next_deadline
from simulator.session.events import (
    AgentSpoke,
    AttemptEnded,
    ColleagueAnswered,
    ColleagueChatted,
    ConsultationFailed,
    ContactEnded,
    CustomerReacted,
    CustomerSpoke,
    EndReached,
    InterruptionWarned,
    LineEnded,
    PhoneRang,
    StepEntered,
)
from simulator.session.state import Phase
from simulator.session.story import CommandRefusedError
from tests.session.cases import Desk, mini


def test_rings_every_five_seconds_at_their_own_time() -> None:
    desk = Desk.started()
    desk.until(13_000)
    assert [(e.at_ms, e.what.ring) for e in desk.of(PhoneRang)] == [(2_000, 1), (7_000, 2), (12_000, 3)]


def test_a_caller_who_is_not_answered_gives_up() -> None:
    desk = Desk.started()
    desk.until(60_000)
    assert [e.what.end for e in desk.of(EndReached)] == ["unanswered"]
    assert desk.contact.phase is Phase.AFTER


def test_nothing_can_be_answered_before_it_rings() -> None:
    desk = Desk.started()
    with pytest.raises(CommandRefusedError) as refused:
        desk.act(1_000, "answer")
    assert refused.value.code == "act-not-now"


def test_a_refused_command_changes_nothing() -> None:
    desk = Desk.started()
    before = desk.state
    with pytest.raises(CommandRefusedError):
        desk.say(500, "¿Aló?")
    assert desk.state == before


def test_the_colleague_chats_until_the_conversation_is_closed() -> None:
    desk = Desk.started()
    desk.until(2_500)
    desk.act(2_600, "dismiss-colleague")
    desk.until(8_000)
    assert len(desk.of(ColleagueChatted)) == 1


def test_words_to_the_colleague_across_the_desk_do_not_reach_the_line() -> None:
    desk = Desk.started()
    desk.until(2_500)
    said = desk.send(TellSide(2_600, "Te dejo, me entra una llamada."))
    assert [w.to for w in said if isinstance(w, AgentSpoke)] == ["side"]


def test_the_customer_answers_a_greeting_with_the_complaint_of_the_seed() -> None:
    texts = {Desk.complaining(seed).of(CustomerSpoke)[-1].what.text for seed in range(1, 12)}
    assert len(texts) == 3


def test_silence_is_asked_about_once_and_then_ends_the_call() -> None:
    desk = Desk.answered()
    desk.until(9_100)
    assert [e.what.text for e in desk.of(CustomerSpoke)] == ["¿Aló?"]
    desk.until(60_000)
    assert desk.of(EndReached)[0].what.end == "cut"


def test_keys_hold_the_floor() -> None:
    desk = Desk.answered()
    for second in range(4, 20):
        desk.send(Type(second * 1000))
    assert not desk.of(CustomerSpoke)


def test_keys_hold_the_floor_for_a_minute_at_most() -> None:
    desk = Desk.answered()
    for second in range(4, 80):
        desk.send(Type(second * 1000))
    spoken = desk.of(CustomerSpoke)
    assert spoken
    assert spoken[0].at_ms >= 64_000


def test_enter_while_the_customer_speaks_warns_and_the_second_one_interrupts() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    assert [type(w) for w in desk.say(4_500, "¿Sí?")] == [InterruptionWarned]
    told = desk.say(4_800, "¿Sí?")
    assert isinstance(told[0], LineEnded)
    assert told[0].cut
    spoke = next(w for w in told if isinstance(w, AgentSpoke))
    assert spoke.overlap_ms > 0


def test_the_last_third_of_a_second_is_nobodys() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    spoken = desk.contact.customer.spoken
    assert spoken is not None
    told = desk.say(spoken.until_ms - 250, "Claro.")
    assert next(w for w in told if isinstance(w, AgentSpoke)).overlap_ms == 0


def test_the_shells_length_of_a_line_replaces_the_estimate() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    seq = desk.of(CustomerSpoke)[-1].seq
    desk.send(TimeLine(4_010, seq, 9_000))
    assert desk.contact.customer.speaking(12_900)
    desk.send(EndLine(10_000, seq))
    assert not desk.contact.customer.speaking(10_001)
    desk.until(18_500)  # silence counts from where the line really ended
    assert desk.of(CustomerSpoke)[-1].what.text == "¿Sigue ahí?"
    assert desk.of(CustomerSpoke)[-1].at_ms == 18_000


def test_all_matching_replies_move_the_mood_and_the_first_decides() -> None:
    desk = Desk.complaining()
    told = desk.say(11_000, "Cálmese.")
    reacted = next(w for w in told if isinstance(w, CustomerReacted))
    assert (reacted.mood_from, reacted.mood_to) == (40, 20)
    assert desk.of(CustomerSpoke)[-1].what.text == "¡No me diga que me calme!"


def test_an_end_whose_condition_holds_comes_before_what_the_replies_say() -> None:
    desk = Desk.complaining()
    desk.say(11_000, "Idiota, le hacemos el reintegro.")
    assert desk.of(EndReached)[0].what.end == "furious"
    desk.until(20_000)
    assert isinstance(desk.events[-1].what, ContactEnded)


def test_a_held_customer_hears_nothing_and_loses_patience() -> None:
    desk = Desk.complaining()
    desk.act(11_000, "hold")
    with pytest.raises(CommandRefusedError) as refused:
        desk.say(12_000, "¿Me oye?")
    assert refused.value.code == "customer-on-hold"
    desk.until(45_000)
    assert desk.contact.mood == 30
    desk.until(102_000)
    assert desk.of(EndReached)[0].what.end == "left-on-hold"


def test_a_return_from_hold_is_an_act_that_replies_may_answer() -> None:
    desk = Desk.complaining()
    desk.act(11_000, "hold")
    told = desk.act(20_000, "resume")
    assert [w.replies for w in told if isinstance(w, CustomerReacted)] == [("complaint.back",)]


def test_a_warm_transfer() -> None:
    desk = Desk.complaining()
    desk.act(11_000, "consult", area="Soporte técnico")
    desk.until(16_000)
    assert desk.of(ColleagueAnswered)[0].at_ms == 14_000
    told = desk.say(18_000, "Es la señora Ríos, la de los dos cobros.")
    assert next(w for w in told if isinstance(w, AgentSpoke)).to == "colleague"
    assert desk.contact.mood == 40  # a colleague's replies do not move the customer
    desk.act(25_000, "complete")
    assert desk.of(ContactEnded)[0].what.end == "handed"


def test_nobody_answers_in_an_area_without_colleague() -> None:
    desk = Desk.complaining()
    desk.act(11_000, "consult", area="Facturación")
    desk.until(40_000)
    assert desk.of(ConsultationFailed)
    assert "complete" not in allowed_acts(desk.scenario, desk.state)
    desk.act(41_000, "return")
    assert desk.contact.held_since is None


def test_an_unknown_area_is_refused_by_name() -> None:
    desk = Desk.complaining()
    with pytest.raises(CommandRefusedError) as refused:
        desk.act(11_000, "consult", area="Cocina")
    assert refused.value.code == "no-such-area"


def test_a_muted_agent_is_logged_and_not_heard() -> None:
    desk = Desk.complaining()
    desk.act(11_000, "mute")
    told = desk.say(12_000, "Le hacemos el reintegro.")
    assert [w.heard for w in told if isinstance(w, AgentSpoke)] == [False]
    assert not any(isinstance(w, CustomerReacted) for w in told)


def test_hanging_up_ends_the_call_at_once() -> None:
    desk = Desk.complaining()
    told = desk.act(11_000, "hang-up")
    assert [type(w) for w in told][-2:] == [EndReached, ContactEnded]
    assert allowed_acts(desk.scenario, desk.state) == {"notes"}


def test_pause_stops_every_clock() -> None:
    desk = Desk.answered()
    desk.send(Pause(4_000))
    assert next_deadline(desk.scenario, desk.state) is None
    with pytest.raises(CommandRefusedError):
        desk.say(4_000, "¿Aló?")
    desk.send(Continue(4_000))
    desk.until(8_900)
    assert not desk.of(CustomerSpoke)


def test_a_contact_that_is_over_finishes_and_one_that_is_not_is_abandoned() -> None:
    over = Desk.complaining()
    over.act(11_000, "hang-up")
    over.send(Finish(12_000))
    assert over.of(AttemptEnded)[0].what.how == "finished"
    left = Desk.complaining()
    left.send(Finish(12_000))
    assert left.of(AttemptEnded)[0].what.how == "abandoned"


def test_after_the_end_nothing_more_can_be_asked() -> None:
    desk = Desk.answered()
    desk.send(Withdraw(5_000))
    with pytest.raises(CommandRefusedError) as refused:
        desk.say(6_000, "¿Aló?")
    assert refused.value.code == "attempt-over"


def test_an_attempt_starts_once() -> None:
    desk = Desk.started()
    with pytest.raises(CommandRefusedError):
        desk.send(Start(0, "a2", 1, "Eva"))


@pytest.mark.parametrize(("text", "code"), [("  ", "nothing-said"), ("a" * 4_001, "too-long")])
def test_empty_and_endless_messages_are_refused(text: str, code: str) -> None:
    desk = Desk.complaining()
    with pytest.raises(CommandRefusedError) as refused:
        desk.say(11_000, text)
    assert refused.value.code == code


def test_values_of_the_situation_are_said() -> None:
    desk = Desk.complaining()
    desk.say(11_000, "Le hacemos el reintegro.")
    assert desk.of(CustomerSpoke)[-1].what.text == "Muchas gracias, Diego."


def test_visits_are_counted() -> None:
    desk = Desk.complaining()
    desk.say(11_000, "Ajá.")
    assert [e.what.visit for e in desk.of(StepEntered) if e.what.step == "complaint"] == [1, 2]


def test_two_messages_before_the_customer_speaks_are_one_turn() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    first = desk.of(AgentSpoke)[-1]
    marks = {mark.checkpoint: mark for mark in first.what.marks}
    assert marks["greet-company"].verdict == "met"
    assert marks["greet-company"].spans[0][0] == first.seq


def test_decide_is_pure() -> None:
    desk = Desk.complaining()
    command = Say(11_000, "Le hacemos el reintegro.")
    assert decide(mini(), desk.state, command) == decide(mini(), desk.state, command)
