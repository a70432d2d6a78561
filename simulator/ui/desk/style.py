"""Rules of the desk and the debrief that the theme leaves to them, in the theme's colours and sizes."""

from collections.abc import Mapping
from string import Template
from types import MappingProxyType

from simulator.ui.desk.words import Tone
from simulator.ui.theme import Look

ROLES: Mapping[Tone, str] = MappingProxyType({"good": "good", "warning": "warning", "bad": "bad", "neutral": "muted"})
"""Tone → the colour of the look that icons and lines take."""

_RULES = Template("""
#incoming { border: none; border-radius: 0; background: $window; }
#incomingTitle, #curtainTitle, #debriefTitle { font-size: $px24; font-weight: 600; }
#curtain { background: $window; }
#incomingRings { font-size: $px18; }
#timeOfDay { font-size: $px18; }
#callHeader, #debriefHead { border: none; border-bottom: 1px solid $border; border-radius: 0; }
#linePill { border: 1px solid $border; border-radius: $px13; }
#answerButton { border-radius: $px20; }
#linePill[tone="good"] { border-color: $good; }
#linePill[tone="warning"] { border-color: $warning; }
#linePill[tone="bad"] { border-color: $bad; }
#headerButton { background: transparent; border-color: transparent; }
#headerButton:hover { background: $hover; }
#callKey { background: transparent; border-color: transparent; min-width: $px56; padding: 6px 8px; }
#callKey:hover { background: $hover; }
#callKey:focus { border: 2px solid $focus; padding: 5px 7px; }
#callKey:disabled { background: transparent; border-color: transparent; }
#callKey[kind="danger"] { border-color: $bad; background: $bad_soft; }
#callKey[kind="danger"]:disabled { border-color: $border; background: transparent; }
#bubble[side="colleague"] { border-style: dashed; border-color: $border_strong; }
#cardTitle, #fieldLabel, #panelHeading, #rowLabel { font-weight: 600; }
#phaseHeading { color: $muted; font-weight: 600; padding-top: 10px; }
#panelHeading { padding: 10px 16px 6px 16px; font-size: $px16; }
#banner { border: none; border-bottom: 1px solid $border; border-radius: 0; }
#panels::pane, #moods::pane { border: none; border-top: 1px solid $border; border-radius: 0; background: $window; }
#split::handle { background: $border; }
#debriefHeadline { font-size: $px16; }
#resultChip { border-radius: $px9; padding: 3px 14px; font-weight: 700; background: $sunken; color: $text; }
#resultChip[tone="good"] { background: $good; color: $surface; }
#resultChip[tone="bad"] { background: $bad; color: $surface; }
#resultChip[tone="warning"] { background: $warning; color: $surface; }
#checkpoints QPushButton[kind="chip"] { border-radius: $px11; }
#checkpoints QPushButton[kind="chip"]:checked { font-weight: 400; }
#rowHead:hover { background: $hover; }
#rowVerdict { font-weight: 600; }
#rowVerdict[tone="neutral"] { color: $muted; }
#rowQuote { border-left: 3px solid $border_strong; padding-left: 10px; color: $muted; }
#rowModel { background: $good_soft; border-radius: 8px; padding: 8px 10px; }
#criticalBadge { border: 1px solid $bad; border-radius: $px9; padding: 0 8px; font-size: $px12; }
#transcript { border: none; border-top: 1px solid $border; border-radius: 0; padding: 4px 12px; }
#transcript:focus { border: none; border-top: 2px solid $focus; padding: 3px 12px 4px 12px; }
#moodTable { border: none; border-radius: 0; }
#coachText { font-size: $px15; }
#coachCard QLabel#muted { color: $on_accent; }
""")


def desk_rules(look: Look) -> str:
    """The rules, filled in."""
    values = {name.replace("-", "_"): colour for name, colour in look.colours.items()}
    values |= {f"px{size}": f"{look.px(size)}px" for size in range(1, 61)}
    return _RULES.substitute(values)
