"""What the desks have in common at which several conversations go on at once: a list of them at the left, keys to turn
from one to another, and what is unread."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from simulator.session.channels.talking import waits_since
from simulator.session.events import AgentActed, AgentSpoke
from simulator.session.state import ContactState, Phase
from simulator.ui.channels.contact_desk import ContactDesk
from simulator.ui.desk.chat_list import ContactList, Row, row_of, visitor
from simulator.ui.desk.words import Status, answered_ms
from simulator.wording import _

MOST_KEYS = 9
"""Conversations that have a key of their own (Alt+1 …)."""


def talk_status(row: Row, contact: ContactState, now: int) -> Status:
    """The state of a conversation that goes on: whose turn it is, with its clock."""
    since = waits_since(contact)
    if since is not None and since <= now:
        return Status(_("Waiting for your answer"), row.tone, since)
    return Status(_("In conversation"), "good", answered_ms(contact))


class SeveralDesk(ContactDesk):
    """See `ContactDesk`."""

    def make_list(self) -> ContactList:
        """The list of the conversations."""
        raise NotImplementedError

    def make_side(self) -> QWidget:
        self._read: dict[str, int] = {}
        self.list = self.make_list()
        self.list.chosen.connect(self.turn_to)
        for number in range(1, MOST_KEYS + 1):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self.body)
            keys.activated.connect(partial(self.turn_to_place, number - 1))
        for name, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(name), self.body).activated.connect(partial(self.turn_on, step))
        return self.list

    def begin(self) -> None:
        super().begin()
        did = (event for event in reversed(self._controller.events) if isinstance(event.what, AgentSpoke | AgentActed))
        last = next(did, None)
        if last is not None:  # taken up: where the agent was
            self.turn_to(last.contact)

    def unnamed(self) -> str:
        contacts, at = list(self._controller.state.contacts), self._controller.turned_to
        return visitor(contacts.index(at) + 1) if at in contacts else super().unnamed()

    def show_rows(self, now: int) -> dict[str, Row]:
        """Shows the list as it stands at session time `now` (ms), and returns its rows by contact."""
        state, at, scenario = self._controller.state, self._controller.turned_to, self._controller.scenario
        rows = {
            id: row_of(scenario.of(id), contact, number, now)
            for number, (id, contact) in enumerate(state.contacts.items(), start=1)
        }
        if at in rows and state.contacts[at].phase is not Phase.WAITING:
            self._read[at] = max(rows[at].seq, self._read.get(at, -1))
        unread = frozenset(id for id, row in rows.items() if id != at and row.seq > self._read.get(id, -1))
        self.list.show_rows(rows, current=at, unread=unread)
        return rows

    @Slot(int)
    def turn_to_place(self, place: int) -> None:
        """Turns to the conversation at a place of the list, from 0."""
        contacts = list(self._controller.state.contacts)
        if place < len(contacts):
            self.turn_to(contacts[place])

    @Slot(int)
    def turn_on(self, step: int) -> None:
        """Turns to the next conversation that is not finished, round and round."""
        contacts = self._controller.state.contacts
        ids = list(contacts)
        if self._controller.turned_to not in ids:
            return
        here = ids.index(self._controller.turned_to)
        round_ = [ids[(here + step * ahead) % len(ids)] for ahead in range(1, len(ids) + 1)]
        self.turn_to(next((id for id in round_ if "notes" not in contacts[id].done), round_[0]))
