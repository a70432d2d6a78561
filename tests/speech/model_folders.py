"""Folders and archives laid out as a recogniser's model, with nothing in them that it could load; and a loopback server
that gives a file in ranges, cuts it off, changes it."""

import struct
import threading
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SMALL = "vosk-model-small-es-0.42"


def fst(flags: int = 3) -> bytes:
    """The header of an OpenFst file; flag 2 says that it has its words inside."""
    kind, arc = b"vector", b"standard"
    return (
        struct.pack("<ii", 2_125_659_606, len(kind)) + kind + struct.pack("<i", len(arc)) + arc
        + struct.pack("<iiQqqq", 2, flags, 0, 0, 1, 1)
    )  # fmt: skip


VOSK: Mapping[str, bytes] = {
    "README": b"A folder of the form of a Vosk model; no model.\n",
    "am/final.mdl": b"\0B<TransitionModel> <Nnet3> \n\ninput-node name=ivector dim=30\n",
    "conf/mfcc.conf": b"--sample-frequency=16000\n",
    "conf/model.conf": b"--beam=10.0\n",
    "graph/HCLr.fst": fst(),
    "graph/Gr.fst": fst(),
    "graph/disambig_tid.int": b"1\n",
    "graph/phones/word_boundary.int": b"1 nonword\n",
    "ivector/final.dubm": b"x",
    "ivector/final.ie": b"x",
    "ivector/final.mat": b"x",
    "ivector/global_cmvn.stats": b"x",
    "ivector/online_cmvn.conf": b"# nothing\n",
    "ivector/splice.conf": b"--left-context=3\n",
}
SPHINX: Mapping[str, bytes] = {
    "acoustic_model/feat.params": b"-lowerf 130\n",
    "acoustic_model/mdef": b"BMDF",
    "acoustic_model/means": b"s3\nversion 1.0\n",
    "acoustic_model/variances": b"s3\nversion 1.0\n",
    "acoustic_model/transition_matrices": b"s3\nversion 1.0\n",
    "acoustic_model/sendump": b"x",
    "base_dictionary.txt": b"hola o l a\n",
}


def lay_out(folder: Path, files: Mapping[str, bytes] = VOSK, *, without: str = "") -> Path:
    """Writes the files below the folder, which is returned."""
    for name, data in files.items():
        if name != without:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return folder


def archive(path: Path, files: Mapping[str, bytes] = VOSK, *, top: str = f"{SMALL}/", padding: int = 0) -> Path:
    """A ZIP file with these; `padding` bytes that cannot be compressed make it larger."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(top + name, data)
        if padding:
            made.writestr(zipfile.ZipInfo(f"{top}padding"), bytes(i * i % 251 for i in range(padding)))
    return path


@dataclass
class Site:
    """What the server gives and how; changed by the test between requests."""

    data: bytes
    etag: str | None = '"one"'
    ranges: bool = True
    status: int = 200
    cuts: list[int] = field(default_factory=list)
    """After how many bytes each of the next answers breaks off."""
    wrong_length: int = 0
    """Added to the announced length."""
    location: str = ""
    asked: list[tuple[str | None, str | None]] = field(default_factory=list)
    """Range and If-Range of each request."""
    stall_after: int | None = None
    """After so many bytes nothing comes until `stalled` is set."""
    stalled: threading.Event = field(default_factory=threading.Event)
    address: str = ""

    @property
    def url(self) -> str:
        return f"http://{self.address}/models/{SMALL}.zip"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        site = self.site
        wanted, condition = self.headers.get("Range"), self.headers.get("If-Range")
        site.asked.append((wanted, condition))
        self.close_connection = True
        if site.status != 200:
            self.send_response(site.status)
            if site.location:
                self.send_header("Location", site.location)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = 0
        if site.ranges and wanted is not None and condition == site.etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(site.data):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(site.data)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(site.data) - 1}/{len(site.data)}")
        else:
            self.send_response(200)
        if site.ranges:
            self.send_header("Accept-Ranges", "bytes")
        if site.etag is not None:
            self.send_header("ETag", site.etag)
        self.send_header("Content-Length", str(len(site.data) - start + site.wrong_length))
        self.end_headers()
        body = site.data[start:]
        if site.stall_after is not None:
            self.wfile.write(body[: site.stall_after])
            site.stalled.wait(60)
            return
        self.wfile.write(body[: site.cuts.pop(0)] if site.cuts else body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on standard error."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # `server_close` waits for them

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the test."""


@contextmanager
def served(data: bytes) -> Iterator[Site]:
    """A server on the loopback interface, gone afterwards."""
    site = Site(data)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"site": site}))
    site.address = f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
