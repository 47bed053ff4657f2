"""Editors see what was missed, grouped, counted and in the order they ask for."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import MissedQuestion, identify_gap

DAY = timedelta(days=1)
START = datetime(2026, 3, 1, tzinfo=UTC)


async def test_questions_that_are_the_same_after_normalising_are_one_group(store, ask):
    await store.record_many(
        [
            ask("Fees?", asked_at=START, asker="a1", language="zh", nearest=("old",)),
            ask("FEES", asked_at=START + 2 * DAY, asker="a2", language="en", gap="tie"),
            ask("fees", asked_at=START + DAY, asker="a1", language="en"),
        ]
    )

    assert await store.list_missed() == (
        MissedQuestion(
            gap=identify_gap("fees"),
            text="FEES",
            count=3,
            people=2,
            languages=("en", "zh"),
            first=START,
            last=START + 2 * DAY,
            reason="tie",
            nearest=("tuition", "grants"),
        ),
    )


async def test_of_questions_at_the_same_moment_the_last_recorded_is_the_newest(store, ask):
    await store.record_many([ask("Fees?"), ask("FEES"), ask("fees")])

    assert (await store.list_missed())[0].text == "fees"


async def test_questions_without_an_asker_count_as_one_person(store, ask):
    await store.record_many([ask(asker=None), ask(asker=None), ask(asker="a1"), ask(asker="a2")])

    assert (await store.list_missed())[0].people == 3


async def test_only_questions_before_editors_are_listed(store, ask):
    await store.record_many(
        [
            ask("known", outcome="answered", gap=None, reason=None),
            ask("old", outcome="answered", gap="expired", reason=None),
            ask("hello", outcome="chat", gap=None),
        ]
    )

    assert [(one.text, one.reason) for one in await store.list_missed()] == [("old", "expired")]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("people", ["popular", "repeated", "old", "new"]),
        ("newest", ["new", "repeated", "popular", "old"]),
        ("oldest", ["old", "popular", "repeated", "new"]),
    ],
)
async def test_groups_come_in_the_order_asked_for(store, ask, order, expected):
    await store.record_many(
        [
            ask("new", asked_at=START + 9 * DAY),
            ask("popular", asked_at=START + DAY, asker="a1"),
            ask("popular", asked_at=START + DAY, asker="a2"),
            ask("repeated", asked_at=START + 2 * DAY),
            ask("repeated", asked_at=START + 3 * DAY),
            ask("old", asked_at=START),
            ask("old", asked_at=START),
        ]
    )

    groups = await store.list_missed(order=order)
    assert [group.text for group in groups] == expected


async def test_the_list_stops_at_its_limit(store, ask):
    await store.record_many([ask(f"q{n}", asked_at=START + n * DAY) for n in range(60)])

    assert len(await store.list_missed()) == 50
    newest = await store.list_missed(limit=2, order="newest")
    assert [group.text for group in newest] == ["q59", "q58"]
    assert await store.list_missed(limit=0) == ()
    assert await store.list_missed(limit=-1) == ()


async def test_a_group_is_shown_with_its_wordings_newest_first(store, ask):
    wordings = [f"{'?' * n}fees" for n in range(25)]
    await store.record_many(
        [ask(text, normalised="fees", asked_at=START + n * DAY) for n, text in enumerate(wordings)]
    )
    await store.record(ask(wordings[3], normalised="fees", asked_at=START + 99 * DAY))

    group, shown = await store.show_missed(identify_gap("fees"))
    assert (group,) == await store.list_missed()
    assert group.count == 26
    assert shown == (wordings[3], *reversed(wordings[6:]))


@pytest.mark.parametrize("gap", ["g00000000", "", "fees", "g' OR 1=1", "g\udcff", "\x00"])
async def test_a_group_that_is_not_there_is_none(store, ask, gap):
    await store.record(ask("fees"))

    assert await store.show_missed(gap) is None


async def test_a_question_that_is_not_before_editors_is_not_shown(store, ask):
    await store.record(ask("fees", outcome="answered", gap=None))

    assert await store.show_missed(identify_gap("fees")) is None


async def test_the_index_serves_the_list_of_missed_questions(store, url):
    """Answered questions, which are most, are not read."""
    async with store._database.read("explain") as connection:
        plan = await connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT gap_id, count(*), max(asked_at) FROM questions "
            "WHERE gap IS NOT NULL GROUP BY gap_id"
        )
        assert "ix_questions_missed" in str(plan.all())
