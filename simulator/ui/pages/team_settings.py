"""The settings of the team: where results are sent, whether it answers, when it was last heard of."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from simulator.settings import Settings
from simulator.ui.pages.layouts import Columns
from simulator.ui.pages.pieces import setting_group
from simulator.ui.widgets import button, label
from simulator.wording import _, mark

_KINDS: Final = (
    (
        "database",
        mark("The team's database"),
        mark("PostgreSQL. What you submit goes there; reviews come back. Your practice stays here."),
        "postgresql://usuario@servidor/base",
    ),
    ("lrs", mark("Record store (LRS)"), mark("For xAPI statements, if your company has one."), "https://usuario@servidor/xAPI"),
)  # fmt: skip


class TeamSettings(QWidget):
    """A group of the settings page. Knows no network: who shows it answers `keep_asked` with `show_state`."""

    keep_asked = Signal(str, str, str)
    """Keep this kind's address and password, and see whether it answers."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: dict[str, QLineEdit] = {}
        self.passwords: dict[str, QLineEdit] = {}
        self.buttons: dict[str, QPushButton] = {}
        rows: list[QWidget] = []
        for kind, title, about, example in _KINDS:
            address, password = QLineEdit(), QLineEdit()
            address.setPlaceholderText(example)
            address.setAccessibleName(_("Address: {what}").format(what=_(title)))
            password.setEchoMode(QLineEdit.EchoMode.Password)
            password.setPlaceholderText(_("Password"))
            password.setAccessibleName(_("Password: {what}").format(what=_(title)))
            test = button(_("Test and keep"), about=_("Keep and test: {what}").format(what=_(title)))
            test.setProperty("kindOf", kind)
            test.clicked.connect(self._on_test)
            self.addresses[kind], self.passwords[kind], self.buttons[kind] = address, password, test
            block = QWidget()
            inside = QVBoxLayout(block)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(label(_(title), "rowTitle", wrap=True))
            inside.addWidget(label(_(about), "small", wrap=True))
            inside.addWidget(address)  # the whole width: addresses are long
            inside.addWidget(Columns(password, test, least=360, shares=(1, 0), middle=True, gap=10))
            rows.append(block)
        self.state = label(_("Nothing is sent before an address is kept here."), "small", wrap=True)
        rows.append(self.state)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(setting_group(_("Team"), rows))

    def show_settings(self, settings: Settings) -> None:
        """Shows the addresses that are kept; what is being typed stays."""
        for kind, kept in (("database", settings.team), ("lrs", settings.lrs)):
            if not self.addresses[kind].isModified():
                self.addresses[kind].setText(kept or "")

    def show_kept(self, kind: str, address: str | None) -> None:
        """The address as it was kept; the password is shown no more."""
        self.addresses[kind].setText(address or "")
        self.passwords[kind].clear()

    def show_state(self, text: str, *, busy: bool = False) -> None:
        """A line about the last test or exchange; `busy`: one is under way."""
        if text:
            self.state.setText(text)
        for made in self.buttons.values():
            made.setEnabled(not busy)

    def _on_test(self) -> None:
        kind = str(self.sender().property("kindOf"))
        self.keep_asked.emit(kind, self.addresses[kind].text(), self.passwords[kind].text())
