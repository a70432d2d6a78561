"""Help on demand: what this moment of the call asks for, in three levels that the trainee opens one by one."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from simulator.scenario.scenario import Scenario
from simulator.session.dialogue import area_of, filled
from simulator.session.state import Phase, State
from simulator.ui.widgets import label, push_button
from simulator.wording import _


@dataclass(frozen=True, slots=True)
class HintLevel:
    """One level of help: its heading and plain lines."""

    title: str
    lines: tuple[str, ...]


def hint_levels(scenario: Scenario, state: State, contact_id: str = "c1") -> tuple[HintLevel, ...]:
    """The levels of help for the step that the agent is to answer: what is expected, how, and a model phrase.

    Empty when nobody is on the line or the author gave no help for the step. Pure.
    """
    contact = state.contacts.get(contact_id)
    if contact is None or contact.phase is not Phase.TALKING:
        return ()
    step = scenario.steps_of(area_of(contact)).get(contact.party.step)
    if step is None:
        return ()
    expected = [scenario.known[id] for id in step.expects if id in scenario.known]
    agent = scenario.doc.agent if state.started is None else state.started.agent
    models = []
    for checkpoint in expected:
        play = scenario.checkpoints.get(checkpoint.id)
        model = play.model if play is not None and play.model else checkpoint.model
        if model:
            models.append(filled(scenario.doc, agent, model))
    levels = (
        HintLevel(_("What this moment asks for"), tuple(dict.fromkeys(checkpoint.title for checkpoint in expected))),
        HintLevel(_("How to go about it"), (filled(scenario.doc, agent, step.hint),) if step.hint else ()),
        HintLevel(_("A model phrase"), tuple(dict.fromkeys(models))),
    )
    return tuple(level for level in levels if level.lines)


class HintsPanel(QWidget):
    """Shows the levels of help one at a time; a new moment of the call folds them again."""

    opened = Signal(int)
    """A level was opened, 1 first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hints")
        self._levels: tuple[HintLevel, ...] = ()
        self._shown = 0
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(12, 12, 12, 12)
        self._column.setSpacing(10)
        self._empty = label("", "muted", wrap=True)
        self._frames: list[QFrame] = []
        self.more = push_button()
        self.more.clicked.connect(self._open_next)
        self._column.addWidget(self._empty)
        self._column.addWidget(self.more)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(_("Hints"))
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self._refresh()

    def offer(self, levels: tuple[HintLevel, ...]) -> None:
        """The help of this moment; already opened levels stay open while the moment is the same."""
        if levels == self._levels:
            return
        self._levels, self._shown = levels, 0
        for frame in self._frames:
            self._column.removeWidget(frame)
            frame.deleteLater()
        self._frames = []
        self._refresh()

    @property
    def shown(self) -> int:
        """How many levels are open."""
        return self._shown

    @Slot()
    def _open_next(self) -> None:
        if self._shown >= len(self._levels):
            return
        level = self._levels[self._shown]
        frame = QFrame()
        frame.setObjectName("hintCard")
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(4)
        column.addWidget(label(level.title, "cardTitle", wrap=True))
        for line in level.lines:
            column.addWidget(label(line, "cardBody", wrap=True))
        frame.setAccessibleName(f"{level.title}: {' '.join(level.lines)}")
        self._column.insertWidget(1 + len(self._frames), frame)
        self._frames.append(frame)
        self._shown += 1
        self._refresh()
        self.opened.emit(self._shown)

    def _refresh(self) -> None:
        left = len(self._levels) - self._shown
        if not self._levels:
            self._empty.setText(_("There is no hint for this moment."))
        else:
            self._empty.setText(_("Try it on your own first. Each hint tells a little more."))
        self.more.setVisible(left > 0)
        labels = (_("Show a hint"), _("Tell me more"), _("Show a model phrase"))
        self.more.setText(labels[min(self._shown, 2)])
        self.more.setAccessibleName(self.more.text())
