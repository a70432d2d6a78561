"""Bell, hold music, ringback and the tone of a dead line: what the desk sounds like apart from voices."""

from typing import Literal

from PySide6.QtCore import QObject, Slot

from simulator.session.envelope import Event
from simulator.session.events import ContactEnded, PhoneRang
from simulator.session.state import ContactState, Phase
from simulator.speech.devices.playing import LinePlayer
from simulator.speech.line import RenderedLine
from simulator.ui.session_controller import SessionController

Loop = Literal["hold", "ringback"]

HOLD_VOLUME = 30
"""Per cent of the user's volume: music to wait by stays behind everything else."""
TONE_VOLUME = 60


def loop_of(contact: ContactState | None) -> Loop | None:
    """What sounds on and on in this state of the line: music on hold, ringback while an area is called."""
    if contact is None or contact.phase is not Phase.TALKING:
        return None
    consultation = contact.consultation
    if consultation is not None:
        return "ringback" if consultation.answered_at is None and not consultation.failed else None
    return "hold" if contact.held_since is not None else None


class DeskSounds(QObject):
    """Plays the desk's own sounds on a player of its own (voices have another).

    `sounds`: by name `ring`, `hold`, `ringback`, `hang-up`; a name that is missing stays silent. The cadence of the
    bell is the session's: one ring for each `PhoneRang`.
    """

    def __init__(
        self,
        controller: SessionController,
        player: LinePlayer,
        sounds: dict[str, RenderedLine],
        *,
        volume: int = 80,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._player = player
        self._sounds = sounds
        self._volume = volume
        self._loop: Loop | None = None
        controller.happened.connect(self._on_event)
        controller.stalled.connect(self._hush)
        controller.recovered.connect(self._follow)

    def set_volume(self, volume: int) -> None:
        """The user's setting, 0–100; for what sounds now, too."""
        self._volume = volume
        self._player.set_volume(self._share(HOLD_VOLUME if self._loop == "hold" else TONE_VOLUME))

    def close(self) -> None:
        """Silence from now on."""
        self._controller.happened.disconnect(self._on_event)
        self._hush()

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        match event.what:
            case PhoneRang():
                self._play("ring", TONE_VOLUME)
            case ContactEnded():
                self._loop = None
                self._play("hang-up", TONE_VOLUME)
            case _:
                self._follow()

    @Slot()
    def _follow(self) -> None:
        """Begins or ends what sounds on and on, as the state of the line asks."""
        state = self._controller.state
        contact = self._controller.contact
        loop = None if state.paused or state.ended is not None else loop_of(contact)
        if loop == self._loop:
            if contact is not None and contact.phase is Phase.TALKING and loop is None and self._player.is_playing:
                self._player.stop()  # the bell, when the call is answered while it sounds
            return
        self._loop = loop
        self._player.stop()
        if loop is not None and loop in self._sounds:
            volume = HOLD_VOLUME if loop == "hold" else TONE_VOLUME
            self._player.play_loop(self._sounds[loop], self._share(volume))

    @Slot()
    def _hush(self) -> None:
        self._loop = None
        self._player.stop()

    def _play(self, name: str, share: int) -> None:
        if name in self._sounds:
            self._player.play(self._sounds[name], self._share(share))

    def _share(self, per_cent: int) -> int:
        return self._volume * per_cent // 100
