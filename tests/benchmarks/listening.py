"""PocketSphinx as the program uses it, beside its bare decoder on the same sound: the wait for the text, the memory.

Needs the Spanish model of the tests, which is never shipped; says so where it is absent. Vosk has no model here.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulator.session.hearing import SURE
from simulator.speech.accuracy import words_of
from simulator.speech.heard import Hints
from simulator.speech.listening.apart import RecogniserApart
from simulator.speech.listening.expected import hints_for
from simulator.speech.listening.sphinx_model import call_model, read_dictionary
from tests.benchmarks.figure import Figure, interval, quantile
from tests.benchmarks.listening_memory import NOISE, megabytes
from tests.speech.said import ROOT, SPHINX_FOLDER, Clip, angry_caller, blocks, say, spread
from tests.speech.sentence_sets import NEAR, UNLISTED_KINDS, Judged, heard, heard_of_the_person

CLIPS = 24
ROUNDS = 3
_MAKER = "simulator.speech.listening.sphinx_engine:make"


def figures() -> Iterator[Figure]:
    """End of speech → text, memory, and who is let through."""
    if not SPHINX_FOLDER.is_dir():
        yield Figure("listening: not measured, the Spanish model of the tests is absent", 0, None, "–", "–")
        return
    warnings.filterwarnings("ignore", category=DeprecationWarning)  # SpeechRecognition's imports
    hints = hints_for(angry_caller())
    clips = say(spread(hints.sentences, CLIPS))
    yield from _delays(hints, clips)
    if sys.platform == "linux":
        yield from _memory(hints)
    yield from _accepted("development", list(heard("development")))
    yield from _accepted("clean", list(heard("clean")))
    yield from _accepted("one person (not clean)", list(heard_of_the_person()))


def _delays(hints: Hints, clips: list[Clip]) -> Iterator[Figure]:
    """Each clip is given in blocks, as the microphone does; the clock runs from the last block."""
    apart = RecogniserApart.load(_MAKER, str(SPHINX_FOLDER))
    assert isinstance(apart, RecogniserApart)
    ours, bare, ratios = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        apart.prepare(hints)
        decoder = bare_decoder(hints, Path(folder))
        for clip in clips * ROUNDS:
            utterance = apart.begin()
            for block in blocks(clip.pcm):
                utterance.accept(block)
            began = time.perf_counter()
            utterance.finish()
            ours.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            hear_whole(decoder, clip.pcm)
            bare.append((time.perf_counter() - began) * 1000)
            ratios.append(ours[-1] / bare[-1])
    apart.close()
    yield Figure("end of speech → final text", statistics.median(ours), statistics.median(bare), "ms", "≤ 1.15×")
    yield Figure("  the same, ratio of each clip (median)", statistics.median(ratios), 1, "×", "≤ 1.15×")
    yield Figure(f"  the same, p95 of {len(ours)}", quantile(ours, 0.95), quantile(bare, 0.95), "ms", "–")


def bare_decoder(hints: Hints, folder: Path) -> Any:
    """PocketSphinx alone, with the files that we make for it."""
    import pocketsphinx

    sounds = read_dictionary((SPHINX_FOLDER / "base_dictionary.txt").read_text("utf-8"))
    language, dictionary = call_model(hints, sounds).write(folder)
    hmm = str(SPHINX_FOLDER / "acoustic_model")
    return pocketsphinx.Decoder(pocketsphinx.Config(hmm=hmm, lm=str(language), dict=str(dictionary), logfn=os.devnull))


def hear_whole(decoder: Any, pcm: bytes) -> None:
    """As SpeechRecognition gives it a clip."""
    decoder.start_utt()
    decoder.process_raw(pcm, False, True)
    decoder.end_utt()
    decoder.hyp()


def _memory(hints: Hints) -> Iterator[Figure]:
    """The whole of the recogniser's own process, Python included, beside what the bare decoder adds to one."""
    with_hints = json.dumps({"names": hints.names, "sentences": hints.sentences})
    command = [sys.executable, "-m", "tests.benchmarks.listening_memory"]
    done = subprocess.run(command, input=with_hints, capture_output=True, text=True, check=True, cwd=ROOT)
    bare = float(done.stdout)
    apart = RecogniserApart.load(_MAKER, str(SPHINX_FOLDER))
    assert isinstance(apart, RecogniserApart)
    apart.prepare(hints)
    utterance = apart.begin()
    for block in blocks(NOISE):
        utterance.accept(block)
    utterance.finish()
    ours = megabytes(apart.pid or 0)
    apart.close()
    yield Figure("memory: own process / bare decoder", ours, bare, "MB", "–")
    yield Figure("  more than the bare decoder", ours - bare, None, "MB", "≤ 60")


def _accepted(name: str, judged: list[Judged]) -> Iterator[Figure]:
    """Who is let through, with 95 % intervals, and what would count of it although it was not said."""
    kinds = (
        ("listed", ("listed",), "high"),
        ("near miss", ("near", *NEAR), "–"),
        ("other", ("service", "talk"), "low"),
    )
    for kind, of, goal in kinds:
        yield _share(f"{name}: {kind} accepted", [one.accepted for one in judged if one.row.kind in of], goal)
    right = [one for one in judged if words_of(one.heard.text) == words_of(one.row.text)]
    yield _share(f"{name}: heard rightly to the word, accepted", [one.accepted for one in right], "≥ 97")
    unlisted = [one for one in judged if one.row.kind in ("near", *UNLISTED_KINDS)]
    yield _share(f"{name}: unlisted heard as a listed one", [one.put_in_the_mouth for one in unlisted], "low")
    for kind, some in (("listed", [one for one in judged if one.row.kind == "listed"]), ("unlisted", unlisted)):
        with_wrong = [bool(one.wrong_and_sure(SURE)) for one in some]
        yield _share(f"{name}: {kind} with a wrong word that is sure", with_wrong, "low")


def _share(name: str, yes: list[bool], goal: str) -> Figure:
    low, high = interval(sum(yes), len(yes))
    text = f"{name} ({sum(yes)} of {len(yes)}; {low:.0f}–{high:.0f})"
    return Figure(text, 100 * sum(yes) / len(yes), None, "%", goal)
