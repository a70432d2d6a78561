"""The speaker process: ``python -m simulator.speech.engine``. One pyttsx3 engine, one owner, JSON lines in and out.

A process of its own, because two threads on one pyttsx3 engine hang for ever, a wrong data path makes espeak-ng end its
process, and espeak-ng is GPL-3.

First line out: ``{"ready": true, "driver": …, "version": …, "library": …, "voices": […]}`` or
``{"ready": false, "code": …, "detail": …}``. Then for each request ``{"id": 1, "text": …, "path": …, "voice": …,
"language": …, "gender": …, "rate": 165, "pitch": 50, "range": 50}`` one answer, ``{"id": 1, "ok": true}`` or
``{"id": 1, "ok": false, "code": …, "detail": …}``. The end of the input ends the process.
"""

import json
import os
import queue
import shutil
import signal
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final, NoReturn

from simulator.speech import espeak_library

WAV_HEADER_BYTES: Final = 44
"""A file of this size holds no sample: pyttsx3 reports neither a refused voice nor a refused path."""

_LARGEST_SENTENCE_BYTES: Final = 4 * 1024 * 1024
_TRIES: Final = 3
"""On a busy machine pyttsx3 now and then writes nothing and says nothing (seen twice in some thousand requests). Read
from both sources: espeak-ng's thread may wake for a moment with nothing to do; pyttsx3, which looks just then, believes
that something is still being said, and cancels the new request before that thread has taken it up."""
OWN_LIBRARY: Final = "--own-library"
"""Argument: pass over the system's espeak-ng for the one that travels with the program."""
_GRACE_SECONDS: Final = 1.0

Answer = dict[str, Any]


