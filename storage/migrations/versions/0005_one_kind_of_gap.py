"""Missed questions are listed by the gaps they belong to: what served the older list goes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the index that nothing reads any more."""
    op.drop_index("ix_questions_missed", "questions")


def downgrade() -> None:
    """Create the index anew."""
    op.create_index(
        "ix_questions_missed",
        "questions",
        ["gap_id", "asked_at"],
        sqlite_where=sa.text("gap IS NOT NULL"),
        postgresql_where=sa.text("gap IS NOT NULL"),
    )
