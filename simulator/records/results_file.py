"""The file of results that goes from desk to desk (JSON Lines, UTF-8): its lines, and reading them with every proof.

One JSON object a line: `{"results": 1, "software": …}` first; then, before they are first needed, `{"key": …}` and
`{"text": …}`; for each attempt `{"attempt": header}`, its `{"event": …, "link": hex}`, `{"card": …}` and
`{"statement": …, "key": fingerprint, "signature": hex}`; for each that was erased `{"stone": …}`, signed likewise;
`{"attempts": n}` last. docs/results-file.md describes it.
Reading holds one attempt in memory at a time, and the texts.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from simulator.records.chain import digest, first_link, next_link
from simulator.records.review import signed_cards, well_formed
from simulator.records.signing import fingerprint, fits
from simulator.records.statements import Statement, follows
from simulator.records.values import ERASED, SEALED, SUBMITTED, Mode, TextKind, read_moment, write_moment
from simulator.session.envelope import canonical

VERSION: Final = 1
MOST_BYTES: Final = 64 << 20
"""A line longer than this is none of ours: the longest, a protocol's texts, takes a few megabytes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written. `line` counts from 1; `code`: the reason, worded by the shells."""

    line: int
    code: str


@dataclass(slots=True)
class Examined:
    """An attempt of a file. `findings` is empty when every proof holds; then the rest may be trusted as far as its
    keys are. `public`: the keys, by fingerprint, that signed; `texts`: scenario and protocol, by hash."""

    line: int
    header: dict[str, Any]
    events: list[tuple[bytes, bytes]] = field(default_factory=list)
    cards: list[tuple[int, dict[str, Any]]] = field(default_factory=list)  # each with its line
    statements: list[Statement] = field(default_factory=list)
    public: dict[str, bytes] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The attempt's id, "" when it has none."""
        return str(self.header.get("attempt", ""))

    @property
    def seal(self) -> Statement:
        """The statement that closes the log."""
        return self.statements[0]

    def digest_of(self, card: dict[str, Any]) -> str:
        """By which a statement names a card."""
        return digest(canonical(card))


@dataclass(frozen=True, slots=True)
class Stone:
    """A tombstone of a file: an attempt was erased (`erasure`). `findings` is empty when its signature holds."""

    line: int
    attempt: str
    statement: Statement
    public: bytes
    label: str
    findings: tuple[Finding, ...] = ()


def line_of(value: dict[str, object]) -> bytes:
    """A line of the file."""
    return canonical(value).encode() + b"\n"


def event_line(event: str, link: bytes) -> bytes:
    """The line of an event, given by its stored text, which is canonical and stays so inside the line."""
    return b'{"event":' + event.encode() + b',"link":"' + link.hex().encode() + b'"}\n'


def statement_line(statement: Statement) -> bytes:
    """The line of a statement."""
    head = b'{"key":"' + statement.key.encode() + b'","signature":"' + statement.signature.hex().encode()
    return head + b'","statement":' + statement.text.encode() + b"}\n"


def stone_line(stone: Statement) -> bytes:
    """The line of a tombstone."""
    return statement_line(stone).replace(b'"statement":', b'"stone":', 1)


def examine(lines: Iterable[bytes]) -> Iterator[Examined | Stone | Finding]:
    """The attempts and tombstones of a file, each with what is wrong with it, and what is wrong with the file as a
    whole."""
    reader, number = _Reader(), 0
    for number, line in enumerate(lines, start=1):
        try:
            value = json.loads(line) if len(line) <= MOST_BYTES else None
        except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
            value = None
        if not isinstance(value, dict):
            yield from reader.broken(number)
            yield from reader.close()
            return
        if number == 1 and value.get("results") != VERSION:
            yield Finding(1, "results-newer" if isinstance(value.get("results"), int) else "results-foreign")
            return
        try:
            yield from reader.take(number, value)
        except (KeyError, TypeError, ValueError, AttributeError):  # a field is missing or of another kind
            yield from reader.broken(number)
    yield from reader.close()
    if number == 0:
        yield Finding(1, "results-foreign")
    elif reader.promised != reader.seen:
        yield Finding(number, "results-truncated")


