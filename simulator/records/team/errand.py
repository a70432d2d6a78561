"""What the window lets a process of its own do, so that no network ever makes it wait: one request on standard input,
one answer on standard output, both JSON. A password goes that way and no other.

Requests name the files `database` and `settings`. `{"do": "sync"}`; `{"do": "keep", "kind", "address", "password"}`,
which keeps an address (empty: none) and its password ("": the one that is known) and sees whether it answers; a desk
with accounts refuses it, because there HR sets the team (`sync --keep --as NAME`).
"""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator import paths, settings
from simulator.errors import TercerTimbreError
from simulator.records.team.targets import (
    Target,
    chosen_targets,
    forget_password,
    keep_password,
    target_of,
    with_password,
)

if TYPE_CHECKING:  # imported late at run time: keeping an address needs no database
    from simulator.records.recordings import Recordings
    from simulator.records.store import Store

Answer = dict[str, Any]


def done(request: dict[str, str]) -> Answer:
    """Do what is asked. `error`: code and values of what prevented it, None when all went well."""
    try:
        return {"error": None, **(_keep(request) if request["do"] == "keep" else _sync(request))}
    except TercerTimbreError as error:
        return {"error": _told(error)}


def _sync(request: dict[str, str]) -> Answer:
    """`runs`: for each target its address, what was done there, how many attempts still wait, `error`."""
    from simulator.records.recordings import Recordings
    from simulator.records.store import Store

    config = Path(request["settings"])
    targets = chosen_targets(settings.load(config), config.parent, os.environ)
    database = Path(request["database"])
    recordings = Recordings(database.parent / paths.RECORDINGS)
    with Store.open(database) as store:
        return {"runs": [_run(store, target, recordings) for target in targets]}


def _run(store: "Store", target: Target, recordings: "Recordings") -> Answer:
    from simulator.records.team.syncing import sync
    from simulator.records.workshop import SOFTWARE

    run: Answer = {"target": target.address, "sent": 0, "completed": 0, "received": 0, "refused": [], "error": None}
    try:
        report = sync(store, target, SOFTWARE, recordings)
    except TercerTimbreError as error:
        run["error"] = _told(error)
    else:
        refused = [taken.findings[0].code for taken in report.refused]
        run |= {"sent": report.sent, "completed": report.completed, "received": report.received, "refused": refused}
    return {**run, "waiting": len(store.waiting(target.address))}


def _keep(request: dict[str, str]) -> Answer:
    """`address`: what is to be kept in the settings, None for none. `trouble`: why it does not answer now, or None."""
    _demand_unstaffed(Path(request["database"]))
    folder = Path(request["settings"]).parent
    before = settings.load(Path(request["settings"]))
    known = before.team if request["kind"] == "database" else before.lrs
    if not request["address"].strip():
        if known is not None:
            forget_password(target_of(known), folder)
        return {"address": None, "trouble": None}
    target = target_of(request["address"])
    if target.kind != request["kind"]:
        raise TercerTimbreError("target-address")
    if request["password"]:
        target = Target(target.kind, target.address, request["password"])
    if target.password is not None:
        keep_password(target, folder)
    return {"address": target.address, "trouble": _trouble(with_password(target, folder, os.environ))}


def _demand_unstaffed(database: Path) -> None:
    from simulator.records.store import Store

    with Store.open(database) as store:
        if store.staff.accounts():
            raise TercerTimbreError("team-staffed")


def _trouble(target: Target) -> Answer | None:
    from simulator.records.team.syncing import reach

    try:
        reach(target)
    except TercerTimbreError as error:
        return _told(error)
    return None


def _told(error: TercerTimbreError) -> Answer:
    return {"code": error.code, "args": dict(error.args_)}


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # the window comes first where there are few processors
    sys.stdout.write(json.dumps(done(json.loads(sys.stdin.read()))))
