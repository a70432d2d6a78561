"""Cohorts: made, named, deleted; people moved into them, several at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from simulator.records.cohorts import Cohort, Member
from simulator.ui.office.filters import Choice
from simulator.ui.pages.layouts import Columns, Wrapping
from simulator.ui.theme import current_look
from simulator.ui.widgets import Ask, button, card, label
from simulator.wording import _, n_


class CohortsPanel(QWidget):
    """Cohorts to the left, everybody to the right."""

    created = Signal(str)
    """A name."""
    renamed = Signal(str, str)
    """Id and name."""
    deleted = Signal(str)
    moved = Signal(list, str)
    """Ids of people; id of the cohort, "" for none."""

    def __init__(self) -> None:
        super().__init__()
        self.asking: Ask | None = None
        self._cohorts: tuple[Cohort, ...] = ()
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Name of the cohort"))
        self.name.setPlaceholderText(_("Name of the cohort"))
        self.name.returnPressed.connect(self._on_create)
        self.create_button = button(_("Create"), "primary", "plus", about=_("Create a cohort of that name"))
        self.create_button.clicked.connect(self._on_create)
        self.rename_button = button(_("Rename"), None, "edit", about=_("Give the chosen cohort that name"))
        self.rename_button.clicked.connect(self._on_rename)
        self.delete_button = button(_("Delete"), "danger", "trash", about=_("Delete the chosen cohort"))
        self.delete_button.clicked.connect(self._on_delete)
        self.refusal = label("", "error", wrap=True)
        self.refusal.hide()
        self.cohorts = self._list(_("Cohorts"), QAbstractItemView.SelectionMode.SingleSelection)
        self.cohorts.itemSelectionChanged.connect(self._on_cohort)
        self.people = self._list(_("People"), QAbstractItemView.SelectionMode.ExtendedSelection)
        self.people.itemSelectionChanged.connect(self._on_people)
        self.target = Choice(_("Cohort to put them into"), _("Choose a cohort"))
        self.target.activated.connect(self._on_people)
        self.move_button = button("", "primary")
        self.move_button.clicked.connect(self._on_move)
        left, one = card()
        one.addWidget(label(_("Cohorts"), "heading", wrap=True))
        one.addWidget(self.cohorts)
        one.addWidget(self.name)
        one.addWidget(self.refusal)
        one.addWidget(Wrapping(self.create_button, self.rename_button, self.delete_button, gap=8))
        right, two = card()
        two.addWidget(label(_("People"), "heading", wrap=True))
        two.addWidget(label(_("Choose several with Shift or Ctrl."), "small", wrap=True))
        two.addWidget(self.people)
        two.addWidget(self.target)
        two.addWidget(Wrapping(self.move_button, gap=8))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Columns(left, right, least=640, shares=(1, 1)))
        inside.addStretch(1)
        self._on_cohort()
        self._on_people()

    def put(self, cohorts: Sequence[Cohort], people: Sequence[Member]) -> None:
        """Shows the cohorts and everybody; what is chosen stays so."""
        self.say("")
        self._cohorts = tuple(cohorts)
        chosen, some = self._chosen(), set(self._some())
        names = {cohort.id: cohort.name for cohort in cohorts}
        self.cohorts.clear()
        for cohort in cohorts:
            count = n_("{n} person", "{n} people", cohort.people).format(n=cohort.people)
            self._add(self.cohorts, f"{cohort.name} · {count}", cohort.id, cohort.id == chosen)
        self.people.clear()
        for person in people:
            who = person.name if person.name == person.pseudonym else f"{person.name} ({person.pseudonym})"
            where = names.get(person.cohort or "", _("No cohort"))
            self._add(self.people, f"{who} · {where}", person.profile, person.profile in some)
        self.target.offer([*names.items(), ("", _("No cohort"))])
        self.name.clear()
        self._on_cohort()
        self._on_people()

    def say(self, refusal: str) -> None:
        """Why a name was refused; "" takes it away."""
        self.refusal.setText(refusal)
        self.refusal.setVisible(bool(refusal))
        self.name.setAccessibleDescription(refusal)

    def _list(self, said: str, mode: QAbstractItemView.SelectionMode) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(said)
        made.setSelectionMode(mode)
        made.setWordWrap(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setResizeMode(QListWidget.ResizeMode.Adjust)
        made.setMinimumHeight(current_look().px(240))
        return made

    def _add(self, view: QListWidget, text: str, id: str, chosen: bool) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, id)
        view.addItem(item)
        item.setSelected(chosen)

    def _chosen(self) -> str:
        return next((str(item.data(Qt.ItemDataRole.UserRole)) for item in self.cohorts.selectedItems()), "")

    def _some(self) -> list[str]:
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in self.people.selectedItems()]

    def _on_cohort(self) -> None:
        for made in (self.rename_button, self.delete_button):
            made.setEnabled(bool(self._chosen()))

    def _on_people(self) -> None:
        count = len(self._some())
        self.move_button.setText(n_("Move {n} person", "Move {n} people", count).format(n=count))
        self.move_button.setAccessibleName(self.move_button.text())
        self.move_button.setEnabled(bool(count) and self.target.value is not None)

    def _on_create(self) -> None:
        self.created.emit(self.name.text())

    def _on_rename(self) -> None:
        self.renamed.emit(self._chosen(), self.name.text())

    def _on_delete(self) -> None:
        chosen = next(cohort for cohort in self._cohorts if cohort.id == self._chosen())
        text = _("The people of «{name}» are in no cohort then. Their results stay.").format(name=chosen.name)
        self.asking = Ask(
            self.window(),
            _("Delete this cohort?"),
            text,
            [("delete", _("Delete it"), "danger"), ("keep", _("Keep it"), "primary")],
        )
        self.asking.buttons["keep"].setFocus()
        self.asking.answered.connect(self._on_answered)

    def _on_answered(self, answer: str) -> None:
        self.asking = None
        if answer == "delete":
            self.deleted.emit(self._chosen())

    def _on_move(self) -> None:
        target = self.target.value
        if target is not None:
            self.moved.emit(self._some(), target)
