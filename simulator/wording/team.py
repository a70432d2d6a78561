"""What is said when results cannot be exchanged with the team: its database, its LRS, their addresses and passwords."""

from __future__ import annotations

from typing import Final

TEAM: Final[dict[str, str]] = {
    # Addresses and passwords
    "target-address": (
        "That is no address of a team. A PostgreSQL database is written postgresql://user@server/database, an LRS "
        "https://user@server/xAPI; the password is asked for and kept apart."
    ),
    "target-insecure": (
        "That LRS would get your password and results unprotected: its address must begin with https, unless it is on "
        "this computer."
    ),
    "target-none": (
        "No team is set, so there is nowhere to send results. Set one with: python main.py sync --keep --to "
        "postgresql://user@server/database, or under Settings, Team."
    ),
    "team-password-locked": (
        "The system's keyring, which keeps the password of the team, was not opened ({detail}). Unlock it and try "
        "again; what waits to be sent is kept."
    ),
    "team-password-unreadable": (
        "The passwords of the team cannot be read from {path}: {detail}. Delete that file and set the team anew."
    ),
    "team-errand": (
        "The exchange with the team broke off: {detail}. Nothing was lost; what waits to be sent is kept. Try again, or "
        "see what python main.py doctor says."
    ),
    "team-staffed": (
        "On this desk HR decides where results are sent: python main.py sync --keep --to ADDRESS --as NAME, or --forget."
    ),
    # The database
    "team-unreachable": (
        "The team's database {team} cannot be reached: {detail}. What waits to be sent is kept; it is sent as soon as "
        "it can be."
    ),
    "team-login": "The team's database {team} does not let this user in: {detail}. Set the team anew with its password.",
    "team-rights": (
        "The team's database {team} does not allow this: {detail}. Ask who runs it for the rights that "
        "docs/commands.md lists under «sync»."
    ),
    "team-busy": "Others are writing to the team's database {team} at the moment ({detail}). Try again in a minute.",
    "team-full": "There is no space left on the server of the team's database {team}. What waits to be sent is kept.",
    "team-refuses": "The team's database cannot hold this attempt: a text in it has a character that it does not know.",
    "team-erasure": (
        "This desk may not erase in the team's database. What was erased here goes there when a desk that may has the "
        "same tombstone: import a results file of this desk there."
    ),
    "team-failed": "The team's database {team} cannot be used: {detail}.",
    "team-empty": "Nobody has sent anything to the team's database {team} yet. Begin with: python main.py sync",
    "team-older": (
        "The tables of the team's database {team} are of an older version of this program. The next sync of a user who "
        "may change them brings them up to date."
    ),
    "team-newer": (
        "The team's database {team} was made by a newer version of this program (version {found}; this one knows up to "
        "{known}). Install the newer version; nothing was changed."
    ),
    "team-foreign": "The database {team} belongs to another program. Nothing was changed; choose another database.",
    "team-encoding": (
        "The team's database {team} keeps texts as {encoding}, in which not every name and sentence can be written. "
        "Make one with the encoding UTF8."
    ),
    # The learning record store
    "lrs-unreachable": (
        "The LRS {lrs} cannot be reached: {detail}. What waits to be sent is kept; it is sent as soon as it can be."
    ),
    "lrs-login": "The LRS {lrs} does not let this user in. Set it anew with its password.",
    "lrs-certificate": "The LRS {lrs} could not prove that it is who it says: {detail}. Nothing was sent.",
    "lrs-failed": "The LRS {lrs} does not answer as an LRS does: {detail}. Check its address.",
    "lrs-refuses": "The LRS does not take the statements about this attempt.",
    "lrs-differs": "The LRS has other statements under the identifiers of this attempt; they were left as they are.",
}
