"""What was said, written down as it happens; with captions off, the others' words are kept for the debrief."""

from simulator.session.envelope import Event
from simulator.session.events import AgentSpoke, ColleagueSpoke, CustomerSpoke
from simulator.session.transcript import transcript
from simulator.ui.desk.addressee import knows_name
from simulator.ui.desk.bubbles import Conversation
from simulator.ui.session_controller import SessionController
from simulator.wording import _


class Captions:
    """Fills a conversation from events."""

    def __init__(self, controller: SessionController, conversation: Conversation) -> None:
        self._controller = controller
        self._conversation = conversation
        self._hidden: set[int] = set()
        self._coming: set[int] = set()
        """Lines that are still being written."""

    def add(self, event: Event, *, show_words: bool) -> None:
        """Adds the row of an event, if it has one. `show_words` concerns the customer's and colleagues' lines."""
        doc = self._controller.scenario.of(event.contact).doc
        known = knows_name(doc, self._controller.contact)
        spoken = isinstance(event.what, CustomerSpoke | ColleagueSpoke)
        name = doc.customer.name if known else _("Customer")
        coming = doc.written and self._is_coming(event)
        for entry in transcript([event], customer=name, channel=doc.channel):
            if coming:
                self._coming.add(event.seq)
                self._conversation.add(entry, shown=_("(writing…)"))
            elif spoken and not show_words:
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
        self._say(set(self._hidden))

    def show_written(self, now: int) -> None:
        """Shows the lines that are written by session time `now` (ms)."""
        contact = self._controller.contact
        spoken = None if contact is None else contact.customer.spoken
        writing = {spoken.seq} if spoken is not None and now < spoken.until_ms else set()
        self._say(self._coming - writing)

    def _is_coming(self, event: Event) -> bool:
        contact = self._controller.contact
        spoken = None if contact is None else contact.customer.spoken
        return spoken is not None and spoken.seq == event.seq and self._controller.state.at_ms < spoken.until_ms

    def _say(self, kept: set[int]) -> None:
        for seq in kept:
            bubble, what = self._conversation.bubble(seq), self._controller.events[seq].what
            if bubble is not None and isinstance(what, CustomerSpoke | ColleagueSpoke):
                bubble.say(what.text)
        self._hidden -= kept
        self._coming -= kept
