"""The moves of a script (`play --script`, a scenario's `tests`): what an agent says and does, in order.

A move is written as a word (`answer`, `hang-up`) or as a mapping with one key (`say: TEXT`, `wait: 20`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from simulator.scenario.acts import ACTS, ANY_FIELD, SPELL_CHECK


@dataclass(frozen=True, slots=True)
class Speak:
    """The agent speaks or sends.

    `takes_ms`: how long it takes to say; `interrupt`: does not wait for the customer's line to end; `voice`: measures
    as whole numbers (`VOICE`), empty when typed; `to_colleague`: to
    the consulted colleague, or to the one across the desk when nobody is consulted.
    """

    text: str
    takes_ms: int = 0
    interrupt: bool = False
    voice: tuple[tuple[str, int], ...] = ()
    to_colleague: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is done for a while."""

    ms: int


@dataclass(frozen=True, slots=True)
class Do:
    """An act of the channel, with its arguments: `hold`, `consult: AREA`, `notes: {…}`."""

    name: str
    args: tuple[tuple[str, str], ...] = ()
    interrupt: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """The agent turns to a contact (its id, `c1` is the file's own): what follows is said and done there."""

    contact: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The trainee leaves the exercise without penalty: it is not scored."""


Move = Speak | Wait | Do | Turn | Withdraw

PLAIN = (*(act for act, args in ACTS.items() if not args), SPELL_CHECK)
"""The acts for which a word is enough."""

VOICE = (
    "wpm", "dbfs", "confidence", "snr", "swing", "clipped", "tail", "pauses", "longest_pause_ms", "fillers", "duplex",
)  # fmt: skip
"""The voice measures that a script may state (`simulator.session.events.AgentSpoke.voice`)."""

WORDS = (*ACTS, "withdraw", "say", "tell-colleague", "wait", "in")
"""Every word that can open a move."""


def _seconds(value: object) -> int:
    """Seconds written as `20` or `1.5`, in milliseconds."""
    try:
        amount = float(str(value))
    except ValueError:
        raise PydanticCustomError("seconds", "not a number of seconds", {"text": str(value)}) from None
    if not 0 <= amount <= 36_000:
        raise PydanticCustomError("seconds", "out of range", {"text": str(value)})
    return round(amount * 1000)


def _is_true(value: object) -> bool:
    return str(value).strip().lower() in {"true", "sí", "si", "yes"}


def _voice(value: object) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, Mapping) or set(value) - set(VOICE):
        raise PydanticCustomError("move-voice", "not voice measures", {})
    try:
        return tuple((name, int(str(value[name]))) for name in VOICE if name in value)
    except ValueError:
        raise PydanticCustomError("move-voice", "not voice measures", {}) from None


def _speak(value: object, to_colleague: bool) -> Speak:
    if isinstance(value, str) and value.strip():
        return Speak(value, to_colleague=to_colleague)
    if isinstance(value, Mapping) and isinstance(value.get("text"), str) and str(value["text"]).strip():
        unknown = set(value) - {"text", "takes", "interrupt", "voice"}
        if unknown:
            raise PydanticCustomError("move-key", "unknown key", {"key": min(unknown)})
        takes = _seconds(value.get("takes", 0))
        return Speak(
            str(value["text"]), takes, _is_true(value.get("interrupt")), _voice(value.get("voice", {})), to_colleague
        )
    raise PydanticCustomError("move-say", "nothing to say", {})


def _act(name: str, value: object) -> Do:
    """An act with its arguments; one without any may say that it does not wait for the customer's line."""
    names = ACTS[name]
    if not names:
        if not isinstance(value, Mapping) or set(value) - {"interrupt"}:
            raise PydanticCustomError("move-shape", "a word or a mapping with one key", {})
        return Do(name, (), _is_true(value.get("interrupt")))
    if len(names) == 1 and names != ANY_FIELD:
        return Do(name, ((names[0], str(value)),))
    if not isinstance(value, Mapping):
        raise PydanticCustomError("move-fields", "an act with several fields is a mapping", {"act": name})
    if names == ANY_FIELD:
        return Do(name, tuple((str(field), str(said)) for field, said in value.items()))
    unknown = set(value) - set(names)
    if unknown:
        raise PydanticCustomError("move-key", "unknown key", {"key": str(min(unknown))})
    return Do(name, tuple((field, str(value.get(field, ""))) for field in names))


def read_move(value: object) -> object:
    """The move that a YAML value stands for. Errors: a `PydanticCustomError` that names what is wrong."""
    if isinstance(value, Move):
        return value
    if isinstance(value, str):
        word = value.strip()
        if word in PLAIN:
            return Do(word)
        if word == "withdraw":
            return Withdraw()
        raise PydanticCustomError("unknown-move", "unknown move", {"word": word})
    if not isinstance(value, Mapping) or len(value) != 1:
        raise PydanticCustomError("move-shape", "a word or a mapping with one key", {})
    word, what = next(iter(value.items()))
    match word:
        case "say" | "tell-colleague":
            return _speak(what, word == "tell-colleague")
        case "wait":
            return Wait(_seconds(what))
        case "in" if isinstance(what, str):
            return Turn(what.strip())
        case _ if word in ACTS:
            return _act(str(word), what)
        case _:
            raise PydanticCustomError("unknown-move", "unknown move", {"word": str(word)})


def with_drafts(moves: Sequence[Move]) -> tuple[Move, ...]:
    """The moves in which every spelling check knows its text: without one, it looks at what is said next."""

    def said_after(index: int) -> str:
        return next((later.text for later in moves[index:] if isinstance(later, Speak)), "")

    return tuple(
        Do(SPELL_CHECK, (("text", said_after(index)),)) if move == Do(SPELL_CHECK) else move
        for index, move in enumerate(moves)
    )
