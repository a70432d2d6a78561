"""What the microphone check says about a recording, from its measures."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from simulator.speech import reasons
from simulator.speech.heard import Heard
from simulator.speech.measuring import Measures
from simulator.ui.level_meter import GOOD_FROM, LOUD_FROM
from simulator.ui.pages.layouts import Columns, Wrapping
from simulator.ui.widgets import button, clear, label, picture, row
from simulator.wording import _, mark

CLIPPED_FROM: Final = 2
"""Per mille of samples at full scale from which it is heard as a rattle."""
NOISY_BELOW: Final = 25
"""dB of voice over noise below which recognising suffers: at 20 dB one word in five was wrong."""
DOUBTFUL_BELOW: Final = 75
"""Mean confidence of the words below which it is said that they are doubtful (measured with PocketSphinx)."""


_HERE = {
    "no-microphone": mark("This computer has no microphone at the moment. Connect one and try again."),
    "microphone-lost": mark("The microphone was lost. Connect it again, or choose another one, and try again."),
}
"""What is said elsewhere with a call in mind."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of the report; `tone` is `good` or `warning`."""

    tone: str
    text: str


def findings(measures: Measures) -> tuple[Finding, ...]:
    """Level and noise, each with what to do about it; without a level no voice was heard."""
    if measures.dbfs is None:
        silent = _(
            "No voice was heard. See whether the microphone is muted, by a switch on the headset or in the system's "
            "sound settings, or choose another one above; then record again."
        )
        return (Finding("warning", silent),)
    return (_level(measures.dbfs, measures.clipped or 0), _noise(measures.snr))


def figures(measures: Measures) -> str:
    """The figures behind the sentences, for whoever knows them; "" without any."""
    if measures.dbfs is None:
        return ""
    level = _("Level {dbfs} dBFS").format(dbfs=str(measures.dbfs).replace("-", "−"))
    if measures.snr is None:
        return level
    return level + " · " + _("voice {snr} dB over the noise").format(snr=measures.snr)


def _level(dbfs: int, clipped: int) -> Finding:
    if dbfs < GOOD_FROM:
        return Finding(
            "warning",
            _("Your voice is too quiet: come nearer to the microphone, or turn it up in the system's sound settings."),
        )
    if dbfs >= LOUD_FROM or clipped >= CLIPPED_FROM:
        return Finding(
            "warning",
            _("Your voice is too loud and is cut off: move the microphone away a little, or turn it down."),
        )
    return Finding("good", _("Your voice is loud enough."))


def _noise(snr: int | None) -> Finding:
    if snr is None:
        return Finding(
            "warning", _("The noise of the room could not be measured: leave a moment of silence at the end.")
        )
    if snr < NOISY_BELOW:
        return Finding(
            "warning",
            _("There is much noise around you, and words will be misheard: use a headset, or a quieter place."),
        )
    return Finding("good", _("The room is quiet enough."))


def understood(heard: Heard) -> str:
    """What a recogniser heard, as a sentence."""
    if not heard.text or heard.rejected:
        return _("No words were understood for certain. Try again, somewhat slower and clearer.")
    if heard.confidence < DOUBTFUL_BELOW:
        return _("Understood, but not for certain: «{text}»").format(text=heard.text)
    return _("Understood: «{text}»").format(text=heard.text)


class Trouble(QFrame):
    """Why the microphone does not hear, and a button to look for it again."""

    retry_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("trouble")
        self.text = label("", wrap=True)
        self.retry_button = button(_("Try again"), None, "retry", about=_("Look for the microphone again"))
        self.retry_button.clicked.connect(self.retry_asked)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 10, 12, 10)
        inside.addWidget(Columns(self.text, self.retry_button, least=430, shares=(1, 0), middle=True, gap=12))
        self.hide()

    def show_code(self, code: str) -> None:
        """A code of `reasons.REASONS`; "" takes it away."""
        self.text.setText(_(_HERE[code]) if code in _HERE else reasons.explain(code) if code else "")
        self.setAccessibleName(self.text.text())
        self.setVisible(bool(code))


class CheckReport(QWidget):
    """What is known of a recording: level, noise, words; and a button to hear it again."""

    play_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._findings = QVBoxLayout()
        self._findings.setSpacing(8)
        self._figures = label("", "small", wrap=True)
        self.words = label("", wrap=True)
        """What was understood."""
        self.play_button = button(_("Hear it again"), None, "play")
        self.play_button.clicked.connect(self.play_asked)
        self.play_state = label("", "small", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addLayout(self._findings)
        inside.addWidget(self._figures)
        inside.addWidget(self.words)
        inside.addWidget(Wrapping(self.play_button))
        inside.addWidget(self.play_state)
        self.clear()

    def clear(self) -> None:
        """Nothing is known yet."""
        clear(self._findings)
        for made in (self._figures, self.words, self.play_state):
            made.clear()
            made.hide()
        self.play_button.hide()

    def show_measures(self, measures: Measures) -> None:
        """Level and noise."""
        clear(self._findings)
        for finding in findings(measures):
            drawn = picture("check-circle" if finding.tone == "good" else "warning", 20, finding.tone)
            said = row(drawn, label(finding.text, wrap=True), spacing=10)
            said.setStretch(1, 1)
            said.setAlignment(drawn, Qt.AlignmentFlag.AlignTop)
            self._findings.addLayout(said)
        self._figures.setText(figures(measures))
        self._figures.setVisible(bool(self._figures.text()))

    def show_error(self, text: str) -> None:
        """Why it could not be measured."""
        self._findings.addWidget(label(text, wrap=True))

    def show_words(self, text: str) -> None:
        """A sentence about what was understood; "" takes it away."""
        self.words.setText(text)
        self.words.setVisible(bool(text))

    def show_playing(self, text: str) -> None:
        """A sentence about hearing it again, with the button for it."""
        self.play_state.setText(text)
        self.play_state.setVisible(bool(text))
        self.play_button.setVisible(bool(text))
