"""A desk's run of `sync` in a process of its own, to be killed or to meet others."""

from multiprocessing.connection import Connection
from pathlib import Path

from simulator.errors import TercerTimbreError
from simulator.records.store import Store
from simulator.records.team.syncing import sync_database
from simulator.records.team.targets import Target
from tests.records.team.desks import SOFTWARE


def sync(path: str, target: Target, pipe: Connection) -> None:
    """Say 0, sync once, then say how many attempts were sent; −1 when the server cannot be reached."""
    with Store.open(Path(path)) as store:
        pipe.send(0)
        try:
            pipe.send(sync_database(store, target, SOFTWARE).sent)
        except TercerTimbreError as error:
            if error.code != "team-unreachable":
                raise
            pipe.send(-1)
