"""A made-up month, and the health of a bot that had it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.health.measuring import Health
from bot.health.periods import make_periods
from storage.health import Outcomes

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)

MakeHealth = Callable[..., Health]


@pytest.fixture
def make_health() -> MakeHealth:
    """Return what makes the health of some days, each with the same counts."""

    def make(*, days: int = 7, each: dict[str, int] | None = None, **values: Any) -> Health:
        periods = make_periods(NOW, days=days)
        outcomes = tuple(Outcomes(since=since, **(each or {})) for since in periods.edges[:-1])
        usual: dict[str, Any] = {"asked": (), "rated": (), "due": (), "knowledge_version": "v1"}
        return Health(periods=periods, outcomes=outcomes, **(usual | values))

    return make
