"""The sound of the desk, made when the first call is taken: one studio and two players for the life of the program."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from simulator import paths
from simulator.scenario.model import VoiceWish
from simulator.settings import Settings
from simulator.speech.devices.marshal import Marshal
from simulator.speech.devices.opening import open_player
from simulator.speech.recorded import RecordedLines, find_recordings
from simulator.speech.studio import VoiceStudio
from simulator.ui.desk.customer_voice import CustomerVoice, voice_of
from simulator.ui.desk.sounds import DeskSounds
from simulator.ui.session_controller import SessionController
from simulator.wording import _


class SoundDesk(QObject):
    """Owns studio and players; each call borrows them."""

    def __init__(self, cache: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marshal = Marshal(self)
        self.studio = VoiceStudio(cache, deliver=self._marshal.deliver)
        self.voice_player = open_player(self)
        self.sound_player = open_player(self)

    def voice(self, controller: SessionController, settings: Settings) -> CustomerVoice:
        """The customer's voice for one call; recordings lie beside the scenarios, shipped or the user's own."""
        scenario = controller.contact_scenario
        folders = (paths.user_data() / "scenarios", paths.scenarios())
        return CustomerVoice(
            controller,
            self.studio,
            self.voice_player,
            volume=settings.volume,
            speech_rate=settings.speech_rate,
            recorded=RecordedLines(scenario, find_recordings(scenario.id, folders)),
        )

    def sounds(self, controller: SessionController, settings: Settings) -> DeskSounds:
        """Bell, hold music and the rest for one call."""
        return DeskSounds(controller, self.sound_player, volume=settings.volume)

    def say_sample(self, settings: Settings, unavailable: Callable[[str], None]) -> None:
        """Says a sentence as a customer would, so that volume and rate can be judged; else tells the reason code."""
        if self.voice_player.reason is not None:
            unavailable(self.voice_player.reason)
            return
        wish = voice_of(VoiceWish(), "sample", foreign=False, mood=60, speech_rate=settings.speech_rate)
        text = _("Good morning. This is how your customers will sound.")
        self.studio.render(
            text,
            wish,
            success=lambda line: self.voice_player.play(line, settings.volume),
            failure=lambda why: unavailable(why.code),
        )

    def close(self) -> None:
        """Ends the thread and the speaker process."""
        self.voice_player.stop()
        self.sound_player.stop()
        self.studio.close()
