"""Turns every expected fault into one plain message and exit status 1."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import click

from bot.settings import ConfigError, Settings, read_settings
from bot.words.wording import WordingError
from intents import IntentError
from knowledge import KnowledgeError
from storage import StorageError


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn a fault of settings, knowledge, word lists or storage into a `ClickException`."""
    try:
        yield
    except (ConfigError, KnowledgeError, IntentError, WordingError, StorageError) as error:
        raise click.ClickException(str(error)) from error


def run_with_settings(work: Callable[[Settings], Coroutine[Any, Any, None]]) -> None:
    """Run `work` with the settings in force, telling faults plainly."""
    with told_plainly():
        asyncio.run(work(read_settings()))
