"""Puts the Telegram application together."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.assistant import Assistant
from bot.telegram import handlers
from bot.telegram.handlers import AnyApplication

# Groups are left alone: a bot that answers every message there is a nuisance.
_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE


def build_application(
    token: str,
    *,
    api_url: str,
    open_assistant: Callable[[], AbstractAsyncContextManager[Assistant]],
    request: BaseRequest | None = None,
) -> AnyApplication:
    """Return the application with every handler in place, not yet started.

    Args:
        token: The bot's token.
        api_url: The root of the Bot API server.
        open_assistant: Opens the assistant when the application starts; closed when it stops.
        request: Takes the place of the HTTP client, for tests.
    """
    services = AsyncExitStack()

    async def open_services(application: AnyApplication) -> None:
        assistant = await services.enter_async_context(open_assistant())
        handlers.give_assistant(application, assistant)

    async def close_services(_application: AnyApplication) -> None:
        await services.aclose()

    builder = (
        Application.builder()
        .token(token)
        .base_url(f"{api_url.rstrip('/')}/bot")
        .base_file_url(f"{api_url.rstrip('/')}/file/bot")
        .post_init(open_services)
        .post_shutdown(close_services)
    )
    if request is not None:
        builder = builder.request(request).get_updates_request(request)
    application = builder.build()
    _add_handlers(application)
    return application


def _add_handlers(application: AnyApplication) -> None:
    application.add_handler(CommandHandler("start", handlers.greet, _PRIVATE))
    application.add_handler(CommandHandler("help", handlers.explain, _PRIVATE))
    application.add_handler(
        MessageHandler(_PRIVATE & filters.TEXT & ~filters.COMMAND, handlers.answer)
    )
    application.add_handler(MessageHandler(_PRIVATE & filters.COMMAND, handlers.explain))
    application.add_handler(
        MessageHandler(_PRIVATE & ~filters.StatusUpdate.ALL, handlers.ask_for_text)
    )
    application.add_handler(CallbackQueryHandler(handlers.press))
    application.add_error_handler(handlers.apologise)


ALLOWED_UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY]
