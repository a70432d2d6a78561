"""Help chats: somebody waits, writes and is guided; what they have in front follows the steps."""

import pytest

from simulator.rehearsal.player import replay
from simulator.session.channels.help_chat import screen_of
from simulator.session.events import AgentActed, ContactEnded, CustomerSpoke, EndReached
from simulator.session.replay import commands_of
from simulator.session.state import Phase
from simulator.session.transcript import transcript
from tests.session.guided import APPS, chat

GREETING = "Telenova, muy buenos días."
GUIDANCE = "En el buscador escriba «factura» y elija «Ver factura», por favor."
BYE = "Que tenga buen día, hasta luego."


def shown(*written: object, text: str = "") -> str | None:
    player = chat(*written, text=text) if text else chat(*written)
    screen = screen_of(player.scenario, player.contact)
    return None if screen is None else screen.title


def test_whoever_is_not_attended_in_time_leaves() -> None:
    player = chat({"wait": 29.9})
    assert player.contact.phase is Phase.WAITING
    player = chat({"wait": 30})
    ended = [e.what for e in player.events if isinstance(e.what, EndReached)]
    assert [(end.end, end.by) for end in ended] == [("unanswered", "customer")]


def test_nothing_can_be_written_before_the_chat_is_taken_nor_after_it_is_over() -> None:
    assert [refused.code for refused in chat(GREETING).refused] == ["chat-not-accepted"]
    over = chat("answer", GREETING, "close", {"wait": 1}, "¿Sigue ahí, señora?")
    assert [refused.code for refused in over.refused] == ["chat-over"]


def test_the_screen_follows_the_steps_and_stays_where_a_step_names_none() -> None:
    assert shown() == "Inicio"
    assert shown("answer", GREETING) == "Inicio"
    assert shown("answer", GREETING, "En el buscador escriba «factura», por favor.") == "Resultados"
    assert shown("answer", GREETING, GUIDANCE) == "Su factura"
    assert shown("answer", GREETING, GUIDANCE, "route-virtual-agent") == "Su factura"
    assert shown("answer", GREETING, GUIDANCE, text=APPS) == "Su factura"


def test_the_customers_lines_take_the_time_of_typing() -> None:
    lasts = [e.what.lasts_ms for e in chat("answer", GREETING).events if isinstance(e.what, CustomerSpoke)]
    assert lasts == [4 * 600 + 250 + 200]


def test_closing_the_chat_early_is_an_end_of_its_own_and_no_last_line_is_read() -> None:
    player = chat("answer", GREETING, "close")
    assert [(e.what.end, e.what.by) for e in player.events if isinstance(e.what, ContactEnded)] == [("closed", "agent")]
    assert dict(transcript(player.events)[-1].args)["channel"] == "web"


def test_the_record_takes_the_fields_of_the_scenario_only() -> None:
    assert chat("answer", GREETING, {"register": {"name": "Marta"}}).refused == []
    wrong = chat("answer", GREETING, {"register": {"age": "40"}}).refused
    assert [(refused.code, refused.args) for refused in wrong] == [("no-such-field", (("field", "age"),))]


def test_record_and_follow_up_are_still_possible_when_the_chat_is_over() -> None:
    assert chat("answer", GREETING, GUIDANCE, BYE, {"wait": 10}, {"register": {"name": "Marta"}}).refused == []
    plan = {"follow-up": {"days": 2, "task": "Ver si llegó"}}
    assert chat("answer", GREETING, "close", plan, text=APPS).refused == []


def test_filling_the_record_does_not_divide_what_the_agent_writes() -> None:
    half = ("En el buscador, por favor,", {"register": {"name": "Marta"}}, "escriba «factura» y elija la primera.")
    player = chat("answer", GREETING, *half)
    assert player.contact.customer.step == "results"  # the second message ended a turn that holds both
    assert [e.what.name for e in player.events if isinstance(e.what, AgentActed)] == ["answer", "register"]


@pytest.mark.parametrize(
    "plan", [{"days": 0, "task": "x"}, {"days": 61, "task": "x"}, {"days": "pronto", "task": "x"}, {"days": 2}]
)
def test_a_follow_up_needs_a_day_and_a_task(plan: dict[str, object]) -> None:
    refused = chat("answer", GREETING, {"follow-up": plan}, text=APPS).refused
    assert [one.code for one in refused] == ["follow-up-incomplete"]


def test_the_virtual_agent_is_asked_once() -> None:
    player = chat("answer", GREETING, GUIDANCE, "route-virtual-agent", "route-virtual-agent")
    assert [one.code for one in player.refused] == ["act-not-now"]
    assert player.contact.customer.step == "thanks"


def test_the_log_answers_to_commands_that_give_it_again() -> None:
    player = chat("answer", GREETING, GUIDANCE, {"register": {"name": "M"}}, "route-virtual-agent", BYE)
    assert replay(player.scenario, commands_of(player.events)) == player.events
