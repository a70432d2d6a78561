"""`python -m tests.benchmarks.listening_memory`: resident megabytes of a process in which the bare decoder has heard
noise. Hints come as JSON on the input. Linux only (/proc). What only the benchmark needs is not imported.
"""

import json
import os
import random
import sys
import tempfile
from pathlib import Path

from simulator.speech.heard import RATE, Hints
from simulator.speech.listening.sphinx_model import call_model, read_dictionary

MODEL = Path(__file__).parents[3] / "shared" / "models" / "pocketsphinx-es"
NOISE = random.Random(1).randbytes(6 * RATE * 2)
"""Six seconds, which make a decoder search."""


def megabytes(pid: int | str) -> float:
    """Resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Prints what the process had before the decoder, and has after it."""
    read = json.loads(sys.stdin.read())
    sounds = read_dictionary((MODEL / "base_dictionary.txt").read_text("utf-8"))
    model = call_model(Hints(tuple(read["names"]), tuple(read["sentences"])), sounds)
    before = megabytes("self")
    import pocketsphinx

    with tempfile.TemporaryDirectory() as folder:
        language, dictionary = model.write(Path(folder))
        config = {"lm": str(language), "dict": str(dictionary), "logfn": os.devnull}
        decoder = pocketsphinx.Decoder(pocketsphinx.Config(hmm=str(MODEL / "acoustic_model"), **config))
    decoder.start_utt()
    decoder.process_raw(NOISE, False, True)
    decoder.end_utt()
    sys.stdout.write(json.dumps(megabytes("self") - before))


if __name__ == "__main__":
    main()
