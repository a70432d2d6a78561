"""What people say about a submitted attempt, read from its statements: other verdicts, comments, disputes and their
outcome, scorings under newer rules. Pure.

What a reviewer says counts when the key is vouched for here and is not the one that sealed the attempt: no desk reviews
itself. The desk that sealed it may speak for its trainee, who disputes, and score anew, as it scored at first.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Protocol

from simulator.protocol.catalogue import Verdict
from simulator.records.signing import Signer
from simulator.records.statements import Statement, signed_at
from simulator.records.values import SUBMITTED

DISPUTE_DAYS: Final = 14
"""For so long after handing an attempt over its trainee may dispute a verdict."""
LONGEST: Final = 2_000
"""Characters of a reason or a comment."""

OVERRIDDEN: Final = "overridden"
COMMENTED: Final = "commented"
DISPUTED: Final = "disputed"
SETTLED: Final = "settled"
REVIEWED: Final = "reviewed"
RESCORED: Final = "rescored"

_BY: Final[Mapping[str, type]] = {"name": str, "role": str}
FORM: Final[Mapping[str, Mapping[str, type | tuple[type, ...]]]] = {
    OVERRIDDEN: {"place": int, "checkpoint": str, "verdict": str, "reason": str, **_BY},
    COMMENTED: {"seq": int, "text": str, **_BY},
    DISPUTED: {"place": int, "checkpoint": str, "reason": str},
    SETTLED: {"place": int, "checkpoint": str, "upheld": bool, "verdict": str, "reason": str, **_BY},
    REVIEWED: _BY,
    RESCORED: {"protocol_hash": str, "card": str, "score": (int, type(None)), "result": str, **_BY},
}
"""What a statement of each kind says, besides what all say."""

DECIDED: Final = (Verdict.MET.value, Verdict.MISSED.value, Verdict.NOT_APPLICABLE.value)
"""The verdicts that a person may give."""


class Speaker(Protocol):
    """Who reviews: the name and role that are signed, and the key that signs."""

    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def signer(self) -> Signer: ...


@dataclass(frozen=True, slots=True)
class By:
    """A speaker. Without a name: the desk itself, for what no person decides (a new scoring)."""

    signer: Signer
    name: str = ""
    role: str = ""


class Dispute(StrEnum):
    """Where an attempt stands: the worst of its verdicts' disputes, open ones first."""

    NONE = "none"
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict that a person gave in place of the program's. `settles`: it is how a dispute ended."""

    verdict: str
    reason: str
    name: str
    role: str
    at: datetime
    settles: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """On the event `seq` of the log."""

    seq: int
    text: str
    name: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a dispute was settled."""

    upheld: bool
    reason: str
    name: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Objection:
    """The trainee does not agree with a verdict. `outcome` None: nobody has decided yet."""

    reason: str
    at: datetime
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Rescoring:
    """A scoring under another protocol. `card`: the digest of its scorecard."""

    protocol_hash: str
    card: str
    score: int | None
    result: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """All of it. `rulings`, `objections`: by place on the card. `until`: the last moment to dispute a verdict, None
    while the attempt is practice. `unknown`: keys that reviewed and that nobody here has vouched for."""

    until: datetime | None = None
    rulings: Mapping[int, Ruling] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    objections: Mapping[int, Objection] = field(default_factory=dict)
    rescored: tuple[Rescoring, ...] = ()
    reviewed: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def verdicts(self) -> dict[int, str]:
        """The human verdicts by place."""
        return {place: ruling.verdict for place, ruling in self.rulings.items()}

    @property
    def dispute(self) -> Dispute:
        """Where the disputes stand, together."""
        outcomes = [objection.outcome for objection in self.objections.values()]
        if not outcomes:
            return Dispute.NONE
        if None in outcomes:
            return Dispute.OPEN
        upheld = any(outcome is not None and outcome.upheld for outcome in outcomes)
        return Dispute.UPHELD if upheld else Dispute.REJECTED


def well_formed(kind: str, body: Mapping[str, Any]) -> bool:
    """Whether a statement says what its kind has to say; True for kinds that are no review."""
    form = FORM.get(kind, {})
    if not all(isinstance(body.get(name), kinds) for name, kinds in form.items()):
        return False
    places = [body[name] for name, kinds in form.items() if kinds is int]
    counted = all(not isinstance(place, bool) and place >= 0 for place in places)
    changes = kind == OVERRIDDEN or (kind == SETTLED and body["upheld"])
    return counted and (body["verdict"] in DECIDED if changes else body.get("verdict", "") in ("", *Verdict))


def signed_cards(said: Sequence[Statement]) -> list[str]:
    """The digests of the scorecards that are signed: the seal's, then those of later scorings."""
    sealed: list[str] = said[0].body["cards"] if said else []
    return list(dict.fromkeys((*sealed, *(str(one.body["card"]) for one in said if one.kind == RESCORED))))


