"""The transcript of a finished call: one document of plain text, in which quotes are highlighted at their place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from simulator.scoring.card import Evidence
from simulator.session.envelope import Event
from simulator.session.telling import clock_text, desk_text
from simulator.session.transcript import Entry, transcript
from simulator.ui.desk.words import mood_level
from simulator.ui.spans import utf16_length, utf16_span
from simulator.wording import _

LINE_SEPARATOR = "\u2028"
"""Qt's line break inside a paragraph: as long as the newline that it stands for, so positions stay."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How a quote is marked: its ground, its letters, and the line beneath it."""

    ground: QColor
    text: QColor
    line: QColor


@dataclass(frozen=True, slots=True)
class TranscriptLook:
    """The colours and sizes of the transcript, from the theme. `quotes`: by verdict; others look like unclear."""

    text: QColor
    muted: QColor
    agent: QColor
    customer: QColor
    colleague: QColor
    note: QColor
    quotes: Mapping[str, Paint]
    small_px: int
    text_px: int


@dataclass(frozen=True, slots=True)
class _Row:
    entry: Entry
    block: int  # position of the row's heading
    start: int  # position of the first unit of its words


class TranscriptView(QTextEdit):
    """Read-only, with a text cursor that the keyboard moves: the moment at the cursor is the chosen one. `names`: of
    the customers by contact, where there are several; each conversation then stands by itself, under the name.
    `clock`: how the time of an event (seq, session ms) is told. `notes`: what others wrote beside it, by seq. `own`:
    the agent reads it."""

    chosen = Signal(int)
    """The seq of the row at the cursor."""

    def __init__(
        self,
        events: Sequence[Event],
        *,
        customer: str,
        agent: str,
        look: TranscriptLook,
        names: Mapping[str, str] = MappingProxyType({}),
        clock: Callable[[int, int], str] = lambda _seq, at_ms: clock_text(at_ms),
        notes: Mapping[int, Sequence[str]] = MappingProxyType({}),
        own: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("Transcript of the call"))
        rows = transcript(events, customer=customer, agent=agent, others=names)
        # What belongs to no contact is the agent's own doings in a shift.
        alone = {"": _("The shift")} if names and any(not row.contact for row in rows) else {}
        self._names = {**alone, **names}
        self._clock = clock
        self._notes = notes
        self._own = own
        places = {contact: place for place, contact in enumerate(self._names)}
        self._entries = sorted(rows, key=lambda entry: places.get(entry.contact, 0))
        self._contacts = {event.seq: event.contact for event in events}
        self._headings: dict[str, int] = {}
        self._rows: dict[int, _Row] = {}
        self._look = look
        self._shown: tuple[tuple[Evidence, ...], str] = ((), "")
        self._proofs: list[QTextEdit.ExtraSelection] = []
        self._heard: int | None = None
        self._current: int | None = None
        self._write()
        self.cursorPositionChanged.connect(self._on_cursor)

    @property
    def current(self) -> int | None:
        """The seq of the row at the cursor."""
        return self._current

    def restyle(self, look: TranscriptLook) -> None:
        """Writes the document anew in other colours or sizes; what was highlighted stays so."""
        self._look = look
        at = self._current
        self._write()
        if at is not None:
            self.go_to(at)
        self.highlight(*self._shown)

    def highlight(self, evidence: Iterable[Evidence], verdict: str) -> None:
        """Marks the quoted spans, or the whole turn where something was missing, in the verdict's colour; scrolls to
        the first."""
        proofs = tuple(evidence)
        self._shown = (proofs, verdict)
        self._proofs = [selection for proof in proofs if (selection := self._selection(proof, verdict)) is not None]
        self._mark()
        if proofs:
            self.go_to(proofs[0].event)

    def highlighted(self) -> tuple[str, ...]:
        """The quotes that are highlighted now."""
        return tuple(selection.cursor.selectedText() for selection in self._proofs)

    @Slot(object)
    def follow(self, seq: int | None) -> None:
        """Marks the row that is heard now, and brings it into view; the chosen moment stays. None: nothing is heard."""
        if seq == self._heard:
            return
        self._heard = seq
        self._mark()
        row = self._rows.get(seq) if seq is not None else None
        if row is not None and not self.is_seen(row.entry.seq):
            self._scroll_to(row)

    def heard_now(self) -> str:
        """The words of the row that is marked as heard, empty where none is."""
        row = self._rows.get(self._heard) if self._heard is not None else None
        return self._words(row).selectedText() if row is not None else ""

    def is_seen(self, seq: int) -> bool:
        """Whether the words of a row lie within what is scrolled to."""
        row = self._rows.get(seq)
        return row is not None and self.viewport().rect().contains(self._rectangle(row))

    def go_to(self, seq: int) -> None:
        """Puts the cursor on a row, or on the last one before it, and brings it into view with its surroundings."""
        row = self._row_at(seq)
        if row is None:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(row.start)
        self.setTextCursor(cursor)
        self._scroll_to(row)

    def go_to_contact(self, contact: str) -> None:
        """Brings the beginning of a conversation to the top."""
        place = self._headings.get(contact)
        if place is None:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(place)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - 8)

    def _scroll_to(self, row: _Row) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._rectangle(row).top() - self.viewport().height() // 3)

    def _words(self, row: _Row) -> QTextCursor:
        return self._span(row, 0, utf16_length(self._said(row.entry)))

    def _span(self, row: _Row, first: int, last: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(row.start + first)
        cursor.setPosition(row.start + last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _rectangle(self, row: _Row) -> QRect:
        """From the first to the last line of its words, in the viewport."""
        cursor = self._words(row)
        last = self.cursorRect(cursor)
        cursor.setPosition(row.start)
        return self.cursorRect(cursor).united(last)

    def _mark(self) -> None:
        """Shows what is heard, and over it the proofs."""
        row = self._rows.get(self._heard) if self._heard is not None else None
        heard = []
        if row is not None:
            line = QTextEdit.ExtraSelection()
            line.format.setBackground(self._look.note)
            line.cursor = self._words(row)
            heard.append(line)
        self.setExtraSelections([*heard, *self._proofs])

    def _row_at(self, seq: int) -> _Row | None:
        if seq in self._rows:
            return self._rows[seq]
        contact = self._contacts.get(seq, "")
        rows = [row for row in self._rows.values() if row.entry.contact == contact] or list(self._rows.values())
        before = [row for row in rows if row.entry.seq <= seq]
        return max(before, key=lambda row: row.entry.seq) if before else next(iter(rows), None)

    def _selection(self, proof: Evidence, verdict: str) -> QTextEdit.ExtraSelection | None:
        row = self._rows.get(proof.event)
        if row is None:
            return None
        paint = self._look.quotes.get(verdict, self._look.quotes["unclear"])
        words = row.entry.text
        quoted = bool(proof.quote) and not proof.absent and row.entry.who == "agent"
        first, last = utf16_span(words, proof.start, proof.end) if quoted else (0, utf16_length(self._said(row.entry)))
        selection = QTextEdit.ExtraSelection()
        format = QTextCharFormat()
        if quoted:
            format.setBackground(paint.ground)
            format.setForeground(paint.text)
        format.setUnderlineColor(paint.line)
        style = QTextCharFormat.UnderlineStyle
        format.setUnderlineStyle(style.SingleUnderline if quoted else style.DashUnderline)
        selection.cursor, selection.format = self._span(row, first, last), format
        return selection

    @staticmethod
    def _said(entry: Entry) -> str:
        text = desk_text(entry.text, dict(entry.args)) if entry.who == "desk" else entry.text
        return text.replace("\r\n", "\n").replace("\n", LINE_SEPARATOR)

    def _write(self) -> None:
        self.blockSignals(True)
        self.clear()
        self._rows.clear()
        self._headings.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, entry in enumerate(self._entries):
            headed = bool(self._names) and entry.contact not in self._headings
            if headed:
                self._write_heading(cursor, entry.contact, first=number == 0)
            self._write_row(cursor, entry, first=number == 0 and not headed)
        cursor.endEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        self.blockSignals(False)

    def _write_heading(self, cursor: QTextCursor, contact: str, *, first: bool) -> None:
        block, words = QTextBlockFormat(), QTextCharFormat()
        block.setTopMargin(8 if first else 32)
        words.setFontWeight(QFont.Weight.Bold)
        words.setProperty(QTextFormat.Property.FontPixelSize, self._look.text_px + 3)
        words.setForeground(self._look.text)
        if first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        self._headings[contact] = cursor.position()
        cursor.insertText(self._names.get(contact, ""), words)

    def _write_row(self, cursor: QTextCursor, entry: Entry, *, first: bool) -> None:
        """The heading and the words, each a paragraph, inserted as plain text with a format of their own."""
        desk = entry.who == "desk"
        head, body = QTextBlockFormat(), QTextBlockFormat()
        head.setTopMargin(8 if desk else 12)
        body.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        for block in (head, body):
            block.setLeftMargin(40 if entry.who == "agent" else 0)
        small, words = QTextCharFormat(), QTextCharFormat()
        small.setForeground(self._look.muted)
        small.setProperty(QTextFormat.Property.FontPixelSize, self._look.small_px)
        words.setProperty(QTextFormat.Property.FontPixelSize, self._look.small_px if desk else self._look.text_px)
        words.setForeground(self._look.muted if desk else self._look.text)
        if desk:
            words.setFontItalic(True)
        else:
            small.setFontWeight(QFont.Weight.DemiBold)
            small.setForeground(
                {"agent": self._look.agent, "customer": self._look.customer}.get(entry.who, self._look.colleague)
            )
        if first:
            cursor.setBlockFormat(body if desk else head)
        else:
            cursor.insertBlock(body if desk else head)
        place = cursor.position()
        if desk:
            cursor.insertText(f"{self._clock(entry.seq, entry.at_ms)} · ", small)
        else:
            cursor.insertText(self._heading(entry), small)
            cursor.insertBlock(body)
        start = cursor.position()
        cursor.insertText(self._said(entry), words)
        if entry.heard:
            small.setFontWeight(QFont.Weight.Normal)
            small.setForeground(self._look.muted)
            cursor.insertBlock(body)
            cursor.insertText(_("Heard: «{text}»").format(text=entry.heard.replace("\n", " ")), small)
        for note in self._notes.get(entry.seq, ()):
            self._write_note(cursor, note, body)
        self._rows[entry.seq] = _Row(entry, place, start)

    def _write_note(self, cursor: QTextCursor, note: str, block: QTextBlockFormat) -> None:
        """What somebody wrote beside a row, on a ground of its own."""
        words, beside = QTextCharFormat(), QTextBlockFormat(block)
        words.setProperty(QTextFormat.Property.FontPixelSize, self._look.text_px - 1)
        words.setForeground(self._look.text)
        beside.setBackground(self._look.note)
        cursor.insertBlock(beside)
        cursor.insertText(note.replace("\n", LINE_SEPARATOR), words)

    def _heading(self, entry: Entry) -> str:
        if entry.who == "agent":
            own = {"colleague": _("You, to your colleague"), "side": _("You, aside")}
            other = {"colleague": _("Agent, to a colleague"), "side": _("Agent, aside")}
            name = own.get(entry.to, _("You")) if self._own else other.get(entry.to, _("Agent"))
        else:
            name = entry.name
        heading = f"{self._clock(entry.seq, entry.at_ms)} · {name}"
        if entry.who == "customer" and entry.mood is not None:
            heading += f" · {mood_level(entry.mood).text} ({entry.mood})"
        return f"{heading} · {_('Private message')}" if entry.private else heading

    @Slot()
    def _on_cursor(self) -> None:
        at = self.textCursor().position()
        seqs = [seq for seq, row in self._rows.items() if row.block <= at]
        if seqs and seqs[-1] != self._current:
            self._current = seqs[-1]
            self.chosen.emit(seqs[-1])
