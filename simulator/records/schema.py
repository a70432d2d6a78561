"""The tables, in types that SQLite and PostgreSQL share.

Events and scorecards are the UTF-8 bytes of their canonical JSON, exactly as given: what is stored is what a later
is hashed, chained and signed (`chain`, `statements`). Times are UTC ISO texts of one width (`values.write_moment`), so
that they sort as they passed.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

APPLICATION_ID = 0x54546221  # "TTb!" in the header of the file: it says whose database this is

metadata = MetaData()

profiles = Table(
    "profiles",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("pseudonym", String, nullable=False, unique=True),
    Column("created_at", String, nullable=False),
    Column("archived", Boolean, nullable=False),
)

texts = Table(
    "texts",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("kind", String, nullable=False),
    Column("deflated", LargeBinary, nullable=False),  # zlib over UTF-8; the hash is of the UTF-8
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", String, primary_key=True),
    Column("profile", String, ForeignKey("profiles.id"), nullable=False),
    Column("scenario", String, nullable=False),
    Column("title", String, nullable=False),
    Column("scenario_hash", String(64), ForeignKey("texts.sha256"), nullable=False),
    Column("protocol_hash", String(64), ForeignKey("texts.sha256"), nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("mode", String, nullable=False),
    Column("hints", Boolean, nullable=False),
    Column("difficulty", Integer, nullable=False),
    Column("channel", String, nullable=False),
    Column("started_at", String, nullable=False),
    Column("software", String, nullable=False),
    # A fork outlives what it was forked from; at_seq then still says that it is one.
    Column("forked_from", String, ForeignKey("attempts.id", ondelete="SET NULL"), index=True),
    Column("at_seq", Integer),
    Column("status", String, nullable=False),
    Column("ended_at", String),
    Column("score", Integer),
    Column("result", String),
    Index("ix_attempts_profile_scenario", "profile", "scenario", "started_at"),
)

events = Table(
    "events",
    metadata,
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, CheckConstraint("seq >= 0"), primary_key=True, autoincrement=False),
    Column("event", LargeBinary, nullable=False),
    Column("link", LargeBinary, nullable=False),  # 32 bytes: `chain.next_link` of the link before and `event`
    sqlite_with_rowid=False,  # the rows of one attempt lie side by side, in order, in one tree
)

scorecards = Table(
    "scorecards",
    metadata,
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("protocol_hash", String(64), ForeignKey("texts.sha256"), nullable=False),
    Column("created_at", String, nullable=False),
    Column("scorecard", LargeBinary, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("contact", String, primary_key=True),
    Column("draft", String, nullable=False),  # JSON in ASCII: half an emoji, still being typed, is kept too
)

statements = Table(
    "statements",
    metadata,
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("statement", LargeBinary, nullable=False),  # canonical JSON, as signed
    Column("key", String(64), ForeignKey("keys.fingerprint"), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Index("ix_statements_kind", "kind", "attempt"),
)

keys = Table(
    "keys",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("public", LargeBinary, nullable=False),
    Column("label", String, nullable=False),
    Column("enrolled_at", String),  # NULL: seen on results, vouched for by nobody
)

guests = Table(
    "guests",
    metadata,
    # People who practise at another desk and are known here by results alone.
    Column("profile", String, ForeignKey("profiles.id", ondelete="CASCADE"), primary_key=True),
)

outcomes = Table(
    "outcomes",
    metadata,
    # Read from the scorecard (`marks.file_marks`), so that exports and figures over many attempts need not parse it.
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("agent", String, nullable=False),  # the name under which the trainee spoke: to be taken out of quotes
    Column("pass_mark", Integer),
    Column("duration_ms", Integer),
    Column("input", String, nullable=False),  # typed, spoken or both
    Column("ending", String, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    # The same for each checkpoint of the scorecard, in its order.
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("checkpoint", String, nullable=False),
    Column("title", String, nullable=False),
    Column("phase", String, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("critical", Boolean, nullable=False),
    Column("verdict", String, nullable=False),
    Column("quote", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("reason", String, nullable=False),
    sqlite_with_rowid=False,
)

cohorts = Table(
    "cohorts",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("created_at", String, nullable=False),
)

members = Table(
    "members",
    metadata,
    # A person is in one cohort, or in none.
    Column("profile", String, ForeignKey("profiles.id", ondelete="CASCADE"), primary_key=True),
    Column("cohort", String, ForeignKey("cohorts.id", ondelete="CASCADE"), nullable=False, index=True),
)

sheets = Table(
    "sheets",
    metadata,
    # Which checkpoints a scorecard has, in its order: [[id, title], …] in JSON. Many attempts share one.
    Column("id", String(16), primary_key=True),  # of its SHA-256, the beginning
    Column("lines", String, nullable=False),
)

tallies = Table(
    "tallies",
    metadata,
    # Read from the other tables (`tallies.file_tally`), so that figures over many attempts read one narrow row of each.
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("profile", String, nullable=False),
    Column("scenario", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("started_at", String, nullable=False),
    Column("score", Integer),
    Column("pass_mark", Integer),
    Column("result", String),
    Column("sheet", String(16), ForeignKey("sheets.id")),
    Column("verdicts", String, nullable=False),  # a letter for each line of the sheet (`tallies.LETTERS`)
    sqlite_with_rowid=False,  # the rows lie in the order in which `statements` has what is signed about them
)

rulings = Table(
    "rulings",
    metadata,
    # What people decided in place of the program, by place on the card; derived of the statements (`reviews`).
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("verdict", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("reviewer", String, nullable=False),
    Column("role", String, nullable=False),
    Column("at", String, nullable=False),
    sqlite_with_rowid=False,
)

reviews = Table(
    "reviews",
    metadata,
    # The same for each attempt of which somebody said something; one without a row stands as it was scored.
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("score", Integer),  # with the human verdicts
    Column("result", String),
    Column("dispute", String, nullable=False),  # none, open, upheld, rejected
    Column("reviewed", Boolean, nullable=False),
    Column("rescored_hash", String(64)),  # the newest scoring under another protocol
    Column("rescored_score", Integer),
    Column("rescored_result", String),
)

labels = Table(
    "labels",
    metadata,
    # What a trainer judged without seeing the program's verdict, to measure how far both agree.
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("reviewer", String, primary_key=True),
    Column("met", Boolean, nullable=False),
    Column("at", String, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    # Of this desk alone: they go to no other.
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("public", LargeBinary, nullable=False),
    Column("kdf", String, nullable=False),  # canonical JSON: how the passphrase becomes a key, with its salt
    Column("sealed", LargeBinary, nullable=False),  # nonce and ciphertext of the secret key
    Column("failures", Integer, nullable=False),
    Column("wait_until", String),
    Column("created_at", String, nullable=False),
)

tombstones = Table(
    "tombstones",
    metadata,
    # Which attempts were erased, and nothing about whose they were: they are never taken in again.
    Column("attempt", String, primary_key=True),
    Column("statement", LargeBinary, nullable=False),  # canonical JSON, as signed
    Column("key", String(64), ForeignKey("keys.fingerprint"), nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

sittings = Table(
    "sittings",
    metadata,
    # Which try of which exam an attempt is, read from its first event (`sittings.file_sitting`).
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("exam", String, nullable=False),
    Column("title", String, nullable=False),
    Column("exam_hash", String(64), nullable=False),  # the text itself is at the desk where it was sat
    Column("number", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Index("ix_sittings_exam", "exam"),
)

outbox = Table(
    "outbox",
    metadata,
    # What is known to have arrived at a target of `sync` (`team.outbox`). A row is written after the target has it, so
    # that a kill in between only means asking again.
    Column("target", String, primary_key=True),
    Column("attempt", String, ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
    Column("statements", Integer, nullable=False),  # how many of the attempt's statements it has
)
