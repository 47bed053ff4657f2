"""Acts on pressed buttons."""

from telegram import CallbackQuery, Update

from bot.assistant import Assistant
from bot.telegram.buttons import Press, decode
from bot.telegram.handlers.context import Context, asker_of, assistant_of, language_of
from bot.telegram.handlers.saying import log_outcome
from bot.telegram.rendering import render_buttons, render_html
from bot.telegram.sending import confirm, put_in_place, send_below


async def press(update: Update, context: Context) -> None:
    """Act on a pressed button: an offer becomes the answer, a follow-up is answered below."""
    query = update.callback_query
    if query is None:
        return
    await confirm(query)
    assistant = assistant_of(context)
    pressed = decode(query.data)
    if pressed is None:
        await put_in_place(query, assistant.say("choice_gone", language_of(update)))
        return
    asker = asker_of(update)
    if pressed.entry is None:
        said = await assistant.choose_none(pressed.record, pressed.language, asker=asker)
        await put_in_place(query, said)
    else:
        await _show_pressed(query, assistant, pressed, pressed.entry, asker)


async def _show_pressed(
    query: CallbackQuery, assistant: Assistant, pressed: Press, entry: str, asker: str | None
) -> None:
    reply = await assistant.choose(pressed.record, entry, pressed.language, asker=asker)
    if reply is None:
        await put_in_place(query, assistant.say("choice_gone", pressed.language))
        return
    show = send_below if pressed.is_follow_up else put_in_place
    await show(
        query,
        render_html(reply, assistant.say),
        html=True,
        buttons=render_buttons(reply, assistant.say),
    )
    log_outcome(reply)
