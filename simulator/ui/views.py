"""From the core's values to what pages show."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from simulator.records.candidacy import Candidacy
from simulator.records.shelf import Found, Listing
from simulator.records.sittings import Sitting
from simulator.records.values import AttemptSummary, Mode, Profile
from simulator.records.workshop import Workshop
from simulator.scenario.exam import LoadedExam
from simulator.scenario.lines import authored_lines
from simulator.scenario.scenario import Scenario
from simulator.source.diagnostics import Severity
from simulator.source.diagnostics import format as format_diagnostic
from simulator.ui.services import AttemptRow, BriefingView, CheckpointRow, ExamEntry, Glance, LibraryEntry, ProfileRow
from simulator.wording import _


def glance_of(
    workshop: Workshop, chosen: str | None, recorded: Collection[str], folders: Sequence[Path]
) -> tuple[Glance, Profile | None]:
    """Everything that the first page shows, and the person with the id `chosen`. `recorded`: see `attempt_rows`."""
    people = workshop.store.profiles()
    person = next((profile for profile in people if profile.id == chosen), None)
    every = workshop.store.attempts()
    mine = [attempt for attempt in every if person is not None and attempt.profile == person.id]
    listing = workshop.library()
    glance = Glance(
        profiles=profile_rows(people, every),
        library=library_entries(listing, mine),
        unread=listing.unread,
        folders=tuple(str(one) for top in folders if top.is_dir() for one in (top, *top.rglob("*/"))),
        attempts=attempt_rows(mine, recorded),
        exams=exam_entries(listing, [] if person is None else workshop.store.sittings(person.id), mine),
    )
    return glance, person


def profile_rows(profiles: Iterable[Profile], attempts: Sequence[AttemptSummary]) -> tuple[ProfileRow, ...]:
    """The people of the desk, each with the number of their attempts."""
    return tuple(
        ProfileRow(profile.id, profile.name, sum(a.profile == profile.id for a in attempts)) for profile in profiles
    )


def library_entries(listing: Listing, attempts: Iterable[AttemptSummary]) -> tuple[LibraryEntry, ...]:
    """The scenario files as cards; `attempts` are the person's own."""
    mine: dict[str, list[AttemptSummary]] = defaultdict(list)
    for attempt in attempts:
        mine[attempt.scenario].append(attempt)
    return tuple(_library_entry(file, found, mine) for file, found in listing.files)


def _library_entry(file: str, found: Found, attempts: Mapping[str, Sequence[AttemptSummary]]) -> LibraryEntry:
    about = found.about
    problems = tuple(format_diagnostic(diagnostic) for diagnostic in found.diagnostics)
    if about is None:
        name = file.replace("\\", "/").rsplit("/", 1)[-1]
        return LibraryEntry(name, file, name, "", "phone", 1, 1, broken=True, problems=problems)
    mine = attempts.get(about.id, ())
    over = [attempt for attempt in mine if attempt.final_result is not None]  # newest first
    scored = next((attempt for attempt in over if attempt.final_score is not None), over[0] if over else None)
    return LibraryEntry(
        id=about.id,
        file=file,
        title=about.title,
        summary=about.summary,
        channel=about.channel,
        difficulty=about.difficulty,
        minutes=about.minutes,
        broken=not found.playable,
        problems=problems,
        last_result=None if scored is None else scored.final_result,
        last_score=None if scored is None else scored.final_score,
        attempts=len(mine),
    )


def exam_entries(
    listing: Listing, sittings: Sequence[Sitting], attempts: Sequence[AttemptSummary]
) -> tuple[ExamEntry, ...]:
    """The exam files as cards; `sittings` and `attempts` are the person's own."""
    return tuple(_listed_exam(loaded, sittings, attempts) for loaded in listing.exams)


def _listed_exam(loaded: LoadedExam, sittings: Sequence[Sitting], attempts: Sequence[AttemptSummary]) -> ExamEntry:
    problems = tuple(format_diagnostic(d) for d in loaded.diagnostics if d.severity is not Severity.INFO)
    if loaded.exam is None:
        name = loaded.file.replace("\\", "/").rsplit("/", 1)[-1]
        return ExamEntry(loaded.file, name, "", 1, 1, 1, file=loaded.file, broken=True, problems=problems)
    return replace(exam_entry(Candidacy.of(loaded.exam, sittings, attempts)), file=loaded.file, problems=problems)


def exam_entry(candidacy: Candidacy) -> ExamEntry:
    """An exam, as a person stands at it."""
    doc = candidacy.exam.doc
    over = [attempt for attempt in candidacy.tries if attempt.result is not None]
    best = max(over, key=lambda one: (one.result == "passed", -1 if one.score is None else one.score), default=None)
    return ExamEntry(
        id=doc.exam,
        title=doc.title,
        summary=doc.summary or "",
        minutes=doc.time_limit,
        tries=doc.tries,
        pass_mark=doc.pass_mark,
        used=candidacy.used,
        difficulty=doc.difficulty,
        captions=doc.captions == "access",
        under_way="" if candidacy.under_way is None else candidacy.under_way.id,
        best_result=None if best is None else best.result,
        best_score=None if best is None else best.score,
    )


def attempt_rows(attempts: Iterable[AttemptSummary], recorded: Collection[str] = ()) -> tuple[AttemptRow, ...]:
    """Stored attempts, newest first as they come. `recorded`: the ids of those of which sound is kept."""
    return tuple(
        AttemptRow(
            id=attempt.id,
            scenario=attempt.scenario,
            title=attempt.title,
            started=attempt.started_at,
            number=attempt.number,
            total=attempt.total,
            score=attempt.final_score,
            result=attempt.final_result,
            open=attempt.status.open,
            forked=attempt.forked_from is not None,
            recorded=attempt.id in recorded,
            submitted=attempt.submitted,
            exam=attempt.mode is Mode.EXAM,
        )
        for attempt in attempts
    )


def briefing_view(scenario: Scenario) -> BriefingView:
    """What is told before a call."""
    doc, shift = scenario.doc, scenario.agenda is not None
    parts = [scenario.of(id).doc for id in scenario.contacts] if shift else [doc]
    return BriefingView(
        id=doc.scenario,
        title=doc.title,
        text=doc.briefing.strip(),
        channel=doc.channel,
        spoken=not doc.written,
        strong=any("offensive" in line.line.facts for part in parts for line in authored_lines(part)),
        company="" if shift else doc.company.name,
        area=doc.company.areas[0] if doc.company.areas and not shift else "",
        clock=doc.clock,
        customer=_customer(scenario),
        customer_about="" if len(scenario.contacts) > 1 else doc.customer.profile or "",
        difficulty=doc.difficulty,
        minutes=doc.minutes,
        pass_mark=doc.pass_mark,
        cards=tuple(card.title for card in doc.knowledge),
        checkpoints=tuple(
            CheckpointRow(
                id=id,
                title=play.checkpoint.title,
                text=play.checkpoint.met,
                phase=play.checkpoint.phase,
                critical=play.checkpoint.critical,
                weight=play.weight,
            )
            for id, play in scenario.in_play.items()
        ),
    )


def _customer(scenario: Scenario) -> str:
    """Who it will be, as far as the desk knows: how many, where there are several."""
    doc = scenario.doc
    if len(scenario.contacts) > 1:
        return _("{n} people").format(n=len(scenario.contacts))
    return doc.customer.name if doc.customer.known else ""
