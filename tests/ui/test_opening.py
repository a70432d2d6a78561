"""What Qt itself says, in Spanish."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from simulator.speech.models import CATALOGUE
from simulator.ui.model_offer import ModelOffer
from simulator.ui.opening import install_spanish


@pytest.fixture
def spanish(qapp: QApplication) -> Iterator[None]:
    translator = install_spanish(qapp)
    assert translator is not None
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("chooser", ["folder_button", "zip_button"])
def test_the_file_dialogs_are_in_spanish(qtbot: QtBot, chooser: str) -> None:
    offer = ModelOffer(CATALOGUE["es"])
    qtbot.addWidget(offer)
    getattr(offer, chooser).click()
    dialog = offer.dialog
    assert dialog is not None
    parts: list[QLabel | QAbstractButton] = [*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)]
    said = {part.text().replace("&", "") for part in parts if part.isVisibleTo(dialog)} - {""}
    dialog.reject()
    accept, name = ("Seleccionar", "Directorio:") if chooser == "folder_button" else ("Abrir", "Nombre de fichero:")
    assert said == {"Buscar en:", "Tipo de archivo:", "Cancelar", accept, name}


@pytest.mark.usefixtures("spanish")
def test_the_standard_buttons_of_qt_are_in_spanish(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert {made.text().replace("&", "") for made in box.buttons()} == {"Aceptar", "Cancelar"}


@pytest.mark.expects_log
def test_an_installation_without_the_catalogue_says_so(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(QLibraryInfo, "path", lambda _which: str(tmp_path))
    assert install_spanish(qapp) is None
    assert "catalogue is missing" in caplog.text
