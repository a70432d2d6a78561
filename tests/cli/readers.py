"""What reads an example of a scenario's page in `docs/diagnostics`: kind of file → the codes that `check` gives.

An example of kind `scenario` is what its author has in mind, a few keys; they replace those of a small sound scenario.
"""

import io
import re
import tempfile
import wave
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from simulator.protocol.shipped import shipped_protocol
from simulator.rehearsal.proof import prove
from simulator.rehearsal.script import read_script
from simulator.rehearsal.unreached import explored
from simulator.scenario.library import load_all, load_exams, load_file
from simulator.scenario.load import load_scenario
from simulator.scoring.replies import read_replies
from simulator.source.diagnostics import Diagnostic
from simulator.speech.recorded import check_recordings

SOUND = """\
scenario: cobro-duplicado
title: Cobro duplicado
channel: phone
company: {name: Telenova, areas: [Facturación, Soporte técnico]}
agent: Diego Salas
briefing: Atienda la llamada.
customer: {name: Marta Ríos}
protocol: [greet-company]
steps:
  opening:
    replies:
      - {id: else, otherwise: resolved}
ends:
  resolved: {good: true}
tests:
  - {name: contesta, do: [answer], expect: {}}
"""
"""Nothing is wrong with it, and nothing more than needed is in it."""

SOUND_SHIFT = """\
scenario: turno-corto
title: Un turno corto
channel: shift
clock: "09:00"
agent: Diego Salas
briefing: Atienda a quien llegue.
shift: {begins: "09:00", ends: "12:00"}
contacts:
  marta: {scenario: phone/cobro-duplicado, at: "09:20"}
tests:
  - {name: espera, do: [available], expect: {}}
"""
"""A shift with as little in it."""

SOUND_EXAM = """\
exam: reclamos
title: Reclamos
scenarios: [cobro-duplicado]
seeds: [1, 2]
time_limit: 10
tries: 2
pass_mark: 80
"""
"""The same of an exam."""

_BLOCK = re.compile(r"^([a-z_]+):.*\n(?:[ \n].*\n?)*", re.M)
"""A key of the highest level with all that belongs to it."""


def patched(example: str, sound: str = SOUND) -> str:
    """The small scenario with the example's keys instead of its own."""
    own = {found.group(1) for found in _BLOCK.finditer(example)}
    kept = (found.group() for found in _BLOCK.finditer(sound) if found.group(1) not in own)
    return "".join(kept) + example


def diagnostics(text: str | bytes) -> tuple[Diagnostic, ...]:
    """What `check` says of a whole scenario file."""
    loaded = load_scenario(text, "ejemplo.yaml", shipped_protocol().protocol)
    return (*loaded.diagnostics, *prove(loaded))


def explored_diagnostics(text: str | bytes) -> tuple[Diagnostic, ...]:
    """What `check` says of it when it also explores it."""
    return (*diagnostics(text), *explored(load_scenario(text, "ejemplo.yaml", shipped_protocol().protocol)))


def _codes(found: tuple[Diagnostic, ...]) -> set[str]:
    return {diagnostic.code for diagnostic in found}


def _text(example: str | bytes) -> str:
    return example if isinstance(example, str) else example.decode("utf-8")


def part_codes(example: str | bytes) -> set[str]:
    return _codes(diagnostics(patched(_text(example))))


def explored_codes(example: str | bytes) -> set[str]:
    return _codes(explored_diagnostics(patched(_text(example))))


def file_codes(example: str | bytes) -> set[str]:
    return _codes(diagnostics(example))


def script_codes(example: str | bytes) -> set[str]:
    return _codes(read_script(example, "guion.yaml")[1])


