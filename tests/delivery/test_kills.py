"""Killed at random moments under load, the bot loses no question and repeats next to nothing."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
from collections import defaultdict
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.botapi.updates import make_question
from tests.delivery.conftest import find_port

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from tests.botapi.server import BotApi
    from tests.botapi.wire.loopback import BotApiServer
    from tests.bots.process import BotProcess

pytestmark = pytest.mark.process

_CHATS = tuple(range(7001, 7013))
_QUESTIONS_A_ROUND = 60
_MOST_LATER_S = 0.1
# Neighbours in a chat have different answers, so that a repeat shows.
_TITLES = {
    "how many majors are there": "How many majors <in all> & more",
    "when is the first episode broadcast": "When the first episode is broadcast",
    "red canteen meals": "Meals in the red canteen",
    "blue canteen meals": "Meals in the blue canteen",
    "green canteen meals": "Meals in the green canteen",
    "yellow canteen meals": "Meals in the yellow canteen",
}


class _People:
    """Asks on in every chat, and knows what was asked."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._next_ids: Iterator[int] = iter(range(1, 10**9))
        self.asked: dict[int, list[str]] = defaultdict(list)
        self.update_ids: list[int] = []

    async def ask(self, api: BotApi) -> None:
        """Send questions in random chats."""
        for _ in range(_QUESTIONS_A_ROUND):
            chat = self._chance.choice(_CHATS)
            texts = list(_TITLES)
            text = texts[len(self.asked[chat]) % len(texts)]
            update_id = next(self._next_ids)
            self.asked[chat].append(text)
            self.update_ids.append(update_id)
            await api.queue_update(
                make_question(text, update_id=update_id, chat_id=chat, message_id=update_id)
            )


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_no_question_is_lost_and_at_most_one_answer_a_chat_is_repeated_a_kill(
    mode: str,
    start_bot: Callable[..., Awaitable[BotProcess]],
    bot_api_server: BotApiServer,
    knowledge_folder: Path,
    request: pytest.FixtureRequest,
) -> None:
    server, api = bot_api_server, bot_api_server.api
    port = find_port()
    webhook = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "PORT": str(port)}
    chosen = {
        "TELEGRAM_TOKEN": server.token,
        "API_URL": server.url,
        "KNOWLEDGE_DIR": str(knowledge_folder),
    } | (webhook if mode == "webhook" else {})
    kills = int(request.config.getoption("--kills"))
    seed = random.randrange(10**6)  # noqa: S311 - no secret
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    chance = random.Random(seed)  # noqa: S311
    people = _People(chance)
    lives: list[int] = []  # how many messages were sent before the end of each life
    for _ in range(kills):
        await people.ask(api)
        bot = await start_bot(**chosen)
        more = chance.randint(1, _QUESTIONS_A_ROUND)
        await api.wait_for("sendMessage", number=_count_sent(api) + more)
        # Not only just after a message went out.
        await asyncio.sleep(chance.uniform(0, _MOST_LATER_S))
        await bot.end(with_signal=signal.SIGKILL)
        lives.append(_count_sent(api))
    bot = await start_bot(**chosen)
    # Also where nothing is left to answer: a signal before its start ends any process.
    await api.wait_for("getMe", number=kills + 1)
    await api.wait_until_confirmed(*people.update_ids)
    status, errors = await bot.end(with_signal=signal.SIGTERM)
    assert status == 0, errors

    with closing(sqlite3.connect(bot.folder / "voced.sqlite")) as database:
        recorded = [one for (one,) in database.execute("SELECT update_id FROM questions")]
        assert database.execute("SELECT count(*) FROM dead_letters").fetchone() == (0,)
    assert sorted(recorded) == people.update_ids, "recorded exactly once each"
    assert _count_sent(api) >= len(people.update_ids)
    for chat, asked in people.asked.items():
        _check_answers(api, chat, asked, lives)


def _check_answers(api: BotApi, chat: int, asked: list[str], lives: list[int]) -> None:
    """Every question of a chat was answered in its order; a repeat only follows a kill."""
    sent = [one for one in api.calls if one.method == "sendMessage"]
    answers = [
        (one.shown.split("\n")[0], sum(at >= end for end in lives))
        for at, one in enumerate(sent)
        if one.chat_id == chat
    ]
    kept = [answers[0]]
    for before, answer in pairwise(answers):
        if answer[0] != before[0]:
            kept.append(answer)
        else:
            assert answer[1] > before[1], "an answer was repeated without a kill"
    assert [title for title, _ in kept] == [_TITLES[text] for text in asked]


def _count_sent(api: BotApi) -> int:
    return sum(one.method == "sendMessage" for one in api.calls)
