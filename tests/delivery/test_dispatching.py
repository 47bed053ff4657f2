"""Updates of one chat keep their order, chats go side by side, and no more than allowed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.delivery.dispatcher import Dispatcher, lane_of


def _message(update_id: int, chat_id: int) -> dict[str, Any]:
    return {"update_id": update_id, "message": {"chat": {"id": chat_id}, "from": {"id": 1}}}


async def test_updates_of_one_chat_are_handled_one_after_the_other_in_order() -> None:
    seen: list[tuple[str, int]] = []

    async def handle(update: Any) -> None:
        seen.append(("begin", update["update_id"]))
        for _ in range(5 - update["update_id"]):
            await asyncio.sleep(0)
        seen.append(("end", update["update_id"]))

    dispatcher = Dispatcher(handle)
    await asyncio.gather(*(dispatcher.submit(_message(one, 7)) for one in range(1, 5)))
    assert seen == [(what, one) for one in range(1, 5) for what in ("begin", "end")]


async def test_a_chat_that_takes_long_holds_up_no_other() -> None:
    go_on = asyncio.Event()

    async def handle(update: Any) -> None:
        if update["message"]["chat"]["id"] == 7:
            await go_on.wait()

    dispatcher = Dispatcher(handle)
    slow, behind = dispatcher.submit(_message(1, 7)), dispatcher.submit(_message(2, 7))
    await dispatcher.submit(_message(3, 8))
    assert not slow.done()
    assert not behind.done()
    assert dispatcher.in_hand == {1, 2}
    go_on.set()
    await asyncio.gather(slow, behind)
    assert dispatcher.in_hand == frozenset()


async def test_no_more_updates_are_in_hand_than_allowed() -> None:
    now, most = 0, 0

    async def handle(_update: Any) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1

    dispatcher = Dispatcher(handle, most_at_once=3)
    await asyncio.gather(*(dispatcher.submit(_message(one, one)) for one in range(1, 20)))
    assert most == 3


async def test_an_update_that_is_in_hand_is_not_taken_twice() -> None:
    handled: list[int] = []

    async def handle(update: Any) -> None:
        handled.append(update["update_id"])

    dispatcher = Dispatcher(handle)
    first, second = dispatcher.submit(_message(1, 7)), dispatcher.submit(_message(1, 7))
    await first
    assert second is first
    assert handled == [1]


async def test_a_fault_is_told_and_the_chat_goes_on() -> None:
    async def handle(update: Any) -> None:
        if update["update_id"] == 1:
            raise KeyError("made up")

    dispatcher = Dispatcher(handle)
    failing, next_one = dispatcher.submit(_message(1, 7)), dispatcher.submit(_message(2, 7))
    with pytest.raises(KeyError):
        await failing
    await next_one


async def test_what_does_not_end_within_the_grace_period_is_left() -> None:
    async def handle(update: Any) -> None:
        if update["update_id"] == 1:
            await asyncio.Event().wait()

    dispatcher = Dispatcher(handle)
    stuck, done = dispatcher.submit(_message(1, 7)), dispatcher.submit(_message(2, 8))
    assert await dispatcher.drain(grace_s=0.05) == 1
    assert done.done()
    assert not done.cancelled()
    assert stuck.cancelled()


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        (_message(1, 7), ("chat", 7)),
        ({"update_id": 1, "edited_message": {"chat": {"id": -5}}}, ("chat", -5)),
        (
            {"update_id": 1, "callback_query": {"from": {"id": 1}, "message": {"chat": {"id": 7}}}},
            ("chat", 7),
        ),
        ({"update_id": 1, "inline_query": {"from": {"id": 3}}}, ("person", 3)),
        ({"update_id": 9, "hologram": {"depth": 3}}, ("alone", 9)),
        ({"update_id": 9, "message": 7}, ("alone", 9)),
        ({"update_id": 9, "message": {"chat": 7, "from": "x"}}, ("alone", 9)),
    ],
)
def test_updates_stand_in_the_lane_of_their_chat_or_person(
    update: dict[str, Any], lane: tuple[str, int]
) -> None:
    assert lane_of(update) == lane
