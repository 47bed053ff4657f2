"""What people have chosen for themselves."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people.tables import people
from storage.upserting import upsert


async def select_languages(connection: AsyncConnection, askers: Sequence[str]) -> list[str | None]:
    """Return the language that each person has chosen, `None` for none."""
    chosen = select(people.c.asker, people.c.language).where(people.c.asker.in_(askers))
    found: dict[str, str] = dict((await connection.execute(chosen)).all())
    return [found.get(asker) for asker in askers]


async def set_language(connection: AsyncConnection, asker: str, language: str | None) -> None:
    """Keep the chosen language; `None` takes the choice back."""
    if language is None:
        await connection.execute(delete(people).where(people.c.asker == asker))
    else:
        await upsert(connection, people, [{"asker": asker, "language": language}], by=["asker"])