def second_codes(example: str | bytes) -> set[str]:
    """Of a file that is read after the small scenario, from the same folder."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.yaml").write_text(SOUND, "utf-8")
        Path(folder, "b.yaml").write_text(patched(_text(example)), "utf-8")
        return _codes(list(load_all([Path(folder)], shipped_protocol().protocol))[1].diagnostics)


def shift_codes(example: str | bytes) -> set[str]:
    """Of a shift that lies beside a sound scenario and one with errors."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (
            ("phone/cobro-duplicado", SOUND),
            ("phone/con-errores", "scenario: con-errores\n"),
            ("shift/turno-corto", patched(_text(example), SOUND_SHIFT)),
        ):
            file = Path(folder, f"{name}.yaml")
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        return _codes(load_file(file, shipped_protocol().protocol).diagnostics)


def exam_codes(example: str | bytes) -> set[str]:
    """Of an exam that lies beside a sound scenario and one with errors."""
    return _exams("# exams/reclamos.yaml\n" + patched(_text(example), SOUND_EXAM))


def second_exam_codes(example: str | bytes) -> set[str]:
    """Of an exam that is read after the small one, from the same folder."""
    return _exams("# exams/z.yaml\n" + patched(_text(example), SOUND_EXAM), "# exams/a.yaml\n" + SOUND_EXAM)


def exam_file_codes(example: str | bytes) -> set[str]:
    """Of a whole exam, in the folder that its first line names."""
    return _exams(_text(example))


def _exams(*texts: str) -> set[str]:
    protocol = shipped_protocol().protocol
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("phone/cobro-duplicado", SOUND), ("phone/con-errores", "scenario: con-errores\n")):
            file = Path(folder, f"{name}.yaml")
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        named = []
        for text in texts:
            named.append(Path(folder, text.splitlines()[0].removeprefix("# ")))
            named[-1].parent.mkdir(exist_ok=True)
            named[-1].write_text(text, "utf-8")
        found = [exam.diagnostics for exam in load_exams(sorted(named), protocol)]
        return _codes(tuple(diagnostic for diagnostics in found for diagnostic in diagnostics))


def path_codes(example: str | bytes) -> set[str]:
    """Of the file that the example names, from the root of the project."""
    path = Path(__file__).resolve().parents[2] / _text(example).strip()
    return _codes(load_file(path, shipped_protocol().protocol).diagnostics)


def replies_codes(example: str | bytes) -> set[str]:
    return _codes(read_replies(_text(example), "respuestas.jsonl", shipped_protocol().protocol.checkpoints)[1])


GREETER = """\
steps:
  opening:
    customer:
      - {id: greets-1, say: "Buenos días."}
      - {id: greets-agent, say: "Buenos días, _agent."}
    replies:
      - {id: else, otherwise: resolved}
"""


def recorded(what: str) -> bytes:
    """A file of a recordings folder: half a second of a tone or of silence as WAV, or no sound at all."""
    if what == "text":
        return b"no es un sonido"
    width = {"16-bit": 2, "silence": 2, "24-bit": 3}[what]
    loud = b"" if what == "silence" else b"\x10"
    sample = (b"\0" * width)[: width - len(loud)] + loud
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(width)
        file.setframerate(8000)
        file.writeframes((sample + b"\0" * width) * 2000)
    return out.getvalue()


def recordings_codes(example: str | bytes) -> set[str]:
    """Of the recordings of a scenario whose customer greets: a line per file, its name and what it is."""
    document = load_scenario(patched(GREETER), "ejemplo.yaml", shipped_protocol().protocol).document
    assert document is not None
    with tempfile.TemporaryDirectory() as folder:
        for row in _text(example).splitlines():
            name, what = row.split(": ")
            Path(folder, name).write_bytes(recorded(what))
        return _codes(tuple(check_recordings(document, Path(folder))))


READERS: Mapping[str, Callable[[str | bytes], set[str]]] = MappingProxyType(
    {
        "scenario": part_codes,
        "explored": explored_codes,
        "scenario-file": file_codes,
        "second-scenario": second_codes,
        "scenario-path": path_codes,
        "shift": shift_codes,
        "exam": exam_codes,
        "exam-file": exam_file_codes,
        "second-exam": second_exam_codes,
        "recordings": recordings_codes,
        "script": script_codes,
        "replies": replies_codes,
    }
)
