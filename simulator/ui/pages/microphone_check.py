"""The microphone check: choose it, see its level, say a sentence, hear oneself, see what was understood."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout

from simulator.settings import Settings
from simulator.speech import reasons
from simulator.speech.devices.capturing import CaptureDevice
from simulator.speech.devices.playing import LinePlayer
from simulator.speech.heard import RATE, Heard, Hints, ListeningUnavailable
from simulator.speech.line import RenderedLine
from simulator.speech.listening.gate import Gate
from simulator.speech.listening.listener import Listener
from simulator.speech.measuring import Measures, measure
from simulator.ui.level_meter import LevelMeter
from simulator.ui.messages import explain
from simulator.ui.model_offer import ModelOffer
from simulator.ui.pages.check_report import CheckReport, Trouble, understood
from simulator.ui.pages.device_choice import DeviceChoice
from simulator.ui.pages.layouts import Columns
from simulator.ui.pages.pieces import Choice
from simulator.ui.tasks import Tasks
from simulator.ui.widgets import Page, button, card, label, row, set_icon
from simulator.wording import _, mark

SECONDS = 6
"""How long is recorded: the sentence takes 3.6 s at 165 words a minute, a slow reader needs five, and one to begin."""
_HEADSET_QUESTION: Final = mark("Do you use a headset with a microphone?")


class MicrophoneCheck(Page):
    """Takes what it needs; owns none of it. `begin` opens the microphone, leaving the page closes it.

    `tasks`: measures off the window's thread. `offer`: shown where no recogniser is ready, for want of a model.
    """

    chosen = Signal(object)
    """A dict of names of `Settings` and their new values."""
    done = Signal()
    """The check is over."""
    left = Signal()
    """Left without an end (Esc)."""

    def __init__(
        self,
        microphone: CaptureDevice,
        player: LinePlayer,
        *,
        devices: Callable[[], Sequence[tuple[str, str]]],
        tasks: Tasks,
        listener: Listener | None = None,
        offer: ModelOffer | None = None,
        name: str = "",
    ) -> None:
        """`name`: of the person, for the sentence that is read."""
        super().__init__(
            _("Test the microphone"),
            lead=_("It takes half a minute. Nothing that you say here is kept."),
            width=760,
        )
        self._microphone, self._player, self._devices, self._tasks = microphone, player, devices, tasks
        self._listener: Listener | None = None
        self._offer = offer
        self._name = name or "Diego"
        self._volume = 80
        self._begun = False
        self._recording = False
        self._callbacks: tuple[Any, Any, Any] | None = None
        """The listener's own, while the page has put its callbacks in their place."""
        self._take = bytearray()
        self._usual_dbfs = 0
        """The level of the last recording, 0 when nothing was measured."""
        self._silent = False
        """The last recording has no voice in it."""
        self._number = 0
        """Of the recording: what comes late from one before is passed over."""
        self.sentence = _("Good morning, this is {name} speaking, how may I help you?").format(name=self._name)
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(self._look_at_result)
        self._make_controls()
        self._lay_out()
        microphone.frames.connect(self._on_frames)
        microphone.level.connect(self._on_level)
        microphone.lost.connect(self._on_lost)
        player.finished.connect(self._on_played)
        player.failed.connect(self._on_not_played)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)
        self._show_trouble("")
        self.use_listener(listener)

    # What the owner calls

    def begin(self, settings: Settings) -> None:
        """Opens the microphone of the settings and begins anew."""
        self._begun = True
        self._volume = settings.volume
        self.device.put(settings.input_device)
        if settings.microphone_checked or settings.headset:
            self.headset.put("yes" if settings.headset else "no")
        self._stop_recording()
        self._forget()
        self._open()
        self._lend_ears()
        self.record_button.setFocus()

    def end(self) -> None:
        """Closes the microphone and silences the player. Idempotent; hiding the page does it."""
        if not self._begun:
            return
        self._stop_recording()
        self._begun = False
        self._number += 1
        self._give_ears_back()
        self._player.stop()
        self._microphone.close()
        self.meter.show_off()

    def use_listener(self, listener: Listener | None, why: ListeningUnavailable | None = None) -> None:
        """Who shall understand from now on (a model was installed); None: nobody can, for that reason."""
        self._stop_recording()
        self._give_ears_back()
        self._listener = listener
        if listener is not None:
            self.model.hide()
            self._lend_ears()
        elif why is not None:
            self._nobody_understands(reasons.explain(why.code))
        else:
            self._nobody_understands(_("No recogniser is ready: your voice is measured, but not understood."))

    def _lend_ears(self) -> None:
        """While the page is shown the listener's callbacks are its own."""
        listener = self._listener
        if listener is None or not self._begun or self._callbacks is not None:
            return
        self._callbacks = (listener.on_unavailable, listener.on_partial, listener.on_heard)
        listener.on_unavailable = self._on_unavailable
        listener.on_partial = self._on_partial
        listener.on_heard = self._on_heard
        listener.prepare(Hints(names=(self._name,), sentences=(self.sentence,)))

    def _give_ears_back(self) -> None:
        if self._listener is None or self._callbacks is None:
            return
        self._listener.cancel_turn()
        self._listener.on_unavailable, self._listener.on_partial, self._listener.on_heard = self._callbacks
        self._callbacks = None

    # The parts

    def _make_controls(self) -> None:
        self.back_button = button(_("Back"), "quiet", "back")
        self.back_button.setObjectName("backButton")
        self.back_button.clicked.connect(self.left)
        self.trouble = Trouble()
        self.trouble.retry_asked.connect(self._on_retry)
        self.device = DeviceChoice()
        self.device.device_chosen.connect(self._on_device)
        self.meter = LevelMeter()
        self.record_button = button(_("Record my voice"), "primary", "mic")
        self.record_button.clicked.connect(self._on_record)
        self.countdown = label("", "countdown", wrap=True)
        self.progress = QProgressBar()
        self.progress.setObjectName("recordProgress")
        self.progress.setTextVisible(False)
        self.progress.setRange(0, SECONDS * RATE)
        self.progress.setAccessibleName(_("Progress of the recording"))
        self.report = CheckReport()
        self.report.play_asked.connect(self._on_play)
        self.partial = label("", "muted", wrap=True)
        self.headset = Choice(
            [
                ("yes", _("Yes, a headset"), _("Yes, I use a headset with a microphone")),
                ("no", _("No, loudspeakers"), _("No, I use loudspeakers")),
            ]
        )
        self.headset.chosen.connect(self._on_headset)
        self.done_button = button(_("Done"), "primary", "check")
        self.done_button.setProperty("rank", "large")
        self.done_button.clicked.connect(self._on_done)

    def _lay_out(self) -> None:
        self.content.insertLayout(0, row(self.back_button, 1))
        self.content.addWidget(self.trouble)
        _frame, inside = self._card(_step(1, _("Your microphone")))
        inside.addWidget(self.device)
        inside.addWidget(label(_("Speak as you do on the telephone: the bar should say «Good»."), "muted", wrap=True))
        inside.addWidget(self.meter)
        _frame, inside = self._card(_step(2, _("Say this sentence")))
        inside.addWidget(label(f"«{self.sentence}»", "sentence", wrap=True))
        inside.addWidget(Columns(self.record_button, self.countdown, least=360, shares=(0, 1), middle=True, gap=14))
        inside.addWidget(self.progress)
        inside.addWidget(self.partial)
        self.result, inside = self._card(_step(3, _("This is how you are heard")))
        inside.addWidget(self.report)
        self.model, inside = card()
        inside.addWidget(label(_("Understanding what you say"), "heading", wrap=True))
        self.model_state = label("", wrap=True)
        inside.addWidget(self.model_state)
        if self._offer is not None:
            inside.addWidget(self._offer)
        self.content.addWidget(self.model)
        self._last_step = _step(4, _(_HEADSET_QUESTION))
        _frame, inside = self._card(self._last_step)
        inside.addWidget(
            label(
                _(
                    "Only with a headset can you interrupt the customer. Without one, the microphone is closed "
                    "while the customer speaks, so that it does not hear them through the loudspeaker."
                ),
                "muted",
                wrap=True,
            )
        )
        inside.addWidget(self.headset)
        self.content.addLayout(row(1, self.done_button))
        self.content.addStretch(1)

    def _card(self, title: QLabel) -> tuple[QFrame, QVBoxLayout]:
        frame, inside = card()
        inside.addWidget(title)
        self.content.addWidget(frame)
        return frame, inside

    # The microphone

    def _open(self) -> None:
        self.device.show_devices(self._devices())
        self._show_trouble("")
        self.record_button.setEnabled(True)
        self._microphone.open(self.device.device)  # if it cannot, `lost` says so

    def _show_trouble(self, code: str) -> None:
        self.trouble.show_code(code)
        if code:
            self.record_button.setEnabled(False)
            self.meter.show_off()
            self.scroller.verticalScrollBar().setValue(0)

    def _on_level(self, dbfs: float) -> None:
        if self._begun:
            self.meter.show_level(dbfs)

    def _on_lost(self, code: str) -> None:
        if not self._begun:
            return
        self._stop_recording()
        self._microphone.close()
        self._show_trouble(code)
        self.trouble.retry_button.setFocus()

    def _on_retry(self) -> None:
        self._open()
        self.record_button.setFocus()

    def _on_device(self, device: str | None) -> None:
        self._stop_recording()
        self._forget()  # nothing is known yet of this one
        self._microphone.close()
        self._open()
        self.chosen.emit({"input_device": device})

    # The recording

    def _on_record(self) -> None:
        if self._recording:
            self._finish()
            return
        self._forget()
        self._recording = True
        self._show_recording(True)
        self._count()
        if self._listener is not None:
            self._listener.start_turn(True)

    def _on_frames(self, pcm: bytes) -> None:
        if not self._recording:
            return
        room = SECONDS * RATE * 2 - len(self._take)
        kept = bytes(pcm[:room])
        self._take += kept
        if self._listener is not None:
            self._listener.feed(kept)
        self._count()
        if len(self._take) >= SECONDS * RATE * 2:
            self._finish()

    def _count(self) -> None:
        samples = len(self._take) // 2
        self.progress.setValue(samples)
        left = -(-(SECONDS * RATE - samples) // RATE)
        said = _("Speak now: {n} s").format(n=left)
        if said != self.countdown.text():
            self.countdown.setText(said)

    def _finish(self) -> None:
        self._recording = False
        self._show_recording(False)
        self._show_partial("")
        if self._listener is not None:
            self.report.show_words(_("One moment: what you said is being understood …"))
            self._listener.end_turn()
        self.done_button.setEnabled(False)  # until it is known whether it is a voice
        pcm = bytes(self._take)
        self._tasks.run(
            partial(_measured, pcm), partial(self._on_measured, self._number), partial(self._on_failed, self._number)
        )
        self._show_result(True)

    def _stop_recording(self) -> None:
        """Forgets a recording that is being made."""
        if not self._recording:
            return
        self._recording = False
        self._show_recording(False)
        if self._listener is not None:
            self._listener.cancel_turn()

    def _forget(self) -> None:
        """As if nothing had been recorded."""
        self._number += 1
        self._player.stop()
        self._take.clear()
        self._usual_dbfs = 0
        self._judge(silent=False)
        self.report.clear()
        self._show_partial("")
        self._show_result(False)
        self.countdown.setText(_("{n} seconds are recorded.").format(n=SECONDS))
        self.progress.setValue(0)

    def _show_result(self, on: bool) -> None:
        self.result.setVisible(on)
        self._last_step.setText(_numbered(4 if on else 3, _(_HEADSET_QUESTION)))

    def _look_at_result(self) -> None:
        """In a low window it is further down than what was pressed."""
        if self.result.isVisible():
            self.scroller.ensureWidgetVisible(self.report)

    def _show_recording(self, on: bool) -> None:
        self.record_button.setText(_("Stop") if on else _("Record my voice"))
        self.record_button.setAccessibleName(self.record_button.text())
        set_icon(self.record_button, "stop" if on else "mic", 18, "on-accent")
        self.device.setEnabled(not on)
        if not on:
            self.countdown.setText(_("You can record again."))

    # The result

    def _on_measured(self, number: int, measures: Measures) -> None:
        if number != self._number:
            return
        self._usual_dbfs = measures.dbfs or 0
        self.report.show_measures(measures)
        self._judge(silent=measures.dbfs is None)
        if self._silent:
            self.report.show_words("")
            self.record_button.setFocus()
        else:
            self._on_play()
        self._look.start()

    def _on_failed(self, number: int, error: Exception) -> None:
        if number == self._number:
            self.report.show_error(explain(error))
            self._judge(silent=False)
            self._on_play()
            self._look.start()

    def _judge(self, *, silent: bool) -> None:
        """A silent recording is neither played as the person's voice, nor has it tested the microphone."""
        self._silent = silent
        self.done_button.setEnabled(True)
        self.done_button.setText(_("Not now") if silent else _("Done"))
        set_icon(self.done_button, "forward" if silent else "check", 18, "on-accent")

    def _on_play(self) -> None:
        reason = self._player.reason
        if reason is not None and reason != "scripted":
            self._on_not_played(reason)
            return
        self.report.show_playing(_("You are hearing your own voice."))
        self._player.play(RenderedLine(bytes(self._take), RATE), self._volume)

    def _on_played(self) -> None:
        if self._begun:
            self.report.show_playing(_("Did you hear yourself clearly?"))

    def _on_not_played(self, code: str) -> None:
        if self._begun:
            self.report.show_playing(_("It cannot be played: {why}").format(why=reasons.explain(code)))

    # Understanding

    def _nobody_understands(self, why: str) -> None:
        self.report.show_words("")
        self.model_state.setText(why)
        self.model.show()

    def _on_unavailable(self, why: ListeningUnavailable) -> None:
        self._nobody_understands(reasons.explain(why.code))

    def _on_partial(self, text: str) -> None:
        if self._recording:
            self._show_partial(text)

    def _show_partial(self, text: str) -> None:
        self.partial.setText(f"«{text} …»" if text else "")
        self.partial.setVisible(bool(text))

    def _on_heard(self, heard: Heard, _take: object) -> None:
        if self._begun and not self._recording and not self._silent:
            self.report.show_words(understood(heard))

    # Ending

    def _on_headset(self, answer: str) -> None:
        self.chosen.emit({"headset": answer == "yes"})

    def _on_done(self) -> None:
        if not self._silent:
            self.chosen.emit({"microphone_checked": True, "usual_dbfs": self._usual_dbfs})
        self.done.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        self.end()
        super().hideEvent(event)


def _step(number: int, title: str) -> QLabel:
    return label(_numbered(number, title), "heading", wrap=True)


def _numbered(number: int, title: str) -> str:
    return _("{n}. {title}").format(n=number, title=title)


def _measured(pcm: bytes) -> Measures:
    """Nothing, where there is no voice. Brings numpy: not on the window's thread."""
    gate = Gate()
    gate.accept(pcm)
    return measure(pcm, ()) if gate.heard_something else Measures()
