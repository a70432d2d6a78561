"""The statements about profiles and about texts kept by hash. Each runs inside a transaction that its caller holds."""

import hashlib
import unicodedata
import zlib
from typing import Any, Final

from sqlalchemy import Connection, Select, insert, select, update

from simulator.errors import TercerTimbreError
from simulator.records.attempts import to_bytes
from simulator.records.schema import guests, profiles, texts
from simulator.records.values import NewProfile, Profile, TextKind, read_moment, write_moment

NAME_LIMIT: Final = 120  # code points: a screen and an export must hold it


def demand_name(name: str) -> None:
    """Refuse a name that nobody could read: blank, too long, with control characters or broken surrogates."""
    if not name.strip():
        raise TercerTimbreError("profile-name-empty")
    if len(name) > NAME_LIMIT:
        raise TercerTimbreError("profile-name-long", limit=NAME_LIMIT)
    for position, character in enumerate(name):
        if unicodedata.category(character) in ("Cc", "Cs"):
            raise TercerTimbreError("profile-name-character", position=position + 1)


def all_profiles(connection: Connection, *, archived: bool) -> list[Profile]:
    """The profiles in use here, or the archived ones, in the order in which they were made."""
    own = profiles.c.id.not_in(select(guests.c.profile))
    return _read(connection, select(profiles).where(profiles.c.archived == archived, own))


def everybody(connection: Connection) -> list[Profile]:
    """All profiles, archived ones and those of other desks too, in the order in which they were made."""
    return _read(connection, select(profiles))


def _read(connection: Connection, query: Select[Any]) -> list[Profile]:
    rows = connection.execute(query.order_by(profiles.c.created_at, profiles.c.id)).mappings()
    return [
        Profile(
            id=row["id"],
            name=row["name"],
            pseudonym=row["pseudonym"],
            created_at=read_moment(row["created_at"]),
            archived=row["archived"],
        )
        for row in rows
    ]


def add(connection: Connection, new: NewProfile) -> None:
    """Insert a profile. Errors: profile-name-…, profile-exists for an id or a pseudonym in use."""
    demand_name(new.name)
    same = (profiles.c.id == new.id) | (profiles.c.pseudonym == new.pseudonym)
    if connection.scalar(select(profiles.c.id).where(same)) is not None:
        raise TercerTimbreError("profile-exists", profile=new.id)
    connection.execute(
        insert(profiles).values(
            id=new.id,
            name=new.name,
            pseudonym=new.pseudonym,
            created_at=write_moment(new.created_at),
            archived=False,
        )
    )


def rename(connection: Connection, profile: str, name: str) -> None:
    """Change the name that is shown. Errors: profile-name-…, profile-unknown."""
    demand_name(name)
    if connection.execute(update(profiles).where(profiles.c.id == profile).values(name=name)).rowcount == 0:
        raise TercerTimbreError("profile-unknown", profile=profile)


def archive(connection: Connection, profile: str, archived: bool) -> None:
    """Take a profile out of the list, or back into it. Its attempts stay. Errors: profile-unknown."""
    if connection.execute(update(profiles).where(profiles.c.id == profile).values(archived=archived)).rowcount == 0:
        raise TercerTimbreError("profile-unknown", profile=profile)


def put_text(connection: Connection, kind: TextKind, text: str) -> str:
    """Keep a text under the SHA-256 of its UTF-8 and return that (64 hex digits); once, however often it comes."""
    content = to_bytes(text)
    sha256 = hashlib.sha256(content).hexdigest()
    if connection.scalar(select(texts.c.sha256).where(texts.c.sha256 == sha256)) is None:
        connection.execute(insert(texts).values(sha256=sha256, kind=kind.value, deflated=zlib.compress(content, 9)))
    return sha256


def text(connection: Connection, sha256: str) -> str:
    """The text with that hash. Errors: text-unknown, text-broken when the stored bytes are no longer those."""
    deflated = connection.scalar(select(texts.c.deflated).where(texts.c.sha256 == sha256))
    if deflated is None:
        raise TercerTimbreError("text-unknown", sha256=sha256)
    try:
        content = zlib.decompress(deflated)
    except zlib.error as error:
        raise TercerTimbreError("text-broken", sha256=sha256) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise TercerTimbreError("text-broken", sha256=sha256)
    return content.decode()
