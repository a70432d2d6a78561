"""`sync`: submitted results to the team's database and its LRS, and what others signed about them back."""

import os
import sys
from dataclasses import replace
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator import paths, settings
from simulator.cli.signing_in import As, authorised
from simulator.cli.sources import database
from simulator.errors import TercerTimbreError
from simulator.records.accounts import Right
from simulator.wording import _, mark, n_, render

if TYPE_CHECKING:
    from simulator.records.team.report import Report
    from simulator.records.team.targets import Target

_MISTAKES = 1


def sync(
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar=mark("ADDRESS"),
            help=mark(
                "postgresql://user@server/database or https://user@server/xAPI, instead of the team that is set."
            ),
        ),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help=mark("With --to: from now on that is the team of this computer."))
    ] = False,
    forget: Annotated[
        bool, typer.Option("--forget", help=mark("Send nothing any more: forget the team and its password."))
    ] = False,
    status: Annotated[bool, typer.Option("--status", help=mark("Send nothing: say what waits to be sent."))] = False,
    everybody: Annotated[
        bool,
        typer.Option("--everybody", help=mark("Take in the results of all desks too: for a trainer's desk, or HR's.")),
    ] = False,
    as_: As = None,
) -> None:
    """Exit code 1 when a target cannot be reached or refused something; what was sent until then stays sent."""
    if (keep and to is None) or sum((forget, status, keep)) > 1:
        raise typer.BadParameter(_("--keep goes with --to, and --forget and --status go alone."))
    if keep or forget or everybody:  # sending what was submitted is everybody's
        _demand_right(as_)
    if forget:
        _forget()
        return
    chosen = [asked(to)] if to is not None else _targets()
    if not chosen:
        raise TercerTimbreError("target-none")
    if keep:
        _keep(chosen[0])
    if status:
        _tell_waiting(chosen)
    else:
        well = [_synced(target, everybody) for target in chosen]  # one that fails keeps no other from being tried
        if not all(well):
            raise typer.Exit(_MISTAKES)


def _demand_right(as_: str | None) -> None:
    from simulator.records.store import Store

    with Store.open(database()) as store:
        authorised(store, as_, Right.SYNC)


def _targets() -> "list[Target]":
    from simulator.records.team.targets import chosen_targets

    return chosen_targets(settings.load(_file()), paths.user_config(), os.environ)


def asked(address: str) -> "Target":
    """The target of an address, with the password that is known or else asked for (empty: none)."""
    from simulator.records.team.targets import target_of, with_password

    target = with_password(target_of(address), paths.user_config(), os.environ)
    if target.password is not None or not target.user:
        return target
    if sys.stdin.isatty():
        secret = getpass(_("Password of {target}: ").format(target=target.address))
    else:
        secret = sys.stdin.readline().rstrip("\r\n")
    return replace(target, password=secret or None)


def _keep(target: "Target") -> None:
    from simulator.records.team.targets import PASSWORDS, keep_password

    if target.password is not None and not keep_password(target, paths.user_config()):
        said = _("There is no keyring on this computer: the password is in {file}, which only you can read.")
        typer.echo(said.format(file=paths.user_config() / PASSWORDS), err=True)
    before = settings.load(_file())
    now = replace(before, team=target.address) if target.kind == "database" else replace(before, lrs=target.address)
    settings.save(_file(), now)


def _forget() -> None:
    from simulator.records.team.targets import forget_password, target_of

    before = settings.load(_file())
    for address in (before.team, before.lrs):
        if address is not None:
            forget_password(target_of(address), paths.user_config())
            typer.echo(_("Nothing is sent any more to {target}.").format(target=address))
    settings.save(_file(), replace(before, team=None, lrs=None))


def _tell_waiting(chosen: "list[Target]") -> None:
    from simulator.records.store import Store

    with Store.open(database()) as store:
        for target in chosen:
            number = len(store.waiting(target.address))
            said = n_("{target}: {n} attempt waits to be sent.", "{target}: {n} attempts wait to be sent.", number)
            typer.echo(said.format(target=target.address, n=number))


def _synced(target: "Target", everybody: bool) -> bool:
    """Whether all went well."""
    from simulator.records.recordings import Recordings
    from simulator.records.store import Store
    from simulator.records.team.syncing import sync as exchange
    from simulator.records.workshop import SOFTWARE

    try:
        with Store.open(database()) as store:
            recordings = Recordings(paths.user_data() / paths.RECORDINGS)
            report = exchange(store, target, SOFTWARE, recordings, everybody=everybody)
    except TercerTimbreError as error:
        typer.echo(render(error.code, error.args_), err=True)
        return False
    _tell(report)
    return not report.refused


def _tell(report: "Report") -> None:
    typer.echo(
        _("{target}: {sent} sent, {completed} completed, {received} received, {refused} refused.").format(
            target=report.target,
            sent=report.sent,
            completed=report.completed,
            received=report.received,
            refused=len(report.refused),
        )
    )
    for taken in report.refused:
        for finding in taken.findings:
            about = _(" (attempt {attempt})").format(attempt=taken.attempt)
            typer.echo(f"{render(finding.code, {})}{about} ({finding.code})", err=True)


def _file() -> Path:
    return paths.user_config() / paths.SETTINGS
