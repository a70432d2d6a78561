"""Where trainers and HR go in the window, by right: a row each. Imported when somebody signs in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from simulator.records.accounts import MAY, Reviewer, Right
from simulator.ui.accounts_room import AccountsRoom
from simulator.ui.desks_room import DesksRoom
from simulator.ui.main_window import MainWindow
from simulator.ui.office.room import OfficeRoom
from simulator.ui.rail import Place
from simulator.ui.review.calibration import CalibrationRoom
from simulator.ui.review.room import ReviewRoom
from simulator.ui.tasks import Tasks
from simulator.wording import mark

if TYPE_CHECKING:
    from simulator.records.workshop import Workshop


class Room(Protocol):
    """A part of the window for staff. It puts and shows its own page, named as its place is."""

    def show(self, workshop: "Workshop", reviewer: Reviewer) -> None:
        """Shows the page."""


@dataclass(frozen=True, slots=True)
class StaffPlace:
    """A place of the rail, who sees it, and what makes it."""

    place: Place
    right: Right | None
    """None: whoever is signed in."""
    make: Callable[[MainWindow, Tasks, QObject], Room]


STAFF_PLACES: tuple[StaffPlace, ...] = (
    StaffPlace(Place("review", mark("Review"), "clipboard"), Right.REVIEW, ReviewRoom),
    StaffPlace(Place("calibration", mark("Calibration"), "target"), Right.CALIBRATE, CalibrationRoom),
    StaffPlace(Place("office", mark("Office"), "chart"), Right.OFFICE, OfficeRoom),
    StaffPlace(Place("desks", mark("Desks"), "monitor"), Right.KEYS, DesksRoom),
    StaffPlace(Place("accounts", mark("Accounts"), "users"), None, AccountsRoom),
)
"""In the order of the rail."""


def places_of(reviewer: Reviewer) -> list[StaffPlace]:
    """Those that the role of the one who is signed in may open."""
    return [place for place in STAFF_PLACES if place.right is None or place.right in MAY[reviewer.role]]
