"""Many scenario files are read in a process of their own: reading holds Python's lock for tens of milliseconds at a
time, and a window in the same process would stutter until a library of a thousand is read."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context


class ReadingApart:
    """A process that calls `read`, a function of a module, with the paths that it is given; started by the first call.
    Called from one thread at a time."""

    def __init__(self, read: Callable[[list[str]], bytes]) -> None:
        self._read = read
        self._pool: ProcessPoolExecutor | None = None

    def __call__(self, paths: Sequence[str]) -> bytes | None:
        """What `read` gives, or None when the process cannot be started or died: the caller then reads by itself."""
        try:
            if self._pool is None:
                # A fresh interpreter, not a fork: threads of Qt and of the database would be cut in two.
                self._pool = ProcessPoolExecutor(1, get_context("spawn"), _calm)
            return self._pool.submit(self._read, list(paths)).result()
        except (BrokenProcessPool, OSError):
            self.close()
            return None

    @property
    def running(self) -> bool:
        """Whether there is a process."""
        return self._pool is not None

    def close(self) -> None:
        """Ends the process, if there is one; the next call starts another."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _calm() -> None:
    """The window comes first where there are few processors."""
    if hasattr(os, "nice"):
        os.nice(10)
