"""The call being taken: its session, its desk and its sound, from the opening until the trainee leaves it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from simulator.errors import TercerTimbreError
from simulator.settings import Settings
from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.tasks import Tasks
from simulator.wording import _

if TYPE_CHECKING:  # imported late at run time: see `Application`
    from simulator.records.recordings import Recordings
    from simulator.records.workshop import Opening, Past, Workshop
    from simulator.ui.channels.contact_desk import ContactDesk
    from simulator.ui.channels.desk import ChannelDesk
    from simulator.ui.debrief.view import Debrief
    from simulator.ui.desk.interlude import Interlude
    from simulator.ui.recorder import CallRecorder
    from simulator.ui.session_controller import SessionController
    from simulator.ui.sound import SoundDesk
    from simulator.ui.speaking_setup import SpeakingSetup
    from simulator.ui.widgets import Notice


class CallDesk(QObject):
    """Puts the page `desk` into the window while a call is taken.

    Folders: `voices` of rendered lines, `models` of the recogniser, `recordings` of recorded calls.
    """

    finished = Signal(str)
    """The attempt (its id) has ended: show its result."""
    left = Signal(str)
    """The trainee left the call: `kept` (to go on later) or `withdrawn`; the window may be waiting to close."""
    guide_over = Signal()
    """The guided first call was shown to its end, or skipped."""
    silent = Signal(str)
    """Nothing can be heard: why, as a sentence."""
    changed = Signal(object)
    """A dict of names of `Settings` and their new values, from the microphone check."""

    def __init__(
        self, window: MainWindow, tasks: Tasks, *, voices: Path, models: Path, recordings: Path, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks
        self._voices = voices
        self._models = models
        self._recordings_folder = recordings
        self._sound: SoundDesk | None = None
        self._speaking: SpeakingSetup | None = None
        self._recordings: Recordings | None = None
        self._told_typed_only = False
        self._said: Notice | None = None
        """What is shown over the desk about this call."""
        self._record_choices: dict[str, bool] = {}
        self._desk: ChannelDesk | None = None
        self._session: SessionController | None = None
        self._captions: bool | None = None
        """Whether an exam shows captions; None in practice, where the settings say so."""
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

    @property
    def speaking(self) -> "SpeakingSetup":
        """Microphone, recogniser and what is asked about them; made at first need."""
        if self._speaking is None:
            from simulator.ui.speaking_setup import SpeakingSetup

            player = self.warm_sound().voice_player
            self._speaking = SpeakingSetup(self._window, self._models, player, self._tasks, self)
            self._speaking.changed.connect(self.changed)
        return self._speaking

    @property
    def recordings(self) -> "Recordings":
        """The recorded calls on this computer."""
        if self._recordings is None:
            from simulator.records.recordings import Recordings

            self._recordings = Recordings(self._recordings_folder)
        return self._recordings

    def expire_recordings(self, settings: Settings) -> Callable[[], object]:
        """The work that deletes the recordings whose time has come, for the worker."""
        return partial(self.recordings.expire, datetime.now(UTC), settings.keep_recordings_days)

    def before_call(self, settings: Settings, name: str, back: Callable[[], None], then: Callable[[], None]) -> None:
        """Lets the trainee `name` get ready to speak, if this call is to be spoken; then goes on, or `back`."""
        if settings.input_mode == "typed":
            then()
        else:
            self.speaking.before_call(settings, name, back, then)

    def open(
        self, opening: "Opening", workshop: "Workshop", settings: Settings, *, guided: bool, record: bool = False
    ) -> None:
        """Shows the desk and begins, or takes up, the attempt. `record`: the trainee has said, since the program was
        opened, that both sides shall be kept as sound."""
        from simulator.ui.session_controller import SessionController

        doc = opening.scenario.doc
        controller = SessionController(
            opening.scenario, store=opening.keep, events=opening.events, resumes_at_ms=opening.resumes_at_ms
        )
        self._captions = None if opening.exam is None else opening.exam.captions
        settings = self._for_this_call(settings)
        hears = not doc.written and settings.input_mode != "typed" and self.speaking.can_listen(settings)
        self._record_choices[opening.attempt] = record
        recorder = self._recorder_of(opening.attempt) if record and hears else None
        seat = partial(self._seat, controller, opening, workshop, recorder)
        desk: ChannelDesk
        if opening.scenario.agenda is None:
            desk = seat(settings, guided=guided)
        else:
            from simulator.ui.channels.shift import ShiftDesk

            desk = ShiftDesk(controller, seat, settings=settings)
        if recorder is not None:
            recorder.failed.connect(desk.recording_ended)
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
        self._tell(
            typed_only=not doc.written and settings.input_mode != "typed" and not hears,
            unrecorded=recorder is None and (record or self._beginning_recorded(controller)),
        )
        if opening.start is not None:
            controller.send(opening.start)

    def _seat(
        self,
        controller: "SessionController",
        opening: "Opening",
        workshop: "Workshop",
        recorder: "CallRecorder | None",
        settings: Settings,
        interlude: "Interlude | None" = None,
        *,
        guided: bool = False,
    ) -> "ContactDesk":
        """The desk of the contact that the controller is turned to, with its sound. `interlude`: of the shift that it
        is a part of."""
        from simulator.records.values import Draft
        from simulator.ui.channels.desks import DESKS

        doc = controller.contact_scenario.doc
        voice = None if doc.written else self.warm_sound().voice(controller, settings)
        listening = None
        if voice is not None and settings.input_mode != "typed" and self.speaking.can_listen(settings):
            listening = self.speaking.ears.listening(
                controller, settings, opening.agent, sounding=partial(getattr, voice, "is_sounding")
            )
        if recorder is not None and voice is not None:
            voice.heard.connect(recorder.keep_line)

        def draft_of(contact: str) -> Draft:
            begun = controller.state.started is not None
            return workshop.store.draft(opening.attempt, contact) if begun else Draft("", {})

        return DESKS[doc.channel](
            controller,
            settings=settings,
            voice=voice,
            sounds=None if doc.written else self.warm_sound().sounds(controller, settings),
            listening=listening,
            keep_reply=recorder.keep_reply if recorder is not None and listening is not None else None,
            draft_of=draft_of,
            save_draft=partial(workshop.store.save_draft, opening.attempt),
            guided=guided,
            interlude=interlude,
        )

    def may_close(self) -> bool:
        """Whether the window may go at once; otherwise the trainee is asked, and the answer comes as a signal."""
        if self._desk is None:
            return True
        self.closing = True
        return self._desk.ask_to_leave(closing=True)

    def apply_settings(self, settings: Settings) -> None:
        """Takes over what was changed while a call is taken."""
        if self._desk is not None:
            self._desk.apply_settings(self._for_this_call(settings))

    def _for_this_call(self, settings: Settings) -> Settings:
        return settings if self._captions is None else replace(settings, captions=self._captions)

    def close(self) -> None:
        """Ends desk and sound; a second call does nothing."""
        self._leave()
        if self._speaking is not None:
            self._speaking.close()
            self._speaking = None
        if self._sound is not None:
            self._sound.close()
            self._sound = None

    def _tell(self, *, typed_only: bool, unrecorded: bool) -> None:
        """What is not as the trainee may expect it: once where it stays so, always where it is about recording."""
        said = []
        if typed_only and not self._told_typed_only:
            self._told_typed_only = True
            said.append(_("No model is installed that understands Spanish speech: you type your replies."))
        if unrecorded:
            said.append(_("From here on nothing of this call is recorded."))
        if said:
            self._said = self._window.notify(" ".join(said))

    # Recordings

    def choose_recording(self, attempt: str, settings: Settings, then: Callable[[bool], None]) -> None:
        """Whether what follows on `attempt` (taken up, or tried again from a moment) is recorded: as was chosen for it
        since the program was opened, else never. A call that was recorded earlier is asked about; who cancels the
        question takes no call."""
        known = self._record_choices.get(attempt)
        offered = settings.record_calls and settings.input_mode != "typed"
        if known is not None or not offered or not self._recorded(attempt):
            then(known is True)
            return
        ask = self._window.ask(
            _("Record what follows too?"),
            _("The beginning of this call was recorded. Without your word nothing more is."),
            [
                ("without", _("Without recording"), "primary"),
                ("record", _("Record it"), None),
                ("cancel", _("Cancel"), "quiet"),
            ],
        )
        ask.answered.connect(lambda answer: None if answer == "cancel" else then(answer == "record"))

    def recorded_attempts(self) -> frozenset[str]:
        """The attempts of which sound is kept; from any thread."""
        try:
            return self.recordings.kept()
        except TercerTimbreError:
            return frozenset()  # the library is shown all the same; who opens or deletes a recording is told why

    def _beginning_recorded(self, taken_up: "SessionController") -> bool:
        """Whether the call that is taken up was recorded, or the one that it is tried again from."""
        started = taken_up.state.started
        lived = () if started is None else (taken_up.state.attempt, started.forked_from)
        return any(attempt is not None and self._recorded(attempt) for attempt in lived)

    def _recorded(self, attempt: str) -> bool:
        try:
            return bool(self.recordings.of(attempt))
        except TercerTimbreError as error:
            self._on_recording_failed(error)
            return False

    def show_voice(self, view: "Debrief", past: "Past", settings: Settings) -> None:
        """Gives a debrief what was recorded of its call, if anything was."""
        from simulator.scoring.voice import call_voice

        attempt = past.summary.id
        try:
            recorded = self.recordings.of(attempt)
        except TercerTimbreError as error:
            self._on_recording_failed(error)
            return
        if recorded:
            view.show_voice(
                call_voice(past.events),
                recorded,
                self.warm_sound().voice_player,
                delete=partial(self.recordings.delete, attempt),
                volume=settings.volume,
            )

    def _recorder_of(self, attempt: str) -> "CallRecorder":
        from simulator.ui.recorder import CallRecorder

        recorder = CallRecorder(self.recordings, attempt, self._tasks, self)
        recorder.failed.connect(self._on_recording_failed)
        return recorder

    def _on_recording_failed(self, error: Exception) -> None:
        self._window.notify(explain(error), "warning")

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
        if self._said is not None:
            self._window.clear_notice(self._said)
            self._said = None
