"""People and texts."""

import hashlib
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import TercerTimbreError
from simulator.records.profiles import NAME_LIMIT
from simulator.records.store import Store
from simulator.records.values import NewProfile, TextKind, read_moment, write_moment
from tests.records.cases import NOON, OTHER, PERSON, PROTOCOL, SCENARIO

# Any script, emoji with joiners, marks that write right to left: all but control characters and lone surrogates.
names = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=NAME_LIMIT).filter(str.strip)
moments = st.datetimes(timezones=st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))).filter(
    lambda moment: 2 <= moment.year <= 9998
)


@settings(max_examples=50, deadline=None)
@given(st.lists(names, min_size=1, max_size=5))
def test_names_come_back_as_they_were_given(given_names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "t.db") as store:
        for n, name in enumerate(given_names):
            store.add_profile(NewProfile(id=f"p{n}", name=name, pseudonym=f"x{n}", created_at=NOON + timedelta(n)))
        assert [profile.name for profile in store.profiles()] == given_names


@given(moments, moments)
def test_moments_survive_and_their_texts_sort_as_they_passed(one: datetime, other: datetime) -> None:
    assert read_moment(write_moment(one)) == one
    assert (write_moment(one) < write_moment(other)) == (one < other)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        NewProfile(id="p", name="Ana", pseudonym="x", created_at=datetime(2026, 5, 4))  # noqa: DTZ001


def test_a_profile_is_listed_renamed_and_archived(store: Store) -> None:
    store.add_profile(OTHER)
    store.add_profile(PERSON)
    assert [profile.id for profile in store.profiles()] == ["p1", "p2"]
    store.rename_profile("p1", "Iñigo")
    store.archive_profile("p2")
    (used,), (archived,) = store.profiles(), store.profiles(archived=True)
    assert (used.name, used.pseudonym, used.created_at) == ("Iñigo", PERSON.pseudonym, PERSON.created_at)
    assert (archived.id, archived.archived) == ("p2", True)
    store.archive_profile("p2", archived=False)
    assert len(store.profiles()) == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "profile-name-empty"),
        (" \u00a0\t", "profile-name-empty"),
        ("Ana\nPaz", "profile-name-character"),
        ("Ana\0", "profile-name-character"),
        ("Ana \ud83d", "profile-name-character"),
        ("Ñ" * (NAME_LIMIT + 1), "profile-name-long"),
    ],
)
def test_a_name_that_nobody_could_read_is_refused(store: Store, name: str, code: str) -> None:
    store.add_profile(PERSON)
    with pytest.raises(TercerTimbreError) as refusal:
        store.rename_profile("p1", name)
    assert refusal.value.code == code
    assert store.profiles()[0].name == PERSON.name


def test_an_id_or_a_pseudonym_serves_one_person_only(store: Store) -> None:
    store.add_profile(PERSON)
    for same in (
        NewProfile(id="p1", name="Ana", pseudonym="new", created_at=NOON),
        NewProfile(id="new", name="Ana", pseudonym=PERSON.pseudonym, created_at=NOON),
    ):
        with pytest.raises(TercerTimbreError, match="profile-exists"):
            store.add_profile(same)


def test_two_people_may_bear_one_name(store: Store) -> None:
    for n in range(2):
        store.add_profile(NewProfile(id=f"p{n}", name="Ana Paz", pseudonym=f"x{n}", created_at=NOON))
    assert len(store.profiles()) == 2


def test_an_unknown_profile_is_named(store: Store) -> None:
    with pytest.raises(TercerTimbreError) as refusal:
        store.archive_profile("nobody")
    assert (refusal.value.code, refusal.value.args_["profile"]) == ("profile-unknown", "nobody")


def test_a_text_is_kept_once_under_its_hash(store: Store, path: Path) -> None:
    sha256 = store.put_text(TextKind.SCENARIO, SCENARIO)
    assert sha256 == hashlib.sha256(SCENARIO.encode()).hexdigest()
    assert store.put_text(TextKind.SCENARIO, SCENARIO) == sha256
    assert store.text(sha256) == SCENARIO
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT count(*) FROM texts").fetchone() == (1,)


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(codec="utf-8")))
def test_any_text_comes_back_exactly(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "t.db") as store:
        assert store.text(store.put_text(TextKind.PROTOCOL, text)) == text


def test_files_have_one_hash_whatever_their_order(store: Store) -> None:
    sha256 = store.put_files(TextKind.PROTOCOL, PROTOCOL)
    assert store.put_files(TextKind.PROTOCOL, dict(reversed(PROTOCOL.items()))) == sha256
    assert store.files(sha256) == PROTOCOL


def test_a_text_that_was_never_kept_is_unknown(store: Store) -> None:
    with pytest.raises(TercerTimbreError, match="text-unknown"):
        store.text("0" * 64)


@pytest.mark.parametrize("stored", [b"not deflated", bytes.fromhex("789c030000000001")])
def test_a_text_that_was_altered_in_the_file_is_told(store: Store, path: Path, stored: bytes) -> None:
    sha256 = store.put_text(TextKind.SCENARIO, SCENARIO)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE texts SET deflated = ?", (stored,))
    with pytest.raises(TercerTimbreError, match="text-broken"):
        store.text(sha256)


def test_half_an_emoji_is_no_text(store: Store) -> None:
    with pytest.raises(TercerTimbreError) as refusal:
        store.put_text(TextKind.SCENARIO, "hola \ud83d")
    assert (refusal.value.code, refusal.value.args_["position"]) == ("not-unicode", 6)


def test_a_time_is_stored_in_utc() -> None:
    bogota = timezone(timedelta(hours=-5))
    assert write_moment(datetime(2026, 5, 4, 7, 0, tzinfo=bogota)) == "2026-05-04T12:00:00.000000Z"
    assert read_moment("2026-05-04T12:00:00.000000Z") == datetime(2026, 5, 4, 12, tzinfo=UTC)
