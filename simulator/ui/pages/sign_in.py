"""The door of trainers and HR: who they are, with a passphrase; on a desk without accounts, the first of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from simulator.ui.pages.layouts import Columns
from simulator.ui.pages.passphrases import NewPassphrase, SecretField, say
from simulator.ui.pages.pieces import Picker
from simulator.ui.pages.profiles import NAME_LIMIT
from simulator.ui.widgets import Page, button, card, clear, label, row
from simulator.wording import _, mark

ROLES = {"trainer": mark("training"), "hr": mark("HR")}
"""What is said of an account's role."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account of this desk. `role`: as `ROLES` has it; `fingerprint`: of its key, to be read out."""

    name: str
    role: str
    fingerprint: str = ""


class SignInPage(Page):
    """Choose an account and give its passphrase, or make the first account."""

    signed = Signal(str, str)
    """Name and passphrase. Answer with `refuse`, or show another page."""
    founded = Signal(str, str)
    """Name and passphrase of the first account, which is HR's. Answer likewise."""

    def __init__(self) -> None:
        super().__init__(_("Training and HR"), width=640)
        self._body = QVBoxLayout()
        self.content.addLayout(self._body)
        self.content.addStretch(1)
        self._left = 0
        self._wait = QTimer(self)
        self._wait.setInterval(1000)
        self._wait.setTimerType(Qt.TimerType.PreciseTimer)  # never before the store lets anybody try again
        self._wait.timeout.connect(self._on_second)
        self.accounts: Picker | None = None
        self.show_accounts(())

    def show_accounts(self, rows: Sequence[AccountRow]) -> None:
        """Asks for the passphrase of one of these; for the first account when there are none. What was typed is
        forgotten."""
        self._wait.stop()
        chosen = self.accounts.value if self.accounts is not None else ""
        clear(self._body)
        self.message = label("", "error", wrap=True)
        self.message.hide()
        self._body.addWidget(self._door(rows, chosen) if rows else self._founding())
        self.lead.setVisible(bool(rows))
        self.lead.setText(_("Whoever practises needs no account: go on in the library."))

    def refuse(self, reason: str, seconds: int = 0) -> None:
        """Says why it did not open; for so many seconds nothing more can be tried."""
        self.enter_button.setEnabled(True)
        say(self.message, self.field, reason)
        self.field.setFocus()
        if seconds:
            self._left = seconds
            self._wait.start()
            self._count()

    def _door(self, rows: Sequence[AccountRow], chosen: str) -> QFrame:
        frame, inside = card()
        inside.addWidget(label(_("Who are you?"), "heading", wrap=True))
        self.accounts = Picker(_("Account"))
        self.accounts.show_options([(it.name, f"{it.name} · {_(ROLES[it.role])}") for it in rows], chosen)
        self.accounts.chosen.connect(self._on_account)
        self.field: QLineEdit = SecretField(_("Passphrase"))
        self.field.returnPressed.connect(self._on_enter)
        self.field.textEdited.connect(self._on_edited)
        self.enter_button = button(_("Come in"), "primary", "lock")
        self.enter_button.clicked.connect(self._on_enter)
        inside.addWidget(self.accounts)
        inside.addSpacing(4)
        inside.addWidget(Columns(self.field, self.enter_button, least=400, shares=(1, 0), middle=True, gap=10))
        inside.addWidget(self.message)
        forgotten = _("Nobody can look up a forgotten passphrase: HR removes the account and adds another one.")
        inside.addWidget(label(forgotten, "small", wrap=True))
        return frame

    def _founding(self) -> QFrame:
        frame, inside = card()
        self.accounts = None
        inside.addWidget(label(_("This desk has no accounts yet"), "heading", wrap=True))
        for text in (
            _(
                "The first account is one of HR. From then on, whoever reviews, exports, imports or deletes results of "
                "others here needs an account; HR adds those of the trainers."
            ),
            _(
                "Choose a passphrase of ten characters or more that you can remember, and keep it in a safe place: "
                "nobody can look it up."
            ),
        ):
            inside.addWidget(label(text, wrap=True))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("First and last name"))
        self.field.setAccessibleName(_("Name of the account"))
        self.field.setMaxLength(NAME_LIMIT * 2)
        self.field.textEdited.connect(self._on_edited)
        self.chosen = NewPassphrase()
        self.chosen.entered.connect(self._on_found)
        self.enter_button = button(_("Create the account"), "primary", "user-plus")
        self.enter_button.clicked.connect(self._on_found)
        inside.addSpacing(4)
        inside.addWidget(self.field)
        inside.addWidget(self.chosen)
        inside.addWidget(self.message)
        inside.addLayout(row(self.enter_button, 1))
        return frame

    def _on_enter(self) -> None:
        if self.accounts is None or not isinstance(self.field, SecretField) or not self.enter_button.isEnabled():
            return
        if not self.field.text():
            self.refuse(_("Write the passphrase."))
            return
        self.enter_button.setEnabled(False)
        self.signed.emit(self.accounts.value, self.field.take())

    def _on_found(self) -> None:
        if not self.enter_button.isEnabled():
            return
        name = self.field.text().strip()
        if not name:
            self.refuse(_("Write a name first."))
        elif not self.chosen.agree:
            self.refuse(_("The two passphrases are not the same."))
        else:
            self.enter_button.setEnabled(False)
            self.founded.emit(name, self.chosen.take())

    def _on_account(self, _name: str) -> None:
        self._wait.stop()  # each account has its own wait, which the store knows
        self.enter_button.setText(_("Come in"))
        self.enter_button.setEnabled(True)
        say(self.message, self.field, "")
        self.field.clear()
        self.field.setFocus()

    def _on_edited(self) -> None:
        if not self._wait.isActive():
            say(self.message, self.field, "")

    def _on_second(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._count()
            return
        self._wait.stop()
        self.enter_button.setText(_("Come in"))
        self.enter_button.setEnabled(True)
        say(self.message, self.field, "")

    def _count(self) -> None:
        self.enter_button.setEnabled(False)
        self.enter_button.setText(_("Wait {seconds} s").format(seconds=self._left))
