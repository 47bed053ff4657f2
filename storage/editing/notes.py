"""Keeps what editors are in the middle of, and what their chat was told."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.tables import drafts, notices
from storage.editing.values import Draft
from storage.people.upserting import upsert
from storage.tables import in_utc


async def write_draft(connection: AsyncConnection, draft: Draft) -> None:
    """Keep how far an editor is, in the place of what was kept before."""
    row = {
        "editor": draft.editor,
        "gap": draft.gap,
        "step": draft.step,
        "data": dict(draft.data),
        "updated_at": draft.updated_at,
    }
    await upsert(connection, drafts, [row], by=["editor"])


async def select_draft(connection: AsyncConnection, editor: int) -> Draft | None:
    """Return how far an editor is, `None` when in no dialogue."""
    found = await connection.execute(select(drafts).where(drafts.c.editor == editor))
    row = found.mappings().first()
    return Draft(**row) if row else None


async def delete_draft(connection: AsyncConnection, editor: int) -> bool:
    """Return whether there was a draft; it is gone."""
    gone = await connection.execute(delete(drafts).where(drafts.c.editor == editor))
    return bool(gone.rowcount)


async def claim_notice(connection: AsyncConnection, key: str, at: datetime) -> bool:
    """Return whether nobody has claimed this notice before."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    claimed = await connection.execute(
        dialect.insert(notices).values(key=key, at=in_utc(at)).on_conflict_do_nothing()
    )
    return claimed.rowcount == 1


async def release_notice(connection: AsyncConnection, key: str) -> None:
    """Let the notice be claimed again, because it could not be sent."""
    await connection.execute(delete(notices).where(notices.c.key == key))
