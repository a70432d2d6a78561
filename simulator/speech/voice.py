"""The customer's voice: who speaks, with which accent, in which mood. Pure: the same facts always give the same voice.

This steers the *simulated customer* only. Nothing here looks at, or infers anything from, the trainee's own voice.
"""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from typing import Final, Literal

from simulator.scenario.accents import FOREIGN, HARD_TO_FOLLOW, LATIN_AMERICAN, SPANISH
from simulator.scenario.accents import mother_tongue as _tongue
from simulator.speech.telephone import LineEffect

Gender = Literal["female", "male"]

SLOWEST: Final = 80
"""Words a minute; below it espeak-ng's vowels fall apart."""
FASTEST: Final = 260
"""Words a minute; above it a telephone line is no longer understood by a newcomer."""


class Manner(StrEnum):
    """A colouring of the voice that is not on the angry–pleased axis of the mood."""

    PLAIN = "plain"
    SAD = "sad"
    ANXIOUS = "anxious"
    ELDERLY = "elderly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Everything that decides how a line sounds; part of the cache key, so two equal voices share their recordings."""

    name: str
    """espeak-ng voice with variant, as pyttsx3 takes it: ``roa/es-419+f3``."""
    language: str
    """Language tag of the reader; chooses the voice where the system's own engine speaks instead of espeak-ng."""
    gender: Gender
    rate: int
    """Words a minute."""
    pitch: int
    """0–99; 50 is the speaker's own."""
    range: int
    """0–99; 50 is ordinary intonation, 0 monotone."""
    volume: int
    """Loudness in per cent of the house level (``telephone.HOUSE_LEVEL_DBFS``), applied to the samples."""
    gap_ms: int
    """Silence between two sentences of one line, milliseconds."""
    foreign: bool = False
    effect: LineEffect = LineEffect.CLEAR
    """The line over which the voice comes."""

    @property
    def captions_advised(self) -> bool:
        """Whether captions should start switched on: a machine understood these accents in 8 of 12 phrases or fewer."""
        return self.language in HARD_TO_FOLLOW


@dataclass(frozen=True, slots=True)
class _Prosody:
    pace: float  # factor on the customer's words a minute
    pitch: int
    range: int
    volume: int
    gap_ms: int


# Anchors of the mood axis. Rate, pitch and range of furious, annoyed and neutral were measured as fundamental frequency
# with this engine (146, 127 and 103 Hz); pace is relative to its neutral 165 words a minute.
_MOODS: Final = (
    (0, _Prosody(1.27, 75, 99, 100, 90)),  # furious
    (25, _Prosody(1.15, 62, 90, 92, 150)),  # annoyed
    (50, _Prosody(1.00, 50, 50, 80, 260)),  # neutral
    (75, _Prosody(1.00, 56, 68, 80, 240)),  # content
    (100, _Prosody(1.06, 63, 88, 84, 200)),  # delighted
)
_MANNERS: Final = {
    Manner.SAD: _Prosody(0.76, 35, 20, 62, 480),
    Manner.ANXIOUS: _Prosody(1.30, 70, 70, 78, 120),
    Manner.ELDERLY: _Prosody(0.70, 30, 40, 76, 420),
}
_MOOD_STEP: Final = 5
"""The mood is heard in steps of five: finer is inaudible and would make lines rendered ahead miss by a point."""

# Variants whose fundamental lies where a listener hears the gender (measured on one sentence: 181–245, 102–108 Hz).
_VARIANTS: Final[dict[Gender, tuple[str, ...]]] = {
    "female": ("+f3", "+f4", "+Annie", "+f2"),
    "male": ("", "+m7", "+klatt", "+m3"),
}
_PITCH_SPREAD: Final = 4

_READERS: Final = {
    "es": "roa/es",
    LATIN_AMERICAN: f"roa/{LATIN_AMERICAN}",
    "pt-br": "roa/pt-br",
    "en-us": "gmw/en-us",
    "de": "gmw/de",
    "it": "roa/it",
    "ru": "zle/ru",
    "fr": "roa/fr",
}
_FOREIGN_PACE: Final = 0.85


