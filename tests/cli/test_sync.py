"""`sync`: what a person at a console sees. The exchange itself: tests/records/team."""

import io
import json
import os
import stat
from pathlib import Path

import keyring
import pytest

from simulator import paths, settings
from simulator.records.store import Store
from simulator.records.team.targets import PASSWORD_VARIABLES, PASSWORDS
from tests.cli.conftest import Run
from tests.records.sealed import submitted
from tests.records.team import postgres

ADDRESS = "postgresql://puesto@127.0.0.1:1/equipo"
"""Nobody listens there."""


@pytest.fixture
def stocked(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This desk has two submitted attempts; whoever runs the suite has set no team."""
    for name in ("TERCER_TIMBRE_TEAM", "TERCER_TIMBRE_LRS", *PASSWORD_VARIABLES.values()):
        monkeypatch.delenv(name, raising=False)
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        submitted(store, "a1", "a2")


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """What comes over standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def chosen() -> settings.Settings:
    return settings.load(paths.user_config() / paths.SETTINGS)


@pytest.mark.usefixtures("stocked")
def test_without_a_team_it_says_how_to_set_one(run: Run) -> None:
    for arguments in ((), ("--status",)):
        ran = run("sync", *arguments)
        assert (ran.code, ran.out) == (1, "")
        assert "python main.py sync --keep --to postgresql://usuario@servidor/base" in ran.err


@pytest.mark.parametrize(
    "wrong", [("--keep",), ("--to", ADDRESS, "--keep", "--status"), ("--forget", "--status")], ids=" ".join
)
def test_options_that_do_not_go_together(own_home: Path, run: Run, wrong: tuple[str, ...]) -> None:
    assert run("sync", *wrong).code == 2


@pytest.mark.parametrize(
    "address",
    ["equipo", "mysql://u@h/d", "postgresql://u@host", "postgresql://u@host:port/d", "https:///xAPI", "http://[/x"],
)
def test_what_is_no_address_is_said(own_home: Path, run: Run, address: str) -> None:
    ran = run("sync", "--to", address)
    assert ran.code == 1
    assert ran.err.startswith("Esa no es la dirección de un equipo.")


def test_an_lrs_elsewhere_needs_tls(own_home: Path, run: Run) -> None:
    assert "debe empezar por https" in run("sync", "--to", "http://u@lrs.example/xAPI").err


@pytest.mark.usefixtures("stocked")
def test_what_cannot_be_sent_waits(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "secreto\n")
    ran = run("sync", "--to", ADDRESS, "--keep")
    assert (ran.code, ran.out) == (1, "")
    assert f"No se llega a la base de datos del equipo {ADDRESS}" in ran.err
    assert "secreto" not in ran.err
    assert chosen().team == ADDRESS
    assert run("sync", "--status").out == f"{ADDRESS}: 2 intentos esperan para enviarse.\n"


@pytest.mark.usefixtures("stocked")
def test_without_a_keyring_only_its_owner_reads_the_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "secreto\n")
    ran = run("sync", "--to", ADDRESS.replace("@", ":también-secreto@"), "--keep")
    file = paths.user_config() / PASSWORDS
    assert f"la contraseña está en {file}" in ran.err
    assert json.loads(file.read_text("utf-8")) == {ADDRESS: "también-secreto"}
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "secreto" not in (paths.user_config() / paths.SETTINGS).read_text("utf-8")
    assert run("sync", "--forget").out == f"Ya no se envía nada a {ADDRESS}.\n"
    assert json.loads(file.read_text("utf-8")) == {}
    assert chosen().team is None


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A twin of a system's keyring, in memory."""
    kept: dict[str, str] = {}

    class Present:
        priority = 1

    monkeypatch.setattr(keyring, "get_keyring", Present)
    monkeypatch.setattr(keyring, "get_password", lambda _service, name: kept.get(name))
    monkeypatch.setattr(keyring, "set_password", lambda _service, name, secret: kept.update({name: secret}))
    monkeypatch.setattr(keyring, "delete_password", lambda _service, name: kept.pop(name))
    return kept


@pytest.mark.usefixtures("stocked")
def test_with_a_keyring_no_file_has_the_password(
    run: Run, ring: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "secreto\n")
    assert "llavero" not in run("sync", "--to", ADDRESS, "--keep").err
    assert ring == {ADDRESS: "secreto"}
    assert not (paths.user_config() / PASSWORDS).exists()
    run("sync", "--forget")
    assert ring == {}


@pytest.mark.slow
@pytest.mark.skipif(not postgres.there(), reason="PostgreSQL is not installed")
@pytest.mark.usefixtures("stocked")
def test_a_sync_and_an_export_from_the_team(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with postgres.running() as server:
        address = server.new_database()
        monkeypatch.setenv("TERCER_TIMBRE_TEAM_PASSWORD", postgres.PASSWORD)
        monkeypatch.setenv("TERCER_TIMBRE_TEAM", address)
        ran = run("sync")
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == f"{address}: enviados 2, completados 0, recibidos 0, rechazados 0.\n"
        assert run("sync", "--status").out == f"{address}: 0 intentos esperan para enviarse.\n"
        files = [tmp_path / "desk.jsonl", tmp_path / "team.jsonl"]
        assert run("export", "--format", "jsonl", "--out", files[0]).code == 0
        assert run("export", "--format", "jsonl", "--out", files[1], "--from", address).code == 0
        assert files[0].read_bytes() == files[1].read_bytes()
        assert run("export", "--format", "csv", "--out", tmp_path / "t.csv", "--from", address).code == 0
