"""The team's PostgreSQL: the same tables of results as a desk's file, read and written by the same functions.

Writers take turns under one advisory lock: an attempt is whole or not there, and two desks that bring the same texts
do not meet. `lock_timeout` ends a wait, the server ends who falls silent in the middle.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, SQLAlchemyError

from simulator.errors import TercerTimbreError
from simulator.records.store import Records
from simulator.records.team.migrating import demand_ready, prepare

if TYPE_CHECKING:
    from simulator.records.team.targets import Target

REFUSES: Final = "team-refuses"
RIGHTS: Final = "team-rights"
UNREACHABLE: Final = "team-unreachable"

_LOCK: Final = 0x54546221  # "TTb!", as in the header of a desk's file
_TURN: Final = (
    "SET LOCAL lock_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = '60s'; "
    f"SELECT pg_advisory_xact_lock({_LOCK})"
)
_CODES: Final = {
    "22": REFUSES,  # data that PostgreSQL cannot hold (a NUL in a text)
    "23": REFUSES,  # a constraint
    "08": UNREACHABLE,
    "57": UNREACHABLE,  # shut down, or still starting
    "28": "team-login",
    "42501": RIGHTS,
    "25006": RIGHTS,  # a read-only copy
    "55P03": "team-busy",
    "25P03": "team-busy",
    "53": "team-full",
}
"""By PostgreSQL's error code, or the class that it begins with (postgresql.org/docs/current/errcodes-appendix.html)."""
_UNTOLD: Final[Mapping[type[SQLAlchemyError], str]] = {OperationalError: "08000", DataError: "22000"}
"""What the driver raises by itself, without a code: no connection; a value that has no form in PostgreSQL."""
_PATIENCE: Final = {
    "connect_timeout": 10,
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "tercer-timbre",
}
"""Seconds (the last but one: milliseconds) after which a network that swallows everything counts as none."""
_NEAR: Final = frozenset({None, "localhost", "127.0.0.1", "::1"})


class Team(Records):
    """An open team's database; `open_team` makes one."""

    def __init__(self, engine: Engine, team: str) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._team = team

    def close(self) -> None:
        """Let go of the server."""
        self._engine.dispose()

    def prepare(self) -> None:
        """Make the tables or bring them up to date. Errors: those of `migrating.prepare`."""
        with self._write() as connection:
            prepare(connection, self._team)

    def demand_ready(self) -> None:
        """Refuse tables of another version. Errors: those of `migrating.demand_ready`."""
        with self._read() as connection:
            demand_ready(connection, self._team)

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        """A transaction that sees the database as it is at this moment."""
        with told(self._team), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with told(self._team), self._engine.begin() as connection:
            connection.exec_driver_sql(_TURN)
            yield connection


def open_team(target: "Target") -> Team:
    """The team's database, for reading and taking in; its tables must be those of this program.

    Errors: target-address for an LRS; team-empty, team-older, team-newer, team-foreign; and those that every method may
    raise: team-unreachable, team-login, team-rights, team-busy, team-full, team-refuses, team-failed.
    """
    if target.kind != "database":
        raise TercerTimbreError("target-address")
    team = connect(target)
    try:
        team.demand_ready()
    except BaseException:
        team.close()
        raise
    return team


def connect(target: "Target") -> Team:
    """A team's database whose tables nobody has looked at yet. Nothing is sent before the first method."""
    url = make_url(target.address).set(drivername="postgresql+psycopg")
    if target.password is not None:
        url = url.set(password=target.password)
    safety = {} if url.host in _NEAR or "sslmode" in url.query else {"sslmode": "require"}
    engine = create_engine(url, connect_args={**_PATIENCE, **safety}, pool_pre_ping=True)
    return Team(engine, target.address)


@contextmanager
def told(team: str) -> Iterator[None]:
    """Turn what the database library raises inside into a `TercerTimbreError` about the team's database."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        state = getattr(cause, "sqlstate", None) or _UNTOLD.get(type(error), "")
        code = _CODES.get(state) or _CODES.get(state[:2]) or "team-failed"
        raise TercerTimbreError(code, team=team, detail=str(cause).strip()) from error
