"""Trainers and HR: what opens an account, what it may do, and that nobody guesses quickly."""

import sqlite3
import unicodedata
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import TercerTimbreError
from simulator.records.accounts import MAY, Cost, Reviewer, Right, Role, demand, lock, unlock, wait_after
from simulator.records.signing import fits, new_signer
from simulator.records.store import Store
from tests.records.cases import NOON

QUICK = Cost(n=2)
"""A guess that costs nothing: what is proved here does not depend on how long it takes."""

WORDS = "lluvia mesa tres faro"
OTHER_WORDS = "otra frase bien larga"
SECOND = timedelta(seconds=1)


@pytest.fixture
def hr(store: Store) -> Reviewer:
    return store.staff.add("Nuria Peña", Role.HR, WORDS, NOON, cost=QUICK)


@pytest.fixture
def trainer(store: Store, hr: Reviewer) -> Reviewer:
    return store.staff.add("Íñigo", Role.TRAINER, WORDS, NOON + SECOND, hr, cost=QUICK)


def code(error: pytest.ExceptionInfo[TercerTimbreError]) -> tuple[str, dict[str, str | int]]:
    return error.value.code, dict(error.value.args_)


def test_a_passphrase_opens_the_key_with_which_the_account_signs(store: Store, hr: Reviewer) -> None:
    found = store.staff.sign_in(" nuria PEÑA", WORDS, NOON)
    assert (found, found.role, found.name) == (hr, Role.HR, "Nuria Peña")
    assert fits(hr.signer.public, "a statement", found.signer.sign("a statement"))
    assert [account.fingerprint for account in store.staff.accounts()] == [hr.signer.fingerprint]
    assert [key.label for key in store.desk_keys() if key.enrolled_at is not None] == ["Nuria Peña"]


def test_the_shipped_cost_is_what_it_says(store: Store) -> None:
    made = store.staff.add("Nuria", Role.HR, WORDS, NOON)
    assert store.staff.sign_in("Nuria", WORDS, NOON) == made
    assert Cost() == (2**17, 8, 1)


def test_nothing_secret_is_written_or_shown(store: Store, path: Path, hr: Reviewer) -> None:
    store.staff.sign_in(hr.name, WORDS, NOON)
    store.close()
    files = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert WORDS.encode() not in files
    assert hr.signer.secret not in files
    assert hr.signer.secret.hex().encode() not in files
    assert "signer" not in repr(hr)


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_another_passphrase_opens_nothing(right: str, wrong: str) -> None:
    signer = new_signer()
    locked = lock(signer, "a", "Ana", Role.TRAINER, right, QUICK)
    assert unlock(locked, "a", "Ana", Role.TRAINER, right) == signer
    same = unicodedata.normalize("NFKC", right) == unicodedata.normalize("NFKC", wrong)
    assert (unlock(locked, "a", "Ana", Role.TRAINER, wrong) == signer) == same


def test_a_passphrase_is_the_same_on_all_keyboards() -> None:
    locked = lock(new_signer(), "a", "Ana", Role.TRAINER, "mañana llueve", QUICK)
    assert unlock(locked, "a", "Ana", Role.TRAINER, "man\u0303ana llueve") is not None


@pytest.mark.parametrize("change", ["role = 'hr'", "name = 'Nuria'", "id = 'otra'"])
def test_an_account_whose_row_was_changed_opens_no_more(
    store: Store, path: Path, trainer: Reviewer, change: str
) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(f"UPDATE accounts SET {change} WHERE role = 'trainer'")
    name = "Nuria" if change.startswith("name") else trainer.name
    with pytest.raises(TercerTimbreError, match="account-passphrase"):
        store.staff.sign_in(name, WORDS, NOON)


def test_wrong_passphrases_make_everybody_wait_longer_and_longer(store: Store, path: Path, hr: Reviewer) -> None:
    at = NOON
    for seconds in (2, 4, 8):
        with pytest.raises(TercerTimbreError) as error:
            store.staff.sign_in(hr.name, OTHER_WORDS, at)
        assert code(error) == ("account-passphrase", {"seconds": seconds})
        with pytest.raises(TercerTimbreError) as error:
            store.staff.sign_in(hr.name, WORDS, at + timedelta(seconds=0.4))
        assert code(error) == ("account-wait", {"seconds": seconds}), "even with the right one, and it is not counted"
        at += timedelta(seconds=seconds)
    with pytest.raises(TercerTimbreError):
        store.staff.sign_in(hr.name, OTHER_WORDS, at)
    with Store.open(path) as again, pytest.raises(TercerTimbreError) as error:  # a restart is no way round
        again.staff.sign_in(hr.name, WORDS, at + 6 * SECOND)
    assert code(error) == ("account-wait", {"seconds": 10})
    assert store.staff.sign_in(hr.name, WORDS, at + 16 * SECOND) == hr
    with pytest.raises(TercerTimbreError) as error:
        store.staff.sign_in(hr.name, OTHER_WORDS, at + 17 * SECOND)
    assert code(error) == ("account-passphrase", {"seconds": 2}), "the right one ends the series"


def test_a_clock_set_back_locks_nobody_out(store: Store, hr: Reviewer) -> None:
    with pytest.raises(TercerTimbreError):
        store.staff.sign_in(hr.name, OTHER_WORDS, NOON + timedelta(days=400))
    with pytest.raises(TercerTimbreError) as error:
        store.staff.sign_in(hr.name, WORDS, NOON)
    assert code(error) == ("account-wait", {"seconds": 2})


