"""Session time from a monotonic clock: whole milliseconds that stand still while the attempt is paused.

Pure: the shell reads the machine's clock and hands the reading in.
"""

from dataclasses import dataclass

GAP_MS = 5_000
"""No tick for longer than this (suspend, a killed program) is a gap: it pauses the session."""


@dataclass(slots=True)
class SessionClock:
    """`session_ms` at the moment of the last reading `monotonic_ms`; stands still while `running` is false."""

    session_ms: int = 0
    monotonic_ms: int = 0
    running: bool = False

    def start(self, monotonic_ms: int) -> None:
        """Time runs from here."""
        self.monotonic_ms = monotonic_ms
        self.running = True

    def stop(self, monotonic_ms: int) -> int:
        """Time stands still from here; returns session time (ms)."""
        now, _ = self.read(monotonic_ms)
        self.running = False
        return now

    def read(self, monotonic_ms: int) -> tuple[int, bool]:
        """Session time now (ms), and whether a gap lies behind. A gap does not count: time stops where it began."""
        if not self.running:
            return self.session_ms, False
        passed = max(0, monotonic_ms - self.monotonic_ms)
        self.monotonic_ms = monotonic_ms
        if passed > GAP_MS:
            self.running = False
            return self.session_ms, True
        self.session_ms += passed
        return self.session_ms, False
