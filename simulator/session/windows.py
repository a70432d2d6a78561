"""Windows: in which of the agent's turns a checkpoint is looked for, and what holds there so far.

The one place for this logic: the customer's reactions (`ends.when`) and the scorecard both ask it, so that they never
disagree. Source: PROTOCOL.md, «Windows».
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from simulator.protocol.catalogue import Checkpoint, Verdict
from simulator.scenario.acts import HANDOVERS
from simulator.scenario.facts import ASKS, is_request
from simulator.scenario.scenario import answer_rule
from simulator.session.events import Mark
from simulator.session.turns import Conversation, Heard, Turn

Turns = tuple[Turn, ...]


def _after(talk: Conversation, line: Heard | None) -> Turns:
    return () if line is None else tuple(turn for turn in talk.to_customer if turn.last_seq > line.seq)


def _from_the_need(talk: Conversation) -> Turns:
    """Where the agent calls, the need is what the agent tells: also the turn that told it."""
    need = talk.first_line("states-need")
    told = [turn for turn in talk.to_customer if need is not None and turn.last_seq < need.seq]
    return (*told[-1:], *_after(talk, need))


def _last_request(talk: Conversation) -> Heard | None:
    requests = [line for line in talk.lines if any(is_request(fact) for fact in line.facts)]
    return requests[-1] if requests else None


def _for_all_to_read(talk: Conversation) -> Turns:
    """What was written publicly, or everything where nothing was."""
    return tuple(turn for turn in talk.to_customer if not turn.private) or talk.to_customer


def _before_hold(talk: Conversation) -> Turns:
    """For each hold or consultation, the turn before it, whatever the customer answered to it; and the one before that
    when the line between them asks for nothing (it only consents: «Sí, claro»). With no hold yet: as if it came now."""
    holds = [seq for seq, _, name in talk.acts_named("hold", "consult")] or [1 << 60]
    chosen: set[int] = set()
    for hold in holds:
        before = [turn for turn in talk.to_customer if turn.last_seq < hold]
        if not before:
            continue
        chosen.add(before[-1].first_seq)
        between = [line for line in talk.lines if line.seq < before[-1].first_seq]
        if len(before) > 1 and between and not any(is_request(fact) for fact in between[-1].facts):
            chosen.add(before[-2].first_seq)
    return tuple(turn for turn in talk.to_customer if turn.first_seq in chosen)


def _after_hold(talk: Conversation) -> Turns:
    """The first turn after each return to the customer."""
    found = []
    for back, _, _ in talk.acts_named("resume", "return"):
        turn = next((turn for turn in talk.to_customer if turn.first_seq > back), None)
        if turn is not None:
            found.append(turn)
    return tuple(found)


def _before_transfer(talk: Conversation) -> Turns:
    transfers = talk.acts_named(*HANDOVERS)
    limit = transfers[-1][0] if transfers else 1 << 60
    return tuple(turn for turn in talk.to_customer if turn.first_seq < limit)


WINDOWS: Mapping[str, Callable[[Conversation], Turns]] = MappingProxyType(
    {
        "first-turn": lambda talk: talk.to_customer[:1],
        "first-public-turn": lambda talk: _for_all_to_read(talk)[:1],
        "first-two-turns": lambda talk: talk.to_customer[:2],
        "first-after-need": lambda talk: _after(talk, talk.first_line("states-need"))[:1],
        "after-need": lambda talk: _after(talk, talk.first_line("states-need")),
        "from-the-need": _from_the_need,
        "after-ask": lambda talk: _after(talk, talk.first_line("must-refuse")),
        "after-name": lambda talk: _after(talk, talk.first_line("gives-name")),
        "before-hold": _before_hold,
        "after-hold": _after_hold,
        # A search begins with the need: a call-back that is agreed before a hold is agreed, too.
        "during-search": lambda talk: _after(talk, talk.first_line("states-need")),
        "before-transfer": _before_transfer,
        "to-colleague": lambda talk: talk.to_colleague,
        "after-offence": lambda talk: _after(talk, talk.first_line("offensive")),
        "anywhere": lambda talk: talk.to_customer,
        "everyone": lambda talk: tuple(turn for turn in talk.turns if turn.to != "side"),
        "closing": lambda talk: _after(talk, _last_request(talk)),
    }
)
"""Window name → the turns of it so far. A name of the catalogue that is not here is a mistake that `check` reports."""


_SAID_WITH_THE_NEED = ("apologise", "show-empathy", "offer-solution")
"""What who calls with bad news says in the same breath."""


def window_of(checkpoint: Checkpoint, *, name_known: bool = False, channel: str = "") -> str:
    """The window's name after the refinements that the catalogue's table makes in words."""
    if checkpoint.id == "polite-refusal":
        return "after-ask"
    if checkpoint.id == "state-channel-purpose":
        return "first-public-turn"  # an account is for all who read it
    if checkpoint.id == "colleague-courtesy" and channel == "colleague":
        return "everyone"  # who calls is a colleague, like who is consulted
    if channel == "outbound" and checkpoint.id in _SAID_WITH_THE_NEED:
        return "from-the-need"
    if checkpoint.window == "after-name" and name_known:
        return "anywhere"
    if checkpoint.window == "anywhere" and checkpoint.to != "customer":
        return "to-colleague" if checkpoint.to == "colleague" else "everyone"
    return checkpoint.window


def turns_of(checkpoint: Checkpoint, talk: Conversation, *, name_known: bool = False) -> Turns:
    """The turns in which the checkpoint is looked for, so far."""
    return WINDOWS[window_of(checkpoint, name_known=name_known, channel=talk.channel)](talk)


def marks_of(checkpoint: Checkpoint, turns: Turns) -> list[tuple[Turn, Mark]]:
    """The checkpoint's mark in each of the turns that carries one."""
    return [(turn, turn.marks[checkpoint.id]) for turn in turns if checkpoint.id in turn.marks]


