"""A pause after a hard call: a quiet minute before the result, for who wants it."""

from collections.abc import Iterable

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from simulator.session.envelope import Event
from simulator.session.events import CustomerReacted, CustomerSpoke
from simulator.ui.theme import current_look
from simulator.ui.widgets import button, card, label, row
from simulator.wording import _

RESPITE_S = 60
BREATH_S = 5
"""Seconds of breathing in, and of breathing out: six breaths a minute, the slow breathing that calms."""
WIDTH = 520
"""Of the card, in pixels at 100 % text."""
FURIOUS = 20
"""A customer who leaves in a mood below this was furious (`simulator.ui.desk.words.mood_level`)."""


def was_hard(events: Iterable[Event]) -> bool:
    """Whether the agent was insulted, or a customer went away furious: of several, any."""
    moods: dict[str, int] = {}
    for event in events:
        match event.what:
            case CustomerSpoke(facts=facts) if "offensive" in facts:
                return True
            case CustomerReacted(mood_to=to):
                moods[event.contact] = to
            case _:
                pass
    return any(mood < FURIOUS for mood in moods.values())


class RespitePage(QWidget):
    """Breathe in, breathe out, for a minute or as long as one likes; nothing has to be done here."""

    over = Signal()
    """On to the result: asked for, or the minute is over."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("respite")
        self.setAccessibleName(_("A moment for you"))
        frame, inside = card()
        inside.setContentsMargins(32, 28, 32, 28)
        inside.setSpacing(14)
        inside.addWidget(label(_("A moment for you"), "title", wrap=True))
        said = _(
            "That was a hard customer. What they said was not about you: it was written for you to practise. Nobody is "
            "waiting now. If you like, take a minute before you see the result."
        )
        inside.addWidget(label(said, wrap=True))
        self.breath = label("", "heading", wrap=True)
        self.breath.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(self.breath)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, RESPITE_S)
        self.progress.setAccessibleName(_("The minute that passes"))
        inside.addWidget(self.progress)
        self.go_on = button(_("See the result"), "primary")
        self.go_on.clicked.connect(self._end)
        inside.addLayout(row(1, self.go_on))
        around = QVBoxLayout(self)
        around.addStretch(1)
        around.addLayout(row(1, frame, 1))
        around.addStretch(1)
        self._frame = frame
        self._since = QElapsedTimer()
        self._clock = QTimer(self, interval=250)
        self._clock.timeout.connect(self._show_time)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._frame.setFixedWidth(max(280, min(current_look().px(WIDTH), event.size().width() - 32)))

    def begin(self) -> None:
        """The minute starts."""
        self._since.start()
        self._clock.start()
        self._show_time()
        self.go_on.setFocus()

    @Slot()
    def _show_time(self) -> None:
        seconds = self._since.elapsed() // 1000
        if seconds >= RESPITE_S:
            self._end()
            return
        self.progress.setValue(seconds)
        said = _("Breathe out…") if seconds // BREATH_S % 2 else _("Breathe in…")
        if self.breath.text() != said:
            self.breath.setText(said)

    @Slot()
    def _end(self) -> None:
        if self._clock.isActive():
            self._clock.stop()
            self.over.emit()
