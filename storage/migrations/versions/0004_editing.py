"""The editors' loop: gaps, decisions, live additions, drafts, who is told, notices."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_UNGATHERED = sa.text("gap IS NOT NULL AND gathered IS NULL")
_GATHERED = sa.text("gathered IS NOT NULL")


def upgrade() -> None:
    """Create the tables of the editors' loop, and let a question know its gap."""
    _let_questions_know_their_gap()
    _create_gaps()
    _create_decisions()
    op.create_table(
        "drafts",
        sa.Column("editor", _KEY, nullable=False, autoincrement=False),
        sa.Column("gap", sa.String, nullable=False),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("updated_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("editor", name="pk_drafts"),
    )
    _create_tellings()
    op.create_table(
        "notices",
        sa.Column("key", sa.String, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_notices"),
    )


def _let_questions_know_their_gap() -> None:
    op.add_column("questions", sa.Column("gathered", sa.String))
    op.create_index(
        "ix_questions_ungathered",
        "questions",
        ["id"],
        sqlite_where=_UNGATHERED,
        postgresql_where=_UNGATHERED,
    )
    op.create_index(
        "ix_questions_gathered",
        "questions",
        ["gathered", "asked_at"],
        sqlite_where=_GATHERED,
        postgresql_where=_GATHERED,
    )


def _create_gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("assignee", sa.BigInteger),
        sa.Column("entry", sa.String),
        sa.Column("entry_digest", sa.String),
        sa.Column("why", sa.String),
        sa.Column("merged_into", sa.String),
        sa.Column("decided_at", _MOMENT),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("first_at", _MOMENT, nullable=False),
        sa.Column("last_at", _MOMENT, nullable=False),
        sa.Column("newest", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_gaps"),
    )
    op.create_index("ix_gaps_state", "gaps", ["state", "people"])
    op.create_index("ix_gaps_merged_into", "gaps", ["merged_into"])
    op.create_table(
        "wordings",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("wording", sa.String, nullable=False),
        sa.Column("gap", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wordings"),
        sa.UniqueConstraint("wording", name="uq_wordings_wording"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_wordings_gap", "wordings", ["gap"])


def _create_decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("editor", sa.BigInteger),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("gap", sa.String),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("undoes", sa.BigInteger),
        sa.Column("undone_by", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_decisions_gap", "decisions", ["gap"])
    op.create_table(
        "additions",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("decision", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("target", sa.String, nullable=False),
        sa.Column("language", sa.String),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("added_at", _MOMENT, nullable=False),
        sa.Column("ended_because", sa.String),
        sa.PrimaryKeyConstraint("id", name="pk_additions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_additions_decision", "additions", ["decision"])
    op.create_table(
        "revisions",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_revisions"),
    )


def _create_tellings() -> None:
    op.create_table(
        "tellings",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("decision", sa.BigInteger, nullable=False),
        sa.Column("gap", sa.String, nullable=False),
        sa.Column("entry", sa.String, nullable=False),
        sa.Column("asker", sa.String),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("wording", sa.String),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tellings"),
        sa.UniqueConstraint("decision", "asker", name="uq_tellings_decision_asker"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tellings_state", "tellings", ["state", "due_at"])
    op.create_index("ix_tellings_gap", "tellings", ["gap"])
    op.create_index("ix_tellings_asker", "tellings", ["asker"])


def downgrade() -> None:
    """Drop the tables with all they hold."""
    for table in (
        "notices",
        "tellings",
        "drafts",
        "revisions",
        "additions",
        "decisions",
        "wordings",
        "gaps",
    ):
        op.drop_table(table)
    op.drop_index("ix_questions_gathered", "questions")
    op.drop_index("ix_questions_ungathered", "questions")
    op.drop_column("questions", "gathered")
