"""What people have chosen for themselves."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people.tables import people
from storage.people.upserting import upsert


async def select_language(connection: AsyncConnection, asker: str) -> str | None:
    """Return the language that the person has chosen, `None` for none."""
    return (
        await connection.scalars(select(people.c.language).where(people.c.asker == asker))
    ).one_or_none()


async def set_language(connection: AsyncConnection, asker: str, language: str | None) -> None:
    """Keep the chosen language; `None` takes the choice back."""
    if language is None:
        await connection.execute(delete(people).where(people.c.asker == asker))
    else:
        await upsert(connection, people, [{"asker": asker, "language": language}], by=["asker"])
