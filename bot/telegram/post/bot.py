"""The library's bot, with the postman through whom handlers send."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from telegram import InputFile, LinkPreviewOptions, ReplyParameters, User
from telegram.constants import ParseMode
from telegram.ext import ExtBot

from bot.telegram.post.outgoing import Attachment, Outgoing
from bot.telegram.request import CutOffError

if TYPE_CHECKING:
    from bot.telegram.post.postman import Postman

# A proxy on the way may hold an empty answer back for a moment.
_SLACK_S = 10.0
_UNREADABLE = "the answer can't be read"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class VocedBot(ExtBot[Any]):
    """A bot that knows its postman, so that whatever belongs to a chat can be answered."""

    def __init__(self, token: str, *, postman: "Postman", **options: Any) -> None:
        super().__init__(token, **options)
        self._postman = postman

    @property
    def postman(self) -> "Postman":
        """Return who sends messages."""
        return self._postman

    async def get_me(self, **options: Any) -> User:
        """Return who the bot is.

        Raises:
            TelegramError: Telegram can't be reached, or has answered with something else.
        """
        try:
            return await super().get_me(**options)
        except (AttributeError, KeyError, TypeError) as error:
            raise CutOffError(_UNREADABLE) from error

    async def send(self, message: Outgoing) -> int:
        """Return the id of a message that was sent, or of the one that was edited.

        Nobody reads the message that Telegram sends back, so none is made of it.
        """
        data: dict[str, Any] = {
            "chat_id": message.chat_id,
            "text": message.text,
            "parse_mode": ParseMode.HTML if message.html else None,
            "reply_markup": message.buttons,
            "link_preview_options": NO_PREVIEW,
        }
        if message.edits is not None:
            await self._post("editMessageText", {**data, "message_id": message.edits})
            return message.edits
        data["message_thread_id"] = message.thread
        if message.reply_to is not None:
            data["reply_parameters"] = ReplyParameters(
                message.reply_to, allow_sending_without_reply=True
            )
        if message.attachment is not None:
            return await self._attach(message.attachment, data)
        sent = await self._post("sendMessage", data)
        number = sent.get("message_id") if isinstance(sent, dict) else None
        if not isinstance(number, int):
            raise CutOffError(_UNREADABLE)
        return number

    async def _attach(self, attachment: Attachment, data: dict[str, Any]) -> int:
        """Return the id of a message with a file, and what would be its text below that."""
        del data["link_preview_options"]
        data["caption"] = data.pop("text")
        file = InputFile(attachment.content, filename=attachment.name)
        if attachment.kind == "photo":
            return (await self.send_photo(photo=file, **data)).message_id
        return (await self.send_document(document=file, **data)).message_id

    async def fetch_updates(
        self, *, offset: int, timeout_s: float, limit: int, allowed: Sequence[str]
    ) -> list[Any]:
        """Return updates as they came, so that one that can't be read holds up no other.

        What is below `offset` is confirmed. With nothing there, the answer comes after `timeout_s`.

        Raises:
            TelegramError: Telegram can't be reached, or has answered with something else.
        """
        data = {
            "offset": offset,
            "timeout": int(timeout_s),
            "limit": limit,
            "allowed_updates": list(allowed),
        }
        fetched = await self._post("getUpdates", data, read_timeout=timeout_s + _SLACK_S)
        if not isinstance(fetched, list):
            raise CutOffError(_UNREADABLE)
        return fetched
