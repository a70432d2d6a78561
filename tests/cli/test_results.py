"""`export`, `verify`, `import`, `keys`: what a person at a console sees. The proofs themselves: tests/records."""

import tracemalloc
from pathlib import Path

import pypdf
import pytest

from simulator import paths
from simulator.records.reviews import Override
from simulator.records.signing import shown
from simulator.records.store import Store
from tests.cli.conftest import Run
from tests.records.cases import NOON, later, stock
from tests.records.reviewed import TRAINER
from tests.records.sealed import SIGNER, finished, submitted
from tests.records.test_tables import line, marked


@pytest.fixture
def file(own_home: Path, tmp_path: Path, run: Run) -> Path:
    """A results file with two attempts of another desk, which is no more here."""
    database = paths.user_data() / paths.DATABASE
    with Store.open(database) as store:
        submitted(store, "a1", "a2")
    out = tmp_path / "puesto-4.jsonl"
    ran = run("export", "--format", "jsonl", "--out", out)
    assert (ran.code, ran.out) == (0, f"2 intentos escritos: {out}\n")
    database.unlink()
    return out


def test_practice_cannot_be_exported(own_home: Path, tmp_path: Path, run: Run) -> None:
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        finished(store)
    out = tmp_path / "todo.jsonl"
    ran = run("export", "--format", "jsonl", "--out", out)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("No hay nada que exportar")
    assert list(tmp_path.glob("todo*")) == []


@pytest.mark.parametrize(
    ("filters", "code"),
    [
        (("--scenario", "angry-caller"), 0),
        (("--scenario", "otro"), 1),
        (("--person", "agente-7f3a"), 0),
        (("--person", "agente-0000"), 1),
        (("--since", "2026-05-01", "--until", "2026-05-06"), 0),
        (("--since", "2026-05-06"), 1),
        (("--until", "2026-05-01"), 1),
        (("--since", "ayer"), 2),
        (("--cohort", "PRIMAVERA"), 0),
        (("--cohort", "otoño"), 1),
    ],
)
def test_filters_choose(own_home: Path, tmp_path: Path, run: Run, filters: tuple[str, ...], code: int) -> None:
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        submitted(store, "a1")
        store.office.move([store.attempt("a1").profile], store.office.create_cohort("Primavera"))
    assert run("export", "--format", "jsonl", "--out", tmp_path / "r.jsonl", *filters).code == code


def test_a_report_on_paper_needs_no_name_and_no_qt(own_home: Path, tmp_path: Path, run: Run) -> None:
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        submitted(store, "a1")
    for name, more, told in (
        ("todas", (), "Resultados de todas las personas"),
        ("una", ("--person", "agente-7f3a"), "Resultados de agente-7f3a"),
        ("nombre", ("--person", "agente-7f3a", "--names"), "Resultados de Íñigo Ñandú"),
    ):
        out = tmp_path / f"{name}.pdf"
        ran = run("export", "--format", "pdf", "--out", out, *more)
        assert (ran.code, ran.out) == (0, f"1 intento escrito: {out}\n")
        assert told in pypdf.PdfReader(out).pages[0].extract_text()


def test_a_certificate_is_of_the_best_passed_attempt(own_home: Path, tmp_path: Path, run: Run) -> None:
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        new = stock(store)
        for id, score in (("a1", 90), ("a2", 95), ("a3", 100)):
            store.begin(later(new, id, score))
            result = "failed" if id == "a3" else "passed"
            store.finish(id, f'{{"result":"{result}","score":{score},"pass_mark":80}}', score, result, NOON)
            store.submit(id, SIGNER, NOON)
    out = tmp_path / "certificado.pdf"
    whose = ("--person", "agente-7f3a", "--scenario", "angry-caller")
    ran = run("export", "--format", "pdf", "--out", out, "--certificate", *whose)
    assert (ran.code, ran.out) == (0, f"1 intento escrito: {out}\n")
    said = pypdf.PdfReader(out).pages[0].extract_text()
    assert "con 95 de 100 puntos" in said
    assert "Identificador del intento: a2" in said
    assert "Íñigo" not in said
    assert run("export", "--format", "pdf", "--out", out, "--certificate", *whose[:2]).code == 2
    assert run("export", "--format", "csv", "--out", out, "--certificate", *whose).code == 2


def test_nobody_is_certified_who_did_not_pass(own_home: Path, tmp_path: Path, run: Run) -> None:
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        new = stock(store)
        store.begin(new)
        store.finish("a1", '{"result":"failed","score":99}', 99, "failed", NOON)
        store.submit("a1", SIGNER, NOON)
    out = tmp_path / "certificado.pdf"
    whose = ("--person", "agente-7f3a", "--scenario", "angry-caller")
    ran = run("export", "--format", "pdf", "--out", out, "--certificate", *whose)
    assert (ran.code, ran.out, list(tmp_path.glob("certificado*"))) == (1, "", [])
    assert "ninguno aprobado" in ran.err


