"""What an agent can do on each channel: the words that scripts, conditions and the session's `Act` share.

A channel's own rules (`simulator.session.channels`) say when an act makes sense; here stands that it exists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

NOTES = ("customer", "reason", "solution", "follow-up")
"""The fields of the after-call notes, in the order of the form."""

Acts = Mapping[str, tuple[str, ...]]
"""Act → the names of its arguments, in the order of its form; an act with one is written `act: VALUE`."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a channel adds to the language of scenarios.

    `acts`: all of them; `patient`: those that a script waits for until they make sense (the phone must ring
    first); `awaited`: those that a reply may wait for (`act:`); `ends`: those that the channel itself
    reaches, to which a scenario may give a title, a line and a worth; `required`: what a scenario may list under
    `required`, so that its omission is missed and not *not applicable*; `typed`: None where people speak; else words a
    minute at which the customer's messages come (0: whole, at once), which nobody can interrupt; `reads_ms`: how long
    the customer takes to read before they react: what is sent meanwhile belongs to the same turn; `face_to_face`:
    people hear each other with no telephone between them.
    """

    acts: Acts
    patient: tuple[str, ...]
    awaited: tuple[str, ...]
    ends: tuple[str, ...]
    required: tuple[str, ...]
    typed: int | None = None
    face_to_face: bool = False
    reads_ms: int = 0

    @property
    def written(self) -> bool:
        """Whether people write to each other here."""
        return self.typed is not None

    @property
    def by_telephone(self) -> bool:
        """Whether people speak over a line, which is hung up at the end."""
        return "hang-up" in self.acts


PHONE = Vocabulary(
    acts=MappingProxyType(
        {
            "answer": (), "hold": (), "resume": (), "mute": (), "unmute": (), "complete": (), "return": (),
            "escalate": (), "dismiss-colleague": (), "hang-up": (), "consult": ("area",), "notes": NOTES,
        }
    ),
    patient=("answer", "dismiss-colleague"),
    awaited=("hold", "resume", "return", "mute", "unmute", "escalate", "consult"),
    ends=("hung-up", "unanswered", "transferred", "escalated", "left-on-hold"),
    required=("hold", "transfer", "callback", "escalation", "refusal", "limit", "closing"),
)  # fmt: skip

JUMP = "jump"
"""The act that lets the simulated clock go on at once."""
JUMPS = ("message", "answer", "morning", "end", "next")
"""Where to: the next message; when somebody has read a reply; the next business day; the end of the exercise; in a
shift, to whatever falls due next."""
SPELL_CHECK = "spell-check"
"""Looks at the reply being written. In a script, without a text, at the one that is sent next."""

EMAIL = Vocabulary(
    acts=MappingProxyType(
        {
            "open": (), "triage": ("class",), "verify": (), "assign": ("advisor",), SPELL_CHECK: ("text",),
            "forward": ("body",), "follow-up-on": ("date",), "close": (), JUMP: ("to",), "notes": NOTES,
        }
    ),
    patient=(),
    awaited=("triage", "verify", "assign", "forward", "follow-up-on"),
    ends=("closed", "left-open", "unanswered"),
    required=("refusal", "closing"),
    typed=0,
    reads_ms=7_200_000,
)  # fmt: skip

ANY_FIELD = ("*",)
"""The arguments of an act whose fields a scenario chooses itself (`register`)."""

_HELP_CHAT = MappingProxyType({"answer": (), "close": (), "notes": NOTES})
WEB = Vocabulary(
    acts=MappingProxyType({**_HELP_CHAT, "register": ANY_FIELD, "route-virtual-agent": ()}),
    patient=("answer",),
    awaited=("register", "route-virtual-agent"),
    ends=("closed", "unanswered"),
    required=("refusal", "closing"),
    typed=100,
)
APPS = Vocabulary(
    acts=MappingProxyType({**_HELP_CHAT, "follow-up": ("days", "task")}),
    patient=("answer",),
    awaited=("follow-up",),
    ends=("closed", "unanswered"),
    required=("refusal", "closing"),
    typed=100,
)

OUTBOUND = replace(
    PHONE,
    acts=MappingProxyType(
        {"dial": (), "cancel": (), **{act: args for act, args in PHONE.acts.items() if act != "answer"}}
    ),
    patient=("dial", "dismiss-colleague"),
    ends=("not-called", "no-answer", *(end for end in PHONE.ends if end != "unanswered")),
)
"""Calling somebody: `dial` their number, `cancel` while it rings there; then it is a telephone call like others."""

IN_PERSON = Vocabulary(
    acts=MappingProxyType({"escalate": (), "dismiss-colleague": (), "call-next": (), "notes": NOTES}),
    patient=("dismiss-colleague",),
    awaited=("escalate", "dismiss-colleague"),
    ends=("unattended", "dismissed", "escalated"),
    required=("escalation", "refusal", "closing"),
    face_to_face=True,
)

CHAT = Vocabulary(
    acts=MappingProxyType(
        {
            "check-equipment": (), "accept": (), "hold": (), "resume": (), "transfer": ("area",), "survey": (),
            "close": (), "notes": NOTES,
        }
    ),
    patient=("accept",),
    awaited=("hold", "resume", "survey"),
    ends=("closed", "unanswered", "gave-up", "left-on-hold", "transferred"),
    required=("hold", "transfer", "refusal", "limit", "closing"),
    typed=100,
    reads_ms=2_500,
)  # fmt: skip

SOCIAL = Vocabulary(
    acts=MappingProxyType({"public": (), "private": (), "hide": (), "close": (), "notes": NOTES}),
    patient=(),
    awaited=("hide",),
    ends=("closed", "unanswered", "gave-up"),
    required=("refusal", "limit", "closing"),
    typed=0,
    reads_ms=2_500,
)
"""Comments under a post: `public`, `private` say where the next messages go, `hide` takes the person's comments out of
sight. Nobody sees a comment before it is posted."""

AVAILABLE, AWAY = "available", "away"
AFTER_CALL = "after-call"
"""What an agent is after a contact, until they say otherwise (no act: it comes by itself)."""
REASONS = ("break", "activity", "other")
"""Why an agent is not available: a break, an activity of the agenda, anything else."""
ABANDONED = "abandoned"
"""The end of a contact who gave up in the queue of a shift, before anybody was offered to them."""

SHIFT = Vocabulary(
    acts=MappingProxyType({AVAILABLE: (), AWAY: ("reason",), JUMP: ("to",)}),
    patient=(),
    awaited=(),
    ends=(ABANDONED,),
    required=(),
)
"""What is the agent's, not a contact's: these acts have no contact."""

VOCABULARIES: Mapping[str, Vocabulary] = MappingProxyType(
    {
        "phone": PHONE,
        "outbound": OUTBOUND,
        "colleague": PHONE,
        "in-person": IN_PERSON,
        "chat": CHAT,
        "email": EMAIL,
        "shift": SHIFT,
        "social": SOCIAL,
        "web": WEB,
        "apps": APPS,
    }
)
"""By the channel's name."""

ACTS: Acts = MappingProxyType({act: args for words in VOCABULARIES.values() for act, args in words.acts.items()})
"""The acts of all channels: an act of the same name has the same arguments everywhere."""

TRANSFERS = ("complete", "transfer")
"""The acts after which somebody else goes on with the customer."""
HANDOVERS = (*TRANSFERS, "escalate")
"""The same, and the supervisor."""
BREAKS_OFF = ("hang-up", "close")
"""The acts by which the agent ends the contact."""


def vocabulary_of(channel: str) -> Vocabulary:
    """The vocabulary of a channel; where none is named, the telephone's."""
    return VOCABULARIES.get(channel, PHONE)


def act_names(act: str, args: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """How conditions may name an act that was done: by its word and, where it has one argument, as `word:value`."""
    return (act, f"{act}:{args[0][1]}") if len(args) == 1 else (act,)
