"""`accounts`, and `--as`: what a desk with accounts asks of who calls a command (tests/records has the rest)."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator import paths
from simulator.cli import signing_in
from simulator.records.store import Store
from tests.cli.conftest import Ran, Run
from tests.records.sealed import SIGNER, submitted

HR_WORDS = "lluvia mesa tres faro"
TRAINER_WORDS = "otra frase bien larga"

NOWHERE = "postgresql://127.0.0.1:1/equipo"
"""A team's database that is not there."""

Spoken = Callable[..., Ran]


@pytest.fixture
def spoken(own_home: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Spoken:
    """Runs a command with lines on its standard input."""

    def ran(lines: str, *arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        return run(*arguments)

    return ran


@pytest.fixture
def staffed(spoken: Spoken) -> Spoken:
    """The same at a desk with an account of each role, and one submitted attempt."""
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        submitted(store, "a1")
    assert spoken(HR_WORDS, "accounts", "add", "Nuria", "--role", "hr").code == 0
    both = f"{HR_WORDS}\n{TRAINER_WORDS}\n"
    added = spoken(both, "accounts", "add", "Íñigo", "--role", "trainer", "--as", "Nuria")
    assert (added.code, added.out) == (0, "Se agregó: Íñigo (formación)\n")
    return spoken


def test_accounts_are_added_listed_and_removed(staffed: Spoken) -> None:
    listed = staffed("", "accounts", "list").out.splitlines()
    assert [line.rsplit(" · ", 1)[0] for line in listed] == ["Nuria · RR. HH.", "Íñigo · formación"]
    assert staffed(TRAINER_WORDS, "accounts", "remove", "Nuria", "--as", "Íñigo").code == 1
    refused = staffed(HR_WORDS, "accounts", "remove", "Nuria", "--as", "Nuria")
    assert (refused.code, "última cuenta" in refused.err) == (1, True)
    assert staffed(HR_WORDS, "accounts", "remove", "Íñigo", "--as", "Nuria").out == "Quitado: Íñigo\n"
    assert len(staffed("", "accounts", "list").out.splitlines()) == 1


def test_the_key_of_an_account_is_not_called_a_desks(staffed: Spoken) -> None:
    listed = staffed(HR_WORDS, "keys", "list", "--as", "Nuria").out.splitlines()
    assert [line.split(" · ", 1)[1] for line in listed][-2:] == ["la cuenta de Nuria", "la cuenta de Íñigo"]


def test_the_first_account_is_hrs(spoken: Spoken) -> None:
    assert "no tiene cuentas" in spoken("", "accounts", "list").out
    refused = spoken(HR_WORDS, "accounts", "add", "Íñigo", "--role", "trainer")
    assert (refused.code, "La primera cuenta" in refused.err) == (1, True)
    refused = spoken(HR_WORDS, "accounts", "add", "Íñigo", "--role", "jefe")
    assert (refused.code, "No hay rol «jefe»" in refused.err) == (2, True)


def commands(tmp_path: Path, file: Path) -> dict[str, tuple[str | Path, ...]]:
    return {
        "export": ("export", "--format", "jsonl", "--out", tmp_path / "e.jsonl"),
        "import": ("import", file),
        "enrol": ("keys", "enrol", SIGNER.fingerprint[:12], "--name", "Puesto 4"),
        "add": ("accounts", "add", "Ana", "--role", "trainer"),
        "remove": ("accounts", "remove", "Íñigo"),
        "export the team's": ("export", "--format", "jsonl", "--out", tmp_path / "e.jsonl", "--from", NOWHERE),
        "enrol at the team's": ("keys", "enrol", SIGNER.fingerprint[:12], "--name", "Puesto 4", "--from", NOWHERE),
        "list the team's": ("keys", "list", "--from", NOWHERE),
        "sync everybody's": ("sync", "--everybody", "--to", NOWHERE),
        "keep a team": ("sync", "--keep", "--to", NOWHERE),
        "forget the team": ("sync", "--forget"),
    }


OF_THE_TEAM = (
    "export the team's", "enrol at the team's", "list the team's", "sync everybody's", "keep a team", "forget the team",
)  # fmt: skip


@pytest.mark.parametrize("name", ["export", "import", "enrol", "add", "remove", *OF_THE_TEAM])
def test_nobody_passes_a_desk_with_accounts_without_a_passphrase(staffed: Spoken, tmp_path: Path, name: str) -> None:
    file = tmp_path / "f.jsonl"
    file.write_bytes(b"{}")
    command = commands(tmp_path, file)[name]
    before = sorted(tmp_path.iterdir())
    unsigned = staffed(HR_WORDS, *command)
    assert (unsigned.code, "--as" in unsigned.err) == (2, True)
    assert staffed("\n", *command, "--as", "Nuria").code == 2
    wrong = staffed("una frase inventada", *command, "--as", "Nuria")
    assert (wrong.code, wrong.err) == (1, "Esa no es la frase de acceso. Puede volver a intentarlo en 2 s.\n")
    soon = staffed(HR_WORDS, *command, "--as", "Nuria")
    assert (soon.code, soon.err.startswith("Demasiado pronto")) == (1, True)
    assert sorted(tmp_path.iterdir()) == before
    assert len(staffed("", "accounts", "list").out.splitlines()) == 2


@pytest.mark.parametrize(
    ("name", "allowed"),
    [("export", True), *((name, False) for name in ("import", "enrol", "add", *OF_THE_TEAM[1:]))],
)
def test_a_trainer_may_export_and_nothing_of_hrs(staffed: Spoken, tmp_path: Path, name: str, allowed: bool) -> None:
    assert staffed(HR_WORDS, *commands(tmp_path, tmp_path / "e.jsonl")["export"], "--as", "Nuria").code == 0
    lines = f"{TRAINER_WORDS}\nfrase de la nueva cuenta\n"
    ran = staffed(lines, *commands(tmp_path, tmp_path / "e.jsonl")[name], "--as", "íñigo")
    assert ran.code == (0 if allowed else 1)
    assert allowed or ran.err == "Esto solo lo puede hacer RR. HH.\n"


def test_scripts_give_passphrases_in_the_environment(staffed: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(signing_in.PASSPHRASE, TRAINER_WORDS)
    monkeypatch.setenv(signing_in.NEW_PASSPHRASE, "la tercera frase")
    assert staffed("", "accounts", "passphrase", "Íñigo").out == "Cambiada.\n"
    assert staffed("", "accounts", "passphrase", "Íñigo").code == 1, "it is another one now"


def test_a_passphrase_that_is_typed_is_typed_twice_and_never_shown(
    spoken: Spoken, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    class Console(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = iter([HR_WORDS, "lluvia mesa tres", HR_WORDS, HR_WORDS])
    asked: list[str] = []

    def getpass(prompt: str) -> str:
        asked.append(prompt)
        return next(typed)

    monkeypatch.setattr(sys, "stdin", Console())
    monkeypatch.setattr("getpass.getpass", getpass)
    differing = run("accounts", "add", "Nuria", "--role", "hr")
    assert (differing.code, "Las dos no son iguales." in differing.err) == (2, True)
    added = run("accounts", "add", "Nuria", "--role", "hr")
    assert added.code == 0
    assert asked == ["Nueva frase de acceso de Nuria: ", "Otra vez: "] * 2
    assert HR_WORDS not in added.out + added.err


def test_without_accounts_nobody_is_asked(spoken: Spoken, tmp_path: Path) -> None:
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        submitted(store, "a1")
    assert spoken("", "export", "--format", "jsonl", "--out", tmp_path / "e.jsonl").code == 0
    unknown = spoken(HR_WORDS, "export", "--format", "jsonl", "--out", tmp_path / "e.jsonl", "--as", "Nuria")
    assert (unknown.code, unknown.err) == (1, "En este puesto no hay ninguna cuenta Nuria.\n")
