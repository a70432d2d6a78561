"""`score`: scenario and events in, scorecard out. A pure function of both (DESIGN, law 1)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from simulator.protocol.catalogue import Verdict
from simulator.scenario.scenario import InPlay, Scenario
from simulator.scoring.acts import JUDGES, ONCE_AN_ATTEMPT
from simulator.scoring.card import Line, MoodPoint, Outcome, Scorecard
from simulator.scoring.chat_judges import judge_unattended, left_unattended
from simulator.scoring.email_judges import judge_unanswered, left_unanswered
from simulator.scoring.occasions import no_occasion
from simulator.scoring.record import Judgement, Record
from simulator.scoring.shift_judges import judge_left, left_in_queue, summary
from simulator.scoring.tally import Tally, failed_by, points, tally
from simulator.scoring.words import judge_words
from simulator.session.envelope import Event
from simulator.session.events import ContactOpened, CustomerReacted
from simulator.session.shift import is_over
from simulator.session.state import State


def score(scenario: Scenario, events: Iterable[Event]) -> Scorecard:
    """The scorecard of a log, finished or not."""
    log = tuple(events)
    records = Record.of(scenario, log)
    plays = tuple(scenario.in_play.values())
    apart = {record.id: tuple(_line(record, play) for play in plays) for record in records}
    lines = tuple(map(_together, zip(*apart.values(), strict=True)))
    shift = None
    if scenario.agenda is not None:
        whole = Record.whole(scenario, log)
        once = {id: _line(whole, play) for id, play in scenario.checkpoints.items()}
        lines = tuple(once.get(line.id, line) for line in lines)
        shift = summary(records, {id: points(own)[0] for id, own in apart.items()})
    started = records[0].state.started
    found = _result(scenario, records, lines)
    outcomes = tuple(_outcome(record) for record in records)
    first = outcomes[0]
    return Scorecard(
        scenario=scenario.id,
        seed=0 if started is None else started.seed,
        score=found.score,
        lowest=found.lowest,
        highest=found.highest,
        pass_mark=_pass_mark(scenario, records[0].state),
        result=found.result,
        failed_by=failed_by(lines),
        end=first.end,
        end_good=first.end_good,
        end_title=first.end_title,
        checkpoints=lines,
        moods=tuple(sorted((point for record in records for point in _moods(record)), key=lambda point: point.event)),
        duration_ms=records[0].state.at_ms,
        contacts=outcomes,
        shift=shift,
    )


def _outcome(record: Record) -> Outcome:
    end, doc = record.end, record.scenario.doc
    title = doc.ends[end.end].title if end is not None and end.end in doc.ends else None
    return Outcome(
        record.id,
        doc.customer.name,
        None if end is None else end.end,
        end is not None and end.good,
        title or "",
    )


def _together(lines: Sequence[Line]) -> Line:
    """One checkpoint over all contacts: missed in one is missed, then unclear, then met; the proofs of those."""
    found = {line.verdict for line in lines}
    worst = next(verdict for verdict in _WORST_FIRST if verdict in found)
    deciding = [line for line in lines if line.verdict == worst]
    return replace(deciding[0], evidence=tuple(proof for line in deciding for proof in line.evidence))


_WORST_FIRST = (Verdict.MISSED, Verdict.UNCLEAR, Verdict.MET, Verdict.NOT_APPLICABLE)


def _line(record: Record, of_file: InPlay) -> Line:
    """A contact may have a rule and a better wording of its own, or drop the checkpoint; its weight is the file's."""
    play = record.scenario.checkpoints.get(of_file.checkpoint.id)
    checkpoint = of_file.checkpoint
    judgement = Judgement(Verdict.NOT_APPLICABLE, "na-not-asked") if play is None else _judge(record, play)
    play = play or of_file
    return Line(
        id=checkpoint.id,
        phase=checkpoint.phase,
        title=checkpoint.title,
        critical=checkpoint.critical,
        weight=of_file.weight,
        verdict=judgement.verdict.value,
        evidence=judgement.evidence,
        rule=judgement.rule,
        reason=judgement.reason,
        args=tuple(sorted({**_texts(play, judgement), **dict(judgement.args)}.items())),
        model=_named(record, play.model),
    )


def _named(record: Record, text: str) -> str:
    """The better wording with the names of this call in place of `_agent`, `_company`, `_customer`, `_area`."""
    doc, started = record.scenario.doc, record.state.started
    agent = doc.agent if started is None else started.agent
    area = next((colleague.area for colleague in doc.colleagues), next(iter(doc.company.areas), ""))
    values = {"_agent": agent, "_company": doc.company.name, "_customer": doc.customer.name, "_area": area}
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def _texts(play: InPlay, judgement: Judgement) -> dict[str, str]:
    """The catalogue's own sentence on the checkpoint, which the reasons of words are filled with."""
    if judgement.verdict is Verdict.MET:
        return {"what": play.checkpoint.met}
    return {"what": play.checkpoint.missed}


def _judge(record: Record, play: InPlay) -> Judgement:
    if record.state.exam is not None and record.state.ended == "withdrawn":
        return Judgement(Verdict.NOT_APPLICABLE, "na-withdrawn")  # who withdraws is not marked, by anybody's eyes
    if play.checkpoint.id in ONCE_AN_ATTEMPT:
        return JUDGES[play.checkpoint.id](record, play.checkpoint)
    if left_in_queue(record):
        return judge_left(record, play.checkpoint)
    if left_unattended(record):
        return judge_unattended(record, play.checkpoint)
    owed = judge_unanswered(record, play.checkpoint) if left_unanswered(record) else None
    if owed is not None:
        return owed
    reason = no_occasion(record, play.checkpoint)
    if reason is not None:
        return Judgement(Verdict.NOT_APPLICABLE, reason)
    return JUDGES.get(play.checkpoint.id, judge_words)(record, play.checkpoint)


def _result(scenario: Scenario, records: Sequence[Record], lines: Sequence[Line]) -> Tally:
    """The result, the score, and the range that settling the unclear ones could give (DESIGN, «Marking»)."""
    state = records[0].state
    if state.ended == "withdrawn":
        return Tally("not-scored", None, None, None)
    goes_on = scenario.agenda is not None and not is_over(scenario, state)
    if not state.out_of_time and (goes_on or any(record.ended is None for record in records)):
        return Tally("incomplete", None, None, None)
    return tally(lines, _pass_mark(scenario, state))


def _pass_mark(scenario: Scenario, state: State) -> int:
    """The exam's, where it is one, else the scenario's."""
    return scenario.doc.pass_mark if state.exam is None else state.exam.pass_mark


def _moods(record: Record) -> list[MoodPoint]:
    points: list[MoodPoint] = []
    for event in record.events:
        match event.what:
            case ContactOpened(mood=mood):
                points.append(MoodPoint(event.seq, event.at_ms, mood, contact=record.id))
            case CustomerReacted(replies=replies, mood_from=before, mood_to=after) if before != after:
                points.append(MoodPoint(event.seq, event.at_ms, after, replies, record.id))
            case _:
                pass
    return points
