"""Trainers and HR in the window: the door, their places in the rail while they are signed in, and signing out.

What a role may not do the store refuses too (`records.staff`); here its places are not offered in the first place.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from simulator.errors import TercerTimbreError
from simulator.ui.main_window import MainWindow
from simulator.ui.messages import explain
from simulator.ui.rail import PLACES, STAFF
from simulator.ui.tasks import Lease, Tasks
from simulator.ui.widgets import Ask
from simulator.wording import _, render

if TYPE_CHECKING:  # imported late at run time: most who open the window are trainees
    from simulator.records.accounts import Account, Reviewer
    from simulator.records.workshop import Workshop
    from simulator.ui.pages.sign_in import SignInPage
    from simulator.ui.staff_places import Room, StaffPlace

IDLE_MS = 15 * 60 * 1000
"""Without input for so long, whoever is signed in is signed out."""
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchBegin,
    }
)


class Staff(QObject):
    """Who of trainers and HR is signed in, and their rooms. The account's key is in memory only until it leaves."""

    left = Signal()
    """Signed out: show a page of the trainee's."""

    def __init__(self, window: MainWindow, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._tasks = tasks
        self._rooms: dict[str, Room] = {}
        self._lease = Lease(tasks, self)
        """Road and parent of the rooms: they go with it when somebody signs out, and nothing comes back to them."""
        self._before: frozenset[str] = frozenset()
        self._places: dict[str, StaffPlace] = {}
        self.reviewer: Reviewer | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._on_idle)

    @property
    def may_erase(self) -> bool:
        """Whether the one who is signed in decides how long results stay."""
        from simulator.records.accounts import MAY, Right

        return self.reviewer is not None and Right.ERASE in MAY[self.reviewer.role]

    def go(self, place: str, workshop: "Workshop") -> bool:
        """Goes to a place of the rail if it is one of these: the door, or a room. False: somebody else's."""
        if place == STAFF:
            if self.reviewer is None:
                self.show_door(workshop)
            else:
                self.sign_out()
            return True
        if place in self._places and self.reviewer is not None:
            self._show(place, workshop, self.reviewer)
            return True
        return False

    def show_door(self, workshop: "Workshop") -> None:
        """Who are you? Or, on a desk without accounts, the first one."""
        from simulator.ui.pages.sign_in import SignInPage

        page = self._window.page(STAFF)
        if not isinstance(page, SignInPage):
            page = SignInPage()
            page.signed.connect(partial(self._on_signed, workshop))
            page.founded.connect(partial(self._on_founded, workshop))
            self._window.put_page(STAFF, page)
        self._tasks.run(workshop.store.staff.accounts, partial(self._on_accounts, page), self._on_failure)

    def sign_out(self) -> None:
        """Forgets the account, its key and all that it was shown."""
        if self.reviewer is None:
            return
        for ask in self._window.findChildren(Ask):
            ask.dismiss()  # a question of the one who goes is answered by nobody else
        self.reviewer = None
        self._idle.stop()
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._window.rail.set_staff(None)
        self._window.rail.show_places(PLACES)
        self.left.emit()
        for name in self._window.pages - self._before:
            if name != self._window.shown:
                self._window.drop_page(name)
        self._rooms, self._places = {}, {}
        self._lease.end()
        self._lease.deleteLater()
        self._lease = Lease(self._tasks, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's signature
        if event.type() in _INPUT:
            self._idle.start()
        return False

    def _on_accounts(self, page: "SignInPage", found: "list[Account]") -> None:
        from simulator.ui.pages.sign_in import AccountRow

        page.show_accounts([AccountRow(account.name, account.role.value) for account in found])
        self._window.show_page(STAFF)
        page.field.setFocus()

    def _on_signed(self, workshop: "Workshop", name: str, passphrase: str) -> None:
        from simulator.records.workshop import now

        self._tasks.run(
            lambda: workshop.store.staff.sign_in(name, passphrase, now()),
            partial(self._enter, workshop),
            self._on_refused,
        )

    def _on_founded(self, workshop: "Workshop", name: str, passphrase: str) -> None:
        from simulator.records.accounts import Role
        from simulator.records.workshop import now

        makes = partial(workshop.store.staff.add, name, Role.HR, passphrase, now())
        self._tasks.run(makes, partial(self._enter, workshop), self._on_refused)

    def _on_refused(self, error: Exception) -> None:
        from simulator.ui.pages.sign_in import SignInPage

        page = self._window.page(STAFF)
        if isinstance(page, SignInPage):
            seconds = error.args_.get("seconds", 0) if isinstance(error, TercerTimbreError) else 0
            page.refuse(explain(error), int(seconds))

    def _enter(self, workshop: "Workshop", reviewer: "Reviewer") -> None:
        from simulator.ui.staff_places import places_of

        self._window.clear_notice()  # it may have been meant for the trainee
        self._before = self._window.pages - {STAFF}
        self.reviewer = reviewer
        self._places = {place.place.name: place for place in places_of(reviewer)}
        settings = next(place for place in PLACES if place.name == "settings")
        self._window.rail.show_places([*(place.place for place in self._places.values()), settings])
        self._window.rail.set_staff(reviewer.name)
        app = QCoreApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._idle.start()
        self._show(next(iter(self._places)), workshop, reviewer)

    def _show(self, place: str, workshop: "Workshop", reviewer: "Reviewer") -> None:
        from simulator.ui.office.room import OfficeRoom

        new = place not in self._rooms
        room = self._room(place)
        if new and isinstance(room, OfficeRoom):
            room.opened.connect(partial(self._on_attempt, workshop))
        room.show(workshop, reviewer)

    def _room(self, place: str) -> "Room":
        if place not in self._rooms:
            self._rooms[place] = self._places[place].make(self._window, self._lease, self._lease)
        return self._rooms[place]

    def _on_attempt(self, workshop: "Workshop", attempt: str) -> None:
        """An attempt of the office is to be looked at: a trainer may."""
        from simulator.ui.review.room import ReviewRoom

        room = self._room("review") if "review" in self._places else None
        if isinstance(room, ReviewRoom) and self.reviewer is not None:
            room.open(workshop, self.reviewer, attempt)
        else:
            self._window.notify(render("right-trainer", {}))

    def _on_idle(self) -> None:
        self.sign_out()
        self._window.notify(_("Nobody did anything for 15 minutes: the account was signed out."))

    def _on_failure(self, error: Exception) -> None:
        self._window.notify(explain(error), "bad")
