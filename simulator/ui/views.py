"""From the core's values to what pages show."""

from collections.abc import Collection, Iterable, Sequence

from simulator.records.values import AttemptSummary, Profile
from simulator.scenario.lines import authored_lines
from simulator.scenario.load import LoadedScenario
from simulator.scenario.model import ScenarioDocument
from simulator.scenario.scenario import Scenario
from simulator.source.diagnostics import Severity
from simulator.source.diagnostics import format as format_diagnostic
from simulator.ui.services import AttemptRow, BriefingView, CheckpointRow, LibraryEntry, ProfileRow
from simulator.wording import _


def profile_rows(profiles: Iterable[Profile], attempts: Sequence[AttemptSummary]) -> tuple[ProfileRow, ...]:
    """The people of the desk, each with the number of their attempts."""
    return tuple(
        ProfileRow(profile.id, profile.name, sum(a.profile == profile.id for a in attempts)) for profile in profiles
    )


def library_entry(loaded: LoadedScenario, attempts: Sequence[AttemptSummary]) -> LibraryEntry:
    """A scenario file as a card; `attempts` are the person's own."""
    doc = loaded.document
    problems = tuple(format_diagnostic(d) for d in loaded.diagnostics if d.severity is not Severity.INFO)
    if doc is None:
        name = loaded.file.replace("\\", "/").rsplit("/", 1)[-1]
        return LibraryEntry(name, loaded.file, name, "", "phone", 1, 1, broken=True, problems=problems)
    mine = [attempt for attempt in attempts if attempt.scenario == doc.scenario]
    scored = next((attempt for attempt in mine if attempt.result is not None), None)
    return LibraryEntry(
        id=doc.scenario,
        file=loaded.file,
        title=doc.title,
        summary=doc.summary or doc.briefing.strip().split("\n")[0],
        channel=doc.channel,
        difficulty=doc.difficulty,
        minutes=doc.minutes,
        broken=loaded.scenario is None,
        problems=problems,
        last_result=None if scored is None else scored.result,
        last_score=None if scored is None else scored.score,
        attempts=len(mine),
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
            score=attempt.score,
            result=attempt.result,
            open=attempt.status.open,
            forked=attempt.forked_from is not None,
            recorded=attempt.id in recorded,
            submitted=attempt.submitted,
        )
        for attempt in attempts
    )


def briefing_view(scenario: Scenario) -> BriefingView:
    """What is told before a call."""
    doc = scenario.doc
    return BriefingView(
        id=doc.scenario,
        title=doc.title,
        text=doc.briefing.strip(),
        channel=doc.channel,
        spoken=not doc.written,
        strong=any("offensive" in line.line.facts for line in authored_lines(doc)),
        company=doc.company.name,
        area=doc.company.areas[0] if doc.company.areas else "",
        clock=doc.clock,
        customer=_customer(doc),
        customer_about="" if doc.contacts else doc.customer.profile or "",
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
            for id, play in scenario.checkpoints.items()
        ),
    )


def _customer(doc: ScenarioDocument) -> str:
    """Who it will be, as far as the desk knows: how many, where there are several."""
    if doc.contacts:
        return _("{n} people").format(n=1 + len(doc.contacts))
    return doc.customer.name if doc.customer.known else ""
