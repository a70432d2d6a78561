"""An attempt's log is chained as it grows, sealed when it closes, submitted by its trainee."""

import json
import sqlite3
import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from simulator.errors import TercerTimbreError
from simulator.records.chain import first_link, links
from simulator.records.keys import FILE, desk_signer
from simulator.records.signing import Signer, fingerprint, fits, new_signer, shown
from simulator.records.store import Store
from simulator.records.values import Mode, Status
from tests.records.cases import NOON, events, later, stock
from tests.records.sealed import SIGNER, finished

AT = NOON + timedelta(minutes=6)


def tamper(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute(sql)
        file.commit()


def test_a_seal_says_what_was_closed_and_hangs_on_the_log(store: Store) -> None:
    finished(store)
    store.seal("a1", SIGNER, AT)
    (seal,) = store.statements("a1")
    assert (seal.kind, seal.key) == ("sealed", SIGNER.fingerprint)
    body = seal.body
    assert (body["events"], body["status"], body["result"], body["score"]) == (12, "finished", "passed", 92)
    assert fits(SIGNER.public, seal.text, seal.signature)
    with store._read() as connection:
        from simulator.records.header import header_of

        made = links(first_link(header_of(connection, "a1")), (text.encode() for _, text in events(0, 12)))
    assert body["prev"] == made[-1].hex()


def test_sealing_and_submitting_twice_adds_nothing(store: Store) -> None:
    finished(store)
    for _ in range(2):
        store.submit("a1", SIGNER, AT)
        store.seal("a1", SIGNER, AT)
    assert [statement.kind for statement in store.statements("a1")] == ["sealed", "submitted"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events SET event = replace(event, '🐦', '!') WHERE seq = 7",
        "DELETE FROM events WHERE seq = 7",
        "UPDATE events SET link = zeroblob(32) WHERE seq = 7",
    ],
)
def test_a_log_that_was_altered_on_the_disk_is_not_sealed(store: Store, path: Path, sql: str) -> None:
    finished(store)
    tamper(path, sql)
    with pytest.raises(TercerTimbreError, match="events-broken") as error:
        store.seal("a1", SIGNER, AT)
    assert error.value.args_["seq"] == 7


def test_only_submitted_attempts_and_exams_are_published(store: Store) -> None:
    new = finished(store)
    for id, mode in (("a2", Mode.PRACTICE), ("a3", Mode.EXAM), ("a4", Mode.EXAM)):
        finished(store, later(new, id, minutes=20), mode)
    for id in ("a1", "a2", "a3"):
        store.seal(id, SIGNER, AT)
    assert store.published() == ["a3"], "an exam counts when it is sealed, practice not at all"
    store.submit("a1", SIGNER, AT)
    assert store.published() == ["a1", "a3"]


def test_what_cannot_be_submitted_says_why(store: Store) -> None:
    new = stock(store)
    store.begin(new, events(0, 12))
    refused = []
    with pytest.raises(TercerTimbreError) as running:
        store.submit("a1", SIGNER, AT)
    refused.append(running.value.code)
    store.fork("a1", 4, "f1", NOON, "0.1.0", events(0, 5, "f1"))
    store.finish("f1", "{}", 92, "passed", AT)
    with pytest.raises(TercerTimbreError) as fork:
        store.submit("f1", SIGNER, AT)
    refused.append(fork.value.code)
    store.set_status("a1", Status.WITHDRAWN, AT)
    for id in ("a1", "nobody"):
        with pytest.raises(TercerTimbreError) as other:
            store.submit(id, SIGNER, AT)
        refused.append(other.value.code)
    assert refused == ["attempt-open", "attempt-fork", "attempt-unmarked", "attempt-unknown"]
    assert store.published() == []


def test_a_closed_attempt_without_a_seal_is_found(store: Store) -> None:
    new = finished(store)
    store.begin(later(new, "a2", minutes=20))
    assert store.unsealed() == ["a1"]
    store.seal("a1", SIGNER, AT)
    assert store.unsealed() == []


def test_the_desk_keeps_its_key_for_itself(tmp_path: Path) -> None:
    made = desk_signer(tmp_path)
    assert desk_signer(tmp_path) == made
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert made.secret.hex() not in repr(made)


@pytest.mark.parametrize("text", ["", "{}", '{"fingerprint": "00"}', '{"fingerprint": "00", "secret": "zz"}', "[1]"])
def test_a_broken_key_file_is_told_and_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    if text == '{"fingerprint": "00"}':
        assert desk_signer(tmp_path).fingerprint != "00", "a secret that is gone: the desk gets a new key"
        return
    with pytest.raises(TercerTimbreError, match="desk-key-unreadable"):
        desk_signer(tmp_path)
    assert (tmp_path / FILE).read_text() == text


class Ring(KeyringBackend):
    """A twin of a system's keyring, in memory."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("dismissed")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked("dismissed")
        self.kept[service, username] = password


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    found = Ring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: found)
    monkeypatch.setattr(keyring, "get_password", found.get_password)
    monkeypatch.setattr(keyring, "set_password", found.set_password)
    return found


def test_a_keyring_holds_the_secret_and_the_file_only_its_fingerprint(tmp_path: Path, ring: Ring) -> None:
    made = desk_signer(tmp_path)
    assert json.loads((tmp_path / FILE).read_text()) == {"fingerprint": made.fingerprint}
    assert desk_signer(tmp_path) == made
    ring.locked = True
    with pytest.raises(TercerTimbreError, match="desk-key-locked"):
        desk_signer(tmp_path)
    ring.locked = False
    ring.kept.clear()
    assert desk_signer(tmp_path) != made, "an emptied keyring: a new key"


def test_a_keyring_that_refuses_leaves_the_secret_to_the_file(tmp_path: Path, ring: Ring) -> None:
    ring.locked = True
    made = desk_signer(tmp_path)
    assert desk_signer(tmp_path) == made


def test_a_signature_fits_its_statement_and_its_key_alone() -> None:
    signature = SIGNER.sign("{}")
    assert fits(SIGNER.public, "{}", signature)
    assert not fits(SIGNER.public, "{ }", signature)
    assert not fits(new_signer().public, "{}", signature)
    assert not fits(b"", "{}", signature)
    assert Signer(SIGNER.secret).fingerprint == fingerprint(SIGNER.public) == SIGNER.fingerprint
    assert shown("0123456789abcdef" * 4) == "0123 4567 89ab cdef 0123 4567 89ab cdef"


def test_starting_the_program_loads_no_cryptography() -> None:
    import sys

    script = (
        "import simulator.records.workshop, sys; sys.exit('cryptography' in sys.modules or 'keyring' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0
