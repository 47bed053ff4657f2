"""Keeps what editors are in the middle of, and what their chat was told."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.tables import drafts, notices
from storage.editing.values import Draft
from storage.tables import in_utc
from storage.upserting import insert_into, upsert


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


async def claim_notice(
    connection: AsyncConnection, key: str, at: datetime, lost_before: datetime
) -> bool:
    """Return whether nobody else sends this notice or has sent it.

    What was claimed at `lost_before` or earlier and never sent is claimed anew: a process died.
    """
    statement = insert_into(connection, notices).values(key=key, at=in_utc(at))
    is_lost = notices.c.sent_at.is_(None) & (notices.c.at <= in_utc(lost_before))
    claimed = await connection.execute(
        statement.on_conflict_do_update(
            index_elements=["key"], set_={"at": statement.excluded.at}, where=is_lost
        )
    )
    return claimed.rowcount == 1


async def settle_notice(connection: AsyncConnection, key: str, at: datetime) -> None:
    """Note that the notice was sent: nobody claims it any more."""
    await connection.execute(update(notices).where(notices.c.key == key).values(sent_at=in_utc(at)))


async def is_notice_sent(connection: AsyncConnection, key: str) -> bool:
    """Return whether the notice was sent."""
    sent = select(notices.c.key).where(notices.c.key == key, notices.c.sent_at.is_not(None))
    return (await connection.scalars(sent)).first() is not None


async def release_notice(connection: AsyncConnection, key: str) -> None:
    """Let the notice be claimed again, because it could not be sent."""
    await connection.execute(delete(notices).where(notices.c.key == key))
