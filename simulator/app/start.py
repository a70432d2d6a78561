"""The door: the window without arguments, a command with them."""

import sys


def main(arguments: list[str]) -> int:
    """Starts the program; returns its exit code."""
    if arguments:
        from simulator.cli.commands import main as run_command

        return run_command(arguments)
    from simulator.app.preflight import complaint

    reason = complaint()
    if reason is not None:
        print(reason, file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return 1
    from simulator.app.window import run

    return run()
