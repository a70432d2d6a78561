"""The keyring of the operating system, where there is one: what may not lie in a file is kept there.

`keyring` is imported late, because most starts of the program need no secret.
"""

from contextlib import suppress
from typing import Final

from simulator.errors import TercerTimbreError

_SERVICE: Final = "tercer-timbre"


def recalled(name: str) -> str | None:
    """The secret kept under that name, None when there is none.

    Errors: desk-key-locked (the keyring is there but was not opened).
    """
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_SERVICE, name)
    except KeyringError as error:
        raise TercerTimbreError("desk-key-locked", detail=str(error)) from error


def remembered(name: str, secret: str) -> bool:
    """Whether there is a keyring, which then holds the secret under that name."""
    import keyring
    from keyring.errors import KeyringError

    if keyring.get_keyring().priority <= 0:  # the backends that refuse or forget everything
        return False
    try:
        keyring.set_password(_SERVICE, name, secret)
        return keyring.get_password(_SERVICE, name) == secret
    except KeyringError:
        return False  # a locked or read-only keyring: a file does, as on a system without one


def forgotten(name: str) -> None:
    """Take the secret of that name out of the keyring, if it is there and can be."""
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError):  # not there, or locked: then it is left to its owner
        keyring.delete_password(_SERVICE, name)
