"""The debrief shows each verdict with its proof at its place."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QScrollArea, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from simulator.rehearsal.player import Player
from simulator.scenario.moves import read_move
from simulator.scoring.card import Evidence, Scorecard
from simulator.scoring.mood import mood_moves
from simulator.scoring.score import score
from simulator.session.envelope import Event
from simulator.session.events import (
    AgentActed,
    AgentSpoke,
    AgentTyped,
    CustomerReacted,
    CustomerSpoke,
    InterruptionWarned,
    LineEnded,
)
from simulator.session.evolve import replayed
from simulator.session.moments import nearest_agent_message, retry_point_of, retry_points
from simulator.session.replay import forked
from simulator.settings import Settings
from simulator.ui import theme
from simulator.ui.debrief.mood_view import MoodTable
from simulator.ui.debrief.reading import Reading
from simulator.ui.debrief.view import Debrief
from simulator.ui.pages.attempts_table import SIDE
from simulator.ui.spans import utf16_span
from tests.ui.desk.cases import call
from tests.ui.geometry import settle

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

GOOD: tuple[object, ...] = (
    "dismiss-colleague",
    "answer",
    {"say": "😀 Telenova, muy buenos días, le habla Diego, ¿en qué le puedo ayudar?"},
    {"say": "Entiendo su molestia, lamento mucho lo ocurrido."},
    "hold",
    {"wait": "70"},
    "resume",
    {"say": "Gracias por esperar. Le vamos a reintegrar el cobro en su próxima factura."},
    {"say": "¿Le puedo ayudar en algo más? Que tenga un feliz día."},
    {"notes": {"customer": "Marta Ríos", "reason": "cobro doble", "solution": "reintegro", "follow-up": "ninguno"}},
)
RUDE: tuple[object, ...] = (
    "answer",
    {"say": "¿Sí? Diga."},
    {"say": {"text": "Cálmese, señora.", "interrupt": "true"}},
    {"wait": "20"},
    {"say": "👩‍💻 Señora, qué idiota es usted."},
)


@cache
def played(which: int) -> tuple[tuple[Event, ...], Scorecard]:
    moves = (GOOD, RUDE, GOOD[:4])[which]
    player = Player(call(), 1, "Diego Salas")
    player.start()
    player.play([read_move(move) for move in moves])  # type: ignore[misc]
    player.finish()
    assert not player.refused
    return tuple(player.events), score(call(), player.events)


Attempt = Callable[[], tuple[tuple[Event, ...], Scorecard]]


def good() -> tuple[tuple[Event, ...], Scorecard]:
    return played(0)


def rude() -> tuple[tuple[Event, ...], Scorecard]:
    return played(1)


def broken_off() -> tuple[tuple[Event, ...], Scorecard]:
    return played(2)


def shown(qtbot: QtBot, attempt: Attempt = good) -> Debrief:
    events, card = attempt()
    view = Debrief(call(), events, card)
    view.resize(1280, 860)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    return view


def labels(view: QWidget) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel)]


def test_a_passed_call_says_so(qtbot: QtBot) -> None:
    view = shown(qtbot)
    assert view.chip.text() == "Apto"
    assert view.ring.accessibleName() == f"{good()[1].score} de 100"


def test_a_failed_call_names_the_critical_that_failed_it(qtbot: QtBot) -> None:
    view = shown(qtbot, rude)
    assert view.chip.text() == "No apto"
    assert "No faltar al respeto" in view.headline.text()


def test_an_incomplete_call_has_no_score(qtbot: QtBot) -> None:
    view = shown(qtbot, broken_off)
    assert view.chip.text() == "Incompleto"
    assert view.ring.accessibleName() == "Sin puntaje"


@pytest.mark.parametrize("attempt", [good, rude])
def test_each_quote_is_highlighted_exactly_where_it_stands(qtbot: QtBot, attempt: Attempt) -> None:
    """The greeting begins with an emoji, the insult with a sequence of three: Qt counts them otherwise than we do."""
    view = shown(qtbot, attempt)
    quoted = 0
    for line in attempt()[1].checkpoints:
        view.show_proof(line.id)
        expected = [proof.quote for proof in line.evidence if proof.quote]
        if expected and all(isinstance(view.reading.events[p.event].what, AgentSpoke) for p in line.evidence):
            quoted += 1
            assert list(view.transcript.highlighted()) == expected
    assert quoted >= 1


def test_an_absence_points_to_the_turn_that_lacks_it(qtbot: QtBot) -> None:
    view = shown(qtbot, rude)
    view.show_proof("greet-company")
    assert view.transcript.highlighted() == ("¿Sí? Diga.",)
    assert "«¿Sí? Diga.»" in view.reading.absence(view.checkpoints.rows["greet-company"].line)


def test_opening_a_row_shows_reason_quote_and_better_wording(qtbot: QtBot) -> None:
    view = shown(qtbot, rude)
    row = view.checkpoints.rows["greet-company"]
    with qtbot.waitSignal(view.checkpoints.opened):
        row.open()
    assert row.details is not None
    words = labels(row.details)
    assert any("nombre de la empresa" in text for text in words)
    assert any("Telenova" in text for text in words)
    assert not any("_company" in text or "_agent" in text for text in words)


def test_the_filters_show_what_they_say(qtbot: QtBot) -> None:
    view = shown(qtbot, rude)
    card = rude()[1]
    view.checkpoints.filters["improve"].click()
    assert set(view.checkpoints.shown()) == {c.id for c in card.checkpoints if c.verdict in ("missed", "unclear")}
    view.checkpoints.filters["critical"].click()
    assert set(view.checkpoints.shown()) == {c.id for c in card.checkpoints if c.critical}
    view.checkpoints.filters["all"].click()
    assert len(view.checkpoints.shown()) == len(card.checkpoints)


def test_a_turn_of_the_agent_can_be_tried_again_from_just_before_it(qtbot: QtBot) -> None:
    view = shown(qtbot)
    second = [event.seq for event in good()[0] if isinstance(event.what, AgentSpoke)][1]
    view.show_moment(second)
    assert view.retry_button.isEnabled()
    with qtbot.waitSignal(view.retry) as retry:
        view.retry_button.click()
    assert retry.args is not None
    state = replayed(forked(good()[0], retry.args[0], "b1"))
    kept = [event for event in good()[0] if event.seq <= retry.args[0]]
    assert sum(isinstance(event.what, AgentSpoke) for event in kept) == 1
    assert isinstance(kept[-1].what, CustomerSpoke)
    assert state.ended is None


def test_other_moments_offer_no_retry(qtbot: QtBot) -> None:
    view = shown(qtbot)
    ring = next(event.seq for event in good()[0] if isinstance(event.what, AgentActed) and event.what.name == "answer")
    view.show_moment(ring)
    assert not view.retry_button.isEnabled()


def test_a_missed_checkpoint_offers_its_own_moment(qtbot: QtBot) -> None:
    view = shown(qtbot, rude)
    row = view.checkpoints.rows["no-rudeness"]
    row.open()
    assert row.details is not None
    again = row.details.findChildren(QAbstractButton)[0]
    with qtbot.waitSignal(view.retry) as retry:
        again.click()
    insult = max(event.seq for event in rude()[0] if isinstance(event.what, AgentSpoke))
    assert retry.args is not None
    assert retry.args[0] < insult


def test_the_fork_leaves_out_keys_warning_and_cut_of_the_turn() -> None:
    events = rude()[0]
    for point in retry_points(events):
        assert point.at_seq < point.turn_seq
        left_out = [event.what for event in events[point.at_seq + 1 : point.turn_seq]]
        assert all(
            isinstance(what, AgentTyped | InterruptionWarned | LineEnded)
            or (isinstance(what, CustomerReacted) and what.trigger == "interrupted")
            for what in left_out
        )
        last = events[point.at_seq].what
        assert not isinstance(last, AgentTyped | InterruptionWarned)
        assert not (isinstance(last, LineEnded) and last.cut)
    cut = next(event.seq for event in events if isinstance(event.what, LineEnded) and event.what.cut)
    said = next(event.seq for event in events if event.seq > cut and isinstance(event.what, AgentSpoke))
    assert retry_point_of(events, said) is not None
    assert retry_point_of(events, cut) is None
    assert nearest_agent_message(events, cut) is not None


def test_what_moved_the_mood_is_told(qtbot: QtBot) -> None:
    events, card = rude()
    moves = mood_moves(events, card.moods)
    assert moves[0].change is None
    assert moves[1].because == "«Cálmese, señora.»"
    assert [move.change for move in moves[1:]] == [b.mood - a.mood for a, b in pairwise(card.moods)]
    view = shown(qtbot, rude)
    assert view.table.rowCount() == len(moves)


def test_a_point_of_the_curve_leads_to_its_turn(qtbot: QtBot) -> None:
    view = shown(qtbot, rude)
    view.plot.choose(1)
    assert view.transcript.current is not None
    what = view.reading.events[view.transcript.current].what
    assert isinstance(what, AgentSpoke)
    assert what.text == "Cálmese, señora."


def test_a_row_of_the_table_leads_to_its_turn(qtbot: QtBot) -> None:
    view = shown(qtbot, rude)
    view.table.itemActivated.emit(view.table.item(1, 0))
    assert view.transcript.current == mood_moves(rude()[0], rude()[1].moods)[1].seq


def test_the_summary_is_copied_as_text(qtbot: QtBot) -> None:
    view = shown(qtbot, rude)
    view.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Cobro duplicado en la factura\nNo apto")
    assert "Decir el nombre de la empresa" in copied
    assert view.copy.text() == "Copiado"


def test_words_are_never_read_as_html(qtbot: QtBot) -> None:
    player = Player(call(), 1, "Diego Salas")
    player.start()
    player.play([read_move("answer"), read_move({"say": "<b>Hola</b>\n<i>soy</i> Diego"})])  # type: ignore[list-item]
    view = shown(qtbot, lambda: (tuple(player.events), score(call(), player.events)))
    assert "<b>Hola</b>\u2028<i>soy</i> Diego" in [
        view.transcript.document().findBlockByNumber(n).text() for n in range(view.transcript.document().blockCount())
    ]
    assert {label.textFormat() for label in view.findChildren(QLabel) if label.text()} == {Qt.TextFormat.PlainText}


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    view = shown(qtbot, rude)
    for row in view.checkpoints.rows.values():
        row.open()
    controls = [w for w in view.findChildren(QWidget) if isinstance(w, QAbstractButton | QTextEdit)]
    own = [w for w in controls if not w.objectName().startswith(("Scroll", "qt_"))]
    nameless = [w for w in own if not (w.accessibleName() or _text(w))]
    assert len(own) > 20
    assert nameless == []


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def test_without_the_scenario_nothing_can_be_tried_again(qtbot: QtBot) -> None:
    events, card = rude()
    view = Debrief(call(), events, card, can_retry=False)
    qtbot.addWidget(view)
    seq = next(event.seq for event in events if isinstance(event.what, AgentSpoke))
    view.show_moment(seq)
    assert not view.retry_button.isEnabled()
    assert not view.again_button.isEnabled()


def test_the_theme_may_change_again_and_again_while_the_plot_is_shown(qtbot: QtBot) -> None:
    """Qt walks through all widgets then: none may be deleted under its feet (a segmentation fault once)."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    view = shown(qtbot, rude)
    view.plot.draw()
    for dark in (True, False) * 3:
        theme.apply(app, Settings(theme="dark" if dark else "light"))
        qtbot.waitUntil(lambda: view.look == theme.current_look())
    assert view.plot.is_drawn


