"""Forms that the agent fills beside a help chat: the customer's record, a follow-up for the agenda."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from simulator.scenario.sections.web import RecordField
from simulator.session.channels.help_chat import MOST_DAYS
from simulator.ui.widgets import label, push_button
from simulator.wording import _, n_


class Form(QWidget):
    """Fields one below the other and a button that hands them over. It can be mended and saved again."""

    saved = Signal(object)
    """`dict[str, str]`: the fields as they stand."""

    def __init__(self, name: str, title: str, save: str, shortcut: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(12, 12, 12, 12)
        self._column.setSpacing(4)
        self.save = push_button(save)
        self.save.setProperty("kind", "primary")
        self.save.setToolTip(f"{save} ({shortcut})")
        self.save.setShortcut(shortcut)
        self.save.clicked.connect(self._on_save)
        self.told = label("", "muted", wrap=True)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(title)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def values(self) -> dict[str, str]:
        """The fields as they stand."""
        raise NotImplementedError

    def allow(self, on: bool) -> None:
        """Whether it can be handed over now; it can be filled always."""
        self.save.setEnabled(on)

    def _add(self, caption: str, field: QWidget) -> None:
        shown = label(caption, "fieldLabel", wrap=True)
        shown.setBuddy(field)
        field.setAccessibleName(caption)
        self._column.addWidget(shown)
        self._column.addWidget(field)
        self._column.addSpacing(6)

    def _close(self) -> None:
        self.setFocusProxy(self.findChild(QLineEdit) or self.save)
        self._column.addWidget(self.told)
        self._column.addWidget(self.save)
        self._column.addStretch(1)

    @Slot()
    def _on_save(self) -> None:
        self.saved.emit(self.values())


class RecordForm(Form):
    """The customer's record, with the fields that the scenario asks for."""

    def __init__(self, fields: Sequence[RecordField], parent: QWidget | None = None) -> None:
        super().__init__("record", _("Customer's record"), _("Save the record"), "Ctrl+S", parent)
        self.fields: dict[str, QLineEdit] = {}
        for field in fields:
            line = QLineEdit()
            line.textChanged.connect(self._count)
            self._add(field.label, line)
            self.fields[field.id] = line
        self._close()
        self._count()

    def values(self) -> dict[str, str]:
        return {name: field.text().strip() for name, field in self.fields.items()}

    def fill(self, values: Mapping[str, str]) -> None:
        """Puts in what was saved before."""
        for name, value in values.items():
            if name in self.fields:
                self.fields[name].setText(value)

    def show_saved(self) -> None:
        """Says that it is saved, and what is still empty."""
        empty = self._empty()
        self.told.setText(_("Saved. Still empty: {n}.").format(n=empty) if empty else _("Saved, complete."))

    def _empty(self) -> int:
        return sum(not value for value in self.values().values())

    @Slot()
    def _count(self) -> None:
        empty = self._empty()
        self.told.setText(_("Still empty: {n}.").format(n=empty) if empty else _("Everything is filled in."))


class FollowUpForm(Form):
    """When the company looks again, and what for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("followUp", _("Follow-up"), _("Put into the agenda"), "Ctrl+S", parent)
        self.days = QSpinBox()
        self.days.setRange(1, MOST_DAYS)
        self.days.lineEdit().setTextMargins(10, 0, 0, 0)
        self.days.valueChanged.connect(self._count)
        self._count(self.days.value())
        self.task = QLineEdit()
        self.task.setPlaceholderText(_("What will be done"))
        self.task.textChanged.connect(self._on_task)
        self._add(_("In how many days"), self.days)
        self._add(_("What will be done"), self.task)
        self._close()
        self._may = False
        self.allow(False)

    def values(self) -> dict[str, str]:
        return {"days": str(self.days.value()), "task": self.task.text().strip()}

    def allow(self, on: bool) -> None:
        self._may = on
        super().allow(on and bool(self.task.text().strip()))

    def fill(self, values: Mapping[str, str]) -> None:
        """Puts in what was saved before."""
        self.days.setValue(int(values["days"]))
        self.task.setText(values["task"])

    def show_saved(self, days: str, task: str) -> None:
        """Says what is in the agenda."""
        self.told.setText(_("In the agenda, in {days} days: {task}").format(days=days, task=task))

    @Slot(int)
    def _count(self, days: int) -> None:
        self.days.setSuffix(" " + n_("day", "days", days))

    @Slot()
    def _on_task(self) -> None:
        self.allow(self._may)
