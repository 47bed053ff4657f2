"""Everything that is held about one person: shown, or forgotten."""

from typing import Any

from sqlalchemy import ColumnElement, Table, delete, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.editing.counting import forget_wordings
from storage.editing.editors import forget_editor, select_of_editor
from storage.editing.tables import tellings
from storage.people.tables import feedback, messages, people, waits
from storage.people.values import Erased, Held, Row
from storage.tables import dead_letters, outbox, questions, unreachable


async def select_everything(connection: AsyncConnection, asker: str, chat_id: int) -> Held:
    """Return all rows about the person, without the hash they stand under.

    `chat_id` is the private chat with them, where replies may still wait to be sent; it has the
    number of their account, by which editors are known.
    """

    async def rows(table: Table, where: ColumnElement[bool]) -> tuple[Row, ...]:
        shown = [column for column in table.c if column.name not in {"asker", "who"}]
        statement = select(*shown).where(where).order_by(*table.primary_key)
        return tuple(dict(row) for row in (await connection.execute(statement)).mappings())

    chosen = await rows(people, people.c.asker == asker)
    blocked = await rows(unreachable, unreachable.c.who == asker)
    drafted, taken, decided = await select_of_editor(connection, chat_id)
    return Held(
        language=str(chosen[0]["language"]) if chosen else None,
        blocked_since=blocked[0]["since"] if blocked else None,
        questions=await rows(questions, questions.c.asker == asker),
        feedback=await rows(feedback, feedback.c.asker == asker),
        waits=await rows(waits, waits.c.asker == asker),
        tellings=await rows(tellings, tellings.c.asker == asker),
        messages=await rows(messages, messages.c.asker == asker),
        unsent=await rows(outbox, outbox.c.chat_id == chat_id),
        unhandled=await rows(
            dead_letters, dead_letters.c.id.in_(await _find_letters(connection, chat_id))
        ),
        drafts=drafted,
        taken=taken,
        decisions=decided,
    )


async def erase(connection: AsyncConnection, asker: str, chat_id: int) -> Erased:
    """Forget a person and return how much that was; what stays are counts without any text."""
    blank = {"text": "", "normalised": "", "nearest": []}
    unlinked = dict.fromkeys(("gap_id", "gap", "asker", "update_id", "gathered"), null())
    letters = await _find_letters(connection, chat_id)
    own = select(questions.c.gathered).where(questions.c.asker == asker).distinct()
    gaps = (await connection.scalars(own)).all()

    async def drop(table: Table, where: ColumnElement[bool]) -> int:
        return (await connection.execute(delete(table).where(where))).rowcount

    changed = [
        (await connection.execute(statement)).rowcount
        for statement in (
            update(questions).where(questions.c.asker == asker).values(**blank, **unlinked),
            update(feedback).where(feedback.c.asker == asker).values(asker=null()),
        )
    ]
    await forget_wordings(connection, gaps)
    await drop(unreachable, unreachable.c.who == asker)
    drafted, taken, decided = await forget_editor(connection, chat_id)
    return Erased(
        questions=changed[0],
        feedback=changed[1],
        waits=await drop(waits, waits.c.asker == asker)
        + await drop(tellings, tellings.c.asker == asker),
        messages=await drop(messages, messages.c.asker == asker),
        choices=await drop(people, people.c.asker == asker),
        undelivered=await drop(outbox, outbox.c.chat_id == chat_id)
        + await drop(dead_letters, dead_letters.c.id.in_(letters)),
        drafts=drafted,
        taken=taken,
        decisions=decided,
    )


async def _find_letters(connection: AsyncConnection, person: int) -> list[int]:
    """Return the ids of the updates that could not be handled and came from this person."""
    letters = await connection.execute(select(dead_letters.c.id, dead_letters.c.payload))
    return [row.id for row in letters if _is_from(row.payload, person)]


def _is_from(payload: Any, person: int) -> bool:
    """Return whether the person sent the update, or it came from the private chat with them.

    Whoever is replied to in it has no part in what another person writes.
    """
    contents = [one for one in payload.values() if isinstance(one, dict)]
    places = [place for one in contents for place in (one, one.get("message"))]
    senders = [one.get("from") for one in contents]
    chats = [place.get("chat") for place in places if isinstance(place, dict)]
    # A person and the private chat with them have the same number.
    return any(isinstance(one, dict) and one.get("id") == person for one in (*senders, *chats))
