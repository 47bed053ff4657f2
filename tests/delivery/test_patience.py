"""A Telegram that does not answer is waited for, ever longer, and a refused token is not."""

import pytest
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.delivery.handling import RefusedTokenError
from bot.delivery.running import with_patience


async def _reach(*errors: TelegramError) -> list[float]:
    """Return the pauses until Telegram answers, after these errors."""
    left = list(errors)
    pauses: list[float] = []

    async def reach() -> None:
        if left:
            raise left.pop(0)

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    await with_patience(reach, sleep=sleep)
    return pauses


async def test_the_pauses_grow_up_to_a_minute() -> None:
    down = [NetworkError("down")] * 9
    assert await _reach(*down) == [1, 2, 4, 8, 16, 32, 60, 60, 60]


async def test_telegram_is_left_alone_for_as_long_as_it_wants(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    assert await _reach(RetryAfter(20)) == [20]


async def test_a_refused_token_is_not_waited_for_and_not_quoted() -> None:
    with pytest.raises(RefusedTokenError) as caught:
        await _reach(InvalidToken("The token `4242:Secret` was rejected by the server."))
    assert "Secret" not in str(caught.value)
