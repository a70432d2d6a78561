"""The settings of speaking: how replies are given, by which microphone, who recognises them, what is recorded."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from simulator.settings import Settings
from simulator.speech.listening.online_engine import PRIVACY_NOTICE
from simulator.ui.pages.device_choice import DeviceChoice
from simulator.ui.pages.layouts import Columns
from simulator.ui.pages.pieces import Choice, Days, Switch, setting_group, setting_row
from simulator.ui.widgets import Ask, button, label
from simulator.wording import _, mark

_MODES = {
    "typed": mark("You type your replies. Nothing is heard through the microphone."),
    "push": mark("You hold a key or a button while you speak, and let it go when you have finished."),
    "open": mark("You speak as on the telephone; a silence ends your turn."),
}


class MicrophoneSettings(QWidget):
    """Three groups of the settings page. Tells each change as the names and values of settings."""

    chosen = Signal(object)
    """A dict of names of `Settings` and their new values."""
    check_asked = Signal()
    install_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asking: Ask | None = None
        """The question before the voice may leave the computer, while it is asked."""
        self._settings = Settings()
        self._make_controls()
        self.mode_note = label("", "small", wrap=True)
        self.recogniser_state = label("", "small", wrap=True)
        self.online_note = label(_(PRIVACY_NOTICE), "small", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        inside.addWidget(self._replying())
        inside.addWidget(self._recognising())
        inside.addWidget(self._recording())
        self.show_recogniser("", installable=False)
        self.show_settings(self._settings)

    def show_settings(self, settings: Settings) -> None:
        """Shows settings without telling anyone."""
        self._settings = settings
        self.mode.put(settings.input_mode)
        self.mode_note.setText(_(_MODES[settings.input_mode]))
        self.device.put(settings.input_device)
        self.patience.put(settings.patience)
        self.recogniser.buttons["google"].setVisible(settings.online_allowed or settings.recogniser == "google")
        self.recogniser.put(settings.recogniser)
        for made, on in (
            (self.headset, settings.headset),
            (self.review, settings.review_heard),
            (self.online, settings.online_allowed),
            (self.record, settings.record_calls),
        ):
            made.blockSignals(True)
            made.setChecked(on)
            made.blockSignals(False)
        self.online_note.setVisible(settings.online_allowed)
        self.keep.put(settings.keep_recordings_days)
        self.keep.setEnabled(settings.record_calls)

    def show_microphones(self, devices: Sequence[tuple[str, str]]) -> None:
        """Offers these microphones (id, name), the system's own first."""
        self.device.show_devices(devices)

    def show_recogniser(self, text: str, *, installable: bool) -> None:
        """Who recognises, or why nobody does; `installable`: a model can be installed, and the button offers it."""
        self.recogniser_state.setText(text)
        self._state_row.setVisible(bool(text) or installable)
        self.install_button.setVisible(installable)

    def _make_controls(self) -> None:
        self.mode = Choice(
            [
                ("typed", _("Typing"), _("I reply by typing")),
                ("push", _("Holding a key"), _("I reply by speaking while I hold a key")),
                ("open", _("Open microphone"), _("I reply by speaking with an open microphone")),
            ]
        )
        self.mode.setProperty("setting", "input_mode")
        self.device = DeviceChoice()
        self.device.device_chosen.connect(self._on_device)
        self.patience = Choice(
            [
                ("short", _("Short"), _("A short pause ends my turn")),
                ("normal", _("Normal"), _("A pause of normal length ends my turn")),
                ("long", _("More time"), _("Only a long pause ends my turn")),
            ]
        )
        self.patience.setProperty("setting", "patience")
        self.recogniser = Choice(
            [
                ("auto", _("The best there is"), ""),
                ("vosk", "Vosk", ""),
                ("pocketsphinx", "PocketSphinx", ""),
                ("google", _("Google (online)"), ""),
            ]
        )
        self.recogniser.setProperty("setting", "recogniser")
        for choice in (self.mode, self.patience, self.recogniser):
            choice.chosen.connect(self._on_choice)
        self.headset = self._switch(_("I use a headset"), "headset")
        self.review = self._switch(_("Review before sending"), "review_heard")
        self.record = self._switch(_("Offer to record"), "record_calls")
        self.online = Switch(_("Online recognition"))
        self.online.toggled.connect(self._on_online)
        self.keep = Days("keep_recordings_days", _("Days that recordings are kept"))
        self.keep.valueChanged.connect(self._on_keep)
        self.check_button = button(
            _("Test the microphone"), None, "mic", about=_("See your level, hear yourself and see what is understood")
        )
        self.check_button.clicked.connect(self.check_asked)
        self.install_button = button(
            _("Install the model"), None, "download", about=_("Install the model that recognises Spanish")
        )
        self.install_button.clicked.connect(self.install_asked)

    def _replying(self) -> QWidget:
        mode, column = _column()
        column.addWidget(label(_("How you reply"), "rowTitle", wrap=True))
        column.addWidget(self.mode)
        column.addWidget(self.mode_note)
        device, column = _column()
        column.addWidget(label(_("Which microphone"), "rowTitle", wrap=True))
        column.addWidget(Columns(self.device, self.check_button, least=430, shares=(1, 0), middle=True, gap=14))
        return setting_group(
            _("Microphone"),
            [
                mode,
                device,
                setting_row(
                    _("I use a headset"),
                    _(
                        "Only with a headset can you interrupt the customer. Without one, the microphone is closed "
                        "while the customer speaks, so that it does not hear them through the loudspeaker."
                    ),
                    self.headset,
                ),
                setting_row(_("Time to finish"), _("How long you may pause before your turn is over."), self.patience),
                setting_row(
                    _("Review before sending"),
                    _("Read and correct what was understood before it counts. Exams may decide otherwise."),
                    self.review,
                ),
            ],
        )

    def _recognising(self) -> QWidget:
        choice, column = _column()
        column.addWidget(label(_("Recogniser"), "rowTitle", wrap=True))
        column.addWidget(label(_("The program that turns your voice into text."), "small", wrap=True))
        column.addWidget(self.recogniser)
        self._state_row = Columns(
            self.recogniser_state, self.install_button, least=430, shares=(1, 0), middle=True, gap=14
        )
        column.addWidget(self._state_row)
        online, column = _column()
        column.addWidget(
            setting_row(
                _("Online recognition"),
                _("While it is off, your voice never leaves this computer. You are asked before it is turned on."),
                self.online,
            )
        )
        column.addWidget(self.online_note)
        return setting_group(_("Speech recognition"), [choice, online])

    def _recording(self) -> QWidget:
        return setting_group(
            _("Recording of calls"),
            [
                setting_row(
                    _("Offer to record"),
                    _("You are asked before each session. Recordings stay on this computer."),
                    self.record,
                ),
                setting_row(_("Keep recordings"), _("After this they are deleted."), self.keep),
            ],
        )

    def _switch(self, said: str, name: str) -> Switch:
        made = Switch(said)
        made.setProperty("setting", name)
        made.toggled.connect(self._on_switch)
        return made

    def _tell(self, **values: Any) -> None:
        self.chosen.emit(values)

    def _on_choice(self, value: str) -> None:
        name = str(self.sender().property("setting"))
        if name == "input_mode":
            self.mode_note.setText(_(_MODES[value]))
        self._tell(**{name: value})

    def _on_device(self, device: str | None) -> None:
        self._tell(input_device=device)

    def _on_switch(self, on: bool) -> None:
        name = str(self.sender().property("setting"))
        if name == "record_calls":
            self.keep.setEnabled(on)
        self._tell(**{name: on})

    def _on_keep(self, days: int) -> None:
        self._tell(keep_recordings_days=days)

    def _on_online(self, on: bool) -> None:
        if not on:
            self._let_online(False)
            return
        self.online.blockSignals(True)
        self.online.setChecked(False)  # not before the person has agreed
        self.online.blockSignals(False)
        if self.asking is not None:
            return
        self.asking = Ask(
            self.window(),
            _("Let your voice leave this computer?"),
            _(PRIVACY_NOTICE),
            [("allow", _("Turn it on"), None), ("keep", _("Leave it off"), "primary")],
        )
        self.asking.buttons["keep"].setFocus()
        self.asking.answered.connect(self._on_online_answered)

    def _on_online_answered(self, answer: str) -> None:
        self.asking = None
        if answer == "allow":
            self.online.blockSignals(True)
            self.online.setChecked(True)
            self.online.blockSignals(False)
            self._let_online(True)
        self.online.setFocus()

    def _let_online(self, on: bool) -> None:
        self.online_note.setVisible(on)
        self.recogniser.buttons["google"].setVisible(on)
        if not on and self.recogniser.value == "google":
            self.recogniser.put("auto")
            self._tell(online_allowed=False, recogniser="auto")
        else:
            self._tell(online_allowed=on)


def _column() -> tuple[QWidget, QVBoxLayout]:
    """One setting of a group whose parts stand under each other."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return made, column
