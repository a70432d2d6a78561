"""The journeys of an attempt over the core and the store: begin, keep, take up again, score, show, fork.

Called from one thread at a time (the window keeps slow calls on a worker and waits for their results).
"""

import json
import logging
import secrets
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path

from simulator.errors import TercerTimbreError
from simulator.paths import RECORDINGS
from simulator.protocol.load import Protocol, load_protocol
from simulator.protocol.shipped import shipped_files, shipped_protocol
from simulator.records.accounts import Reviewer
from simulator.records.candidacy import Candidacy
from simulator.records.faults import CORRUPT
from simulator.records.keys import KEY_FAULTS, desk_signer
from simulator.records.recordings import Recordings
from simulator.records.retention import Erased
from simulator.records.review import By, Review, Speaker
from simulator.records.shelf import Listing, Shelf
from simulator.records.signing import Signer
from simulator.records.store import Store
from simulator.records.values import AttemptSummary, Mode, NewAttempt, NewProfile, Profile, Status, TextKind
from simulator.scenario.load import load_scenario
from simulator.scenario.scenario import Scenario
from simulator.scoring.card import Scorecard
from simulator.scoring.report import card_of, report
from simulator.scoring.score import score
from simulator.session.commands import PassTime, Start
from simulator.session.decide import decide
from simulator.session.envelope import Event, canonical, decode, encode
from simulator.session.events import (
    AttemptContinued,
    AttemptEnded,
    AttemptPaused,
    AttemptStarted,
    ExamRules,
    Intensity,
)
from simulator.session.evolve import replayed
from simulator.session.marking import warm
from simulator.session.replay import forked, remarked

SOFTWARE = "0.1.0"
"""This program's version, stored with each attempt (`pyproject.toml` says the same; a test compares them)."""

SEEDS = 1_000_000
LATE_MS = 60_000
"""An exam that is over for so long is in no window any more, which would have ended it."""

_log = logging.getLogger(__name__)


def now() -> datetime:
    """The wall clock, for the store's dates only: session time never depends on it."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a desk needs to begin or go on: `events` is the log so far (empty: send `start`), `keep` makes events
    durable; `resumes_at_ms`: where session time stands by now in an exam that goes on."""

    attempt: str
    scenario: Scenario
    events: tuple[Event, ...]
    start: Start | None
    keep: Callable[[list[Event]], None]
    resumes_at_ms: int = 0

    @property
    def agent(self) -> str:
        """The name by which the trainee introduces themself in this attempt."""
        return self._begun.agent

    @property
    def exam(self) -> ExamRules | None:
        """The rules of the exam that this is a try of; None: it is practice."""
        return self._begun.exam

    @property
    def _begun(self) -> Start | AttemptStarted:
        return self.start or next(event.what for event in self.events if isinstance(event.what, AttemptStarted))


@dataclass(frozen=True, slots=True)
class Past:
    """An attempt to look at: `card` as it was given when it was finished, or scored now when it was not; `review`: what
    people said about it since; `can_dispute`: whether its trainee may still object to a verdict."""

    summary: AttemptSummary
    scenario: Scenario
    events: tuple[Event, ...]
    card: Scorecard
    review: Review = field(default_factory=Review)
    can_dispute: bool = False


