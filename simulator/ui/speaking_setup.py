"""Getting ready to speak: the ears, the model that is offered, the microphone check, what the settings show of them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from simulator.settings import Settings
from simulator.speech.devices.opening import input_choices
from simulator.speech.devices.playing import LinePlayer
from simulator.speech.listening.choosing import chosen_name
from simulator.speech.models import CATALOGUE
from simulator.ui.ears import Ears
from simulator.ui.main_window import MainWindow
from simulator.ui.model_installer import ModelInstaller, offer_model
from simulator.ui.model_offer import ModelOffer
from simulator.ui.pages.microphone_check import MicrophoneCheck
from simulator.ui.pages.settings import SettingsPage
from simulator.ui.tasks import Tasks
from simulator.wording import _

CHECK_PAGE = "microphone-check"


class SpeakingSetup(QObject):
    """Owns the ears. `player`: what the check plays the voice back with, asked for when the check is first shown."""

    changed = Signal(object)
    """A dict of names of `Settings` and their new values."""

    def __init__(
        self, window: MainWindow, models: Path, player: Callable[[], LinePlayer], tasks: Tasks, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._models = models
        self._player = player
        self._tasks = tasks
        self._ears: Ears | None = None
        self._installers: list[ModelInstaller] = []
        self._check_installer: ModelInstaller | None = None
        self._settings = Settings()
        self._then: Callable[[], None] | None = None
        self._offered = False

    @property
    def ears(self) -> Ears:
        """Microphone and listener, made at first need."""
        if self._ears is None:
            self._ears = Ears(self._models, self)
        return self._ears

    def before_call(self, settings: Settings, then: Callable[[], None]) -> None:
        """Before a spoken call: the model is offered where there is none (once in the life of the program), and the
        microphone is checked if it never was; `then` goes on in any case. A typed call goes on at once."""
        if settings.input_mode == "typed":
            then()
            return
        self._settings = settings
        if self.can_listen(settings):
            self._check_once(then)
        elif self._offered:
            then()
        else:
            self._offered = True
            self.offer(lambda installed: self._check_once(then) if installed else then())

    def can_listen(self, settings: Settings) -> bool:
        """Whether somebody would understand a spoken reply."""
        return self._recogniser(settings) != ""

    def offer(self, then: Callable[[bool], None]) -> None:
        """Offers the Spanish model over the window; `then` is told whether one is installed."""
        dialog, installer = offer_model(self._window, self.ears.store)
        self._installers.append(installer)

        def over(installed: bool) -> None:
            self._end(installer)
            then(installed)

        dialog.ended.connect(over)

    def show_check(self, settings: Settings, name: str, then: Callable[[], None]) -> None:
        """Shows the microphone check; `then` goes on when it is over or left."""
        self._settings = settings
        self._then = then
        ears = self.ears
        offer = ModelOffer(CATALOGUE["es"], closable=False)
        self._check_installer = installer = ModelInstaller(offer, ears.store)
        self._installers.append(installer)
        page = MicrophoneCheck(
            ears.microphone,
            self._player(),
            devices=input_choices,
            tasks=self._tasks,
            listener=ears.listener(settings) if self.can_listen(settings) else None,
            offer=offer,
            name=name,
        )
        installer.installed.connect(lambda _name: page.use_listener(ears.listener(self._settings)))
        page.chosen.connect(self._on_chosen)
        page.done.connect(self._on_over)
        page.left.connect(self._on_over)
        self._window.put_page(CHECK_PAGE, page)
        self._window.show_page(CHECK_PAGE)
        page.begin(settings)

    def fill(self, page: SettingsPage, settings: Settings) -> None:
        """Shows in the settings which microphones there are and who recognises speech."""
        self._settings = settings
        page.show_microphones(input_choices())
        known = self._recogniser(settings)
        said = _("Recognised by: {name}").format(name=known)
        page.show_recogniser_state(
            said if known else _("No model is installed: replies are typed."), installable=not known
        )

    def close(self) -> None:
        """Ends downloads, threads and the microphone. Idempotent."""
        for installer in self._installers:
            installer.close()
        self._installers.clear()
        if self._ears is not None:
            self._ears.close()

    def _recogniser(self, settings: Settings) -> str:
        installed = self.ears.store.installed()
        return chosen_name(settings.recogniser, installed, online_allowed=settings.online_allowed)

    def _check_once(self, then: Callable[[], None]) -> None:
        if self._settings.microphone_checked:
            then()
        else:
            self.show_check(self._settings, "", then)

    @Slot(object)
    def _on_chosen(self, values: dict[str, object]) -> None:
        self._settings = replace(self._settings, **values)  # type: ignore[arg-type]  # the page names settings
        self.changed.emit(values)

    @Slot()
    def _on_over(self) -> None:
        then, self._then = self._then, None
        if self._check_installer is not None:
            self._end(self._check_installer)
            self._check_installer = None
        if then is not None:
            then()
        self._window.drop_page(CHECK_PAGE)

    def _end(self, installer: ModelInstaller) -> None:
        installer.close()
        if installer in self._installers:
            self._installers.remove(installer)