def test_a_range_is_said_only_when_something_is_unclear() -> None:
    events, card = good()
    assert Reading(call(), events, card).range() == ""


def test_evidence_beyond_the_log_is_survived(qtbot: QtBot) -> None:
    view = shown(qtbot)
    view.transcript.highlight([Evidence(9_999, 0, "x", 0, 1)], "met")
    assert view.transcript.highlighted() == ()


@given(st.text(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_positions_in_qt_cut_out_the_same_text(text: str, start: int, end: int) -> None:
    first, last = utf16_span(text, start, end)
    cut = text.encode("utf-16-le", "surrogatepass")[2 * first : 2 * last].decode("utf-16-le", "surrogatepass")
    assert cut == text[start : max(start, end)]


def test_beside_the_rail_large_letters_never_scroll_sideways(qtbot: QtBot, qapp: QApplication) -> None:
    """A window of 900 pixels at 200 %."""
    theme.apply(qapp, Settings(text_size=200))
    try:
        view = Debrief(call(), *rude())
        qtbot.addWidget(view)
        view.resize(590, 680)
        settle(view)
        assert [made.horizontalScrollBar().maximum() for made in view.findChildren(QScrollArea)] == [0, 0]
        assert view.headline.width() > 300
    finally:
        theme.apply(qapp, Settings())


def test_icons_grow_with_the_text(qtbot: QtBot) -> None:
    view = shown(qtbot, rude)
    row = view.checkpoints.rows["no-rudeness"]
    row.open()
    [again] = [made for made in row.findChildren(QPushButton) if made.text() == "Reintentar desde aquí"]
    before = again.iconSize().height()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Settings(theme="light", text_size=200))
    try:
        qtbot.waitUntil(lambda: again.iconSize().height() == 2 * before, timeout=2_000)
    finally:
        theme.apply(application, Settings(theme="light"))


def test_the_table_of_moods_shows_whole_words(qtbot: QtBot) -> None:
    events, card = rude()
    long = replace(mood_moves(events, card.moods)[0], because="«Buenas tardes, señora, un momento por favor.»")
    table = MoodTable([long])
    table.resize(480, 400)
    qtbot.addWidget(table)
    with qtbot.waitExposed(table):
        table.show()
    table.resize(360, 400)
    last = table.columnCount() - 1
    lines = table.fontMetrics().boundingRect(
        QRect(0, 0, table.columnWidth(last) - 2 * SIDE, 10_000), Qt.TextFlag.TextWordWrap, long.because
    )
    qtbot.waitUntil(lambda: table.rowHeight(0) >= lines.height(), timeout=2_000)
    assert lines.height() > 2 * table.fontMetrics().lineSpacing()
    assert table.textElideMode() is Qt.TextElideMode.ElideNone
