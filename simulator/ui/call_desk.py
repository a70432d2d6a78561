"""The call being taken: its session, its desk and its sound, from the opening until the trainee leaves it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from simulator.settings import Settings
from simulator.ui.main_window import MainWindow
from simulator.wording import _

if TYPE_CHECKING:  # imported late at run time: see `Application`
    from simulator.records.workshop import Opening, Workshop
    from simulator.ui.channels.desk import ChannelDesk
    from simulator.ui.session_controller import SessionController
    from simulator.ui.sound import SoundDesk


class CallDesk(QObject):
    """Puts the page `desk` into the window while a call is taken. `voices`: folder where rendered lines are kept."""

    finished = Signal(str)
    """The attempt (its id) has ended: show its result."""
    left = Signal(str)
    """The trainee left the call: `kept` (to go on later) or `withdrawn`; the window may be waiting to close."""
    guide_over = Signal()
    """The guided first call was shown to its end, or skipped."""
    silent = Signal(str)
    """Nothing can be heard: why, as a sentence."""

    def __init__(self, window: MainWindow, voices: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._voices = voices
        self._sound: SoundDesk | None = None
        self._desk: ChannelDesk | None = None
        self._session: SessionController | None = None
        self.closing = False
        """Whether the window wanted to close when the trainee was last asked."""

    @property
    def desk(self) -> "ChannelDesk | None":
        """The desk of the call being taken, if one is."""
        return self._desk

    @property
    def session(self) -> "SessionController | None":
        """The attempt on the desk, if one is."""
        return self._session

    def open(self, opening: "Opening", workshop: "Workshop", settings: Settings, *, guided: bool) -> None:
        """Shows the desk and begins, or takes up, the attempt."""
        from simulator.records.values import Draft
        from simulator.session.decide import FIRST_CONTACT
        from simulator.ui.channels.phone import PhoneDesk
        from simulator.ui.session_controller import SessionController

        sound = self.warm_sound()
        controller = SessionController(opening.scenario, store=opening.keep, events=opening.events)
        desk = PhoneDesk(
            controller,
            settings=settings,
            voice=sound.voice(controller, settings),
            sounds=sound.sounds(controller, settings),
            draft=Draft("", {}) if opening.start else workshop.store.draft(opening.attempt, FIRST_CONTACT),
            save_draft=partial(workshop.store.save_draft, opening.attempt, FIRST_CONTACT),
            guided=guided,
        )
        controller.setParent(desk)
        desk.finished.connect(self._on_finished)
        desk.left.connect(self._on_left)
        desk.stayed.connect(self._on_stayed)
        desk.guide_over.connect(self._on_guide_over)
        self._desk, self._session = desk, controller
        self._window.clear_notice()
        self._window.put_page("desk", desk)
        self._window.show_page("desk")
        desk.begin()
        if opening.start is not None:
            controller.send(opening.start)

    def may_close(self) -> bool:
        """Whether the window may go at once; otherwise the trainee is asked, and the answer comes as a signal."""
        if self._desk is None:
            return True
        self.closing = True
        return self._desk.ask_to_leave(closing=True)

    def apply_settings(self, settings: Settings) -> None:
        """Takes over what was changed while a call is taken."""
        if self._desk is not None:
            self._desk.apply_settings(settings)

    def close(self) -> None:
        """Ends desk and sound; a second call does nothing."""
        self._leave()
        if self._sound is not None:
            self._sound.close()
            self._sound = None

    # Sound

    def warm_sound(self) -> "SoundDesk":
        """Starts the speaker process, so that the first line is there in time."""
        if self._sound is None:
            from simulator.ui.sound import SoundDesk

            self._sound = SoundDesk(self._voices, self)
        return self._sound

    def sound_state(self) -> str:
        """Where the sound goes, or why nothing is heard, as a sentence."""
        from simulator.speech.reasons import explain

        player = self.warm_sound().voice_player
        if player.reason is not None:
            return explain(player.reason)
        return _("Sound goes to: {device}").format(device=player.device_name)

    def say_sample(self, settings: Settings) -> None:
        """Says a sentence as a customer would; `silent` tells why when nothing can be heard."""
        self.warm_sound().say_sample(settings, self._on_silent)

    def _on_silent(self, reason: str) -> None:
        from simulator.speech.reasons import explain

        self.silent.emit(explain(reason))

    # What becomes of the call

    @Slot(str)
    def _on_finished(self, attempt: str) -> None:
        self.closing = False  # who asks for the result wants to see it, also after wanting to close
        self._leave()
        self.finished.emit(attempt)

    @Slot(str, str)
    def _on_left(self, _attempt: str, how: str) -> None:
        self._leave()
        self.left.emit(how)

    @Slot()
    def _on_stayed(self) -> None:
        self.closing = False

    @Slot(bool)
    def _on_guide_over(self, _to_its_end: bool) -> None:
        self.guide_over.emit()

    def _leave(self) -> None:
        if self._desk is not None:
            self._desk.close_desk()
            self._desk = self._session = None
