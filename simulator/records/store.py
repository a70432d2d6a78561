"""The store: one SQLite file with profiles, texts, attempts and the events of each as they happen.

Each method is one transaction. When a writing method returns, what it wrote is on the disk and survives a kill and a
power cut; when it raises, nothing of it is there. A store may be called from any thread, and two instances of the
program may use one file: a writer waits up to `busy_ms` for the other.

Every method may raise these `TercerTimbreError`s, besides its own: store-locked, store-read-only, store-full,
store-corrupt, store-unreadable. All carry `path` and `detail`.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection, Engine

from simulator.errors import TercerTimbreError
from simulator.records import (
    attempts,
    backup,
    erasure,
    exchange,
    labels,
    profiles,
    progress,
    reports,
    reviews,
    sittings,
    statements,
    table,
)
from simulator.records.engine import IMMEDIATE, connect, reading
from simulator.records.exchange import Taken
from simulator.records.faults import CORRUPT, told
from simulator.records.labels import Label
from simulator.records.office.desk import Office
from simulator.records.progress import OwnAttempts
from simulator.records.reports import ReportedAttempt
from simulator.records.results_file import Examined, Stone
from simulator.records.retention import Retention
from simulator.records.review import Review, Speaker
from simulator.records.reviews import Act, Waiting
from simulator.records.signing import Signer
from simulator.records.sittings import Sitting
from simulator.records.staff import Staff
from simulator.records.statements import DeskKey, Statement
from simulator.records.steps import STEPS, Step
from simulator.records.table import Filter, Published, Row
from simulator.records.team import outbox
from simulator.records.upgrade import prepare
from simulator.records.values import (
    AttemptSummary,
    Draft,
    Mode,
    NewAttempt,
    NewProfile,
    Profile,
    Status,
    StoredScorecard,
    TextKind,
)

BUSY_MS: Final = 5_000  # how long a writer waits for another instance before it gives up
UNFINISHED: Final = (Status.RUNNING, Status.PAUSED)


class Records(ABC):
    """People, texts, attempts and what is signed about them, in whichever database: a desk's file (`Store`) or the
    team's (`team.database.Team`)."""

    @abstractmethod
    def _read(self) -> AbstractContextManager[Connection]:
        """A transaction that reads."""

    @abstractmethod
    def _write(self) -> AbstractContextManager[Connection]:
        """A transaction that writes: when the block ends, what was written is durable."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database; no other method may be called afterwards."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # People

    def profiles(self, *, archived: bool = False) -> list[Profile]:
        """The profiles in use (or the archived ones), oldest first."""
        with self._read() as connection:
            return profiles.all_profiles(connection, archived=archived)

    def people(self) -> list[Profile]:
        """Everybody of whom there is an attempt or a profile here, those of other desks too, oldest first."""
        with self._read() as connection:
            return profiles.everybody(connection)

    def add_profile(self, new: NewProfile) -> None:
        """Add a person. Errors: profile-name-empty, profile-name-long, profile-name-character, profile-exists."""
        with self._write() as connection:
            profiles.add(connection, new)

    def rename_profile(self, profile: str, name: str) -> None:
        """Change the name that is shown; the ids stay. Errors: profile-unknown, profile-name-…"""
        with self._write() as connection:
            profiles.rename(connection, profile, name)

    def archive_profile(self, profile: str, archived: bool = True) -> None:
        """Take a person out of the list (or back into it), attempts kept. Errors: profile-unknown."""
        with self._write() as connection:
            profiles.archive(connection, profile, archived)

    # Texts by hash

    def put_text(self, kind: TextKind, text: str) -> str:
        """Keep a text for good; returns the SHA-256 of its UTF-8 in hex. Errors: not-unicode."""
        with self._write() as connection:
            return profiles.put_text(connection, kind, text)

    def text(self, sha256: str) -> str:
        """The text with that hash. Errors: text-unknown, text-broken."""
        with self._read() as connection:
            return profiles.text(connection, sha256)

    def put_files(self, kind: TextKind, files: Mapping[str, str]) -> str:
        """Keep several files (path → text) as one text, canonical JSON; returns its hash. Errors: not-unicode."""
        return self.put_text(kind, json.dumps(dict(files), sort_keys=True, ensure_ascii=False, separators=(",", ":")))

    def files(self, sha256: str) -> dict[str, str]:
        """The files kept by `put_files` under that hash. Errors: text-unknown, text-broken."""
        files: dict[str, str] = json.loads(self.text(sha256))
        return files

    # Attempts

    def begin(self, new: NewAttempt, events: Sequence[tuple[int, str]] = ()) -> None:
        """Start an attempt, running, with its first events if there are any.

        Errors: attempt-exists, profile-unknown, text-unknown; fork-moment when the source has no event `at_seq`;
        exam-try-taken when another window began the same try of an exam; those of `append`.
        """
        with self._write() as connection:
            attempts.begin(connection, new)
            attempts.append(connection, new.id, events)
            sitting = sittings.file_sitting(connection, new.id)
            if sitting is not None:
                sittings.demand_free(connection, sitting)

    def append(self, attempt: str, events: Sequence[tuple[int, str]]) -> None:
        """Add events (seq, canonical JSON) at the end of the log, all or none.

        Errors: attempt-unknown, attempt-closed; events-stored for a seq that is there already (a rewrite, or another
        instance was quicker); events-gap; not-unicode.
        """
        with self._write() as connection:
            attempts.append(connection, attempt, events)

    def events(self, attempt: str) -> list[str]:
        """The log, character by character as it was given. Errors: attempt-unknown, events-broken."""
        with self._read() as connection:
            return attempts.log(connection, attempt)

    def fork(
        self,
        source: str,
        at_seq: int,
        new_id: str,
        started_at: datetime,
        software: str,
        events: Sequence[tuple[int, str]],
    ) -> None:
        """Start a practice attempt from a moment of another: same person, texts, seed and choices.

        `at_seq` is the seq of the last event that both share; `events` is the log up to there, which the caller has
        re-addressed to `new_id`. Errors: those of `begin`, attempt-unknown.
        """
        origin = self.attempt(source)
        shared = {name: getattr(origin, name) for name in _SHARED_BY_FORKS}
        new = NewAttempt(
            **shared,
            id=new_id,
            mode=Mode.PRACTICE,
            started_at=started_at,
            software=software,
            forked_from=source,
            at_seq=at_seq,
        )
        self.begin(new, events)

    def set_status(self, attempt: str, status: Status, ended_at: datetime | None = None) -> None:
        """Pause, run again, abandon or withdraw (the last two with `ended_at`).

        Errors: attempt-unknown, attempt-closed.
        """
        with self._write() as connection:
            attempts.set_status(connection, attempt, status, ended_at)

    def finish(
        self,
        attempt: str,
        scorecard: str,
        score: int | None,
        result: str,
        ended_at: datetime,
        status: Status = Status.FINISHED,
    ) -> None:
        """Close an attempt with its first scorecard (canonical JSON) under the protocol it was begun with.

        Errors: attempt-unknown, attempt-closed, not-unicode.
        """
        with self._write() as connection:
            attempts.finish(connection, attempt, scorecard, score, result, ended_at, status)

    def add_scorecard(self, attempt: str, protocol_hash: str, created_at: datetime, scorecard: str) -> int:
        """Store another scoring beside the earlier ones; returns its ordinal. Errors: attempt-unknown, text-unknown."""
        with self._write() as connection:
            return attempts.add_scorecard(connection, attempt, protocol_hash, created_at, scorecard)

    def scorecards(self, attempt: str) -> list[StoredScorecard]:
        """The scorings of an attempt, oldest first. Errors: attempt-unknown."""
        with self._read() as connection:
            return attempts.cards(connection, attempt)

    def attempt(self, attempt: str) -> AttemptSummary:
        """One attempt. Errors: attempt-unknown."""
        with self._read() as connection:
            found = attempts.summaries(connection, attempt=attempt)
        if not found:
            raise TercerTimbreError("attempt-unknown", attempt=attempt)
        return found[0]

    def attempts(self, profile: str | None = None, scenario: str | None = None) -> list[AttemptSummary]:
        """The attempts of a person, at a scenario, or all; newest first."""
        with self._read() as connection:
            return attempts.summaries(connection, profile=profile, scenario=scenario)

    def sittings(self, profile: str) -> list[Sitting]:
        """The exams that a person has sat, begun ones included, oldest first."""
        with self._read() as connection:
            return sittings.of_person(connection, profile)

    def unfinished(self, profile: str | None = None) -> list[AttemptSummary]:
        """The attempts that can go on, newest first: after a kill, what the next start offers."""
        with self._read() as connection:
            return attempts.summaries(connection, profile=profile, statuses=UNFINISHED)

    def delete_attempt(self, attempt: str) -> None:
        """Delete a practice attempt with all that hangs on it; its forks stay.

        Errors: attempt-unknown; attempt-exam, for tries at an exam are counted and not its trainee's to delete;
        attempt-published for a submitted one, which is no longer its trainee's alone.
        """
        with self._write() as connection:
            if attempts.summaries(connection, attempt=attempt, modes=(Mode.EXAM,)):
                raise TercerTimbreError("attempt-exam", attempt=attempt)
            erasure.demand_unsubmitted(connection, attempt)
            attempts.remove(connection, attempt)

    # What is signed, and results that leave or come

    def seal(self, attempt: str, signer: Signer, at: datetime) -> None:
        """Sign a closed attempt's log and scorecard; once.

        Errors: attempt-unknown, attempt-open, events-broken (the log is no longer what was stored).
        """
        with self._write() as connection:
            statements.seal(connection, attempt, signer, at)

    def submit(self, attempt: str, signer: Signer, at: datetime) -> None:
        """Hand an attempt over to trainers and HR, for good; once. Errors: those of `seal`, attempt-fork,
        attempt-unmarked."""
        with self._write() as connection:
            statements.submit(connection, attempt, signer, at)

    def unsealed(self) -> list[str]:
        """The closed attempts of this desk that nobody has signed yet, oldest first."""
        with self._read() as connection:
            return statements.unsealed(connection)

    def statements(self, attempt: str) -> list[Statement]:
        """What is signed about an attempt, oldest first."""
        with self._read() as connection:
            return statements.signed(connection, attempt)

    def published(self) -> list[str]:
        """The attempts that may leave this desk, oldest first: submitted ones and exams."""
        with self._read() as connection:
            return statements.published(connection)

    def results_table(self, wanted: Filter) -> list[Published]:
        """The attempts that may leave this desk and fit, oldest first."""
        with self._read() as connection:
            return table.published(connection, wanted)

    def mark_rows(self, chosen: Sequence[Published], *, names: bool = False) -> Iterator[Row]:
        """A row per mark of these attempts (`table.MARKS`). `names`: leave the trainee's name in quotes."""
        with self._read() as connection:
            yield from table.mark_rows(connection, chosen, names=names)

    def summary_rows(self, chosen: Sequence[Published]) -> Iterator[Row]:
        """A row per attempt of these (`table.SUMMARY`)."""
        with self._read() as connection:
            yield from table.summary_rows(connection, chosen)

    def reported(self, chosen: Sequence[Published], *, names: bool = False) -> Iterator[ReportedAttempt]:
        """What a report tells of each of these attempts. `names`: leave the trainee's name in what was said."""
        with self._read() as connection:
            yield from reports.reported(connection, chosen, names=names)

    def exam_title(self, attempt: str) -> str | None:
        """The title of the exam of which an attempt is a try; None where it is none."""
        with self._read() as connection:
            return reports.exam_title(connection, attempt)

    def shown_name(self, pseudonym: str) -> str:
        """The name of the person behind a pseudonym; the pseudonym itself where the name is kept elsewhere."""
        with self._read() as connection:
            return reports.shown_name(connection, pseudonym)

    def results(self, chosen: Sequence[str], software: str) -> Iterator[bytes]:
        """The lines of a results file with those of the chosen attempts that may leave this desk."""
        with self._read() as connection:
            yield from exchange.lines_out(connection, chosen, software)

    def own_results(self, profile: str, chosen: Sequence[str], software: str) -> Iterator[bytes]:
        """The lines of a person's own attempts, practice too: theirs to take away, never to be taken in elsewhere."""
        with self._read() as connection:
            yield from exchange.lines_out(connection, chosen, software, own=profile)

    def take_in(self, examined: Examined) -> Taken:
        """Store an attempt of a results file, or refuse it whole; taking it in again adds nothing."""
        return self.take_in_all([examined])[0]

    def take_in_all(self, examined: Sequence[Examined]) -> list[Taken]:
        """The same for several in one transaction, each taken or refused for itself."""
        with self._write() as connection:
            return [exchange.take_in(connection, one) for one in examined]

    def take_stone(self, stone: Stone, *, vouched: bool = False) -> Taken:
        """Obey a tombstone of a results file, unless it was altered, nobody here vouched for its key (`vouched`: the
        caller does), or it is the desk's own word about what it handed over."""
        with self._write() as connection:
            return exchange.take_stone(connection, stone, vouched=vouched)

    def tombstones(self) -> list[str]:
        """The attempts that were erased."""
        with self._read() as connection:
            return [str(stone.body["attempt"]) for stone, _public, _label in erasure.all_tombstones(connection)]

    def desk_keys(self) -> list[DeskKey]:
        """The keys that signed something here, enrolled ones first."""
        with self._read() as connection:
            return statements.all_keys(connection)

    def enrol(self, fingerprint: str, label: str, at: datetime) -> None:
        """Vouch for a key, under a name. Errors: key-unknown when no result here was signed with it."""
        with self._write() as connection:
            self._vouch(connection, fingerprint, label, at)

    def _vouch(self, connection: Connection, fingerprint: str, label: str, at: datetime) -> None:
        statements.enrol(connection, fingerprint, label, at)
        reviews.file_reviews_by(connection, fingerprint)

    # Reviews of what was handed over

    def review(self, attempt: str, what: Act, by: Speaker, at: datetime) -> None:
        """A reviewer overrides a verdict, comments, settles a dispute or is done. Errors: those of `reviews.act`."""
        with self._write() as connection:
            reviews.act(connection, attempt, what, by, at)

    def dispute(self, attempt: str, place: int, reason: str, signer: Signer, at: datetime) -> None:
        """The trainee does not agree with a verdict. Errors: those of `reviews.dispute`."""
        with self._write() as connection:
            reviews.dispute(connection, attempt, place, reason, signer, at)

    def demand_published(self, attempt: str) -> None:
        """Errors: attempt-unknown; review-private, when the attempt is practice."""
        with self._read() as connection:
            reviews.demand_published(connection, attempt)

    def rescore(
        self, attempt: str, protocol: Mapping[str, str], card: str, score: int | None, result: str, by: Speaker,
        at: datetime,
    ) -> None:  # fmt: skip
        """Keep a scoring under another protocol (given by its files) beside the first. Errors: those of
        `reviews.rescore`."""
        protocol_hash = self.put_files(TextKind.PROTOCOL, protocol)
        with self._write() as connection:
            reviews.rescore(connection, attempt, protocol_hash, card, score, result, by, at)

    def review_of(self, attempt: str) -> Review:
        """What people said about an attempt. Errors: attempt-unknown."""
        with self._read() as connection:
            return reviews.review_of(connection, attempt)

    def unlabelled(self, reviewer: str) -> list[tuple[str, int, str]]:
        """The marks (attempt, place, verdict) that a reviewer may judge without seeing the verdict, and has not."""
        with self._read() as connection:
            return labels.unlabelled(connection, reviewer)

    def label(self, attempt: str, place: int, reviewer: str, met: bool, at: datetime) -> None:
        """Keep such a judgement. Errors: attempt-unknown, review-private, mark-unknown."""
        with self._write() as connection:
            labels.put(connection, attempt, place, reviewer, met, at)

    def labels(self) -> list[Label]:
        """All such judgements, oldest first."""
        with self._read() as connection:
            return labels.all_labels(connection)

    def queue(self) -> list[Waiting]:
        """What may be reviewed, the most pressing first."""
        with self._read() as connection:
            return reviews.queue(connection)

    def own_attempts(self, profile: str) -> OwnAttempts:
        """A person's marked attempts, practice too: for their own eyes."""
        with self._read() as connection:
            return progress.own_attempts(connection, profile)

    @property
    def office(self) -> Office:
        """Cohorts, and figures over the attempts that may leave this desk."""
        return Office(self._read, self._write)

    def signatures(self, attempts: Sequence[str]) -> dict[str, set[bytes]]:
        """By attempt: the signature of each statement about it."""
        with self._read() as connection:
            return outbox.signatures(connection, attempts)

    def save_draft(self, attempt: str, contact: str, draft: Draft) -> None:
        """Keep the unsent words of one contact, in place of earlier ones. Errors: attempt-unknown, attempt-closed."""
        with self._write() as connection:
            attempts.save_draft(connection, attempt, contact, draft)

    def draft(self, attempt: str, contact: str) -> Draft:
        """The unsent words of one contact; empty when there are none. Errors: attempt-unknown."""
        with self._read() as connection:
            return attempts.draft(connection, attempt, contact)


