"""Who calls a command: `--as NAME` and a passphrase, where the desk has accounts.

The passphrase is asked for at the console, unseen; a script gives it in an environment variable or on standard input,
a line each. It is never an argument: those can be read by other programs and stay in the shell's history.
"""

import getpass
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.records.accounts import Reviewer, Right, demand
from simulator.wording import _, mark

if TYPE_CHECKING:
    from simulator.records.store import Store

PASSPHRASE = "TERCER_TIMBRE_PASSPHRASE"
NEW_PASSPHRASE = "TERCER_TIMBRE_NEW_PASSPHRASE"
"""The environment variables for scripts."""

As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar=mark("NAME"),
        help=mark("Your account at this desk; its passphrase is asked for. Needed where the desk has accounts."),
    ),
]
"""The option of every command that not everybody may call."""


def authorised(store: "Store", name: str | None, right: Right) -> Reviewer | None:
    """Who calls, with that right; None on a desk without accounts, where everybody may do all.

    Errors: `typer.BadParameter` when a name is needed or the passphrase is missing; those of `Staff.sign_in`, right-….
    """
    if name is None:
        if store.staff.accounts():
            raise typer.BadParameter(_("This desk has accounts: say who you are with --as NAME."))
        return None
    reviewer = store.staff.sign_in(name, passphrase(name), datetime.now(UTC))
    demand(reviewer, right)
    return reviewer


def passphrase(name: str) -> str:
    """The passphrase of an account. Errors: `typer.BadParameter` when there is none."""
    return _read(PASSPHRASE, _("Passphrase of {name}: ").format(name=name))


def new_passphrase(name: str) -> str:
    """A passphrase that is chosen; at a console it is typed twice. Errors: `typer.BadParameter`."""
    chosen = _read(NEW_PASSPHRASE, _("New passphrase of {name}: ").format(name=name))
    asked = NEW_PASSPHRASE not in os.environ and sys.stdin.isatty()
    if asked and getpass.getpass(_("Once more: ")) != chosen:
        raise typer.BadParameter(_("The two are not the same."))
    return chosen


def _read(variable: str, prompt: str) -> str:
    given = os.environ.get(variable)
    if given is None:
        given = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not given:
        raise typer.BadParameter(_("The passphrase is missing."))
    return given
