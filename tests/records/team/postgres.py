"""A real PostgreSQL on loopback, in a folder of its own, run by a user without privileges."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.records.ports import free_port

USER, PASSWORD = "equipo", "señal/de:paso @1"
_WAIT_S = 60
_ACCOUNTS = ("postgres", "nobody")
"""Who runs the server when the suite is root, whom it refuses."""


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL on this machine; None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    beside = shutil.which("initdb")
    return found[-1].parent if found else Path(beside).parent if beside else None


def there() -> bool:
    """Whether the tests can run; without PostgreSQL they fail where they must not be skipped."""
    return binaries() is not None or os.environ.get("CI") == "true"


class Server:
    """A server that can be stopped and started again with all that it holds. `durable`: it waits for the disk, as it
    must where power may fail. Here only processes die, and on a busy disk a shutdown took more than a minute."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        found = binaries()
        assert found is not None, "PostgreSQL is not installed"
        self._bin = found
        self._folder = folder
        self._sync = "on" if durable else "off"
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        self._as = _without_privileges(folder)
        secret = folder / "password"
        secret.write_text(PASSWORD, "utf-8")
        shutil.chown(secret, folder.stat().st_uid, folder.stat().st_gid)
        made = ("-A", "scram-sha-256", "--pwfile", str(secret), "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync")
        subprocess.run(
            (*self._as, str(self._bin / "initdb"), "-D", str(folder / "data"), *made),
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip

    def start(self) -> None:
        """Start it and wait until it answers."""
        log = (self._folder / "log").open("ab")
        settings = ("-c", "listen_addresses=127.0.0.1", "-c", f"fsync={self._sync}")
        options = ("-p", str(self.port), "-k", str(self._folder), *settings)
        self._process = subprocess.Popen(
            (*self._as, str(self._bin / "postgres"), "-D", str(self._folder / "data"), *options),
            stdout=log, stderr=log, cwd=self._folder,
        )  # fmt: skip
        log.close()
        until = time.monotonic() + _WAIT_S
        while True:
            try:
                self.connect("postgres").close()
                return
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self._folder / "log").read_text()
                assert time.monotonic() < until, "the server does not answer"
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it: SIGINT cuts the connections, SIGQUIT is as if the machine had died."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_WAIT_S)
            self._process = None

    def connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of the tests' own, each statement by itself."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=USER, password=PASSWORD, dbname=database, autocommit=True
        )

    def new_database(self) -> str:
        """An empty database; its address, without password."""
        name = f"t_{secrets.token_hex(6)}"
        with self.connect("postgres") as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """A server; it and its folder are gone when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="tercer-timbre-pg-"))  # pytest's own folders are closed to other users
    server = Server(folder, durable=durable)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def _without_privileges(folder: Path) -> tuple[str, ...]:
    """What to put before a command so that it does not run as root; gives that user the folder."""
    if os.getuid() != 0:
        return ()
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = next(known[name] for name in _ACCOUNTS if name in known)
    os.chown(folder, account.pw_uid, account.pw_gid)
    return ("setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups")