def reviewed(said: Sequence[Statement], checkpoints: Sequence[str], *, exam: bool, trusted: Collection[str]) -> Review:
    """The review of an attempt. `said`: its statements in their order; `checkpoints`: the ids of its card, in order;
    `trusted`: the keys that are vouched for."""
    if not said:
        return Review()
    handed = next((signed_at(one.text) for one in said if one.kind == SUBMITTED), None)
    if handed is None and exam:
        handed = signed_at(said[0].text)
    until = None if handed is None else handed + timedelta(days=DISPUTE_DAYS)
    reader = _Reader(checkpoints, until)
    unknown: dict[str, None] = {}
    for one in said:
        if one.kind not in FORM:
            continue
        if one.key == said[0].key:
            counts = one.kind in (DISPUTED, RESCORED)
        else:
            counts = one.key in trusted
            unknown.update({} if counts else {one.key: None})
        if counts:
            reader.read(one.kind, one.body, signed_at(one.text))
    return Review(
        until,
        reader.rulings,
        tuple(reader.comments),
        reader.objections,
        tuple(reader.rescored),
        reader.reviewed,
        tuple(unknown),
    )


class _Reader:
    def __init__(self, checkpoints: Sequence[str], until: datetime | None) -> None:
        self._checkpoints = checkpoints
        self._until = until
        self.rulings: dict[int, Ruling] = {}
        self.comments: list[Comment] = []
        self.objections: dict[int, Objection] = {}
        self.rescored: list[Rescoring] = []
        self.reviewed = False

    def read(self, kind: str, body: Mapping[str, Any], at: datetime) -> None:
        """One statement."""
        if not well_formed(kind, body) or ("place" in body and not self._is_there(body)):
            return
        if kind == OVERRIDDEN:
            self.rulings[body["place"]] = Ruling(body["verdict"], body["reason"], body["name"], body["role"], at)
        elif kind == COMMENTED:
            self.comments.append(Comment(body["seq"], body["text"], body["name"], body["role"], at))
        elif kind == DISPUTED:
            if self._until is not None and at <= self._until:
                self.objections.setdefault(body["place"], Objection(body["reason"], at))
        elif kind == SETTLED:
            self._settle(body, at)
        elif kind == REVIEWED:
            self.reviewed = True
        elif kind == RESCORED:
            self.rescored.append(Rescoring(body["protocol_hash"], body["card"], body["score"], body["result"], at))

    def _is_there(self, body: Mapping[str, Any]) -> bool:
        place = body["place"]
        return bool(place < len(self._checkpoints) and self._checkpoints[place] == body["checkpoint"])

    def _settle(self, body: Mapping[str, Any], at: datetime) -> None:
        """The first decision settles a dispute; whoever thinks otherwise later overrides the verdict."""
        objection = self.objections.get(body["place"])
        if objection is None or objection.outcome is not None:
            return
        by = (body["name"], body["role"], at)
        outcome = Outcome(body["upheld"], body["reason"], *by)
        self.objections[body["place"]] = Objection(objection.reason, objection.at, outcome)
        if body["upheld"]:
            self.rulings[body["place"]] = Ruling(body["verdict"], body["reason"], *by, settles=True)
