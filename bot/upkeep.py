"""What goes on beside the answering: taking over what editors decide, gathering what is missed."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.editing.reopening import reopen_changed
from bot.gathering import Gatherer
from bot.live import Live
from bot.memory.access import StoreAccess
from bot.memory.recording import utc_now
from storage import StorageError

_log = logging.getLogger(__name__)


@asynccontextmanager
async def keep_up(
    live: Live, gatherer: Gatherer | None, access: StoreAccess
) -> AsyncIterator[None]:
    """Take over what editors have added, go on doing so inside, and gather with `gatherer`.

    A fault keeps nobody from being answered.
    """

    async def look_at_dismissed() -> None:
        await reopen_changed(access, live.brain.knowledge, at=utc_now())

    try:
        await live.catch_up()
        if gatherer is not None:
            await look_at_dismissed()
    except StorageError as error:
        _log.info("live additions are not known yet: %s", error)
    except Exception:  # noqa: BLE001 - the files alone answer as well
        _log.exception("live additions can't be taken over")
    tasks = [asyncio.create_task(live.watch(look_at_dismissed))]
    if gatherer is not None:
        tasks.append(asyncio.create_task(gatherer.watch()))
    try:
        yield
    finally:
        live.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
