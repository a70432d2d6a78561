"""Spoken turns: doubt about the hearing is never held against the agent."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.situation import Situation
from simulator.language.sounding import likeness
from simulator.protocol.catalogue import Verdict
from simulator.protocol.finding import Finding
from simulator.protocol.shipped import shipped_protocol
from simulator.protocol.understanding import understand
from simulator.scenario.model import Condition
from simulator.session.commands import Interrupt, Say
from simulator.session.dialogue import holds
from simulator.session.events import (
    AgentInterrupted,
    AgentSpoke,
    CustomerReacted,
    Happening,
    InterruptionWarned,
    LineEnded,
    Mark,
    Recognised,
)
from simulator.session.hearing import Doubts, _back, _swapped, lenient
from simulator.session.phrases import ALIKE, _phrases, alike
from simulator.session.turns import as_heard, conversation, verdict_as_heard
from tests.session.cases import Desk, mini


def recognised(
    text: str, sure: int = 95, *, reviewed: bool = False, rejected: bool = False, **other: int
) -> Recognised:
    """A recogniser's result in which every word is `sure` but those named."""
    words, at = [], 0
    for word in text.split():
        words.append((at, at + len(word), other.get(word, sure)))
        at += len(word) + 1
    return Recognised(text, "scripted", tuple(words), reviewed, rejected)


def marks(happened: list[Happening]) -> dict[str, Mark]:
    said = next(what for what in happened if isinstance(what, AgentSpoke))
    return {mark.checkpoint: mark for mark in said.marks}


def spoken(text: str, heard: Recognised | None = None, voice: tuple[tuple[str, int], ...] = ()) -> dict[str, Mark]:
    desk = Desk.answered()
    return marks(desk.send(Say(6_000, text, takes_ms=1_500, recognised=heard or recognised(text), voice=voice)))


def test_a_company_misheard_still_greets() -> None:
    text = "te le novo muy buenos días"
    assert spoken(text)["greet-company"].verdict == Verdict.MET
    typed = marks(Desk.answered().say(4_000, text))
    assert typed["greet-company"].verdict == Verdict.MISSED


def test_the_proof_of_a_misheard_name_is_what_was_heard() -> None:
    mark = spoken("te le novo muy buenos días")["greet-company"]
    (_, start, end), *_ = mark.spans
    assert "te le novo muy buenos días"[start:end] == "te le novo"
    assert mark.reason == "heard-as-name"


def test_a_company_not_said_at_all_stays_missed() -> None:
    assert spoken("muy buenos días")["greet-company"].verdict == Verdict.MISSED


def test_another_company_stays_missed() -> None:
    assert spoken("movistar muy buenos días")["greet-company"].verdict == Verdict.MISSED


def test_a_badly_heard_turn_leaves_what_is_missing_to_a_person() -> None:
    assert spoken("muy buenos días", recognised("muy buenos días", 40))["greet-company"].verdict == Verdict.UNCLEAR


def test_deciding_words_that_were_heard_badly_are_unclear() -> None:
    text = "telenova muy buenos días"
    mark = spoken(text, recognised(text, 95, telenova=50))["greet-company"]
    assert (mark.verdict, mark.reason) == (Verdict.UNCLEAR, "heard-faintly")


def test_the_customer_was_told_what_a_recogniser_heard_badly() -> None:
    """A person decides on the mark; the conversation does not wait for it, nor does it turn against the agent."""
    text = "telenova muy buenos días"
    faint = spoken(text, recognised(text, 95, telenova=50))["greet-company"]
    another = spoken("el tarro muy buenos días", recognised("el tarro muy buenos días", 95, el=30, tarro=30))
    missing = spoken("bueno pues", recognised("bueno pues", 40))["farewell"]
    assert [verdict_as_heard(mark) for mark in (faint, another["greet-company"])] == [Verdict.MET, Verdict.MET]
    assert verdict_as_heard(missing) == Verdict.UNCLEAR  # nobody heard it said


def test_conditions_of_the_scenario_hold_by_what_was_said() -> None:
    desk = Desk.answered()
    text = "telenova muy buenos días"
    desk.send(Say(6_000, text, takes_ms=1_500, recognised=recognised(text, 95, telenova=50)))
    talk = conversation(desk.contact.events)
    (turn,) = talk.to_customer
    assert not turn.is_met("greet-company")
    assert as_heard(talk).to_customer[0].is_met("greet-company")
    assert holds(mini(), desk.contact, Condition(met=("greet-company",)))


