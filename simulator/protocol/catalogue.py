"""The catalogue: what a checkpoint is. The 80 that ship stand in `assets/protocol/checkpoints.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from simulator.language.compiling import Bundle
from simulator.language.lexicon import Lexicon
from simulator.protocol.weighing import Weights
from simulator.source.spans import Span

PHASES = ("opening", "understanding", "waiting", "handling", "email", "closing", "shift")
MARKS = ("text", "action", "timing", "voice")
CHANNELS = ("phone", "outbound", "chat", "email", "social", "in-person", "web", "apps", "colleague")
WINDOWS = (
    "first-turn",
    "first-two-turns",
    "first-after-need",
    "after-need",
    "after-name",
    "before-hold",
    "after-hold",
    "during-search",
    "before-transfer",
    "to-colleague",
    "after-offence",
    "anywhere",
    "closing",
)
REQUIRES = ("account", "foreign", "customer", "area", "website")


class Verdict(StrEnum):
    """The judgement on one checkpoint."""

    MET = "met"
    MISSED = "missed"
    NOT_APPLICABLE = "not-applicable"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A line of the protocol. `title`, `met`, `missed`, `model` are Spanish sentences for the trainee.

    `channels` holds every channel it is asked in; `outbound` is among them wherever `phone` is. `always`: must hold in
    every turn of the window, else once is enough. `requires`: facts of the scenario without which it does not apply.
    """

    id: str
    phase: str
    marks: frozenset[str]
    channels: frozenset[str]
    critical: bool
    window: str
    always: bool
    weight: int
    to: str
    title: str
    met: str
    missed: str
    model: str
    source: str
    requires: frozenset[str] = frozenset()

    @property
    def by_text(self) -> bool:
        """Is it (also) marked from what the agent says or writes?"""
        return "text" in self.marks


@dataclass(frozen=True, slots=True)
class Example:
    """A reply that a rule must judge as said. `given` overrides values of the sample situation."""

    met: bool
    reply: str
    given: Mapping[str, str | tuple[str, ...]]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A compiled rule.

    Met when any of `met`, `met_all`, `at_least` or a positive detector is satisfied and nothing of `forbid` was said;
    a rule with none of these is met unless `forbid` or its detector finds a breach.

    - `unless` cancels a `forbid` or `applies` match that it overlaps; `veto` cancels a match of the positive clauses
      that it overlaps.
    - `too_soon`: the same as `forbid`, for what may be said later on; where a scenario's sheet says what that is
      (`account_data`), the sheet decides instead.
    - `applies`: if nothing of it was said, not applicable; `exempt`: if something of it was said, not applicable;
      `occasion`: the same as `applies`, looked for in what the other party said last.
    - `answered`: an element of `met_all` that need not be said when what the other party said last holds one of these.
    - `negation`: whether words denied («no le voy a …») count as not said, in `met`, `met_all`, `at_least`, `forbid`.
    """

    id: str
    lexicon: Lexicon
    met: Bundle | None = None
    met_all: tuple[tuple[str, Bundle], ...] = ()
    count: int = 0
    at_least: Bundle | None = None
    forbid: Bundle | None = None
    too_soon: Bundle | None = None
    unless: Bundle | None = None
    veto: Bundle | None = None
    applies: Bundle | None = None
    exempt: Bundle | None = None
    occasion: Bundle | None = None
    answered: tuple[tuple[str, Bundle], ...] = ()
    order: bool = False
    detector: str = ""
    negation: bool = True
    examples: tuple[Example, ...] = ()
    model: str = ""
    weights: Weights | None = None
    """The scales that have the last word, where they hold this checkpoint. A scenario's own rules have none."""
    critical: bool = False
    """Of what is on the scales: whether missing it fails the attempt. Then a doubt is for a person."""
    span: Span

    @property
    def positive(self) -> bool:
        """Does the rule say what must be said (and not only what must not)?"""
        return bool(self.met or self.met_all or self.at_least)

    @property
    def forbidding(self) -> bool:
        """Does the rule say only what must not be said? Its proof is then the breach; to keep to it needs none."""
        return not self.positive and self.detector != "time-of-day"
