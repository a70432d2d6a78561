"""The ears of the desk, made when the first spoken call is taken: one microphone and one listener, kept between calls.

The recogniser is loaded once, on the listener's thread, and again only when another one is chosen or installed.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from simulator.settings import PATIENCE_MS, Settings
from simulator.speech.devices.marshal import Marshal
from simulator.speech.devices.opening import open_microphone
from simulator.speech.heard import Hints
from simulator.speech.listening import choosing
from simulator.speech.listening.expected import hints_for
from simulator.speech.listening.listener import Listener
from simulator.speech.models import ModelStore
from simulator.ui.desk.listening import Listening
from simulator.ui.session_controller import SessionController


class Ears(QObject):
    """Owns microphone and listener; each call, and the microphone check, borrows them. `models`: the models' folder."""

    def __init__(self, models: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marshal = Marshal(self)
        self.store = ModelStore(models)
        self.microphone = open_microphone(self)
        self._listener: Listener | None = None
        self._loaded: tuple[object, ...] = ()

    def listener(self, settings: Settings) -> Listener:
        """The listener with the recogniser that the settings choose among what is installed now."""
        installed = self.store.installed()
        wanted = (settings.recogniser, settings.online_allowed, installed)
        if self._listener is None or wanted != self._loaded:
            self._drop()
            load = partial(choosing.load, settings.recogniser, installed, online_allowed=settings.online_allowed)
            self._listener = Listener(load, deliver=self._marshal.deliver, patience_ms=PATIENCE_MS[settings.patience])
            self._loaded = wanted
        return self._listener

    def listening(
        self, controller: SessionController, settings: Settings, agent: str, *, sounding: Callable[[], bool]
    ) -> Listening:
        """The ears of one desk. `agent`: the trainee's name at it; `sounding`: whether the loudspeaker gives a line."""

        def hints() -> Hints:
            own, file = controller.contact_scenario, controller.scenario
            return hints_for(own, agent, whole=file if file.agenda is None else own)

        return Listening(controller, self.microphone, self.listener(settings), settings, hints, sounding=sounding)

    def close(self) -> None:
        """Ends the listener's threads and closes the microphone."""
        self._drop()
        self.microphone.close()

    def _drop(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()
