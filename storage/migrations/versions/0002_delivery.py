"""Delivery: updates in hand, replies that wait, updates that could not be handled."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables of delivery, and let a question know its update."""
    op.add_column("questions", sa.Column("update_id", sa.BigInteger))
    op.create_index(
        "ix_questions_update_id",
        "questions",
        ["update_id"],
        unique=True,
        sqlite_where=sa.text("update_id IS NOT NULL"),
        postgresql_where=sa.text("update_id IS NOT NULL"),
    )
    op.create_table(
        "updates",
        sa.Column("update_id", _KEY, nullable=False, autoincrement=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("handled_at", _MOMENT),
        sa.PrimaryKeyConstraint("update_id", name="pk_updates"),
    )
    op.create_index("ix_updates_begun_at", "updates", ["begun_at"])
    op.create_table(
        "outbox",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("method", sa.String, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("is_answer", sa.Boolean, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_due_at", "outbox", ["due_at"])
    op.create_table(
        "dead_letters",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("update_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("error", sa.String, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("failed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dead_letters"),
        sa.UniqueConstraint("update_id", name="uq_dead_letters_update_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "unreachable",
        sa.Column("who", sa.String, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("who", name="pk_unreachable"),
    )


def downgrade() -> None:
    """Drop the tables of delivery with all they hold."""
    for table in ("unreachable", "dead_letters", "outbox", "updates"):
        op.drop_table(table)
    op.drop_index("ix_questions_update_id", "questions")
    op.drop_column("questions", "update_id")
