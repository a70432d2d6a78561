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
        # The microphone
        "no-microphone": mark(
            "This computer has no microphone at the moment, so you answer in writing. Connect a headset and try again."
        ),
        "microphone-lost": mark(
            "The microphone was lost. The call goes on in writing; nothing of it is lost. "
            "Connect the microphone again; if it is still not heard, restart the program."
        ),
        "microphone-refused": mark(
            "The microphone could not be opened: it may be unplugged, or another program may hold it. "
            "Connect it, close that program, and try again."
        ),
        "microphone-denied": mark(
            "The system does not let this program use the microphone. Allow it in the system's privacy settings, "
            "under Microphone, and restart the program."
        ),
        "microphone-scripted": mark("The microphone is simulated: nobody is heard."),
        # The recogniser
        "no-model": mark(
            "No speech recogniser is installed yet, so you answer in writing. "
            "Installing the Spanish model lets you answer aloud."
        ),
        "model-broken": mark(
            "The speech model is incomplete or damaged, so you answer in writing. Remove it and install it again."
        ),
        "recogniser-missing": mark(
            "The library of the chosen recogniser cannot be loaded on this computer, so you answer in writing. "
            "Choose another recogniser in the settings."
        ),
        "online-not-allowed": mark(
            "Online recognition is turned off, so your voice stays on this computer. "
            "Choose another recogniser, or allow online ones in the settings."
        ),
        "online-failed": mark(
            "The online recogniser did not answer; the connection may be down. "
            "Say it again, or write it; the call goes on."
        ),
        "recogniser-not-loaded": mark(
            "The speech recogniser could not be started, so you answer in writing. "
            "Remove its model and install it again, or choose another recogniser in the settings."
        ),
        "recogniser-failed": mark(
            "The speech recogniser failed at this answer. Say it again, or write it; the call goes on."
        ),
        "recogniser-hung": mark(
            "The speech recogniser stopped answering and is being started again. Write this answer; the call goes on."
        ),
        "scripted": mark("The sound is simulated: nothing is played."),
    }
)
"""Code → msgid. ``SpeechUnavailable.code``, ``LinePlayer.reason`` and ``LinePlayer.failed`` are always keys of it."""


def explain(code: str) -> str:
    """The sentence for the user, in the chosen language; KeyError for a code that this room does not have."""
    return _(REASONS[code])
