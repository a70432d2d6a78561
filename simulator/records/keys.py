"""The key with which this desk signs: in the keyring of the operating system where there is one, else in a file.

`desk-key.json` beside the database says which. A desk whose secret is gone (a new computer, an emptied keyring) gets a
new key; what the old one signed goes on being verified by its public half, which the store keeps.
"""

import json
from pathlib import Path
from typing import Final

from simulator.errors import TercerTimbreError
from simulator.records.signing import Signer, new_signer
from simulator.records.vault import recalled, remembered
from simulator.records.whole_file import write_whole

FILE: Final = "desk-key.json"
KEY_FAULTS: Final = ("desk-key-locked", "desk-key-unreadable")


def desk_signer(folder: Path) -> Signer:
    """The desk's key, made on first use.

    Errors: desk-key-locked (the keyring is there but was not opened), desk-key-unreadable (the file or its folder).
    """
    path = folder / FILE
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
        signer = None if kept is None else _recalled(kept)
        return signer if signer is not None else _made(path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TercerTimbreError("desk-key-unreadable", path=str(path), detail=str(error)) from error


def _recalled(kept: dict[str, str]) -> Signer | None:
    """The key that the file speaks of; None when its secret is gone."""
    secret = kept["secret"] if "secret" in kept else recalled(kept["fingerprint"])
    signer = None if secret is None else Signer(bytes.fromhex(secret))
    if signer is not None and signer.fingerprint != kept["fingerprint"]:
        raise ValueError("the secret is not that of the fingerprint")
    return signer


def _made(path: Path) -> Signer:
    signer = new_signer()
    kept = {"fingerprint": signer.fingerprint}
    if not remembered(signer.fingerprint, signer.secret.hex()):
        kept["secret"] = signer.secret.hex()
    write_whole(path, json.dumps(kept, indent=2).encode())  # readable by its owner alone, as all that is written so
    return signer
