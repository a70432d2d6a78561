"""Accounts: one's own passphrase; for HR, those of the others, and deleting all data of a person."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from simulator.ui.pages.layouts import Columns
from simulator.ui.pages.passphrases import NewPassphrase, SecretField, say
from simulator.ui.pages.pieces import Choice, setting_group
from simulator.ui.pages.profiles import NAME_LIMIT
from simulator.ui.pages.sign_in import ROLES, AccountRow
from simulator.ui.widgets import Ask, Page, button, clear, divider, label, row
from simulator.wording import _, n_


class AccountsPage(Page):
    """`manages`: with what only HR may do."""

    added = Signal(str, str, str)
    """Name, role and passphrase of a new account. Answer with `show_accounts`, or `refuse_new`."""
    removed = Signal(str)
    """The name of an account to remove; confirmed."""
    changed = Signal(str, str)
    """The present passphrase and the new one. Answer with `show_changed`, or `refuse_change`."""
    person_named = Signal(str)
    """Whose data are to be deleted, by pseudonym or name. Answer with `ask_erase`, or `refuse_erase`."""
    erased = Signal(str)
    """The pseudonym of a person whose data are to be deleted; confirmed."""

    def __init__(self, *, manages: bool) -> None:
        super().__init__(_("Accounts") if manages else _("My account"), width=860)
        self.asking: Ask | None = None
        self._doomed = ""
        self._list = QVBoxLayout()
        self._list.setSpacing(14)
        self._list.setContentsMargins(0, 0, 0, 0)
        if manages:
            held = QWidget()
            held.setLayout(self._list)
            self.content.addWidget(setting_group(_("Accounts of this desk"), [held]))
            self.content.addWidget(self._new_account())
        self.content.addWidget(self._own_passphrase())
        if manages:
            self.content.addWidget(self._erasing())
        self.content.addStretch(1)

    def show_accounts(self, rows: Sequence[AccountRow]) -> None:
        """Shows the accounts; an addition that succeeded empties its fields."""
        clear(self._list)
        for number, account in enumerate(rows):
            if number:
                self._list.addWidget(divider())
            self._list.addWidget(self._account(account))

    def show_added(self) -> None:
        """The account was added."""
        self.name.clear()
        say(self.new_message, self.name, "")

    def refuse_new(self, reason: str) -> None:
        """Why the account was not added."""
        say(self.new_message, self.name, reason)

    def show_changed(self) -> None:
        """The passphrase is another one now."""
        say(self.own_message, self.present, "")
        self.own_done.show()

    def refuse_change(self, reason: str) -> None:
        """Why the passphrase was not changed."""
        self.own_done.hide()
        say(self.own_message, self.present, reason)

    def refuse_erase(self, reason: str) -> None:
        """Why nobody's data are deleted."""
        say(self.erase_message, self.person, reason)

    def ask_erase(self, name: str, pseudonym: str, attempts: int) -> None:
        """The last question before the data of a person are deleted."""
        say(self.erase_message, self.person, "")
        self._doomed = pseudonym
        text = n_(
            "{n} attempt of {name} ({pseudonym}) is deleted for good, with recordings and profile. Other desks that "
            "have it delete it when they take in results of this one. This cannot be undone.",
            "{n} attempts of {name} ({pseudonym}) are deleted for good, with recordings and profile. Other desks that "
            "have them delete them when they take in results of this one. This cannot be undone.",
            attempts,
        )
        self.asking = Ask(
            self.window(),
            _("Delete all data of {name}?").format(name=name),
            text.format(n=attempts, name=name, pseudonym=pseudonym),
            [("erase", _("Delete for good"), "danger"), ("keep", _("Keep it"), "primary")],
        )
        self.asking.buttons["keep"].setFocus()
        self.asking.answered.connect(self._on_erase_answered)

    def show_erased(self) -> None:
        """The data are gone."""
        self.person.clear()

    def _account(self, account: AccountRow) -> QWidget:
        drop = button(_("Remove …"), "danger", about=_("Remove the account of {name}").format(name=account.name))
        drop.setProperty("account", account.name)
        drop.clicked.connect(self._on_remove)
        words = _stack(
            label(account.name, "rowTitle", wrap=True),
            label(f"{_(ROLES[account.role])} · {account.fingerprint}", "small", wrap=True, selectable=True),
            gap=4,
        )
        return Columns(words, drop, least=430, shares=(1, 0), middle=True, gap=10)

    def _new_account(self) -> QFrame:
        self.role = Choice([(role, _(said), "") for role, said in ROLES.items()])
        self.role.put("trainer")
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("First and last name"))
        self.name.setAccessibleName(_("Name of the account"))
        self.name.setMaxLength(NAME_LIMIT * 2)
        self.chosen = NewPassphrase()
        self.add_button = button(_("Add the account"), "primary", "user-plus")
        self.add_button.clicked.connect(self._on_add)
        self.chosen.entered.connect(self._on_add)
        self.new_message = _message()
        said = _("Let the person type the passphrase: ten characters or more, and nobody can look it up.")
        about = label(said, "small", wrap=True)
        return setting_group(
            _("Another account"),
            [
                _stack(
                    self.role,
                    self.name,
                    self.chosen,
                    about,
                    self.new_message,
                    self.add_button,
                )
            ],
        )

    def _own_passphrase(self) -> QFrame:
        self.present = SecretField(_("Present passphrase"))
        self.own_chosen = NewPassphrase()
        self.change_button = button(_("Change the passphrase"))
        self.change_button.clicked.connect(self._on_change)
        self.own_chosen.entered.connect(self._on_change)
        self.own_message = _message()
        self.own_done = label(_("The passphrase is changed."), wrap=True)
        self.own_done.hide()
        return setting_group(
            _("My passphrase"),
            [_stack(self.present, self.own_chosen, self.own_message, self.own_done, self.change_button)],
        )

    def _erasing(self) -> QFrame:
        self.person = QLineEdit()
        self.person.setPlaceholderText(_("Pseudonym or name"))
        self.person.setAccessibleName(_("Whose data are to be deleted, by pseudonym or name"))
        self.person.returnPressed.connect(self._on_person)
        self.erase_button = button(_("Delete the data …"), "danger", "trash")
        self.erase_button.clicked.connect(self._on_person)
        self.erase_message = _message()
        about = label(
            _(
                "When a person asks for it: all their attempts, practice too, recordings and the profile. A signed "
                "note without a name stays of each attempt that had left, so that it does not come back."
            ),
            wrap=True,
        )
        field = Columns(self.person, self.erase_button, least=430, shares=(1, 0), middle=True, gap=10)
        return setting_group(_("Deleting a person's data"), [_stack(about, field, self.erase_message)])

    def _on_add(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.refuse_new(_("Write a name first."))
        elif not self.chosen.agree:
            self.refuse_new(_("The two passphrases are not the same."))
        else:
            self.added.emit(name, self.role.value, self.chosen.take())

    def _on_change(self) -> None:
        self.own_done.hide()
        if not self.own_chosen.agree:
            self.refuse_change(_("The two passphrases are not the same."))
        elif not self.present.text():
            self.refuse_change(_("Write the passphrase."))
        else:
            self.changed.emit(self.present.take(), self.own_chosen.take())

    def _on_person(self) -> None:
        named = self.person.text().strip()
        if named:
            self.person_named.emit(named)
        else:
            self.refuse_erase(_("Write the pseudonym or the name."))

    def _on_remove(self) -> None:
        self._doomed = str(self.sender().property("account"))
        self.asking = Ask(
            self.window(),
            _("Remove the account of {name}?").format(name=self._doomed),
            _("Its key is deleted with it. What it signed stays, and can still be proved."),
            [("remove", _("Remove it"), "danger"), ("keep", _("Keep it"), "primary")],
        )
        self.asking.buttons["keep"].setFocus()
        self.asking.answered.connect(self._on_remove_answered)

    def _on_remove_answered(self, answer: str) -> None:
        self.asking = None
        if answer == "remove":
            self.removed.emit(self._doomed)

    def _on_erase_answered(self, answer: str) -> None:
        self.asking = None
        if answer == "erase":
            self.erased.emit(self._doomed)


def _message() -> QLabel:
    made = label("", "error", wrap=True)
    made.hide()
    return made


def _stack(*parts: QWidget, gap: int = 10) -> QWidget:
    """Parts one below the other; a button keeps its own width."""
    made = QWidget()
    inside = QVBoxLayout(made)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(gap)
    for part in parts:
        if part.metaObject().className() == "QPushButton":
            inside.addLayout(row(part, 1))
        else:
            inside.addWidget(part)
    return made
