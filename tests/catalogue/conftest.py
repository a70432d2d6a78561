"""The shipped protocol, loaded once for the tests that look at it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from simulator.protocol.load import LoadedProtocol, load_protocol

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def files() -> Mapping[str, str]:
    """Relative path → text of everything that the protocol is made of."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("assets/language/es", "assets/protocol")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="session")
def loaded(files: Mapping[str, str]) -> LoadedProtocol:
    return load_protocol(files)