class _Reader:
    """Where the file is. `promised`: the number of attempts that its last line tells; `seen`: those read."""

    def __init__(self) -> None:
        self.promised: int | None = None
        self.seen = 0
        self._keys: dict[str, tuple[bytes, str]] = {}
        self._texts: dict[str, tuple[str, str]] = {}
        self._attempt: Examined | None = None
        self._last = b""
        self._dates: dict[str, str] = {}  # of the attempt's statements so far, by digest
        self._line = 0

    def take(self, line: int, value: dict[str, Any]) -> Iterator[Examined | Stone | Finding]:
        """One line."""
        self._line = line
        if "attempt" in value:
            yield from self.close()
            self._begin(line, value["attempt"])
        elif "event" in value:
            self._event(line, value)
        elif "card" in value:
            self._card(line, value)
        elif "statement" in value:
            self._statement(line, value)
        elif "stone" in value:
            yield from self.close()
            yield self._stone(line, value)
        elif "text" in value:
            if digest(value["text"]) != value["sha256"] or value["kind"] not in set(TextKind):
                yield Finding(line, "results-text")
            else:
                self._texts[value["sha256"]] = (str(value["kind"]), value["text"])
        elif "public" in value:
            public = bytes.fromhex(value["public"])
            self._keys[fingerprint(public)] = (public, str(value["label"]))
        elif "attempts" in value:
            yield from self.close()
            self.promised = int(value["attempts"])
        elif "results" not in value:
            yield Finding(line, "results-line")

    def broken(self, line: int) -> Iterator[Finding]:
        """A line of ours that lacks something: the fault of the attempt in which it stands."""
        if self._attempt is None:
            yield Finding(line, "results-line")
        else:
            self._find(line, "results-line")

    def close(self) -> Iterator[Examined]:
        """The attempt read so far, if one is."""
        attempt, self._attempt = self._attempt, None
        if attempt is None:
            return
        self.seen += 1
        self._judge(attempt)
        yield attempt

    def _open(self) -> Examined:
        if self._attempt is None:
            raise ValueError("outside an attempt")
        return self._attempt

    def _find(self, line: int, code: str) -> None:
        self._open().findings.append(Finding(line, code))

    def _begin(self, line: int, header: dict[str, Any]) -> None:
        self._attempt = Examined(line, header)
        self._last, self._dates = first_link(header), {}
        for sha256 in (header["scenario_hash"], header["protocol_hash"]):
            self._need(line, sha256)

    def _need(self, line: int, sha256: str) -> None:
        """A text without which the attempt cannot be read."""
        if sha256 in self._texts:
            self._open().texts[sha256] = self._texts[sha256]
        else:
            self._find(line, "results-text")

    def _card(self, line: int, value: dict[str, Any]) -> None:
        self._open().cards.append((line, value))
        self._need(line, value["protocol_hash"])

    def _event(self, line: int, value: dict[str, Any]) -> None:
        attempt, event, link = self._open(), canonical(value["event"]).encode(), bytes.fromhex(value["link"])
        if value["event"]["seq"] != len(attempt.events):
            self._find(line, "results-gap")
        elif link != next_link(self._last, event):
            self._find(line, "results-event")
        attempt.events.append((event, link))
        self._last = link  # only the first altered event is named: the others hang on what is written

    def _statement(self, line: int, value: dict[str, Any]) -> None:
        attempt, body, key = self._open(), value["statement"], str(value["key"])
        statement = Statement(str(body["kind"]), canonical(body), key, bytes.fromhex(value["signature"]))
        public, label = self._keys.get(key, (b"", ""))
        earlier = self._dates if attempt.statements else (self._last.hex(),)
        hangs = body["attempt"] == attempt.id and follows(statement, earlier, public)
        if not hangs or (attempt.statements and not self._in_place(statement.kind, body)):
            self._find(line, "results-statement" if attempt.statements else "results-seal")
        self._dates[statement.digest] = str(body["at"])
        attempt.statements.append(statement)
        attempt.public[key], attempt.labels[key] = public, label

    def _stone(self, line: int, value: dict[str, Any]) -> Stone:
        body, key = value["stone"], str(value["key"])
        text, signature = canonical(body), bytes.fromhex(value["signature"])
        public, label = self._keys.get(key, (b"", ""))
        sound = body["kind"] == ERASED and fits(public, text, signature)
        findings = () if sound else (Finding(line, "results-stone"),)
        return Stone(line, str(body["attempt"]), Statement(ERASED, text, key, signature), public, label, findings)

    def _in_place(self, kind: str, body: dict[str, Any]) -> bool:
        """Whether a statement after the seal says what its kind has to say, and is dated after the one it names."""
        dated = write_moment(read_moment(body["at"])) == body["at"]
        after = kind == SUBMITTED or body["at"] >= self._dates[body["prev"]]
        return kind != SEALED and dated and after and well_formed(kind, body)

    def _judge(self, attempt: Examined) -> None:
        """What can only be told when all of an attempt was read."""
        kinds = [statement.kind for statement in attempt.statements]
        if kinds[:1] != [SEALED]:
            attempt.findings.append(Finding(self._line, "results-unsealed"))
            return
        if attempt.seal.body.get("events") != len(attempt.events):
            attempt.findings.append(Finding(self._line, "results-gap"))
        right = signed_cards(attempt.statements)
        if len(right) != len(attempt.cards):
            attempt.findings.append(Finding(self._line, "results-card"))
        else:
            for (line, card), was in zip(attempt.cards, right, strict=True):
                if attempt.digest_of(card) != was:
                    attempt.findings.append(Finding(line, "results-card"))
        if attempt.header.get("mode") != Mode.EXAM and SUBMITTED not in kinds:
            attempt.findings.append(Finding(attempt.line, "results-practice"))
