"""`python main.py doctor`: what of this machine the program can use, and the mend for what it cannot.

A finding is *well*, *lacking* (the program works without: the words are shown, the reply is typed) or *broken* (what
the user has or has chosen cannot be used). Only the last one gives exit code 1.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from simulator import paths, settings
from simulator.errors import TercerTimbreError
from simulator.wording import _, mark, n_, render

if TYPE_CHECKING:
    from simulator.records.team.targets import Target
    from simulator.speech.models import InstalledModel
    from simulator.speech.report import MicrophoneReport, RecogniserReport, SpeechReport

State = Literal["well", "lacking", "broken"]

TOPICS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "voice": mark("The customer's voice"),
        "output": mark("Sound output"),
        "microphone": mark("Microphone"),
        "models": mark("Models"),
        "recogniser": mark("Recogniser"),
        "database": mark("Database"),
        "team": mark("Team"),
        "disk": mark("Disk space"),
    }
)
_SIGNS: Final[Mapping[State, str]] = MappingProxyType({"well": "✓", "lacking": "!", "broken": "✗"})
_MENDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Only for reasons whose sentence names no mend itself.
        "engine-not-started": mark("Install eSpeak NG, or install the program anew with all its packages."),
        "engine-hung": mark("Restart the computer; if it happens again, reinstall eSpeak NG."),
        "engine-died": mark("Reinstall eSpeak NG, or install the program anew with all its packages."),
        "engine-failed": mark("Reinstall eSpeak NG, or install the program anew with all its packages."),
        "no-spanish-voice": mark(
            "Install a Spanish voice in the system's settings, under Speech, or install eSpeak NG."
        ),
        "nothing-written": mark("Free some space on the disk."),
        "device-refused": mark("Close the program that may hold it, and try again."),
        "multimedia-missing": mark("Install the system libraries that the README lists under «Sound»."),
    }
)
_NOTES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "vosk": mark("Not yet measured with a model: measure it on this computer with doctor --listen."),
        "pocketsphinx": mark("It understands expected phrases only, not free speech."),
        "google": mark("It sends your voice to a service on the Internet."),
    }
)
_NOT_BROKEN: Final = frozenset({"no-model", "online-not-allowed"})
"""Nothing is wrong with the recogniser: it waits for a model, or for leave."""
_NO_NETWORK: Final = frozenset({"team-unreachable", "team-busy", "lrs-unreachable"})
"""Nothing is wrong here: what waits is sent later."""
_LITTLE_DISK: Final = 500_000_000
_TOO_LOUD: Final = -6.0
_LOOK_MS: Final = 3000
"""So long the microphone is open: who reads that something is to be said needs a moment."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `text` and `mend` are for people, `facts` for `--json`."""

    topic: str
    state: State
    text: str
    mend: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def doctor(
    listen: Annotated[
        bool,
        typer.Option("--listen", help=mark("Read six sentences aloud: how well and how fast are you understood?")),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=mark("Print what is found as JSON."))] = False,
) -> None:
    """Looks at everything once; with `--listen` the trial comes after it."""
    chosen = settings.load(paths.user_config() / paths.SETTINGS)
    if not as_json:
        typer.echo(_("Looking at this computer; say something aloud during the next seconds …"), err=True)
    found = list(examine(chosen))
    trial = None
    if not as_json:
        _print(found)
    if listen:
        from simulator.cli.listening import listen_to_sentences

        trial = listen_to_sentences(chosen, quiet=as_json)
    if as_json:
        typer.echo(json.dumps(_as_json(found, trial), ensure_ascii=False, indent=2, sort_keys=True))
    if any(finding.state == "broken" for finding in found) or (listen and trial is None):
        raise typer.Exit(1)


def examine(chosen: settings.Settings) -> Iterator[Finding]:
    """Looks at this machine. Opens the microphone for some seconds; makes a Qt application where there is none."""
    from simulator.speech.devices.trial import application
    from simulator.speech.listening.choosing import choose
    from simulator.speech.models import user_models
    from simulator.speech.report import microphone_report, models_report, recogniser_report, report
    from simulator.speech.studio import VoiceStudio

    studio = VoiceStudio(paths.cache() / "voices")
    try:
        with application():
            speech = report(studio)
            microphone = microphone_report(chosen.input_device, ms=_LOOK_MS)
    finally:
        studio.close()
    store = user_models()
    models = models_report(store)
    yield _voice(speech)
    yield _output(speech)
    yield _microphone(microphone)
    yield _models(models)
    yield _recogniser(recogniser_report(lambda: choose(chosen, store)), chosen)
    yield _database(paths.user_data() / paths.DATABASE)
    yield _team(chosen)
    yield _disk(paths.user_data())


