"""The door: the window without arguments, a command with them."""

import gc
import sys
from typing import TYPE_CHECKING

from simulator import paths

if TYPE_CHECKING:
    from simulator.ui.opening import Places


NEW_OBJECTS = 100_000
"""Made before Python looks for garbage by itself: loading the protocol makes as many, and none of them is garbage."""


def main(arguments: list[str]) -> int:
    """Starts the program; returns its exit code."""
    gc.set_threshold(NEW_OBJECTS)
    if arguments:
        from simulator.cli.commands import main as run_command

        return run_command(arguments)
    from simulator.app.preflight import complaint

    reason = complaint()
    if reason is not None:
        print(reason, file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return 1
    from simulator.ui.opening import run

    return run(places())


def places() -> "Places":
    """Where this installation keeps its things."""
    from simulator.ui.opening import Places

    config, data = paths.user_config(), paths.user_data()
    return Places(
        scenarios=(paths.scenarios(), data / "scenarios"),
        database=data / paths.DATABASE,
        settings=config / paths.SETTINGS,
        window_state=config / "window.ini",
        voices=paths.cache() / "voices",
        crashes=data,
        models=data / paths.MODELS,
        recordings=data / paths.RECORDINGS,
    )
