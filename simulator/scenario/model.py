"""The scenario as its author writes it: the shape that the JSON Schema publishes and the loader validates.

All scalars arrive as text (`simulator.source` keeps YAML's spelling); numbers and truth values are converted here.
Seconds are whole seconds, moods 0 (furious) to 100 (delighted), rates words a minute.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.scenario.acts import vocabulary_of
from simulator.scenario.calendar import Calendar
from simulator.scenario.moves import Move, read_move
from simulator.scenario.sections.apps import App
from simulator.scenario.sections.chat import Chat
from simulator.scenario.sections.email import Inbox, Letter
from simulator.scenario.sections.in_person import Counter
from simulator.scenario.sections.outbound import Outbound
from simulator.scenario.sections.social import Commenter, Wall
from simulator.scenario.sections.web import Site
from simulator.scenario.values import Day, Days, Facts, Id, Ids, Model, Mood, Names, Seconds, Text, Truth

_COMPARISON = re.compile(r"^\s*(>=|<=|==|=|>|<)?\s*(-?\d+)\s*$")
_CLOCK = re.compile(r"^([01]?\d|2[0-3]):([0-5]\d)$")


class Comparison(Model):
    """`">= 50"`, `"< 3"`, `"2"`: a comparison with a whole number."""

    op: Literal[">=", "<=", "==", ">", "<"]
    number: int

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: object) -> object:
        if isinstance(value, (str, int)):
            found = _COMPARISON.match(str(value))
            if found is None:
                raise PydanticCustomError("comparison", "not a comparison", {"text": str(value)})
            op = found.group(1) or "=="
            return {"op": "==" if op == "=" else op, "number": int(found.group(2))}
        return value

    def holds(self, value: int) -> bool:
        """Whether `value` compares as written."""
        match self.op:
            case ">=":
                return value >= self.number
            case "<=":
                return value <= self.number
            case ">":
                return value > self.number
            case "<":
                return value < self.number
            case "==":
                return value == self.number


class Line(Model):
    """One thing that the customer or a colleague may say. The id keys recorded audio and old results. `mild`: what is
    said instead to a trainee who asked for milder language; facts and moods stay."""

    id: Id
    say: Text
    mild: Text | None = None
    facts: Facts = ()


class Condition(Model):
    """What must be so, all of it. `met` and `unmet` look at the log so far, with the checkpoint's window applied;
    `answered` and `unanswered` whether what was asked for (`asks: THING`) has its answer (the sheet's `answers`);
    `private` whether the two talk in private, that is, where the agent wrote last (social network)."""

    mood: Comparison | None = None
    met: Ids = ()
    unmet: Ids = ()
    heard: Facts = ()
    unheard: Facts = ()
    answered: Ids = ()
    unanswered: Ids = ()
    replied: Names = ()
    done: Names = ()
    undone: Names = ()
    visits: Comparison | None = None
    turns: Comparison | None = None
    difficulty: Comparison | None = None
    private: Truth | None = None


class Reply(Model):
    """How the customer takes something that the agent said, did or left unsaid.

    Conditions of one reply must all hold. The first reply of the step that matches and names `go`, or that says
    something, decides what happens; the mood changes of all that match add up.
    """

    id: Id
    met: Ids = ()
    not_: Ids = Field(default=(), alias="not")
    missed: Ids = ()
    says: Names = ()
    unsaid: Names = ()
    act: Names = ()
    silent: Seconds | None = None
    held: Seconds | None = None
    keeps_floor: Seconds | None = None
    interrupted: Truth = False
    when: Condition | None = None
    otherwise: Id | None = None
    once: Truth = False
    mood: Annotated[int, Field(ge=-100, le=100)] = 0
    say: tuple[Line, ...] = ()
    facts: Facts = ()
    go: Id | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_say(cls, value: object) -> object:
        """`say: "…"` is one line whose id is the reply's own."""
        if isinstance(value, Mapping) and isinstance(value.get("say"), str):
            return {**value, "say": [{"id": value.get("id"), "say": value["say"]}]}
        return value

    @model_validator(mode="after")
    def _one_trigger(self) -> "Reply":
        families = [
            self.silent is not None,
            self.held is not None,
            self.keeps_floor is not None,
            bool(self.act),
            self.speaks,
            self.interrupted,
        ]
        if sum(families) > 1:
            raise PydanticCustomError("mixed-triggers", "mixed triggers", {"id": self.id})
        if self.otherwise is not None and (self.go is not None or any(families)):
            raise PydanticCustomError("mixed-otherwise", "otherwise with conditions", {"id": self.id})
        if sum(families) == 0 and self.otherwise is None and self.when is None:
            raise PydanticCustomError("no-trigger", "no trigger", {"id": self.id})
        return self

    @property
    def is_timed(self) -> bool:
        """Whether a clock triggers it: silence, a hold, or an agent who keeps the floor."""
        return self.silent is not None or self.held is not None or self.keeps_floor is not None

    @property
    def speaks(self) -> bool:
        """Whether the reply looks at the words of the turn."""
        return bool(self.met or self.not_ or self.missed or self.says or self.unsaid)

    @property
    def target(self) -> str | None:
        """The step or end that this reply leads to, if it leads anywhere."""
        return self.go if self.otherwise is None else self.otherwise


class Step(Model):
    """A moment of the contact: what the customer says on entering it, and how they take the answer. `as`: the name of
    whoever is on the line meanwhile, where it is not the customer (one of `people`). `screen`: what they have in front
    from then on (`site`, `app`); without it, what they had before."""

    speaker: Text | None = Field(default=None, alias="as")
    screen: Id | None = None
    customer: tuple[Line, ...] = ()
    replies: tuple[Reply, ...] = ()
    expects: Ids = ()
    hint: Text | None = None


class End(Model):
    """A way the contact may end. Checked after each turn, in the order written, when it has a `when`."""

    when: Condition | None = None
    good: Truth = False
    title: Text | None = None
    say: tuple[Line, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _short_say(cls, value: object) -> object:
        """`say: "…"` is one line without an id of its own; the loader names it after the end."""
        if isinstance(value, Mapping) and isinstance(value.get("say"), str):
            return {**value, "say": [{"id": "end-line", "say": value["say"]}]}
        return value


class Company(Model):
    name: Text
    aliases: Names = ()
    website: str | None = None
    areas: Names = ()
    products: Names = ()


class VoiceWish(Model):
    """How a person should sound. `accent` is an espeak language (es, es-419) or, foreign, the mother tongue (en-us);
    `manner` colours the voice beside the mood; `pitch` makes it higher or lower than others of the gender."""

    gender: Literal["female", "male"] = "female"
    accent: str = "es-419"
    rate: Annotated[int, Field(ge=80, le=300)] = 170
    manner: Literal["plain", "sad", "anxious", "elderly"] = "plain"
    pitch: Annotated[int, Field(ge=-20, le=20)] = 0


class Customer(Model):
    """Who calls. `known`: the desk shows the name before it is said. `profile`: what the briefing tells of them.
    `line`: how well they are heard; otherwise the attempt's difficulty decides. `area`: of a colleague who calls."""

    name: Text
    voice: VoiceWish = VoiceWish()
    mood: Mood = 50
    foreign: Truth = False
    line: Literal["clear", "ordinary", "noisy", "mobile"] | None = None
    known: Truth = False
    area: str | None = None
    profile: Text | None = None


class Person(Model):
    """Somebody else who may be on the line instead of the customer: a secretary, a relative."""

    name: Text
    voice: VoiceWish = VoiceWish()


class Colleague(Model):
    """Who answers when their area is consulted. `answers_after` counts from the consultation."""

    name: Text
    area: Text
    voice: VoiceWish = VoiceWish()
    answers_after: Seconds = 4
    steps: dict[Id, Step] = Field(min_length=1)


class ChatLine(Model):
    """A message of the colleague who distracts the agent before the call. `at`: seconds from the start."""

    at: Annotated[int, Field(ge=0, le=120)]
    say: Text


class SideConversation(Model):
    """`from_difficulty`: the colleague talks only at this difficulty or above."""

    colleague: Text
    from_difficulty: Annotated[int, Field(ge=1, le=5)] = 1
    lines: tuple[ChatLine, ...] = Field(min_length=1)


class Phone(Model):
    """`rings_after`: seconds before the first ring; `gives_up_after`: rings that the caller waits."""

    rings_after: Annotated[int, Field(ge=0, le=120)] = 2
    gives_up_after: Annotated[int, Field(ge=3, le=20)] = 7
    hold_patience: Seconds = 180


class Card(Model):
    """An entry of the knowledge panel, plain text."""

    id: Id
    title: Text
    body: Text


class Sheet(Model):
    """What may and may not be promised, in patterns of the phrase language.

    `forbid`: a phrase of it is a dishonest answer, `unless` it is one of these; `account_data`: a phrase that gives
    account data away, after which it is too late to verify identity; `announces_end`: the agent says that the call
    will be ended (abuse); `reason`, `solutions`: what the after-call notes must name; `answers`: what answers each
    THING that a line asks for (`asks: THING`), so that every request can get an answer of its own.
    """

    forbid: Names = ()
    unless: Names = ()
    account_data: Names = ()
    announces_end: Names = ()
    reason: Names = ()
    solutions: Names = ()
    answers: dict[Id, Names] = Field(default_factory=dict)


class Bounds(Model):
    """What a spoken reply is measured against (speak-slowly, speak-clearly, moderate-tone).

    `wpm`: words a minute at most (PROTOCOL.md). `snr`: least signal-to-noise ratio, dB. `quietest`: least level, dBFS.
    `clipped`: most samples at full scale, per mille. `fading`: how much the end of a line may be softer, dB. `pause`:
    longest pause inside a reply, seconds. `louder`, `softer`: how far a reply's level may lie above or below the
    speaker's usual one, dB: «loud» speech is 12.5 dB and «shouted» 20 dB above «normal» (ANSI S3.5-1997), a whisper
    some 15 dB below. `swing`: most swing of the level inside a reply, dB.
    """

    wpm: Annotated[int, Field(ge=60, le=260)] = 140
    snr: Annotated[int, Field(ge=0, le=60)] = 12
    quietest: Annotated[int, Field(ge=-80, le=0)] = -45
    clipped: Annotated[int, Field(ge=0, le=1000)] = 10
    fading: Annotated[int, Field(ge=3, le=60)] = 18
    pause: Annotated[int, Field(ge=1, le=30)] = 4
    louder: Annotated[int, Field(ge=3, le=40)] = 12
    softer: Annotated[int, Field(ge=3, le=40)] = 15
    swing: Annotated[int, Field(ge=10, le=60)] = 35


class CheckpointUse(Model):
    """What a scenario says of one checkpoint: its weight, or that it drops it, or a rule of its own."""

    weight: Annotated[int, Field(ge=1, le=10)] | None = None
    drop: Truth = False
    met: Any = None
    met_all: Any = None
    answered: Any = None
    at_least: Any = None
    forbid: Any = None
    too_soon: Any = None
    unless: Any = None
    veto: Any = None
    order: Any = None
    negation: Any = None
    applies: Any = None
    exempt: Any = None
    occasion: Any = None
    detector: Any = None
    examples: Any = None
    model: Text | None = None


RULE_KEYS = (
    "met", "met_all", "answered", "at_least", "forbid", "too_soon", "unless", "veto", "order", "negation", "applies",
    "exempt", "occasion", "detector", "examples", "model",
)  # fmt: skip
"""The keys of a `CheckpointUse` that make a rule of the scenario's own."""


class Expectation(Model):
    """What a test of the scenario must give, for each of its seeds. `missed`, `unclear` are exact sets when written."""

    score: Comparison | None = None
    result: Literal["passed", "failed", "pending", "incomplete", "not-scored"] | None = None
    end: Id | None = None
    ends: dict[Id, Id] = Field(default_factory=dict)
    mood: Comparison | None = None
    met: Ids = ()
    missed: Ids | None = None
    unclear: Ids | None = None
    not_applicable: Ids = Field(default=(), alias="not-applicable")


class ScenarioTest(Model):
    name: Text
    do: tuple[Annotated[Move, BeforeValidator(read_move)], ...] = Field(min_length=1)
    expect: Expectation


def _protocol_entries(value: object) -> object:
    """A list of `id` and `id: {…}` becomes a mapping; the order of the catalogue, not of the list, is kept later."""
    if not isinstance(value, (list, tuple)):
        return value
    entries: dict[str, object] = {}
    for item in value:
        if isinstance(item, str):
            entries[item] = {}
        elif isinstance(item, Mapping):
            entries.update({key: {} if use in (None, "") else use for key, use in item.items()})
        else:
            raise PydanticCustomError("protocol-entry", "neither an id nor a mapping", {})
    return entries


Protocol = Annotated[dict[Id, CheckpointUse], BeforeValidator(_protocol_entries)]


class FurtherContact(Model):
    """Another customer of the same attempt (a second chat, the next message of an inbox), who comes `arrives` seconds
    after the beginning (a letter: when it is `received`). What is not written here is as the file says; `protocol`
    gives checkpoints of the file a rule of this contact's own, or drops them for it."""

    arrives: Annotated[int, Field(ge=0, le=1800)] = 0
    customer: Customer
    chat: Chat = Chat()
    counter: Counter = Counter()
    outbound: Outbound | None = None
    letter: Letter | None = None
    commenter: Commenter | None = None
    account: str | None = None
    call_reason: str | None = None
    transfer_reason: str | None = None
    sheet: Sheet = Sheet()
    protocol: Protocol = Field(default_factory=dict)
    steps: dict[Id, Step] = Field(min_length=1)
    reactions: tuple[Reply, ...] = ()
    ends: dict[Id, End] = Field(min_length=1)


class ScenarioDocument(Model):
    """A whole scenario file."""

    scenario: Id
    title: Text
    summary: Text | None = None
    minutes: Annotated[int, Field(ge=1, le=60)] = 6
    channel: Literal["phone", "outbound", "chat", "email", "social", "in-person", "web", "apps", "colleague"]
    difficulty: Annotated[int, Field(ge=1, le=5)] = 2
    clock: str = "10:00"
    date: Day | None = None
    holidays: Days = ()
    country: Literal["CO", "MX", "ES", "AR", "PE", "CL", "EC", "VE", "DO"] = "CO"
    treatment: Literal["usted", "tú", "vos"] = "usted"
    company: Company
    agent: Text
    supervisor: Text | None = None
    account: Text | None = None
    call_reason: Text | None = None
    transfer_reason: Text | None = None
    pass_mark: Annotated[int, Field(ge=1, le=100)] = 80
    word_limit: Annotated[int, Field(ge=5, le=300)] = 60
    briefing: Text
    knowledge: tuple[Card, ...] = ()
    sheet: Sheet = Sheet()
    customer: Customer
    phone: Phone = Phone()
    inbox: Inbox | None = None
    letter: Letter | None = None
    social: Wall | None = None
    commenter: Commenter | None = None
    site: Site = Site()
    app: App = App()
    outbound: Outbound | None = None
    people: tuple[Person, ...] = ()
    counter: Counter = Counter()
    chat: Chat = Chat()
    bounds: Bounds = Bounds()
    review_heard: Truth = True
    underline_spelling: Truth = True
    side_conversation: SideConversation | None = None
    colleagues: tuple[Colleague, ...] = ()
    protocol: Protocol = Field(default_factory=dict)
    required: Names = ()
    steps: dict[Id, Step] = Field(min_length=1)
    reactions: tuple[Reply, ...] = ()
    ends: dict[Id, End] = Field(min_length=1)
    contacts: dict[Id, FurtherContact] = Field(default_factory=dict)
    tests: tuple[ScenarioTest, ...] = ()

    @model_validator(mode="after")
    def _clock_is_an_hour(self) -> "ScenarioDocument":
        if _CLOCK.match(self.clock) is None:
            raise PydanticCustomError("clock", "not an hour", {"text": self.clock})
        return self

    def as_of(self, contact: str) -> "ScenarioDocument":
        """The document as one of `contacts` has it."""
        own = self.contacts[contact]
        written = {name: getattr(own, name) for name in own.model_fields_set if name != "arrives"}
        written |= {
            "chat": self.chat.patched(own.chat),
            "letter": own.letter,
            "commenter": own.commenter,
            "protocol": {**self.protocol, **own.protocol},
        }
        if "sheet" not in written:  # what answers a request is each contact's own
            written["sheet"] = self.sheet.model_copy(update={"answers": {}})
        # The colleague across the desk chats once, whoever comes first.
        return self.model_copy(update={**written, "contacts": {}, "tests": (), "side_conversation": None})

    @property
    def written(self) -> bool:
        """Whether people write to each other on this channel."""
        return vocabulary_of(self.channel).written

    @property
    def other_customers(self) -> dict[str, str]:
        """The names of the customers of further contacts, by contact."""
        return {id: contact.customer.name for id, contact in self.contacts.items()}

    @property
    def calendar(self) -> Calendar:
        """Which days are business days."""
        return Calendar(frozenset(self.holidays))

    def moment(self, ms: int) -> datetime:
        """The simulated date and hour `ms` after the start. Of a scenario without a `date`, only the hour means
        something."""
        begins = datetime.combine(self.date or date.min, time())
        return begins + timedelta(minutes=self.clock_minutes, milliseconds=ms)

    def since_start(self, moment: datetime) -> int:
        """The simulated milliseconds from the start to a moment; below zero before it."""
        return (moment - self.moment(0)) // timedelta(milliseconds=1)

    def arrives_ms(self, contact: str) -> int:
        """When one of `contacts` comes, in simulated milliseconds from the start."""
        own = self.contacts[contact]
        return own.arrives * 1000 if own.letter is None else self.since_start(own.letter.received)

    @property
    def clock_minutes(self) -> int:
        """The simulated time of day at the start, in minutes since midnight."""
        hours, minutes = self.clock.split(":")
        return int(hours) * 60 + int(minutes)

    def voice_of(self, speaker: str) -> VoiceWish:
        """How somebody on the line sounds: one of `people`, or the customer."""
        return next((person.voice for person in self.people if person.name == speaker), self.customer.voice)

    def colleague_of(self, area: str) -> Colleague | None:
        """Who answers for an area, if anybody does."""
        return next((c for c in self.colleagues if c.area == area), None)
