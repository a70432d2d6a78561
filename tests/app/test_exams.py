"""Sitting an exam over a real store: tries are counted, time runs on, HR sees it whatever becomes of it."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from simulator.errors import TercerTimbreError
from simulator.records import workshop as workshop_module
from simulator.records.results_file import Examined, examine
from simulator.records.store import Store
from simulator.records.table import MARKS, SUMMARY, Filter
from simulator.records.values import Mode, Profile, Status
from simulator.records.workshop import LATE_MS, Workshop
from simulator.records.xapi import xapi_statements
from simulator.scoring.score import score
from simulator.session.commands import NoticeGap, PassTime, Withdraw
from simulator.session.events import AttemptStarted, GapNoticed, TimeRanOut
from tests.app.test_workshop import MOVES, Lived, moves
from tests.session.cases import mini

EXAM = """\
exam: first-exam
title: Primer examen
scenarios: mini
seeds: [3, 4, 5]
time_limit: 10
tries: 3
pass_mark: 95
difficulty: 2
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of one scenario and one exam."""
    for name in ("phone", "exams"):
        (tmp_path / "scenarios" / name).mkdir(parents=True)
    shutil.copy(Path(__file__).parents[1] / "session" / "mini.yaml", tmp_path / "scenarios" / "phone")
    (tmp_path / "scenarios" / "exams" / "first.yaml").write_text(EXAM, "utf-8")
    return tmp_path / "scenarios"


@pytest.fixture
def workshop(tmp_path: Path, folder: Path) -> Iterator[Workshop]:
    with Store.open(tmp_path / "t.db") as store:
        made = Workshop(store, [folder])
        made.library()
        yield made


@pytest.fixture
def ana(workshop: Workshop) -> Profile:
    return workshop.add_profile("Ana Ñáñez")


class Clock:
    """The wall clock of the workshop, in the test's hand."""

    def __init__(self) -> None:
        self.at = workshop_module.now()

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(workshop_module, "now", made)
    return made


def sat(workshop: Workshop, ana: Profile, *, captions: bool = False) -> Lived:
    opening = workshop.begin_exam("first-exam", ana, captions=captions)
    assert opening.start is not None
    lived = Lived(opening, opening.scenario)
    lived.send(opening.start)
    return lived


def refused(code: str) -> pytest.RaisesExc[TercerTimbreError]:
    return pytest.raises(TercerTimbreError, match=code)


def test_the_library_lists_exams_apart_from_scenarios(workshop: Workshop) -> None:
    listing = workshop.library()
    assert [one.exam.id for one in listing.exams if one.exam is not None] == ["first-exam"]
    assert [found.about.id for _, found in listing.files if found.about is not None] == ["mini"]


def test_a_broken_exam_says_why_and_cannot_be_sat(workshop: Workshop, ana: Profile, folder: Path) -> None:
    (folder / "exams" / "first.yaml").write_text(EXAM.replace("mini", "maxi"), "utf-8")
    (broken,) = workshop.library().exams
    assert [found.code for found in broken.diagnostics] == ["exam-scenario-missing"]
    with refused("exam-unknown"):
        workshop.begin_exam("first-exam", ana)


def test_its_rules_are_in_the_log_and_its_text_is_kept(workshop: Workshop, ana: Profile) -> None:
    lived = sat(workshop, ana)
    started = lived.events[0].what
    assert isinstance(started, AttemptStarted)
    assert (started.seed, started.difficulty, started.hints, started.mode) == (3, 2, False, "exam")
    rules = started.exam
    assert rules is not None
    assert (rules.number, rules.tries, rules.time_limit_ms, rules.pass_mark) == (1, 3, 600_000, 95)
    assert workshop.store.text(rules.exam_hash) == EXAM
    assert workshop.store.attempt(lived.opening.attempt).mode is Mode.EXAM


@pytest.mark.parametrize(
    ("needed", "rule", "shown"), [(True, "access", True), (False, "access", False), (True, "never", False)]
)
def test_captions_are_for_who_needs_them_and_only_where_the_exam_lets_them(
    workshop: Workshop, ana: Profile, folder: Path, *, needed: bool, rule: str, shown: bool
) -> None:
    (folder / "exams" / "first.yaml").write_text(f"{EXAM}captions: {rule}\n", "utf-8")
    workshop.library()
    assert sat(workshop, ana, captions=needed).state.captions is shown


def test_every_try_that_was_begun_counts_and_has_its_own_seed(workshop: Workshop, ana: Profile) -> None:
    first = sat(workshop, ana)
    with refused("exam-under-way"):
        workshop.begin_exam("first-exam", ana)
    first.send(Withdraw(first.now))
    second = sat(workshop, ana)
    second.send(PassTime(600_000))
    third = sat(workshop, ana)
    third.play(moves(MOVES))
    third.finish()
    assert [one.state.started.seed for one in (first, second, third) if one.state.started] == [3, 4, 5]
    with refused("exam-no-tries"):
        workshop.begin_exam("first-exam", ana)
    candidacy = workshop.exam("first-exam", ana.id)
    assert (candidacy.used, candidacy.left, candidacy.under_way) == (3, 0, None)
    assert [(one.status, one.result) for one in candidacy.tries] == [
        (Status.WITHDRAWN, "not-scored"), (Status.FINISHED, "failed"), (Status.FINISHED, "passed"),
    ]  # fmt: skip
    bea = workshop.add_profile("Bea")
    assert workshop.exam("first-exam", bea.id).left == 3


