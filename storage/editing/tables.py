"""The tables of the editors' loop: gaps, decisions, live additions, drafts, tellings, notices."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables import UtcDateTime, metadata

_ID = BigInteger().with_variant(Integer, "sqlite")

# What many people miss alike. It holds no text: that stands in the questions and goes with them.
gaps = Table(
    "gaps",
    metadata,
    Column("id", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("assignee", BigInteger),
    # What it was answered with, or what it was pointed to when it was dismissed.
    Column("entry", String),
    # What that entry said then.
    Column("entry_digest", String),
    Column("why", String),
    Column("merged_into", String),
    Column("decided_at", UtcDateTime),
    # Counted from its questions, so that a list need not count.
    Column("times", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("newest", BigInteger),
)
Index("ix_gaps_state", gaps.c.state, gaps.c.people)
Index("ix_gaps_merged_into", gaps.c.merged_into)

# Which wording (a question's `gap_id`) belongs to which gap; goes when its last text is forgotten.
wordings = Table(
    "wordings",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("wording", String, nullable=False, unique=True),
    Column("gap", String, nullable=False, index=True),
    sqlite_autoincrement=True,
)

# The journal. `editor` is not set where the bot decided by itself.
decisions = Table(
    "decisions",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("editor", BigInteger),
    Column("action", String, nullable=False),
    Column("gap", String, index=True),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("undoes", BigInteger),
    Column("undone_by", BigInteger),
    sqlite_autoincrement=True,
)

# What editors added to the knowledge, in its own format; `ended_because` says why no longer.
additions = Table(
    "additions",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("decision", BigInteger, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("target", String, nullable=False),
    Column("language", String),
    Column("content", Text, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("ended_because", String),
    sqlite_autoincrement=True,
)

# Goes up with every change of the additions, so that other processes notice cheaply.
revisions = Table(
    "revisions",
    metadata,
    Column("name", String, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

# How far each editor is in a dialogue; outlives the process.
drafts = Table(
    "drafts",
    metadata,
    Column("editor", _ID, primary_key=True, autoincrement=False),
    Column("gap", String, nullable=False),
    Column("step", String, nullable=False),
    Column("data", JSON, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

# Who is told of an answer. Once that is sure, neither chat nor asker stands there any more.
tellings = Table(
    "tellings",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("decision", BigInteger, nullable=False),
    Column("gap", String, nullable=False),
    Column("entry", String, nullable=False),
    Column("asker", String),
    Column("chat_id", BigInteger),
    Column("language", String, nullable=False),
    # The wait that it came from, in case the answer is taken back before it is told.
    Column("wording", String),
    Column("since", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
    UniqueConstraint("decision", "asker"),
    sqlite_autoincrement=True,
)
Index("ix_tellings_state", tellings.c.state, tellings.c.due_at)
Index("ix_tellings_gap", tellings.c.gap)
Index("ix_tellings_asker", tellings.c.asker)

# What is for the editors' chat: `at` is when a process took it on, `sent_at` when it had gone out.
notices = Table(
    "notices",
    metadata,
    Column("key", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
)
