"""Lines that a person recorded, played in place of synthesis: ``recordings/<scenario id>/<line's name>.wav``.

The folder lies beside the scenario's file. `scenario.lines` says how a line is named; `takes` says what is taken.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Final

from simulator.scenario.lines import AuthoredLine, authored_lines
from simulator.scenario.model import ScenarioDocument
from simulator.scenario.scenario import Scenario
from simulator.session.dialogue import filled
from simulator.session.state import State
from simulator.source.diagnostics import Diagnostic, Severity, suggest
from simulator.source.spans import point
from simulator.speech.takes import Piece, RecordingRefused, take_of

FOLDER: Final = "recordings"
SUFFIX: Final = ".wav"
_OTHER_SOUNDS: Final = frozenset({".flac", ".mp3", ".ogg", ".opus", ".m4a", ".aac", ".wma", ".aif", ".aiff"})
"""Files that somebody may take for a recording; they are refused aloud. All else in the folder is left alone."""


def recordings_beside(file: Path, scenario: str) -> Path:
    """Where the recordings of a scenario lie whose file this is, be they there or not."""
    return file.parent / FOLDER / scenario


def find_recordings(scenario: str, folders: Iterable[Path]) -> Path | None:
    """The recordings of a scenario below the folders in which scenarios are looked for, or None."""
    for folder in folders:
        for found in sorted(folder.rglob(FOLDER)):
            if (found / scenario).is_dir():
                return found / scenario
    return None


class RecordedLines:
    """The recordings of one scenario. `folder`: None where there are none. The folder is read once."""

    def __init__(self, scenario: Scenario, folder: Path | None) -> None:
        self._scenario = scenario
        self._files = {} if folder is None else {path.stem.lower(): path for path in _sounds(folder, {SUFFIX})}
        self._lines: defaultdict[str, list[AuthoredLine]] = defaultdict(list)
        if self._files:
            for line in authored_lines(scenario.doc):
                self._lines[line.line.id].append(line)

    def pieces(self, state: State, speaker: str, ids: Sequence[str], text: str) -> str | tuple[Piece, ...]:
        """What `speaker` says when the lines `ids` make `text`: its pieces, when one of them at least was recorded."""
        if not self._files or not ids or state.started is None:
            return text
        agent = state.started.agent
        candidates = [[line for line in self._lines.get(id, ()) if line.speaker == speaker] for id in ids]
        for chosen in product(*candidates):
            texts = [filled(self._scenario.of(line.contact).doc, agent, line.line.say) for line in chosen]
            if " ".join(texts) == text:
                pieces = tuple(Piece(said, self._file(line)) for line, said in zip(chosen, texts, strict=True))
                return pieces if any(piece.recording for piece in pieces) else text
        return text

    def _file(self, line: AuthoredLine) -> Path | None:
        return None if line.names_agent else self._files.get(line.name)


def check_recordings(document: ScenarioDocument, folder: Path) -> Iterator[Diagnostic]:
    """What is wrong with the recordings in a scenario's folder, each at its file."""
    lines = {line.name: line for line in authored_lines(document)}
    for path in _sounds(folder, {SUFFIX, *_OTHER_SOUNDS}):
        line = lines.get(path.stem.lower())
        place = point(str(path))
        if line is None:
            near = suggest(path.stem, lines) or ""
            args = {"scenario": document.scenario, "suggestion": near}
            yield Diagnostic("recording-unused", Severity.INFO, place, args)
        elif line.names_agent:
            yield Diagnostic("recording-names-agent", Severity.INFO, place)
        else:
            try:
                if path.suffix.lower() != SUFFIX:
                    raise RecordingRefused("format")
                take_of(path)
            except RecordingRefused as refused:
                yield Diagnostic("recording-unreadable", Severity.INFO, place, {"why": refused.why})


def _sounds(folder: Path, suffixes: set[str]) -> list[Path]:
    """A folder that is not there, or cannot be read, has none."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix.lower() in suffixes)
    except OSError:
        return []