class _Refused(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


class Talker:
    """The one engine, with what pyttsx3 leaves out: range, errors, and a check that something was written."""

    def __init__(self, *, own_library: bool) -> None:
        self.library = espeak_library.prepare(own_only=own_library)
        import pyttsx3

        self.driver, self._engine = _open_engine(pyttsx3, with_espeak=self.library is not None)
        self._errors: list[str] = []
        self._engine.connect("error", self._on_error)
        # Before its first run pyttsx3 only queues properties, and the range would be set before the voice.
        self._engine.runAndWait()
        self._voices: list[Any] = list(self._engine.getProperty("voices"))

    def describe(self) -> Answer:
        """The first line out."""
        return {
            "ready": True,
            "driver": self.driver,
            "version": self._version(),
            "library": self.library or "none",
            "voices": [[str(voice.id), _languages(voice)] for voice in self._voices],
        }

    def render(self, request: Mapping[str, Any]) -> None:
        """Writes ``request["path"]`` or raises ``_Refused``."""
        path = Path(str(request["path"]))
        for _ in range(_TRIES):
            _make_room(path)
            self._errors.clear()
            self._synthesise(request, path)
            if self._errors:
                raise _Refused("voice-refused", "; ".join(self._errors))
            if path.is_file() and path.stat().st_size > WAV_HEADER_BYTES:
                return
        raise _Refused("nothing-written", str(path))

    def _synthesise(self, request: Mapping[str, Any], path: Path) -> None:
        """One request, one ``runAndWait``: of two queued ``save_to_file`` pyttsx3 writes only the last."""
        self._settle()
        self._engine.setProperty("voice", self._voice(request))
        self._engine.setProperty("rate", int(request["rate"]))
        if self.driver == "espeak":
            self._engine.setProperty("pitch", int(request["pitch"]))
            self._set_range(int(request["range"]))
        self._settle()
        self._engine.save_to_file(str(request["text"]), str(path))
        self._engine.runAndWait()

    def _voice(self, request: Mapping[str, Any]) -> str:
        if self.driver == "espeak":
            name = str(request["voice"])
            # pyttsx3 keeps the voice before when it refuses one, without a word.
            if name.split("+")[0] not in {str(voice.id) for voice in self._voices}:
                raise _Refused("voice-refused", name)
            return name
        wanted, gender = str(request["language"]).lower(), str(request["gender"])
        return _nearest(self._voices, wanted, gender)

    def _settle(self) -> None:
        """Waits until espeak-ng's own thread is idle.

        pyttsx3 returns from the last sample's callback while that thread still works; a rate set in that moment is
        taken or lost by chance (measured: 70 of 200 requests were spoken at the rate of an earlier one).
        """
        if self.driver == "espeak":
            from pyttsx3.drivers import _espeak

            while _espeak.IsPlaying():  # espeak_Synchronize does the same in steps of 20 ms
                time.sleep(0.0005)

    def _set_range(self, value: int) -> None:
        # RANGE is no pyttsx3 property; the driver's own module is the only way to it.
        from pyttsx3.drivers import _espeak

        _espeak.SetParameter(_espeak.RANGE, value, 0)

    def _version(self) -> str:
        if self.driver != "espeak":
            return sys.platform
        from pyttsx3.drivers import _espeak

        return str(_espeak.Info(None).decode())

    def _on_error(self, exception: Exception, **_: object) -> None:
        self._errors.append(str(exception) or type(exception).__name__)


def _open_engine(pyttsx3: Any, *, with_espeak: bool) -> tuple[str, Any]:
    """espeak-ng wherever it can be had, since only it has pitch and range; else the system's own (SAPI 5, macOS)."""
    own = str(pyttsx3.engine.default_engine_by_sys_platform())
    if with_espeak:
        try:
            return "espeak", pyttsx3.init("espeak")
        except (OSError, RuntimeError):
            if own == "espeak":
                raise
    return own, pyttsx3.init(own)


def _make_room(path: Path) -> None:
    """Refuses what pyttsx3 could not write: an error in the driver's callback would leave its loop running for ever."""
    try:
        path.write_bytes(b"")
        free = shutil.disk_usage(path.parent).free
    except OSError as error:
        raise _Refused("nothing-written", str(error)) from error
    if free < _LARGEST_SENTENCE_BYTES:
        raise _Refused("nothing-written", f"{free} bytes free")


def _languages(voice: Any) -> str:
    first = next(iter(voice.languages or ()), "")
    return first.decode(errors="replace") if isinstance(first, bytes) else str(first)


def _nearest(voices: list[Any], wanted: str, gender: str) -> str:
    """The system voice for a language tag: same tag, else same language, else Spanish; of the gender if any is."""

    def fit(voice: Any) -> tuple[int, int]:
        tag = _languages(voice).lower().replace("_", "-")
        near = 3 if tag == wanted else 2 if tag[:2] == wanted[:2] else 1 if tag[:2] == "es" else 0
        return near, int(gender in str(voice.gender or "").lower().replace("female", "female ").split())

    best = max(voices, key=fit, default=None)
    if best is None or fit(best)[0] == 0:
        raise _Refused("no-spanish-voice", wanted)
    return str(best.id)


def serve(requests: "queue.SimpleQueue[str | None]", out: IO[str], *, own_library: bool) -> None:
    """Answers until the input ends (None)."""
    try:
        talker = Talker(own_library=own_library)
    except (ImportError, OSError, RuntimeError, ValueError, AttributeError) as error:
        _tell(out, {"ready": False, "code": "no-engine", "detail": f"{type(error).__name__}: {error}"})
        return
    _tell(out, talker.describe())
    while (line := requests.get()) is not None:
        request = json.loads(line)
        try:
            talker.render(request)
            _tell(out, {"id": request["id"], "ok": True})
        except _Refused as refused:
            _tell(out, {"id": request["id"], "ok": False, "code": refused.code, "detail": refused.detail})
        except Exception as error:  # noqa: BLE001 - the drivers raise what they like; the client must get its answer
            _tell(out, {"id": request["id"], "ok": False, "code": "engine-failed", "detail": repr(error)})


def _tell(out: IO[str], answer: Answer) -> None:
    out.write(json.dumps(answer) + "\n")
    out.flush()


def _read(requests: "queue.SimpleQueue[str | None]") -> None:
    for line in sys.stdin:
        requests.put(line)
    requests.put(None)
    # The parent is gone or done with us: what was asked for may end, but an engine that hangs must be no orphan.
    time.sleep(_GRACE_SECONDS)
    os._exit(0)


def main() -> NoReturn:
    """Runs the speaker on this process' own input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to the whole group; the parent decides when we end
    # pyttsx3 prints on the standard output: keep the real one for the answers, send the prints to the error stream.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    requests: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests,), daemon=True).start()
    serve(requests, out, own_library=OWN_LIBRARY in sys.argv[1:])
    os._exit(0)  # espeak-ng asserts in its own clean-up


if __name__ == "__main__":
    main()
