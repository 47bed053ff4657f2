"""Writes down questions and what people chose."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from itertools import groupby, islice
from typing import Any

from sqlalchemy import case, insert, null, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from storage.records import QuestionRecord, identify_gap, make_storable
from storage.tables import in_utc, questions
from storage.upserting import insert_for

_NONE_OF_THESE = "none_of_these"
_MOST_ID = 2**63 - 1


def is_id(number: int) -> bool:
    """Return whether a row may have this id: a changed app can press any number."""
    return 0 < number <= _MOST_ID


async def insert_batches(
    connection: AsyncConnection, batches: Sequence[Sequence[QuestionRecord]]
) -> list[tuple[int, ...]]:
    """Return the ids of the rows of every batch, in the order of its records."""
    ids = iter(await insert_questions(connection, [one for batch in batches for one in batch]))
    return [tuple(islice(ids, len(batch))) for batch in batches]


async def insert_questions(
    connection: AsyncConnection, records: Sequence[QuestionRecord]
) -> tuple[int, ...]:
    """Return the ids of the rows, in the order of `records`.

    A question that stands there already under its update id is not written again.
    """
    numbers: list[int] = []
    # Ids go up in the order in which people asked.
    for is_delivered, group in groupby(records, lambda one: one.update_id is not None):
        insert_group = _insert_delivered if is_delivered else _insert_others
        numbers += await insert_group(connection, tuple(group))
    return tuple(numbers)


async def _insert_delivered(
    connection: AsyncConnection, records: Sequence[QuestionRecord]
) -> list[int]:
    """Return the ids of the questions of updates, new and old, all by one statement."""
    # One update may stand in a batch twice: what waited for the database, and its redelivery.
    rows = {one.update_id: _make_row(one) for one in records}
    statement = _delivering(connection.dialect.name)
    found: dict[int | None, int] = dict(
        (await connection.execute(statement, list(rows.values()))).all()
    )
    return [found[one.update_id] for one in records]


@cache
def _delivering(dialect: str) -> ReturningInsert[Any]:
    statement = insert_for(dialect, questions)
    # Changes nothing, so that the id of a row that is there already is returned as well.
    return statement.on_conflict_do_update(
        index_elements=[questions.c.update_id],
        index_where=questions.c.update_id.is_not(None),
        set_={"update_id": statement.excluded.update_id},
    ).returning(questions.c.update_id, questions.c.id)


async def _insert_others(
    connection: AsyncConnection, records: Sequence[QuestionRecord]
) -> Sequence[int]:
    """Return the ids of questions that nothing tells apart: on SQLite a statement for each."""
    statement = insert(questions).returning(questions.c.id, sort_by_parameter_order=True)
    return (await connection.scalars(statement, [_make_row(one) for one in records])).all()


async def update_choice(
    connection: AsyncConnection,
    question_id: int,
    *,
    entry: str | None,
    asker: str | None,
    at: datetime,
) -> bool:
    """Return whether the choice was taken: `asker`'s question waited for one and had none yet."""
    if not is_id(question_id):
        return False
    statement = (
        update(questions)
        .where(
            questions.c.id == question_id,
            questions.c.outcome.in_(("offered", "missed")),
            questions.c.chosen_at.is_(None),
            questions.c.asker.is_not_distinct_from(asker),
        )
        .values(chosen=entry, chosen_at=in_utc(at))
    )
    if entry is None:
        # Once its text is forgotten there is nothing left to put before editors.
        remembered = questions.c.gap_id.is_not(None)
        gap = case((remembered, _NONE_OF_THESE), else_=null())
        statement = statement.values(gap=gap, reason=_NONE_OF_THESE)
    return (await connection.execute(statement)).rowcount == 1


def _make_row(record: QuestionRecord) -> dict[str, object]:
    return {
        "asked_at": record.asked_at,
        "front": record.front,
        "text": make_storable(record.text),
        "normalised": make_storable(record.normalised),
        "gap_id": identify_gap(record.normalised),
        "language": record.language,
        "outcome": record.outcome,
        "entry": record.entry,
        "confidence": record.confidence,
        "reason": record.reason,
        "knowledge_version": record.knowledge_version,
        "asker": record.asker,
        "gap": record.gap,
        "nearest": list(record.nearest),
        "update_id": record.update_id,
    }
