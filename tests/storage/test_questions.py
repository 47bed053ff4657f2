"""What is recorded comes back, once and whole, whatever people type."""

import asyncio
import re
from datetime import UTC, datetime, timedelta, timezone
from unittest.mock import ANY

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import StorageError, identify_gap, open_store
from tests.storage.gathering import list_missed

NOW = datetime(2026, 3, 2, tzinfo=UTC)
BEIJING = timezone(timedelta(hours=8))


async def test_ids_are_given_in_the_order_of_the_questions(store, ask):
    first = await store.record(ask("one"))
    others = await store.record_many([ask("two"), ask("three"), ask("four")])

    assert (first, *others) == (1, 2, 3, 4)


async def test_recording_nothing_gives_no_ids(store):
    assert await store.record_many([]) == ()


async def test_many_tasks_record_at_once_and_each_gets_its_own_id(store, ask):
    ids = await asyncio.gather(*(store.record(ask(f"question {n}")) for n in range(60)))

    assert sorted(ids) == list(range(1, 61))


async def test_a_time_from_beijing_comes_back_as_the_same_moment_in_utc(store, ask):
    await store.record(ask(asked_at=datetime(2026, 3, 1, 1, 30, 0, 123456, tzinfo=BEIJING)))

    (missed,) = await list_missed(store)
    assert missed.last == datetime(2026, 2, 28, 17, 30, 0, 123456, tzinfo=UTC)
    assert missed.last.utcoffset() == timedelta(0)


async def test_times_of_different_zones_are_compared_as_moments(store, ask):
    """08:00 in Beijing is earlier than 01:00 in UTC although its figures are larger."""
    await store.record(ask("A?", asked_at=datetime(2026, 3, 1, 1, tzinfo=UTC)))
    await store.record(ask("a", asked_at=datetime(2026, 3, 1, 8, tzinfo=BEIJING)))

    (missed,) = await list_missed(store)
    assert missed.first == datetime(2026, 3, 1, 0, tzinfo=UTC)
    assert missed.last == datetime(2026, 3, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "values",
    [
        {"asked_at": datetime(2026, 3, 1)},  # noqa: DTZ001 - the fault under test
        {"confidence": 1.01},
        {"confidence": -0.01},
        {"confidence": float("nan")},
        {"nearest": ("a", "b", "c", "d")},
    ],
)
def test_a_record_refuses_values_that_no_caller_may_hand_over(ask, values):
    with pytest.raises(ValueError, match=next(iter(values))):
        ask(**values)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "護理專業？",
        "👩‍🎓 é é",
        "it's; DROP TABLE questions --",
        "a%b_c\\",
        "\U00020000" * 9,
    ],
)
async def test_text_comes_back_as_it_was_typed(store, ask, text):
    await store.record(ask(text, normalised="same"))

    (missed,) = await list_missed(store)
    assert missed.text == text


