"""A bare echo bot of the library, on the HTTP client `same`, `httpx-aiohttp` or `stock`."""

import os
import sys
from typing import Any

import aiohttp
from telegram import Update
from telegram.ext import Application, MessageHandler, filters
from telegram.request import BaseRequest, HTTPXRequest

from bot.telegram.request import AiohttpRequest

_CONNECTIONS = 256


def _make_request(kind: str) -> BaseRequest:
    if kind == "same":
        return AiohttpRequest(connections=_CONNECTIONS)
    if kind == "stock":
        return HTTPXRequest(connection_pool_size=_CONNECTIONS, pool_timeout=600)
    from httpx_aiohttp import AiohttpTransport  # noqa: PLC0415 - only one of the three needs it

    def open_session() -> aiohttp.ClientSession:
        return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=_CONNECTIONS))

    transport = AiohttpTransport(client=open_session)
    return HTTPXRequest(
        connection_pool_size=_CONNECTIONS, pool_timeout=600, httpx_kwargs={"transport": transport}
    )


async def _echo(update: Update, _context: Any) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Echo every text until it is told to stop."""
    kind = sys.argv[1]
    application = (
        Application.builder()
        .token(os.environ["VOCED_TELEGRAM_TOKEN"])
        .base_url(f"{os.environ['VOCED_API_URL']}/bot")
        .request(_make_request(kind))
        .get_updates_request(_make_request(kind))
        # As many as the bot has in hand.
        .concurrent_updates(64)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.run_polling()


if __name__ == "__main__":
    main()