def test_badly_heard_words_elsewhere_do_not_matter_to_what_was_heard_well() -> None:
    text = "telenova muy buenos días este bueno"
    assert spoken(text, recognised(text, 95, este=20, bueno=20))["greet-company"].verdict == Verdict.MET


def test_a_doubtful_word_may_have_been_the_name() -> None:
    text = "el tarro muy buenos días le atiendo con mucho gusto ahora mismo"
    mark = spoken(text, recognised(text, 95, el=30, tarro=30))["greet-company"]
    assert (mark.verdict, mark.reason) == (Verdict.UNCLEAR, "heard-another")


def test_a_text_that_was_read_and_sent_is_the_agents_word() -> None:
    text = "muy buenos días"
    assert spoken(text, recognised(text, 30, reviewed=True))["greet-company"].verdict == Verdict.MISSED


def test_a_name_read_over_is_still_no_name_left_out() -> None:
    """«tarro» for the company: the eye of who reads it sees what was said."""
    text = "el tarro muy buenos días le habla diego"
    mark = spoken(text, recognised(text, 95, reviewed=True, tarro=40))["greet-company"]
    assert (mark.verdict, mark.reason) == (Verdict.UNCLEAR, "heard-another")
    assert spoken(text, recognised(text, 95, reviewed=True))["greet-company"].verdict == Verdict.MISSED


@pytest.mark.parametrize("reviewed", [False, True])
def test_a_name_that_no_word_of_the_recogniser_is_goes_to_a_person(reviewed: bool) -> None:
    """«Telenova» is in no model: what it was heard as may be sure, and is no proof."""
    text = "el no va muy buenos días le habla diego"
    heard = replace(recognised(text, 95, reviewed=reviewed), unheard=("telenova",))
    mark = spoken(text, heard)["greet-company"]
    assert (mark.verdict, mark.reason) == (Verdict.UNCLEAR, "heard-another")
    assert dict(mark.args) == {"heard": "el no va", "meant": "Telenova"}
    assert spoken(text, recognised(text, 95))["greet-company"].verdict == Verdict.MISSED


def test_another_company_is_no_such_name() -> None:
    text = "movistar muy buenos días le habla diego"
    assert spoken(text, replace(recognised(text, 95), unheard=("telenova",)))["greet-company"].verdict == Verdict.MISSED


def test_a_name_that_the_trainee_wrote_is_the_one_they_meant() -> None:
    heard = recognised("tarro muy buenos días le habla diego", 95, reviewed=True, tarro=40)
    mended = "Movistar, muy buenos días, le habla Diego"
    assert spoken(mended, heard)["greet-company"].verdict == Verdict.MISSED
    assert spoken(mended.replace("Movistar", "Telenova"), heard)["greet-company"].verdict == Verdict.MET


def test_a_rejected_utterance_decides_nothing() -> None:
    text = "telenova muy buenos días"
    assert spoken(text, recognised(text, 99, rejected=True))["greet-company"].verdict == Verdict.UNCLEAR


def test_a_script_may_say_only_how_sure_the_recogniser_was() -> None:
    desk = Desk.answered()
    found = marks(desk.send(Say(6_000, "Telenova, muy buenos días", voice=(("confidence", 50),))))
    assert found["greet-company"].verdict == Verdict.UNCLEAR


def test_a_breach_heard_badly_is_no_certain_breach() -> None:
    text = "usted es un idiota"
    assert spoken(text, recognised(text, 95, idiota=30))["no-rudeness"].verdict == Verdict.UNCLEAR
    assert spoken(text)["no-rudeness"].verdict == Verdict.MISSED
    quiet = "telenova muy buenos días"
    assert spoken(quiet, recognised(quiet, 30))["no-rudeness"].verdict == Verdict.MET


