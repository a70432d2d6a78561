"""Tercer Timbre. `python main.py` opens the app; `python main.py COMMAND` runs a command (see `--help`)."""

import sys

from simulator.app.start import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
