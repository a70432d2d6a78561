"""Where `sync` sends results: the address of the team's database or of its LRS, and the password, kept apart from it.

An address is shown, stored and logged; a password never is. It comes from the environment, or from the keyring of the
operating system, or, where there is none, from a file that its owner alone can read.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from simulator.errors import TercerTimbreError
from simulator.records.vault import forgotten, recalled, remembered
from simulator.records.whole_file import write_whole
from simulator.settings import Settings

Kind = Literal["database", "lrs"]

ADDRESS_VARIABLES: Final[Mapping[Kind, str]] = {"database": "TERCER_TIMBRE_TEAM", "lrs": "TERCER_TIMBRE_LRS"}
PASSWORD_VARIABLES: Final[Mapping[Kind, str]] = {
    "database": "TERCER_TIMBRE_TEAM_PASSWORD",
    "lrs": "TERCER_TIMBRE_LRS_PASSWORD",
}
PASSWORDS: Final = "team-passwords.json"
"""In the folder of the settings, where there is no keyring: address → password."""

_KINDS: Final[Mapping[str, Kind]] = {"postgresql": "database", "postgres": "database", "https": "lrs", "http": "lrs"}
_NEAR: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Target:
    """Where results are sent. `address` names it, user included, and holds no secret."""

    kind: Kind
    address: str
    password: str | None = field(default=None, repr=False)

    @property
    def user(self) -> str:
        """The user of the address, "" without one."""
        return unquote(urlsplit(self.address).username or "")


def target_of(text: str) -> Target:
    """The target that an address means: `postgresql://user@host/database`, or `https://user@host/xAPI` of an LRS.

    Errors: target-address; target-insecure for an LRS without TLS on another computer.
    """
    try:
        parts = urlsplit(text.strip())
        kind, host, password, _port = _KINDS.get(parts.scheme), parts.hostname, parts.password, parts.port
    except ValueError:  # brackets without an address in them, a port that is no number
        kind = host = password = None
    if kind is None or not (host or kind == "database") or (kind == "database" and not parts.path.strip("/")):
        raise TercerTimbreError("target-address")
    if parts.scheme == "http" and host not in _NEAR:
        raise TercerTimbreError("target-insecure")
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    asked = query.pop("password", None)
    secret = unquote(password) if password is not None else asked
    return Target(kind, _address(parts, query), secret)


def chosen_targets(settings: Settings, folder: Path, environment: Mapping[str, str]) -> list[Target]:
    """The targets of this desk with their passwords: from the environment, else the settings; the database first.

    Errors: target-…, team-password-locked, team-password-unreadable.
    """
    found = []
    kept: Mapping[Kind, str | None] = {"database": settings.team, "lrs": settings.lrs}
    for kind, variable in ADDRESS_VARIABLES.items():
        address = environment.get(variable) or kept[kind]
        if address:
            target = target_of(address)
            if target.kind != kind:
                raise TercerTimbreError("target-address")
            found.append(with_password(target, folder, environment))
    return found


def with_password(target: Target, folder: Path, environment: Mapping[str, str]) -> Target:
    """The same target with the password that is known for it, if one is; that of its own address comes first.

    Errors: team-password-locked, team-password-unreadable.
    """
    secret = target.password or environment.get(PASSWORD_VARIABLES[target.kind])
    if secret is None:
        secret = _stored(folder).get(target.address) or _from_keyring(target.address)
    return Target(target.kind, target.address, secret)


def keep_password(target: Target, folder: Path) -> bool:
    """Keep the password of a target; whether the system's keyring has it (else the file beside the settings).

    Errors: team-password-unreadable.
    """
    if target.password is None:
        raise ValueError("no password to be kept")
    in_keyring = remembered(target.address, target.password)
    _store(folder, target.address, None if in_keyring else target.password)
    return in_keyring


def forget_password(target: Target, folder: Path) -> None:
    """Keep the password of a target no longer. Errors: team-password-unreadable."""
    forgotten(target.address)
    _store(folder, target.address, None)


def _address(parts: SplitResult, query: Mapping[str, str]) -> str:
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    user = f"{quote(unquote(parts.username), safe='')}@" if parts.username else ""
    place = f"{user}{host}" if parts.port is None else f"{user}{host}:{parts.port}"
    scheme = "postgresql" if parts.scheme == "postgres" else parts.scheme
    return urlunsplit((scheme, place, parts.path.rstrip("/"), urlencode(query), ""))


def _from_keyring(address: str) -> str | None:
    try:
        return recalled(address)
    except TercerTimbreError as error:
        raise TercerTimbreError("team-password-locked", detail=str(error.args_["detail"])) from error


def _store(folder: Path, address: str, secret: str | None) -> None:
    stored = _stored(folder)
    others = {one: kept for one, kept in stored.items() if one != address}
    wanted = others if secret is None else {**others, address: secret}
    if wanted != stored:
        try:
            write_whole(folder / PASSWORDS, json.dumps(wanted, indent=2).encode())  # readable by its owner alone
        except OSError as error:
            raise _unreadable(folder, error) from error


def _stored(folder: Path) -> dict[str, str]:
    try:
        kept = json.loads((folder / PASSWORDS).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise _unreadable(folder, error) from error
    if not isinstance(kept, dict):
        raise _unreadable(folder, ValueError("no object"))
    return {address: secret for address, secret in kept.items() if isinstance(secret, str)}


def _unreadable(folder: Path, error: Exception) -> TercerTimbreError:
    return TercerTimbreError("team-password-unreadable", path=str(folder / PASSWORDS), detail=str(error))
