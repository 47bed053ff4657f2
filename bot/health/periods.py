"""Cuts the last days into periods, by the calendar of those who ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

Unit = Literal["day", "week"]
# What happens at night in China belongs to that night, wherever the bot runs. No summer time there.
CHINA = timezone(timedelta(hours=8))
_MOST_IN_DAYS = 31
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Days or weeks in a row; `firsts` are the first days of each, `until` is the last day of all.

    The last one may not be over yet.
    """

    unit: Unit
    firsts: tuple[date, ...]
    until: date

    @property
    def edges(self) -> Sequence[datetime]:
        """Return the moments at which a period begins, and the one at which the last ends."""
        days = (*self.firsts, self.until + _DAY)
        return [datetime.combine(day, time(), CHINA) for day in days]


def make_periods(now: datetime, *, days: int) -> Periods:
    """Return the last `days` days, today in China included; more than a month in whole weeks."""
    today = now.astimezone(CHINA).date()
    first = today - timedelta(days=days - 1)
    if days <= _MOST_IN_DAYS:
        return Periods(
            unit="day", firsts=tuple(first + _DAY * number for number in range(days)), until=today
        )
    monday = first - timedelta(days=first.weekday())
    weeks = (today - monday).days // 7 + 1
    firsts = tuple(monday + timedelta(weeks=number) for number in range(weeks))
    return Periods(unit="week", firsts=firsts, until=today)
