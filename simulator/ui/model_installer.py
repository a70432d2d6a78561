"""What the model offer asks for, done: download, installation, cancelling, off the window's thread."""

import threading
import time
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from simulator.errors import TercerTimbreError
from simulator.speech.models import CATALOGUE, InstalledModel, ModelStore
from simulator.ui.messages import explain
from simulator.ui.model_offer import ModelOffer, ModelOfferDialog
from simulator.ui.tasks import Tasks

TIMEOUT_S: Final = 15.0
"""A server that says nothing for so long is given up; cancelling and closing the program wait no longer than this."""
TOLD_EVERY_S: Final = 0.1
"""Between two readings of the progress."""


class ModelInstaller(QObject):
    """Serves one `ModelOffer`. It has a worker of its own, so that a download keeps nobody else waiting.

    `model`: an id of the catalogue; `url`: a mirror in place of its own address. Close it before the program ends.
    """

    installed = Signal(str)
    """The name of the model that is here now."""
    _came = Signal(object, object)

    def __init__(self, offer: ModelOffer, store: ModelStore, *, model: str = "es", url: str | None = None) -> None:
        super().__init__(offer)
        self._offer, self._store, self._id, self._url = offer, store, model, url
        self._tasks = Tasks(self)
        self._cancelled = threading.Event()
        self._closed = False
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)
        offer.download_asked.connect(self.download)
        offer.path_asked.connect(self.install_from)
        offer.cancel_asked.connect(self.cancel)
        self._tasks.run(self._half_done, self._on_looked, self._on_not_looked)

    @Slot()
    def download(self) -> None:
        """Downloads the model and installs it; goes on with what came before."""
        wanted = CATALOGUE[self._id]
        self._cancelled.clear()
        self._offer.show_progress(0, wanted.megabytes * 1_000_000)
        work = partial(
            self._store.install_url,
            self._url or wanted.url,
            _Progress(self),
            sha256=wanted.sha256,
            name=wanted.name,
            timeout=TIMEOUT_S,
        )
        self._tasks.run(work, self._on_installed, self._on_failed)

    @Slot(Path)
    def install_from(self, path: Path) -> None:
        """Installs a model from a folder or a ZIP."""
        self._offer.show_placing()
        self._tasks.run(partial(_from_path, self._store, path), self._on_installed, self._on_failed)

    @Slot()
    def cancel(self) -> None:
        """Stops the download at its next bytes; what came is kept."""
        self._cancelled.set()
        self._offer.show_cancelling()

    def close(self) -> None:
        """Cancels what runs and waits for the worker. Idempotent."""
        self._closed = True
        self._cancelled.set()
        self._tasks.close()

    def told(self, done: int, total: int | None) -> bool:
        """From the worker: so much is here. Whether to go on."""
        self._came.emit(done, total)
        return not self._cancelled.is_set()

    @property
    def cancelled(self) -> bool:
        """Whether cancelling was asked; safe from every thread."""
        return self._cancelled.is_set()

    def _half_done(self) -> bool:
        return self._store.half_done(self._id, url=self._url) is not None

    @Slot(object, object)
    def _on_came(self, done: int, total: int | None) -> None:
        if self._closed or self._cancelled.is_set():
            return
        if total is not None and done >= total:
            self._offer.show_placing()
        else:
            self._offer.show_progress(done, total)

    def _on_looked(self, resumes: bool) -> None:
        if resumes and not self._offer.working:
            self._offer.show_offer(resumes=True)

    def _on_not_looked(self, error: Exception) -> None:
        self._offer.show_failed(explain(error), resumes=False)

    def _on_installed(self, model: InstalledModel) -> None:
        self._offer.show_installed(model.name, free_speech=model.kind != "pocketsphinx")
        self.installed.emit(model.name)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, TercerTimbreError) and error.code == "model-exists":
            # Another window was quicker, or it is the very one that is here: what was wanted is there.
            name = str(error.args_["name"])
            self._offer.show_installed(name)
            self.installed.emit(name)
            return
        self._tasks.run(self._half_done, partial(self._on_failed_with, error), self._on_not_looked)

    def _on_failed_with(self, error: Exception, resumes: bool) -> None:
        if isinstance(error, TercerTimbreError) and error.code == "download-cancelled":
            self._offer.show_offer(resumes=resumes)
        else:
            self._offer.show_failed(explain(error), resumes=resumes)


class _Progress:
    """Called by the worker for each piece that comes; tells the window a few times a second."""

    def __init__(self, installer: ModelInstaller) -> None:
        self._installer = installer
        self._told = 0.0

    def __call__(self, done: int, total: int | None) -> bool:
        now = time.monotonic()
        if now - self._told < TOLD_EVERY_S and done != total:
            return not self._installer.cancelled
        self._told = now
        return self._installer.told(done, total)


def _from_path(store: ModelStore, path: Path) -> InstalledModel:
    return store.install_folder(path) if path.is_dir() else store.install_zip(path)


def offer_model(
    over: QWidget, store: ModelStore, *, model: str = "es", url: str | None = None
) -> tuple[ModelOfferDialog, ModelInstaller]:
    """Offers the model over a window. The installer ends with the dialog; close it if the window goes before that."""
    offer = ModelOffer(CATALOGUE[model])
    installer = ModelInstaller(offer, store, model=model, url=url)
    dialog = ModelOfferDialog(over, offer)
    dialog.ended.connect(installer.close)
    return dialog, installer