@pytest.mark.parametrize(("program", "people", "code"), [("met", "missed", 1), ("missed", "met", 0)])
def test_what_people_decided_is_certified(
    own_home: Path, tmp_path: Path, run: Run, program: str, people: str, code: int
) -> None:
    result = "passed" if program == "met" else "failed"
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        marked(store, stock(store), line("rude", program, critical=True), result=result, score=92)
        store.submit("a1", SIGNER, NOON)
        store.review("a1", Override(0, people, "Se oye bien."), TRAINER, NOON)
    whose = ("--person", "agente-7f3a", "--scenario", "angry-caller")
    ran = run("export", "--format", "pdf", "--out", tmp_path / "c.pdf", "--certificate", *whose)
    assert ran.code == code, ran.err


def test_a_format_that_does_not_exist_is_said(own_home: Path, tmp_path: Path, run: Run) -> None:
    ran = run("export", "--format", "doc", "--out", tmp_path / "r")
    assert (ran.code, "No hay formato «doc»." in ran.err) == (2, True)


def test_a_file_is_verified_without_any_database(file: Path, run: Run) -> None:
    ran = run("verify", file)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"2 intentos firmados con la clave {shown(SIGNER.fingerprint)}: nadie la ha reconocido aquí",
        "2 intentos están como se firmaron.",
    ]
    assert not (paths.user_data() / paths.DATABASE).exists()


def test_the_first_altered_row_is_named(file: Path, run: Run) -> None:
    file.write_bytes(file.read_bytes().replace("n.º 5?".encode(), "n.º 6?".encode(), 1))
    ran = run("verify", file)
    assert ran.code == 1
    assert ran.err.startswith(f"{file}:11: Lo que pasó aquí fue alterado")
    assert ran.err.endswith("(intento a1) (results-event)\n")
    assert "1 intento está como se firmó." in ran.out


def test_results_are_taken_in_once_and_their_key_is_enrolled(file: Path, run: Run) -> None:
    ran = run("import", file)
    assert (ran.code, ran.out) == (0, f"{file}: nuevos 2, completados 0, ya conocidos 0, rechazados 0.\n")
    assert ran.err.startswith(f"Nadie ha reconocido todavía esta clave: {shown(SIGNER.fingerprint)}")
    assert "ya conocidos 2" in run("import", file, file).out
    assert run("keys", "enrol", SIGNER.fingerprint[:7], "--name", "Puesto 4").code == 1, "too little to be sure"
    assert run("keys", "enrol", SIGNER.fingerprint[:12].upper(), "--name", "Puesto 4").code == 0
    assert run("import", file).err == ""
    assert f"con la clave {shown(SIGNER.fingerprint)}: «Puesto 4»" in run("verify", file).out
    listed = run("keys", "list").out.splitlines()
    assert listed[0].endswith(" · este puesto")
    assert listed[1:] == [f"{shown(SIGNER.fingerprint)} · «Puesto 4»"]


def test_an_altered_attempt_is_refused_the_others_come_in(file: Path, run: Run) -> None:
    file.write_bytes(file.read_bytes().replace("n.º 5?".encode(), "n.º 6?".encode(), 1))
    ran = run("import", file)
    assert (ran.code, ran.out) == (1, f"{file}: nuevos 1, completados 0, ya conocidos 0, rechazados 1.\n")


def test_a_file_cut_off_is_said(file: Path, run: Run) -> None:
    file.write_bytes(file.read_bytes()[:-200])
    ran = run("import", file)
    assert ran.code == 1
    assert "dañada o cortada" in ran.err


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b'{"a": 1}\n', b"\xff\xfe"])
def test_other_files_are_refused(own_home: Path, tmp_path: Path, run: Run, content: bytes) -> None:
    path = tmp_path / "otra.cosa"
    path.write_bytes(content)
    assert [run("verify", path).code, run("import", path).code] == [1, 1]


def test_a_file_that_is_not_there_is_said_before_anything_happens(file: Path, run: Run) -> None:
    ran = run("import", file, file.with_name("puesto-5.jsonl"))
    assert ran.code == 2
    assert ran.out == ""
    assert "No existe" in ran.err or "No hay" in ran.err


def test_a_line_without_an_end_is_refused_and_not_held(own_home: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "enorme.jsonl"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"x" * (1 << 20))
    tracemalloc.start()
    ran = run("import", path)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ran.code == 1
    assert f"{path}:1: " in ran.err
    assert most < 180 << 20, "not the whole line"


@pytest.mark.parametrize("kept", [1, 100, 1000, -2, -30, -500])
def test_a_file_cut_anywhere_adds_no_half_attempt(file: Path, run: Run, kept: int) -> None:
    file.write_bytes(file.read_bytes()[:kept])
    assert run("import", file).code == 1
    with Store.open(paths.user_data() / paths.DATABASE, check=True) as store:
        for attempt in store.attempts():
            assert [statement.kind for statement in store.statements(attempt.id)] == ["sealed", "submitted"]
            assert len(store.events(attempt.id)) == 12


def test_what_this_program_cannot_mark_anew_is_said(own_home: Path, run: Run) -> None:
    assert run("rescore").out == "0 intentos calificados de nuevo.\n"
    with Store.open(paths.user_data() / paths.DATABASE) as store:
        new = submitted(store, "a1")
        finished(store, later(new, "p1", 20))
    ran = run("rescore")
    assert ran.code == 1
    assert "«Cobro duplicado en la factura»" in ran.err
    assert "Es privada" in run("rescore", "--attempt", "p1").err
