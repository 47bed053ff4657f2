"""Puts the Telegram application together."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.assistant import Assistant
from bot.settings import ConfigError
from bot.telegram.handlers import AnyApplication, add_handlers, give_assistant

OpenAssistant = Callable[[], AbstractAsyncContextManager[Assistant]]

_log = logging.getLogger(__name__)


class _PatientApplication(Application[Any, Any, Any, Any, Any, Any]):
    """Says why it waits: the library tries again and again without a word."""

    async def initialize(self) -> None:
        try:
            await super().initialize()
        except InvalidToken as error:
            # Not the library's own error, which quotes the token and is logged with a trace.
            raise ConfigError("VOCED_TELEGRAM_TOKEN: Telegram refuses this token") from error
        except TelegramError as error:
            _log.warning("Telegram can't be reached, trying again: %s", error)
            raise


class _Services:
    """Opens the assistant when the application starts and closes it when it has stopped."""

    def __init__(self, open_assistant: OpenAssistant) -> None:
        self._open_assistant = open_assistant
        self._stack = AsyncExitStack()
        self._opening: asyncio.Task[Assistant] | None = None

    async def open(self, application: AnyApplication) -> None:
        opening = self._stack.enter_async_context(self._open_assistant())
        self._opening = asyncio.create_task(opening)
        assistant = await self._opening
        if assistant.recorder.fault is not None:
            _log.error("questions can't be recorded: %s", assistant.recorder.fault)
        give_assistant(application, assistant)

    async def close(self, _application: AnyApplication) -> None:
        # A stop signal during the start leaves the opening where it is, the database half open.
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        await self._stack.aclose()


def build_application(
    token: str,
    *,
    api_url: str,
    open_assistant: OpenAssistant,
    request: BaseRequest | None = None,
) -> AnyApplication:
    """Return the application with every handler in place, not yet started.

    Args:
        token: The bot's token.
        api_url: The root of the Bot API server.
        open_assistant: Opens the assistant when the application starts; closed when it stops.
        request: Takes the place of the HTTP client, for tests.
    """
    services = _Services(open_assistant)
    builder = (
        Application.builder()
        .application_class(_PatientApplication)
        .token(token)
        .base_url(f"{api_url.rstrip('/')}/bot")
        .base_file_url(f"{api_url.rstrip('/')}/file/bot")
        .post_init(services.open)
        .post_shutdown(services.close)
    )
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    application = builder.build()
    add_handlers(application)
    return application


ALLOWED_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]
