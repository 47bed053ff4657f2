"""Tells people on Telegram that what they waited for has an answer."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from html import escape
from typing import get_args

from telegram.error import Forbidden, TelegramError

from bot.assistant import Assistant
from bot.reply import Reply
from bot.telegram.post.bot import VocedBot
from bot.telegram.post.outgoing import Outgoing
from bot.telegram.post.refusals import wait_after
from bot.telegram.rendering import render_html
from bot.telegram.showing.keyboards import Keyboards
from bot.telegram.showing.voice import Tongue, Voice
from bot.telling import Tell, Teller, Told, Unreachable, Wait
from storage.editing import Telling

_log = logging.getLogger(__name__)
_LONGEST_PAUSE_S = 600.0
# Longer than sending one message takes.
_MOST_TO_FINISH_S = 3.0


def make_tell(bot: VocedBot, assistant: Assistant) -> Tell:
    """Return what sends an answer to one person, in one try."""

    async def tell(telling: Telling, reply: Reply) -> Told | Unreachable | Wait:
        message = write_telling(telling, reply, assistant, bot.username)
        is_first = True
        for part in message.split():
            try:
                await bot.postman.transmit_late(bot, part)
            except Forbidden:
                return Unreachable()
            except TelegramError as error:
                if not is_first:
                    # The beginning is there; sent again it would be there twice.
                    _log.warning("somebody was told only the beginning: %s", error)
                    return Told(is_sure=False)
                pause_s = min(2.0**telling.tries, _LONGEST_PAUSE_S)
                wait_s = wait_after(error, part, pause_s=pause_s)
                if wait_s is None:
                    _log.warning("somebody may not have been told: %s", error)
                    return Told(is_sure=False)
                return Wait(wait_s)
            is_first = False
        return Told()

    return tell


def write_telling(telling: Telling, reply: Reply, assistant: Assistant, bot_name: str) -> Outgoing:
    """Return the answer as its asker sees it, with a line above that says why it comes now."""
    voice = Voice(assistant.say, _tongue_of(telling, reply))
    spelled = voice.spell(reply)
    head = escape(voice("telling.head"), quote=False)
    return Outgoing(
        chat_id=telling.chat_id,
        text=f"{head}\n\n{render_html(spelled, voice.spelled)}",
        html=True,
        buttons=Keyboards(say=voice, bot_name=bot_name).under(replace(spelled, record=None)),
    )


@asynccontextmanager
async def keep_telling(bot: VocedBot, assistant: Assistant) -> AsyncIterator[None]:
    """Tell whoever is to be told while inside; what is on its way at the end is finished."""
    teller = Teller(assistant.recorder.access, assistant.show, make_tell(bot, assistant))
    assistant.desk.on_answered = teller.wake
    stopping = asyncio.Event()
    telling = asyncio.create_task(teller.run(stopping))
    try:
        yield
    finally:
        stopping.set()
        await asyncio.wait({telling}, timeout=_MOST_TO_FINISH_S)
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


def _tongue_of(telling: Telling, reply: Reply) -> Tongue:
    return next((one for one in get_args(Tongue) if one == telling.language), reply.language)
