"""Archives that mean harm, or are broken, are refused by name before anything is written."""

import random
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import TercerTimbreError
from simulator.speech import unpacking
from simulator.speech.unpacking import safe_name, unpack
from tests.speech.model_folders import VOSK, archive


@pytest.fixture
def into(tmp_path: Path) -> Path:
    made = tmp_path / "into"
    made.mkdir()
    return made


def refused(path: Path, into: Path, **options: int) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(TercerTimbreError) as caught:
        unpack(path, into, **options)
    return caught.value.code, dict(caught.value.args_)


def with_entry(path: Path, name: str, mode: int = 0, data: bytes = b"x") -> Path:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("am/final.mdl", b"x")
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        made.writestr(entry, data)
    return path


def test_a_sound_archive_is_unpacked_whole(tmp_path: Path, into: Path) -> None:
    unpack(archive(tmp_path / "m.zip", top=""), into)
    assert {str(p.relative_to(into)): p.read_bytes() for p in into.rglob("*") if p.is_file()} == {
        str(Path(name)): data for name, data in VOSK.items()
    }


@pytest.mark.parametrize(
    "name",
    [
        "../fuera", "a/../../fuera", "/etc/x", "C:/x", "C:x", "a\\..\\x", "\\\\server\\x", "con", "graph/NUL.txt",
        "a/punto.", "a/espacio ", "a:flujo", "a?", "a\x01b", "", "./", "a//b/../..",
    ],
)  # fmt: skip
def test_a_place_outside_or_impossible_is_refused(tmp_path: Path, into: Path, name: str) -> None:
    code, args = refused(with_entry(tmp_path / "m.zip", name), into)
    assert code == "archive-unsafe"
    assert args["name"] == "m.zip"
    assert list(into.iterdir()) == []
    assert not (tmp_path / "fuera").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(tmp_path: Path, into: Path, kind: int) -> None:
    path = with_entry(tmp_path / "m.zip", "am/enlace", kind | 0o777, b"/etc/passwd")
    assert refused(path, into) == ("archive-unsafe", {"name": "m.zip", "entry": "am/enlace"})
    assert list(into.iterdir()) == []


def test_two_names_for_one_file_are_refused(tmp_path: Path, into: Path) -> None:
    assert refused(with_entry(tmp_path / "m.zip", "AM/Final.mdl"), into)[0] == "archive-unsafe"


def test_a_bomb_is_refused_by_what_it_announces(tmp_path: Path, into: Path) -> None:
    path = tmp_path / "m.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("am/final.mdl", bytes(70 * unpacking.MEGABYTE))
    assert path.stat().st_size < 100_000
    assert refused(path, into)[0] == "archive-too-large"
    assert list(into.iterdir()) == []


def test_what_is_larger_than_a_model_is_refused(tmp_path: Path, into: Path) -> None:
    assert refused(archive(tmp_path / "m.zip"), into, largest=100)[0] == "archive-too-large"


def test_an_entry_that_holds_more_than_it_announces_is_refused(tmp_path: Path, into: Path) -> None:
    path = tmp_path / "m.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("am/final.mdl", b"x" * 100_000)
    lying = path.read_bytes().replace(struct.pack("<I", 100_000), struct.pack("<I", 10))
    path.write_bytes(lying)
    assert refused(path, into)[0] == "archive-broken"


@pytest.mark.parametrize("keep", [0, 10, 300, -30])
def test_a_truncated_archive_is_broken(tmp_path: Path, into: Path, keep: int) -> None:
    path = archive(tmp_path / "m.zip")
    path.write_bytes(path.read_bytes()[:keep])
    assert refused(path, into)[0] == "archive-broken"


def test_a_flipped_byte_is_found(tmp_path: Path, into: Path) -> None:
    path = archive(tmp_path / "m.zip", {"am/final.mdl": random.Random(1).randbytes(5000)})
    data = bytearray(path.read_bytes())
    data[2000] ^= 0xFF
    path.write_bytes(data)
    assert refused(path, into)[0] == "archive-broken"


def test_a_password_is_told(tmp_path: Path, into: Path) -> None:
    path = archive(tmp_path / "m.zip")
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert refused(path, into) == ("archive-encrypted", {"name": "m.zip"})


@given(st.binary(max_size=300))
def test_any_bytes_give_an_error_with_a_code(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / "m.zip").write_bytes(data)
    assert refused(folder / "m.zip", folder)[0] == "archive-broken"


@given(st.text())
def test_a_safe_name_is_one_name_and_stays_as_it_is(name: str) -> None:
    made = safe_name(name)
    assert made
    assert safe_name(made) == made
    assert len(made) <= 81
    assert Path(made).name == made
    assert made[0] != "."


def test_names_of_models_stay_as_they_are() -> None:
    for name in ("vosk-model-small-es-0.42", "pocketsphinx-es", "mi modelo"):
        assert safe_name(name) == name
    assert (safe_name("aux"), safe_name("a/b:c"), safe_name(" .. ")) == ("aux-", "a-b-c", "modelo")