def test_a_guess_counts_before_it_is_looked_at(
    store: Store, path: Path, hr: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two instances that guess at the same moment, or a kill at the right one, get no second guess."""

    def killed(*_: object) -> None:
        with Store.open(path) as other, pytest.raises(TercerTimbreError, match="account-wait"):
            other.staff.sign_in(hr.name, WORDS, NOON)
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.records.staff.unlock", killed)
    with pytest.raises(KeyboardInterrupt):
        store.staff.sign_in(hr.name, WORDS, NOON)


@given(st.integers(1, 10_000))
def test_the_wait_grows_up_to_a_quarter_of_an_hour(failures: int) -> None:
    assert timedelta(seconds=2) <= wait_after(failures) <= wait_after(failures + 1) <= timedelta(minutes=15)


@pytest.mark.parametrize(
    ("name", "passphrase", "refused"),
    [
        ("Ana", "123456789", "account-passphrase-short"),
        ("Ana María López", "ana maría LÓPEZ", "account-passphrase-name"),
        (" ", WORDS, "profile-name-empty"),
        ("Ana\n", WORDS, ""),
        ("A\nna", WORDS, "profile-name-character"),
        ("nuria peña ", WORDS, "account-exists"),
    ],
)
def test_names_and_passphrases_have_rules(store: Store, hr: Reviewer, name: str, passphrase: str, refused: str) -> None:
    if not refused:
        store.staff.add(name, Role.TRAINER, passphrase, NOON, hr, cost=QUICK)
        return
    with pytest.raises(TercerTimbreError, match=refused):
        store.staff.add(name, Role.TRAINER, passphrase, NOON, hr, cost=QUICK)


def test_the_first_account_is_hrs_and_hr_makes_the_others(store: Store) -> None:
    with pytest.raises(TercerTimbreError, match="account-first-hr"):
        store.staff.add("Íñigo", Role.TRAINER, WORDS, NOON, cost=QUICK)
    hr = store.staff.add("Nuria", Role.HR, WORDS, NOON, cost=QUICK)
    with pytest.raises(TercerTimbreError, match="right-signed-out"):
        store.staff.add("Ana", Role.HR, WORDS, NOON, cost=QUICK)
    trainer = store.staff.add("Íñigo", Role.TRAINER, WORDS, NOON + SECOND, hr, cost=QUICK)
    with pytest.raises(TercerTimbreError, match="right-hr"):
        store.staff.add("Ana", Role.HR, WORDS, NOON, trainer, cost=QUICK)
    assert [account.name for account in store.staff.accounts()] == ["Nuria", "Íñigo"]


def test_a_changed_passphrase_keeps_the_key(store: Store, trainer: Reviewer) -> None:
    with pytest.raises(TercerTimbreError, match="account-passphrase-short"):
        store.staff.change_passphrase(trainer.name, WORDS, "corta", NOON, cost=QUICK)
    store.staff.change_passphrase(trainer.name, WORDS, OTHER_WORDS, NOON, cost=QUICK)
    with pytest.raises(TercerTimbreError, match="account-passphrase"):
        store.staff.sign_in(trainer.name, WORDS, NOON)
    assert store.staff.sign_in(trainer.name, OTHER_WORDS, NOON + 2 * SECOND) == trainer


def test_a_removed_account_may_nothing_more_but_its_public_key_stays(
    store: Store, hr: Reviewer, trainer: Reviewer
) -> None:
    with pytest.raises(TercerTimbreError, match="right-hr"):
        store.staff.remove(hr.name, trainer)
    with pytest.raises(TercerTimbreError, match="account-last-hr"):
        store.staff.remove(hr.name, hr)
    store.staff.remove(trainer.name, hr)
    with pytest.raises(TercerTimbreError, match="account-unknown"):
        store.staff.sign_in(trainer.name, WORDS, NOON)
    with pytest.raises(TercerTimbreError, match="right-signed-out"):
        store.staff.guard(trainer, Right.REVIEW)
    assert trainer.signer.fingerprint in [key.fingerprint for key in store.desk_keys()]


def test_who_judges_does_not_erase_and_who_erases_does_not_judge(store: Store, hr: Reviewer, trainer: Reviewer) -> None:
    for reviewer in (hr, trainer):
        for right in Right:
            if right in MAY[reviewer.role]:
                demand(reviewer, right)
                store.staff.guard(reviewer, right)
            else:
                with pytest.raises(TercerTimbreError, match="right-"):
                    demand(reviewer, right)
                with pytest.raises(TercerTimbreError, match="right-"):
                    store.staff.guard(reviewer, right)
    assert {Right.REVIEW, Right.CALIBRATE} == MAY[Role.TRAINER] - MAY[Role.HR]
    assert MAY[Role.TRAINER] | MAY[Role.HR] == set(Right)


def test_without_accounts_there_are_no_roles_with_them_nobody_is_let_in_unsigned(store: Store) -> None:
    for right in Right:
        store.staff.guard(None, right)
    store.staff.add("Nuria", Role.HR, WORDS, NOON, cost=QUICK)
    for right in Right:
        with pytest.raises(TercerTimbreError, match="right-signed-out"):
            store.staff.guard(None, right)