@settings(
    max_examples=25,
    deadline=None,
    # Each example empties the database itself; making questions keeps nothing.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_recorded(url, ask, text):
    """NUL and lone surrogates, which no database takes, become U+FFFD."""

    async def record_and_list():
        async with open_store(url) as store:
            await store.forget_texts(NOW)
            await store.record(ask(text))
            return await list_missed(store)

    (missed,) = asyncio.run(record_and_list())
    assert missed.text == re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


async def test_a_choice_counts_once(store, ask):
    question = await store.record(ask(outcome="offered", gap=None))

    assert await store.choose(question, entry="tuition", asker="a1", at=NOW) is True
    assert await store.choose(question, entry="grants", asker="a1", at=NOW) is False
    assert await store.choose(question, entry=None, asker="a1", at=NOW) is False
    assert await list_missed(store) == ()


@pytest.mark.parametrize("stranger", ["a2", None])
async def test_nobody_chooses_on_the_question_of_another(store, ask, stranger):
    """A changed app can put any number into a button."""
    question = await store.record(ask(outcome="offered", asker="a1"))

    assert await store.choose(question, entry=None, asker=stranger, at=NOW) is False
    assert await store.choose(question, entry="tuition", asker="a1", at=NOW) is True


async def test_of_many_presses_at_once_one_counts(store, ask):
    question = await store.record(ask(outcome="offered"))

    presses = await asyncio.gather(
        *(store.choose(question, entry=f"entry-{n}", asker="a1", at=NOW) for n in range(8))
    )
    assert presses.count(True) == 1


async def test_none_of_these_puts_the_question_before_editors(store, ask):
    question = await store.record(ask("Fees?", outcome="offered", gap=None, reason="tie"))

    assert await store.choose(question, entry=None, asker="a1", at=NOW) is True
    (missed,) = await list_missed(store)
    assert (missed.text, missed.reason) == ("Fees?", "none_of_these")


async def test_none_of_these_after_the_text_is_forgotten_puts_nothing_before_editors(store, ask):
    question = await store.record(ask(outcome="offered"))
    await store.forget_texts(NOW)

    assert await store.choose(question, entry=None, asker="a1", at=NOW) is True
    assert await list_missed(store) == ()


@pytest.mark.parametrize("outcome", ["answered", "chat", "gated"])
async def test_nothing_can_be_chosen_where_nothing_was_offered(store, ask, outcome):
    question = await store.record(ask(outcome=outcome))

    assert await store.choose(question, entry="tuition", asker="a1", at=NOW) is False


@pytest.mark.parametrize("question_id", [2, 0, -1, 2**63, 10**40])
async def test_a_choice_for_an_unknown_question_does_not_count(store, ask, question_id):
    await store.record(ask())

    assert await store.choose(question_id, entry="tuition", asker="a1", at=NOW) is False


async def test_a_choice_needs_a_time_zone(store, ask):
    question = await store.record(ask())

    with pytest.raises(ValueError, match="time zone"):
        await store.choose(question, entry=None, at=datetime(2026, 3, 2))  # noqa: DTZ001


async def test_when_the_disk_is_full_all_questions_of_a_batch_are_kept_or_none(
    url, database_file, ask, fill_disk
):
    async with open_store(url) as store:
        await store.record(ask("before"))
    fill_disk(database_file)

    async with open_store(url) as store:
        with pytest.raises(StorageError, match="the disk is full"):
            await store.record_many([ask("small"), ask("large " * 100_000)])
        assert (await store.status()).missed == 1
        assert await store.record(ask("small")) == 2


async def test_no_error_tells_what_was_asked_or_by_whom(
    url, database_file, ask, fill_disk, all_messages
):
    async with open_store(url):
        fill_disk(database_file)

    async with open_store(url) as store:
        with pytest.raises(StorageError) as caught:
            await store.record(ask("my secret" * 100_000, asker="0123abcd"))
    told = all_messages(caught.value)
    assert "the disk is full" in told
    assert "my secret" not in told
    assert "0123abcd" not in told


@given(st.text(st.characters(exclude_categories=())))
def test_the_id_of_a_gap_is_stable_and_short(text):
    assert identify_gap(text) == identify_gap(text)
    assert len(identify_gap(text)) == 9


def test_the_id_of_a_gap_is_the_start_of_the_hash_of_its_text():
    assert identify_gap("") == "ge3b0c442"


async def test_a_question_that_is_delivered_twice_is_kept_once(store, ask):
    first = await store.record(ask("once", update_id=7))

    assert await store.record(ask("once", update_id=7)) == first
    assert await store.record_many([ask("new"), ask("once", update_id=7)]) == (ANY, first)
    assert sum((await store.status()).outcomes.values()) == 2


async def test_a_question_that_stands_twice_in_one_batch_is_kept_once(store, ask):
    numbers = await store.record_many([ask("a", update_id=8), ask("b"), ask("a", update_id=8)])

    assert numbers[0] == numbers[2] != numbers[1]
    assert sum((await store.status()).outcomes.values()) == 2
