"""Cohorts: named groups, a person in one at most."""

import pytest

from simulator.errors import TercerTimbreError
from simulator.records.store import Store
from tests.records.cases import OTHER, PERSON, stock


def names(store: Store) -> list[tuple[str, int]]:
    return [(cohort.name, cohort.people) for cohort in store.office.cohorts()]


def test_people_are_in_one_cohort_or_in_none(store: Store) -> None:
    stock(store)
    spring, autumn = store.office.create_cohort("Primavera"), store.office.create_cohort("otoño")
    store.office.move([PERSON.id, OTHER.id], spring)
    store.office.move([OTHER.id], autumn)
    assert names(store) == [("otoño", 1), ("Primavera", 1)]
    store.office.move([PERSON.id], None)
    assert names(store) == [("otoño", 1), ("Primavera", 0)]
    assert {member.profile: member.cohort for member in store.office.members()} == {PERSON.id: None, OTHER.id: autumn}


def test_a_cohort_that_is_deleted_leaves_its_people(store: Store) -> None:
    stock(store)
    spring = store.office.create_cohort("Primavera")
    store.office.move([PERSON.id], spring)
    store.office.delete_cohort(spring)
    assert store.office.cohorts() == []
    assert [member.cohort for member in store.office.members()] == [None, None]


def test_a_name_is_written_tidily_and_used_once(store: Store) -> None:
    spring = store.office.create_cohort("  Primavera   2026 ")
    assert names(store) == [("Primavera 2026", 0)]
    for name in ("primavera 2026", "PRIMAVERA  2026"):
        with pytest.raises(TercerTimbreError, match="cohort-exists"):
            store.office.create_cohort(name)
    store.office.rename_cohort(spring, "PRIMAVERA 2026")
    assert names(store) == [("PRIMAVERA 2026", 0)]
    refused = {"": "profile-name-empty", "a\x00b": "profile-name-character", "ñ" * 200: "profile-name-long"}
    for name, code in refused.items():
        with pytest.raises(TercerTimbreError, match=code):
            store.office.rename_cohort(spring, name)


def test_nobody_is_moved_when_one_cannot_be(store: Store) -> None:
    stock(store)
    spring = store.office.create_cohort("Primavera")
    with pytest.raises(TercerTimbreError, match="profile-unknown"):
        store.office.move([PERSON.id, "nobody"], spring)
    assert names(store) == [("Primavera", 0)]
    with pytest.raises(TercerTimbreError, match="cohort-unknown"):
        store.office.move([PERSON.id], "nowhere")
    with pytest.raises(TercerTimbreError, match="cohort-unknown"):
        store.office.rename_cohort("nowhere", "x")
    with pytest.raises(TercerTimbreError, match="cohort-unknown"):
        store.office.delete_cohort("nowhere")
