"""`my-data`, `erase`: what belongs to one person."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from simulator import paths
from simulator.cli.signing_in import As, authorised
from simulator.cli.sources import database
from simulator.records.accounts import Right
from simulator.records.values import named_person
from simulator.wording import _, mark, n_

Person = Annotated[
    str, typer.Argument(metavar=mark("PERSON"), help=mark("The pseudonym, or the name as it stands at this desk."))
]


def my_data(
    person: Person,
    out: Annotated[Path, typer.Option("--out", metavar=mark("FILE"), help=mark("The ZIP file to be written."))],
) -> None:
    """Practice too, and the sound where some was kept: what the law calls portability."""
    from simulator.records.own_data import write_own_data
    from simulator.records.recordings import Recordings
    from simulator.records.store import Store
    from simulator.records.workshop import SOFTWARE

    with Store.open(database()) as store:
        # Of people of other desks only what was submitted is here: that is for `export`, which asks for a passphrase.
        profile = named_person([*store.profiles(), *store.profiles(archived=True)], person)
        n = write_own_data(out, store, Recordings(paths.user_data() / paths.RECORDINGS), profile, SOFTWARE)
    said = n_("{n} attempt written: {file}", "{n} attempts written: {file}", n)
    typer.echo(said.format(n=n, file=out))


def erase(
    person: Person,
    yes: Annotated[bool, typer.Option("--yes", help=mark("Do not ask for confirmation (for scripts)."))] = False,
    as_: As = None,
) -> None:
    """For good: attempts, recordings, unsent words, the profile. What had left stays out by a signed tombstone."""
    from simulator.records.keys import desk_signer
    from simulator.records.recordings import Recordings
    from simulator.records.store import Store

    with Store.open(database()) as store:
        by = authorised(store, as_, Right.ERASE)
        profile = named_person(store.people(), person)
        if not yes:
            n = len(store.attempts(profile.id))
            said = n_(
                "{name} ({pseudonym}) and {n} attempt are deleted for good. To go on, write {pseudonym}: ",
                "{name} ({pseudonym}) and {n} attempts are deleted for good. To go on, write {pseudonym}: ",
                n,
            )
            typer.echo(said.format(name=profile.name, pseudonym=profile.pseudonym, n=n), nl=False, err=True)
            if typer.get_text_stream("stdin").readline().strip() != profile.pseudonym:
                typer.echo(_("Nothing was deleted."), err=True)
                raise typer.Exit(1)
        recordings = Recordings(paths.user_data() / paths.RECORDINGS)
        desk = desk_signer(paths.user_data())
        gone = store.retention.erase(profile.pseudonym, recordings, desk, datetime.now(UTC), by)
    said = n_("Deleted: {n} attempt of {pseudonym}.", "Deleted: {n} attempts of {pseudonym}.", gone.attempts)
    typer.echo(said.format(n=gone.attempts, pseudonym=profile.pseudonym))
    for copy in gone.copies:
        typer.echo(_("An older copy of the database may still hold them: {path}").format(path=copy), err=True)