def _voice(speech: "SpeechReport") -> Finding:
    engine = speech.voice.engine
    facts: dict[str, Any] = {"reason": speech.voice_reason, "spanish_voices": list(speech.spanish_voices)}
    if engine is not None:
        facts |= {"engine": engine.driver, "version": engine.version, "library": engine.library}
    if speech.voice_reason is not None or engine is None:
        return _lacking("voice", speech.voice_reason or "no-engine", facts)
    text = _("{engine} {version}. Spanish voices: {voices}.")
    voices = ", ".join(speech.spanish_voices)
    return Finding("voice", "well", text.format(engine=engine.driver, version=engine.version, voices=voices), "", facts)


def _output(speech: "SpeechReport") -> Finding:
    facts = {"reason": speech.output_reason, "devices": list(speech.outputs)}
    if speech.output_reason is not None:
        return _lacking("output", speech.output_reason, facts)
    return Finding("output", "well", "; ".join(speech.outputs), "", facts)


def _microphone(level: "MicrophoneReport") -> Finding:
    from simulator.speech.listening.gate import SOFTEST_DBFS

    facts: dict[str, Any] = {"reason": level.reason, "device": level.name, "devices": list(level.devices)}
    if level.reason is not None:
        return _lacking("microphone", level.reason, facts)
    facts |= {"loudest_dbfs": round(level.loudest), "usual_dbfs": round(level.usual)}
    text = _("{name}. Loudest {loudest} dBFS, usually {usual} dBFS.")
    said = text.format(name=level.name, loudest=round(level.loudest), usual=round(level.usual)).replace("-", "−")
    if level.loudest < SOFTEST_DBFS:
        mend = _(
            "No voice was heard. If you did say something, it may be muted, or not be the right microphone: look for "
            "a switch on the headset, and in the sound settings."
        )
        return Finding("microphone", "lacking", said, mend, facts)
    if level.loudest > _TOO_LOUD:
        mend = _("That is very loud: lower its level in the system's sound settings, or move it away a little.")
        return Finding("microphone", "lacking", said, mend, facts)
    return Finding("microphone", "well", said, "", facts)


def _models(models: "tuple[InstalledModel, ...] | TercerTimbreError") -> Finding:
    if isinstance(models, TercerTimbreError):
        text = render(models.code, models.args_)
        return Finding("models", "broken", text, "", {"reason": models.code, "installed": []})
    facts = {"installed": [{"name": m.name, "kind": m.kind, "faulty": list(m.faulty)} for m in models]}
    if not models:
        text = _("None is installed, so you answer in writing.")
        return Finding("models", "lacking", text, _("To speak: python main.py models install es"), facts)
    faulty = [model for model in models if model.faulty]
    if faulty:
        said = _("{name} cannot be used: missing or damaged: {files}")
        text = "; ".join(said.format(name=model.name, files=", ".join(model.faulty)) for model in faulty)
        mend = _("Remove it and install it anew: python main.py models remove {name}").format(name=faulty[0].name)
        return Finding("models", "broken", text, mend, facts)
    return Finding("models", "well", "; ".join(f"{model.name} ({model.kind})" for model in models), "", facts)


def _recogniser(recogniser: "RecogniserReport", chosen: settings.Settings) -> Finding:
    why = recogniser.unavailable
    facts: dict[str, Any] = {"chosen": chosen.recogniser, "name": recogniser.name, "load_ms": recogniser.load_ms}
    if why is not None:
        lacking = _lacking("recogniser", why.code, facts | {"reason": why.code, "detail": why.detail})
        return lacking if why.code in _NOT_BROKEN else replace(lacking, state="broken")
    seconds = f"{recogniser.load_ms / 1000:.1f}".replace(".", ",")
    text = _("{name}, loaded in {seconds} s.").format(name=recogniser.name, seconds=seconds)
    note = _(_NOTES[recogniser.name]) if recogniser.name in _NOTES else ""
    return Finding("recogniser", "well", f"{text} {note}".rstrip(), "", facts | {"measured": recogniser.name != "vosk"})


