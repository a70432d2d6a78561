"""The rail at the left of the window: the places that can be gone to, and at its foot who sits there."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from simulator.ui.widgets import clear, label, set_icon
from simulator.wording import _, mark


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail."""

    name: str
    label: str
    icon: str


PLACES = (
    Place("library", mark("Library"), "library"),
    Place("attempts", mark("My attempts"), "attempts"),
    Place("settings", mark("Settings"), "settings"),
)
"""Where a trainee goes."""

LINE = 14
"""Letters of a line of the rail."""

PROFILES = "profiles"
STAFF = "staff"
"""The two at the foot: who practises, and the door of trainers and HR."""


class Rail(QFrame):
    """Places, one below the other; Alt and a number goes to one."""

    chosen = Signal(str)
    """The name of a place, `PROFILES` or `STAFF`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.buttons: dict[str, QToolButton] = {}
        self._places: tuple[Place, ...] = ()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(6)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 18, 12, 14)
        inside.setSpacing(6)
        inside.addWidget(label("Tercer Timbre", "railBrand"))
        inside.addSpacing(12)
        self._scroller = _Scroller(self._list)
        inside.addWidget(self._scroller, 1)
        self.who = label("", "railWho", wrap=True)
        self.who.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # a long name widens nothing
        self.who.hide()
        inside.addWidget(self.who)
        self.staff = self._button(_("Training and HR"), STAFF)
        self.person = self._button(_("Who are you?"), PROFILES)
        inside.addWidget(self.staff)
        inside.addWidget(self.person)
        self.show_places(PLACES)

    def show_places(self, places: Sequence[Place]) -> None:
        """Shows these places in place of the present ones."""
        for made in self.buttons.values():
            self._group.removeButton(made)
        clear(self._list)
        self._places = tuple(places)
        self.buttons = {}
        for number, place in enumerate(places, start=1):
            made = self._button(_(place.label), place.name)
            made.setToolTip(f"{made.accessibleName()} (Alt+{number})")
            made.setCheckable(True)
            self._group.addButton(made)
            self.buttons[place.name] = made
            self._list.addWidget(made)
        self._list.addStretch(1)
        for first, second in pairwise((self._scroller, *self.buttons.values(), self.staff, self.person)):
            self.setTabOrder(first, second)
        self.refresh_icons()

    def press(self, number: int) -> None:
        """Goes to the place of that number, from 1; nothing happens when there is none."""
        if number <= len(self._places):
            self.chosen.emit(self._places[number - 1].name)

    def tick(self, name: str) -> None:
        """Shows which place this is; none of them for another page."""
        self._group.setExclusive(False)
        for place, made in self.buttons.items():
            made.setChecked(place == name)
        self._group.setExclusive(True)

    def set_person(self, name: str | None) -> None:
        """Who practises at the desk."""
        self.person.setText(name or _("Who are you?"))
        self.person.setAccessibleName(_("Person at this desk: {name}").format(name=name or "–"))

    def set_staff(self, name: str | None) -> None:
        """Who of trainers and HR is signed in; None: nobody."""
        said = _("Training and HR") if name is None else _("Sign out")
        self.staff.setText(_folded(said))
        self.staff.setAccessibleName(said if name is None else f"{said}: {name}")
        self.staff.setToolTip(said)
        self.who.setText(name or "")
        self.who.setVisible(name is not None)
        self.person.setVisible(name is None)
        self.refresh_icons()

    def refresh_icons(self) -> None:
        """Draws the icons anew, after the theme changed."""
        for place in self._places:
            set_icon(self.buttons[place.name], place.icon, 20, "on-rail")
        set_icon(self.staff, "exit" if self.person.isHidden() else "lock", 20, "on-rail")
        set_icon(self.person, "user", 20, "on-rail")

    def _button(self, text: str, place: str) -> QToolButton:
        made = QToolButton()
        made.setText(_folded(text))
        made.setAccessibleName(text)
        made.setToolTip(text)
        made.setProperty("place", place)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.clicked.connect(self._on_clicked)
        return made

    def _on_clicked(self) -> None:
        self.chosen.emit(str(self.sender().property("place")))


def _folded(text: str) -> str:
    """In two lines where there are several words: the rail takes no more of the window than it must."""
    first, _space, rest = text.partition(" ")
    return f"{first}\n{rest}" if len(text) > LINE and rest else text


class _Scroller(QScrollArea):
    """As wide as what is in it; in a low window with large text it scrolls rather than making the window higher."""

    def __init__(self, inside: QVBoxLayout) -> None:
        super().__init__()
        self.setObjectName("railPlaces")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # with none, Qt leaves the order of the keys inside as it was
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        held = QWidget()
        held.setObjectName("railPlaces")
        held.setLayout(inside)
        self._held = held
        self.setWidget(held)

    def sizeHint(self) -> QSize:
        return self._held.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._held.minimumSizeHint().width(), 0)
