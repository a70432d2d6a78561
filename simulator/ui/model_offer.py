"""The offer to install a model that recognises Spanish: in a page, or over the window at the first use of speech."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from simulator.ui.file_dialog import file_dialog
from simulator.ui.pages.layouts import Wrapping
from simulator.ui.theme import current_look
from simulator.ui.widgets import button, card, label, next_index, picture, redraw_icons, row
from simulator.wording import _

if TYPE_CHECKING:  # it brings the network libraries: not before they are used
    from simulator.speech.models import Downloadable

OFFER_WIDTH = 690
"""Width of the offer over the window at 100 %, in pixels, where the window has it."""

MB = 1_000_000


class ModelOffer(QWidget):
    """What the model is, and the ways to get it; then the progress, and how it ended. It asks, `ModelInstaller` works.

    `closable`: with a button that leaves it for later.
    """

    download_asked = Signal()
    """Download, or go on with a download that broke off."""
    path_asked = Signal(Path)
    """Install from this folder or ZIP."""
    cancel_asked = Signal()
    declined = Signal()
    """Not now."""
    closed = Signal()
    """It is installed, and the person has read so."""

    def __init__(self, model: Downloadable, *, closable: bool = True) -> None:
        super().__init__()
        self.dialog: QFileDialog | None = None
        """The choice of a folder or file, while it is open."""
        self._model = model
        self._working = False
        self._make_buttons(closable)
        self.text = label(
            _(
                "To understand what you say, the program needs a model of spoken Spanish. It is downloaded once and "
                "stays on this computer; after that, no Internet is needed and your voice never leaves it."
            ),
            wrap=True,
        )
        self.without = label(_("Without it nothing is lost: every practice can be done by typing."), wrap=True)
        self.facts = label(
            _("{name} · {size} MB · licence {licence} · from {origin}").format(
                name=model.name, size=model.megabytes, licence=model.licence, origin=urlsplit(model.url).hostname or ""
            ),
            "small",
            wrap=True,
        )
        unverified = _(
            "Not verified: its checksum is not known to this program, so only its completeness is looked at."
        )
        self.verified = label(unverified if model.sha256 is None else "", "small", wrap=True)
        self.progress = QProgressBar()
        self.progress.setObjectName("modelProgress")
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Progress of the installation"))
        self.state = label("", wrap=True)
        self._mark = picture("check-circle", 20, "good")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        for made in (self.text, self.without, self.facts, self.verified, self.progress):
            inside.addWidget(made)
        said = row(self._mark, self.state, spacing=10)
        said.setStretch(1, 1)
        said.setAlignment(self._mark, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(said)
        inside.addSpacing(4)
        inside.addWidget(Wrapping(*self.buttons(), gap=10))
        self.show_offer()

    @property
    def working(self) -> bool:
        """Whether a download or an installation is shown as going on."""
        return self._working

    def buttons(self) -> Sequence[QPushButton]:
        """All buttons in the order of the Tab key, shown or not."""
        return (
            self.download_button,
            self.zip_button,
            self.folder_button,
            self.later_button,
            self.cancel_button,
            self.close_button,
        )

    def show_offer(self, *, resumes: bool = False) -> None:
        """What it is and how to get it; `resumes`: part of it is here already."""
        self._say("", "")
        if resumes:
            self._say(_("Part of it was downloaded already: the download goes on from there."), "info")
        self.download_button.setText(_("Go on downloading") if resumes else _("Download"))
        self._arrange()

    def show_progress(self, done: int, total: int | None) -> None:
        """`done` bytes of `total` (None: the server does not say) are here."""
        if not self._working:
            self._arrange(working=True)
        here = f"{done / MB:.1f}".replace(".", ",")
        if total is None or total <= 0:
            self.progress.setRange(0, 0)
            self._say(_("{done} MB so far").format(done=here), "")
            return
        self.progress.setRange(0, 1000)
        self.progress.setValue(min(1000, done * 1000 // total))
        self._say(_("{done} of {total} MB").format(done=here, total=round(total / MB)), "")

    def show_placing(self) -> None:
        """It is being unpacked and looked at, for a moment that cannot be cancelled."""
        if not self._working:
            self._arrange(working=True)
        self.progress.setRange(0, 0)
        self._say(_("Looking at the model and putting it in its place …"), "")

    def show_cancelling(self) -> None:
        """Cancelling was asked; a server that says nothing is waited for a moment longer."""
        self.cancel_button.setEnabled(False)
        self._say(_("Cancelling …"), "")

    def show_failed(self, reason: str, *, resumes: bool) -> None:
        """It did not work: why, and what to do; `resumes`: what came so far is kept."""
        kept = _("What was downloaded is kept; the download can go on from there.") if resumes else ""
        self._say("\n".join(filter(None, (reason, kept))), "warning")
        again = _("Try again") if self._used is self.download_button else _("Download")
        self.download_button.setText(_("Go on downloading") if resumes else again)
        self._arrange(failed=True)

    def show_installed(self, name: str, *, free_speech: bool = True) -> None:
        """The model is here; not `free_speech`: it understands expected sentences only."""
        said = [_("The model {name} is installed: from now on you can speak.").format(name=name)]
        if not free_speech:
            said.append(_("It understands expected phrases only; the settings offer the one for speaking freely."))
        self._say("\n".join(said), "check-circle")
        self._arrange(installed=True)

    def refresh_icons(self) -> None:
        """Draws again what depends on the look."""
        redraw_icons(self)

    def _make_buttons(self, closable: bool) -> None:
        self.download_button = button(_("Download"), "primary", "download")
        self.zip_button = button(_("From a ZIP …"), None, about=_("Install a model from a ZIP file that you have"))
        self.folder_button = button(
            _("From a folder …"), None, "folder", about=_("Install a model from a folder that you have")
        )
        self.later_button = button(_("Not now"), "quiet")
        self.cancel_button = button(_("Cancel"), None, "cross", about=_("Cancel the download; what came is kept"))
        self.close_button = button(_("Go on"), "primary")
        self._used = self.download_button
        self.download_button.clicked.connect(self._on_download)
        self.zip_button.clicked.connect(self._on_zip)
        self.folder_button.clicked.connect(self._on_folder)
        self.later_button.clicked.connect(self.declined)
        self.cancel_button.clicked.connect(self.cancel_asked)
        self.close_button.clicked.connect(self.closed)
        self._closable = closable

    def _arrange(self, *, working: bool = False, failed: bool = False, installed: bool = False) -> None:
        self._working = working
        self.cancel_button.setEnabled(True)
        idle = not working and not installed
        # Read once; afterwards what happens must be in sight, in a low window with large text too.
        offered = idle and not failed
        for words in (self.text, self.without):
            words.setVisible(offered)
        self.facts.setVisible(not installed)
        self.verified.setVisible(offered and self._model.sha256 is None)
        self.progress.setVisible(working)
        shown = {
            self.download_button: idle,
            self.zip_button: idle,
            self.folder_button: idle,
            self.later_button: idle and self._closable,
            self.cancel_button: working,
            self.close_button: installed and self._closable,
        }
        wanted = [made for made, wants in shown.items() if wants]
        for made in wanted:
            made.show()
        # The focus goes to what comes before what had it is hidden: Qt would look for another place meanwhile. After a
        # failure it goes to what was tried: Enter after a refused folder must not begin a download.
        if wanted and self.window().focusWidget() in shown:
            (self._used if failed else wanted[0]).setFocus()
        for made in shown:
            made.setVisible(made in wanted)

    def _say(self, text: str, icon_name: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))
        self._mark.setVisible(bool(icon_name))
        if icon_name:
            roles = {"warning": "warning", "check-circle": "good"}
            self._mark.setProperty("iconName", icon_name)
            self._mark.setProperty("iconRole", roles.get(icon_name, "accent"))
            redraw_icons(self)
        self.progress.setAccessibleDescription(text)

    def _on_download(self) -> None:
        self._used = self.download_button
        self.download_asked.emit()

    def _on_zip(self) -> None:
        self._used = self.zip_button
        self._choose(QFileDialog.FileMode.ExistingFile, _("Which ZIP file?"))

    def _on_folder(self) -> None:
        self._used = self.folder_button
        self._choose(QFileDialog.FileMode.Directory, _("Which folder?"))

    def _choose(self, mode: QFileDialog.FileMode, title: str) -> None:
        zips = "ZIP (*.zip)" if mode == QFileDialog.FileMode.ExistingFile else ""
        dialog = file_dialog(self.window(), title, mode, zips)
        dialog.fileSelected.connect(self._on_path)
        dialog.finished.connect(self._on_dialog_over)
        self.dialog = dialog
        dialog.open()

    def _on_path(self, path: str) -> None:
        self.path_asked.emit(Path(path))

    def _on_dialog_over(self) -> None:
        self.dialog = None


class ModelOfferDialog(QWidget):
    """The offer over the window: a veil and a card. Esc is «Not now», or cancels what runs; Tab stays inside."""

    ended = Signal(bool)
    """It is over; True: a model is installed."""

    def __init__(self, over: QWidget, offer: ModelOffer) -> None:
        super().__init__(over)
        self.setObjectName("veil")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = _("Speak instead of typing?")
        self.setAccessibleName(title)
        self._over = over
        self.offer = offer
        self._frame: QFrame
        self._frame, inside = card("dialogCard")
        inside.setContentsMargins(26, 24, 26, 22)
        self._title = label(title, "title", wrap=True)
        inside.addWidget(self._title)
        self._scroller = QScrollArea()
        self._scroller.setWidgetResizable(True)
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        offer.setObjectName("inside")
        self._scroller.setWidget(offer)
        inside.addWidget(self._scroller)
        around = QVBoxLayout(self)
        around.addStretch(1)
        around.addLayout(row(1, self._frame, 1))
        around.addStretch(1)
        offer.declined.connect(self._on_declined)
        offer.closed.connect(self._on_closed)
        over.installEventFilter(self)
        offer.installEventFilter(self)
        self.setGeometry(over.rect())
        self.raise_()
        self.show()
        offer.download_button.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and isinstance(event, QResizeEvent):
            self.setGeometry(self._over.rect())
        elif watched is self.offer and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A width of its own: wrapped text would otherwise fold to a narrow column, and be cut.
        self._frame.setFixedWidth(max(280, min(current_look().px(OFFER_WIDTH), event.size().width() - 32)))
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """As high as the offer needs; where the window is too low for it, it scrolls."""
        layout, outer = self.offer.layout(), self._frame.layout()
        if layout is None or outer is None:
            return
        margins = outer.contentsMargins()
        width = self._frame.width() - margins.left() - margins.right()
        title = self._title.heightForWidth(width) + outer.spacing()
        most = self.height() - 16 - margins.top() - margins.bottom() - title
        needed = layout.totalHeightForWidth(width)
        if needed > most:
            needed = layout.totalHeightForWidth(width - self._scroller.verticalScrollBar().sizeHint().width())
        self._scroller.setFixedHeight(max(60, min(needed, most)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.offer.working:
                self.offer.cancel_asked.emit()
            elif self.offer.close_button.isVisible():
                self._end(True)
            else:
                self._end(False)

    def focusNextPrevChild(self, next: bool) -> bool:
        inside = [made for made in self.offer.buttons() if made.isVisible()]
        if not inside:
            return False
        chosen = inside[next_index(inside, self.focusWidget(), 1 if next else -1)]
        chosen.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroller.ensureWidgetVisible(chosen)
        return True

    def _on_declined(self) -> None:
        self._end(False)

    def _on_closed(self) -> None:
        self._end(True)

    def _end(self, installed: bool) -> None:
        self._over.removeEventFilter(self)
        self.hide()
        self.ended.emit(installed)
        self.deleteLater()
