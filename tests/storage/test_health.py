"""How the bot does, counted: outcomes over time, what is asked most, what is useful."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage.health import AskedEntry, Outcomes, RatedEntry
from storage.people import Feedback

DAY = timedelta(days=1)
START = datetime(2026, 3, 2, tzinfo=UTC)
EDGES = [START, START + DAY, START + 2 * DAY, START + 3 * DAY]


async def test_what_became_of_questions_is_counted_day_by_day(store, ask):
    """Every kind in its own column; a day without questions is there and empty."""
    await store.record_many(
        [
            ask(asked_at=START, outcome="answered", entry="fees", gap=None),
            ask(asked_at=START + DAY - timedelta(microseconds=1), outcome="answered", gap=None),
            ask(asked_at=START, outcome="missed"),
            ask(asked_at=START, outcome="chat", gap=None),
            ask(asked_at=START + 2 * DAY, outcome="gated", gap=None),
            ask(asked_at=START + 2 * DAY, outcome="offered", gap=None),
        ]
    )

    counted = await store.health.count_outcomes(EDGES)

    assert counted == (
        Outcomes(since=START, answered=2, missed=1),
        Outcomes(since=START + DAY),
        Outcomes(since=START + 2 * DAY, offered=1, gated=1),
    )
    assert [one.total for one in counted] == [3, 0, 2]


async def test_an_offer_is_resolved_by_a_pick_and_missed_by_none_of_these(store, ask):
    """A pick after a miss helped as well, and an offer without a press is neither."""
    offer = {"asked_at": START, "outcome": "offered", "gap": None}
    picked, refused, _, missed = await store.record_many(
        [ask(**offer), ask(**offer), ask(**offer), ask(asked_at=START, outcome="missed")]
    )
    await store.choose(picked, entry="fees", asker="a1", at=START)
    await store.choose(refused, entry=None, asker="a1", at=START)
    await store.choose(missed, entry="fees", asker="a1", at=START)

    (counted,) = await store.health.count_outcomes(EDGES[:2])

    assert counted == Outcomes(since=START, resolved=2, offered=1, missed=1)


async def test_forgotten_questions_still_count(store, ask):
    await store.record(ask(asked_at=START, outcome="missed"))
    await store.forget_texts(START + DAY)

    assert (await store.health.count_outcomes(EDGES[:2]))[0].missed == 1


async def test_periods_may_be_of_any_length_and_zone(store, ask):
    """A week that begins at midnight in China begins the evening before in UTC."""
    china = timezone(timedelta(hours=8))
    monday = datetime(2026, 3, 2, tzinfo=china)
    await store.record_many(
        [ask(asked_at=START - timedelta(hours=hours), outcome="missed") for hours in (7, 9)]
    )

    counted = await store.health.count_outcomes([monday, monday + 7 * DAY])

    assert counted == (Outcomes(since=monday, missed=1),)


async def test_without_two_edges_there_is_no_period(store):
    assert await store.health.count_outcomes([]) == ()
    assert await store.health.count_outcomes([START]) == ()


@pytest.mark.parametrize(
    "edges", [[START + DAY, START], [START, START], [START.replace(tzinfo=None), START]]
)
async def test_edges_that_are_no_periods_are_refused(edges, store):
    with pytest.raises(ValueError, match=r"follow each other|time zone"):
        await store.health.count_outcomes(edges)


async def test_the_most_asked_entries_come_first(store, ask):
    """Answers and picks count, offers that nobody took do not; ties break by people, then name."""
    answered = {"asked_at": START, "outcome": "answered", "gap": None}
    *_, offered = await store.record_many(
        [
            ask(entry="grants", asker="a1", **answered),
            ask(entry="grants", asker="a1", **answered),
            ask(entry="fees", asker="a1", **answered),
            ask(entry="fees", asker=None, **answered),
            ask(entry="army", asker="a2", **answered),
            ask(entry="old", asker="a2", **(answered | {"asked_at": START - DAY})),
            ask(entry=None, outcome="offered", asked_at=START, gap=None),
            ask(entry=None, outcome="offered", asked_at=START, gap=None, asker="a3"),
        ]
    )
    await store.choose(offered, entry="army", asker="a3", at=START)

    counted = await store.health.count_asked(since=START)

    assert counted == (
        AskedEntry(entry="army", count=2, people=2),
        AskedEntry(entry="fees", count=2, people=2),
        AskedEntry(entry="grants", count=2, people=1),
    )
    assert await store.health.count_asked(since=START, limit=1) == counted[:1]
    assert await store.health.count_asked(since=START, entries=["fees", "old"]) == counted[1:2]
    assert await store.health.count_asked(since=START, entries=[]) == ()


async def test_what_is_useful_is_told_for_each_version(store):
    """A changed answer starts anew; the version rated last comes first; forgotten people count."""

    async def rate(asker, entry, version, verdict, day):
        await store.people.rate(
            Feedback(
                asker=asker,
                entry=entry,
                knowledge_version=version,
                verdict=verdict,
                reason=None,
                given_at=START + day * DAY,
            )
        )

    await rate("a1", "fees", "v1", "down", 0)
    await rate("a2", "fees", "v1", "up", 1)
    await rate("a1", "fees", "v2", "up", 2)
    await rate("a1", "army", "v2", "up", 0)
    await rate("a1", "old", "v1", "down", -1)
    await store.people.forget("a2", chat_id=7)

    counted = await store.health.count_verdicts(since=START)

    assert counted == (
        RatedEntry(entry="army", knowledge_version="v2", up=1, down=0, last=START),
        RatedEntry(entry="fees", knowledge_version="v2", up=1, down=0, last=START + 2 * DAY),
        RatedEntry(entry="fees", knowledge_version="v1", up=1, down=1, last=START + DAY),
    )
    assert [one.rate for one in counted] == [1.0, 1.0, 0.5]
