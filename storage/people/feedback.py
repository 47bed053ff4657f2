"""Writes down what people think of answers."""

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people.tables import feedback
from storage.people.values import Feedback
from storage.questions import is_id
from storage.tables import questions
from storage.upserting import upsert


async def write_feedback(connection: AsyncConnection, given: Feedback) -> None:
    """Keep what the person thinks, in the place of what they thought of the same before."""
    row = {
        "asker": given.asker,
        "entry": given.entry,
        "knowledge_version": given.knowledge_version,
        "verdict": given.verdict,
        "reason": given.reason,
        "given_at": given.given_at,
    }
    await upsert(connection, feedback, [row], by=["asker", "entry", "knowledge_version"])


async def put_before_editors(
    connection: AsyncConnection, question_id: int, *, asker: str, entry: str, reason: str
) -> bool:
    """Return whether there is a question of this person answered with `entry`.

    It is before editors then, under `reason` unless it was already under another; one whose text
    is forgotten stays away.
    """
    if not is_id(question_id):
        return False
    own: list[ColumnElement[bool]] = [
        questions.c.id == question_id,
        questions.c.asker == asker,
        func.coalesce(questions.c.chosen, questions.c.entry) == entry,
    ]
    found = await connection.execute(
        update(questions)
        .where(*own, questions.c.gap_id.is_not(None))
        .values(gap=func.coalesce(questions.c.gap, reason))
    )
    if found.rowcount:
        return True
    return (await connection.execute(select(questions.c.id).where(*own))).first() is not None


async def count_feedback(connection: AsyncConnection) -> dict[str, int]:
    """Return how often each verdict was given."""
    counted = select(feedback.c.verdict, func.count()).group_by(feedback.c.verdict)
    found: dict[str, int] = dict((await connection.execute(counted)).all())
    return {"up": 0, "down": 0} | found
