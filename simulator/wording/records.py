"""What the program says when the store of attempts fails: the codes that `simulator.records` raises."""

from __future__ import annotations

from typing import Final

RECORDS: Final[dict[str, str]] = {
    # The file
    "store-locked": (
        "Another program is using the database {path} and did not let go in time. Close other windows of this program "
        "or a running backup, and try again."
    ),
    "store-read-only": (
        "The database {path} cannot be written: its folder or the file is read-only. "
        "Ask for write permission on that folder, or choose another one."
    ),
    "store-full": (
        "There is no space left on the disk for {path}. Nothing stored was lost; free some space and try again."
    ),
    "store-corrupt": (
        "The database {path} is damaged ({detail}). It has not been touched: you can set it aside, whole, and go on "
        "with a new one, or put a backup in its place."
    ),
    "store-newer": (
        "The database {path} was written by a newer version of this program (format {found}; this one knows up to "
        "{known}). Install the newer version; the file has not been touched."
    ),
    "store-foreign": (
        "The file {path} is the database of another program. It has not been touched; choose another folder."
    ),
    "store-unreadable": (
        "The database {path} cannot be used: {detail}. Check that the folder exists and that the disk is well."
    ),
    "backup-none": "There is no backup at {path}.",
    "backup-onto-itself": "A backup of {path} needs another name or folder than the database itself.",
    # Attempts
    "attempt-unknown": "There is no attempt {attempt}: it may have been deleted.",
    "attempt-exists": "There is an attempt {attempt} already.",
    "attempt-closed": "The attempt {attempt} has ended: nothing can be added to it. Retry it from any moment instead.",
    "fork-moment": "The attempt {attempt} has no moment {seq} to retry from.",
    "events-stored": (
        "The moment {seq} of this attempt is stored already: the attempt is open in another window. "
        "Close that window, or go on there."
    ),
    "events-gap": "The moment {seq} of this attempt came before the moment {expected}: nothing was stored.",
    "events-broken": "The log of the attempt {attempt} lacks the moment {seq}: the database was changed from outside.",
    "attempt-exam": "Tries at an exam are counted: the attempt {attempt} cannot be deleted by who sat it.",
    "exam-unknown": "There is no exam «{exam}» in the library, or its file has mistakes.",
    "exam-no-tries": "You have used all {tries} tries at this exam.",
    "exam-under-way": "You are sitting this exam already: go on with it under «My attempts».",
    "exam-try-taken": "Try {number} at this exam has begun in another window. Go on there.",
    # People
    "profile-unknown": "There is no profile {profile}: it may have been deleted.",
    "profile-exists": "There is a profile {profile} already.",
    "profile-name-empty": "Write the name.",
    "profile-name-long": "The name is too long: {limit} characters at most.",
    "profile-name-character": "Character {position} of the name cannot be shown. Delete it.",
    # Cohorts
    "cohort-unknown": "There is no cohort {cohort}: it may have been deleted.",
    "cohort-exists": "There is a cohort «{name}» already.",
    # Recordings
    "recording-failed": (
        "The recording could not be stored: {detail}. The call goes on without it; free some space, or check that "
        "{path} can be written."
    ),
    "recording-damaged": "The recording {path} cannot be read: {detail}.",
    "recording-not-deleted": "The recording {path} could not be deleted: {detail}. Close other programs that play it.",
    "recording-attempt": "There are no recordings under the name {attempt}.",
    "attempt-open": "The attempt {attempt} is still going on: end it first.",
    "attempt-fork": (
        "This attempt was retried from a moment of another one. Such attempts are for learning and cannot be submitted."
    ),
    "attempt-unmarked": "This attempt has no marks, so there is nothing to submit.",
    "certificate-none": "Among the submitted attempts and exams that fit there is none that was passed.",
    # Reviews
    "review-private": "This attempt is practice that its trainee did not submit. It is private.",
    "review-own-desk": (
        "This attempt was made at the desk whose key you would sign with. A desk does not review itself: sign in with "
        "a key of your own."
    ),
    "review-empty": "Write why: a decision without a reason helps nobody.",
    "review-long": "That is too long: {limit} characters at most.",
    "mark-unknown": "The attempt {attempt} has no mark number {place}.",
    "moment-unknown": "The attempt {attempt} has no moment {seq}.",
    "dispute-again": "You disagreed with this verdict already. Each verdict can be disputed once.",
    "dispute-late": "A verdict can be disputed within {days} days of submitting; that time is over.",
    "rescore-unreadable": (
        "The scenario «{title}» of the attempt {attempt} was written for an earlier version: this program cannot mark "
        "it anew. Its result stays as it is."
    ),
    "label-wordless": "Acts or times decided this verdict, not words: there is no reply to keep.",
    "dispute-none": "Nobody disputes this verdict of the attempt {attempt}.",
    "dispute-settled": "This dispute was settled already. You can still override the verdict.",
    # Keys
    "desk-key-locked": (
        "The system's keyring, which keeps the key of this desk, was not opened ({detail}). Unlock it and try again; "
        "your attempts are kept."
    ),
    "desk-key-unreadable": (
        "The key of this desk cannot be read from {path}: {detail}. Your attempts are kept. Put a backup of that file "
        "in its place, or delete it: the desk then gets a new key, which has to be enrolled anew."
    ),
    "key-unknown": "No result here was signed with the key {fingerprint}. Import results of that desk first.",
    "person-unknown": "There is nobody called {name} here, by pseudonym or name.",
    "person-ambiguous": "Several people are called {name}. Say which one by the pseudonym: {pseudonyms}.",
    "attempt-published": (
        "This attempt was submitted: it is no longer its trainee's alone. HR can delete it with all data of the person."
    ),
    # Accounts
    "account-unknown": "There is no account {name} at this desk.",
    "account-exists": "There is an account {name} already.",
    "account-first-hr": "The first account of a desk is one of HR, which then adds the others.",
    "account-last-hr": "This is the last account of HR: without it nobody could add or remove accounts. Add another first.",
    "account-passphrase": "That is not the passphrase. The next try is possible in {seconds} s.",
    "account-wait": "Too soon after a wrong passphrase: wait {seconds} s more.",
    "account-passphrase-short": "The passphrase is too short: {least} characters or more. Four words are easy to remember.",
    "account-passphrase-name": "The name cannot be the passphrase: it is the first that anybody would try.",
    "right-signed-out": "This desk has accounts: sign in with one that may do this.",
    "right-hr": "Only HR may do this.",
    "right-trainer": "Only a trainer may do this.",
    # Texts
    "text-unknown": "The text {sha256} of this attempt is not in the database.",
    "text-broken": "The text {sha256} is damaged in the database. Put a backup in its place.",
    "not-unicode": "Character {position} of the text is half a character. Delete it and write it again.",
}
