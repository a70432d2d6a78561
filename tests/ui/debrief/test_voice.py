"""The debrief shows how a call was spoken, and plays both sides of it where they were recorded."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from simulator.errors import TercerTimbreError
from simulator.records.recordings import Recordings
from simulator.scoring.score import score
from simulator.scoring.voice import CallVoice, call_voice
from simulator.settings import Settings
from simulator.speech.devices.playing import LinePlayer, SilentPlayer
from simulator.speech.heard import RATE
from simulator.speech.line import RenderedLine
from simulator.ui import theme
from simulator.ui.debrief.view import Debrief
from simulator.ui.debrief.voice_plot import AGENT_AT, CUSTOMER_AT
from simulator.ui.debrief.voice_replay import clips_of
from simulator.ui.debrief.voice_view import VoiceView
from simulator.ui.debrief.voice_words import figures, turn_words
from tests.session.shifts import NEXT, half_day
from tests.session.shifts import played as shift_played
from tests.session.test_outbound import ASKED, called, two
from tests.ui.debrief.spoken import recorded, say, spoken
from tests.ui.debrief.test_debrief import good
from tests.ui.desk.cases import call

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def the_voice() -> CallVoice:
    return call_voice(spoken()[0])


def shown(
    qtbot: QtBot,
    folder: Path | None = None,
    player: LinePlayer | None = None,
    *,
    delete: Callable[[], None] | None = None,
    seconds: float = 0.1,
) -> tuple[Debrief, VoiceView]:
    """The debrief of a spoken call with its voice in front; with recordings of `seconds` each under `folder`."""
    view = Debrief(call(), *spoken())
    view.resize(1280, 860)
    qtbot.addWidget(view)
    if folder is not None:
        recordings = recorded(folder, seconds=lambda _length: seconds)
        view.show_voice(the_voice(), recordings, player, delete=delete)
    assert view.voice is not None
    view.moods.setCurrentWidget(view.voice)
    with qtbot.waitExposed(view):
        view.show()
    voice = view.voice
    # Laid out, too: a new child of a visible widget is shown by a later event.
    qtbot.waitUntil(lambda: voice.plot.is_drawn and voice.plot._plot.isVisible())
    return view, voice


class BrokenPlayer(SilentPlayer):
    """The scripted twin of an output that is lost the moment it is used."""

    def play(self, line: RenderedLine, volume: int = 80, *, loop: bool = False) -> None:
        self._later(self._next_turn(), "failed", "device-lost")


# What is there


def test_a_typed_call_has_no_voice(qtbot: QtBot) -> None:
    view = Debrief(call(), *good())
    view.resize(1280, 860)
    qtbot.addWidget(view)
    assert view.voice is None
    assert not any("oz" in view.moods.tabText(at) for at in range(view.moods.count()))


def test_a_spoken_call_shows_it_without_being_asked(qtbot: QtBot) -> None:
    view, voice = shown(qtbot)
    assert [view.moods.tabText(at) for at in range(view.moods.count())][2:] == ["Voz", "Cifras"]
    assert voice.play_button.isHidden()
    assert voice.delete_button.isHidden()
    assert voice.note.text() == "Esta conversación no se grabó: no hay nada que escuchar."


def test_showing_it_again_replaces_it(qtbot: QtBot, tmp_path: Path) -> None:
    view, _voice = shown(qtbot, tmp_path, SilentPlayer())
    assert view.moods.count() == 4
    view.show_voice(call_voice(good()[0]))
    assert view.moods.count() == 2


def test_recordings_without_a_player_are_not_offered(qtbot: QtBot, tmp_path: Path) -> None:
    _view, voice = shown(qtbot, tmp_path, None)
    assert voice.replay is None
    assert voice.play_button.isHidden()


# Words


def test_the_figures_say_what_was_measured_and_what_is_usual() -> None:
    rows = {
        row.name: (row.value.replace("\xa0", " "), row.usual.replace("\xa0", " ")) for row in figures(the_voice(), None)
    }
    assert rows["Palabras por minuto"] == ("174", "de 150 a 200")
    assert rows["Sílabas por segundo, sin las pausas"] == ("6,1", "")
    assert rows["Los dos hablando a la vez"] == ("2,0 s (3,3 % de la llamada)", "menos del 10 % de la llamada")
    assert rows["Parte de lo hablado"] == ("46 %", "")
    assert rows["Nivel de la voz"] == ("−22 dBFS", "")
    assert rows["La voz sobre el ruido"] == ("31 dB", "")
    assert rows["Lo que más osciló el nivel en un turno"] == ("14 dB", "")
    assert rows["Pausas dentro de los turnos"] == ("2, de 1,0 s en promedio", "")
    assert rows["Escrito en lugar de hablado"] == ("1 mensaje, que no se mide", "")


def test_what_was_not_measured_is_said_to_be_so() -> None:
    rows = {row.name: row.value for row in figures(replace(the_voice(), sps10=None, swing=None), None)}
    assert rows["Sílabas por segundo, sin las pausas"] == "sin medir"
    assert rows["Lo que más osciló el nivel en un turno"] == "sin medir"


def test_without_a_headset_talking_at_once_is_not_applicable() -> None:
    voice = the_voice()
    closed = tuple(replace(turn, measures=(*turn.measures, ("duplex", 0)), over=()) for turn in voice.turns)
    (row,) = [row for row in figures(replace(voice, turns=closed, over_ms=0), None) if "a la vez" in row.name]
    assert row.value == "no aplica: el micrófono estaba cerrado mientras hablaba el cliente"
    assert row.usual == ""


def test_the_limit_of_this_customer_takes_the_place_of_the_usual() -> None:
    assert figures(the_voice(), 140)[0].usual == "140 como máximo con este cliente"


def test_a_turn_in_one_line() -> None:
    words = turn_words(the_voice().turns[1]).replace("\xa0", " ")
    assert words == (
        "196 palabras por minuto · 6,1 sílabas por segundo · 1 pausa (la más larga, de 0,7 s) · "
        "respondió a los 0,9 s · −18 dBFS · 31 dB sobre el ruido · oscilación de 14 dB"
    )
    assert "sobre lo que decía el cliente durante 2,0" in turn_words(the_voice().turns[2])


def test_the_drawing_can_be_read_aloud(qtbot: QtBot) -> None:
    _view, voice = shown(qtbot)
    assert voice.plot.accessibleName()
    for turn in the_voice().turns:
        assert turn_words(turn) in voice.plot.accessibleDescription()


def test_rows_of_turns_lead_to_the_transcript(qtbot: QtBot) -> None:
    view, _voice = shown(qtbot)
    table = view.voice_table
    assert table is not None
    at = len(figures(the_voice(), None)) + 1
    item = table.item(at, 1)
    assert item is not None
    table.itemActivated.emit(item)
    assert view.transcript.current == the_voice().turns[1].seq
    first = table.item(0, 0)
    assert first is not None
    table.itemActivated.emit(first)  # a figure of the whole call leads nowhere
    assert view.transcript.current == the_voice().turns[1].seq


# The drawing


def test_of_several_contacts_each_turn_says_with_whom_it_was(qtbot: QtBot) -> None:
    player = called(
        "dial", {"wait": 20}, say(ASKED, 4, 170), {"wait": 20}, say("Mañana se corta la luz.", 3, 160), {"wait": 5},
        {"in": "luis"}, "dial", {"wait": 40}, "dial", {"wait": 20}, say("Mañana se corta la luz.", 3, 150),
    )  # fmt: skip
    assert not player.refused
    view = Debrief(two(), player.events, score(two(), player.events))
    qtbot.addWidget(view)
    assert view.voice is not None
    assert view.voice_table is not None
    rows = [view.voice_table.item(row, 0).text() for row in range(view.voice_table.rowCount())]  # type: ignore[union-attr]
    turns = [row for row in rows if row.startswith("Turno de ")]
    assert [turn.rpartition(" · ")[2] for turn in turns] == ["Marta Ríos", "Marta Ríos", "Luis Mora"]
    assert [name for _, name in view.voice.plot.contacts()] == ["Marta Ríos", "Luis Mora"]
    assert "Luis Mora" in view.voice.plot.accessibleDescription()


def test_in_a_shift_a_turn_has_its_time_of_day(qtbot: QtBot) -> None:
    player = shift_played(NEXT, "available", NEXT, {"in": "elvira"}, "answer", say("Muy buenos días.", 4, 170))
    view = Debrief(half_day(), player.events, score(half_day(), player.events))
    qtbot.addWidget(view)
    assert view.voice_table is not None
    last = view.voice_table.item(view.voice_table.rowCount() - 1, 0)
    assert last is not None
    assert last.text().startswith("Turno de 09:20:")


def test_bars_are_where_people_spoke(qtbot: QtBot) -> None:
    _view, voice = shown(qtbot)
    turn, line = the_voice().turns[0], the_voice().lines[0]
    middle = (turn.begin_ms + turn.end_ms) / 2000
    assert voice.plot.bar_at(middle, AGENT_AT + 0.5) is not None
    assert voice.plot.bar_at(middle, CUSTOMER_AT + 0.5) is None
    found = voice.plot.bar_at((line.begin_ms + line.end_ms) / 2000, CUSTOMER_AT + 0.5)
    assert found is not None
    assert found.seq == line.seq
    assert voice.plot.bar_at(turn.begin_ms / 1000 - 1, AGENT_AT + 0.5) is None
    assert voice.plot.bar_at(turn.begin_ms / 1000 - 1, AGENT_AT + 0.5, near=1.5) is not None


def click(qtbot: QtBot, voice: VoiceView, second: float, height: float) -> str:
    """Points at a place of the drawing, reads what is told of it, and clicks."""
    drawing = voice.plot._plot
    scene: QPointF = drawing.getPlotItem().getViewBox().mapViewToScene(QPointF(second, height))
    place: QPoint = drawing.mapFromScene(scene)
    QTest.mouseMove(drawing.viewport(), place - QPoint(5, 0))
    QTest.mouseMove(drawing.viewport(), place)
    qtbot.waitUntil(lambda: bool(drawing.toolTip()))
    told = str(drawing.toolTip())
    QTest.mouseClick(drawing.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    return told


def test_a_click_on_a_bar_goes_to_the_transcript_and_plays(qtbot: QtBot, tmp_path: Path) -> None:
    player = SilentPlayer()
    view, voice = shown(qtbot, tmp_path, player)
    line = the_voice().lines[2]
    with qtbot.waitSignals([voice.chosen, player.started]):
        told = click(qtbot, voice, (line.begin_ms + line.end_ms) / 2000, CUSTOMER_AT + 0.3)
    assert told.replace("\xa0", " ") == "00:21 · 6,1 s"
    assert view.transcript.current == line.seq
    assert voice.plot.cursor_ms is not None
    assert line.begin_ms <= voice.plot.cursor_ms < line.end_ms
    voice.play_button.click()


@pytest.mark.parametrize("look", [Settings(theme="dark"), Settings(theme="light", text_size=200)])
def test_another_look_redraws_it(qtbot: QtBot, look: Settings) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    view, voice = shown(qtbot)
    before = voice.plot._plot
    try:
        theme.apply(app, look)
        qtbot.waitUntil(lambda: view.look == theme.current_look())
        assert voice.plot._plot is not before
    finally:
        theme.apply(app, Settings(theme="light"))


# Listening


def test_both_sides_are_played_in_order_with_the_cursor(qtbot: QtBot, tmp_path: Path) -> None:
    player = SilentPlayer()
    _view, voice = shown(qtbot, tmp_path, player)
    assert voice.replay is not None
    moments: list[int] = []
    voice.replay.moved.connect(moments.append)
    with qtbot.waitSignals([player.started, voice.replay.moved]):
        voice.play_button.click()
    assert voice.play_button.text() == "Detener"
    qtbot.waitUntil(lambda: len(moments) > 3)
    voice.play_button.click()
    assert not player.is_playing
    assert voice.play_button.text() == "Escuchar"
    assert moments == sorted(moments)
    assert moments[0] == pytest.approx(the_voice().turns[0].begin_ms, abs=100)
    (played,) = player.played
    assert played.rate == RATE
    # From the first word to the last, the hold of twenty seconds shortened.
    last = max(the_voice().turns[-1].end_ms, the_voice().lines[-1].end_ms)
    assert 30_000 < played.duration_ms < last - the_voice().turns[0].begin_ms - 15_000


def test_the_transcript_follows_what_is_heard(qtbot: QtBot, tmp_path: Path) -> None:
    player = SilentPlayer()
    view, voice = shown(qtbot, tmp_path, player)
    assert voice.replay is not None
    chosen = view.transcript.current
    voice.replay.moved.emit(the_voice().turns[0].begin_ms + 100)
    assert view.transcript.heard_now() == "Telenova, muy buenos días, le habla Diego, ¿en qué le puedo ayudar?"
    voice.replay.moved.emit(the_voice().lines[0].begin_ms + 100)
    assert view.transcript.heard_now().startswith("Buenos días. Me cobraron dos veces")
    last = the_voice().turns[-1]
    voice.replay.moved.emit(last.begin_ms)
    assert view.transcript.heard_now().startswith("Gracias por esperar.")
    assert view.transcript.is_seen(last.seq)
    assert view.transcript.current == chosen  # followed, not chosen: what can be tried again stays
    voice.play_button.click()
    qtbot.waitUntil(lambda: player.is_playing)
    voice.play_button.click()
    assert view.transcript.heard_now() == ""


def test_what_is_heard_is_marked_beside_the_proof(qtbot: QtBot, tmp_path: Path) -> None:
    view, voice = shown(qtbot, tmp_path, SilentPlayer())
    assert voice.replay is not None
    view.show_proof("greet-company")
    proof = view.transcript.highlighted()
    voice.replay.moved.emit(the_voice().turns[-1].begin_ms)
    assert view.transcript.highlighted() == proof
    view.refresh_look()
    assert view.transcript.heard_now().startswith("Gracias por esperar.")


def test_listening_goes_on_where_it_was_stopped(qtbot: QtBot, tmp_path: Path) -> None:
    player = SilentPlayer()
    _view, voice = shown(qtbot, tmp_path, player)
    with qtbot.waitSignal(player.started):
        voice.play_from(the_voice().turns[1].seq)
    voice.play_button.click()
    with qtbot.waitSignal(player.started):
        voice.play_button.click()
    voice.play_button.click()
    first, second = (line.duration_ms for line in player.played)
    assert second == pytest.approx(first, abs=1_000)
    assert second < 45_000


def test_at_the_end_the_cursor_goes(qtbot: QtBot, tmp_path: Path) -> None:
    player = SilentPlayer()
    _view, voice = shown(qtbot, tmp_path, player)
    assert voice.replay is not None
    with qtbot.waitSignal(player.started):
        voice.play_from(the_voice().lines[-1].seq)
    with qtbot.waitSignal(voice.replay.ended):
        player.finished.emit()
    assert voice.plot.cursor_ms is None
    assert voice.play_button.text() == "Escuchar"
    player.stop()


def test_leaving_the_tab_is_silence(qtbot: QtBot, tmp_path: Path) -> None:
    player = SilentPlayer()
    view, voice = shown(qtbot, tmp_path, player)
    with qtbot.waitSignal(player.started):
        voice.play_button.click()
    view.moods.setCurrentWidget(view.plot)
    assert not player.is_playing


def test_without_an_output_it_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    _view, voice = shown(qtbot, tmp_path, BrokenPlayer())
    assert voice.replay is not None
    with qtbot.waitSignal(voice.replay.failed):
        voice.play_button.click()
    assert "salida de sonido" in voice.note.text() or "audífonos" in voice.note.text()
    assert voice.play_button.text() == "Escuchar"


def test_a_recording_that_is_gone_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    _view, voice = shown(qtbot, tmp_path, SilentPlayer())
    assert voice.replay is not None
    for path in tmp_path.rglob("*.wav"):
        path.unlink()
    with qtbot.waitSignal(voice.replay.failed):
        voice.play_button.click()
    assert voice.note.text().startswith("No se puede leer la grabación")


def test_recordings_of_other_events_are_left_out(tmp_path: Path) -> None:
    recordings = recorded(tmp_path, seconds=lambda _length: 0.1)
    assert len(clips_of(the_voice(), recordings)) == len(the_voice().turns) + len(the_voice().lines)
    assert clips_of(call_voice(()), recordings) == ()


# Deleting


def test_deleting_is_at_once(qtbot: QtBot, tmp_path: Path) -> None:
    player = SilentPlayer()
    store = Recordings(tmp_path)
    _view, voice = shown(qtbot, tmp_path, player, delete=lambda: store.delete("a1"))
    with qtbot.waitSignal(player.started):
        voice.play_button.click()
    voice.delete_button.click()
    assert store.of("a1") == ()
    assert not player.is_playing
    assert voice.play_button.isHidden()
    assert voice.delete_button.isHidden()
    assert voice.note.text() == "La grabación se borró."
    voice.play_from(the_voice().turns[0].seq)
    assert not player.is_playing


def test_what_cannot_be_deleted_is_told_and_can_be_tried_again(qtbot: QtBot, tmp_path: Path) -> None:
    def refuse() -> None:
        raise TercerTimbreError("recording-not-deleted", path="a1", detail="en uso")

    _view, voice = shown(qtbot, tmp_path, SilentPlayer(), delete=refuse)
    voice.delete_button.click()
    assert voice.note.text().startswith("No se pudo borrar la grabación a1: en uso")
    assert not voice.delete_button.isHidden()
