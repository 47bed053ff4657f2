"""The tables of what is remembered about people, each under a keyed hash of who they are."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, UniqueConstraint

from storage.tables import UtcDateTime, metadata

_ID = BigInteger().with_variant(Integer, "sqlite")

people = Table(
    "people",
    metadata,
    Column("asker", String, primary_key=True),
    Column("language", String, nullable=False),
)

# Without an asker it is a count that nobody can be found by.
feedback = Table(
    "feedback",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("asker", String),
    Column("entry", String, nullable=False),
    Column("knowledge_version", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("reason", String),
    Column("given_at", UtcDateTime, nullable=False),
    UniqueConstraint("asker", "entry", "knowledge_version"),
)
Index("ix_feedback_entry", feedback.c.entry, feedback.c.knowledge_version)

waits = Table(
    "waits",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("gap_id", String, nullable=False),
    Column("asker", String, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("language", String, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    UniqueConstraint("gap_id", "asker"),
)
Index("ix_waits_asker", waits.c.asker)

# Which message answers which, so that an edited question can edit its answer.
messages = Table(
    "messages",
    metadata,
    Column("place", String, primary_key=True),
    Column("question", BigInteger, primary_key=True, autoincrement=False),
    Column("answer", BigInteger, nullable=False),
    Column("asker", String, nullable=False),
    Column("record", BigInteger),
    Column("sent_at", UtcDateTime, nullable=False),
)
Index("ix_messages_sent_at", messages.c.sent_at)
Index("ix_messages_asker", messages.c.asker)
