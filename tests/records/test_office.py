"""Figures over many attempts: of those that may leave only, and equal to what counting one by one gives."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.records.office.figures import Readiness
from simulator.records.office.heat import By, Count
from simulator.records.office.question import NO_COHORT, Wanted
from simulator.records.reviews import Approval, Override
from simulator.records.schema import attempts, tallies
from simulator.records.store import Store
from simulator.records.tallies import file_tallies, file_tally
from simulator.records.values import Mode, Status
from tests.records.cases import NOON, PERSON, later
from tests.records.results import EXAM, PRIVATE, SUBMITTED, Class, Sat
from tests.records.reviewed import LATER, TRAINER, handed_over

VERDICTS = ("met", "missed", "not-applicable", "unclear")
DAY = timedelta(days=1)
EVERYTHING = Wanted()


@pytest.fixture
def room(store: Store) -> Class:
    return Class(store)


def some(room: Class) -> None:
    """Three people, two scenarios, one practice that stays private."""
    good, bad = {"greet": "met", "farewell": "met"}, {"greet": "missed", "farewell": "unclear"}
    room.sit(
        Sat("a1", "ana", "late", bad, 50, "failed", NOON),
        Sat("a2", "ana", "late", good, 90, "passed", NOON + DAY),
        Sat("a3", "ana", "lost", good, 85, "passed", NOON + 9 * DAY, EXAM, "chat"),
        Sat("b1", "bea", "late", good, 88, "passed", NOON),
        Sat("b2", "bea", "late", bad, 75, "failed", NOON + DAY),
        Sat("c1", "carla", "late", bad, 40, "failed", NOON, EXAM),
        Sat("p1", "carla", "secret", {"hidden": "missed"}, 3, "failed", NOON - 30 * DAY, PRIVATE, "email"),
    )


def test_practice_is_in_no_answer(room: Class) -> None:
    some(room)
    office = room.store.office
    everything = [
        office.choices().scenarios, office.choices().channels, office.choices().checkpoints,
        office.totals(EVERYTHING), office.progress(EVERYTHING), office.readiness(EVERYTHING),
        *(office.heat(EVERYTHING, by) for by in ("cohort", "scenario", "week")),
        *(office.listed(EVERYTHING, queue, threshold=100) for queue in ("all", "below", "unreviewed")),
    ]  # fmt: skip
    said = repr(everything)
    assert not [word for word in ("secret", "hidden", "email", "p1", "2026-04") if word in said]
    assert office.totals(EVERYTHING).attempts == 6
    assert office.listed(Wanted(scenario="secret")).rows == ()
    assert office.heat(Wanted(checkpoint="hidden"), "scenario").rows == ()
    room.store.submit("p1", room.signer, NOON)
    assert office.totals(EVERYTHING).attempts == 7
    assert office.heat(Wanted(checkpoint="hidden"), "scenario").of("hidden", "secret") == Count(missed=1)


def test_totals(room: Class) -> None:
    some(room)
    found = room.store.office.totals(EVERYTHING)
    assert asdict(found) == {
        "attempts": 6, "people": 3, "scenarios": 2, "mean": (50 + 90 + 85 + 88 + 75 + 40) / 6,
        "results": {"failed": 3, "passed": 3}, "marks": 12, "unclear": 3,
    }  # fmt: skip
    assert found.pass_rate == 0.5
    nothing = room.store.office.totals(Wanted(person="nobody"))
    assert (nothing.attempts, nothing.people, nothing.mean, nothing.pass_rate) == (0, 0, None, None)


def test_the_heat_map_shows_the_weakest_first_with_its_numbers(room: Class) -> None:
    some(room)
    office = room.store.office
    spring = office.create_cohort("Primavera")
    office.move(["ana", "bea"], spring)
    found = office.heat(EVERYTHING, "cohort")
    assert found.rows == (("greet", "Greet"), ("farewell", "Farewell"))
    assert found.columns == ((spring, "Primavera"), (NO_COHORT, ""))
    assert found.of("greet", spring) == Count(met=3, missed=2)
    assert found.of("greet", spring).share == 0.6
    assert found.of("farewell", NO_COHORT) == Count(unclear=1)
    assert found.of("farewell", NO_COHORT).share is None
    assert found.total("farewell") == Count(met=3, unclear=3)
    weeks = office.heat(EVERYTHING, "week")
    assert [name for _key, name in weeks.columns] == [date(2026, 5, 4), date(2026, 5, 11)]
    assert weeks.of("greet", "2026-05-11") == Count(met=1)
    assert [key for key, _name in office.heat(EVERYTHING, "scenario").columns] == ["late", "lost"]


def test_progress_numbers_the_attempts_that_may_leave(room: Class) -> None:
    some(room)
    steps = room.store.office.progress(EVERYTHING)
    assert [(step.number, step.attempts, step.mean, step.passed) for step in steps] == [
        (1, 4, (50 + 85 + 88 + 40) / 4, 2),
        (2, 2, (90 + 75) / 2, 1),
    ]
    late = room.store.office.progress(Wanted(since=date(2026, 5, 5)))
    assert [(step.number, step.attempts) for step in late] == [(1, 1), (2, 2)], "a second attempt stays a second one"


def test_somebody_is_as_ready_as_where_they_are_least(room: Class) -> None:
    some(room)
    room.sit(
        Sat("d1", "dora", "late", {"greet": "met"}, 70, "failed", NOON),
        Sat("e1", "eva", "late", {"greet": "met"}, 69, "failed", NOON),
        Sat("f1", "fe", "late", {"greet": "unclear"}, None, "pending", NOON),
    )
    people = {person.profile: person for person in room.store.office.readiness(EVERYTHING)}
    assert {id: person.readiness for id, person in people.items()} == {
        "ana": Readiness.READY, "bea": Readiness.NEARLY, "carla": Readiness.NOT_YET,
        "dora": Readiness.NEARLY, "eva": Readiness.NOT_YET, "fe": Readiness.NOT_YET,
    }  # fmt: skip
    ((late, _lost),) = (people["ana"].standings,)
    assert (late.attempts, late.passed, late.best, late.last, late.pass_mark) == (2, 1, 90, 90, 80)
    assert (people["bea"].standings[0].best, people["bea"].standings[0].last) == (88, 75)
    assert [person.readiness for person in room.store.office.readiness(EVERYTHING)][-1] is Readiness.READY


def ids(room: Class, wanted: Wanted = EVERYTHING, **asked: object) -> list[str]:
    return [row.attempt for row in room.store.office.listed(wanted, **asked).rows]  # type: ignore[arg-type]


def test_queues(room: Class) -> None:
    some(room)
    assert ids(room) == ["a3", "b2", "a2", "c1", "b1", "a1"]
    assert ids(room, queue="below") == ["c1", "b2"], "what was overcome is no work for anybody"
    assert ids(room, queue="below", threshold=75) == ["c1"]
    assert ids(room, queue="below", threshold=89) == ["c1", "b2", "a3"]
    assert ids(room, queue="unreviewed") == ["a1", "c1", "b2", "b1", "a2", "a3"], "unclear ones first"
    page = room.store.office.listed(EVERYTHING, limit=2)
    assert ([row.attempt for row in page.rows], page.total) == (["a3", "b2"], 6)


def test_filters(room: Class) -> None:
    some(room)
    spring = room.store.office.create_cohort("Primavera")
    room.store.office.move(["bea"], spring)
    wanted = {
        "b2 b1": Wanted(cohort=spring),
        "a3 a2 c1 a1": Wanted(cohort=NO_COHORT),
        "a3 a2 a1": Wanted(person="ana"),
        "a3": Wanted(channel="chat"),
        "a3 c1": Wanted(mode=Mode.EXAM),
        "c1 a1": Wanted(result="failed", cohort=NO_COHORT),
        "b2 c1 a1": Wanted(checkpoint="greet", verdict="missed"),
        "a2 b1": Wanted(checkpoint="greet", verdict="met", scenario="late"),
        "": Wanted(checkpoint="nothing"),
    }
    assert {" ".join(ids(room, one)): one for one in wanted.values()} == wanted
    day = (NOON + DAY).astimezone().date()
    assert ids(room, Wanted(since=day, until=day)) == ["b2", "a2"]


def test_the_office_offers_what_there_is(room: Class) -> None:
    some(room)
    found = room.store.office.choices()
    assert found.scenarios == (("late", "Práctica late"), ("lost", "Práctica lost"))
    assert found.channels == ("chat", "phone")
    assert found.checkpoints == (("farewell", "Farewell"), ("greet", "Greet"))
    assert ("ana", "P-ana", "Ana") in found.people


def test_an_exam_that_was_left_counts_without_marks(room: Class) -> None:
    some(room)
    left = replace(later(room.new, "x1", 60), profile="ana", mode=Mode.EXAM)
    room.store.begin(left)
    room.store.set_status("x1", Status.WITHDRAWN, NOON + DAY)
    room.store.seal("x1", room.signer, NOON + DAY)
    found = room.store.office.totals(EVERYTHING)
    assert (found.attempts, found.results["not-scored"], found.marks) == (7, 1, 12)


def test_an_erased_attempt_leaves_the_figures(room: Class) -> None:
    some(room)
    with room.store._write() as connection:
        connection.execute(attempts.delete().where(attempts.c.id == "a1"))
    assert room.store.office.totals(EVERYTHING).attempts == 5


def test_tallies_that_are_missing_are_filed(room: Class) -> None:
    some(room)
    before = room.store.office.totals(EVERYTHING)
    with room.store._write() as connection:
        kept = connection.execute(tallies.select()).all()
        connection.execute(tallies.delete())
        assert file_tallies(connection) == 7
        assert connection.execute(tallies.select()).all() == kept
        file_tally(connection, "a1")
        assert file_tallies(connection) == 0
    assert room.store.office.totals(EVERYTHING) == before


def test_what_a_person_decided_counts(store: Store) -> None:
    handed_over(store)
    office = store.office
    before = office.totals(EVERYTHING)
    assert (before.results, before.unclear) == ({"failed": 1}, 1)
    for place, checkpoint in ((1, "rude"), (3, "vague")):
        assert office.heat(Wanted(checkpoint=checkpoint), "scenario").total(checkpoint).met == 0
        store.review("a1", Override(place, "met", "Se entiende."), TRAINER, LATER)
        assert office.heat(Wanted(checkpoint=checkpoint), "scenario").total(checkpoint).met == 1
    after = office.totals(EVERYTHING)
    assert (after.results, after.mean, after.unclear) == ({"passed": 1}, 100, 0)
    assert office.listed(EVERYTHING, "unreviewed").total == 1
    store.review("a1", Approval(), TRAINER, LATER)
    assert office.listed(EVERYTHING, "unreviewed").total == 0


SATS = st.builds(
    Sat,
    id=st.uuids().map(lambda id: id.hex),
    person=st.sampled_from(("ana", "bea", PERSON.id)),
    scenario=st.sampled_from(("late", "lost")),
    marks=st.dictionaries(st.sampled_from(("greet", "hold", "farewell")), st.sampled_from(VERDICTS)),
    score=st.none() | st.integers(0, 100),
    result=st.sampled_from(("passed", "failed", "pending")),
    at=st.integers(0, 60 * 24 * 30).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    how=st.sampled_from((SUBMITTED, EXAM, PRIVATE)),
    channel=st.sampled_from(("phone", "chat")),
)
WANTED = st.builds(
    Wanted,
    cohort=st.sampled_from((None, NO_COHORT, "spring")),
    scenario=st.sampled_from((None, "late")),
    channel=st.sampled_from((None, "chat")),
    since=st.sampled_from((None, date(2026, 5, 15))),
    until=st.sampled_from((None, date(2026, 5, 20))),
    result=st.sampled_from((None, "passed")),
)


def counted(sats: Iterable[Sat], wanted: Wanted, spring: set[str]) -> list[Sat]:
    """Those that may leave and are wanted, one by one."""
    return [
        sat
        for sat in sats
        if sat.how != PRIVATE
        and wanted.cohort in (None, "spring" if sat.person in spring else NO_COHORT)
        and wanted.scenario in (None, sat.scenario)
        and wanted.channel in (None, sat.channel)
        and wanted.result in (None, sat.result)
        and (wanted.since is None or sat.at.astimezone().date() >= wanted.since)
        and (wanted.until is None or sat.at.astimezone().date() <= wanted.until)
    ]


def key_of(sat: Sat, by: By, spring: set[str]) -> str:
    day = sat.at.astimezone().date()
    return {
        "cohort": "spring" if sat.person in spring else NO_COHORT,
        "scenario": sat.scenario,
        "week": (day - timedelta(days=day.weekday())).isoformat(),
    }[by]


@given(
    sats=st.lists(SATS, max_size=9, unique_by=lambda sat: sat.id),
    wanted=WANTED,
    by=st.sampled_from(("cohort", "scenario", "week")),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_figures_equal_what_counting_one_by_one_gives(
    tmp_path_factory: pytest.TempPathFactory, sats: list[Sat], wanted: Wanted, by: By
) -> None:
    path: Path = tmp_path_factory.mktemp("office") / "t.db"
    with Store.open(path) as store:
        room = Class(store)
        room.sit(*sats)
        office = store.office
        spring = office.create_cohort("spring")
        office.move([PERSON.id], spring)
        asked = replace(wanted, cohort=spring) if wanted.cohort == "spring" else wanted
        own = counted(sats, wanted, {PERSON.id})
        marks = Counter(
            (checkpoint, key_of(sat, by, {PERSON.id}), verdict)
            for sat in own
            for checkpoint, verdict in sat.marks.items()
        )
        found = office.heat(asked, by)
        assert {
            (checkpoint, "spring" if key == spring else key, verdict): number
            for (checkpoint, key), count in found.counts.items()
            for verdict, number in zip(VERDICTS, asdict(count).values(), strict=True)
            if number
        } == dict(marks)
        totals = office.totals(asked)
        assert totals.attempts == len(own)
        assert totals.results == Counter(sat.result for sat in own)
        assert totals.unclear == sum(number for (*_key, verdict), number in marks.items() if verdict == "unclear")
        assert {row.attempt for row in office.listed(asked).rows} == {sat.id for sat in own}
        people = {person.profile: person for person in office.readiness(asked)}
        assert people.keys() == {sat.person for sat in own}
        assert sum(step.attempts for step in office.progress(asked)) == len(own)