class Workshop:
    """Everything that a window does with attempts. `folders`: where scenarios are looked for; `sign`: gives the key of
    this desk (None: that beside the store), asked for when the first attempt ends."""

    def __init__(self, store: Store, folders: Sequence[Path], sign: Callable[[], Signer] | None = None) -> None:
        self.store = store
        self.recordings = Recordings(store.path.parent / RECORDINGS)
        self._sign = sign or cache(partial(desk_signer, store.path.parent))
        self._shelf = Shelf(folders)

    # People

    def add_profile(self, name: str) -> Profile:
        """Adds a person; their pseudonym is drawn once and for all. Errors: profile-name-…"""
        id = uuid.uuid4().hex
        self.store.add_profile(NewProfile(id=id, name=name, pseudonym=f"P-{secrets.token_hex(4)}", created_at=now()))
        return next(profile for profile in self.store.profiles() if profile.id == id)

    def mend(self) -> int:
        """Closes attempts whose last event says that they ended but whose scorecard was not stored (a kill between
        the two), and exams that were left until their time ran out; returns how many. Seals what an earlier version or
        a locked key left unsealed."""
        mended = 0
        for summary in self.store.unfinished():
            rows = self.store.events(summary.id)
            last = decode(rows[-1]).what if rows else None
            if isinstance(last, AttemptEnded):
                scenario, _events = self._stored(summary.id)
                self._keeper(scenario, summary.id).close(last.how)
                mended += 1
            elif summary.mode is Mode.EXAM and rows:
                mended += self._let_run_out(summary.id)
        for attempt in self.store.unsealed():
            self._seal(attempt)
        return mended

    def back_up(self) -> None:
        """Keeps today's copy of the database, once a day. Where that cannot be (no space), the program goes on without.

        Errors: store-corrupt, for the damage that this finds is to be told.
        """
        try:
            self.store.keep_backup(now().astimezone().date())
        except TercerTimbreError as error:
            if error.code == CORRUPT:
                raise
            _log.warning("no backup today: %s", error)

    def _let_run_out(self, attempt: str) -> bool:
        """Ends an exam whose time has run out meanwhile; whether it had."""
        opening = self.take_up(attempt)
        state = replayed(opening.events)
        if state.left_ms(opening.resumes_at_ms - LATE_MS) != 0:
            return False
        opening.keep(decide(opening.scenario, state, PassTime(opening.resumes_at_ms)))
        return True

    def submit(self, attempt: str) -> None:
        """Hands a finished attempt over to trainers and HR, for good.

        Errors: attempt-fork, attempt-unmarked, attempt-open, events-broken, desk-key-….
        """
        self.store.submit(attempt, self._sign(), now())

    def desk_key(self) -> str:
        """The fingerprint of this desk's key. Errors: desk-key-…."""
        return self._sign().fingerprint

    def erase(self, pseudonym: str, by: Reviewer | None) -> Erased:
        """Deletes everything of a person. Errors: those of `Retention.erase`, desk-key-…."""
        return self.store.retention.erase(pseudonym, self.recordings, self._sign(), now(), by)

    def expire(self, *, practice_days: int, results_days: int) -> int:
        """Deletes what is older than that (0: never): practice, and what was submitted or is an exam; how many.

        The sound of attempts that are no more goes too: `sync` may have erased them.
        """
        kept = {attempt.id for attempt in self.store.attempts()}
        for attempt in self.recordings.kept() - kept:
            self.recordings.delete(attempt)
        return self.store.retention.expire(
            now(), self.recordings, practice_days=practice_days or None, results_days=results_days or None
        )

    def drop_practice(self, profile: Profile) -> int:
        """Deletes a person's practice that was not submitted; how many attempts. Errors: recording-not-deleted."""
        return self.store.retention.drop_practice(profile.id, self.recordings)

    def save_results(self, attempts: Sequence[str], path: Path) -> None:
        """Writes the signed file of those of the attempts that may leave this desk. Errors: `OSError`."""
        from simulator.records.whole_file import whole

        with whole(path) as file:
            file.writelines(self.store.results(attempts, SOFTWARE))

    def take_away(self, profile: Profile, path: Path) -> int:
        """Writes everything of a person into a ZIP file; the number of attempts in it. Errors: `OSError`."""
        from simulator.records.own_data import write_own_data

        return write_own_data(path, self.store, self.recordings, profile, SOFTWARE)

    def dispute(self, attempt: str, place: int, reason: str) -> None:
        """The trainee does not agree with a verdict. Errors: those of `reviews.dispute`, desk-key-…."""
        self.store.dispute(attempt, place, reason, self._sign(), now())

    def rescore(self, attempt: str, by: Speaker | None = None) -> bool:
        """Marks a submitted attempt's log by the rules of this program, beside the scorecard that it has; False where
        it has one by these rules. `by` None: the desk signs.

        Errors: attempt-unknown, review-private, rescore-unreadable (today's program has no use for its scenario),
        desk-key-….
        """
        self.store.demand_published(attempt)
        protocol = shipped_protocol().protocol
        if any(card.protocol_hash == protocol.hash for card in self.store.scorecards(attempt)):
            return False
        summary = self.store.attempt(attempt)
        text = self.store.text(summary.scenario_hash)
        loaded = load_scenario(text, f"{summary.scenario}.yaml", protocol)
        if loaded.scenario is None:
            raise TercerTimbreError("rescore-unreadable", attempt=attempt, title=summary.title)
        events = remarked(loaded.scenario, [decode(row) for row in self.store.events(attempt)])
        card = score(loaded.scenario, events)
        document = canonical(report(loaded.scenario, events, card))
        signed_by = by or By(self._sign())
        self.store.rescore(attempt, shipped_files(), document, card.score, card.result, signed_by, now())
        return True

    def _seal(self, attempt: str) -> None:
        """Signs a closed attempt. Where the key cannot be had now the attempt is kept all the same: it is sealed at
        the next start, or when it is submitted."""
        try:
            self.store.seal(attempt, self._sign(), now())
        except TercerTimbreError as error:
            if error.code not in KEY_FAULTS:
                raise
            _log.warning("attempt %s is not sealed yet: %s", attempt, error)

    def _keeper(self, scenario: Scenario, attempt: str, new: NewAttempt | None = None) -> "_Keeper":
        return _Keeper(self.store, scenario, attempt, self._seal, new)

    def close(self) -> None:
        """Ends what still reads, and lets go of the store."""
        self._shelf.close()
        self.store.close()

    # Scenarios

    def library(self) -> Listing:
        """The scenario files of the folders, broken ones with their diagnostics; call again while some are unread."""
        return self._shelf.look()

    def scenario(self, id: str) -> Scenario | None:
        """A scenario of the library as its file is now; None when it is gone or has mistakes meanwhile."""
        loaded = self._shelf.load(id)
        return None if loaded is None else loaded.scenario

    def prepare(self) -> None:
        """Loads what every scenario needs, so that the first one chosen does not wait for it."""
        shipped_protocol()

    # Attempts

    def begin(
        self,
        scenario: Scenario,
        profile: Profile,
        *,
        hints: bool,
        difficulty: int | None = None,
        intensity: Intensity = "full",
        seed: int | None = None,
    ) -> Opening:
        """A new attempt, stored with its first event. The variants are drawn by a fresh seed unless one is given."""
        seed = secrets.randbelow(SEEDS) if seed is None else seed
        return self._begin(scenario, profile, seed, difficulty, hints=hints, intensity=intensity)

    def exam(self, id: str, profile: str) -> Candidacy:
        """How a person stands at an exam of the library, as its file is now. Errors: exam-unknown."""
        found = self._shelf.exam(id)
        if found is None:
            raise TercerTimbreError("exam-unknown", exam=id)
        return Candidacy.of(found, self.store.sittings(profile), self.store.attempts(profile))

    def next_scenario(self, candidacy: Candidacy) -> Scenario:
        """The scenario of the next try. Errors: exam-unknown when it is gone or has mistakes meanwhile."""
        scenario = self.scenario(candidacy.next_sitting[0])
        if scenario is None:
            raise TercerTimbreError("exam-unknown", exam=candidacy.exam.id)
        return scenario

    def begin_exam(
        self, id: str, profile: Profile, *, captions: bool = False, intensity: Intensity = "full"
    ) -> Opening:
        """The next try at an exam of the library; it counts once its first event is stored. `captions`: the trainee
        needs them for access.

        Errors: exam-unknown, exam-no-tries, exam-under-way; exam-try-taken when the first event is stored.
        """
        candidacy = self.exam(id, profile.id)
        candidacy.demand_open()
        exam = candidacy.exam
        rules = candidacy.rules(self.store.put_text(TextKind.EXAM, exam.text), captions=captions)
        scenario, (_, seed) = self.next_scenario(candidacy), candidacy.next_sitting
        return self._begin(scenario, profile, seed, exam.doc.difficulty, intensity=intensity, exam=rules)

    def _begin(
        self,
        scenario: Scenario,
        profile: Profile,
        seed: int,
        difficulty: int | None,
        *,
        hints: bool = False,
        intensity: Intensity,
        exam: ExamRules | None = None,
    ) -> Opening:
        warm(scenario)
        protocol_hash = self.store.put_files(TextKind.PROTOCOL, shipped_files())
        scenario_hash = self.store.put_text(TextKind.SCENARIO, scenario.text)
        doc = scenario.doc
        new = NewAttempt(
            id=uuid.uuid4().hex,
            profile=profile.id,
            scenario=doc.scenario,
            title=doc.title,
            scenario_hash=scenario_hash,
            protocol_hash=protocol_hash,
            seed=seed,
            mode=Mode.PRACTICE if exam is None else Mode.EXAM,
            hints=hints,
            difficulty=doc.difficulty if difficulty is None else difficulty,
            channel=doc.channel,
            started_at=now(),
            software=SOFTWARE,
        )
        start = Start(
            0,
            new.id,
            new.seed,
            profile.name,
            scenario_hash,
            protocol_hash,
            new.difficulty,
            hints,
            "practice" if exam is None else "exam",
            SOFTWARE,
            intensity,
            exam,
        )
        return Opening(new.id, scenario, (), start, self._keeper(scenario, new.id, new))

    def take_up(self, attempt: str) -> Opening:
        """An unfinished attempt, as it stood when the last event was stored."""
        scenario, events = self._stored(attempt)
        warm(scenario)
        since = (now() - self.store.attempt(attempt).started_at) // timedelta(milliseconds=1)
        return Opening(attempt, scenario, events, None, self._keeper(scenario, attempt), since)

    def fork(self, attempt: str, at_seq: int) -> Opening:
        """A new attempt that begins with the log of another up to `at_seq`, for learning."""
        scenario, events = self._stored(attempt)
        warm(scenario)
        new_id = uuid.uuid4().hex
        copied = tuple(forked(events, at_seq, new_id))
        self.store.fork(attempt, at_seq, new_id, now(), SOFTWARE, _rows(copied))
        return Opening(new_id, scenario, copied, None, self._keeper(scenario, new_id))

    def leave(self, attempt: str, status: Status) -> None:
        """Marks how an attempt was left: paused (to go on later), withdrawn or abandoned."""
        self.store.set_status(attempt, status, None if status.open else now())
        if not status.open:
            self._seal(attempt)

    def past(self, attempt: str) -> Past:
        """An attempt with its scorecard."""
        summary = self.store.attempt(attempt)
        scenario, events = self._stored(attempt)
        cards = self.store.scorecards(attempt)
        card = card_of(json.loads(cards[0].text)) if cards else score(scenario, events)
        review = self.store.review_of(attempt)
        return Past(summary, scenario, events, card, review, review.until is not None and now() <= review.until)

    def _stored(self, attempt: str) -> tuple[Scenario, tuple[Event, ...]]:
        """Scenario and log as stored, the scenario compiled under the protocol it was begun with."""
        summary = self.store.attempt(attempt)
        text = self.store.text(summary.scenario_hash)
        protocol = self._protocol(summary.protocol_hash)
        loaded = load_scenario(text, f"{summary.scenario}.yaml", protocol)
        if loaded.scenario is None:
            # Only a program that reads scenarios differently can meet this: the text was sound when it was stored.
            raise ValueError(f"the stored scenario of attempt {attempt} cannot be read: {loaded.diagnostics}")
        return loaded.scenario, tuple(decode(row) for row in self.store.events(attempt))

    def _protocol(self, hash: str) -> Protocol:
        shipped = shipped_protocol().protocol
        return shipped if shipped.hash == hash else load_protocol(self.store.files(hash)).protocol


