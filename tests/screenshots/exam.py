"""An exam: its card in the library, its rules, the desk with the time that is left, and what is said afterwards."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from simulator.scoring.score import score
from simulator.session.commands import Start
from simulator.session.events import ExamRules
from simulator.settings import Settings
from simulator.ui.channels.phone import PhoneDesk
from simulator.ui.debrief.view import Debrief
from simulator.ui.pages.attempts import AttemptsPage
from simulator.ui.pages.exam import ExamPage
from simulator.ui.pages.library import LibraryPage
from simulator.ui.services import AttemptRow, ExamEntry
from tests.screenshots.staging import SMALL, Shoot, Stage
from tests.ui.desk.cases import call
from tests.ui.sample_services import BRIEFING, LIBRARY, attempts

EXAM = ExamEntry(
    id="complaints-by-telephone",
    title="Reclamos por teléfono",
    summary="Una persona molesta con razón. Se espera empatía antes que trámite, un plazo cierto y una despedida.",
    minutes=12,
    tries=3,
    pass_mark=80,
    used=1,
    best_result="failed",
    best_score=64,
)
EXAMS = (
    EXAM,
    replace(EXAM, id="data", title="Datos personales y transferencias", used=0, best_result=None, minutes=15, tries=2),
    replace(EXAM, id="chat", title="Atención por chat", used=2, tries=2, under_way="a7", minutes=20, best_score=71),
)
BEGUN = datetime(2026, 5, 4, 15, 30, tzinfo=UTC)
TRIES = (
    AttemptRow("a1", "angry-caller", "Cobro duplicado", BEGUN, 1, 2, 64, "failed", False, False, exam=True),
    AttemptRow(
        "a2", "angry-caller", "Cobro duplicado", BEGUN + timedelta(days=1), 2, 2, None, "not-scored", False, False
    ),
)


def draw(shoot: Shoot) -> None:
    """Hands every state to `shoot`, under its name."""
    library = LibraryPage()
    library.show_library(LIBRARY, guided_done=True, exams=EXAMS)
    library.filter.buttons["exams"].click()
    shoot("exam-library", library)
    page = ExamPage()
    page.show_exam(EXAM, BRIEFING, TRIES[:1], Settings())
    shoot("exam-rules", page)
    page.show_exam(EXAM, BRIEFING, TRIES[:1], Settings(captions_for_access=True, input_mode="push"))
    page.resize(*SMALL)
    shoot("exam-rules-narrow", page)
    none = ExamPage()
    none.show_exam(replace(EXAM, used=3), None, TRIES, Settings())
    shoot("exam-rules-none-left", none)
    for name, left_ms, size in (
        ("exam-desk", 380_000, None),
        ("exam-desk-soon", 4_500, None),
        ("exam-desk-narrow", 4_500, SMALL),
    ):
        _desk(left_ms).shoot(name, shoot, size)
    asked = _desk(380_000)
    asked.desk.header.leave.click()
    asked.shoot("exam-leave", shoot)
    ended = _desk(4_500)
    ended.go(6_000)
    line = ended.line
    result = Debrief(line.scenario, line.controller.events, score(line.scenario, line.controller.events))
    result.show_exam()
    shoot("exam-result", result)
    mine = AttemptsPage()
    mine.show_attempts((*TRIES, replace(TRIES[0], id="a3", open=True, result=None, score=None), *attempts()[1:3]))
    shoot("exam-attempts", mine)


def _desk(left_ms: int) -> Stage[PhoneDesk]:
    """In the call, with so much time left."""
    stage = Stage(PhoneDesk, call(), settings=Settings(captions=False))
    rules = ExamRules(EXAM.id, "ab" * 32, EXAM.title, 2, 3, left_ms + 20_000, 80)
    stage.line.controller.send(Start(0, "a1", 1, "Diego Salas", mode="exam", exam=rules))
    stage.go(4_000).act("answer").say("Telenova, muy buenos días, le habla Diego, ¿en qué le puedo ayudar?")
    return stage.go(20_000 - stage.line.controller.now())
