"""The log of a contact read as a conversation: who said what when, grouped into the agent's turns.

A turn is all that the agent says until the other party speaks again (PROTOCOL.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Final

from simulator.protocol.catalogue import Verdict
from simulator.session.envelope import Event
from simulator.session.events import (
    AgentActed,
    AgentSpoke,
    ColleagueAnswered,
    ColleagueSpoke,
    ContactOpened,
    CustomerSpoke,
    Mark,
    Party,
    Recognised,
)

_WITHIN_A_TURN = (
    "mute", "unmute", "notes", "dismiss-colleague", "check-equipment", "survey", "triage", "verify", "assign",
    "spell-check", "forward", "follow-up-on", "close", "jump", "register", "follow-up",
)  # fmt: skip
"""Acts that do not end what the agent is saying."""


_SAID_ALL_THE_SAME: Final = frozenset({"reply-weighed-doubtful", "heard-faintly", "heard-another"})
"""Reasons for which a person decides on the mark, though the words are there."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the agent. `start_ms`: when it began (`at_ms` is when it was all said); `voice`, `recognised`: of
    a spoken one, see `AgentSpoke`."""

    seq: int
    at_ms: int
    start_ms: int
    text: str
    overlap_ms: int
    voice: tuple[tuple[str, int], ...] = ()
    recognised: Recognised | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A line of the customer with the facts that its author declared."""

    seq: int
    at_ms: int
    text: str
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Turn:
    """The agent's messages to one party between two lines of the other. `marks`: by checkpoint, for the whole turn.
    `private`: for the customer's eyes alone, where others read along elsewhere."""

    to: Party
    messages: tuple[Message, ...]
    marks: Mapping[str, Mark]
    private: bool = False

    @property
    def first_seq(self) -> int:
        return self.messages[0].seq

    @property
    def last_seq(self) -> int:
        return self.messages[-1].seq

    def is_met(self, rule: str) -> bool:
        """Whether the turn, judged alone, meets the rule."""
        mark = self.marks.get(rule)
        return mark is not None and mark.verdict == Verdict.MET


@dataclass(frozen=True)
class Conversation:
    """What windows and scoring look at. Built from a contact's events; muted messages are not in it. `channel`: the
    contact's."""

    turns: tuple[Turn, ...]
    lines: tuple[Heard, ...]
    acts: tuple[tuple[int, int, str], ...]  # seq, at_ms, name
    channel: str = ""

    @cached_property
    def to_customer(self) -> tuple[Turn, ...]:
        return tuple(turn for turn in self.turns if turn.to == "customer")

    @cached_property
    def to_colleague(self) -> tuple[Turn, ...]:
        return tuple(turn for turn in self.turns if turn.to == "colleague")

    @property
    def in_private(self) -> bool:
        """Whether the agent wrote to the customer in private last."""
        return bool(self.to_customer) and self.to_customer[-1].private

    def first_line(self, fact: str) -> Heard | None:
        """The customer's first line that declares the fact."""
        return next((line for line in self.lines if fact in line.facts), None)

    def acts_named(self, *names: str) -> tuple[tuple[int, int, str], ...]:
        """The acts of these names, in order: seq, at_ms, name."""
        return tuple(act for act in self.acts if act[2] in names)


def verdict_as_heard(mark: Mark) -> str:
    """The verdict for the other party, who weighs no words and hears what is said: what a rule found and only the
    scales or the recogniser leave to a person was said to them."""
    return Verdict.MET.value if mark.reason in _SAID_ALL_THE_SAME else mark.verdict


def as_heard(talk: Conversation) -> Conversation:
    """The conversation as the other party heard it; see `verdict_as_heard`."""
    return replace(talk, turns=tuple(_turn_as_heard(turn) for turn in talk.turns))


def _turn_as_heard(turn: Turn) -> Turn:
    if all(mark.reason not in _SAID_ALL_THE_SAME for mark in turn.marks.values()):
        return turn
    return replace(turn, marks={id: replace(mark, verdict=verdict_as_heard(mark)) for id, mark in turn.marks.items()})


def private_messages(events: Iterable[Event]) -> frozenset[int]:
    """The seqs of all that was written in private: by the agent since they turned there, and by a customer whom they
    wrote to there last."""
    writes: set[str] = set()
    talks: set[str] = set()
    found: set[int] = set()
    for event in events:
        match event.what:
            case AgentActed(name="private"):
                writes.add(event.contact)
            case AgentActed(name="public"):
                writes.discard(event.contact)
            case AgentSpoke():
                (talks.add if event.contact in writes else talks.discard)(event.contact)
                if event.contact in writes:
                    found.add(event.seq)
            case CustomerSpoke() if event.contact in talks:
                found.add(event.seq)
            case _:
                pass
    return frozenset(found)


def conversation(events: Iterable[Event]) -> Conversation:
    """The conversation that a contact's events tell."""
    events = tuple(events)
    private = private_messages(events)
    turns: list[Turn] = []
    lines: list[Heard] = []
    acts: list[tuple[int, int, str]] = []
    open_turn = False
    channel = ""
    for event in events:
        match event.what:
            case AgentSpoke(to=to, text=text, heard=True) as said:
                start_ms = event.at_ms - said.takes_ms
                message = Message(event.seq, event.at_ms, start_ms, text, said.overlap_ms, said.voice, said.recognised)
                marks = MappingProxyType({mark.checkpoint: mark for mark in said.marks})
                if open_turn and turns[-1].to == to:
                    turns[-1] = replace(turns[-1], messages=(*turns[-1].messages, message), marks=marks)
                else:
                    turns.append(Turn(to, (message,), marks, event.seq in private))
                open_turn = True
            case CustomerSpoke(text=text, facts=facts):
                lines.append(Heard(event.seq, event.at_ms, text, frozenset(facts)))
                open_turn = False
            case ColleagueSpoke() | ColleagueAnswered():
                open_turn = False
            case ContactOpened(channel=channel):
                pass
            case AgentActed(name=name):
                acts.append((event.seq, event.at_ms, name))
                open_turn = open_turn and name in _WITHIN_A_TURN
            case _:
                pass
    return Conversation(tuple(turns), tuple(lines), tuple(acts), channel)
