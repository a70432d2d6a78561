"""What is said of files of results: why a line is not as it was signed, why an attempt was not taken in."""

from __future__ import annotations

from typing import Final

RESULTS: Final[dict[str, str]] = {
    "results-foreign": "This is no file of results of this program.",
    "results-newer": "A newer version of this program wrote this file of results. Install it to read the file.",
    "results-line": "This line cannot be read: it was damaged or cut off.",
    "results-truncated": "The file ends before its end: it was cut off.",
    "results-text": "The text of a scenario or of the protocol is missing, or is no longer the one of the attempt.",
    "results-event": "What happened here was altered: this event is not the one that the desk stored.",
    "results-gap": "Here an event is missing, or the order was changed.",
    "results-card": "The marks were altered: they are not the ones that the desk signed.",
    "results-seal": "The seal of the attempt does not fit: what stands above it, or the seal itself, was altered.",
    "results-statement": "What was signed here was altered, or does not follow from what stands above it.",
    "results-unsealed": "This attempt was never sealed, or its seal was cut off.",
    "results-practice": "This attempt is practice that its trainee did not submit. It is private.",
    "results-differs": "There is another attempt with the same identifier here already; it was left as it is.",
    "results-pseudonym": "Somebody else bears the pseudonym of this person here. Nothing was mixed.",
    "results-erased": "This attempt was erased at the wish of its trainee or of HR, and does not come back.",
    "results-stone": "What says here that an attempt was erased is not as it was signed.",
    "results-unvouched": (
        "A desk that nobody here vouched for says that this attempt was erased. Nothing was done: enrol its key first."
    ),
    "results-withdrawn": (
        "The desk that handed this attempt over says that it erased it. What was handed over it cannot take back: HR "
        "decides here, and erases the person's data if that is right."
    ),
}
