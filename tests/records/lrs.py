"""A real learning record store on loopback (Ralph, on files), in an environment of its own that uv makes."""

import base64
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.records.ports import free_port

RALPH = ("uvx", "--quiet", "--from", "ralph-malph[lrs,cli,backend-es]==5.1.0", "--with", "requests==2.34.2", "ralph")
USER, PASSWORD = "desk", "secret"
_WAIT_S = 120
_APPENDING = """
try:
    from ralph.backends.data.fs import BaseOperationType, FSDataBackend
except ImportError:  # another Python on the way, uv's own
    pass
else:
    FSDataBackend.default_operation_type = BaseOperationType.APPEND
"""
"""Ralph 5.1.0 makes its file with the first request and refuses every further one: it is told to append."""


@dataclass(frozen=True, slots=True)
class Lrs:
    """A running store. `url`: of its statements."""

    url: str

    def call(self, method: str, query: str = "", body: object = None) -> tuple[int, Any]:
        """Status and JSON of an answer."""
        token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        headers = {
            "Authorization": f"Basic {token}",
            "X-Experience-API-Version": "1.0.3",
            "Content-Type": "application/json",
        }
        data = None if body is None else json.dumps(body).encode()
        try:
            with urlopen(Request(self.url + query, data, headers, method=method), timeout=30) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except HTTPError as error:
            return error.code, error.read().decode(errors="replace")


@contextmanager
def running(folder: Path) -> Iterator[Lrs]:
    """The store, ready to answer, with its files in `folder`. It is gone when the block ends."""
    port, lrs = free_port(), None
    patch = folder / "patch"
    patch.mkdir()
    (patch / "sitecustomize.py").write_text(_APPENDING, "utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(patch),
        "RALPH_APP_DIR": str(folder),
        "RALPH_AUTH_FILE": str(folder / "auth.json"),
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder / "statements"),
    }
    made = (*RALPH, "auth", "-u", USER, "-p", PASSWORD, "-s", "all", "-t", "results")
    subprocess.run((*made, "-N", "desk", "-M", "mailto:desk@example.org", "-w"), env=environment, check=True)
    (folder / "statements" / "results").mkdir(parents=True)  # the target's folder, which it does not make itself
    log = (folder / "log").open("wb")
    served = subprocess.Popen(
        (*RALPH, "runserver", "-b", "fs", "-h", "127.0.0.1", "-p", str(port)),
        env=environment, cwd=folder, stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip
    try:
        lrs = Lrs(f"http://127.0.0.1:{port}/xAPI/statements")
        until = time.monotonic() + _WAIT_S
        while True:
            try:
                lrs.call("GET")
                break
            except (URLError, ConnectionError):
                assert served.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < until, "the store does not answer"
                time.sleep(0.2)
        yield lrs
    finally:
        os.killpg(served.pid, signal.SIGTERM)  # the server is a child of uv's
        served.wait(20)
        log.close()


def there() -> bool:
    """Whether uv, which fetches the store, is on this machine."""
    return shutil.which("uvx") is not None
