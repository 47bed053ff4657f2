"""What Telegram means by its refusals, and whether it is worth while to try again."""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.post.outgoing import Outgoing
from bot.telegram.request import CutOffError

# A time-out has cost that much already.
_AFTER_TIMEOUT_S = 2.0


def says(error: TelegramError, *reasons: str) -> bool:
    """Return whether Telegram gives one of these reasons."""
    return any(reason in error.message.lower() for reason in reasons)


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram wants to be left alone."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def is_passing(error: TelegramError) -> bool:
    """Return whether the same call may well work later."""
    if isinstance(error, RetryAfter):
        return True
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


def wait_after(error: TelegramError, message: Outgoing, *, pause_s: float) -> float | None:
    """Return after how many seconds to send again, `None` where that is no use or might do harm.

    `pause_s` is the wait where Telegram names none. A time-out has cost more than most.
    """
    if isinstance(error, RetryAfter):
        return seconds_of(error)
    if not is_passing(error):
        return None
    may_have_arrived = isinstance(error, (TimedOut, CutOffError))
    if may_have_arrived and not message.may_be_repeated:
        return None
    return max(pause_s, _AFTER_TIMEOUT_S) if isinstance(error, TimedOut) else pause_s


def is_refused_token(error: BaseException | None) -> bool:
    """Return whether Telegram does not know the bot's token (any more)."""
    return isinstance(error, InvalidToken) and says(error, "unauthorized", "rejected")
