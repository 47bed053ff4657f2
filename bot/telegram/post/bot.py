"""The library's bot, with the postman through whom handlers send."""

from collections.abc import Sequence
from typing import Any

from telegram.ext import ExtBot

from bot.telegram.post.postman import Postman

# A proxy on the way may hold an empty answer back for a moment.
_SLACK_S = 10.0


class VocedBot(ExtBot[Any]):
    """A bot that knows its postman, so that whatever belongs to a chat can be answered."""

    def __init__(self, token: str, *, postman: Postman, **options: Any) -> None:
        super().__init__(token, **options)
        self._postman = postman

    @property
    def postman(self) -> Postman:
        """Return who sends messages."""
        return self._postman

    async def fetch_updates(
        self, *, offset: int, timeout_s: float, limit: int, allowed: Sequence[str]
    ) -> list[Any]:
        """Return updates as they came, so that one that can't be read holds up no other.

        What is below `offset` is confirmed. With nothing there, the answer comes after `timeout_s`.
        """
        data = {
            "offset": offset,
            "timeout": int(timeout_s),
            "limit": limit,
            "allowed_updates": list(allowed),
        }
        fetched = await self._post("getUpdates", data, read_timeout=timeout_s + _SLACK_S)
        return fetched if isinstance(fetched, list) else []
