"""Keeps who is to be told of an answer: each once, whatever happens on the way."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.counting import ROOT, members_of
from storage.editing.tables import decisions, gaps, tellings, wordings
from storage.editing.values import Telling, TellingState
from storage.people.tables import waits
from storage.tables import in_utc
from storage.upserting import insert_into, upsert

_OVER: tuple[TellingState, ...] = ("told", "unreachable")


async def take_up(
    connection: AsyncConnection, decision: int, *, gap: str, entry: str, at: datetime
) -> int:
    """Return how many people wait for the gap; from now on they wait to be told.

    Who waits for several of its questions is told once.
    """
    own = waits.c.gap_id.in_(select(wordings.c.wording).where(wordings.c.gap.in_(members_of(gap))))
    found = (await connection.execute(select(waits).where(own).order_by(waits.c.id))).all()
    rows = [
        {
            "decision": decision,
            "gap": gap,
            "entry": entry,
            "asker": one.asker,
            "chat_id": one.chat_id,
            "language": one.language,
            "wording": one.gap_id,
            "since": one.since,
            "state": "waiting",
            "due_at": at,
            "tries": 0,
        }
        for one in {row.asker: row for row in found}.values()
    ]
    if rows:
        # Whoever wants to be told anew holds no message.
        unsure = (tellings.c.gap == gap, tellings.c.state == "unsure")
        anew = tellings.c.asker.in_([row["asker"] for row in rows])
        await connection.execute(delete(tellings).where(*unsure, anew))
        await connection.execute(insert_into(connection, tellings).on_conflict_do_nothing(), rows)
        await connection.execute(delete(waits).where(waits.c.id.in_([row.id for row in found])))
    return len(rows)


async def take_up_late(connection: AsyncConnection, *, at: datetime) -> int:
    """Return how many people wait for gaps that are answered already; they are told as well."""
    late = await connection.execute(
        select(ROOT.label("root"))
        .select_from(
            waits.join(wordings, wordings.c.wording == waits.c.gap_id).join(
                gaps, gaps.c.id == wordings.c.gap
            )
        )
        .distinct()
    )
    roots = [row.root for row in late]
    answered = await connection.execute(
        select(gaps.c.id, gaps.c.entry, func.max(decisions.c.id).label("decision"))
        .select_from(gaps.join(decisions, decisions.c.gap == gaps.c.id))
        .where(gaps.c.id.in_(roots), gaps.c.state == "answered", gaps.c.entry.is_not(None))
        .group_by(gaps.c.id, gaps.c.entry)
    )
    count = 0
    for row in answered.all():
        count += await take_up(connection, row.decision, gap=row.id, entry=row.entry, at=at)
    return count


async def take_back(connection: AsyncConnection, which: ColumnElement[bool]) -> None:
    """Let everybody wait again, of these tellings, who was not told yet."""
    own = (which, tellings.c.state == "waiting")
    found = (await connection.execute(select(tellings).where(*own))).all()
    rows = [
        {
            "gap_id": one.wording,
            "asker": one.asker,
            "chat_id": one.chat_id,
            "language": one.language,
            "since": one.since,
        }
        for one in found
        if one.asker and one.wording and one.chat_id is not None
    ]
    if rows:
        await upsert(connection, waits, rows, by=["gap_id", "asker"])
    await connection.execute(delete(tellings).where(*own))


async def take_next(
    connection: AsyncConnection, *, now: datetime, lost_before: datetime
) -> Telling | None:
    """Return the next person to tell, marked as being told; nobody else gets them.

    Who was being told at `lost_before` or earlier was so when a process died. Whether the message
    arrived can't be known, and it is not sent again by itself.
    """
    await connection.execute(
        update(tellings)
        .where(tellings.c.state == "sending", tellings.c.due_at <= in_utc(lost_before))
        .values(state="unsure")
    )
    due = (
        select(tellings)
        .where(tellings.c.state == "waiting", tellings.c.due_at <= in_utc(now))
        .order_by(tellings.c.due_at, tellings.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await connection.execute(due)).first()
    if row is None:
        return None
    await connection.execute(
        update(tellings)
        .where(tellings.c.id == row.id)
        .values(state="sending", due_at=in_utc(now), tries=row.tries + 1)
    )
    return Telling(
        id=row.id,
        gap=row.gap,
        entry=row.entry,
        chat_id=row.chat_id,
        language=row.language,
        tries=row.tries + 1,
    )


async def settle(
    connection: AsyncConnection, telling: int, *, state: TellingState, due_at: datetime | None
) -> None:
    """Note what became of a telling; with `due_at` it waits until then.

    Once it is sure what became of it, who it was is forgotten.
    """
    values: dict[str, object] = {"state": state} | ({"due_at": in_utc(due_at)} if due_at else {})
    if state in _OVER:
        values |= _nobody()
    await connection.execute(update(tellings).where(tellings.c.id == telling).values(**values))


async def tell_again(connection: AsyncConnection, gap: str, *, at: datetime) -> int:
    """Return how many people are told once more, of whom it is not known whether they were."""
    entry = select(gaps.c.entry).where(gaps.c.id == gap).scalar_subquery()
    again = await connection.execute(
        update(tellings)
        .where(tellings.c.gap == gap, tellings.c.state == "unsure")
        .values(state="waiting", entry=entry, due_at=in_utc(at), tries=0)
    )
    return again.rowcount


async def give_up_unsure(connection: AsyncConnection, before: datetime) -> None:
    """Forget whom it is not known of whether they were told, when they have waited so long."""
    await connection.execute(
        update(tellings)
        .where(tellings.c.state == "unsure", tellings.c.since < in_utc(before))
        .values(state="unreachable", **_nobody())
    )


async def select_next_due(connection: AsyncConnection) -> datetime | None:
    """Return when the next person is to be told, `None` when nobody waits."""
    due: datetime | None = await connection.scalar(
        select(func.min(tellings.c.due_at)).where(tellings.c.state == "waiting")
    )
    return due


def _nobody() -> dict[str, object]:
    return {"asker": null(), "chat_id": null(), "wording": null()}
