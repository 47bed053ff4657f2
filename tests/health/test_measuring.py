"""How the bot does, put together from what is stored and what is known."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.health.measuring import DueEntry, Usefulness, find_doubtful, measure_health, titles_from
from bot.services import Brain
from storage import QuestionRecord, Store, open_store
from storage.health import AskedEntry, RatedEntry
from storage.people import Feedback
from tests.bots.databases import LayDatabase
from tests.health.conftest import MakeHealth

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path, lay_database: LayDatabase) -> AsyncIterator[Store]:
    lay_database(tmp_path / "store.db")
    async with open_store(f"sqlite:///{tmp_path / 'store.db'}") as opened:
        yield opened


def _question(**values: Any) -> QuestionRecord:
    usual: dict[str, Any] = {
        "asked_at": NOW, "front": "telegram", "text": "t", "normalised": "t", "language": "zh",
        "outcome": "answered", "entry": "grants", "confidence": 0.9, "reason": None,
        "knowledge_version": "v1", "asker": "a1", "gap": None, "nearest": (),
    }  # fmt: skip
    return QuestionRecord(**(usual | values))


async def test_everything_is_measured_in_the_same_days(store: Store, tiny_brain: Brain) -> None:
    """What is older than the first of them counts nowhere."""
    old = NOW - timedelta(days=7)
    await store.record_many(
        [
            _question(),
            _question(asked_at=old),
            _question(asked_at=NOW - timedelta(days=1), outcome="missed", entry=None),
        ]
    )
    for asker, verdict, at in (("a1", "up", NOW), ("a2", "down", old)):
        await store.people.rate(
            Feedback(
                asker=asker,
                entry="grants",
                knowledge_version="v1",
                verdict=verdict,  # type: ignore[arg-type]
                reason=None,
                given_at=at,
            )
        )

    health = await measure_health(store.health, tiny_brain.knowledge, now=NOW, days=7)

    assert [one.total for one in health.outcomes] == [0, 0, 0, 0, 0, 1, 1]
    assert (health.total, health.count("answered"), health.count("missed")) == (2, 1, 1)
    assert health.asked == (AskedEntry(entry="grants", count=1, people=1),)
    (rated,) = health.rated
    assert (rated.up, rated.down) == (1, 0)
    assert health.due == (DueEntry(entry="grants", review_by=date(2020, 1, 1), count=1),)
    assert health.knowledge_version == tiny_brain.knowledge.version


async def test_entries_past_review_come_with_how_often_they_were_asked(
    store: Store, tiny_brain: Brain
) -> None:
    """The most asked first, also those that nobody asked; the day of review itself is in time."""
    knowledge = tiny_brain.knowledge
    reviews = {
        "grants": date(2026, 3, 30),
        "school-tuition": date(2026, 1, 1),
        "number-of-majors": date(2026, 3, 31),
    }
    answers = {
        one.id: replace(one, review_by=reviews.get(one.id, one.review_by))
        for one in knowledge.answers.values()
    }
    await store.record_many([_question()])

    health = await measure_health(
        store.health, replace(knowledge, answers=answers), now=NOW, days=7
    )

    assert health.due == (
        DueEntry(entry="grants", review_by=date(2026, 3, 30), count=1),
        DueEntry(entry="school-tuition", review_by=date(2026, 1, 1), count=0),
    )


def test_an_entry_is_doubtful_when_it_helps_less_than_half_of_three(
    make_health: MakeHealth,
) -> None:
    """Over all versions; the worst first. Two opinions say nothing, and half is enough."""

    def rated(entry: str, up: int, down: int, version: str = "v1") -> RatedEntry:
        return RatedEntry(entry=entry, knowledge_version=version, up=up, down=down, last=NOW)

    health = make_health(
        rated=(
            rated("half", 2, 2),
            rated("few", 0, 2),
            rated("versions", 1, 1, "v2"),
            rated("versions", 0, 1),
            rated("worst", 0, 3),
            rated("good", 3, 0),
        )
    )
    assert find_doubtful(health) == (
        Usefulness(entry="worst", up=0, down=3),
        Usefulness(entry="versions", up=1, down=2),
    )


def test_an_entry_goes_by_its_title_and_one_that_is_gone_by_its_id(tiny_brain: Brain) -> None:
    """In either language."""
    title_of = titles_from(tiny_brain.answerer, today=date(2026, 3, 31))
    assert title_of("grants", "zh") == "助学金怎么申请"
    assert title_of("grants", "en") == "How to apply for a grant"
    assert title_of("gone-entry", "en") == "gone-entry"
