"""Published results as statements in an xAPI learning record store (LRS).

A statement's id is made from what it says (`xapi`), so that sending it again changes nothing there: a run that was
killed before it noted what had arrived sends it once more. A store that calls that a conflict is asked for the
statement, and what it holds is compared.
"""

import ssl
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit, urlunsplit

from simulator.errors import TercerTimbreError
from simulator.records.exchange import REFUSED, Taken
from simulator.records.results_file import Finding
from simulator.records.store import Store
from simulator.records.table import Filter, Published
from simulator.records.team.report import Report
from simulator.records.team.targets import Target
from simulator.records.xapi import xapi_statements

if TYPE_CHECKING:
    import requests

REFUSES: Final = "lrs-refuses"
DIFFERS: Final = "lrs-differs"

_AT_ONCE: Final = 10
"""Attempts in one request: some hundred statements."""
_PATIENCE: Final = (10, 60)
"""Seconds until there is a connection, and until the store says something."""
_VERSION: Final = "1.0.3"
_CONFLICT: Final = 409
_LOGIN: Final = frozenset({401, 403})
_LATER: Final = frozenset({408, 425, 429})

Statement = Mapping[str, Any]


def sync_lrs(store: Store, target: Target) -> Report:
    """Send the statements of this desk's published attempts that the store is not known to have.

    Errors: lrs-unreachable, lrs-login, lrs-certificate, lrs-failed. What was sent until then stays sent.
    """
    waiting = set(store.waiting(target.address))
    chosen = [attempt for attempt in store.results_table(Filter()) if attempt.id in waiting]
    sent, refused = 0, []
    with Lrs(target) as lrs:
        for first in range(0, len(chosen), _AT_ONCE):
            some = chosen[first : first + _AT_ONCE]
            signed = {id: len(signatures) for id, signatures in store.signatures([one.id for one in some]).items()}
            found = lrs.take(_by_attempt(store, some))
            refused += [Taken(id, REFUSED, (Finding(0, code),)) for id, code in found.items()]
            store.arrived(target.address, {id: number for id, number in signed.items() if id not in found})
            sent += len(some) - len(found)
    return Report(target.address, sent, 0, 0, tuple(refused))


def _by_attempt(store: Store, chosen: Sequence[Published]) -> dict[str, list[Statement]]:
    return {attempt.id: list(xapi_statements(store.mark_rows([attempt]))) for attempt in chosen}


class Lrs:
    """A connection to a store."""

    def __init__(self, target: Target) -> None:
        self._address = target.address
        self._url = _statements_url(target)
        self._session = _session(target)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def demand_there(self) -> None:
        """Ask for a statement, to see whether the store answers. Errors: lrs-…"""
        self._asked("GET", params={"limit": "1"})

    def take(self, attempts: Mapping[str, Sequence[Statement]]) -> dict[str, str]:
        """Send the statements of these attempts; gives those that the store refused, with the code of the reason."""
        every = [statement for statements in attempts.values() for statement in statements]
        if not every or self._posted(every) is None:
            return {}
        refused = {}
        for attempt, statements in attempts.items():  # a request is taken whole or not at all
            reasons = [reason for reason in map(self._one, statements) if reason is not None]
            if reasons:
                refused[attempt] = reasons[0]
        return refused

    def _one(self, statement: Statement) -> str | None:
        status = self._posted([statement])
        if status is None:
            return None
        if status != _CONFLICT:
            return REFUSES
        there = self._asked("GET", params={"statementId": str(statement["id"])}).json()
        held = there["statements"][0] if "statements" in there else there
        return None if says(held, statement) else DIFFERS

    def _posted(self, statements: Sequence[Statement]) -> int | None:
        """None when the store has them now, else the status of its refusal."""
        answer = self._asked("POST", json=list(statements), allowed=range(400, 500))
        return answer.status_code if answer.status_code >= 400 else None

    def _asked(self, method: str, *, allowed: Iterable[int] = (), **what: Any) -> "requests.Response":
        import requests

        try:
            # A redirect is refused: the password is for this address alone.
            answer = self._session.request(method, self._url, timeout=_PATIENCE, allow_redirects=False, **what)
        except requests.exceptions.SSLError as error:
            raise TercerTimbreError("lrs-certificate", lrs=self._address, detail=str(error)) from error
        except requests.exceptions.RequestException as error:
            raise TercerTimbreError("lrs-unreachable", lrs=self._address, detail=str(error)) from error
        status = answer.status_code
        if status in _LOGIN:
            raise TercerTimbreError("lrs-login", lrs=self._address)
        if status in _LATER or status >= 500:
            raise TercerTimbreError("lrs-unreachable", lrs=self._address, detail=f"{status} {answer.reason}")
        if status >= 300 and status not in allowed:
            raise TercerTimbreError("lrs-failed", lrs=self._address, detail=f"{status} {answer.reason}")
        return answer


def says(held: object, sent: object) -> bool:
    """Whether a store's statement says what was sent; it may say more (who sent it, when it was stored)."""
    match sent, held:
        case Mapping(), Mapping():
            return all(
                key in held and (_moment(held[key]) == _moment(value) if key == "timestamp" else says(held[key], value))
                for key, value in sent.items()
            )
        case list(), list():
            return len(held) == len(sent) and all(says(one, other) for one, other in zip(held, sent, strict=True))
        case _:
            return held == sent


def _moment(text: object) -> object:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return text


def _statements_url(target: Target) -> str:
    parts = urlsplit(target.address)
    place = parts.netloc.rpartition("@")[2]
    path = parts.path if parts.path.endswith("/statements") else f"{parts.path}/statements"
    return urlunsplit((parts.scheme, place, path, parts.query, ""))


def _session(target: Target) -> "requests.Session":
    import requests
    from requests.adapters import HTTPAdapter

    class Verifying(HTTPAdapter):
        """Trusts what the operating system trusts, a company's own authority too; `requests` adds its own list."""

        def init_poolmanager(self, *args: Any, **options: Any) -> None:
            super().init_poolmanager(*args, ssl_context=ssl.create_default_context(), **options)

    session = requests.Session()
    session.mount("https://", Verifying())
    session.auth = (target.user, target.password or "")
    session.headers["X-Experience-API-Version"] = _VERSION
    return session
