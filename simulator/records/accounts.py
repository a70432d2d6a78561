"""Who may do what: trainers and HR, each with a passphrase, and the rights of their roles.

A passphrase is never stored, nor any hash of it. It opens (scrypt, then an authenticated cipher) the account's own
Ed25519 key: whoever can open the key is the account, and signs with it. So signing in and signing are one mechanism,
and what a person reviewed is proved by that person's key, not by that of the desk.

No database here: `staff` keeps the accounts. The desk that has none separates no roles: everybody there may do all.
"""

import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from simulator.errors import TercerTimbreError
from simulator.records.signing import Signer
from simulator.session.envelope import canonical

LEAST_PASSPHRASE: Final = 10
"""Code points of the shortest passphrase."""
LONGEST_WAIT: Final = timedelta(minutes=15)

_SALT_BYTES: Final = 16
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class Role(StrEnum):
    """What an account is. Trainees have none: they are the profiles of the desk."""

    TRAINER = "trainer"
    HR = "hr"


class Right(StrEnum):
    """What an account may do beyond what every trainee may."""

    REVIEW = "review"  # override marks, comment, settle disputes, score anew
    CALIBRATE = "calibrate"
    OFFICE = "office"  # see submitted attempts and exams of everybody
    EXPORT = "export"
    IMPORT = "import"
    COHORTS = "cohorts"
    KEYS = "keys"  # vouch for desks
    SYNC = "sync"
    ERASE = "erase"  # a person's data, and how long data are kept
    ACCOUNTS = "accounts"


MAY: Final[Mapping[Role, frozenset[Right]]] = MappingProxyType(
    {
        Role.TRAINER: frozenset({Right.REVIEW, Right.CALIBRATE, Right.OFFICE, Right.EXPORT}),
        Role.HR: frozenset(
            {
                Right.OFFICE,
                Right.EXPORT,
                Right.IMPORT,
                Right.COHORTS,
                Right.KEYS,
                Right.SYNC,
                Right.ERASE,
                Right.ACCOUNTS,
            }
        ),
    }
)
"""The whole separation of roles: who judges does not erase, who erases does not judge."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who is signed in. `signer`: the account's own key, in memory only while it is signed in."""

    id: str
    name: str
    role: Role
    signer: Signer = field(repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """An account as everybody at the desk may see it. `fingerprint`: of its public key."""

    id: str
    name: str
    role: Role
    fingerprint: str
    created_at: datetime


def demand(reviewer: Reviewer, right: Right) -> None:
    """Refuse what the role may not do. Errors: right-hr, right-trainer (whose right it is)."""
    if right not in MAY[reviewer.role]:
        raise TercerTimbreError("right-trainer" if right in MAY[Role.TRAINER] else "right-hr")


class Cost(NamedTuple):
    """What one guess costs: scrypt's parameters. These are 128 MiB and a quarter of a second (OWASP's first choice)."""

    n: int = 2**17
    r: int = 8
    p: int = 1


class Locked(NamedTuple):
    """A secret key behind a passphrase. `kdf`: canonical JSON with scrypt's parameters and salt; `sealed`: nonce and
    ciphertext."""

    kdf: str
    sealed: bytes


def demand_passphrase(passphrase: str, name: str) -> None:
    """Refuse what is guessed first. Errors: account-passphrase-short, account-passphrase-name."""
    said = _normal(passphrase)
    if len(said) < LEAST_PASSPHRASE:
        raise TercerTimbreError("account-passphrase-short", least=LEAST_PASSPHRASE)
    if said.strip().casefold() == _normal(name).strip().casefold():
        raise TercerTimbreError("account-passphrase-name")


def lock(signer: Signer, account: str, name: str, role: Role, passphrase: str, cost: Cost) -> Locked:
    """Put a key behind a passphrase, bound to the account: a row whose role or name was changed opens no more."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    kdf = canonical({"kdf": "scrypt", **cost._asdict(), "salt": secrets.token_bytes(_SALT_BYTES).hex()})
    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = ChaCha20Poly1305(_key(passphrase, kdf))
    return Locked(kdf, nonce + cipher.encrypt(nonce, signer.secret, _bound(account, name, role, kdf)))


def unlock(locked: Locked, account: str, name: str, role: Role, passphrase: str) -> Signer | None:
    """The key, or None when the passphrase does not fit. Takes as long as `Cost` says."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce, sealed = locked.sealed[:_NONCE_BYTES], locked.sealed[_NONCE_BYTES:]
    cipher = ChaCha20Poly1305(_key(passphrase, locked.kdf))
    try:
        return Signer(cipher.decrypt(nonce, sealed, _bound(account, name, role, locked.kdf)))
    except InvalidTag:
        return None


def wait_after(failures: int) -> timedelta:
    """How long nobody may try again after so many wrong passphrases on end: 2 s, 4 s, 8 s … a quarter of an hour."""
    if failures == 0:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures, 20)), LONGEST_WAIT)


def _key(passphrase: str, kdf: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    said = json.loads(kdf)
    scrypt = Scrypt(salt=bytes.fromhex(said["salt"]), length=_KEY_BYTES, n=said["n"], r=said["r"], p=said["p"])
    return scrypt.derive(_normal(passphrase).encode("utf-8", "surrogatepass"))


def _bound(account: str, name: str, role: Role, kdf: str) -> bytes:
    return b"tercer-timbre account 1\n" + canonical([account, name, role.value, kdf]).encode()


def _normal(text: str) -> str:
    """The same for all keyboards: «ñ» is typed as one code point on some, as two on others."""
    return unicodedata.normalize("NFKC", text)
