"""Reports on paper: what they tell, what they never tell, and that any text makes a sound document."""

import io
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.records.paper.certificate import write_certificate
from simulator.records.paper.everybody import write_everybody
from simulator.records.paper.person import write_person
from simulator.records.reports import ReportedAttempt, ReportedComment
from simulator.records.reviews import Override, Remark, Settlement
from simulator.records.store import Store
from simulator.records.table import Filter
from simulator.records.values import Mode, Status
from simulator.records.workshop import Workshop
from simulator.scoring.mood import Curve, MoodMove
from tests.programs import needed
from tests.records.cases import NOON, PERSON, later, stock
from tests.records.played import played
from tests.records.reviewed import LATER, TRAINER, handed_over
from tests.records.sealed import SIGNER
from tests.records.test_tables import line, marked
from tests.scenarios.shipped import scenario

DAY = datetime(2026, 11, 30, 12, tzinfo=UTC)


def made(write: Callable[[BinaryIO], None]) -> bytes:
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data), strict=True)


def text(data: bytes) -> str:
    """All the text, however it was broken into lines."""
    return " ".join(" ".join(page.extract_text() for page in read(data).pages).split())


def person(store: Store, who: str = PERSON.pseudonym, *, names: bool = False, on: datetime = DAY) -> bytes:
    chosen = store.results_table(Filter())
    return made(lambda file: write_person(file, who, store.reported(chosen, names=names), on))


def everybody(store: Store) -> bytes:
    chosen = store.results_table(Filter())
    rows = store.summary_rows(chosen), store.mark_rows(chosen)
    return made(lambda file: write_everybody(file, "Resultados", *rows, DAY))


