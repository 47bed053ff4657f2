"""The Bot API server as fixtures."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.botapi.html import ReadHtml
from tests.botapi.html import read_html as read
from tests.botapi.loopback import BotApiServer, open_server
from tests.botapi.server import BotApi
from tests.botapi.updates import make_message, make_user


@pytest.fixture
def bot_api() -> BotApi:
    return BotApi()


@pytest.fixture
async def silent_bot_api_server() -> AsyncIterator[BotApiServer]:
    """Return a Bot API server that refuses every connection until it is started."""
    async with open_server(BotApi()) as server:
        yield server


@pytest.fixture
async def bot_api_server(silent_bot_api_server: BotApiServer) -> BotApiServer:
    """Return a Bot API server on loopback, bound to a free port."""
    await silent_bot_api_server.start()
    return silent_bot_api_server


@pytest.fixture
def make_question_update() -> Callable[..., dict[str, Any]]:
    """Return the update of one message with text."""

    def make(text: str, *, update_id: int = 1, language: str | None = "en") -> dict[str, Any]:
        message = make_message(text, **{"from": make_user(language=language)})
        return {"update_id": update_id, "message": message}

    return make


@pytest.fixture(scope="session")
def read_html() -> Callable[[str], ReadHtml]:
    """Return what reads HTML as strictly as Telegram, and takes only tags that the bot writes."""
    return read