def after_asking(talk: Conversation, thing: str) -> Turns:
    """The turns in which `asks: THING` can be answered."""
    return _after(talk, talk.first_line(f"{ASKS}{thing}"))


def answered(talk: Conversation, thing: str) -> bool:
    """Whether what a line asked for has an answer that the sheet knows."""
    return any(turn.is_met(answer_rule(thing)) for turn in after_asking(talk, thing))


def verdict_so_far(checkpoint: Checkpoint, talk: Conversation, *, name_known: bool = False) -> Verdict:
    """What holds by the words alone, so far. Acts, timing and *not applicable* from facts are scoring's part."""
    if checkpoint.id == "verify-identity":
        return _identity(talk)
    found = [mark.verdict for _, mark in marks_of(checkpoint, turns_of(checkpoint, talk, name_known=name_known))]
    if checkpoint.id == "offer-help-after-limit" and {Verdict.MET, Verdict.UNCLEAR}.intersection(found):
        found = _only_after_limit(talk)
    if checkpoint.id == "guide-search" and guided_in_steps(talk.to_customer):
        found = [*found, Verdict.MET]
    worst_first = (Verdict.MISSED, Verdict.UNCLEAR, Verdict.MET) if checkpoint.always else (
        Verdict.MET, Verdict.UNCLEAR, Verdict.MISSED,
    )  # fmt: skip
    return next((verdict for verdict in worst_first if verdict in found), Verdict.NOT_APPLICABLE)


def _identity(talk: Conversation) -> Verdict:
    """Once, and before the first account datum; a password asked for is never made good."""
    asked = given = False
    for turn in talk.to_customer:
        mark, datum = turn.marks.get("verify-identity"), turn.marks.get("sheet:account-data")
        if mark is not None and mark.reason == "reply-forbidden":
            return Verdict.MISSED
        given = given or (not asked and datum is not None and datum.verdict == Verdict.MET)
        asked = asked or (not given and mark is not None and mark.verdict == Verdict.MET)
    return Verdict.MET if asked else Verdict.MISSED


def guided_in_steps(turns: Turns) -> Turns:
    """The two turns that guide a search together, or none: the first lacks one thing only (mostly the result, which
    nobody sees yet), and a later one says it."""
    for index, first in enumerate(turns):
        lacks = _lacks(first)
        if lacks is not None and len(lacks) == 1:
            for later in turns[index + 1 :]:
                there = _lacks(later)
                if there is not None and lacks.isdisjoint(there):
                    return first, later
    return ()


def _lacks(turn: Turn) -> frozenset[str] | None:
    """What the turn leaves out of the guidance; None when it says nothing of it, or something that spoils it."""
    mark = turn.marks.get("guide-search")
    return frozenset(mark.missing) if mark is not None and mark.missing else None


def _only_after_limit(talk: Conversation) -> list[str]:
    """The marks of offer-help-after-limit from the first turn on that holds the limit (in the same turn or earlier)."""
    found: list[str] = []
    limit = Verdict.MISSED.value
    for turn in WINDOWS["after-offence"](talk):
        said = turn.marks.get("limit-offensive-language")
        if said is not None and limit != Verdict.MET and said.verdict in (Verdict.MET, Verdict.UNCLEAR):
            limit = said.verdict
        mark = turn.marks.get("offer-help-after-limit")
        if mark is not None:
            found.append(mark.verdict if limit == Verdict.MET or mark.verdict == Verdict.MISSED else limit)
    return found
