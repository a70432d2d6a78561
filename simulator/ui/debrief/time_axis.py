"""The time axis of the debrief's plots."""

from collections.abc import Sequence
from typing import Any

from simulator.session.telling import clock_text


def time_axis(pyqtgraph: Any) -> Any:
    """An axis of seconds that reads minutes:seconds. `pyqtgraph`: the module, which its user imports late."""

    class TimeAxis(pyqtgraph.AxisItem):  # type: ignore[misc]
        def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002
            return [clock_text(round(value * 1000)) for value in values]

    return TimeAxis(orientation="bottom")
