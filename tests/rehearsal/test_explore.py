"""The explorer: what it reaches, what it says of the rest, and that it is the same each time."""

from pathlib import Path
from random import Random

import pytest

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.coverage import Coverage, Goal, Kind
from simulator.rehearsal.explore import BOUND, explore
from simulator.rehearsal.player import Player, play
from simulator.rehearsal.texts import Texts, Want, aloud
from simulator.rehearsal.trainees import Manner, Trainee
from simulator.rehearsal.unreached import explored
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.moves import Do, Move, Speak, Turn, Wait
from simulator.scenario.scenario import FIRST_CONTACT
from simulator.session.state import Phase
from simulator.source.diagnostics import Diagnostic, Severity
from tests.session.cases import mini
from tests.session.test_contacts import TWO, two

MINI = (Path(__file__).resolve().parents[1] / "session" / "mini.yaml").read_text("utf-8")


def changed(*changes: tuple[str, str]) -> LoadedScenario:
    """The small call with texts of it replaced."""
    text = MINI
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    loaded = load_scenario(text, "mini.yaml", shipped_protocol().protocol)
    assert loaded.scenario is not None, loaded.diagnostics
    return loaded


def told(loaded: LoadedScenario, code: str, bound: int = BOUND) -> list[Diagnostic]:
    return [found for found in explored(loaded, bound) if found.code == code]


def test_all_of_a_sound_call_is_reached() -> None:
    coverage = explore(mini())
    assert coverage.missing() == []
    figures = coverage.figures()
    assert (figures["steps"], figures["all_steps"]) == (4, 4)  # a colleague's is one of them
    assert figures["replies"] == 14
    assert figures["won"] == figures["lost"] == figures["all_won"] == len(mini().checkpoints)


def test_the_same_call_is_explored_the_same_each_time() -> None:
    first, second = explore(mini(), 300), explore(mini(), 300)
    assert (first.reached, first.moves, first.cards) == (second.reached, second.moves, second.cards)


def test_it_stops_as_soon_as_nothing_is_missing() -> None:
    coverage = explore(mini(), hopeless=Coverage.of(mini()).goals)
    assert coverage.moves == sum(len(test.do) for test in mini().doc.tests)


def test_the_bound_is_kept_but_for_the_attempt_that_is_under_way() -> None:
    coverage = explore(mini(), 60)
    assert 60 <= coverage.moves < 100
    assert coverage.missing()


def test_a_step_that_no_play_reaches_is_told_at_its_place() -> None:
    # The static check is content: a reply leads there. No mood ever rises so high.
    loaded = changed(
        ("{id: mute, silent: 8,", "{id: charmed, when: {mood: '>= 99'}, go: charmed}\n      - {id: mute, silent: 8,"),
        ("reactions:", "  charmed:\n    replies:\n      - {id: else, otherwise: complaint}\nreactions:"),
    )
    assert not [found for found in loaded.diagnostics if found.severity is not Severity.INFO]
    (found,) = told(loaded, "scenario-step-not-reached", 700)
    assert found.severity is Severity.WARNING
    line = MINI.splitlines().index("reactions:") + 2  # one line was added above
    assert (found.span.start.line, found.args["name"]) == (line, "charmed")
    assert int(found.args["moves"]) > 100
    taken = {found.args["name"] for found in told(loaded, "scenario-reply-not-taken", 700)}
    assert {"complaint.charmed", "charmed.else"} <= taken


def test_a_test_of_the_scenario_counts_as_a_run() -> None:
    goal = Goal(Kind.REPLY, "complaint.solved")
    assert goal in explore(mini(), bound=1).reached


def test_an_end_that_comes_too_late_is_told() -> None:
    loaded = changed(("  handed:", "  angrier: {when: {mood: '<= -5'}}\n  handed:"))
    (found,) = told(loaded, "scenario-end-not-reached", 500)
    assert found.args["name"] == "angrier"


def test_what_the_file_alone_shows_is_not_told_twice() -> None:
    loaded = changed(("  cut: {title: Nadie habló}", "  cut: {title: Nadie habló}\n  lost: {title: Nunca}"))
    assert {found.code for found in loaded.diagnostics} >= {"scenario-unreachable-end"}
    assert {found.code for found in explored(loaded)} == {"scenario-explored"}


def test_a_named_checkpoint_without_occasion_is_told_once_with_the_reason() -> None:
    loaded = changed(("  - hold-check-back\n", "  - hold-check-back\n  - polite-refusal\n"))
    found = [found for found in explored(loaded, 400) if found.args.get("name") == "polite-refusal"]
    assert [one.code for one in found] == ["scenario-checkpoint-idle"]
    assert "negar" in str(found[0].args["why"])


def test_without_moves_nothing_is_explored() -> None:
    assert list(explored(changed(), 0)) == []


# Several contacts


def of_two(*changes: tuple[str, str]) -> LoadedScenario:
    """The two calls with texts of them replaced."""
    text = TWO
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    loaded = load_scenario(text, "two.yaml", shipped_protocol().protocol)
    assert loaded.scenario is not None, loaded.diagnostics
    return loaded


def test_every_contacts_steps_ends_and_replies_count_each_at_its_place() -> None:
    goals = Coverage.of(two()).goals
    names = {kind: [goal.name for goal in goals if goal.kind is kind] for kind in Kind}
    assert names[Kind.STEP] == ["open", "need", "luis/hello", "luis/ask", "luis/told"]
    assert names[Kind.END] == ["done", "luis/bye"]
    assert set(names[Kind.REPLY]) >= {"need.bye", "luis/ask.saldo"}
    assert goals[Goal(Kind.REPLY, "luis/ask.saldo")] == ("contacts", "luis", "steps", "ask", "replies", 0)


