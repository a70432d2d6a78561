"""The voice of a call in the debrief: the drawing with its replay, and the figures as a table."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from simulator.errors import TercerTimbreError
from simulator.records.recordings import Recording
from simulator.scoring.voice import CallVoice
from simulator.speech.devices.playing import LinePlayer
from simulator.ui.debrief.voice_plot import Told, VoiceLook, VoicePlot
from simulator.ui.debrief.voice_replay import VoiceReplay, clips_of
from simulator.ui.debrief.voice_words import figures, turn_words
from simulator.ui.messages import explain
from simulator.ui.theme import current_look
from simulator.ui.widgets import button, label, redraw_icons, set_icon
from simulator.wording import _

LEGEND_PX = 250
"""Lower than this (at 100 % text) the drawing needs the room of its legend."""
NARROW_PX = 520
"""Narrower than this (at 100 % text) the note stands under the buttons."""


class VoiceView(QWidget):
    """Drawing and replay. `delete`: deletes the recordings of the attempt, now; may raise `TercerTimbreError`."""

    chosen = Signal(int)
    """The event (its seq) behind a clicked bar."""
    heard = Signal(object)
    """The event (its seq) whose words the replay has come to, None once it stops."""

    def __init__(
        self,
        voice: CallVoice,
        recordings: Sequence[Recording],
        player: LinePlayer | None,
        look: VoiceLook,
        *,
        limit_wpm: int | None = None,
        told: Told | None = None,
        delete: Callable[[], None] | None = None,
        volume: int = 80,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("voiceView")
        self._delete = delete
        self._bars = voice.bars
        self.plot = VoicePlot(voice, look, limit_wpm=limit_wpm, told=told)
        self.plot.chosen.connect(self._on_chosen)
        clips = clips_of(voice, recordings)
        self.replay: VoiceReplay | None = None
        if clips and player is not None:
            self.replay = VoiceReplay(clips, player, volume=volume, parent=self)
            self.replay.moved.connect(self._on_moved)
            self.replay.changed.connect(self._on_changed)
            self.replay.ended.connect(self._on_ended)
            self.replay.failed.connect(self._say)
        self.play_button = button(_("Listen"), "quiet", "play", about=_("Listen to both sides of the recorded call"))
        self.play_button.clicked.connect(self._on_play)
        self.delete_button = button(_("Delete the recording"), "quiet", "trash")
        self.delete_button.clicked.connect(self._on_delete)
        self.note = label("", "muted", wrap=True)
        self.legend = label(_legend(limit_wpm), "muted", wrap=True)
        self._row = row = QGridLayout()
        row.setContentsMargins(16, 6, 16, 0)
        row.setHorizontalSpacing(12)
        row.setVerticalSpacing(0)
        row.setColumnStretch(1, 1)
        row.addWidget(self.play_button, 0, 0)
        row.addWidget(self.note, 0, 1)
        row.addWidget(self.delete_button, 0, 2)
        under = QHBoxLayout()
        under.setContentsMargins(16, 0, 16, 8)
        under.addWidget(self.legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.plot, 1)
        column.addLayout(under)
        self._draw_soon = QTimer(self, singleShot=True, interval=0)
        self._draw_soon.timeout.connect(self.plot.draw)
        self.play_button.setVisible(self.replay is not None)
        self.delete_button.setVisible(bool(recordings) and delete is not None)
        self._say(_recorded(bool(clips)))

    def restyle(self, look: VoiceLook) -> None:
        """The colours and sizes of another look."""
        self.plot.restyle(look)
        redraw_icons(self)

    def play_from(self, seq: int) -> None:
        """Plays from the turn or line of an event on, where something was recorded."""
        begin = next((bar.begin_ms for bar in self._bars if bar.seq == seq), None)
        if self.replay is not None and begin is not None:
            self._say("")
            self.replay.play(begin)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.plot.is_drawn:
            self._draw_soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.replay is not None:  # nobody looks any more: another tab, or the debrief was left
            self.replay.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look, size = current_look(), event.size()
        self.legend.setVisible(size.height() >= look.px(LEGEND_PX))
        if size.width() < look.px(NARROW_PX):
            self._row.addWidget(self.note, 1, 0, 1, 3)
        else:
            self._row.addWidget(self.note, 0, 1)

    @Slot(int)
    def _on_chosen(self, seq: int) -> None:
        self.chosen.emit(seq)
        self.play_from(seq)

    @Slot()
    def _on_play(self) -> None:
        if self.replay is None:
            return
        if self.replay.is_playing:
            self.replay.stop()
        else:
            self._say("")
            self.replay.play(self.plot.cursor_ms)

    @Slot(int)
    def _on_moved(self, at_ms: int) -> None:
        self.plot.mark(at_ms)
        self.heard.emit(next((bar.seq for bar in reversed(self._bars) if bar.begin_ms <= at_ms), None))

    @Slot()
    def _on_changed(self) -> None:
        plays = self.replay is not None and self.replay.is_playing
        if not plays:
            self.heard.emit(None)
        self.play_button.setText(_("Stop") if plays else _("Listen"))
        self.play_button.setAccessibleName(self.play_button.text())
        set_icon(self.play_button, "pause" if plays else "play", 18, "accent")

    @Slot()
    def _on_ended(self) -> None:
        self.plot.mark(None)

    @Slot()
    def _on_delete(self) -> None:
        if self._delete is None:
            return
        if self.replay is not None:
            self.replay.stop()
        try:
            self._delete()
        except TercerTimbreError as error:
            self._say(explain(error))
            return
        self.replay = None
        self.plot.mark(None)
        self.play_button.hide()
        self.delete_button.hide()
        self._say(_("The recording was deleted."))

    @Slot(str)
    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setAccessibleName(text)


class VoiceTable(QTableWidget):
    """The figures of the call with what is usual, then turn by turn."""

    chosen = Signal(int)

    def __init__(
        self,
        voice: CallVoice,
        *,
        limit_wpm: int | None = None,
        told: Told | None = None,
        parent: QWidget | None = None,
    ) -> None:
        told = told or Told()
        rows = figures(voice, limit_wpm)
        super().__init__(len(rows) + len(voice.turns), 3, parent)
        self.setObjectName("voiceTable")
        self._seqs = {len(rows) + index: turn.seq for index, turn in enumerate(voice.turns)}
        self.setAccessibleName(_("Your voice in figures"))
        self.setHorizontalHeaderLabels([_("Measure"), _("Agent"), _("What is usual")])
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        for at, figure in enumerate(rows):
            for column, text in enumerate((figure.name, figure.value, figure.usual)):
                self.setItem(at, column, QTableWidgetItem(text))
        for index, turn in enumerate(voice.turns, len(rows)):
            self.setItem(
                index, 0, QTableWidgetItem(_("Your turn of {time}").format(time=told.when(turn.seq, turn.begin_ms)))
            )
            self.setItem(index, 1, QTableWidgetItem(turn_words(turn)))
            self.setSpan(index, 1, 1, 2)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.itemActivated.connect(self._on_item)
        self.itemClicked.connect(self._on_item)

    @Slot(QTableWidgetItem)
    def _on_item(self, item: QTableWidgetItem) -> None:
        seq = self._seqs.get(item.row())
        if seq is not None:
            self.chosen.emit(seq)


def _recorded(any_recorded: bool) -> str:
    if any_recorded:
        return _("Choose a bar to listen from there.")
    return _("This call was not recorded: there is nothing to listen to.")


def _legend(limit_wpm: int | None) -> str:
    if limit_wpm is None:
        pace = _("Above, words a minute of each turn; the band is what is usual.")
    else:
        pace = _("Above, words a minute of each turn; the dashed line is the most for this customer.")
    bars = _("Below, who spoke when: the higher your bar the louder, its gaps are pauses, marked is both at once.")
    return f"{pace} {bars}"
