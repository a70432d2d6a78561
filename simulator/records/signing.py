"""Ed25519 signatures over statements, and the fingerprints by which people tell keys apart.

`cryptography` does the mathematics; it is imported late, because most starts of the program sign nothing.
"""

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_CONTEXT = b"tercer-timbre statement 1\n"
"""A signature made here fits nothing else that the same key might ever sign."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key: who holds it can speak for the desk. `secret`: its 32 bytes."""

    secret: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self._key().public_key().public_bytes_raw()

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the public key."""
        return fingerprint(self.public)

    def sign(self, statement: str) -> bytes:
        """The signature (64 bytes) over a statement."""
        return self._key().sign(_CONTEXT + statement.encode())

    def _key(self) -> "Ed25519PrivateKey":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.secret)


def new_signer() -> Signer:
    """A fresh key from the system's source of chance."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Signer(Ed25519PrivateKey.generate().private_bytes_raw())


def fingerprint(public: bytes) -> str:
    """SHA-256 of a public key, in hex: what two people compare to know that a key is the one they mean."""
    return hashlib.sha256(public).hexdigest()


def shown(fingerprint: str) -> str:
    """The first half of a fingerprint in groups of four, to be read aloud or compared on paper (128 bits)."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, 32, 4))


def fits(public: bytes, statement: str, signature: bytes) -> bool:
    """Whether the holder of that public key signed exactly this statement."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _CONTEXT + statement.encode())
    except (InvalidSignature, ValueError):  # ValueError: these 32 bytes are no key
        return False
    return True