def _rows(events: Iterable[Event]) -> list[tuple[int, str]]:
    return [(event.seq, encode(event)) for event in events]


class _Keeper:
    """Makes events durable as they happen; with the last one of an attempt, its scorecard."""

    def __init__(
        self, store: Store, scenario: Scenario, attempt: str, seal: Callable[[str], None], new: NewAttempt | None
    ) -> None:
        self._store = store
        self._scenario = scenario
        self._attempt = attempt
        self._seal = seal
        self._new = new

    def __call__(self, events: list[Event]) -> None:
        if self._new is not None:
            self._store.begin(self._new, _rows(events))
            self._new = None
        else:
            self._store.append(self._attempt, _rows(events))
        for event in events:
            match event.what:
                case AttemptPaused():
                    self._store.set_status(self._attempt, Status.PAUSED)
                case AttemptContinued():
                    self._store.set_status(self._attempt, Status.RUNNING)
                case AttemptEnded(how=how):
                    self.close(how)
                case _:
                    pass

    def close(self, how: str) -> None:
        """Scores the stored log, closes the attempt and seals it."""
        log = [decode(row) for row in self._store.events(self._attempt)]
        card = score(self._scenario, log)
        document = canonical(report(self._scenario, log, card))
        self._store.finish(self._attempt, document, card.score, card.result, now(), Status(how))
        self._seal(self._attempt)
