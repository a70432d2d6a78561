"""Downloading one large file over HTTP so that a cut costs nothing: what came stays beside, and the next try goes on.

The half file `x.part` has a companion `x.part.json` that says what it is half of (address, the server's validator,
length). It goes on only by a conditional request (`If-Range`): a file that has changed meanwhile comes from its
beginning, never as a mixture. A server that cannot do that leaves no half file behind.
"""

import email.message
import hashlib
import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

from simulator.errors import TercerTimbreError
from simulator.speech.unpacking import MEGABYTE, demand_space, writing

LARGEST_DOWNLOAD: Final = 4_000 * MEGABYTE
TIMEOUT: Final = 30.0
"""Seconds in which a server must say something."""
TRIES: Final = 3
"""Connections in a row that bring nothing new before it is given up."""
MOST_CONNECTIONS: Final = 50
_CHUNK: Final = 1 << 16

Progress = Callable[[int, int | None], bool | None]
"""Told the bytes that are there and those of the whole (None: unknown); returning False cancels."""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that came whole. `resumed_from`: bytes that were there before this call."""

    path: Path
    bytes: int
    sha256: str
    resumed_from: int


@dataclass(frozen=True, slots=True)
class _Half:
    """What a `.part` is half of."""

    url: str
    validator: str
    length: int


class _Cut(Exception):  # noqa: N818 - never leaves this module
    """The connection ended before the file did."""


def download(
    url: str,
    part: Path,
    *,
    progress: Progress | None = None,
    sha256: str | None = None,
    timeout: float = TIMEOUT,
    pause: Callable[[float], None] = time.sleep,
) -> Downloaded:
    """Brings the file at `url` to `part`, in the caller's thread; goes on where an earlier call stopped.

    Errors: download-…, models-disk-full, file-unwritable. Whatever happens, a half file is kept only where its
    server can go on with it.
    """
    if not _sound(url):
        raise TercerTimbreError("download-address", url=url)
    with writing(part.parent):
        part.parent.mkdir(parents=True, exist_ok=True)
    transfer = _Transfer(url, part, progress, timeout)
    before = transfer.size
    try:
        _bring(transfer, pause)
    except BaseException:
        if _read(part) is None:
            discard(part)
        raise
    with writing(part.parent), part.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 is not None and found != sha256.lower():
        discard(part)
        raise TercerTimbreError("download-checksum", found=found, expected=sha256.lower())
    return Downloaded(part, transfer.size, found, min(before, transfer.resumed_from or 0))


def _bring(transfer: "_Transfer", pause: Callable[[float], None]) -> None:
    """As many connections as it takes, each after a moment's pause. Errors: those of `download`."""
    fruitless = 0
    for _connection in range(MOST_CONNECTIONS):
        had = transfer.size
        try:
            transfer.go_on()
            return
        except _Cut:
            fruitless = fruitless + 1 if transfer.size <= had else 1
        if fruitless >= TRIES:
            break
        pause(float(fruitless))
    raise transfer.given_up()


def discard(part: Path) -> None:
    """Deletes the half file and its companion, where there are any."""
    with writing(part.parent):
        part.unlink(missing_ok=True)
        _companion(part).unlink(missing_ok=True)


def half(part: Path) -> tuple[int, int] | None:
    """Bytes that are there and bytes of the whole of a download that can go on; None where there is none."""
    known = _read(part)
    return None if known is None or not part.is_file() else (part.stat().st_size, known.length)


