"""People: chosen languages, feedback, who waits for an answer, and which message answered which."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables of what is remembered about people, and find their questions fast."""
    op.create_table(
        "people",
        sa.Column("asker", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("asker", name="pk_people"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("asker", sa.String),
        sa.Column("entry", sa.String, nullable=False),
        sa.Column("knowledge_version", sa.String, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint(
            "asker", "entry", "knowledge_version", name="uq_feedback_asker_entry_knowledge_version"
        ),
    )
    op.create_index("ix_feedback_entry", "feedback", ["entry", "knowledge_version"])
    op.create_table(
        "waits",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("gap_id", sa.String, nullable=False),
        sa.Column("asker", sa.String, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_waits"),
        sa.UniqueConstraint("gap_id", "asker", name="uq_waits_gap_id_asker"),
    )
    op.create_index("ix_waits_asker", "waits", ["asker"])
    op.create_table(
        "messages",
        sa.Column("place", sa.String, nullable=False),
        sa.Column("question", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("answer", sa.BigInteger, nullable=False),
        sa.Column("asker", sa.String, nullable=False),
        sa.Column("record", sa.BigInteger),
        sa.Column("sent_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("place", "question", name="pk_messages"),
    )
    op.create_index("ix_messages_sent_at", "messages", ["sent_at"])
    op.create_index("ix_messages_asker", "messages", ["asker"])
    op.create_index("ix_questions_asker", "questions", ["asker"])


def downgrade() -> None:
    """Drop the tables with all they hold."""
    op.drop_index("ix_questions_asker", "questions")
    for table in ("messages", "waits", "feedback", "people"):
        op.drop_table(table)
