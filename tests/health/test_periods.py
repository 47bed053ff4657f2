"""The last days, cut by the calendar of those who ask."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.health.periods import CHINA, make_periods

_MOMENTS = st.integers(0, 20 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def test_a_day_ends_at_midnight_in_china() -> None:
    """At four in the afternoon in UTC."""
    before = make_periods(datetime(2026, 3, 31, 15, 59, tzinfo=UTC), days=1)
    after = make_periods(datetime(2026, 3, 31, 16, 0, tzinfo=UTC), days=1)
    assert (before.until, after.until) == (date(2026, 3, 31), date(2026, 4, 1))
    assert after.edges == [
        datetime(2026, 3, 31, 16, tzinfo=UTC),
        datetime(2026, 4, 1, 16, tzinfo=UTC),
    ]


def test_up_to_a_month_is_cut_into_days_and_more_into_weeks_from_mondays() -> None:
    """Of weeks the first is whole."""
    now = datetime(2026, 3, 31, 12, tzinfo=UTC)
    month, more = make_periods(now, days=31), make_periods(now, days=32)
    assert (month.unit, len(month.firsts), month.firsts[0]) == ("day", 31, date(2026, 3, 1))
    assert (more.unit, more.firsts[0]) == ("week", date(2026, 2, 23))
    assert all(first.weekday() == 0 for first in more.firsts)


@given(now=_MOMENTS, days=st.integers(1, 366))
def test_periods_follow_each_other_and_hold_all_the_days_asked_for(
    now: datetime, days: int
) -> None:
    """The last one holds this moment; there are at most as many as fit on a chart."""
    periods = make_periods(now, days=days)
    edges = periods.edges
    assert all(one < other for one, other in pairwise(edges))
    assert edges[-2] <= now < edges[-1]
    asked_for = now.astimezone(CHINA).date() - timedelta(days=days - 1)
    assert timedelta(0) <= asked_for - periods.firsts[0] < timedelta(days=7)
    assert len(periods.firsts) <= 54