def test_a_word_between_two_that_were_heard_badly_proves_no_breach() -> None:
    """A recogniser made this of «Con mucho gusto. ¿Hay algo más en que le pueda ayudar?», sure of «tu» alone."""
    text = "soy tu se o hay algo más en que le pueda ayudar"
    assert spoken(text, recognised(text, 100, soy=71, se=7, o=4))["formal-address"].verdict == Verdict.UNCLEAR
    assert spoken(text, recognised(text, 100, se=7, o=4))["formal-address"].verdict == Verdict.MISSED
    assert spoken(text, recognised(text, 100))["formal-address"].verdict == Verdict.MISSED


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(1, 5), st.text("abc ", min_size=1, max_size=6)), max_size=4),
    st.data(),
)
def test_places_in_a_swapped_text_lead_back(pieces: list[tuple[int, int, str]], data: st.DataObject) -> None:
    swaps, at = [], 0
    for gap, length, other in pieces:
        swaps.append((at + gap, at + gap + length, other))
        at += gap + length
    text = "x" * (at + 3)
    swapped = _swapped(text, swaps)
    start = data.draw(st.integers(0, len(swapped) - 1))
    end = data.draw(st.integers(start + 1, len(swapped)))
    ((a, b),) = _back(((start, end),), swaps)
    assert 0 <= a <= b <= len(text)
    assert _back(((0, len(swapped)),), swaps) == ((0, len(text)),)


def test_doubts_over_nothing_are_none() -> None:
    doubts = Doubts.of([(0, "hola", None, ())])
    assert (doubts.over(()), doubts.overall) == (100, 100)


# Barge-in


def test_a_voice_over_the_customers_line_cuts_it_and_costs_mood() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    line = desk.contact.customer.spoken
    assert line is not None
    mood = desk.contact.mood
    happened = desk.send(Interrupt(line.from_ms + 900, line.from_ms + 500))
    assert [type(what) for what in happened] == [AgentInterrupted, LineEnded, CustomerReacted]
    assert not desk.contact.customer.speaking(line.from_ms + 900)
    assert desk.contact.mood < mood


def test_the_words_of_an_interruption_carry_what_was_left_of_the_line() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    line = desk.contact.customer.spoken
    assert line is not None
    desk.send(Interrupt(line.from_ms + 900, line.from_ms + 500))
    said = desk.send(Say(line.from_ms + 2_500, "Le hacemos el reintegro.", takes_ms=2_000))
    spoke = next(what for what in said if isinstance(what, AgentSpoke))
    assert spoke.overlap_ms == line.until_ms - line.from_ms - 500
    moods = [
        what for what in desk.events if isinstance(what.what, CustomerReacted) and what.what.trigger == "interrupted"
    ]
    assert len(moods) == 1


def test_within_the_grace_time_nothing_is_cut() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    line = desk.contact.customer.spoken
    assert line is not None
    assert desk.send(Interrupt(line.from_ms + 750, line.from_ms + 500)) == []
    assert desk.send(Interrupt(line.until_ms - 1, line.until_ms - 250)) == []


def test_a_muted_microphone_interrupts_nobody() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    line = desk.contact.customer.spoken
    assert line is not None
    desk.act(line.from_ms + 100, "mute")
    assert desk.send(Interrupt(line.from_ms + 900, line.from_ms + 500)) == []


def test_what_was_read_and_sent_while_the_customer_speaks_is_warned_like_typed_words() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    line = desk.contact.customer.spoken
    assert line is not None
    text = "Le hacemos el reintegro."
    reply = Say(line.from_ms + 900, text, takes_ms=2_000, recognised=recognised(text, reviewed=True))
    assert [type(what) for what in desk.send(reply)] == [InterruptionWarned]


def test_what_was_read_and_sent_after_a_line_did_not_interrupt_it() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    line = desk.contact.customer.spoken
    assert line is not None
    text = "Le hacemos el reintegro."
    said = desk.send(Say(line.until_ms + 200, text, takes_ms=3_000, recognised=recognised(text, reviewed=True)))
    assert next(what for what in said if isinstance(what, AgentSpoke)).overlap_ms == 0


def test_a_closed_microphone_never_interrupts() -> None:
    desk = Desk.answered()
    desk.say(4_000, "Telenova, buenos días.")
    line = desk.contact.customer.spoken
    assert line is not None
    said = desk.send(Say(line.until_ms + 200, "Claro.", takes_ms=1_500, voice=(("duplex", 0), ("wpm", 120))))
    assert next(what for what in said if isinstance(what, AgentSpoke)).overlap_ms == 0


def test_an_ordinary_figure_is_no_misheard_account() -> None:
    text = "le llamo mañana en quince minutos"
    found = lenient_of(text, account="4471-22")
    assert "heard-another" not in {mark.reason for mark in found.values()}


