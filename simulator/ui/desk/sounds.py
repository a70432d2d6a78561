"""Bell, hold music, ringback and the tone of a dead line: what the desk sounds like apart from voices."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from simulator.scenario.acts import vocabulary_of
from simulator.session.envelope import Event
from simulator.session.events import ColleagueChatted, ContactEnded, PhoneRang, RangOut
from simulator.session.state import ContactState, Phase
from simulator.speech import sounds
from simulator.speech.devices.playing import LinePlayer
from simulator.speech.line import RenderedLine
from simulator.speech.sounds import Sound
from simulator.ui.session_controller import SessionController

SHARES = {Sound.HOLD: 30, Sound.RING: 70, Sound.CHAT: 50}
"""Per cent of the user's volume; what one waits by stays behind everything else."""
OTHER_SHARE = 60


def loop_of(contact: ContactState | None) -> Sound | None:
    """What sounds on and on in this state of the line: music on hold, ringback while an area or a number is called,
    busy when nobody came."""
    if contact is not None and contact.channel == "outbound" and contact.phase is Phase.WAITING and contact.rings:
        return Sound.RINGBACK
    if contact is None or contact.phase is not Phase.TALKING:
        return None
    consultation = contact.consultation
    if consultation is None:
        return Sound.HOLD if contact.held_since is not None else None
    if consultation.failed:
        return Sound.BUSY
    return Sound.RINGBACK if consultation.answered_at is None else None


class DeskSounds(QObject):
    """Plays the desk's own sounds on a player of its own (voices have another).

    The cadence of the bell is the session's: one ring for each `PhoneRang`.
    """

    def __init__(
        self,
        controller: SessionController,
        player: LinePlayer,
        *,
        volume: int = 80,
        load: Callable[[Sound], RenderedLine] = sounds.load,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._player = player
        self._load = load
        self._loaded: dict[Sound, RenderedLine] = {}
        self._volume = volume
        self._now: Sound | None = None  # what was last played
        self._loop: Sound | None = None
        self._face_to_face = vocabulary_of(controller.contact_scenario.doc.channel).face_to_face
        controller.happened.connect(self._on_event)
        controller.stalled.connect(self._hush)
        controller.recovered.connect(self._follow)

    def set_volume(self, volume: int) -> None:
        """The user's setting, 0–100; for what sounds now, too."""
        self._volume = volume
        if self._now is not None:
            self._player.set_volume(self._share(self._now))

    def close(self) -> None:
        """Silence from now on."""
        self._controller.happened.disconnect(self._on_event)
        self._hush()

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        match event.what:
            case PhoneRang() if not self._called_out:
                self._play(Sound.RING)
            case RangOut():
                self._loop = None
                self._play(Sound.CALL_ENDED)
            case ContactEnded(end="not-called"):
                pass  # nothing was on the line
            case ContactEnded() if event.contact != self._controller.turned_to:
                pass  # somebody gave up waiting: they were on no line here
            case ColleagueChatted():
                if not self._player.is_playing:
                    self._play(Sound.CHAT)
            case ContactEnded() if self._face_to_face:
                pass  # nobody hangs up
            case ContactEnded(by=by):
                self._loop = None
                self._play(Sound.HANG_UP if by == "customer" else Sound.CALL_ENDED)
            case _:
                self._follow()

    @property
    def _called_out(self) -> bool:
        """Whether it rings at the other end, and not here."""
        return self._controller.contact_scenario.doc.channel == "outbound"

    @Slot()
    def _follow(self) -> None:
        """Begins or ends what sounds on and on, as the state of the line asks; the bell ends with the answer."""
        state, contact = self._controller.state, self._controller.contact
        quiet = state.paused or state.ended is not None
        loop = None if quiet else loop_of(contact)
        bell = self._now is Sound.RING and self._player.is_playing
        answered = contact is not None and contact.phase is not Phase.WAITING
        if loop != self._loop or (bell and (quiet or answered)):
            self._loop = loop
            self._player.stop()
            if loop is not None:
                self._play(loop)

    @Slot()
    def _hush(self) -> None:
        self._loop = None
        self._player.stop()

    def _play(self, sound: Sound) -> None:
        if sound not in self._loaded:
            self._loaded[sound] = self._load(sound)
        self._now = sound
        self._player.play(self._loaded[sound], self._share(sound), loop=sound in sounds.LOOPS)

    def _share(self, sound: Sound) -> int:
        return self._volume * SHARES.get(sound, OTHER_SHARE) // 100
