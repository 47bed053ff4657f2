"""People who wait, and the mail that brings them the answer, or fails to."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.editing import Link
from bot.reply import Reply
from bot.telling import Tell, Teller, Told, Unreachable, Wait
from storage.editing import Gap, Telling
from tests.editing.conftest import ANNE, Office
from tests.editing.wishing import CLUB, try_out

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

    def teller(self, office: Office, tell: Tell | None = None) -> Teller:
        """Return the queue of a process, which tells people by this mail."""
        access, show = office.assistant.recorder.access, office.assistant.show
        return Teller(access, show, tell or self.tell, now=lambda: self.now, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


async def let_wait_and_link(office: Office, *chats: int) -> Gap:
    """Let a person wait in each chat, and answer."""
    for chat in chats:
        await office.wait_for(CLUB, f"p{chat}", chat)
    gap = await office.newest()
    trial = await try_out(office, Link(gap=gap.id, entry="grants"))
    await office.desk.confirm(ANNE, trial.id)
    return gap


async def tell_all(teller: Teller) -> int:
    """Return how many were told, or tried, until nobody was due."""
    count = 0
    while await teller.tell_next():
        count += 1
    return count


async def count_told(office: Office, gap: Gap) -> tuple[int, int, int, int]:
    """Return how many wait, were told, can't be reached, and may not have been told."""
    told = (await office.desk.show(ANNE, gap.id)).gap.told
    return told.waiting, told.told, told.unreachable, told.unsure
