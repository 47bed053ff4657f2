"""The Bot API server as fixtures; a test fails whose bot does what no bot may do."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from tests.botapi.judging.schema import is_method
from tests.botapi.judging.text import ReadHtml
from tests.botapi.judging.text import read_html as read
from tests.botapi.server import BotApi
from tests.botapi.updates import make_question
from tests.botapi.wire.loopback import BotApiServer, open_server
from tests.staying import keep_for_good


@pytest.fixture(scope="session")
def schema() -> None:
    """Load the models of all that can be sent: that takes seconds, and they stay."""
    is_method("getMe")
    keep_for_good()


@pytest.fixture
def bot_api(schema: None) -> Iterator[BotApi]:
    """Return a Bot API server in memory."""
    api = BotApi()
    yield api
    assert api.violations == []


@pytest.fixture
async def silent_bot_api_server(bot_api: BotApi) -> AsyncIterator[BotApiServer]:
    """Return a Bot API server that refuses every connection until it is started."""
    async with open_server(bot_api) as server:
        yield server


@pytest.fixture
async def bot_api_server(silent_bot_api_server: BotApiServer) -> BotApiServer:
    """Return a Bot API server on loopback, bound to a free port."""
    await silent_bot_api_server.start()
    return silent_bot_api_server


@pytest.fixture
def make_question_update() -> Callable[..., dict[str, Any]]:
    """Return the update of one message with text."""
    return make_question


@pytest.fixture(scope="session")
def read_html() -> Callable[[str], ReadHtml]:
    """Return what reads HTML as Telegram does."""
    return read
