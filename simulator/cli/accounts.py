"""`accounts`: trainers and HR of this desk."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from simulator.cli.calling import Command, Group
from simulator.cli.signing_in import As, authorised, new_passphrase, passphrase
from simulator.cli.sources import database
from simulator.records.accounts import Right, Role
from simulator.wording import _, mark

app = typer.Typer(
    cls=Group,
    add_completion=False,
    help=mark("Accounts of trainers and HR at this desk: add, list, change a passphrase, remove."),
)

Name = Annotated[str, typer.Argument(metavar=mark("NAME"), help=mark("The name of the account."))]

_ROLES = {Role.TRAINER: mark("trainer"), Role.HR: mark("HR")}


@app.command("add", cls=Command, help=mark("Add an account, with a passphrase of its own."))
def add(
    name: Name,
    role: Annotated[
        str,
        typer.Option(
            "--role", metavar=mark("ROLE"), help=mark("trainer: reviews and calibrates; hr: data and accounts.")
        ),
    ],
    as_: As = None,
) -> None:
    """The first one of a desk may be added by anybody there and is HR's; the others by HR."""
    from simulator.records.store import Store

    if role not in set(Role):
        said = _("There is no role «{role}». There are: {roles}.")
        raise typer.BadParameter(said.format(role=role, roles=", ".join(Role)))
    with Store.open(database()) as store:
        by = authorised(store, as_, Right.ACCOUNTS)
        made = store.staff.add(name, Role(role), new_passphrase(name), datetime.now(UTC), by)
    typer.echo(_("Added: {name} ({role})").format(name=made.name, role=_(_ROLES[made.role])))


@app.command("list", cls=Command, help=mark("List the accounts."))
def list_accounts() -> None:
    """Name, role and the fingerprint of the account's key."""
    from simulator.records.signing import shown
    from simulator.records.store import Store

    with Store.open(database()) as store:
        found = store.staff.accounts()
    for account in found:
        typer.echo(f"{account.name} · {_(_ROLES[account.role])} · {shown(account.fingerprint)}")
    if not found:
        typer.echo(_("This desk has no accounts: whoever sits here may do everything."))


@app.command("passphrase", cls=Command, help=mark("Change the passphrase of an account, which is asked for."))
def change(name: Name) -> None:
    """Whoever knows the present one may; nobody else can, HR neither."""
    from simulator.records.store import Store

    with Store.open(database()) as store:
        store.staff.change_passphrase(name, passphrase(name), new_passphrase(name), datetime.now(UTC))
    typer.echo(_("Changed."))


@app.command("remove", cls=Command, help=mark("Remove an account."))
def remove(name: Name, as_: As = None) -> None:
    """What it signed stays, and its public key, which proves it."""
    from simulator.records.store import Store

    with Store.open(database()) as store:
        by = authorised(store, as_, Right.ACCOUNTS)
        store.staff.remove(name, by)
    typer.echo(_("Removed: {name}").format(name=name))
