"""Everybody who waits is told once, whatever happens to the bot or to the message."""

import asyncio
from datetime import timedelta

import pytest

from bot.reply import Reply
from bot.telling import Told, Unreachable, Wait
from storage.editing import Telling
from tests.editing.conftest import Office, OpenOffice
from tests.editing.mailing import Mail, count_told, let_wait_and_link, tell_all


@pytest.fixture
def mail() -> Mail:
    return Mail()


async def test_each_person_is_told_once_with_the_cited_answer(office: Office, mail: Mail) -> None:
    await office.wait_for("a drone racing club", "p1", 1)
    gap = await let_wait_and_link(office, 1, 2, 3)
    assert await count_told(office, gap) == (3, 0, 0, 0)
    assert await tell_all(mail.teller(office)) == 3
    assert sorted(mail.arrived) == [(chat, mail.arrived[0][1]) for chat in (1, 2, 3)]
    assert mail.arrived[0][1].startswith("Apply at your school.")
    assert await count_told(office, gap) == (0, 3, 0, 0)
    assert await tell_all(mail.teller(office)) == 0


async def test_who_has_blocked_the_bot_is_not_tried_again(office: Office, mail: Mail) -> None:
    mail.planned = {1: [Unreachable()]}
    gap = await let_wait_and_link(office, 1, 2)
    assert await tell_all(mail.teller(office)) == 2
    assert [chat for chat, _ in mail.arrived] == [2]
    assert await count_told(office, gap) == (0, 1, 1, 0)


async def test_who_must_wait_is_told_later_and_holds_up_nobody(office: Office, mail: Mail) -> None:
    mail.planned = {1: [Wait(30)]}
    gap = await let_wait_and_link(office, 1, 2)
    teller = mail.teller(office)
    assert await tell_all(teller) == 2
    assert [chat for chat, _ in mail.arrived] == [2]
    mail.now += timedelta(seconds=29)
    assert not await teller.tell_next()
    mail.now += timedelta(seconds=2)
    assert await teller.tell_next()
    assert [chat for chat, _ in mail.arrived] == [2, 1]
    assert await count_told(office, gap) == (0, 2, 0, 0)


async def test_a_message_that_may_have_arrived_is_not_sent_again(
    office: Office, mail: Mail
) -> None:
    mail.planned = {1: [RuntimeError("the connection broke")], 2: [Told(is_sure=False)]}
    gap = await let_wait_and_link(office, 1, 2)
    assert await tell_all(mail.teller(office)) == 2
    assert await count_told(office, gap) == (0, 0, 0, 2)
    mail.now += timedelta(days=1)
    assert not await mail.teller(office).tell_next()


async def test_a_crash_in_the_middle_of_telling_doubles_and_loses_nobody_else(
    office: Office, open_office: OpenOffice, mail: Mail
) -> None:
    """The message arrives, and the process dies before it can write that down."""

    async def tell_and_die(telling: Telling, reply: Reply) -> Told | Unreachable | Wait:
        await mail.tell(telling, reply)
        raise asyncio.CancelledError

    gap = await let_wait_and_link(office, 1, 2, 3)
    with pytest.raises(asyncio.CancelledError):
        await mail.teller(office, tell_and_die).tell_next()
    mail.now += timedelta(minutes=3)
    async with open_office(brain=office.desk.live.brain) as after:
        assert await tell_all(mail.teller(after)) == 2
        assert sorted(chat for chat, _ in mail.arrived) == [1, 2, 3]
        assert await count_told(after, gap) == (0, 2, 0, 1)


async def test_two_processes_tell_nobody_twice(
    office: Office, open_office: OpenOffice, mail: Mail
) -> None:
    await let_wait_and_link(office, *range(1, 9))
    async with open_office(brain=office.desk.live.brain) as other:
        await asyncio.gather(tell_all(mail.teller(office)), tell_all(mail.teller(other)))
    assert sorted(chat for chat, _ in mail.arrived) == list(range(1, 9))


async def test_who_forgets_the_bot_is_not_told(office: Office, mail: Mail) -> None:
    await let_wait_and_link(office, 1, 2)
    await office.assistant.people.forget("telegram:p1", chat_id=1)
    assert await tell_all(mail.teller(office)) == 1
    assert [chat for chat, _ in mail.arrived] == [2]


async def test_who_does_not_want_to_be_told_any_more_is_not(office: Office, mail: Mail) -> None:
    """Although the answer is there, and they are in the queue."""
    await let_wait_and_link(office, 1, 2)
    record = office.replies[0].record
    assert record is not None
    assert await office.assistant.people.stop_waiting("telegram:p1", record)
    assert not await office.assistant.people.stop_waiting("telegram:p1", record)
    assert await tell_all(mail.teller(office)) == 1
    assert [chat for chat, _ in mail.arrived] == [2]


async def test_who_waits_for_a_part_of_an_answered_gap_is_told(office: Office, mail: Mail) -> None:
    """Also who pressed the button only after the answer."""
    await let_wait_and_link(office, 1)
    reply = office.replies[0]
    assert await tell_all(mail.teller(office)) == 1
    assert reply.record is not None
    await office.assistant.people.wait("telegram:p1", reply.record, chat_id=1, language="en")
    assert await tell_all(mail.teller(office)) == 1
    assert [chat for chat, _ in mail.arrived] == [1, 1]


async def test_the_queue_runs_until_it_is_told_to_stop(office: Office, mail: Mail) -> None:
    both_told = asyncio.Event()

    async def tell(telling: Telling, reply: Reply) -> Told | Unreachable | Wait:
        outcome = await mail.tell(telling, reply)
        if len(mail.arrived) == 2:
            both_told.set()
        return outcome

    teller = mail.teller(office, tell)
    office.desk.on_answered = teller.wake
    stopping = asyncio.Event()
    running = asyncio.create_task(teller.run(stopping))
    await let_wait_and_link(office, 1, 2)

    await asyncio.wait_for(both_told.wait(), 30)
    stopping.set()
    await asyncio.wait_for(running, 30)
