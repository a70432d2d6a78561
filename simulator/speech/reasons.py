"""Why there is no sound, said plainly: every code of this room with its English msgid, and the mend it names."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from simulator.wording import _, mark

REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # The voice
        "no-engine": mark(
            "This computer has no speech engine, so the customer's words are shown instead of spoken. "
            "Installing eSpeak NG gives the customer a voice."
        ),
        "engine-not-started": mark(
            "The speech engine could not be started, so the customer's words are shown instead of spoken."
        ),
        "engine-hung": mark(
            "The speech engine stopped answering, even after a restart. The customer's words are shown instead."
        ),
        "engine-died": mark("The speech engine stopped, even after a restart. The customer's words are shown instead."),
        "engine-failed": mark("The speech engine answered with an error. The customer's words are shown instead."),
        "voice-refused": mark("The speech engine does not have this customer's voice. The words are shown instead."),
        "no-spanish-voice": mark(
            "This computer's speech engine has no Spanish voice. The customer's words are shown instead of spoken."
        ),
        "nothing-written": mark(
            "The speech engine could not write the sound; the disk may be full. The customer's words are shown instead."
        ),
        "cancelled": mark("The line was not needed any more."),
        "closed": mark("The voice has been closed."),
        # The output
        "no-output-device": mark(
            "This computer has no sound output at the moment, so the customer's words are shown. "
            "Connect a headset, or start the sound server, and restart the program."
        ),
        "device-lost": mark(
            "The sound output was lost. The call goes on with the customer's words on screen; "
            "restart the program once the headset or the sound server is back."
        ),
        "device-refused": mark(
            "The sound output did not accept the sound; another program may hold it. The customer's words are shown."
        ),
        "libpulse-missing": mark(
            "The library libpulse is missing, so nothing can be heard. On Debian or Ubuntu: sudo apt install libpulse0"
        ),
        "multimedia-missing": mark(
            "A library for sound is missing, so nothing can be heard; the customer's words are shown instead."
        ),
        "scripted": mark("The sound is simulated: nothing is played."),
    }
)
"""Code → msgid. ``SpeechUnavailable.code``, ``LinePlayer.reason`` and ``LinePlayer.failed`` are always keys of it."""


def explain(code: str) -> str:
    """The sentence for the user, in the chosen language; KeyError for a code that this room does not have."""
    return _(REASONS[code])
