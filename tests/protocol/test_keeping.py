"""The kept protocol: judges as the compiled one does, is made anew when anything is wrong with it, and runs no code."""

import os
import pickle
from collections.abc import Mapping
from pathlib import Path

import pytest

from simulator import paths
from simulator.language.situation import Situation
from simulator.protocol import keeping
from simulator.protocol.keeping import kept
from simulator.protocol.load import LoadedProtocol, load_protocol
from simulator.protocol.understanding import understand

FILES = {
    "assets/language/es/verbs.yaml": "regular: permitir esperar\n",
    "assets/language/es/concepts/time.yaml": 'rato:\n  - "momento~"\n',
    "assets/protocol/rules/a.yaml": (
        "welcome:\n"
        '  met: ["permitir~ ... $rato", "bienvenida"]\n'
        '  examples: {met: ["Bienvenida."], missed: ["Hola."]}\n'
    ),
}


class Compiler:
    """Compiles, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, files: Mapping[str, str]) -> LoadedProtocol:
        self.asked += 1
        return load_protocol(files)


def stored() -> list[Path]:
    return sorted((paths.cache() / "protocol").glob("*"))


def test_the_second_time_nothing_is_compiled_and_the_same_is_found() -> None:
    compiler = Compiler()
    first, second = kept(FILES, compiler), kept(FILES, compiler)
    assert compiler.asked == 1
    assert second.protocol.hash == first.protocol.hash
    assert second.diagnostics == first.diagnostics
    for text in ("¿Me permite un momentico?", "Bienvenida", "No la bienvenida", "permtame un momento"):
        rules = (first.protocol.rules, second.protocol.rules)
        one, two = (understand(given, Situation(), text)["welcome"] for given in rules)
        assert one == two


def test_another_text_is_another_protocol() -> None:
    compiler = Compiler()
    kept(FILES, compiler)
    kept({**FILES, "assets/language/es/verbs.yaml": "regular: permitir\n"}, compiler)
    assert compiler.asked == 2
    assert len(stored()) == 2


@pytest.mark.parametrize("damage", [b"", b"\x80\x05garbage", pickle.dumps({"not": "a protocol"})])
def test_a_damaged_file_is_made_anew(damage: bytes) -> None:
    compiler = Compiler()
    kept(FILES, compiler)
    (path,) = stored()
    path.write_bytes(damage)
    assert kept(FILES, compiler).protocol.rules
    assert kept(FILES, compiler).protocol.rules
    assert compiler.asked == 2


class Villain:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(paths.cache() / "pwned"),)


def test_a_file_that_calls_something_is_not_obeyed() -> None:
    compiler = Compiler()
    kept(FILES, compiler)
    (path,) = stored()
    path.write_bytes(pickle.dumps(Villain()))
    kept(FILES, compiler)
    assert compiler.asked == 2
    assert not (paths.cache() / "pwned").exists()


@pytest.mark.parametrize("name", ["os.mkdir", "Path", "tempfile.mkdtemp", "kept"])
def test_nothing_is_reached_through_our_own_modules(name: str) -> None:
    """«simulator.protocol.keeping» imports os: its name alone must not open the door to what it imports."""
    compiler = Compiler()
    kept(FILES, compiler)
    (path,) = stored()
    target = str(paths.cache() / "pwned").encode()
    head = b"\x80\x04" + b"".join(b"\x8c" + bytes([len(t)]) + t for t in (b"simulator.protocol.keeping", name.encode()))
    path.write_bytes(head + b"\x93" + b"\x8c" + bytes([len(target)]) + target + b"\x85R.")
    kept(FILES, compiler)
    assert compiler.asked == 2
    assert not (paths.cache() / "pwned").exists()


def test_where_nothing_can_be_kept_all_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = paths.cache() / "protocol"
    blocked.write_text("a file where the folder should be")
    compiler = Compiler()
    assert kept(FILES, compiler).protocol.rules

    def refused() -> Path:
        raise PermissionError

    monkeypatch.setattr(paths, "cache", refused)
    assert kept(FILES, compiler).protocol.rules
    assert compiler.asked == 2


def test_old_ones_are_thrown_away() -> None:
    for number in range(keeping.MOST_KEPT + 2):
        kept({**FILES, "assets/language/es/protected.txt": str(number)}, load_protocol)
    assert len(stored()) == keeping.MOST_KEPT
