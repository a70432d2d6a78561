"""Who is practising: pick a person of this desk, or add one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from simulator.ui.pages.layouts import CardGrid, Columns
from simulator.ui.pages.pieces import Avatar, CardButton
from simulator.ui.services import ProfileRow
from simulator.ui.theme import current_look
from simulator.ui.widgets import Page, badge, button, card, clear, label, row
from simulator.wording import _, n_

NAME_LIMIT = 120
"""What the store accepts, in code points."""


class ProfilesPage(Page):
    """Pick or add a person."""

    picked = Signal(str)
    """The id of the person who sits down."""
    added = Signal(str)
    """The name of a new person, trimmed. Answer with `show_profiles`, or `refuse` with the reason."""

    staff_asked = Signal()
    """A trainer or HR wants in."""

    def __init__(self, profiles: Sequence[ProfileRow] = ()) -> None:
        super().__init__(_("Who is practising today?"), width=860)
        self._profiles: tuple[ProfileRow, ...] = ()
        self.people = CardGrid(least=240, gap=14)
        self.content.addWidget(self.people)
        self.field = QLineEdit()
        self.field.setObjectName("nameField")
        self.field.setPlaceholderText(_("First and last name"))
        self.field.setAccessibleName(_("Name of the new person"))
        self.field.setMaxLength(NAME_LIMIT * 2)  # Qt counts UTF-16 units; the store judges the exact length
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.returnPressed.connect(self._on_add)
        self.field.textEdited.connect(self._on_edited)
        self.add_button = button(_("Add"), "primary", "user-plus", about=_("Add this person to the desk"))
        self.add_button.clicked.connect(self._on_add)
        self.message = label("", "error", wrap=True)
        self.message.hide()
        frame, inside = card()
        self._new_title = label("", "heading", wrap=True)
        inside.addWidget(self._new_title)
        inside.addWidget(
            label(
                _("The customers will call you by this name. Your attempts are kept under it, on this computer only."),
                "muted",
                wrap=True,
            )
        )
        inside.addSpacing(4)
        inside.addWidget(Columns(self.field, self.add_button, least=400, shares=(1, 0), middle=True, gap=10))
        inside.addWidget(self.message)
        self.content.addWidget(frame)
        self.staff_button = button(_("Training and HR"), "quiet", "lock")
        self.staff_button.clicked.connect(self.staff_asked)
        self.content.addLayout(row(1, self.staff_button))
        self.content.addStretch(1)
        self.show_profiles(profiles)

    def show_profiles(self, rows: Sequence[ProfileRow], current: str | None = None) -> None:
        """Shows the people of this desk; `current` is the id of the one who sits there now."""
        self._profiles = tuple(rows)
        self._say("")
        self.field.clear()
        clear(self.people.cells)
        self.lead.setText(
            _("Several people can share this desk. Each one has their own attempts and results.")
            if rows
            else _("Practise calls with customers who speak, react and lose patience. First, tell us your name.")
        )
        self.lead.show()
        self.heading.setText(_("Who is practising today?") if rows else _("Welcome to Tercer Timbre"))
        self.add_button.setText(_("Add") if rows else _("Begin"))
        self._new_title.setText(_("Someone else") if rows else _("What is your name?"))
        before: QWidget | None = None
        first: QWidget = self.field
        for person in rows:
            made = _PersonCard(person, person.id == current)
            made.clicked.connect(self._on_picked)
            self.people.add(made)
            if before is not None:
                QWidget.setTabOrder(before, made)
            if before is None or person.id == current:
                first = made
            before = made
        if before is not None:
            QWidget.setTabOrder(before, self.field)
        self.people.setVisible(bool(rows))
        first.setFocus()

    def refuse(self, reason: str) -> None:
        """Says why the name that was added is not accepted; the name stays to be mended."""
        self._say(reason)
        self.field.setFocus()
        self.field.selectAll()

    def _on_picked(self) -> None:
        self.picked.emit(str(self.sender().property("person")))

    def _on_add(self) -> None:
        name = self.field.text().strip()
        if not name:
            self.refuse(_("Write a name first."))
        elif any(person.name.casefold() == name.casefold() for person in self._profiles):
            self.refuse(_("Somebody here already has that name. Add a surname or an initial to tell you apart."))
        else:
            self._say("")
            self.added.emit(name)

    def _on_edited(self) -> None:
        self._say("")

    def _say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.field.setAccessibleDescription(text)
        self.field.setProperty("tone", "bad" if text else None)
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)


class _PersonCard(CardButton):
    """A person as a card."""

    def __init__(self, person: ProfileRow, current: bool) -> None:
        made = n_("{n} attempt", "{n} attempts", person.attempts).format(n=person.attempts)
        attempts = made if person.attempts else _("No attempts so far")
        said = f"{person.name}, {attempts}" + (f", {_('at the desk now')}" if current else "")
        super().__init__(said)
        self.setProperty("person", person.id)
        self.setProperty("current", current)
        self.inside.setContentsMargins(16, 16, 16, 16)
        name = label(person.name, "heading", wrap=True)
        # A name may be one long word: it must not force the card wider than the window.
        name.setMinimumWidth(current_look().px(60))
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        whole = row(spacing=14)
        whole.addWidget(Avatar(person.name), 0, Qt.AlignmentFlag.AlignTop)
        words = CardButton.column(name, label(attempts, "small", wrap=True))
        if current:
            words.addWidget(badge(_("at the desk now"), "accent"), 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        whole.addLayout(words, 1)
        self.inside.addLayout(whole)
        self.inside.addStretch(1)
        self.settle()
