"""Session time from a monotonic clock: whole milliseconds that stand still while the attempt is paused, and after a
gap, unless it is an exam.

Pure: the shell reads the machine's clock and hands the reading in.
"""

from dataclasses import dataclass

GAP_MS = 5_000
"""No tick for longer than this (suspend, a killed program) is a gap: it pauses practice, and is logged in an exam."""


@dataclass(slots=True)
class SessionClock:
    """`session_ms` at the moment of the last reading `monotonic_ms`; stands still while `running` is false;
    `relentless`: gaps count."""

    session_ms: int = 0
    monotonic_ms: int = 0
    running: bool = False
    relentless: bool = False

    def start(self, monotonic_ms: int) -> None:
        """Time runs from here."""
        self.monotonic_ms = monotonic_ms
        self.running = True

    def stop(self, monotonic_ms: int) -> int:
        """Time stands still from here; returns session time (ms)."""
        now, _ = self.read(monotonic_ms)
        self.running = False
        return now

    def read(self, monotonic_ms: int) -> tuple[int, int]:
        """Session time now (ms), and how long (ms) the gap lasted that lies behind, or 0. A gap does not count: time
        stops where it began; a relentless clock runs on."""
        if not self.running:
            return self.session_ms, 0
        passed = max(0, monotonic_ms - self.monotonic_ms)
        self.monotonic_ms = monotonic_ms
        gap = passed if passed > GAP_MS else 0
        if gap and not self.relentless:
            self.running = False
        else:
            self.session_ms += passed
        return self.session_ms, gap
