"""Everything that can be asked about how the bot does."""

from collections.abc import Sequence
from datetime import datetime

from storage.engine import Database
from storage.health.entries import count_asked, count_verdicts
from storage.health.outcomes import count_outcomes
from storage.health.values import AskedEntry, Outcomes, RatedEntry


class HealthStore:
    """Counts; nothing in it leads to a person or to what one of them wrote.

    Every method raises `StorageError` when the database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count_outcomes(self, edges: Sequence[datetime]) -> tuple[Outcomes, ...]:
        """Return what became of questions in each period between two neighbours of `edges`.

        A period holds its own beginning and not its end.

        Raises:
            ValueError: The edges are not in order, or have no time zone.
        """
        async with self._database.read("count what became of questions") as connection:
            return await count_outcomes(connection, edges)

    async def count_asked(
        self,
        *,
        since: datetime,
        limit: int | None = None,
        entries: Sequence[str] | None = None,
    ) -> tuple[AskedEntry, ...]:
        """Return how often entries were answered or picked since then, the most frequent first.

        `limit` takes the first so many, `entries` only these.
        """
        async with self._database.read("count what is asked") as connection:
            return await count_asked(connection, since=since, limit=limit, entries=entries)

    async def count_verdicts(self, *, since: datetime) -> tuple[RatedEntry, ...]:
        """Return what people thought since then of each entry in each version of the knowledge."""
        async with self._database.read("count what is useful") as connection:
            return await count_verdicts(connection, since=since)
