"""Settings, applied as they are changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from simulator.settings import RANGES, Settings, Theme
from simulator.ui.pages.layouts import Columns
from simulator.ui.pages.microphone_settings import MicrophoneSettings
from simulator.ui.pages.own_data import OwnDataSettings
from simulator.ui.pages.pieces import Choice, StepSlider, Switch, setting_group, setting_row
from simulator.ui.pages.team_settings import TeamSettings
from simulator.ui.theme import current_look
from simulator.ui.widgets import Page, button, label, row
from simulator.wording import _


class SettingsPage(Page):
    """What the person chose; every change is told at once."""

    changed = Signal(object)
    """The new `Settings`."""
    test_voice = Signal()
    """A customer's sentence is to be heard with the present volume and rate."""
    check_microphone_asked = Signal()
    """The microphone check is to be shown."""
    install_model_asked = Signal()
    """A model that recognises Spanish is to be installed: offer it with `ModelOffer`."""

    def __init__(self) -> None:
        super().__init__(_("Settings"), lead=_("Changes apply at once and are kept on this computer."), width=860)
        self._settings = Settings()
        self.volume = _Slide("volume", _("Volume"), 5)
        self.rate = _Slide("speech_rate", _("Speed of speech"), 5)
        # The whole window changes its size with this one: not while the handle is being dragged.
        self.text_size = _Slide("text_size", _("Text size"), 10, live=False)
        for slide in (self.volume, self.rate, self.text_size):
            slide.slider.stepped.connect(self._on_slide)
        self.captions = self._switch(_("Captions"), "captions")
        self.access = self._switch(_("I need captions"), "captions_for_access")
        self.hints = self._switch(_("Hints"), "hints")
        self.theme = Choice(
            [
                ("system", _("Like the system"), ""),
                ("light", _("Light"), ""),
                ("dark", _("Dark"), ""),
            ]
        )
        self.theme.chosen.connect(self._on_theme)
        self.test_button = button(_("Test the voice"), None, "volume", about=_("Hear a sentence as it is set"))
        self.test_button.clicked.connect(self.test_voice)
        self.voice_state = label("", "small", wrap=True)
        self.voice_state.hide()
        test = Columns(self.test_button, self.voice_state, least=430, shares=(0, 1), middle=True, gap=14)
        self.content.addWidget(
            setting_group(
                _("Sound and voice"),
                [
                    setting_row(_("Volume"), _("Of the customer's voice and the telephone."), self.volume),
                    setting_row(_("Speed of speech"), _("Slower or faster than each customer speaks."), self.rate),
                    test,
                ],
            )
        )
        self.content.addWidget(
            setting_group(
                _("During the call"),
                [
                    setting_row(_("Captions"), _("Read on screen what the customer says."), self.captions),
                    setting_row(
                        _("I need captions"),
                        _("To follow what is said, also in an exam. That you had them is noted there."),
                        self.access,
                    ),
                    setting_row(
                        _("Hints"), _("Offer help in small steps. You can decide anew before each call."), self.hints
                    ),
                ],
            )
        )
        self.speaking = MicrophoneSettings()
        self.speaking.chosen.connect(self._on_values)
        self.speaking.check_asked.connect(self.check_microphone_asked)
        self.speaking.install_asked.connect(self.install_model_asked)
        self.content.addWidget(self.speaking)
        self.content.addWidget(
            setting_group(
                _("Screen"),
                [
                    setting_row(_("Text size"), _("Of everything in the window."), self.text_size),
                    setting_row(_("Theme"), _("Light, dark, or as your system has it."), self.theme),
                ],
            )
        )
        self.own_data = OwnDataSettings()
        self.own_data.chosen.connect(self._on_values)
        self.content.addWidget(self.own_data)
        self.team = TeamSettings()
        self.content.addWidget(self.team)
        self.content.addStretch(1)
        self.show_settings(self._settings)

    def show_settings(self, settings: Settings) -> None:
        """Shows settings without telling anyone."""
        self._settings = settings
        self.volume.put(settings.volume)
        self.rate.put(settings.speech_rate)
        self.text_size.put(settings.text_size)
        for made, on in (
            (self.captions, settings.captions),
            (self.access, settings.captions_for_access),
            (self.hints, settings.hints),
        ):
            blocked = made.blockSignals(True)
            made.setChecked(on)
            made.blockSignals(blocked)
        self.theme.put(settings.theme)
        self.speaking.show_settings(settings)
        self.own_data.show_settings(settings)
        self.team.show_settings(settings)

    def show_voice_state(self, text: str) -> None:
        """A line about the voice beside the test button; "" takes it away."""
        self.voice_state.setText(text)
        self.voice_state.setVisible(bool(text))

    def show_microphones(self, devices: Sequence[tuple[str, str]]) -> None:
        """The microphones (id, name) that can be chosen, the system's own first."""
        self.speaking.show_microphones(devices)

    def show_recogniser_state(self, text: str, *, installable: bool) -> None:
        """Who recognises speech, or why nobody does; `installable` shows the button that installs a model."""
        self.speaking.show_recogniser(text, installable=installable)

    def refresh_icons(self) -> None:
        super().refresh_icons()
        for slide in (self.volume, self.rate, self.text_size):
            slide.fit()

    def _switch(self, said: str, name: str) -> Switch:
        made = Switch(said)
        made.setProperty("setting", name)
        made.toggled.connect(self._on_switch)
        return made

    def _change(self, **values: Any) -> None:
        self._settings = replace(self._settings, **values)
        self.changed.emit(self._settings)

    def _on_slide(self, value: int) -> None:
        self._change(**{str(self.sender().property("setting")): value})

    def _on_switch(self, on: bool) -> None:
        self._change(**{str(self.sender().property("setting")): on})

    def _on_values(self, values: Mapping[str, Any]) -> None:
        self._change(**values)

    def _on_theme(self, value: str) -> None:
        chosen: Theme = next(theme for theme in get_args(Theme) if theme == value)
        self._change(theme=chosen)


class _Slide(QWidget):
    """A slider of a numeric setting with its value in per cent beside it."""

    def __init__(self, name: str, said: str, step: int, *, live: bool = True) -> None:
        super().__init__()
        least, greatest = RANGES[name]
        self._said = said
        self.slider = StepSlider(said, least, greatest, step, live=live)
        self.slider.setProperty("setting", name)
        self.slider.moving.connect(self._say)
        self._value: QLabel = label("", "sliderValue")
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        inside = row(self.slider, self._value, spacing=12)
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)
        self.fit()

    def put(self, value: int) -> None:
        """Shows a value."""
        self.slider.put(value)
        self._say(value)

    def fit(self) -> None:
        """Takes its widths from the present size of text."""
        look = current_look()
        self.slider.setMinimumWidth(min(look.px(220), 240))
        self._value.setFixedWidth(look.px(52))

    def _say(self, value: int) -> None:
        self._value.setText(_("{n} %").format(n=value))
        self.slider.setAccessibleDescription(self._value.text())
