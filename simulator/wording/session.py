"""Why a session refused a command; why a log cannot be read."""

from __future__ import annotations

from typing import Final

SESSION: Final[dict[str, str]] = {
    "no-such-contact": "There is no such contact.",
    "not-started": "The exercise has not begun.",
    "already-started": "The exercise has already begun.",
    "attempt-over": "The exercise is over.",
    "paused": "The exercise is paused.",
    "exam-no-pause": "An exam cannot be paused: its time runs on.",
    "not-paused": "The exercise is not paused.",
    "act-not-now": "That cannot be done now.",
    "line-not-open": "Answer the phone first.",
    "line-busy": "There is still a call on your line.",
    "line-dead": "The call is over.",
    "no-such-field": "The record has no field «{field}».",
    "follow-up-incomplete": "A follow-up needs a day (1 to {days} days from now) and what will be done.",
    "nobody-at-counter": "Nobody has come up to the counter yet.",
    "customer-left": "The customer has left.",
    "nobody-there": "Nobody is on the line yet.",
    "customer-on-hold": "The customer is on hold and cannot hear you.",
    "no-such-area": "There is no area «{area}».",
    "chat-not-accepted": "Accept the chat first.",
    "chat-over": "The chat is over.",
    "chats-full": "You already have {limit} conversations open: close one first.",
    "visitor-on-hold": "The chat is on hold: come back to it first.",
    "thread-closed": "You closed this thread: nobody reads on.",
    "message-not-open": "Open the message first.",
    "message-closed": "The message is closed.",
    "no-such-class": "There is no class «{name}».",
    "no-such-advisor": "There is no advisor «{name}».",
    "no-such-body": "There is no body «{name}» to forward to.",
    "bad-date": "«{text}» is not a date (year-month-day).",
    "date-past": "A follow-up needs a day that is still to come; {text} is not.",
    "no-such-reason": "«{name}» is no reason to be away: break, activity or other.",
    "nothing-due": "There is nothing to wait for there now.",
    "nothing-said": "Write something first.",
    "too-long": "The message is longer than {limit} characters.",
    "event-unreadable": "A stored event cannot be read: {text}",
    "event-too-new": "The attempt was stored by a newer version of the program (version {version} of the log).",
}
