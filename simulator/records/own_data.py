"""A person's own data, to take away: everything that this desk holds about them, practice too, in one ZIP file.

`attempts.jsonl` is the whole log in the form of a results file (docs/results-file.md), for programs; `attempts/….txt`
is each attempt as text, for people; `recordings/` is the sound, where some was kept; `profile.json` the rest.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from simulator.errors import TercerTimbreError
from simulator.records.recordings import Recordings
from simulator.records.store import Store
from simulator.records.values import AttemptSummary, Profile, write_moment
from simulator.records.whole_file import whole
from simulator.session.envelope import decode
from simulator.session.transcript import transcript
from simulator.wording import _, render

_SIGNS: Final[Mapping[str, str]] = {"met": "✓", "missed": "✗", "unclear": "?"}


def write_own_data(path: Path, store: Store, recordings: Recordings, profile: Profile, software: str) -> int:
    """Write the ZIP, which takes its name when all of it is there; returns the number of attempts in it.

    Errors: `OSError`; those of the store, recording-damaged.
    """
    with whole(path) as file:
        return _write(file, store, recordings, profile, software)


def _write(file: BinaryIO, store: Store, recordings: Recordings, profile: Profile, software: str) -> int:
    mine = store.attempts(profile.id)[::-1]
    about = {
        "name": profile.name,
        "pseudonym": profile.pseudonym,
        "created_at": write_moment(profile.created_at),
        "software": software,
        "attempts": len(mine),
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("profile.json", json.dumps(about, ensure_ascii=False, indent=2))
        with made.open("attempts.jsonl", "w", force_zip64=True) as log:
            for line in store.own_results(profile.id, [attempt.id for attempt in mine], software):
                log.write(line)
        for number, attempt in enumerate(mine, start=1):
            name = f"{number:04d}-{attempt.started_at:%Y-%m-%d}-{attempt.scenario}"
            made.writestr(f"attempts/{name}.txt", "\n".join(_lines(store, profile, attempt)) + "\n")
            for sound in recordings.of(attempt.id):
                made.write(sound.path, f"recordings/{name}/{sound.path.name}")
    return len(mine)


def _lines(store: Store, profile: Profile, attempt: AttemptSummary) -> Iterator[str]:
    """An attempt for people: what it was, what was said, how it was marked."""
    yield attempt.title
    yield f"{attempt.started_at.astimezone():%Y-%m-%d %H:%M}"
    if attempt.score is not None and attempt.result is not None:
        result = render(f"result-{attempt.result}", {})
        yield _("Result: {result}. Score: {score} out of 100.").format(result=result, score=attempt.score)
    yield _("Submitted to trainers and HR.") if attempt.submitted else _("Not submitted.")
    yield ""
    try:
        said = transcript([decode(row) for row in store.events(attempt.id)], _("Customer"), profile.name)
    except TercerTimbreError as error:  # a later version wrote it, say: the log has it all the same
        yield render(error.code, error.args_)
    else:
        for entry in said:
            if entry.who != "desk":
                yield f"{entry.at_ms // 60_000:02d}:{entry.at_ms // 1000 % 60:02d}  {entry.name}: {entry.text}"
    cards = store.scorecards(attempt.id)
    if cards:
        yield ""
        yield from _marks(json.loads(cards[0].text))


def _marks(card: Mapping[str, Any]) -> Iterator[str]:
    for line in card.get("checkpoints", ()):
        yield f"{_SIGNS.get(line['verdict'], '–')} {line['title']}: {line['reason']['text']}"
        for proof in line["evidence"]:
            if proof["quote"]:
                yield f"    «{proof['quote']}»"
