"""What was said, written down as it happens; with captions off, the others' words are kept for the debrief."""

from collections.abc import Callable, Iterable

from simulator.session.envelope import Event
from simulator.session.events import AgentSpoke, ColleagueSpoke, CustomerSpoke
from simulator.session.transcript import transcript
from simulator.ui.desk.addressee import shown_name
from simulator.ui.desk.bubbles import Conversation
from simulator.ui.session_controller import SessionController
from simulator.wording import _


class Captions:
    """Fills a conversation from events. `unnamed`: what the customer is called while their name is not known."""

    def __init__(self, controller: SessionController, conversation: Conversation, unnamed: Callable[[], str]) -> None:
        self._unnamed = unnamed
        self._controller = controller
        self._conversation = conversation
        self._hidden: set[int] = set()
        self._coming: list[Event] = []

    def in_order(self, events: Iterable[Event]) -> list[Event]:
        """Events of a log in the order in which they could be seen."""
        return sorted(events, key=self._seen_ms)

    def show_arrived(self, now: int | None) -> None:
        """Shows what is written by session time `now` (ms); None: all, for nobody writes any more."""
        arrived = [event for event in self._coming if now is None or self._seen_ms(event) <= now]
        self._coming = [event for event in self._coming if event not in arrived]
        for event in arrived:
            self._show(event, show_words=True)

    def add(self, event: Event, *, show_words: bool, now: int | None = None) -> None:
        """Adds the row of an event, if it has one; what a customer writes, when it is written (`show_arrived`).
        `show_words` concerns the customer's and colleagues' lines. `now`: session time (ms), later than the event
        where it is brought back from a log."""
        if self._seen_ms(event) > (event.at_ms if now is None else now):
            self._coming.append(event)
        else:
            self._show(event, show_words=show_words)

    def _seen_ms(self, event: Event) -> int:
        """When (session ms) an event is there to be seen."""
        written = event.contact and self._controller.scenario.of(event.contact).doc.written
        lasts = event.what.lasts_ms if isinstance(event.what, CustomerSpoke) and written else 0
        return event.at_ms + lasts

    def _show(self, event: Event, *, show_words: bool) -> None:
        doc = self._controller.scenario.of(event.contact).doc
        spoken = isinstance(event.what, CustomerSpoke | ColleagueSpoke)
        name = shown_name(doc, self._controller.contact) or self._unnamed()
        for entry in transcript([event], customer=name, channel=doc.channel):
            if spoken and not show_words:
                self._hidden.add(event.seq)
                self._conversation.add(entry, shown=_("(speaking…)"))
            else:
                self._conversation.add(entry)
        if isinstance(event.what, AgentSpoke) and not event.what.heard:
            self._conversation.note(_("Nobody heard this: your microphone is muted."))

    def forget(self) -> None:
        """Another conversation is shown: what was kept back belongs to the one before."""
        self._hidden.clear()
        self._coming.clear()

    def reveal(self) -> None:
        """Shows the words that were kept back so far."""
        for seq in self._hidden:
            bubble, what = self._conversation.bubble(seq), self._controller.events[seq].what
            if bubble is not None and isinstance(what, CustomerSpoke | ColleagueSpoke):
                bubble.say(what.text)
        self._hidden.clear()