def test_a_briefing_that_was_left_uses_no_try(workshop: Workshop, ana: Profile) -> None:
    workshop.begin_exam("first-exam", ana)
    assert workshop.exam("first-exam", ana.id).used == 0


def test_two_windows_cannot_begin_the_same_try(workshop: Workshop, ana: Profile) -> None:
    one, other = (workshop.begin_exam("first-exam", ana) for _ in range(2))
    assert one.start is not None
    assert other.start is not None
    Lived(one, mini()).send(one.start)
    with refused("exam-try-taken"):
        Lived(other, mini()).send(other.start)
    assert len(workshop.store.attempts(ana.id)) == 1


def test_who_sat_an_exam_cannot_delete_it(workshop: Workshop, ana: Profile) -> None:
    lived = sat(workshop, ana)
    lived.send(Withdraw(lived.now))
    with refused("attempt-exam"):
        workshop.store.delete_attempt(lived.opening.attempt)


def test_every_exam_that_is_over_is_published_and_practice_is_not(workshop: Workshop, ana: Profile) -> None:
    withdrawn = sat(workshop, ana)
    withdrawn.send(Withdraw(withdrawn.now))
    over = sat(workshop, ana)
    over.play(moves(MOVES[:3]))
    over.send(PassTime(600_000))
    fork = Lived(workshop.fork(over.opening.attempt, 4), mini())
    fork.play(moves(MOVES[2:]))
    fork.finish()
    going_on = sat(workshop, ana)
    assert workshop.store.published() == [withdrawn.opening.attempt, over.opening.attempt]
    assert going_on.opening.attempt in [one.id for one in workshop.store.unfinished()]
    assert not any(one.submittable for one in workshop.store.attempts() if one.mode is Mode.EXAM)
    titles = [column.id for column in SUMMARY]
    rows = [
        dict(zip(titles, row, strict=True))
        for row in workshop.store.summary_rows(workshop.store.results_table(Filter()))
    ]
    assert [(row["raw"], row["pass-mark"]) for row in rows] == [(None, 95), (score(mini(), over.events).score, 95)]


def test_the_office_learns_from_the_file_which_try_it_was(workshop: Workshop, ana: Profile, tmp_path: Path) -> None:
    lived = sat(workshop, ana)
    lived.send(Withdraw(lived.now))
    lines = list(workshop.store.results(workshop.store.published(), "0.1.0"))
    with Store.open(tmp_path / "office.db") as office:
        for examined in examine(lines):
            assert isinstance(examined, Examined)
            assert office.take_in(examined).how == "new"
        assert office.sittings(ana.id) == workshop.store.sittings(ana.id)
        assert office.sittings(ana.id)[0].number == 1


def test_a_killed_exam_goes_on_and_the_time_counts(workshop: Workshop, ana: Profile, clock: Clock) -> None:
    lived = sat(workshop, ana)
    lived.play(moves(MOVES[:3]))
    clock.at += timedelta(minutes=4)
    opening = workshop.take_up(lived.opening.attempt)
    assert opening.resumes_at_ms == 240_000
    again = Lived(opening, mini())
    again.send(NoticeGap(opening.resumes_at_ms, opening.resumes_at_ms - again.state.at_ms))
    assert again.state.left_ms(again.state.at_ms) == 360_000
    assert isinstance(again.events[-1].what, GapNoticed)


def test_an_exam_that_nobody_took_up_again_ends_at_its_limit(workshop: Workshop, ana: Profile, clock: Clock) -> None:
    lived = sat(workshop, ana)
    lived.play(moves(MOVES[:3]))
    clock.at += timedelta(minutes=10)
    assert workshop.mend() == 0, "another window may be about to end it"
    clock.at += timedelta(milliseconds=LATE_MS)
    assert workshop.mend() == 1
    past = workshop.past(lived.opening.attempt)
    (over,) = [event for event in past.events if isinstance(event.what, TimeRanOut)]
    assert over.at_ms == 600_000
    assert (past.summary.status, past.card.pass_mark) == (Status.FINISHED, 95)
    assert past.card.score is not None
    assert workshop.store.published() == [lived.opening.attempt]


def test_who_withdraws_is_not_marked(workshop: Workshop, ana: Profile) -> None:
    lived = sat(workshop, ana)
    lived.play(moves(MOVES[:3]))
    lived.send(Withdraw(lived.now))
    chosen = workshop.store.results_table(Filter())
    found = [dict(zip((column.id for column in MARKS), row, strict=True)) for row in workshop.store.mark_rows(chosen)]
    assert {row["verdict"] for row in found} == {"not-applicable"}
    assert {row["quote"] for row in found} == {""}
    first = found[0]
    assert [first[id] for id in ("exam", "try", "closed", "result", "raw")] == [
        "first-exam", 1, "withdrawn", "not-scored", None,
    ]  # fmt: skip
    verbs = [said["verb"]["display"]["en"] for said in xapi_statements(workshop.store.mark_rows(chosen))]
    assert set(verbs) == {"terminated", "answered"}