def qpdf(data: bytes, folder: Path) -> None:
    """A second program's opinion about the document."""
    path = folder / "report.pdf"
    path.write_bytes(data)
    ran = subprocess.run([needed("qpdf"), "--check", str(path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three real calls of one person: two submitted, one kept as practice."""
    with Store.open(tmp_path_factory.mktemp("calls") / "t.db") as store:
        workshop = Workshop(store, [], sign=lambda: SIGNER)
        agent = workshop.add_profile("Diego Salas")
        told = scenario("angry-caller")
        for number, test in enumerate(told.doc.tests[:3]):
            attempt = played(workshop, told, agent, test.do, seed=number)
            if number != 1:
                workshop.submit(attempt)
        yield store


def test_a_person_s_report_tells_each_attempt_with_its_proof(calls: Store) -> None:
    chosen = calls.results_table(Filter())
    said = text(person(calls, "P-1"))
    assert "Resultados de P-1" in said
    assert said.count("Ánimo del cliente a lo largo de la atención") == len(chosen) == 2
    for attempt in calls.reported(chosen):
        assert str(attempt.about["attempt"]) in said
        for mark in attempt.marks:
            for own in (mark["checkpoint-title"], mark["quote"], mark["reason"], mark["model"]):
                wanted = own if mark["verdict"] != "not-applicable" else mark["checkpoint-title"]
                assert " ".join(wanted.split()) in said
        for move in attempt.moods[0].moves:
            assert " ".join(move.because.split()) in said


def test_a_better_wording_stands_where_something_is_to_mend(calls: Store) -> None:
    for attempt in calls.reported(calls.results_table(Filter())):
        for mark in attempt.marks:
            assert mark["verdict"] in ("missed", "unclear") or mark["model"] == ""
        if attempt.about["result"] == "failed":
            assert sum(bool(mark["model"]) for mark in attempt.marks) > 5


def test_the_name_is_nowhere_unless_it_is_asked_for(calls: Store) -> None:
    said = text(person(calls))
    assert "Diego" not in said
    assert "Salas" not in said
    assert "[agente]" in said
    pseudonym = calls.people()[0].pseudonym
    said = text(person(calls, calls.shown_name(pseudonym), names=True))
    assert "Resultados de Diego Salas" in said
    assert "[agente]" not in said


def test_practice_is_in_no_report(calls: Store) -> None:
    (practice,) = (one for one in calls.attempts() if not one.submitted)
    said = text(person(calls)) + text(everybody(calls))
    assert practice.id not in said
    assert "intento 2 de 2" in said
    assert "intento 2 de 3" not in said, "how often somebody practised is not told either"


def test_a_document_says_what_it_is_and_carries_its_fonts(calls: Store, tmp_path: Path) -> None:
    data = person(calls)
    document: Any = read(data)
    info = document.metadata
    assert info is not None
    assert (info.title, info.author) == ("Resultados de agente-7f3a", "Tercer Timbre")
    assert info.creation_date == DAY
    assert document.trailer["/Root"]["/Lang"] == "es"
    assert next(item.title for item in document.outline if not isinstance(item, list)) == "Resumen"
    used = {
        font.get_object()["/BaseFont"].lstrip("/").split("+")[-1]: font.get_object()
        for page in document.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {"DejaVuSansCondensed", "DejaVuSansCondensed-Bold"} <= set(used)
    for name, font in used.items():
        assert name == "Helvetica" or "/FontFile2" in font["/FontDescriptor"], "Helvetica is named and never used"
    total = len(document.pages)
    for number, page in enumerate(document.pages, start=1):
        assert f"Página {number} de {total}" in " ".join(page.extract_text().split())
    qpdf(data, tmp_path)


def test_the_same_report_has_the_same_bytes(calls: Store) -> None:
    assert person(calls) == person(calls)
    assert person(calls) != person(calls, on=DAY + timedelta(days=1))
    assert everybody(calls) == everybody(calls)


@pytest.fixture
def stocked(store: Store) -> Store:
    """Three submitted attempts of one person, and two of them at another scenario in an exam."""
    new = stock(store)
    for number in range(5):
        attempt = later(new, f"a{number}", number)
        if number > 2:
            attempt = replace(attempt, mode=Mode.EXAM, scenario="other", profile="p2")
        verdict = ("missed", "met", "unclear", "met", "met")[number]
        marked(store, attempt, line("greet", verdict, quote="Buenos días"), line("rude", "missed", critical=True))
        store.seal(attempt.id, SIGNER, DAY)
        if number < 3:
            store.submit(attempt.id, SIGNER, DAY)
    return store


def test_a_report_on_all_adds_up(stocked: Store, tmp_path: Path) -> None:
    data = everybody(stocked)
    said = text(data)
    assert "2 5 100 % 92 0 personas intentos" in said
    assert "Greet 75 % 4 1 0" in said
    assert "Rude 0 % 5 0 0" in said
    assert "agente-7f3a 3 3 100 % 92 92 Apto" in said
    assert "agente-91bc 2 2 100 % 92 92 Apto" in said
    assert said.index("Rude 0 %") < said.index("Greet 75 %"), "the most missed first"
    assert PERSON.name not in said
    qpdf(data, tmp_path)


def test_the_progress_shows_first_best_and_last(stocked: Store) -> None:
    chosen = stocked.results_table(Filter(person=PERSON.pseudonym))
    said = text(made(lambda file: write_person(file, "P-1", stocked.reported(chosen), DAY)))
    assert "Greet ✗ no cumplido ✓ cumplido ? por revisar 1 / 2 50 %" in said
    assert "Rude ★ ✗ no cumplido ✗ no cumplido ✗ no cumplido 0 / 3 0 %" in said


def test_a_certificate_names_what_proves_it(stocked: Store, tmp_path: Path) -> None:
    chosen = stocked.results_table(Filter())
    data = made(lambda file: write_certificate(file, "P-1", chosen[-1].about, "Reclamos", DAY))
    said = text(data)
    for part in (
        "CERTIFICADO", "P-1", "aprobó el examen", "Reclamos", "Cobro duplicado en la factura", "con 92 de 100 puntos",
        "04/05/2026", "a4", "5647 5aa7 5463 474c 0285 df5d bf2b cab7", "python main.py verify ARCHIVO",
        "Emitido el 30/11/2026",
    ):  # fmt: skip
        assert part in said
    assert len(read(data).pages) == 1
    qpdf(data, tmp_path)


def test_what_people_said_stands_beside_what_the_program_said(calls: Store) -> None:
    attempt = next(one for one in calls.reported(calls.results_table(Filter())) if one.about["result"] == "failed")
    id = str(attempt.about["attempt"])
    missed = next(at for at, mark in enumerate(attempt.marks) if mark["verdict"] == "missed")
    said = next(event["seq"] for event in map(json.loads, calls.events(id)) if event["type"] == "AgentSpoke")
    calls.dispute(id, missed, "Diego lo dijo al final.", SIGNER, NOON)
    calls.review(id, Remark(said, "Salude a Diego más despacio."), TRAINER, DAY)
    calls.review(id, Settlement(missed, True, "met", "Es cierto."), TRAINER, DAY)
    found = text(person(calls))
    for part in (
        "El agente objeta: [agente] lo dijo al final.",
        "Objeción aceptada: Es cierto.",
        "Lo decidió una persona; el programa había dicho: no cumplido.",
        f"Salude a [agente] más despacio. {TRAINER.name}",
    ):
        assert part in found
    (changed,) = (one for one in calls.reported(calls.results_table(Filter())) if one.about["attempt"] == id)
    assert (changed.marks[missed]["counted"], changed.marks[missed]["model"]) == ("met", "")


ANY = st.text(st.characters(exclude_categories=()), max_size=40)


def invented(words: dict[str, Any], because: str, count: int = 1) -> Iterator[ReportedAttempt]:
    """Attempts whose every text is given."""
    about = {
        "attempt": "a1", "person": "P", "scenario": "s", "scenario-title": "T", "channel": "phone", "mode": "practice",
        "number": 1, "total": 1, "difficulty": 2, "hints": True, "input": "typed", "started": NOON, "ended": NOON,
        "seconds": 60, "submitted": NOON, "raw": 92, "scaled": 0.92, "pass-mark": 80, "result": "passed",
        "ending": "", "software": "0.1.0", "scenario-hash": "0" * 64, "protocol-hash": "0" * 64, "key": "0" * 64,
        "exam": None, "final-raw": 92, "final-result": "passed",
    }  # fmt: skip
    mark = {
        "checkpoint": "greet", "checkpoint-title": "Greet", "phase": "opening", "weight": 1, "critical": True,
        "verdict": "missed", "quote": "", "reason": "", "model": "", "rule": "", "scorer": "program",
        "counted": "missed", "objection": None, "outcome": None, "human-verdict": None, "override-reason": None,
    }  # fmt: skip
    given = {key: value for key, value in words.items() if key in about}
    moves = (MoodMove(0, 50, None, "", 0), MoodMove(5, 40, -10, because, 0, name=because), MoodMove(6, 99, 59, "", 0))
    for _ in range(count):
        comment = ReportedComment(5, because, because, because)
        curves = (Curve(because, moves, 60),)
        yield ReportedAttempt({**about, "try": 1, **given}, ({**mark, **words},), curves, 60, because, (comment,))


def hostile(words: str) -> bytes:
    names = ("scenario-title", "checkpoint-title", "phase", "quote", "reason", "model", "attempt", "software", "exam",
             "objection", "override-reason")  # fmt: skip
    attempts = invented(dict.fromkeys(names, words), words)
    return made(lambda file: write_person(file, words, attempts, DAY))


@settings(max_examples=40, deadline=None)
@given(ANY)
def test_any_text_makes_a_document(words: str) -> None:
    assert len(read(hostile(words)).pages) >= 2


@pytest.mark.parametrize(
    "words",
    [
        "<b>", "&lt;", "<a href='file:///etc/passwd'>x</a>", "<img src='/etc/passwd'/>", "<para>", "</para>", "\\",
        "()", "🐦\U0001f469\u200d\U0001f680", "أحمد المصري", "王小明", "\ud800", "\x00\x07", "\u202eabc", "a\nb", "",
        "Ñ" * 3000, "muy bueno " * 300,
    ],
)  # fmt: skip
def test_a_hostile_text_is_only_a_text(words: str, tmp_path: Path) -> None:
    data = hostile(words)
    qpdf(data, tmp_path)
    if "<" in words or "&" in words or "Ñ" in words:
        assert words[:9] in text(data)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Íñigo 🐦 Ñandú", "Íñigo □ Ñandú"),
        ("王小明", "□□□"),
        ("Jose\u0301", "José"),
        ("a\u200d\u202eb", "ab"),
        ("Łódź 10 €", "Łódź 10 €"),
    ],
)
def test_what_the_fonts_lack_is_seen_to_be_missing(name: str, shown: str) -> None:
    assert f"Resultados de {shown} " in text(hostile(name))


def test_a_quote_longer_than_pages_is_whole() -> None:
    words = [f"palabra{number}" for number in range(2500)]
    mark = {"quote": " ".join(words), "reason": "", "model": ""}
    data = made(lambda file: write_person(file, "P", invented(mark, " ".join(words)), DAY))
    found = Counter(word.strip("«»") for word in text(data).split())
    assert [word for word in words if found[word] < 2] == [], "once as the proof, once as what moved the mood"


def test_hundreds_of_pages_are_made(tmp_path: Path) -> None:
    data = made(lambda file: write_person(file, "P", invented({"quote": "Buenos días"}, "«Hola»", 210), DAY))
    assert len(read(data).pages) > 210
    qpdf(data, tmp_path)


def test_an_attempt_without_marks_or_mood_is_told_all_the_same(store: Store) -> None:
    new = stock(store)
    store.begin(new)
    store.finish("a1", json.dumps({"checkpoints": [], "result": "pending"}), None, "pending", DAY)
    store.submit("a1", SIGNER, DAY)
    said = text(person(store))
    assert "Ningún punto de control estuvo en juego." in said
    assert "Pendiente resultado" in said or "Pendiente" in said
    assert "Escenarios" in text(everybody(store))


def test_what_a_person_decided_is_what_the_reports_tell(store: Store) -> None:
    new = handed_over(store)
    store.review(new.id, Override(1, "met", "Era una cita del cliente."), TRAINER, LATER)
    store.review(new.id, Override(3, "met", "Se entiende."), TRAINER, LATER)
    (attempt,) = store.results_table(Filter())
    assert (attempt.about["result"], attempt.about["raw"]) == ("passed", 100)
    told = " ".join(text(person(store)).split())
    assert "Apto" in told
    assert "Era una cita del cliente." in told
    assert "No apto" not in told
    assert "100 % " in f"{text(everybody(store))} "


def test_an_exam_that_was_withdrawn_is_told_all_the_same(store: Store) -> None:
    store.begin(replace(stock(store), mode=Mode.EXAM))
    store.set_status("a1", Status.WITHDRAWN, DAY)
    store.seal("a1", SIGNER, DAY)
    assert "Cobro duplicado en la factura" in text(person(store))
    assert "Cobro duplicado en la factura" in text(everybody(store))
