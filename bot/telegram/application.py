"""Puts the Telegram application together."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

from telegram import Update
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.assistant import Assistant
from bot.memory.recording import Recorder
from bot.telegram.editing import add_editing_handlers, present_at_start
from bot.telegram.handlers import AnyApplication, add_handlers, give_assistant
from bot.telegram.post.attempt import Attempt, current_attempt
from bot.telegram.post.bot import VocedBot
from bot.telegram.post.closed import ClosedChats
from bot.telegram.post.postman import Postman
from bot.telegram.post.waiting.outbox import StoredOutbox
from bot.telegram.request import AiohttpRequest
from bot.telegram.showing.presenting import present

OpenAssistant = Callable[[], AbstractAsyncContextManager[Assistant]]
# What goes on beside the handling of updates while the services are open.
Beside = Callable[[VocedBot, Assistant], AbstractAsyncContextManager[None]]

_log = logging.getLogger(__name__)
# More than updates are handled side by side: the outbox sends as well.
_MOST_CALLS = 256


class VocedApplication(Application[Any, Any, Any, Any, Any, Any]):
    """The library's application, which also tells what became of an update."""

    def __init__(self, *, outbox: StoredOutbox, closed: ClosedChats, **options: Any) -> None:
        super().__init__(**options)
        self.outbox = outbox
        self.closed = closed
        self._recorder: Recorder | None = None

    @property
    def recorder(self) -> Recorder:
        """Return what records questions, once the services are open."""
        if self._recorder is None:
            raise RuntimeError("the services are not open")
        return self._recorder

    async def open_services(self) -> None:
        """Open what handlers need, as the library does before it receives."""
        if self.post_init is not None:
            await self.post_init(self)

    async def close_services(self) -> None:
        """Close what handlers need, however far the opening got."""
        if self.post_shutdown is not None:
            await self.post_shutdown(self)

    async def use_recorder(self, recorder: Recorder) -> None:
        """Keep what must wait, and who takes no messages, in the store of `recorder`."""
        self._recorder = recorder
        await self.outbox.open(recorder.access, recorder.spare)
        await self.closed.open(recorder)

    async def attempt(self, update: Update) -> Attempt:
        """Return what became of one try at an update; no error handler is told of a fault."""
        attempt = Attempt()
        token = current_attempt.set(attempt)
        try:
            await self.process_update(update)
        except Exception as error:  # noqa: BLE001 - what the library itself trips over
            attempt.fault = error
        finally:
            current_attempt.reset(token)
        return attempt

    async def process_error(
        self, update: object, error: Exception, *more: Any, **named: Any
    ) -> bool:
        """Note a fault where an attempt is made, else tell the error handlers."""
        attempt = current_attempt.get()
        if attempt is None:
            return await super().process_error(update, error, *more, **named)
        attempt.fault = error
        return True


class _Services:
    """Opens the assistant when the application starts and closes it when it has stopped."""

    def __init__(self, open_assistant: OpenAssistant, beside: Sequence[Beside]) -> None:
        self._open_assistant = open_assistant
        self._beside = beside
        self._stack = AsyncExitStack()
        self._opening: asyncio.Task[Assistant] | None = None

    async def open(self, application: AnyApplication) -> None:
        opening = self._stack.enter_async_context(self._open_assistant())
        self._opening = asyncio.create_task(opening)
        assistant = await self._opening
        if assistant.recorder.fault is not None:
            _log.error("questions can't be recorded: %s", assistant.recorder.fault)
        if isinstance(application, VocedApplication):
            await application.use_recorder(assistant.recorder)
            self._stack.push_async_callback(application.outbox.finish)
        give_assistant(application, assistant)
        await present(application.bot, assistant.say)
        await present_at_start(application, assistant)
        if isinstance(application.bot, VocedBot):
            for begin in self._beside:
                await self._stack.enter_async_context(begin(application.bot, assistant))

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
    beside: Sequence[Beside] = (),
) -> VocedApplication:
    """Return the application with every handler in place, not yet started.

    Args:
        token: The bot's token.
        api_url: The root of the Bot API server.
        open_assistant: Opens the assistant when the application starts; closed when it stops.
        request: Takes the place of the HTTP client, for tests.
        beside: What else goes on while the application runs.
    """
    outbox = StoredOutbox()
    closed = ClosedChats()
    services = _Services(open_assistant, beside)
    bot = VocedBot(
        token,
        postman=Postman(outbox, note_closed=closed.note_closed, is_closed=closed.is_closed),
        base_url=f"{api_url.rstrip('/')}/bot",
        base_file_url=f"{api_url.rstrip('/')}/file/bot",
        request=request or AiohttpRequest(connections=_MOST_CALLS),
        # Of its own, so that no flood of replies holds up the next updates.
        get_updates_request=request or AiohttpRequest(connections=1),
    )
    application = (
        Application.builder()
        .application_class(VocedApplication, {"outbox": outbox, "closed": closed})
        .bot(bot)
        .updater(None)
        .post_init(services.open)
        .post_shutdown(services.close)
        .build()
    )
    if not isinstance(application, VocedApplication):
        raise TypeError("the library built another application")
    add_editing_handlers(application)
    add_handlers(application)
    return application


ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]
