"""What this machine's voice and ears can do, as data: ``doctor`` and the settings render it."""

from dataclasses import dataclass

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


def report(studio: VoiceStudio) -> SpeechReport:
    """Looks at this machine. Waits for the engine's first start; loads QtMultimedia, and needs a Qt application."""
    voice = studio.report()
    spanish = voice.engine.spanish_voices if voice.engine else ()
    reason = voice.unavailable.code if voice.unavailable else None if spanish else "no-spanish-voice"
    from simulator.speech.devices.opening import outputs

    names, output_reason = outputs()
    return SpeechReport(voice, reason, spanish, names, output_reason)
