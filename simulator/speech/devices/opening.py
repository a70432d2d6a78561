"""Opening the desk's sound: the real player and microphone where there are any, else their twins with the reason."""

from PySide6.QtCore import QObject

from simulator.speech.devices.capturing import CaptureDevice, ScriptedMicrophone
from simulator.speech.devices.playing import LinePlayer, SilentPlayer


def open_player(parent: QObject | None = None, *, device_id: str | None = None) -> LinePlayer:
    """A player for this machine; ``player.reason`` tells (a code) why it is silent. Never raises.

    Imports QtMultimedia now (some 40 ms, plus 30 ms to ask the sound server): call it after the first window stands.
    """
    try:
        from simulator.speech.devices.player import Player
    except ImportError as error:
        return SilentPlayer(missing_library(error), parent)
    player = Player(parent, device_id=device_id)
    reason = player.reason
    if reason is None:
        return player
    player.deleteLater()
    return SilentPlayer(reason, parent)


def missing_library(error: ImportError) -> str:
    """The reason code of a QtMultimedia that cannot be imported: ``libpulse-missing`` or ``multimedia-missing``."""
    return "libpulse-missing" if "libpulse" in str(error) else "multimedia-missing"


def outputs() -> tuple[tuple[str, ...], str | None]:
    """Names of the outputs, the default first, and the reason code where nothing can be heard."""
    try:
        from simulator.speech.devices.player import output_devices
    except ImportError as error:
        return (), missing_library(error)
    names = tuple(name for _, name in output_devices())
    return names, None if names else "no-output-device"


def open_microphone(parent: QObject | None = None) -> CaptureDevice:
    """The microphone of this machine, not yet capturing; ``reason`` tells (a code) why nobody can be heard.

    Where there is no input now the real one is returned nevertheless: one may be plugged in before ``open``. Never
    raises. Imports QtMultimedia now, as ``open_player`` does.
    """
    try:
        from simulator.speech.devices.microphone import Microphone
    except ImportError as error:
        return ScriptedMicrophone(missing_library(error), parent)
    return Microphone(parent)


def inputs() -> tuple[tuple[str, ...], str | None]:
    """Names of the inputs, the default first, and the reason code where nobody can be heard."""
    try:
        from simulator.speech.devices.microphone import input_devices
    except ImportError as error:
        return (), missing_library(error)
    names = tuple(name for _, name in input_devices())
    return names, None if names else "no-microphone"


def input_choices() -> tuple[tuple[str, str], ...]:
    """(id, name) of each input that can be chosen, the default first; none where there is no sound."""
    try:
        from simulator.speech.devices.microphone import input_devices
    except ImportError:
        return ()
    return input_devices()
