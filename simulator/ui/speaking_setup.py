"""Getting ready to speak: the ears, the model that is offered, the microphone check, what the settings show of them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from simulator.settings import Settings
from simulator.speech.devices.opening import input_choices
from simulator.speech.devices.playing import LinePlayer
from simulator.speech.listening.choosing import available, chosen_name
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
    """Owns the ears. `player`: what the check plays the voice back with."""

    changed = Signal(object)
    """A dict of names of `Settings` and their new values."""

    def __init__(self, window: MainWindow, models: Path, player: LinePlayer, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._models = models
        self._player = player
        self._tasks = tasks
        self._ears: Ears | None = None
        self._offered = False
        window.navigated.connect(self._drop_check)

    @property
    def ears(self) -> Ears:
        """Microphone and listener, made at first need."""
        if self._ears is None:
            self._ears = Ears(self._models, self)
        return self._ears

    def before_call(self, settings: Settings, name: str, back: Callable[[], None], then: Callable[[], None]) -> None:
        """Before a spoken call: the model is offered where there is none (once in the life of the program), and the
        microphone is checked by `name` if it never was. `then` takes the call; who leaves the check takes none and goes
        `back`. A typed call is taken at once."""
        if settings.input_mode == "typed":
            then()
        elif self.can_listen(settings):
            self._check_once(settings, name, back, then)
        elif self._offered:
            then()
        else:
            self._offered = True
            self.offer(lambda installed: self._check_once(settings, name, back, then) if installed else then())

    def can_listen(self, settings: Settings) -> bool:
        """Whether somebody would understand a spoken reply."""
        return self._recogniser(settings) != ""

    def offer(self, then: Callable[[bool], None]) -> None:
        """Offers the Spanish model over the window; `then` is told whether one is installed."""
        dialog, _installer = offer_model(self._window, self.ears.store)
        dialog.ended.connect(then)

    def show_check(
        self, settings: Settings, name: str, back: Callable[[], None], then: Callable[[], None] | None = None
    ) -> None:
        """Shows the microphone check to `name`. Over or left, it goes `back` to the page that it came from; over, it
        then goes on with `then`."""
        ears = self.ears
        offer = ModelOffer(CATALOGUE["es"], closable=False)
        installer = ModelInstaller(offer, ears.store)
        page = MicrophoneCheck(
            ears.microphone,
            self._player,
            devices=input_choices,
            tasks=self._tasks,
            listener=ears.listener(settings) if self.can_listen(settings) else None,
            offer=offer,
            name=name,
        )

        def leave() -> None:
            back()
            self._drop_check()

        def finish() -> None:
            leave()
            if then is not None:
                then()

        installer.installed.connect(lambda _name: page.use_listener(ears.listener(settings)))
        page.chosen.connect(self.changed)
        page.done.connect(finish)
        page.left.connect(leave)
        self._drop_check()
        self._window.put_page(CHECK_PAGE, page)
        self._window.show_page(CHECK_PAGE)
        page.begin(settings)

    def fill(self, page: SettingsPage, settings: Settings) -> None:
        """Shows in the settings which microphones there are and who recognises speech."""
        page.show_microphones(input_choices())
        known = self._recogniser(settings)
        if not known:
            said = _("No model is installed: replies are typed.")
        elif known == "pocketsphinx":
            said = _("Recognised by: {name}. Expected phrases only; to speak freely, install Vosk's model.")
        else:
            said = _("Recognised by: {name}")
        speaks_freely = "vosk" in available(self.ears.store.installed(), online_allowed=False)
        page.show_recogniser_state(said.format(name=known), installable=not speaks_freely)

    def close(self) -> None:
        """Ends downloads, threads and the microphone. Idempotent."""
        for installer in self._window.findChildren(ModelInstaller):
            installer.close()
        if self._ears is not None:
            self._ears.close()

    def _recogniser(self, settings: Settings) -> str:
        installed = self.ears.store.installed()
        return chosen_name(settings.recogniser, installed, online_allowed=settings.online_allowed)

    def _check_once(self, settings: Settings, name: str, back: Callable[[], None], then: Callable[[], None]) -> None:
        if settings.microphone_checked:
            then()
        else:
            self.show_check(settings, name, back, then)

    @Slot()
    def _drop_check(self) -> None:
        """The check is no longer shown: what it was installing ends with it."""
        page = self._window.page(CHECK_PAGE)
        if page is not None:
            for installer in page.findChildren(ModelInstaller):
                installer.close()
            self._window.drop_page(CHECK_PAGE)
