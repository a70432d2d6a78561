"""Checkpoints that the measured voice decides: pace, clearness, tone. Acoustics only; typed words are not measured.

Nothing is inferred about the person: pace, level and noise are marked as what they are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scenario.model import Bounds
from simulator.scoring.card import Evidence
from simulator.scoring.record import Judgement, Record
from simulator.scoring.voice import mean_over_time
from simulator.session.events import AgentSpoke

PAUSE_AFTER_WORDS = 30
"""A reply of so many words without any pause has none between its sentences (speak-slowly): plain sentences have 15
words at most (PROTOCOL.md, plain-language), so these are two."""
BRIEF_MS = 700
"""Shorter messages («sí», «claro») have too few frames for a level of their own."""
_THIRD = 3
"""A call is unclear when more than one part in so many of the speaking time is outside the bounds."""
LEAST_CONFIDENCE = 60
"""Mean confidence of the recogniser over the call below which nobody can say that it was clear; it never makes a
verdict *missed* (PROTOCOL.md, speak-clearly)."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """A spoken message: its seq, length (ms), text, how many words were spoken, measures."""

    seq: int
    ms: int
    text: str
    words: int
    voice: Mapping[str, int]


def _spoken(record: Record) -> list[_Measured]:
    """What was spoken into an open microphone to somebody on the line, and measured."""
    return [
        _Measured(event.seq, said.takes_ms, said.text, len(_spoken_text(said).split()), dict(said.voice))
        for event, said in record.spoken
        if said.heard and said.to != "side" and is_measured(said)
    ]


def _spoken_text(said: AgentSpoke) -> str:
    """What was spoken of a message; the rest may have been typed."""
    return said.text if said.recognised is None else said.recognised.text


def is_measured(said: AgentSpoke) -> bool:
    """Whether the message was spoken and something was measured of it."""
    return any(name in dict(said.voice) for name in ("wpm", "dbfs", "snr", "swing"))


def judge_slowly(record: Record, _: Checkpoint) -> Judgement:
    """Words a minute over the attempt, weighted by how long each message took, and pauses between sentences."""
    limit = record.scenario.doc.bounds.wpm
    measured = [said for said in _spoken(record) if "wpm" in said.voice and said.ms > 0]
    wpm = mean_over_time((said.voice["wpm"], said.ms) for said in measured)
    if wpm is None:
        return Judgement(Verdict.NOT_APPLICABLE, "na-typed")
    args = (("limit", str(limit)), ("wpm", str(wpm)))
    if wpm > limit:
        fastest = sorted(measured, key=lambda said: -said.voice["wpm"])[:3]
        guilty = [said for said in fastest if said.voice["wpm"] > limit]
        return Judgement(Verdict.MISSED, "slowly-missed", _quotes(record, guilty), "voice", args)
    breathless = [
        said for said in measured
        if said.voice.get("pauses", 1) == 0 and said.words >= PAUSE_AFTER_WORDS
    ]  # fmt: skip
    if breathless:
        return Judgement(Verdict.MISSED, "slowly-breathless", _quotes(record, breathless), "voice", args)
    return Judgement(Verdict.MET, "slowly-met", rule="voice", args=args)


def judge_clearly(record: Record, _: Checkpoint) -> Judgement:
    """Level, noise, clipping and line ends inside the bounds for most of what was said."""
    bounds = record.scenario.doc.bounds
    measured = [said for said in _spoken(record) if said.ms >= BRIEF_MS]
    found = [(said, reason) for said in measured if (reason := _unclear_by(said.voice, bounds)) is not None]
    total = sum(said.ms for said in measured)
    if not any(name in said.voice for said in measured for name in ("dbfs", "snr")):
        return Judgement(Verdict.NOT_APPLICABLE, "na-typed")
    if _THIRD * sum(said.ms for said, _ in found) > total:
        spoilt_ms = Counter[str]()
        for said, (why, _args) in found:
            spoilt_ms[why] += said.ms
        code = max(spoilt_ms, key=spoilt_ms.__getitem__)  # of equals the first, in every run
        guilty = [(said, args) for said, (why, args) in found if why == code]
        quotes = _quotes(record, [said for said, _ in guilty[:3]])
        return Judgement(Verdict.MISSED, code, quotes, "voice", guilty[0][1])
    sure = mean_over_time((said.voice["confidence"], said.ms) for said in measured if "confidence" in said.voice)
    if sure is not None and sure < LEAST_CONFIDENCE:
        args = (("confidence", str(sure)),)
        return Judgement(Verdict.UNCLEAR, "clearly-unsure", _quotes(record, measured[:1]), "voice", args)
    return Judgement(Verdict.MET, "clearly-met", rule="voice")


def _unclear_by(voice: Mapping[str, int], bounds: Bounds) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """Why a message is hard to hear: a reason and its values, or None."""
    if voice.get("dbfs", 0) < bounds.quietest:
        return "clearly-quiet", (("level", str(voice["dbfs"])), ("limit", str(bounds.quietest)))
    if voice.get("clipped", 0) > bounds.clipped:
        return "clearly-clipped", ()
    if voice.get("snr", 99) < bounds.snr:
        return "clearly-noisy", (("limit", str(bounds.snr)), ("snr", str(voice["snr"])))
    if voice.get("tail", 0) < -bounds.fading:
        return "clearly-fading", (("limit", str(bounds.fading)), ("tail", str(-voice["tail"])))
    if voice.get("longest_pause_ms", 0) > bounds.pause * 1000:
        return "clearly-halting", (("limit", str(bounds.pause)),)
    return None


def judge_tone(record: Record, _: Checkpoint) -> Judgement:
    """No shouting and no whisper: the level of each message beside the speaker's usual one, and its swings.

    The usual level is the one of the microphone check; without one, the middle level of the call.
    """
    bounds = record.scenario.doc.bounds
    measured = [said for said in _spoken(record) if "dbfs" in said.voice and said.ms >= BRIEF_MS]
    if not measured:
        return Judgement(Verdict.NOT_APPLICABLE, "na-typed")
    levels = sorted(said.voice["dbfs"] for said in measured)
    usual = measured[-1].voice.get("usual_dbfs", levels[len(levels) // 2])
    rules: tuple[tuple[str, Callable[[_Measured], bool], int], ...] = (
        ("tone-loud", lambda said: said.voice["dbfs"] - usual > bounds.louder, bounds.louder),
        ("tone-soft", lambda said: usual - said.voice["dbfs"] > bounds.softer, bounds.softer),
        ("tone-swings", lambda said: said.voice.get("swing", 0) > bounds.swing, bounds.swing),
    )
    for reason, breaks, limit in rules:
        guilty = [said for said in measured if breaks(said)]
        if guilty:
            return Judgement(Verdict.MISSED, reason, _quotes(record, guilty), "voice", (("limit", str(limit)),))
    return Judgement(Verdict.MET, "tone-met", rule="voice")


def _quotes(record: Record, measured: Iterable[_Measured]) -> tuple[Evidence, ...]:
    return tuple(record.quote(said.seq, 0, len(said.text)) for said in measured)
