"""Updates in hand, replies that wait, dead letters and closed chats outlive the process."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage import StorageError, open_store
from storage.delivery import Begun, DeadLetter, WaitingReply

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def letter():
    return DeadLetter(
        update_id=5,
        kind="message",
        payload={"update_id": 5, "message": {"text": "?"}},
        error="KeyError",
        tries=3,
        failed_at=NOW,
    )


def _reply(chat_id, text="hello", *, due_at=NOW, created_at=NOW):
    return WaitingReply(
        chat_id=chat_id,
        method="sendMessage",
        payload={"text": text},
        is_answer=True,
        created_at=created_at,
        due_at=due_at,
    )


async def test_an_update_is_known_from_its_first_delivery_on(url):
    async with open_store(url) as store:
        assert await store.delivery.begin(7, at=NOW) == Begun(tries=1, is_handled=False)
    async with open_store(url) as store:
        assert await store.delivery.begin(7, at=NOW) == Begun(tries=2, is_handled=False)
        await store.delivery.finish(7, at=NOW)
        assert await store.delivery.begin(7, at=NOW) == Begun(tries=3, is_handled=True)


async def test_what_was_handled_while_its_beginning_could_not_be_written_is_known(store):
    await store.delivery.finish(8, at=NOW)

    assert await store.delivery.begin(8, at=NOW) == Begun(tries=1, is_handled=True)


async def test_beginning_one_update_does_not_touch_another_that_is_handled_with_it(store):
    await store.delivery.begin(1, at=NOW)

    _, begun = await asyncio.gather(
        store.delivery.finish(1, at=NOW), store.delivery.begin(2, at=NOW)
    )
    assert begun == Begun(tries=1, is_handled=False)
    assert await store.delivery.begin(1, at=NOW) == Begun(tries=2, is_handled=True)


async def test_replies_come_back_first_of_each_chat_first(store):
    delivery = store.delivery
    for chat_id, text in ((1, "a"), (1, "b"), (2, "c")):
        await delivery.keep_reply(_reply(chat_id, text))
    await delivery.keep_reply(_reply(3, "later", due_at=NOW + MINUTE))

    assert await delivery.count_waiting() == {1: 2, 2: 1, 3: 1}
    taken = await delivery.lease_due(now=NOW, until=NOW + MINUTE, limit=9)
    assert [(one.chat_id, one.payload["text"]) for one in taken] == [(1, "a"), (2, "c")]


async def test_a_reply_in_hand_is_nobody_elses_until_its_lease_is_over(store):
    delivery = store.delivery
    await delivery.keep_reply(_reply(1))
    (first,) = await delivery.lease_due(now=NOW, until=NOW + MINUTE, limit=9)

    assert await delivery.lease_due(now=NOW, until=NOW + MINUTE, limit=9) == ()
    assert await delivery.next_due() == NOW + MINUTE
    (again,) = await delivery.lease_due(now=NOW + MINUTE, until=NOW + 2 * MINUTE, limit=9)
    assert (again.id, again.tries) == (first.id, 1)


async def test_a_postponed_reply_waits_and_keeps_its_chat_in_order(store):
    delivery = store.delivery
    first = await delivery.keep_reply(_reply(1, "a"))
    await delivery.keep_reply(_reply(1, "b"))
    await delivery.postpone(first, due_at=NOW + MINUTE)

    assert await delivery.lease_due(now=NOW, until=NOW + MINUTE, limit=9) == ()
    await delivery.drop_reply(first)
    (second,) = await delivery.lease_due(now=NOW, until=NOW + MINUTE, limit=9)
    assert second.payload == {"text": "b"}


async def test_a_dead_letter_is_kept_once_for_each_update(store, letter):
    await store.delivery.bury(letter)
    await store.delivery.bury(replace(letter, error="ValueError", tries=4))

    (kept,) = await store.delivery.list_letters(limit=9)
    assert (kept.error, kept.tries, kept.payload) == ("ValueError", 4, letter.payload)
    assert await store.delivery.show_letter(kept.id) == kept
    assert await store.delivery.drop_letter(kept.id)
    assert not await store.delivery.drop_letter(kept.id)
    assert await store.delivery.show_letter(kept.id) is None


async def test_a_closed_chat_is_marked_until_it_opens(store):
    for _ in range(2):
        await store.delivery.mark_unreachable("hash", since=NOW)
    assert await store.delivery.list_unreachable() == {"hash"}
    await store.delivery.mark_reachable("hash", "other")
    assert await store.delivery.list_unreachable() == frozenset()


async def test_sweeping_forgets_numbers_of_updates_and_gives_up_what_is_too_old(store, letter, ask):
    """A number that Telegram gives out again is a new question."""
    old, new = NOW - timedelta(days=3), NOW
    for update_id, at in ((1, old), (2, new)):
        await store.delivery.begin(update_id, at=at)
        await store.record(ask("q", update_id=update_id, asked_at=at))
        await store.delivery.keep_reply(_reply(update_id, created_at=at, due_at=at))
        await store.delivery.bury(replace(letter, update_id=update_id, failed_at=at))
    given_up = await store.delivery.sweep(updates_before=NOW - MINUTE, others_before=NOW - MINUTE)

    assert (given_up.replies, given_up.letters) == (1, 1)
    assert [one.update_id for one in await store.delivery.list_letters(limit=9)] == [2]
    assert await store.delivery.count_waiting() == {2: 1}
    assert (await store.delivery.begin(1, at=NOW)).tries == 1
    assert (await store.delivery.begin(2, at=NOW)).tries == 2
    await store.record_many([ask("q", update_id=1), ask("q", update_id=2)])
    assert sum((await store.status()).outcomes.values()) == 3


async def test_a_sweep_that_finds_nothing_gives_nothing_up(store):
    given_up = await store.delivery.sweep(updates_before=NOW, others_before=NOW)
    assert (given_up.replies, given_up.letters) == (0, 0)


async def test_a_closed_store_says_so(url):
    async with open_store(url) as store:
        pass
    with pytest.raises(StorageError, match="can't mark updates: the store is closed"):
        await store.delivery.begin(1, at=NOW)
