"""Who recognises speech: what the user chose, of what is installed. Nothing here raises."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from simulator.errors import TercerTimbreError
from simulator.settings import Settings
from simulator.speech.heard import ListeningUnavailable, Recogniser
from simulator.speech.listening import online_engine, vosk_engine
from simulator.speech.listening.apart import RecogniserApart
from simulator.speech.models import InstalledModel, ModelStore

_SPHINX: Final = "simulator.speech.listening.sphinx_engine:make"
_BEST_FIRST: Final = ("vosk", "pocketsphinx")
"""Free speech before expected sentences. A service on the network is never taken unasked."""


def available(models: Sequence[InstalledModel], *, online_allowed: bool) -> tuple[str, ...]:
    """The recognisers that could be chosen now, the best first. Of the models only those that are whole count."""
    offline = tuple(name for name in _BEST_FIRST if _model_of(name, models) is not None)
    return (*offline, online_engine.NAME) if online_allowed else offline


def chosen_name(choice: str, models: Sequence[InstalledModel], *, online_allowed: bool) -> str:
    """The recogniser that `load` would load; "" where there is none."""
    found = available(models, online_allowed=online_allowed)
    if choice == "auto":
        return next((name for name in found if name in _BEST_FIRST), "")
    return choice if choice in found else ""


def load(choice: str, models: Sequence[InstalledModel], *, online_allowed: bool) -> Recogniser | ListeningUnavailable:
    """The recogniser of a choice of the settings (auto, vosk, pocketsphinx, google), loaded; slow. Codes: no-model,
    model-broken, online-not-allowed, recogniser-missing, recogniser-not-loaded."""
    if choice == online_engine.NAME and not online_allowed:
        return ListeningUnavailable("online-not-allowed")
    name = chosen_name(choice, models, online_allowed=online_allowed)
    if name == online_engine.NAME:
        return online_engine.GoogleRecogniser()
    model = _model_of(name, models)
    if model is None:
        broken = [model for model in models if model.faulty and choice in ("auto", model.kind)]
        if broken:
            return ListeningUnavailable("model-broken", ", ".join(broken[0].faulty))
        return ListeningUnavailable("no-model")
    return _load_vosk(model.path) if name == "vosk" else _load_sphinx(model.path)


def choose(settings: Settings, store: ModelStore) -> Recogniser | ListeningUnavailable:
    """The recogniser that these settings choose of what the store holds now, loaded; slow."""
    try:
        models = store.installed()
    except TercerTimbreError as error:
        return ListeningUnavailable("model-broken", str(error))
    return load(settings.recogniser, models, online_allowed=settings.online_allowed)


def _model_of(kind: str, models: Sequence[InstalledModel]) -> InstalledModel | None:
    return next((model for model in models if model.kind == kind and not model.faulty), None)


def _load_vosk(folder: Path) -> Recogniser | ListeningUnavailable:
    return vosk_engine.load(folder)


def _load_sphinx(folder: Path) -> Recogniser | ListeningUnavailable:
    return RecogniserApart.load(_SPHINX, str(folder))
