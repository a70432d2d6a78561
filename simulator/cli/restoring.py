"""`restore`: a copy of the database in the place of the one that is damaged."""

from pathlib import Path
from typing import Annotated

import typer

from simulator import paths
from simulator.cli.sources import demand_file
from simulator.wording import _, mark


def restore(
    file: Annotated[
        Path | None,
        typer.Argument(metavar=mark("FILE"), help=mark("The copy; without it, the newest that the program kept.")),
    ] = None,
) -> None:
    """The database that was there is kept beside it, whole."""
    from simulator.records.files import restore as put_back

    if file is not None:
        demand_file(file)
    copy, kept = put_back(paths.user_data() / paths.DATABASE, file)
    typer.echo(_("Put back: {copy}").format(copy=copy))
    if kept is not None:
        typer.echo(_("What was there is kept in {kept}").format(kept=kept))
