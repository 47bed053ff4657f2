"""Everybody who waits is told once, whatever happens to the bot or to the message."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.editing import Link
from bot.reply import Reply
from bot.telling import Tell, Teller, Told, Unreachable, Wait
from storage.editing import Gap, Telling
from tests.editing.conftest import ANNE, Office, OpenOffice

CLUB = "is there a drone racing club"
NOW = datetime(2031, 1, 1, tzinfo=UTC)


class Mail:
    """Takes messages as a messenger does, and meets with what the test plans for a chat."""

    def __init__(self) -> None:
        self.now = NOW
        self.arrived: list[tuple[int, str]] = []
        self.planned: dict[int, list[object]] = {}

    async def tell(self, telling: Telling, reply: Reply) -> Told | Unreachable | Wait:
        plan = self.planned.get(telling.chat_id)
        outcome = plan.pop(0) if plan else Told()
        if isinstance(outcome, BaseException):
            raise outcome
        if isinstance(outcome, Told):
            self.arrived.append((telling.chat_id, reply.text))
        assert isinstance(outcome, (Told, Unreachable, Wait))
        return outcome

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


@pytest.fixture
def mail() -> Mail:
    return Mail()


@pytest.fixture
def teller_of(mail: Mail) -> Callable[..., Teller]:
    def make(office: Office, tell: Tell = mail.tell) -> Teller:
        return Teller(
            office.assistant.recorder.access,
            office.assistant.show,
            tell,
            now=lambda: mail.now,
            sleep=mail.sleep,
        )

    return make


async def _answered(office: Office, *chats: int) -> Gap:
    """Let a person wait in each chat, and answer."""
    for chat in chats:
        await office.wait_for(CLUB, f"p{chat}", chat)
    gap = await office.newest()
    await office.desk.decide(ANNE, Link(gap=gap.id, entry="grants"))
    return gap


async def _tell_all(teller: Teller) -> int:
    count = 0
    while await teller.tell_next():
        count += 1
    return count


async def _told(office: Office, gap: Gap) -> tuple[int, int, int, int]:
    told = (await office.desk.show(ANNE, gap.id)).gap.told
    return told.waiting, told.told, told.unreachable, told.unsure


async def test_each_person_is_told_once_with_the_cited_answer(
    office: Office, mail: Mail, teller_of: Callable[..., Teller]
) -> None:
    await office.wait_for("a drone racing club", "p1", 1)
    gap = await _answered(office, 1, 2, 3)
    assert await _told(office, gap) == (3, 0, 0, 0)
    assert await _tell_all(teller_of(office)) == 3
    assert sorted(mail.arrived) == [(chat, mail.arrived[0][1]) for chat in (1, 2, 3)]
    assert mail.arrived[0][1].startswith("Apply at your school.")
    assert await _told(office, gap) == (0, 3, 0, 0)
    assert await _tell_all(teller_of(office)) == 0


async def test_who_has_blocked_the_bot_is_not_tried_again(
    office: Office, mail: Mail, teller_of: Callable[..., Teller]
) -> None:
    mail.planned = {1: [Unreachable()]}
    gap = await _answered(office, 1, 2)
    assert await _tell_all(teller_of(office)) == 2
    assert [chat for chat, _ in mail.arrived] == [2]
    assert await _told(office, gap) == (0, 1, 1, 0)


async def test_who_must_wait_is_told_later_and_holds_up_nobody(
    office: Office, mail: Mail, teller_of: Callable[..., Teller]
) -> None:
    mail.planned = {1: [Wait(30)]}
    gap = await _answered(office, 1, 2)
    teller = teller_of(office)
    assert await _tell_all(teller) == 2
    assert [chat for chat, _ in mail.arrived] == [2]
    mail.now += timedelta(seconds=29)
    assert not await teller.tell_next()
    mail.now += timedelta(seconds=2)
    assert await teller.tell_next()
    assert [chat for chat, _ in mail.arrived] == [2, 1]
    assert await _told(office, gap) == (0, 2, 0, 0)


async def test_a_message_that_may_have_arrived_is_not_sent_again(
    office: Office, mail: Mail, teller_of: Callable[..., Teller]
) -> None:
    mail.planned = {1: [RuntimeError("the connection broke")], 2: [Told(is_sure=False)]}
    gap = await _answered(office, 1, 2)
    assert await _tell_all(teller_of(office)) == 2
    assert await _told(office, gap) == (0, 0, 0, 2)
    mail.now += timedelta(days=1)
    assert not await teller_of(office).tell_next()


async def test_a_crash_in_the_middle_of_telling_doubles_and_loses_nobody_else(
    office: Office, open_office: OpenOffice, mail: Mail, teller_of: Callable[..., Teller]
) -> None:
    """The message arrives, and the process dies before it can write that down."""

    async def tell_and_die(telling: Telling, reply: Reply) -> Told | Unreachable | Wait:
        await mail.tell(telling, reply)
        raise asyncio.CancelledError

    gap = await _answered(office, 1, 2, 3)
    with pytest.raises(asyncio.CancelledError):
        await teller_of(office, tell_and_die).tell_next()
    mail.now += timedelta(minutes=3)
    async with open_office(brain=office.desk.live.brain) as after:
        assert await _tell_all(teller_of(after)) == 2
        assert sorted(chat for chat, _ in mail.arrived) == [1, 2, 3]
        assert await _told(after, gap) == (0, 2, 0, 1)


async def test_two_processes_tell_nobody_twice(
    office: Office, open_office: OpenOffice, mail: Mail, teller_of: Callable[..., Teller]
) -> None:
    await _answered(office, *range(1, 9))
    async with open_office(brain=office.desk.live.brain) as other:
        await asyncio.gather(_tell_all(teller_of(office)), _tell_all(teller_of(other)))
    assert sorted(chat for chat, _ in mail.arrived) == list(range(1, 9))


async def test_who_forgets_the_bot_is_not_told(
    office: Office, mail: Mail, teller_of: Callable[..., Teller]
) -> None:
    await _answered(office, 1, 2)
    await office.assistant.people.forget("telegram:p1", chat_id=1)
    assert await _tell_all(teller_of(office)) == 1
    assert [chat for chat, _ in mail.arrived] == [2]


async def test_who_waits_for_a_part_of_an_answered_gap_is_told(
    office: Office, mail: Mail, teller_of: Callable[..., Teller]
) -> None:
    """Also who pressed the button only after the answer."""
    await _answered(office, 1)
    reply = office.replies[0]
    assert await _tell_all(teller_of(office)) == 1
    assert reply.record is not None
    await office.assistant.people.wait("telegram:p1", reply.record, chat_id=1, language="en")
    assert await _tell_all(teller_of(office)) == 1
    assert [chat for chat, _ in mail.arrived] == [1, 1]


async def test_the_queue_runs_until_it_is_told_to_stop(
    office: Office, mail: Mail, teller_of: Callable[..., Teller]
) -> None:
    both_told = asyncio.Event()

    async def tell(telling: Telling, reply: Reply) -> Told | Unreachable | Wait:
        outcome = await mail.tell(telling, reply)
        if len(mail.arrived) == 2:
            both_told.set()
        return outcome

    teller = teller_of(office, tell)
    office.desk.on_answered = teller.wake
    stopping = asyncio.Event()
    running = asyncio.create_task(teller.run(stopping))
    await _answered(office, 1, 2)

    await asyncio.wait_for(both_told.wait(), 30)
    stopping.set()
    await asyncio.wait_for(running, 30)
