"""Who recognises speech, of what is installed."""

from pathlib import Path

import pytest

from simulator.settings import Settings
from simulator.speech.heard import Hints, ListeningUnavailable
from simulator.speech.listening.apart import RecogniserApart
from simulator.speech.listening.choosing import available, choose, chosen_name, load
from simulator.speech.models import InstalledModel, ModelStore
from simulator.speech.reasons import REASONS
from tests.speech.model_folders import SPHINX, VOSK, lay_out
from tests.speech.said import SPHINX_FOLDER, needs_sphinx_model

VOSK_MODEL = InstalledModel("small", "vosk", Path("nowhere/small"), 1)
SPHINX_MODEL = InstalledModel("sphinx", "pocketsphinx", Path("nowhere/sphinx"), 1)
FAULTY = InstalledModel("half", "vosk", Path("nowhere/half"), 1, faulty=("am/final.mdl",))


@pytest.mark.parametrize(
    ("choice", "models", "online", "name"),
    [
        ("auto", (SPHINX_MODEL, VOSK_MODEL), False, "vosk"),
        ("auto", (SPHINX_MODEL, FAULTY), False, "pocketsphinx"),
        ("auto", (), True, ""),
        ("auto", (FAULTY,), False, ""),
        ("pocketsphinx", (SPHINX_MODEL, VOSK_MODEL), False, "pocketsphinx"),
        ("vosk", (SPHINX_MODEL,), False, ""),
        ("google", (VOSK_MODEL,), False, ""),
        ("google", (), True, "google"),
        ("nobody", (VOSK_MODEL,), True, ""),
    ],
)
def test_who_is_chosen(choice: str, models: tuple[InstalledModel, ...], online: bool, name: str) -> None:
    assert chosen_name(choice, models, online_allowed=online) == name


def test_what_is_available_stands_best_first() -> None:
    assert available((SPHINX_MODEL, VOSK_MODEL), online_allowed=True) == ("vosk", "pocketsphinx", "google")
    assert available((FAULTY,), online_allowed=False) == ()


@pytest.mark.parametrize(
    ("choice", "models", "told"),
    [
        ("auto", (), ListeningUnavailable("no-model")),
        ("vosk", (SPHINX_MODEL,), ListeningUnavailable("no-model")),
        ("auto", (FAULTY,), ListeningUnavailable("model-broken", "am/final.mdl")),
        ("pocketsphinx", (FAULTY,), ListeningUnavailable("no-model")),
        ("google", (VOSK_MODEL,), ListeningUnavailable("online-not-allowed")),
        ("nobody", (VOSK_MODEL,), ListeningUnavailable("no-model")),
    ],
)
def test_why_nobody_listens(choice: str, models: tuple[InstalledModel, ...], told: ListeningUnavailable) -> None:
    assert load(choice, models, online_allowed=False) == told
    assert told.code in REASONS


@pytest.mark.parametrize("files", [VOSK, SPHINX])
def test_a_model_that_its_library_cannot_read_is_broken(tmp_path: Path, files: dict[str, bytes]) -> None:
    store = ModelStore(tmp_path / "models")
    lay_out(store.folder / "model", files)
    assert not store.installed()[0].faulty
    told = choose(Settings(), store)
    assert isinstance(told, ListeningUnavailable)
    assert told.code == "model-broken"


def test_a_folder_that_vanished_after_it_was_listed_is_broken() -> None:
    for model in (VOSK_MODEL, SPHINX_MODEL):
        told = load("auto", (model,), online_allowed=False)
        assert isinstance(told, ListeningUnavailable)
        assert told.code == "model-broken"


def test_the_online_one_needs_no_model() -> None:
    loaded = load("google", (), online_allowed=True)
    assert not isinstance(loaded, ListeningUnavailable)
    assert loaded.name == "google"


def test_pocketsphinx_is_loaded_apart() -> None:
    needs_sphinx_model()
    model = InstalledModel("es", "pocketsphinx", SPHINX_FOLDER, 1)
    loaded = load("auto", (model,), online_allowed=False)
    assert isinstance(loaded, RecogniserApart)
    loaded.prepare(Hints(sentences=("Con mucho gusto.",)))
    loaded.close()
