"""Which message answered which, for as long as a question can be edited."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people.tables import messages
from storage.people.values import FoundAnswer, SentAnswer
from storage.tables import in_utc, questions
from storage.upserting import upsert


async def write_messages(
    connection: AsyncConnection, sent: Sequence[SentAnswer], *, older_than: datetime
) -> None:
    """Keep what was sent, and forget what was sent before `older_than`."""
    await connection.execute(delete(messages).where(messages.c.sent_at < in_utc(older_than)))
    rows = [
        {
            "place": one.place,
            "question": one.question,
            "answer": one.answer,
            "asker": one.asker,
            "record": one.record,
            "sent_at": one.sent_at,
        }
        for one in sent
    ]
    if rows:
        await upsert(connection, messages, rows, by=["place", "question"])


async def select_question(
    connection: AsyncConnection, *, place: str, answer: int, since: datetime
) -> str | None:
    """Return the masked text of what the message with the id `answer` answers, if it is there."""
    text: str | None = await connection.scalar(
        select(questions.c.text)
        .select_from(messages.join(questions, questions.c.id == messages.c.record))
        .where(
            messages.c.place == place,
            messages.c.answer == answer,
            messages.c.sent_at >= in_utc(since),
        )
        .order_by(messages.c.sent_at.desc())
        .limit(1)
    )
    return text or None


async def select_answer(
    connection: AsyncConnection, *, place: str, question: int, since: datetime
) -> FoundAnswer | None:
    """Return the message that answered the one with the id `question`, if it was sent `since`."""
    found = (
        await connection.execute(
            select(messages.c.answer, questions.c.text)
            .select_from(messages.outerjoin(questions, questions.c.id == messages.c.record))
            .where(
                messages.c.place == place,
                messages.c.question == question,
                messages.c.sent_at >= in_utc(since),
            )
        )
    ).first()
    return FoundAnswer(answer=found.answer, text=found.text) if found else None
