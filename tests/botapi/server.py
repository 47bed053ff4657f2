"""A Bot API server in memory."""

import asyncio
from collections.abc import Mapping
from itertools import count
from typing import Any

from tests.botapi.calls import Call, Refusal
from tests.botapi.html import BadHtmlError, length_on_telegram
from tests.botapi.inline import find_fault_of_inline
from tests.botapi.updates import make_message

TOKEN = "4242:TheTokenOfTheTests"  # noqa: S105 - made up
BOT_NAME = "voced_test_bot"
_MOST_CHARACTERS = 4096
_PATIENCE_S = 60


class BotApi:
    """Answers like Telegram's server: it keeps messages and refuses what Telegram refuses.

    `calls` holds what was asked of it, without getUpdates. `refuse` makes the next call of a
    method fail, `queue_update` puts an update where getUpdates finds it.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.offsets: list[int] = []
        self._refusals: dict[str, list[Refusal]] = {}
        self._messages: dict[int, tuple[Any, ...]] = {}
        self._message_ids = count(500)
        self._updates: list[dict[str, Any]] = []
        self._changed = asyncio.Condition()

    def refuse(self, method: str, code: int, description: str, **parameters: Any) -> None:
        """Refuse one call of `method`."""
        self._refusals.setdefault(method, []).append(Refusal(code, description, parameters))

    async def queue_update(self, update: dict[str, Any]) -> None:
        """Let getUpdates find `update`."""
        async with self._changed:
            self._updates.append(update)
            self._changed.notify_all()

    async def wait_for(self, method: str) -> Call:
        """Return the first call of `method`, once it is there."""

        def found() -> list[Call]:
            return [call for call in self.calls if call.method == method]

        async with asyncio.timeout(_PATIENCE_S), self._changed:
            await self._changed.wait_for(found)
        return found()[0]

    async def answer(self, token: str, method: str, values: Mapping[str, Any]) -> tuple[int, Any]:
        """Return the status and the answer to one call."""
        if token != TOKEN:
            return _refused(Refusal(401, "Unauthorized"))
        if refusals := self._refusals.get(method):
            result: Any = refusals.pop(0)
        elif method == "getUpdates":
            result = await self._get_updates(values)
        else:
            result = self._do(Call(method, values))
        if method != "getUpdates":
            async with self._changed:
                self.calls.append(Call(method, values))
                self._changed.notify_all()
        return _refused(result) if isinstance(result, Refusal) else (200, _accepted(result))

    def _do(self, call: Call) -> Any:
        match call.method:
            case "getMe":
                return {"id": 4242, "is_bot": True, "first_name": "voced", "username": BOT_NAME}
            case "sendMessage":
                return self._keep(call, next(self._message_ids))
            case "editMessageText":
                return self._keep(call, int(call.values["message_id"]))
            case "answerCallbackQuery" | "deleteWebhook":
                return True
            case "answerInlineQuery":
                fault = find_fault_of_inline(call.values)
                return Refusal(400, f"Bad Request: {fault}") if fault else True
        return Refusal(404, "Not Found")

    def _keep(self, call: Call, message_id: int) -> Any:
        try:
            shown = call.shown
        except BadHtmlError as error:
            return Refusal(400, f"Bad Request: can't parse entities: {error}")
        if not shown.strip():
            return Refusal(400, "Bad Request: message text is empty")
        if length_on_telegram(shown) > _MOST_CHARACTERS:
            return Refusal(400, "Bad Request: message is too long")
        if any(not 1 <= len(one["callback_data"].encode()) <= 64 for one in call.buttons):
            return Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        content = (call.text, call.values.get("parse_mode"), str(call.values.get("reply_markup")))
        if self._messages.get(message_id) == content:
            return Refusal(400, "Bad Request: message is not modified: it is exactly the same")
        self._messages[message_id] = content
        chat_id = int(call.values["chat_id"])
        return make_message(shown, chat_id=chat_id, message_id=message_id)

    async def _get_updates(self, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        offset = int(values.get("offset", 0))
        async with self._changed:
            self.offsets.append(offset)
            self._updates = [one for one in self._updates if one["update_id"] >= offset]
            try:
                async with asyncio.timeout(float(values.get("timeout", 0))):
                    await self._changed.wait_for(lambda: self._updates)
            except TimeoutError:
                return []
            return self._updates


def _accepted(result: Any) -> dict[str, Any]:
    return {"ok": True, "result": result}


def _refused(refusal: Refusal) -> tuple[int, dict[str, Any]]:
    more = {"parameters": refusal.parameters} if refusal.parameters else {}
    body = {"ok": False, "error_code": refusal.code, "description": refusal.description, **more}
    return refusal.code, body
