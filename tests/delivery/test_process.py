"""`voced run` as a process: what only its end and its standard error can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.botapi.updates import make_question
from tests.delivery.conftest import find_port

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.botapi.wire.loopback import BotApiServer
    from tests.bots.process import BotProcess

pytestmark = pytest.mark.process


async def test_a_token_that_is_revoked_meanwhile_ends_the_process_with_one_clear_line(
    mode: str,
    start_bot: Callable[..., Awaitable[BotProcess]],
    bot_api_server: BotApiServer,
    knowledge_folder: Path,
) -> None:
    server, port = bot_api_server, find_port()
    webhook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "PORT": str(port)}
    bot = await start_bot(
        TELEGRAM_TOKEN=server.token,
        API_URL=server.url,
        KNOWLEDGE_DIR=str(knowledge_folder),
        **(webhook if mode == "webhook" else {}),
    )
    await server.api.queue_update(make_question("How many majors are there?", update_id=1))
    await server.api.wait_until_confirmed(1)
    server.api.revoke_token()
    await server.api.queue_update(make_question("How many majors are there?", update_id=2))
    status, errors = await bot.end()
    assert status == 1
    assert errors.splitlines()[-1] == "Error: VOCED_TELEGRAM_TOKEN: Telegram refuses this token"
    assert "Traceback" not in errors
    assert server.token not in errors
    assert 2 not in server.api.confirmed
