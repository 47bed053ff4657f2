"""The bot in this process, fetching its updates or being brought them, from a strict server."""

import asyncio
import logging
import socket
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.dispatcher import Dispatcher
from bot.delivery.running import Stop, run_until_stopped
from bot.delivery.serving import make_handling, make_receiver
from bot.memory.asker import AskerHash
from bot.services import Brain, open_assistant
from bot.settings import Settings
from bot.telegram.application import VocedApplication, build_application
from bot.telegram.request import AiohttpRequest
from tests.botapi.wire.loopback import BotApiServer
from tests.bots.databases import LayDatabase

MODES = ("polling", "webhook")


@dataclass(slots=True)
class RunningBot:
    """A bot that runs until `end`; `database` is its file, `port` where its webhook listens."""

    application: VocedApplication
    receiver: Any
    stop: Stop
    work: asyncio.Task[None]
    database: Path
    port: int

    async def end(self) -> None:
        """Stop it as a signal does, and return when it has ended."""
        self.stop.event.set()
        await self.work

    def read(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table of its database."""
        with closing(sqlite3.connect(self.database)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608


StartBot = Callable[..., Awaitable[RunningBot]]


@pytest.fixture(autouse=True)
def no_warning_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library know that both types of a duration are understood, as `voced run` does."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def run_bot(
    mode: str,
    bot_api_server: BotApiServer,
    made_brain: Brain,
    tmp_path: Path,
    lay_database: LayDatabase,
) -> AsyncIterator[StartBot]:
    """Return what starts a bot; what a test has not ended is ended."""
    started: list[RunningBot] = []

    async def start(
        *,
        brain: Brain = made_brain,
        timeout_s: float = 10,
        grace_s: float = 20,
        port: int = 0,
        path: str = "/telegram",
    ) -> RunningBot:
        port = port or find_port()
        url = f"http://127.0.0.1:{port}{path}" if mode == "webhook" else None
        settings = Settings(data_dir=tmp_path, webhook_url=url, port=port, _env_file=None)
        lay_database(tmp_path / "voced.sqlite")
        token = bot_api_server.token
        application = build_application(
            token,
            api_url=bot_api_server.url,
            open_assistant=lambda: open_assistant(
                settings, brain, asker_hash=AskerHash(b"the key of the tests")
            ),
            request=AiohttpRequest(connections=64, timeout_s=timeout_s),
        )
        stop = Stop()
        dispatcher = Dispatcher(make_handling(application, stop).handle)
        receiver = make_receiver(application, dispatcher, settings, token)
        work = asyncio.create_task(
            run_until_stopped(application, dispatcher, receiver, stop, grace_s=grace_s)
        )
        bot = RunningBot(application, receiver, stop, work, tmp_path / "voced.sqlite", port)
        started.append(bot)
        return bot

    yield start
    for bot in started:
        if not bot.work.done():
            await bot.end()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Return the log from its information upwards."""
    caplog.set_level(logging.INFO)
    return caplog


def find_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
