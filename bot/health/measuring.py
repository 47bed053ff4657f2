"""Measures how the bot does: outcomes, what is asked most, what is useful, what is due."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime

from bot.answering import Answerer
from bot.health.periods import Periods, make_periods
from intents import Language
from knowledge import Knowledge
from storage.health import AskedEntry, HealthStore, Outcomes, RatedEntry

OUTCOMES = tuple(one.name for one in fields(Outcomes) if one.name != "since")
TitleOf = Callable[[str, Language], str]

_MOST_ASKED = 10
# Fewer say nothing about an answer.
_FEWEST_VERDICTS = 3
_USEFUL_ENOUGH = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class DueEntry:
    """An entry past the day by which it should have been reviewed, and how often it was asked."""

    entry: str
    review_by: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the bot did in some days.

    `outcomes` go by `periods`. `asked` are the ten entries asked most, `rated` all that people had
    an opinion of, by entry and version, `due` those past review, the most asked first.
    """

    periods: Periods
    outcomes: tuple[Outcomes, ...]
    asked: tuple[AskedEntry, ...]
    rated: tuple[RatedEntry, ...]
    due: tuple[DueEntry, ...]
    knowledge_version: str

    def count(self, outcome: str) -> int:
        """Return how many questions had one of `OUTCOMES`, over all periods."""
        return sum(getattr(one, outcome) for one in self.outcomes)

    @property
    def total(self) -> int:
        """Return how many questions there were."""
        return sum(one.total for one in self.outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usefulness:
    """How many found an entry useful or not, over all its versions."""

    entry: str
    up: int
    down: int

    @property
    def rate(self) -> float:
        """Return the share that found it useful, in 0..1."""
        return self.up / (self.up + self.down)


async def measure_health(
    store: HealthStore, knowledge: Knowledge, *, now: datetime, days: int
) -> Health:
    """Return how the bot did in the last `days` days, today included.

    Raises:
        StorageError: The store can't be read.
    """
    periods = make_periods(now, days=days)
    since = periods.edges[0]
    dues = [one for one in knowledge.answers.values() if one.is_due(periods.until)]
    counted = await store.count_asked(since=since, entries=[one.id for one in dues])
    times = {one.entry: one.count for one in counted}
    due = [
        DueEntry(entry=one.id, review_by=one.review_by, count=times.get(one.id, 0)) for one in dues
    ]
    return Health(
        periods=periods,
        outcomes=await store.count_outcomes(periods.edges),
        asked=await store.count_asked(since=since, limit=_MOST_ASKED),
        rated=await store.count_verdicts(since=since),
        due=tuple(sorted(due, key=lambda one: (-one.count, one.review_by, one.entry))),
        knowledge_version=knowledge.version,
    )


def find_doubtful(health: Health) -> tuple[Usefulness, ...]:
    """Return the entries that helped less than half of at least three people, the worst first."""
    ups: dict[str, int] = {}
    downs: dict[str, int] = {}
    for one in health.rated:
        ups[one.entry] = ups.get(one.entry, 0) + one.up
        downs[one.entry] = downs.get(one.entry, 0) + one.down
    useful = (Usefulness(entry=one, up=ups[one], down=downs[one]) for one in ups)
    doubtful = (
        one for one in useful if one.up + one.down >= _FEWEST_VERDICTS and one.rate < _USEFUL_ENOUGH
    )
    return tuple(sorted(doubtful, key=lambda one: (one.rate, -one.down, one.entry)))


def titles_from(answerer: Answerer, *, today: date) -> TitleOf:
    """Return what names an entry, also a major; one that is gone goes by its id."""

    def title_of(entry: str, language: Language) -> str:
        reply = answerer.show(entry, language, today=today)
        return (reply and reply.title) or entry

    return title_of
