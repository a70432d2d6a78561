"""The tables of results, as in `records/schema.py`. A step is never changed once its version was released."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _people_and_texts()
    _attempts()
    _signed()
    _derived()
    _reviewed()
    _office()


def _people_and_texts() -> None:
    op.create_table(
        "profiles",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("pseudonym", sa.String, nullable=False, unique=True),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("archived", sa.Boolean, nullable=False),
    )
    op.create_table(
        "guests",
        sa.Column("profile", sa.String, sa.ForeignKey("profiles.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_table(
        "texts",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("deflated", sa.LargeBinary, nullable=False),
    )


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("profile", sa.String, sa.ForeignKey("profiles.id"), nullable=False),
        sa.Column("scenario", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("scenario_hash", sa.String(64), sa.ForeignKey("texts.sha256"), nullable=False),
        sa.Column("protocol_hash", sa.String(64), sa.ForeignKey("texts.sha256"), nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("mode", sa.String, nullable=False),
        sa.Column("hints", sa.Boolean, nullable=False),
        sa.Column("difficulty", sa.Integer, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("started_at", sa.String, nullable=False),
        sa.Column("software", sa.String, nullable=False),
        sa.Column("forked_from", sa.String, sa.ForeignKey("attempts.id", ondelete="SET NULL"), index=True),
        sa.Column("at_seq", sa.Integer),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("ended_at", sa.String),
        sa.Column("score", sa.Integer),
        sa.Column("result", sa.String),
    )
    op.create_index("ix_attempts_profile_scenario", "attempts", ["profile", "scenario", "started_at"])
    op.create_table(
        "events",
        sa.Column("attempt", sa.String, sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("seq", sa.Integer, sa.CheckConstraint("seq >= 0"), primary_key=True, autoincrement=False),
        sa.Column("event", sa.LargeBinary, nullable=False),
        sa.Column("link", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "scorecards",
        sa.Column("attempt", sa.String, sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("protocol_hash", sa.String(64), sa.ForeignKey("texts.sha256"), nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
        sa.Column("scorecard", sa.LargeBinary, nullable=False),
    )


def _signed() -> None:
    op.create_table(
        "keys",
        sa.Column("fingerprint", sa.String(64), primary_key=True),
        sa.Column("public", sa.LargeBinary, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("enrolled_at", sa.String),
    )
    op.create_table(
        "statements",
        sa.Column("attempt", sa.String, sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("ordinal", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("statement", sa.LargeBinary, nullable=False),
        sa.Column("key", sa.String(64), sa.ForeignKey("keys.fingerprint"), nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_statements_kind", "statements", ["kind", "attempt"])
    op.create_table(
        "tombstones",
        sa.Column("attempt", sa.String, primary_key=True),
        sa.Column("statement", sa.LargeBinary, nullable=False),
        sa.Column("key", sa.String(64), sa.ForeignKey("keys.fingerprint"), nullable=False),
        sa.Column("signature", sa.LargeBinary, nullable=False),
    )


def _derived() -> None:
    op.create_table(
        "outcomes",
        sa.Column("attempt", sa.String, sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("agent", sa.String, nullable=False),
        sa.Column("pass_mark", sa.Integer),
        sa.Column("duration_ms", sa.Integer),
        sa.Column("input", sa.String, nullable=False),
        sa.Column("ending", sa.String, nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("attempt", sa.String, sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("checkpoint", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("phase", sa.String, nullable=False),
        sa.Column("weight", sa.Integer, nullable=False),
        sa.Column("critical", sa.Boolean, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("quote", sa.String, nullable=False),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
    )


def _reviewed() -> None:
    op.create_table(
        "sittings",
        sa.Column("attempt", sa.String, sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("exam", sa.String, nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("exam_hash", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
    )
    op.create_index("ix_sittings_exam", "sittings", ["exam"])
    op.create_table(
        "rulings",
        sa.Column("attempt", sa.String, sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("reviewer", sa.String, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("at", sa.String, nullable=False),
    )
    op.create_table(
        "reviews",
        sa.Column("attempt", sa.String, sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("score", sa.Integer),
        sa.Column("result", sa.String),
        sa.Column("dispute", sa.String, nullable=False),
        sa.Column("reviewed", sa.Boolean, nullable=False),
        sa.Column("rescored_hash", sa.String(64)),
        sa.Column("rescored_score", sa.Integer),
        sa.Column("rescored_result", sa.String),
    )
    op.create_table(
        "labels",
        sa.Column("attempt", sa.String, sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("reviewer", sa.String, primary_key=True),
        sa.Column("met", sa.Boolean, nullable=False),
        sa.Column("at", sa.String, nullable=False),
    )


def _office() -> None:
    op.create_table(
        "cohorts",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("created_at", sa.String, nullable=False),
    )
    op.create_table(
        "members",
        sa.Column("profile", sa.String, sa.ForeignKey("profiles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("cohort", sa.String, sa.ForeignKey("cohorts.id", ondelete="CASCADE"), nullable=False, index=True),
    )
    op.create_table(
        "sheets",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("lines", sa.String, nullable=False),
    )
    op.create_table(
        "tallies",
        sa.Column("attempt", sa.String, sa.ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("profile", sa.String, nullable=False),
        sa.Column("scenario", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("mode", sa.String, nullable=False),
        sa.Column("started_at", sa.String, nullable=False),
        sa.Column("score", sa.Integer),
        sa.Column("pass_mark", sa.Integer),
        sa.Column("result", sa.String),
        sa.Column("sheet", sa.String(16), sa.ForeignKey("sheets.id")),
        sa.Column("verdicts", sa.String, nullable=False),
    )
