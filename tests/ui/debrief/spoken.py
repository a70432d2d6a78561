"""A call that was spoken aloud, with measures as a microphone would give them, and recordings of both sides."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from simulator.records.recordings import Recording, Recordings
from simulator.rehearsal.player import Player
from simulator.scenario.moves import read_move
from simulator.scoring.card import Scorecard
from simulator.scoring.score import score
from simulator.scoring.voice import call_voice
from simulator.session.envelope import Event
from simulator.session.events import AgentSpoke
from tests.ui.desk.cases import call

NOTES = {"customer": "Marta Ríos", "reason": "cobro doble", "solution": "reintegro", "follow-up": "ninguno"}


def say(text: str, takes: float, wpm: int, dbfs: int = -22, *, interrupt: bool = False) -> dict[str, object]:
    voice = {"wpm": wpm, "dbfs": dbfs, "fillers": wpm % 2}
    return {"say": {"text": text, "takes": takes, "voice": voice, "interrupt": interrupt}}


MOVES: tuple[object, ...] = (
    "dismiss-colleague",
    "answer",
    say("Telenova, muy buenos días, le habla Diego, ¿en qué le puedo ayudar?", 4, 172),
    say("Entiendo su molestia, lamento mucho lo ocurrido. Voy a revisar su factura ahora mismo.", 6, 196, -18),
    say("Permítame, permítame un momento.", 2, 231, -13, interrupt=True),
    "hold",
    {"wait": 20},
    "resume",
    say("Gracias por esperar. Le vamos a reintegrar el cobro en su próxima factura.", 7, 141, -27),
    {"say": "¿Le puedo ayudar en algo más? Que tenga un feliz día."},
    {"notes": NOTES},
)
PAUSES = {1: (("pause01_at", 2_400), ("pause01_ms", 700)), 3: (("pause01_at", 1_700), ("pause01_ms", 1_300))}
"""Of which spoken turn: where its pauses were."""


@cache
def spoken() -> tuple[tuple[Event, ...], Scorecard]:
    """Events and card of the call."""
    player = Player(call(), 1, "Diego Salas")
    player.start()
    player.play([read_move(move) for move in MOVES])  # type: ignore[misc]
    player.finish()
    assert not player.refused
    events, turn = [], 0
    for event in player.events:
        what = event.what
        if isinstance(what, AgentSpoke) and what.voice:
            more = PAUSES.get(turn, ())
            known = dict(what.voice) | dict(more) | {"pauses": bool(more), "pause_ms": dict(more).get("pause01_ms", 0)}
            known |= {"longest_pause_ms": known["pause_ms"], "delay_ms": 600 + 300 * turn}
            known |= {"snr": 31, "swing": 14, "sps10": 61}
            voice = tuple(sorted((name, int(value)) for name, value in known.items()))
            events.append(replace(event, what=replace(what, voice=voice)))
            turn += 1
        else:
            events.append(event)
    return tuple(events), score(call(), events)


def recorded(folder: Path, *, seconds: Callable[[float], float] = lambda length: length) -> tuple[Recording, ...]:
    """Hums where the call's words were: two tones, one a side. `seconds`: makes them shorter than they were."""
    recordings = Recordings(folder)
    voice = call_voice(spoken()[0])
    for turn in voice.turns:
        recordings.add("a1", turn.seq, "agent", _hum(seconds(turn.lasts_ms / 1000), 16_000, 180), 16_000)
    for line in voice.lines:
        length = seconds((line.end_ms - line.begin_ms) / 1000)
        recordings.add("a1", line.seq, "customer", _hum(length, 22_050, 260), 22_050)
    return recordings.of("a1")


def _hum(seconds: float, rate: int, hertz: int) -> bytes:
    wave = np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)
    return (wave * 6_000).astype("<i2").tobytes()
