"""Understanding: diagnostics of patterns, concepts, rules and the catalogue, and the reasons of findings."""

from __future__ import annotations

from typing import Final

UNDERSTANDING: Final[dict[str, str]] = {
    "pattern-empty": "This pattern says nothing.",
    "pattern-character": "The sign «{character}» means nothing in a pattern.",
    "pattern-unclosed": "The parenthesis that opens here is not closed.",
    "pattern-unopened": "This «{mark}» closes a parenthesis that was not opened.",
    "pattern-slash": "«{mark}» separates choices, and there is no parenthesis around them.",
    "pattern-optional": "Everything in this pattern may be missing, so that it would match anything.",
    "pattern-plus": "«+» joins two required parts, and one of them is missing or optional.",
    "pattern-gap-place": "The gap «...» stands between two words; here one of them is missing.",
    "pattern-gap-size": "A gap may be of {most} words at most.",
    "pattern-nesting": "Parentheses may stand {most} deep at most.",
    "pattern-alternatives": "A parenthesis may hold {most} choices at most.",
    "pattern-too-long": "A pattern may have {most} parts at most.",
    "pattern-value": "«{value}» is no value of the situation.",
    "patterns-not-texts": "A list of texts is expected here.",
    "concept-unknown": "The concept «${concept}» does not exist.",
    "concept-cycle": "These concepts need each other in a circle: {circle}.",
    "concept-nesting": "«{concept}» is needed too deep: concepts may stand {most} deep inside one another.",
    "concept-duplicate": "The concept «{concept}» is defined already.",
    "concept-empty": "The concept «{concept}» has no pattern.",
    "concepts-not-mapping": "A file of concepts is written as «name: [patterns]».",
    "language-not-mapping": "This file is written as «key: value» lines.",
    "verbs-change": "«{change}» is no class of verbs.",
    "verbs-infinitive": "«{verb}» is no infinitive.",
    "rules-not-mapping": "A file of rules is written as «checkpoint: {{…}}».",
    "rule-not-mapping": "The rule of «{id}» is written as «key: value» lines.",
    "rule-unknown-checkpoint": "There is no checkpoint «{id}» in the catalogue.",
    "rule-duplicate": "The checkpoint «{id}» has a rule already, in another file.",
    "rule-key": "«{key}» is no key of a rule.",
    "rule-empty": "«{key}» has no pattern.",
    "rule-decides-nothing": (
        "The rule of «{id}» decides nothing: it has neither patterns to be met, nor «forbid», nor a detector."
    ),
    "rule-unless-alone": "«unless» makes exceptions to «forbid», and the rule of «{id}» has no «forbid».",
    "rule-met-all": "«met_all» is written as «element: [patterns]».",
    "rule-at-least": "«at_least» is written as «count: number» (1 to 20) and «of: [patterns]».",
    "rule-detector": "There is no detector «{detector}».",
    "rule-choice": "«{key}» can only be one of: {choices}.",
    "rule-text": "A text is expected here.",
    "rule-examples": (
        "The rule of «{id}» has no example that is «{verdict}». Examples prove a rule: give some of both kinds."
    ),
    "rule-examples-shape": (
        "Examples are lists of replies under «met» and «missed»; a reply is a text or «reply: …» with values "
        "of the situation."
    ),
    "example-value": "«{key}» is no value of the situation, or it cannot have this one.",
    "example-missed": "This example should meet «{id}», and its rule says «{verdict}» ({rule}).",
    "example-met": "This example should not meet «{id}», and its rule says «{verdict}» ({rule}).",
    "example-model": "The model of «{id}» does not meet its own rule, which says «{verdict}» ({rule}).",
    "sample-value": "«{key}» is no value of the situation, or it cannot have this one.",
    "checkpoints-not-list": "The catalogue is a list of checkpoints.",
    "checkpoint-not-mapping": "A checkpoint is written as «key: value» lines.",
    "checkpoint-duplicate": "The checkpoint «{id}» stands in the catalogue already.",
    "checkpoint-key": "«{value}» is no key of a checkpoint. The keys are: {choices}.",
    "checkpoint-text": "A text is missing: «{key}».",
    "weights-unreadable": "The weights cannot be read ({why}); the rules mark alone.",
    "checkpoint-value": "«{value}» is not possible here. Choose from: {choices}.",
}
"""What is wrong in language data, rules and catalogue; each code has a page in `docs/diagnostics`."""

FINDINGS: Final[dict[str, str]] = {
    "reply-said": "You said it: «{quote}».",
    "reply-absent": "It was not said.",
    "reply-missing": "Part of it was said; still missing: {missing}.",
    "reply-order": "All of it was said, but in another order.",
    "reply-denied": "The words are there, but denied: «{quote}».",
    "reply-vetoed": "«{quote}» does not count here: it says «{veto}».",
    "reply-forbidden": "This should not be said: «{quote}».",
    "reply-no-breach": "Nothing was said against it.",
    "reply-near": "Almost: «{quote}» comes close to «{missing}». A person will decide.",
    "reply-doubtful": "«{quote}» can be read in two ways. A person will decide.",
    "reply-no-occasion": "There was no occasion for it.",
    "reply-exempt": "It does not apply: «{quote}».",
    "reply-empty": "Nothing was said.",
    "reply-greeting-right": "«{quote}» is the greeting for {clock}.",
    "reply-greeting-wrong": "«{quote}» is not the greeting for {clock}.",
    "reply-greeting-absent": "There was no greeting of the time of day.",
    "reply-treatment": "«{quote}» addresses the other person as {treatment}; here it is {wanted}.",
    "reply-treatment-kept": "You kept to {wanted}.",
    "reply-no-address": "Nobody was addressed.",
    "reply-long-sentences": "The sentences have {average} words on average; at most {most}.",
    "reply-plain": "The sentences have {most} words or fewer on average.",
    "reply-too-long": "It has {words} words; at most {limit}.",
    "reply-too-short": "«{quote}» alone does not answer a question that asks for an explanation.",
    "reply-concise": "It is brief: {words} words.",
    "reply-shouting": "«{quote}» in capitals reads as shouting.",
    "reply-weighed": "Taken together, the words say it: «{quote}».",
    "reply-weighed-fine": "Taken together, nothing was said against it.",
    "reply-weighed-breach": "This should not be said: «{quote}».",
    "reply-weighed-unclear": "Almost: it is not certain whether this says it. A person will decide.",
    "reply-outweighed": "«{quote}» alone is not enough here: «{against}» speaks against it.",
    "reply-misspelled": "Not written like that: {words}.",
    "reply-spelled": "Every word is well written.",
}
"""Why a rule decided as it did: `simulator.protocol.understanding.Finding.reason`."""
