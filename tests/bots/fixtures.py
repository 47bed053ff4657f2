"""The bot under test as fixtures: in this process, and as a process of its own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.memory.asker import AskerHash
from bot.services import Brain, open_assistant
from bot.settings import Settings
from bot.telegram import build_application
from bot.telegram.handlers import Context
from tests.botapi.server import TOKEN, BotApi
from tests.botapi.wire.offline import OfflineRequest
from tests.bots.conversation import Conversation
from tests.bots.databases import LayDatabase
from tests.bots.learned import LayLearned
from tests.bots.process import BotProcess

ASKER_KEY = b"the key of the tests"
CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def open_conversation(
    bot_api: BotApi,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    lay_database: LayDatabase,
) -> Callable[[Brain], AbstractAsyncContextManager[Conversation]]:
    """Return what opens a conversation through the real application, answered by any brain.

    No handler may raise in it but for the faults that the test takes.
    """
    # A busy machine is no reason to show that the bot types.
    monkeypatch.setattr("bot.telegram.handlers.questions.SLOW_AFTER_S", 3600.0)

    @asynccontextmanager
    async def open_(brain: Brain) -> AsyncIterator[Conversation]:
        settings = Settings(data_dir=tmp_path, _env_file=None)
        database = tmp_path / "voced.sqlite"
        lay_database(database)
        asker_hash = AskerHash(ASKER_KEY)
        application = build_application(
            TOKEN,
            api_url="http://offline.test",
            open_assistant=lambda: open_assistant(settings, brain, asker_hash=asker_hash),
            request=OfflineRequest(bot_api),
        )
        talk = Conversation(application, bot_api, database)

        async def collect(_update: object, context: Context) -> None:
            talk.faults.append(context.error)

        application.add_error_handler(collect)
        async with application:
            # As run_polling does; entering the application does not.
            assert application.post_init is not None
            assert application.post_shutdown is not None
            await application.post_init(application)
            yield talk
        await application.post_shutdown(application)
        assert talk.faults == []
        # An error handler that fails itself is only ever logged.
        records = (*caplog.get_records("setup"), *caplog.get_records("call"))
        assert [one.message for one in records if one.name.startswith("telegram")] == []

    return open_


@pytest.fixture
async def conversation(
    open_conversation: Callable[[Brain], AbstractAsyncContextManager[Conversation]],
    made_brain: Brain,
) -> AsyncIterator[Conversation]:
    """Yield a conversation about the made knowledge."""
    async with open_conversation(made_brain) as talk:
        yield talk


@pytest.fixture
async def start_bot(
    tmp_path: Path, lay_learned: LayLearned
) -> AsyncIterator[Callable[..., Awaitable[BotProcess]]]:
    """Return what starts `voced run` with the given settings, by their names without VOCED_."""
    bots: list[BotProcess] = []

    async def start(**chosen: str) -> BotProcess:
        folder = tmp_path / "bot"
        folder.mkdir(exist_ok=True)
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        # The bot beside these tests, whichever one is installed.
        kept["PYTHONPATH"] = str(CHECKOUT)
        chosen = {"DATA_DIR": str(folder)} | chosen
        lay_learned(Path(chosen["DATA_DIR"]), "made" if "KNOWLEDGE_DIR" in chosen else "real")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=folder,
            env={**kept, "HOME": str(folder), **{f"VOCED_{k}": v for k, v in chosen.items()}},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        bots.append(BotProcess(process, folder))
        return bots[-1]

    yield start
    for one in bots:
        await one.kill()