def test_what_two_contacts_name_alike_is_told_apart() -> None:
    scenario = of_two(("      ask:", "      need:"), ("otherwise: ask", "otherwise: need")).scenario
    assert scenario is not None
    coverage = Coverage.of(scenario)
    coverage.file(play(scenario, [Do("answer"), Speak("Telenova, buenos días.")]).events)
    assert Goal(Kind.STEP, "need") in coverage.reached
    assert Goal(Kind.STEP, "luis/need") not in coverage.reached


def test_reactions_that_contacts_share_count_once_and_in_any() -> None:
    scenario = of_two(
        ("ends:\n  done:", "reactions:\n  - {id: rude, missed: no-rudeness, mood: -5}\nends:\n  done:")
    ).scenario
    assert scenario is not None
    coverage = Coverage.of(scenario)
    assert [goal.name for goal in coverage.goals if goal.kind is Kind.REPLY and "rude" in goal.name] == ["rude"]
    moves: list[Move] = [Do("answer"), Turn("luis"), Do("answer"), Speak("Cállese, imbécil."), Wait(2_000)]
    coverage.file(play(scenario, moves).events)
    assert Goal(Kind.REPLY, "rude") in coverage.reached


def test_what_is_missing_of_another_contact_is_reached_from_moments_in_which_it_talks() -> None:
    coverage = explore(two())
    assert coverage.missing(Kind.STEP, Kind.END, Kind.REPLY) == []
    figures = coverage.figures()
    assert (figures["all_steps"], figures["all_ends"]) == (5, 2)


def test_what_another_contact_never_comes_to_is_told_at_its_place() -> None:
    loaded = of_two(
        ("{id: saldo, says", "{id: charmed, when: {mood: '>= 99'}, go: charmed}, {id: saldo, says"),
        ("      told: {", "      charmed: {replies: [{id: else, otherwise: ask}]}\n      told: {"),
    )
    (found,) = told(loaded, "scenario-step-not-reached", 300)
    assert loaded.scenario is not None
    line = 1 + next(n for n, text in enumerate(loaded.scenario.text.splitlines()) if "charmed: {" in text)
    assert (found.args["name"], found.span.start.line) == ("luis/charmed", line)


def test_a_step_is_sought_whose_reply_matched_beside_another() -> None:
    # In its tests the agent says «Le hacemos el reintegro»: both match, and the first leads on.
    loaded = changed(
        (
            '      - {id: solved, says: "reintegro", mood: +30, go: thanks}\n',
            '      - {id: both, says: "le hacemos", go: thanks}\n'
            '      - {id: half, says: "reintegro", go: aside}\n'
            '      - {id: solved, says: "reintegro", mood: +30, go: thanks}\n',
        ),
        ("reactions:", "  aside:\n    replies:\n      - {id: else, otherwise: complaint}\nreactions:"),
    )
    assert told(loaded, "scenario-step-not-reached") == []


# The trainees


def performed(manner: Manner, seed: int) -> tuple[Player, list[Move]]:
    player = Player(mini(), seed)
    player.start()
    made: list[Move] = []
    for move in Trainee(manner, mini(), {FIRST_CONTACT: Texts(mini())}, Random(seed)).moves(player):
        if manner is not Manner.RUDE and player.contact.phase is Phase.TALKING:
            assert not (isinstance(move, Do) and move.name == "hang-up")
        made.append(move)
        player.play([move])
    return player, made


@pytest.mark.parametrize("manner", Manner)
def test_a_trainee_is_the_same_for_the_same_seed(manner: Manner) -> None:
    assert performed(manner, 3)[1] == performed(manner, 3)[1]
    assert len({tuple(performed(manner, seed)[1]) for seed in range(6)}) > 3


def test_silent_ones_wait_and_rude_ones_interrupt() -> None:
    silent = [move for seed in range(6) for move in performed(Manner.SILENT, seed)[1]]
    rude = [move for seed in range(6) for move in performed(Manner.RUDE, seed)[1]]
    assert sum(isinstance(move, Wait) and move.ms >= 4_000 for move in silent) > 6
    assert sum(isinstance(move, Speak) and move.interrupt for move in rude) > 3


# What they say


def test_texts_serve_at_the_moment_for_which_they_are_asked() -> None:
    player = play(mini(), [Do("answer")])
    player.pass_time(1_000)
    texts = Texts(mini())
    for text in texts.finding(player, {"greet-company": Want.MET, "no-rudeness": Want.MET}):
        said = player.fork()
        said.play([Speak(text)])
        assert "complaint" in said.contact.customer.visits
    assert texts.finding(player, {"no-rudeness": Want.MISSED})
    assert texts.finding(player, {"says:nowhere.at-all": Want.MET}) == []


def test_patterns_are_said_aloud() -> None:
    doc = mini().doc
    said = list(aloud(["(calmar~ / tranquilizar~)", "la (gran /) casa ... _company", "$rato", "uno + =sí"], doc))
    assert said == ["Calmar.", "La casa Telenova.", "Uno sí."]


def test_a_fork_leaves_the_other_as_it_was() -> None:
    player = play(mini(), [Do("answer")])
    before = (player.state, list(player.events), player.now)
    player.fork().play([Speak("Buenos días."), Wait(5_000), Do("unmute")])
    assert (player.state, player.events, player.now) == before
    assert player.refused == []
