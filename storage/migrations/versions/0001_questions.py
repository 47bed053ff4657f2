"""Questions: what was asked and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of questions with its indexes."""
    op.create_table(
        "questions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("front", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("normalised", sa.Text, nullable=False),
        sa.Column("gap_id", sa.String),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("entry", sa.String),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("knowledge_version", sa.String, nullable=False),
        sa.Column("asker", sa.String),
        sa.Column("gap", sa.String),
        sa.Column("nearest", sa.JSON, nullable=False),
        sa.Column("chosen", sa.String),
        sa.Column("chosen_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sqlite_autoincrement=True,
    )
    for name, columns, condition in (
        ("ix_questions_missed", ["gap_id", "asked_at"], "gap IS NOT NULL"),
        ("ix_questions_remembered", ["asked_at"], "gap_id IS NOT NULL"),
    ):
        op.create_index(
            name,
            "questions",
            columns,
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )


def downgrade() -> None:
    """Drop the table of questions with all it holds."""
    op.drop_table("questions")