def lenient_of(text: str, *, account: str) -> dict[str, Finding]:
    """What the handover of an account finds in a confidently heard reply."""
    rules = {"handover-account": shipped_protocol().protocol.rules["handover-account"]}
    now = Situation(account=account, to="colleague")
    return lenient(rules, now, text, understand(rules, now, text), Doubts.of([(0, text, recognised(text), ())]))


def test_an_account_with_a_slip_is_for_a_person_to_decide() -> None:
    assert lenient_of("la cuenta es 447123", account="4471-22")["handover-account"].reason == "heard-another"


def test_long_sentences_are_counted_by_pauses_up_to_the_rules_own_limit() -> None:
    words = " ".join(["palabra"] * 40)
    rules = {id: shipped_protocol().protocol.rules[id] for id in ("clear-and-concise", "plain-language")}
    now = Situation(foreign=True, word_limit=60)
    found = understand(rules, now, words)
    spoken_anew = lenient(rules, now, words, found, Doubts.of([(0, words, recognised(words), (("pauses", 1),))]))
    assert found["clear-and-concise"].reason == "reply-long-sentences"
    assert spoken_anew["clear-and-concise"].verdict == Verdict.MET  # 20 words each, at most 25
    assert spoken_anew["plain-language"].verdict == Verdict.MISSED  # at most 15
    assert dict(spoken_anew["plain-language"].args)["average"] == 20


def greeted(heard: Recognised) -> Finding:
    """What the greeting by the hour finds at 10:40 in what was heard."""
    rules = {"greet-time-of-day": shipped_protocol().protocol.rules["greet-time-of-day"]}
    now, text = Situation(clock=640, company="Telenova", agent="Diego"), heard.text
    doubts = Doubts.of([(0, text, heard, ())])
    return lenient(rules, now, text, understand(rules, now, text), doubts)["greet-time-of-day"]


def test_what_sounds_like_the_missing_words_goes_to_a_person() -> None:
    """«muy buenos días», mumbled: the turn as a whole was heard well."""
    text = "telenova muy los días le habla diego en qué le puedo ayudar"
    found = greeted(recognised(text, 95, muy=45, los=45, días=45))
    assert (found.verdict, found.reason) == (Verdict.UNCLEAR, "heard-another")
    assert dict(found.args) == {"heard": "muy los días", "meant": "buenos días"}
    assert text[slice(*found.spans[0])] == "muy los días"


def test_what_sounds_like_something_else_stays_missed() -> None:
    text = "telenova este perro le habla diego en qué le puedo ayudar"
    assert greeted(recognised(text, 95, este=45, perro=45)).verdict == Verdict.MISSED


def test_what_was_heard_well_or_read_and_left_is_no_other_thing() -> None:
    text = "telenova muy los días le habla diego en qué le puedo ayudar"
    assert greeted(recognised(text, 95)).verdict == Verdict.MISSED
    assert greeted(recognised(text, 95, reviewed=True, muy=45, los=45, días=45)).verdict == Verdict.MISSED


@pytest.mark.parametrize(
    ("rule", "heard", "phrase"),
    [
        ("greet-time-of-day", "los días", "buenos días"),
        ("courtesy-thanks", "grasas", "gracias"),
        ("offer-help", "en que le pudo ayudar", "qué le puedo ayudar"),
    ],
)
def test_phrases_that_sound_alike(rule: str, heard: str, phrase: str) -> None:
    found = alike(shipped_protocol().protocol.rules[rule], heard, 3)
    assert found[0][1] == phrase
    assert [like for like, _phrase in found] == sorted((like for like, _phrase in found), reverse=True)
    assert all(ALIKE <= like <= 100 for like, _phrase in found)


def test_nothing_is_alike_to_what_is_too_short() -> None:
    assert alike(shipped_protocol().protocol.rules["farewell"], "e", 3) == []


@given(st.text(alphabet="abcdeilmnorstu ", max_size=30))
def test_a_pruned_phrase_would_not_have_been_alike(heard: str) -> None:
    """The quick bound never hides a phrase."""
    rule = shipped_protocol().protocol.rules["courtesy-thanks"]
    whole = [phrase.words for phrase in _phrases(rule) if likeness(heard, phrase.words) >= ALIKE]
    assert sorted(words for _like, words in alike(rule, heard, 10_000)) == sorted(whole)
