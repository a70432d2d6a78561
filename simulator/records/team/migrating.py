"""The tables of the team's database, made and brought up to date by Alembic's steps in `migrations/versions`.

Whoever changes a table of results in `schema.py` adds a step there and names its revision here. Steps are taken in one
transaction, under a lock: of two desks that come at once the second finds the work done.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from simulator.errors import TercerTimbreError

VERSION_TABLE: Final = "tercer_timbre_version"
"""Says whose database it is, and of which version."""
REVISIONS: Final = ("1",)
"""The versions that this program knows, oldest first; the files in `migrations/versions` say the same."""
FOLDER: Final = Path(__file__).parent / "migrations"
_ENCODING: Final = "UTF8"


def demand_ready(connection: Connection, team: str) -> None:
    """Refuse a database whose tables are not those of this program, naming it as `team`.

    Errors: team-empty (no desk has sent anything yet), team-older, team-newer, team-foreign.
    """
    found = _version(connection, team)
    if found is None:
        raise TercerTimbreError("team-empty", team=team)
    if found != REVISIONS[-1]:
        raise TercerTimbreError("team-older", team=team)


def prepare(connection: Connection, team: str) -> None:
    """Make the tables, or bring older ones up to date; the caller's transaction holds the lock.

    Errors: team-newer, team-foreign, team-encoding; none of them changes anything.
    """
    found = _version(connection, team)
    if found == REVISIONS[-1]:
        return
    encoding = str(connection.exec_driver_sql("SHOW server_encoding").scalar())
    if encoding != _ENCODING:
        raise TercerTimbreError("team-encoding", team=team, encoding=encoding)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _version(connection: Connection, team: str) -> str | None:
    """The version of the tables, one that this program knows; None where there are none of ours."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE not in tables:
        if "attempts" in tables:
            raise TercerTimbreError("team-foreign", team=team)
        return None
    found = str(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one())
    if found not in REVISIONS:
        raise TercerTimbreError("team-newer", team=team, found=found, known=REVISIONS[-1])
    return found
