"""The tables, in SQL that SQLite and PostgreSQL both know."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator


def in_utc(moment: datetime) -> datetime:
    """Return the same moment in UTC.

    Raises:
        ValueError: `moment` has no time zone.
    """
    if moment.utcoffset() is None:
        raise ValueError("a stored time needs a time zone")
    return moment.astimezone(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC and aware on the way out; SQLite alone would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment in UTC."""
        return None if value is None else in_utc(value)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment with its zone."""
        if value is None or value.tzinfo is not None:
            return None if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Buttons in old messages carry question ids, so SQLite must not give an id out twice.
questions = Table(
    "questions",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("front", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("normalised", Text, nullable=False),
    # Not set once the texts are forgotten: a hash of a short text gives the text away.
    Column("gap_id", String),
    Column("language", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("entry", String),
    Column("confidence", Float, nullable=False),
    Column("reason", String),
    Column("knowledge_version", String, nullable=False),
    Column("asker", String),
    Column("gap", String),
    Column("nearest", JSON, nullable=False),
    Column("chosen", String),
    Column("chosen_at", UtcDateTime),
    # Under which Telegram delivered it; forgotten with the update, for numbers come again one day.
    Column("update_id", BigInteger),
    # The gap it belongs to, once it was gathered.
    Column("gathered", String),
    sqlite_autoincrement=True,
)

# Most questions are answered and old texts are forgotten: these indexes hold only the rest.
Index(
    "ix_questions_remembered",
    questions.c.asked_at,
    sqlite_where=questions.c.gap_id.is_not(None),
    postgresql_where=questions.c.gap_id.is_not(None),
)
Index("ix_questions_asker", questions.c.asker)
# What waits to be gathered, and what belongs to a gap.
Index(
    "ix_questions_ungathered",
    questions.c.id,
    sqlite_where=questions.c.gap.is_not(None) & questions.c.gathered.is_(None),
    postgresql_where=questions.c.gap.is_not(None) & questions.c.gathered.is_(None),
)
Index(
    "ix_questions_gathered",
    questions.c.gathered,
    questions.c.asked_at,
    sqlite_where=questions.c.gathered.is_not(None),
    postgresql_where=questions.c.gathered.is_not(None),
)
Index(
    "ix_questions_update_id",
    questions.c.update_id,
    unique=True,
    sqlite_where=questions.c.update_id.is_not(None),
    postgresql_where=questions.c.update_id.is_not(None),
)

# What Telegram delivered; `handled_at` is not set while it is in hand, or was at a crash.
updates = Table(
    "updates",
    metadata,
    Column(
        "update_id",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("begun_at", UtcDateTime, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("handled_at", UtcDateTime),
)

# Replies that must wait; `payload` is what the Bot API is called with.
outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("method", String, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("is_answer", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # Also a lease: who takes a row to send it moves it on, so that nobody else takes it.
    Column("due_at", UtcDateTime, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    sqlite_autoincrement=True,
)

# Updates that could not be handled, without names and with masked text.
dead_letters = Table(
    "dead_letters",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("update_id", BigInteger, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("error", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("failed_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

# Who blocked the bot or removed it, by keyed hash.
unreachable = Table(
    "unreachable",
    metadata,
    Column("who", String, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)