def foreign_accents() -> tuple[str, ...]:
    """Language tags that ``voice_for`` renders as a foreign accent, the easiest to follow first."""
    return FOREIGN


def voice_for(
    *,
    gender: Gender = "female",
    accent: str = LATIN_AMERICAN,
    mood: int = 50,
    rate: int = 165,
    customer: str = "",
    foreign: bool = False,
    mother_tongue: str | None = None,
    manner: Manner = Manner.PLAIN,
    pitch: int = 0,
    speech_rate: int = 100,
    effect: LineEffect = LineEffect.CLEAR,
) -> Voice:
    """The voice of a customer at this moment.

    ``mood`` 0 (furious) … 100 (delighted); ``rate`` the customer's words a minute when calm; ``customer`` any stable
    id or name, so that two customers of one gender differ; ``mother_tongue`` a language tag or a Spanish or English
    name (``pt``, ``portugués``); ``accent`` may also be such a tag; ``pitch`` moves the person's own by so much of the
    0–99; ``speech_rate`` the trainee's setting in per cent; ``effect`` the line they call on.
    A manner colours the voice and leaves half of the mood to be heard: a sad caller grows angry too.
    A foreign caller speaks slower; one whose tongue has no intelligible voice speaks Spanish slowly and flatly.
    """
    tongue = _tongue(mother_tongue) or _tongue(accent)
    is_foreign = foreign or tongue is not None
    prosody = _coloured(_prosody_at(mood), manner)
    digest = sha256(customer.encode()).digest()
    variants = _VARIANTS[gender]
    variant = variants[digest[0] % len(variants)]
    language = tongue or ("es" if accent.lower() in SPANISH - {LATIN_AMERICAN} else LATIN_AMERICAN)
    pace = prosody.pace * (_FOREIGN_PACE if is_foreign else 1.0) * speech_rate / 100
    own_pitch = digest[1] % (2 * _PITCH_SPREAD + 1) - _PITCH_SPREAD if customer else 0
    flat = is_foreign and tongue is None
    return Voice(
        name=_READERS[language] + variant,
        language=language,
        gender=gender,
        rate=min(FASTEST, max(SLOWEST, round(rate * pace))),
        pitch=min(99, max(0, prosody.pitch + own_pitch + pitch)),
        range=round(prosody.range * 0.6) if flat else prosody.range,
        volume=prosody.volume,
        gap_ms=round(prosody.gap_ms * (1.3 if is_foreign else 1.0)),
        foreign=is_foreign,
        effect=effect,
    )


def _coloured(mood: _Prosody, manner: Manner) -> _Prosody:
    """The manner as it was measured at a neutral mood, moved by half of what the mood does to a plain voice."""
    if manner is Manner.PLAIN:
        return mood
    own, neutral = _MANNERS[manner], _prosody_at(50)
    return _Prosody(
        own.pace * (1 + (mood.pace / neutral.pace - 1) / 2),
        min(99, max(0, own.pitch + (mood.pitch - neutral.pitch) // 2)),
        min(99, max(0, own.range + (mood.range - neutral.range) // 2)),
        min(100, max(1, own.volume + (mood.volume - neutral.volume) // 2)),
        max(60, own.gap_ms + (mood.gap_ms - neutral.gap_ms) // 2),
    )


def _prosody_at(mood: int) -> _Prosody:
    level = min(100, max(0, round(mood / _MOOD_STEP) * _MOOD_STEP))
    for (low, below), (high, above) in pairwise(_MOODS):
        if level <= high:
            share = (level - low) / (high - low)
            return _Prosody(
                below.pace + (above.pace - below.pace) * share,
                round(below.pitch + (above.pitch - below.pitch) * share),
                round(below.range + (above.range - below.range) * share),
                round(below.volume + (above.volume - below.volume) * share),
                round(below.gap_ms + (above.gap_ms - below.gap_ms) * share),
            )
    return _MOODS[-1][1]