class _Transfer:
    """One file on its way, over as many connections as it takes."""

    def __init__(self, url: str, part: Path, progress: Progress | None, timeout: float) -> None:
        self._url = url
        self._host = urlsplit(url).netloc
        self._part = part
        self._progress = progress
        self._timeout = timeout
        self._opener = urllib.request.build_opener(
            _NoDowngrade, urllib.request.HTTPSHandler(context=ssl.create_default_context())
        )
        self.resumed_from: int | None = None
        known = _read(part)
        if known is None or known.url != url or not part.is_file():
            discard(part)

    @property
    def size(self) -> int:
        """Bytes that are there."""
        return self._part.stat().st_size if self._part.is_file() else 0

    def given_up(self) -> TercerTimbreError:
        """The error to show when the connection was cut too often."""
        if self.size and _read(self._part) is not None:
            return TercerTimbreError("download-cut", host=self._host, done=self.size // MEGABYTE)
        return TercerTimbreError("download-cut-anew", host=self._host)

    def go_on(self) -> None:
        """One connection. Raises _Cut when it ended too early."""
        known, had = _read(self._part), self.size
        request = urllib.request.Request(self._url, headers={"User-Agent": "tercer-timbre"})
        if known is not None and had:
            request.add_header("Range", f"bytes={had}-")
            request.add_header("If-Range", known.validator)
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                self._take(response, known, had)
        except urllib.error.HTTPError as error:
            with error:
                self._refused(error, known, had)
        except urllib.error.URLError as error:
            raise self._unreachable(error.reason) from error
        except (http.client.HTTPException, OSError) as error:  # what the disk does has its own code by now
            raise _Cut from error

    def _refused(self, error: urllib.error.HTTPError, known: _Half | None, had: int) -> None:
        if error.code == 416 and known is not None:
            if had == known.length:  # everything is there: the cut came after the last byte
                self.resumed_from = had
                return
            discard(self._part)
            raise _Cut from error
        if error.code not in (408, 429, 500, 502, 503, 504):  # after those a server may be well again in a minute
            discard(self._part)
        raise TercerTimbreError("download-refused", host=self._host, status=error.code) from error

    def _unreachable(self, reason: str | BaseException) -> Exception:
        if isinstance(reason, ssl.SSLCertVerificationError):
            return TercerTimbreError("download-certificate", host=self._host, reason=reason.verify_message)
        if isinstance(reason, ConnectionResetError | TimeoutError) and self.size:
            return _Cut()
        said = (reason.strerror or str(reason)) if isinstance(reason, OSError) else str(reason)
        return TercerTimbreError("download-unreachable", host=self._host, reason=said)

    def _take(self, response: Any, known: _Half | None, had: int) -> None:
        """Writes what comes behind what is there, or in its place when the server begins anew."""
        headers: email.message.Message = response.headers
        if headers.get("Content-Encoding", "identity") != "identity":
            raise self._strange("Content-Encoding")
        announced = _number(headers.get("Content-Length"))
        if response.status == 206:
            start, total = _content_range(headers.get("Content-Range", ""))
            if known is None or start != had or (total is not None and total != known.length):
                discard(self._part)
                raise _Cut  # it is another file by now, or another part of it
            total = known.length
        elif response.status == 200:
            start, total = 0, announced
            self._begin(headers, total)
        else:
            raise self._strange(str(response.status))
        if total is not None:
            if total > LARGEST_DOWNLOAD:
                discard(self._part)
                raise TercerTimbreError("download-too-large", url=self._url, limit=LARGEST_DOWNLOAD // MEGABYTE)
            demand_space(self._part.parent, total - start)
        if self.resumed_from is None or start == 0:
            self.resumed_from = start
        with writing(self._part.parent, (total or 0) - start):
            file = self._part.open("ab" if start else "wb")
        with file:
            done = self._copy(response, file, start, total)
        if total is not None and done < total:
            raise _Cut

    def _begin(self, headers: email.message.Message, total: int | None) -> None:
        """Notes what the new file is, when its server is able to go on later."""
        discard(self._part)
        validator = _validator(headers)
        if total is None or validator is None or headers.get("Accept-Ranges", "").lower() != "bytes":
            return
        with writing(self._part.parent):
            text = json.dumps(asdict(_Half(self._url, validator, total)))
            _companion(self._part).write_text(text, "utf-8")

    def _copy(self, response: Any, file: IO[bytes], start: int, total: int | None) -> int:
        done = start
        self._tell(done, total)
        while True:
            piece: bytes = response.read(_CHUNK)
            if not piece:
                return done
            with writing(self._part.parent, (total or 0) - done):
                file.write(piece)
                file.flush()  # here, where a full disk has its code
            done += len(piece)
            if done > LARGEST_DOWNLOAD:
                file.close()
                discard(self._part)
                raise TercerTimbreError("download-too-large", url=self._url, limit=LARGEST_DOWNLOAD // MEGABYTE)
            self._tell(done, total)

    def _tell(self, done: int, total: int | None) -> None:
        if self._progress is not None and self._progress(done, total) is False:
            raise TercerTimbreError("download-cancelled")

    def _strange(self, detail: str) -> TercerTimbreError:
        discard(self._part)
        return TercerTimbreError("download-strange", host=self._host, detail=detail)


class _NoDowngrade(urllib.request.HTTPRedirectHandler):
    """Follows a server elsewhere, but never from an address that proves itself to one that does not."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        scheme = urlsplit(newurl).scheme
        if scheme not in ("http", "https") or (scheme == "http" and req.type == "https"):
            raise TercerTimbreError("download-address", url=newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _sound(url: str) -> bool:
    """Whether this is an address for us: plain characters, a host, no password inside (it would be shown)."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        return False
    return named and parts.scheme in ("http", "https") and url.isascii() and url.isprintable() and " " not in url


def _validator(headers: email.message.Message) -> str | None:
    """What `If-Range` takes: a strong tag, else the date of the last change."""
    tag: str | None = headers.get("ETag")
    if tag and not tag.startswith("W/"):
        return tag
    changed: str | None = headers.get("Last-Modified")
    return changed or None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() else None


def _content_range(text: str) -> tuple[int | None, int | None]:
    """First byte and length of the whole of `bytes 5-9/10`; None for what it does not say."""
    unit, _space, rest = text.partition(" ")
    span, _slash, total = rest.partition("/")
    return (_number(span.partition("-")[0]), _number(total)) if unit == "bytes" else (None, None)


def _companion(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _read(part: Path) -> _Half | None:
    """The companion, if it can be trusted; a damaged one only costs a new beginning."""
    try:
        match json.loads(_companion(part).read_bytes()):
            case {"url": str(url), "validator": str(validator), "length": int(length)} if validator.isprintable():
                return _Half(url, validator, length)
    except (OSError, ValueError):
        pass
    return None
