"""Acts on pressed buttons."""

from telegram import CallbackQuery, Message, Update

from bot.telegram.buttons import (
    ChooseLanguage,
    Example,
    Press,
    Rate,
    Wait,
    decode,
)
from bot.telegram.handlers.context import (
    Context,
    asker_of,
    assistant_of,
    is_group,
    keyboards_of,
    voice_of,
    voice_of_press,
)
from bot.telegram.handlers.opinions import rate, toggle_wait
from bot.telegram.handlers.personal import choose_language
from bot.telegram.handlers.questions import find_reply
from bot.telegram.handlers.saying import log_outcome
from bot.telegram.rendering import render_html
from bot.telegram.sending import confirm, put_in_place, send_below
from bot.telegram.showing.keyboards import EXAMPLES


async def press(update: Update, context: Context) -> None:
    """Act on a pressed button; one that is forged or from another version gets kind words."""
    query = update.callback_query
    if query is None:
        return
    match decode(query.data):
        case Press() as picked if picked.is_follow_up or await _may_change(update, context, query):
            await confirm(query)
            await _pick(update, context, query, picked)
        case Rate() as rated:
            await rate(update, context, query, rated)
        case Wait() as wait:
            await toggle_wait(update, context, query, wait)
        case Example(number=number) as example if number in EXAMPLES:
            await confirm(query)
            await _ask_example(update, context, query, example)
        case ChooseLanguage() as choice:
            await choose_language(update, context, query, choice)
        case Press():
            pass
        case _:
            await _tell_gone(update, context, query)


async def _may_change(update: Update, context: Context, query: CallbackQuery) -> bool:
    """Return whether the message is the presser's to change; in a group it is who asked for it."""
    message = query.message
    asked = message.reply_to_message if isinstance(message, Message) else None
    if not is_group(update) or asked is None or asked.from_user in {None, query.from_user}:
        return True
    voice = await voice_of(update, context)
    await confirm(query, voice("telegram.not_yours"))
    return False


async def _pick(update: Update, context: Context, query: CallbackQuery, picked: Press) -> None:
    voice = await voice_of_press(update, context, picked.language)
    assistant, asker = assistant_of(context), asker_of(update)
    if picked.entry is None:
        said = await assistant.choose_none(picked.record, voice.language, asker=asker)
        keyboards = keyboards_of(update, context, voice)
        buttons = keyboards.after_none(picked.record) if picked.record else None
        await put_in_place(query, voice.spell_text(said), buttons=buttons)
        return
    reply = await assistant.choose(
        picked.record,
        picked.entry,
        voice.language,
        asker=asker,
        update_id=update.update_id,
    )
    if reply is None:
        await put_in_place(query, voice("choice_gone"))
        return
    if reply.record is None and not picked.is_follow_up:
        # What was picked answers the question that was asked.
        reply = reply.answering(picked.record)
    spelled = voice.spell(reply)
    show = send_below if picked.is_follow_up else put_in_place
    await show(
        query,
        render_html(spelled, voice.spelled),
        html=True,
        buttons=keyboards_of(update, context, voice).under(spelled),
    )
    log_outcome(reply)


async def _ask_example(
    update: Update, context: Context, query: CallbackQuery, example: Example
) -> None:
    """Answer an example below the message, as if the person had typed it."""
    said = await voice_of_press(update, context, example.language)
    text = said.wording(f"example.{example.number}", said.language)
    reply, voice = await find_reply(update, context, said.spell_text(text))
    spelled = voice.spell(reply)
    buttons = keyboards_of(update, context, voice).under(spelled)
    await send_below(query, render_html(spelled, voice.spelled), html=True, buttons=buttons)
    log_outcome(reply)


async def _tell_gone(update: Update, context: Context, query: CallbackQuery) -> None:
    voice = await voice_of(update, context)
    if is_group(update):
        # A message that others read is not taken away for a press that may be forged.
        await confirm(query, voice("choice_gone"))
        return
    await confirm(query)
    await put_in_place(query, voice("choice_gone"))