_SHARED_BY_FORKS: Final = (
    "profile",
    "scenario",
    "title",
    "scenario_hash",
    "protocol_hash",
    "seed",
    "hints",
    "difficulty",
    "channel",
)


class Store(Records):
    """An open store; `Store.open(path)` or `files.open_or_offer(path)` makes one."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._writing = engine.execution_options(**{IMMEDIATE: True})
        self._path = path
        self.staff = Staff(self._read, self._write)
        self.retention = Retention(self._read, self._write, self._settle, path)

    @classmethod
    def open(cls, path: Path, *, busy_ms: int = BUSY_MS, check: bool = False, steps: Sequence[Step] = STEPS) -> Self:
        """Open the file, made with its folder when missing, upgraded when older (the older one is kept as `.v<n>`).

        `check` reads the whole file and refuses damage that a normal start would not meet. Errors: those of the module,
        store-newer, store-foreign (another program's database). None of these changes the file.
        """
        path = path.absolute()
        with told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        engine = connect(path, busy_ms)
        try:
            with told(path):
                prepare(engine, path, steps)
            store = cls(engine, path)
            if check and (damage := store.check()):
                raise TercerTimbreError(CORRUPT, path=str(path), detail=damage[0])
        except BaseException:
            engine.dispose()
            raise
        return store

    @property
    def path(self) -> Path:
        """Where the database file is."""
        return self._path

    def close(self) -> None:
        """Let go of the file. Everything is on the disk already; no other method may be called afterwards."""
        self._engine.dispose()

    # The file

    def backup(self, target: Path) -> None:
        """Copy the database, as it is now, to one file at `target`, which is replaced; others may write on.

        Errors: backup-onto-itself, and those of the module about either file.
        """
        if target.absolute() == self._path or (target.exists() and target.samefile(self._path)):
            raise TercerTimbreError("backup-onto-itself", path=str(target))
        with told(self._path), reading(self._engine) as driver, told(target):
            backup.copy_database(driver, target)

    def keep_backup(self, day: date) -> Path | None:
        """Keep a sound copy of that day beside the database, and drop those older than the last few; None when there is
        one of that day already.

        Errors: store-corrupt (earlier copies stay as they are), and those of the module about either file.
        """
        with told(self._path), reading(self._engine) as driver:
            return backup.keep_daily(driver, self._path, day)

    # What is sent to the team

    def _vouch(self, connection: Connection, fingerprint: str, label: str, at: datetime) -> None:
        super()._vouch(connection, fingerprint, label, at)
        outbox.doubted(connection, fingerprint)

    def waiting(self, target: str) -> list[str]:
        """The published attempts of which a target of `sync` is not known to have all that is signed, oldest first."""
        with self._read() as connection:
            return outbox.waiting(connection, target)

    def arrived(self, target: str, numbers: Mapping[str, int]) -> None:
        """Note how many statements of each attempt a target has."""
        if numbers:
            with self._write() as connection:
                outbox.arrived(connection, target, numbers)

    def check(self) -> list[str]:
        """Read the whole file and tell its damage, empty when it is sound."""
        try:
            with self._read() as connection:
                answers = [str(answer) for answer in connection.exec_driver_sql("PRAGMA quick_check").scalars()]
                answers += [f"foreign key: {row}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
        except TercerTimbreError as error:
            if error.code != CORRUPT:
                raise
            return [str(error.args_["detail"])]
        return [answer for answer in answers if answer != "ok"]

    def _settle(self) -> None:
        """Bring everything into the file itself: what was deleted is no longer in the log beside it."""
        with told(self._path), reading(self._engine, begin=False) as driver:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        try:
            with told(self._path), self._engine.begin() as connection:
                yield connection
        except (ValueError, TypeError, KeyError) as error:  # never written by this program: SQLite has no checksums
            raise TercerTimbreError(CORRUPT, path=str(self._path), detail=str(error)) from error

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with told(self._path), self._writing.begin() as connection:
            yield connection
