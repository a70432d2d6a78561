"""`chat:` of a scenario: how long visitors wait, how many at once, which canned replies lie ready."""

from typing import Annotated

from pydantic import Field

from simulator.scenario.values import Model, Seconds, Text

MOST_AT_ONCE = 3
"""Conversations that an agent can hold at the same time (PROTOCOL.md, chat)."""


class CannedReply(Model):
    """A text that the agent may put into the reply field, to be mended there. `text` may name `_agent`, `_company` and
    `_customer`."""

    title: Text
    text: Text


class Chat(Model):
    """Seconds that a visitor waits: in the queue (`queue_patience`), for an answer (`patience`), on hold
    (`hold_patience`). `at_once`: conversations that the agent holds at the same time, `canned`: their quick replies;
    both are the whole attempt's."""

    at_once: Annotated[int, Field(ge=1, le=MOST_AT_ONCE)] = MOST_AT_ONCE
    queue_patience: Seconds = 90
    patience: Seconds = 120
    hold_patience: Seconds = 180
    canned: tuple[CannedReply, ...] = ()

    def patched(self, own: "Chat") -> "Chat":
        """With what a further contact writes itself instead."""
        return self.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})
