"""Words that no dictionary has, underlined while they are being typed, as writing tools do."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from simulator.language.lexicon import Lexicon
from simulator.language.match import Context
from simulator.language.situation import Situation
from simulator.language.spelling import dictionary, misspelled
from simulator.language.text import read
from simulator.session.situation import situation
from simulator.ui.session_controller import SessionController
from simulator.ui.spans import utf16_length, utf16_span
from simulator.ui.theme import current_look
from simulator.wording import _

SETTLES_MS = 250
"""So long after the last key the words are looked at."""


def underlining(controller: SessionController, field: QPlainTextEdit) -> "SpellingMarks | None":
    """Underlines in the reply field of an attempt, where people write and the scenario does not forbid it."""
    doc = controller.contact_scenario.doc
    lexicon = next((rule.lexicon for rule in controller.contact_scenario.rules.values()), None)
    if lexicon is None or not (doc.written and doc.underline_spelling):
        return None

    def now() -> Situation:
        state, contact = controller.state, controller.contact
        if contact is None or state.started is None:
            return Situation()
        return situation(controller.contact_scenario, state, contact, "customer", state.at_ms)

    return SpellingMarks(field, lexicon, now)


class SpellingMarks(QObject):
    """Underlines in a field what `spelling` would mark. The word at the cursor is left alone while it grows.

    `situation`: of this moment, for its names. Nothing is corrected and nothing is proposed.
    """

    def __init__(self, field: QPlainTextEdit, lexicon: Lexicon, situation: Callable[[], Situation]) -> None:
        super().__init__(field)
        self._field = field
        self._lexicon = lexicon
        self._situation = situation
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLES_MS)
        self._settle.timeout.connect(self.look)
        field.textChanged.connect(self._settle.start)
        self.words: tuple[str, ...] = ()
        """The words underlined now, in the order of the text."""

    @Slot()
    def look(self) -> None:
        """Looks at the words as they stand now."""
        self._settle.stop()
        text = self._field.toPlainText()
        reading = read(text)
        names = Context(reading, self._situation(), self._lexicon).names
        lexicon = self._lexicon
        wrong = misspelled(reading, lexicon.verbs, names, lexicon.short_names, dictionary())
        spans = [reading.span(position, position + 1) for position in wrong]
        cursor = self._field.textCursor().position()
        spans = [span for span in spans if not self._is_growing(text, span[1], cursor)]
        self.words = tuple(text[start:end] for start, end in spans)
        self._field.setExtraSelections([self._underlined(text, span) for span in spans])
        said = _("Check the spelling: {words}").format(words=", ".join(self.words)) if self.words else ""
        self._field.setAccessibleDescription(said)

    def _is_growing(self, text: str, end: int, cursor: int) -> bool:
        return self._field.hasFocus() and end == len(text) and utf16_length(text) == cursor

    def _underlined(self, text: str, span: tuple[int, int]) -> QTextEdit.ExtraSelection:
        first, last = utf16_span(text, *span)
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        wave.setUnderlineColor(current_look().colour("bad"))
        selection.cursor, selection.format = cursor, wave
        return selection
