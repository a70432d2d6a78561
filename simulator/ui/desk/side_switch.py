"""Where what is written goes: under the post, for all to read, or to the person alone. It cannot be overlooked."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from simulator.ui.desk.flow import FlowLayout
from simulator.ui.desk.header import set_property
from simulator.ui.widgets import label, push_button, set_icon
from simulator.wording import _

SHORTCUT = "F4"


class SideSwitch(QFrame):
    """Two buttons of which one is pressed, and who reads it in words. Emits; decides nothing."""

    chosen = Signal(str)
    """The act that was asked for: `public` or `private`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sideSwitch")
        self.setAccessibleName(_("Where what you write goes"))
        self.public = self._button(_("Public"), _("Write publicly, under the post"), "public")
        self.private = self._button(_("Private message"), _("Write to the person alone"), "private")
        self._one = QButtonGroup(self)
        self._one.setExclusive(True)
        for side in (self.public, self.private):
            self._one.addButton(side)
        self.readers = label("", "sideReaders")
        row = FlowLayout(self, spacing=8)
        row.setContentsMargins(0, 0, 0, 2)
        for part in (self.public, self.private, self.readers):
            row.addWidget(part)
        self._is_private: bool | None = None
        keys = QShortcut(QKeySequence(SHORTCUT), self)
        keys.setContext(Qt.ShortcutContext.WindowShortcut)
        keys.activated.connect(self._on_key)

    def show_side(self, *, private: bool, name: str, can_change: bool) -> None:
        """Shows where the next words go. `name`: of the person."""
        self.readers.setText(_("Only {name} reads it").format(name=name) if private else _("Everybody reads it"))
        for side in (self.public, self.private):
            side.setEnabled(can_change)
        (self.private if private else self.public).setChecked(True)
        if private != self._is_private:
            self._is_private = private
            side_name = "private" if private else "public"
            set_property(self, "side", side_name)
            set_property(self.readers, "side", side_name)
            self.refresh_icons()

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        for side, drawn in ((self.public, "globe"), (self.private, "lock")):
            set_icon(side, drawn, 18, "surface" if side.isChecked() else "text")

    def _button(self, text: str, about: str, side: str) -> QPushButton:
        made = push_button(text)
        made.setObjectName("sideButton")
        made.setProperty("side", side)
        made.setCheckable(True)
        made.setToolTip(f"{about} ({SHORTCUT})")
        made.setAccessibleName(about)
        made.clicked.connect(self._on_clicked)
        return made

    @Slot()
    def _on_clicked(self) -> None:
        wants_private = self.sender() is self.private
        if wants_private != self._is_private:
            self.chosen.emit("private" if wants_private else "public")

    @Slot()
    def _on_key(self) -> None:
        if self.public.isEnabled():
            self.chosen.emit("public" if self._is_private else "private")
