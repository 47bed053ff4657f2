"""${message}.

Every revision is also named in storage/schema.py.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables from `down_revision` to `revision`."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Bring the tables back to `down_revision`."""
    ${downgrades if downgrades else "pass"}
