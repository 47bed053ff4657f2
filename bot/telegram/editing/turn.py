"""One thing that an editor does: who it is, where, and how they are answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from telegram import CallbackQuery, Chat, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatType

from bot.editing import Desk, EditingError
from bot.telegram.editing.buttons import EditorButton, encode
from bot.telegram.handlers.context import Context, assistant_of, find_assistant, voice_of
from bot.telegram.sending import put_in_place, send, send_below
from bot.telegram.showing.voice import Voice

Row = list[InlineKeyboardButton]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """An editor's press or message; `query` is `None` for a message."""

    desk: Desk
    actor: int
    chat: Chat
    voice: Voice
    query: CallbackQuery | None = None

    async def show(self, html: str, rows: Sequence[Row] = ()) -> int | None:
        """Return the id of what is shown in the place of the pressed message, else below all."""
        buttons = InlineKeyboardMarkup(rows) if rows else None
        if self.query is not None:
            return await put_in_place(self.query, html, html=True, buttons=buttons)
        return await send(self.chat, html, html=True, buttons=buttons, is_answer=True)

    async def add(self, html: str, rows: Sequence[Row] = ()) -> int | None:
        """Return the id of what is shown below everything else."""
        buttons = InlineKeyboardMarkup(rows) if rows else None
        if self.query is not None:
            return await send_below(self.query, html, html=True, buttons=buttons)
        return await send(self.chat, html, html=True, buttons=buttons, is_answer=True)

    def say(self, key: str, **values: object) -> str:
        """Return a text of the wording, escaped for HTML."""
        return escape(self.voice(key, **values), quote=False)

    def refusal(self, error: EditingError) -> str:
        """Return why a wish can't be met, escaped for HTML."""
        said = error.say(self.voice.spelled, self.voice.language)
        return escape(said, quote=False)

    def button(self, key: str, button: EditorButton, **values: object) -> Row:
        """Return the button in a list, an empty one where it can't be made."""
        return make_button(self.voice(key, **values), button)


def make_button(label: str, button: EditorButton) -> Row:
    """Return the button in a list, an empty one where its data would be too long."""
    data = encode(button)
    return [InlineKeyboardButton(label, callback_data=data)] if data else []


async def find_turn(update: Update, context: Context) -> Turn | None:
    """Return the editor's turn, `None` for whoever is no editor and wherever others can read."""
    user, chat = update.effective_user, update.effective_chat
    desk = assistant_of(context).desk
    if user is None or chat is None or chat.type != ChatType.PRIVATE:
        return None
    if not desk.is_editor(user.id):
        return None
    return Turn(
        desk=desk,
        actor=user.id,
        chat=chat,
        voice=await voice_of(update, context),
        query=update.callback_query,
    )


def is_editor(user_id: int, bot_data: Mapping[Any, Any]) -> bool:
    """Return whether somebody is an editor of the bot with this data."""
    assistant = find_assistant(bot_data)
    return assistant is not None and assistant.desk.is_editor(user_id)
