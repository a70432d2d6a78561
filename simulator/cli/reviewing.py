"""`rescore`: attempts that were handed over, marked anew by the rules of this program."""

from collections import Counter
from typing import Annotated

import typer

from simulator import paths
from simulator.cli.signing_in import As, authorised
from simulator.errors import TercerTimbreError
from simulator.records.accounts import Right
from simulator.wording import mark, n_, render


def rescore(
    attempt: Annotated[
        str | None,
        typer.Option(
            "--attempt", metavar=mark("ID"), help=mark("This attempt alone; without it, all that were submitted.")
        ),
    ] = None,
    as_: As = None,
) -> None:
    """Both results are kept. Exit code 1 when an attempt could not be marked anew."""
    from simulator.records.store import Store
    from simulator.records.workshop import Workshop

    done: Counter[bool] = Counter()
    failed = False
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        workshop, reviewer = Workshop(store, []), authorised(store, as_, Right.REVIEW)
        for id in [attempt] if attempt is not None else store.published():
            try:
                done[workshop.rescore(id, reviewer)] += 1
            except TercerTimbreError as error:
                if attempt is not None or error.code != "rescore-unreadable":
                    raise
                typer.echo(render(error.code, error.args_), err=True)
                failed = True
    typer.echo(n_("{n} attempt marked anew.", "{n} attempts marked anew.", done[True]).format(n=done[True]))
    if done[False]:
        said = n_(
            "{n} attempt has a result by these rules already.",
            "{n} attempts have a result by these rules already.",
            done[False],
        )
        typer.echo(said.format(n=done[False]))
    if failed:
        raise typer.Exit(1)
