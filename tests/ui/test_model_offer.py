"""A model is offered, downloaded from a loopback server, cancelled, gone on with, installed from disk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from simulator.errors import TercerTimbreError
from simulator.speech.models import CATALOGUE, ModelStore
from simulator.ui import model_installer
from simulator.ui.model_installer import ModelInstaller, offer_model
from simulator.ui.model_offer import ModelOffer, ModelOfferDialog
from tests.speech.model_folders import SMALL, SPHINX, VOSK, Site, archive, lay_out, served


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with served(archive(tmp_path / "served.zip", padding=400_000).read_bytes()) as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


Offering = Callable[[str], tuple[ModelOfferDialog, ModelInstaller]]


@pytest.fixture
def offering(window: QWidget, store: ModelStore) -> Iterator[Offering]:
    made: list[ModelInstaller] = []

    def offered(url: str) -> tuple[ModelOfferDialog, ModelInstaller]:
        dialog, installer = offer_model(window, store, url=url)
        made.append(installer)
        return dialog, installer

    yield offered
    for installer in made:
        installer.close()


def test_it_says_what_it_is_and_that_nothing_is_lost_without_it(qtbot: QtBot) -> None:
    offer = ModelOffer(CATALOGUE["es"])
    qtbot.addWidget(offer)
    assert "39 MB" in offer.facts.text()
    assert "Apache-2.0" in offer.facts.text()
    assert offer.verified.text().startswith("No verificado")
    assert "por escrito" in offer.without.text()


def test_a_download_shows_its_progress_and_ends_installed(
    qtbot: QtBot, site: Site, store: ModelStore, offering: Offering
) -> None:
    dialog, installer = offering(site.url)
    with qtbot.waitSignal(installer.installed, timeout=10_000) as named:
        dialog.offer.download_button.click()
        assert dialog.offer.working
        assert dialog.offer.cancel_button.hasFocus()
    assert named.args == [SMALL]
    assert [model.name for model in store.installed()] == [SMALL]
    assert SMALL in dialog.offer.state.text()
    with qtbot.waitSignal(dialog.ended, timeout=1000) as ended:
        dialog.offer.close_button.click()
    assert ended.args == [True]


def test_cancelling_keeps_what_came_and_the_next_download_goes_on(
    qtbot: QtBot, site: Site, store: ModelStore, offering: Offering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_installer, "TOLD_EVERY_S", 0.0)  # loopback is quicker than two readings
    site.stall_after = 200_000
    dialog, installer = offering(site.url)
    offer = dialog.offer
    offer.download_button.click()
    qtbot.waitUntil(lambda: offer.progress.maximum() == 1000 and "0,2 de" in offer.state.text(), timeout=10_000)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)  # cancels what runs; the offer stays
    assert not offer.cancel_button.isEnabled()
    site.stalled.set()
    qtbot.waitUntil(lambda: not offer.working, timeout=10_000)
    assert offer.download_button.text() == "Seguir la descarga"
    assert store.installed() == ()
    site.stall_after = None
    with qtbot.waitSignal(installer.installed, timeout=10_000):
        offer.download_button.click()
    assert site.asked[-1][0] is not None  # a range: it went on


def test_a_half_download_of_before_is_told(qtbot: QtBot, site: Site, store: ModelStore, offering: Offering) -> None:
    with pytest.raises(TercerTimbreError, match="download-cancelled"):
        store.install_url(site.url, lambda done, _total: done < 100_000)
    dialog, _installer = offering(site.url)
    qtbot.waitUntil(lambda: dialog.offer.download_button.text() == "Seguir la descarga", timeout=5000)
    assert "sigue desde ahí" in dialog.offer.state.text()


def test_a_failure_is_said_and_can_be_tried_again(
    qtbot: QtBot, site: Site, store: ModelStore, offering: Offering
) -> None:
    site.status = 404
    dialog, installer = offering(site.url)
    dialog.offer.download_button.click()
    qtbot.waitUntil(lambda: not dialog.offer.working, timeout=10_000)
    assert "404" in dialog.offer.state.text()
    assert dialog.offer.download_button.hasFocus()
    assert dialog.offer.download_button.text() == "Intentar otra vez"
    site.status = 200
    with qtbot.waitSignal(installer.installed, timeout=10_000):
        dialog.offer.download_button.click()
    assert store.find("es") is not None


def test_a_folder_and_a_zip_are_installed(qtbot: QtBot, tmp_path: Path, store: ModelStore, offering: Offering) -> None:
    dialog, installer = offering("http://127.0.0.1:9/nothing.zip")
    with qtbot.waitSignal(installer.installed, timeout=10_000) as named:
        dialog.offer.path_asked.emit(lay_out(tmp_path / "my-model"))
    assert named.args == ["my-model"]
    with qtbot.waitSignal(installer.installed, timeout=10_000) as named:
        dialog.offer.path_asked.emit(archive(tmp_path / "given.zip"))
    assert named.args == [SMALL]
    assert {model.name for model in store.installed()} == {"my-model", SMALL}


def test_a_folder_that_lacks_a_file_is_refused_with_its_name(
    qtbot: QtBot, tmp_path: Path, store: ModelStore, offering: Offering
) -> None:
    dialog, _installer = offering("http://127.0.0.1:9/nothing.zip")
    dialog.offer.path_asked.emit(lay_out(tmp_path / "half", VOSK, without="am/final.mdl"))
    qtbot.waitUntil(lambda: not dialog.offer.working, timeout=10_000)
    assert "am/final.mdl" in dialog.offer.state.text()
    assert store.installed() == ()


@pytest.mark.parametrize("used", ["folder_button", "zip_button"])
def test_after_a_refused_folder_the_focus_is_where_it_was_chosen_and_nothing_downloads_by_surprise(
    qtbot: QtBot, tmp_path: Path, offering: Offering, used: str
) -> None:
    dialog, _installer = offering("http://127.0.0.1:9/nothing.zip")
    offer = dialog.offer
    chooser = getattr(offer, used)
    chooser.setFocus()
    chooser.click()
    assert offer.dialog is not None
    offer.dialog.fileSelected.emit(str(lay_out(tmp_path / "half", VOSK, without="am/final.mdl")))
    offer.dialog.reject()
    qtbot.waitUntil(lambda: not offer.working and "am/final.mdl" in offer.state.text(), timeout=10_000)
    assert dialog.window().focusWidget() is chooser
    assert offer.download_button.text() == "Descargar"


def test_a_model_of_expected_sentences_says_so(qtbot: QtBot, tmp_path: Path, offering: Offering) -> None:
    dialog, installer = offering("http://127.0.0.1:9/nothing.zip")
    with qtbot.waitSignal(installer.installed, timeout=10_000):
        dialog.offer.path_asked.emit(lay_out(tmp_path / "sphinx", SPHINX))
    assert "Solo entiende frases esperadas" in dialog.offer.state.text()
    with qtbot.waitSignal(installer.installed, timeout=10_000):
        dialog.offer.path_asked.emit(lay_out(tmp_path / "vosk"))
    assert "frases esperadas" not in dialog.offer.state.text()


def test_a_model_that_is_there_already_is_what_was_wanted(
    qtbot: QtBot, tmp_path: Path, site: Site, store: ModelStore, offering: Offering
) -> None:
    store.install_zip(archive(tmp_path / "given.zip"))
    dialog, installer = offering(site.url)
    with qtbot.waitSignal(installer.installed, timeout=10_000) as named:
        dialog.offer.download_button.click()
    assert named.args == [SMALL]
    assert site.asked == []


def test_closing_in_the_middle_leaves_no_thread(qtbot: QtBot, site: Site, store: ModelStore, window: QWidget) -> None:
    site.stall_after = 100_000
    dialog, installer = offer_model(window, store, url=site.url)
    dialog.offer.download_button.click()
    qtbot.waitUntil(lambda: bool(site.asked), timeout=10_000)
    site.stalled.set()
    installer.close()
    installer.close()
    assert store.installed() == ()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_not_now_ends_it(qtbot: QtBot, offering: Offering, way: str) -> None:
    dialog, _installer = offering("http://127.0.0.1:9/nothing.zip")
    with qtbot.waitSignal(dialog.ended, timeout=1000) as ended:
        if way == "button":
            dialog.offer.later_button.click()
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert ended.args == [False]


def test_tab_stays_inside_and_goes_round(qtbot: QtBot, offering: Offering) -> None:
    dialog, _installer = offering("http://127.0.0.1:9/nothing.zip")
    offer = dialog.offer
    seen = []
    for _step in range(5):
        seen.append(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    shown = [offer.download_button, offer.zip_button, offer.folder_button, offer.later_button]
    assert seen == [*shown, shown[0]]


def test_the_choice_of_a_file_hands_its_path_on(qtbot: QtBot, offering: Offering, tmp_path: Path) -> None:
    dialog, _installer = offering("http://127.0.0.1:9/nothing.zip")
    offer = dialog.offer
    offer.folder_button.click()
    chooser = offer.dialog
    assert chooser is not None
    with qtbot.waitSignal(offer.path_asked, timeout=1000) as asked:
        chooser.fileSelected.emit(str(tmp_path))
    assert asked.args == [tmp_path]
    chooser.reject()
    assert offer.dialog is None
    qtbot.waitUntil(lambda: not offer.working, timeout=10_000)


@pytest.mark.parametrize("size", [(1200, 800), (760, 420)])
def test_the_card_never_leaves_the_window(
    qtbot: QtBot, offering: Offering, window: QWidget, size: tuple[int, int]
) -> None:
    window.resize(*size)
    dialog, _installer = offering("http://127.0.0.1:9/nothing.zip")
    dialog.offer.show_failed("No se puede llegar al servidor. " * 12, resumes=True)
    card = dialog.findChild(QWidget, "dialogCard")
    assert isinstance(card, QWidget)
    qtbot.waitUntil(lambda: window.rect().contains(card.geometry()), timeout=2000)
    shown = [made for made in dialog.offer.buttons() if made.isVisible()]
    qtbot.waitUntil(lambda: all(made.width() >= made.sizeHint().width() for made in shown), timeout=2000)
