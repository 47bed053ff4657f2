"""Who waits for an answer to what."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.tables import tellings
from storage.people.tables import waits
from storage.questions import is_id
from storage.tables import in_utc, questions
from storage.upserting import upsert


async def add_wait(
    connection: AsyncConnection,
    question_id: int,
    *,
    asker: str,
    chat_id: int,
    language: str,
    since: datetime,
) -> bool:
    """Return whether the person now waits: the question is theirs and is before editors."""
    if not is_id(question_id):
        return False
    gap = (await connection.scalars(_select_gap(question_id, asker))).one_or_none()
    if gap is None:
        return False
    row = {
        "gap_id": gap,
        "asker": asker,
        "chat_id": chat_id,
        "language": language,
        "since": since,
    }
    await upsert(connection, waits, [row], by=["gap_id", "asker"])
    return True


async def delete_wait(connection: AsyncConnection, question_id: int, *, asker: str) -> bool:
    """Return whether the person waited for an answer to this question and now does not.

    Also where there is one already, and they were to be told of it.
    """
    if not is_id(question_id):
        return False
    gap = _select_gap(question_id, asker).scalar_subquery()
    ended = [
        (await connection.execute(statement)).rowcount
        for statement in (
            delete(waits).where(waits.c.asker == asker, waits.c.gap_id == gap),
            delete(tellings).where(
                tellings.c.asker == asker,
                tellings.c.wording == gap,
                tellings.c.state.in_(("waiting", "unsure")),
            ),
        )
    ]
    return any(ended)


async def end_old_waits(connection: AsyncConnection, before: datetime) -> None:
    """Let nobody wait for what they asked before that moment: its text is forgotten."""
    await connection.execute(delete(waits).where(waits.c.since < in_utc(before)))


async def count_waits(connection: AsyncConnection) -> int:
    """Return how many waits there are."""
    return (await connection.scalars(select(func.count()).select_from(waits))).one()


def _select_gap(question_id: int, asker: str) -> Select[tuple[str | None]]:
    is_open: list[ColumnElement[bool]] = [
        questions.c.id == question_id,
        questions.c.asker == asker,
        questions.c.gap.is_not(None),
    ]
    return select(questions.c.gap_id).where(*is_open)
