"""Fields in which a passphrase is typed: unseen unless the person wants to see it, never kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from simulator.ui.pages.pieces import Switch, repolish
from simulator.ui.widgets import label, row
from simulator.wording import _


class SecretField(QLineEdit):
    """A field whose letters are not shown."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setPlaceholderText(said)
        self.setAccessibleName(said)

    def take(self) -> str:
        """What was typed; the field forgets it."""
        typed = self.text()
        self.clear()
        return typed


class NewPassphrase(QWidget):
    """A passphrase that is chosen, typed twice."""

    entered = Signal()
    """Enter was pressed in one of the fields."""

    def __init__(self) -> None:
        super().__init__()
        self.first = SecretField(_("Passphrase: four words or more"))
        self.second = SecretField(_("The same once more"))
        self.show_switch = Switch(_("Show what I type"))
        self.show_switch.toggled.connect(self._on_shown)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        for field in (self.first, self.second):
            field.returnPressed.connect(self.entered)
            inside.addWidget(field)
        shown = row(self.show_switch)
        shown.addWidget(label(_("Show what I type"), "small", wrap=True), 1)
        inside.addLayout(shown)

    @property
    def agree(self) -> bool:
        """Whether both fields say the same."""
        return self.first.text() == self.second.text()

    def take(self) -> str:
        """What was typed; the fields forget it."""
        self.second.clear()
        return self.first.take()

    def _on_shown(self, on: bool) -> None:
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)


def say(message: QLabel, field: QLineEdit, text: str) -> None:
    """Shows (or with "" takes away) what is wrong with a field, in a label below it and to screen readers."""
    message.setText(text)
    message.setVisible(bool(text))
    field.setAccessibleDescription(text)
    field.setProperty("tone", "bad" if text else None)
    repolish(field)
