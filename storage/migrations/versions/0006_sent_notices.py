"""What the editors' chat is told is known to have gone out, not only to have been taken on."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when a notice was sent; what was taken on before counts as sent."""
    op.add_column("notices", sa.Column("sent_at", sa.DateTime(timezone=True)))
    op.execute(sa.text("UPDATE notices SET sent_at = at"))


def downgrade() -> None:
    """Forget when notices were sent."""
    with op.batch_alter_table("notices") as notices:
        notices.drop_column("sent_at")
