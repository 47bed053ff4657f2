"""Tells of faults: the log what happened, the person that it did."""

import logging

from telegram import Update
from telegram.error import Forbidden

from bot.telegram.handlers.context import Context
from bot.telegram.handlers.saying import remark

_log = logging.getLogger(__name__)


async def apologise(update: object, context: Context) -> None:
    """Log a fault, and tell the person where there is one."""
    if not isinstance(update, Update):
        _log.error("updates can't be fetched, trying again: %s", context.error)
        return
    if isinstance(context.error, Forbidden):
        _log.info("a person does not take messages any more: %s", context.error)
        return
    _log.error("an update could not be handled", exc_info=context.error)
    try:
        await remark(update, context, "telegram.trouble")
    except Exception as error:  # noqa: BLE001 - of a malformed update anything may be missing
        _log.error("nor could the person be told: %r", error)