def _database(path: Path) -> Finding:
    from simulator.records.backup import daily_copies
    from simulator.records.inspection import inspect

    copies = daily_copies(path)
    facts: dict[str, Any] = {"path": str(path), "backups": [str(copy) for copy in copies]}
    try:
        seen = inspect(path)
    except TercerTimbreError as error:
        text = render(error.code, error.args_)
        return Finding(
            "database",
            "lacking" if error.code == "store-locked" else "broken",
            text,
            _restoring(copies) if error.code == "store-corrupt" else "",
            facts | {"reason": error.code},
        )
    if not seen.there:
        return Finding("database", "well", _("None yet: it is made with the first call."), "", facts)
    facts |= {"bytes": seen.bytes, "profiles": seen.profiles, "attempts": seen.attempts}
    text = _("Sound. People: {profiles}; attempts: {attempts}; {size} MB.")
    size = f"{seen.bytes / 1e6:.1f}".replace(".", ",")
    return Finding(
        "database", "well", text.format(profiles=seen.profiles, attempts=seen.attempts, size=size), "", facts
    )


def _restoring(copies: list[Path]) -> str:
    if copies:
        said = _("Close the program and put back the copy of {day}: python main.py restore. The damaged file is kept.")
        return said.format(day=copies[0].name.rsplit("backup-", 1)[-1])
    return _(
        "There is no copy beside it. With one from elsewhere: python main.py restore FILE. What is damaged is kept."
    )


def _team(chosen: settings.Settings) -> Finding:
    from simulator.records.team.targets import chosen_targets

    try:
        targets = chosen_targets(chosen, paths.user_config(), os.environ)
    except TercerTimbreError as error:
        return Finding("team", "broken", render(error.code, error.args_), "", {"reason": error.code, "targets": []})
    if not targets:
        return Finding("team", "well", _("None: nothing is sent anywhere."), "", {"targets": []})
    seen = [_target(target) for target in targets]
    states: list[State] = [state for state, _text, _facts in seen]
    state: State = "broken" if "broken" in states else "lacking" if "lacking" in states else "well"
    facts = {"targets": [facts for _state, _text, facts in seen]}
    return Finding("team", state, " ".join(text for _state, text, _facts in seen), "", facts)


def _target(target: "Target") -> tuple[State, str, dict[str, Any]]:
    """Whether a target answers, and how many attempts wait for it (None: the database cannot tell now)."""
    from simulator.records.inspection import waiting
    from simulator.records.team.syncing import reach

    waits = waiting(paths.user_data() / paths.DATABASE, target.address)
    facts: dict[str, Any] = {"address": target.address, "waiting": waits}
    state: State = "well"
    text = _("{target} answers.").format(target=target.address)
    try:
        reach(target)
    except TercerTimbreError as error:
        state = "lacking" if error.code in _NO_NETWORK else "broken"
        text = render(error.code, error.args_)
        facts["reason"] = error.code
    if waits is not None:
        text += " " + n_("{n} attempt waits to be sent.", "{n} attempts wait to be sent.", waits).format(n=waits)
    return state, text, facts


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    facts = {"path": str(folder), "free_bytes": free}
    text = _("{free} GB free where your calls are kept ({path}).").format(
        free=f"{free / 1e9:.1f}".replace(".", ","), path=folder
    )
    if free >= _LITTLE_DISK:
        return Finding("disk", "well", text, "", facts)
    return Finding(
        "disk",
        "lacking",
        text,
        _("That is little: free some space, so that calls and recordings can be stored."),
        facts,
    )


def _lacking(topic: str, code: str, facts: Mapping[str, Any]) -> Finding:
    from simulator.speech.reasons import explain

    return Finding(topic, "lacking", explain(code), _(_MENDS[code]) if code in _MENDS else "", facts)


def _print(found: list[Finding]) -> None:
    for finding in found:
        typer.echo(f"{_SIGNS[finding.state]} {_(TOPICS[finding.topic])}: {finding.text}")
        if finding.mend:
            typer.echo(f"    → {finding.mend}")


def _as_json(found: list[Finding], trial: Any) -> dict[str, Any]:
    document = {f.topic: {"state": f.state, "text": f.text, "mend": f.mend, **f.facts} for f in found}
    return document if trial is None else {**document, "listen": trial}
