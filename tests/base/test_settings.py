import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.settings import RANGES, Settings, load, save

SETTINGS = st.builds(
    Settings,
    volume=st.integers(0, 100),
    speech_rate=st.integers(60, 140),
    text_size=st.integers(80, 200),
    theme=st.sampled_from(["system", "light", "dark"]),
    captions=st.booleans(),
    hints=st.booleans(),
    last_profile=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    guided_call_done=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
)


@given(SETTINGS)
def test_what_is_saved_is_loaded(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    path = tmp_path_factory.mktemp("config") / "settings.json"
    save(path, settings)
    assert load(path) == settings
    assert list(path.parent.iterdir()) == [path]


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json") == Settings()


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xfe", b"", b"[" * 100_000])
def test_a_broken_file_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert load(path) == Settings()
    assert not path.exists()
    assert (tmp_path / "settings.json.broken").read_bytes() == content


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ({"volume": 300}, Settings(volume=100)),
        ({"volume": -1}, Settings(volume=0)),
        ({"volume": True, "captions": 0, "text_size": "100"}, Settings()),
        ({"theme": "pink", "speech_rate": 90}, Settings(speech_rate=90)),
        ({"theme": ["dark"], "last_profile": 3, "guided_call_done": "ana"}, Settings()),
        ({"of_another_version": 1, "hints": False}, Settings(hints=False)),
        ({"guided_call_done": ["ana", 1]}, Settings()),
    ],
)
def test_one_bad_value_does_not_cost_the_others(tmp_path: Path, stored: dict[str, object], expected: Settings) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert load(path) == expected


@pytest.mark.parametrize("name", RANGES)
def test_settings_out_of_range_cannot_be_made(name: str) -> None:
    _least, greatest = RANGES[name]
    with pytest.raises(ValueError, match=name):
        Settings(**{name: greatest + 1})  # type: ignore[arg-type]


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings.json"
    save(path, Settings(volume=10))

    def no_space(_self: Path, _target: Path) -> None:
        raise OSError("no space")

    monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(OSError, match="no space"):
        save(path, Settings(volume=90))
    assert load(path).volume == 10
    assert list(tmp_path.iterdir()) == [path]
