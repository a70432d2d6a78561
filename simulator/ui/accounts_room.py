"""The room of the accounts: one's own passphrase; for HR, the others' accounts and a person's data."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from simulator.records.accounts import MAY, Reviewer, Right, Role
from simulator.records.signing import shown
from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.pages.accounts import AccountsPage
from simulator.ui.pages.sign_in import AccountRow
from simulator.ui.tasks import Tasks
from simulator.wording import _, n_

if TYPE_CHECKING:
    from simulator.records.retention import Erased
    from simulator.records.values import Profile
    from simulator.records.workshop import Workshop


class AccountsRoom(QObject):
    """Owns the page `accounts`."""

    def __init__(self, window: MainWindow, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks

    def show(self, workshop: "Workshop", reviewer: Reviewer) -> None:
        """Shows the page, with the accounts as they are now."""
        page = self._window.page("accounts")
        if not isinstance(page, AccountsPage):
            page = AccountsPage(manages=Right.ACCOUNTS in MAY[reviewer.role])
            page.added.connect(partial(self._add, page, workshop, reviewer))
            page.removed.connect(partial(self._remove, page, workshop, reviewer))
            page.changed.connect(partial(self._change, page, workshop, reviewer))
            page.person_named.connect(partial(self._find, page, workshop))
            page.erased.connect(partial(self._erase, page, workshop, reviewer))
            self._window.put_page("accounts", page)
        self._window.show_page("accounts")
        self._refresh(page, workshop)

    def _refresh(self, page: AccountsPage, workshop: "Workshop") -> None:
        def look() -> list[AccountRow]:
            return [
                AccountRow(account.name, account.role.value, shown(account.fingerprint))
                for account in workshop.store.staff.accounts()
            ]

        self._tasks.run(look, page.show_accounts, self._on_failure)

    def _add(
        self, page: AccountsPage, workshop: "Workshop", reviewer: Reviewer, name: str, role: str, passphrase: str
    ) -> None:
        def add() -> None:
            from simulator.records.workshop import now

            workshop.store.staff.add(name, Role(role), passphrase, now(), reviewer)

        def added(_none: None) -> None:
            page.show_added()
            self._refresh(page, workshop)

        self._tasks.run(add, added, lambda error: page.refuse_new(explain(error)))

    def _remove(self, page: AccountsPage, workshop: "Workshop", reviewer: Reviewer, name: str) -> None:
        self._tasks.run(
            lambda: workshop.store.staff.remove(name, reviewer),
            lambda _none: self._refresh(page, workshop),
            self._on_failure,
        )

    def _change(self, page: AccountsPage, workshop: "Workshop", reviewer: Reviewer, old: str, new: str) -> None:
        def change() -> None:
            from simulator.records.workshop import now

            workshop.store.staff.change_passphrase(reviewer.name, old, new, now())

        self._tasks.run(change, lambda _none: page.show_changed(), lambda error: page.refuse_change(explain(error)))

    def _find(self, page: AccountsPage, workshop: "Workshop", named: str) -> None:
        def find() -> "tuple[Profile, int]":
            from simulator.records.values import named_person

            found = named_person(workshop.store.people(), named)
            return found, len(workshop.store.attempts(found.id))

        def ask(found: "tuple[Profile, int]") -> None:
            profile, attempts = found
            page.ask_erase(profile.name, profile.pseudonym, attempts)

        self._tasks.run(find, ask, lambda error: page.refuse_erase(explain(error)))

    def _erase(self, page: AccountsPage, workshop: "Workshop", reviewer: Reviewer, pseudonym: str) -> None:
        def erased(gone: "Erased") -> None:
            page.show_erased()
            said = [n_("Deleted: {n} attempt.", "Deleted: {n} attempts.", gone.attempts).format(n=gone.attempts)]
            said += [
                _("An older copy of the database may still hold them: {path}").format(path=path) for path in gone.copies
            ]
            self._window.notify("\n".join(said), "warning" if gone.copies else "neutral")

        self._tasks.run(
            lambda: workshop.erase(pseudonym, reviewer), erased, lambda error: page.refuse_erase(explain(error))
        )

    def _on_failure(self, error: Exception) -> None:
        self._window.notify(explain(error), "bad")
