"""What this machine's voice and ears can do, as data: ``doctor`` and the settings render it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from simulator.errors import TercerTimbreError
from simulator.speech.heard import ListeningUnavailable, Recogniser
from simulator.speech.models import InstalledModel, ModelStore
from simulator.speech.studio import StudioReport, VoiceStudio


@dataclass(frozen=True, slots=True)
class SpeechReport:
    """``voice_reason`` and ``output_reason`` are keys of ``reasons.REASONS``, or None where all is well."""

    voice: StudioReport
    voice_reason: str | None
    spanish_voices: tuple[str, ...]
    outputs: tuple[str, ...]
    """Names of the sound outputs, the default first."""
    output_reason: str | None


@dataclass(frozen=True, slots=True)
class RecogniserReport:
    """The recogniser that a call would get: its ``name`` and how long it took to load, or why there is none."""

    name: str
    unavailable: ListeningUnavailable | None
    load_ms: int


@dataclass(frozen=True, slots=True)
class MicrophoneReport:
    """``reason`` is a key of ``reasons.REASONS``, or None where somebody can be heard; levels in dBFS, −90 … 0."""

    devices: tuple[str, ...]
    """Names of the inputs, the default first."""
    name: str
    reason: str | None
    loudest: float
    usual: float


def report(studio: VoiceStudio) -> SpeechReport:
    """Looks at this machine. Waits for the engine's first start; loads QtMultimedia, and needs a Qt application."""
    voice = studio.report()
    spanish = voice.engine.spanish_voices if voice.engine else ()
    reason = voice.unavailable.code if voice.unavailable else None if spanish else "no-spanish-voice"
    from simulator.speech.devices.opening import outputs

    names, output_reason = outputs()
    return SpeechReport(voice, reason, spanish, names, output_reason)


def microphone_report(device_id: str | None, *, ms: int = 1000) -> MicrophoneReport:
    """Opens the microphone for about `ms`. Blocks on the main thread in an event loop; needs a Qt application."""
    from simulator.speech.devices.opening import inputs
    from simulator.speech.devices.trial import microphone_level

    names, reason = inputs()
    if reason is not None:
        return MicrophoneReport(names, "", reason, -90.0, -90.0)
    level = microphone_level(device_id, ms=ms)
    return MicrophoneReport(names, level.name, level.reason, level.loudest, level.usual)


def recogniser_report(load: Callable[[], Recogniser | ListeningUnavailable]) -> RecogniserReport:
    """Loads the recogniser as a call would, and lets go of it."""
    began = time.perf_counter()
    loaded = load()
    took = round((time.perf_counter() - began) * 1000)
    if isinstance(loaded, ListeningUnavailable):
        return RecogniserReport("", loaded, took)
    name = loaded.name
    loaded.close()
    return RecogniserReport(name, None, took)


def models_report(store: ModelStore) -> tuple[InstalledModel, ...] | TercerTimbreError:
    """The installed models, or why their folder cannot be read."""
    try:
        return store.installed()
    except TercerTimbreError as error:
        return error
