"""Opens the editors' desk for one command, and says who sits at it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import click
from rich.console import Console

from bot.cli.faults import run_with_settings
from bot.cli.streams import tell_progress
from bot.editing import Desk, EditingError
from bot.services import load_brain, open_assistant
from bot.settings import ConfigError, Settings
from bot.terminal import AT_THE_MACHINE, Screen
from bot.words.wording import Wording
from intents import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a command was called: by whom, in which language, for a person or for a script."""

    editor: int | None = None
    language: Language = "en"
    as_json: bool = False
    yes: bool = False
    despite_breaks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The desk, who sits at it (`actor`), and how to speak to them."""

    desk: Desk
    actor: int
    wording: Wording
    settings: Settings
    how: How

    def say(self, key: str, **values: object) -> str:
        """Return a text in the editor's language."""
        return self.wording(key, self.how.language, **values)

    @property
    def beside(self) -> Screen:
        """Return where to write what a script does not read."""
        return Screen(Console(highlight=False, stderr=self.how.as_json), self.wording)


Work = Callable[[Session], Awaitable[None]]


def look(work: Work, how: How) -> None:
    """Run `work` for whoever can read the database."""
    _run(work, how, lambda _: AT_THE_MACHINE)


def act(work: Work, how: How) -> None:
    """Run `work` for an editor."""
    _run(work, how, lambda settings: _find_editor(how, settings))


def _run(work: Work, how: How, find_actor: Callable[[Settings], int]) -> None:
    async def at_desk(settings: Settings) -> None:
        actor = find_actor(settings)
        brain = load_brain(settings, tell=tell_progress)
        looks_only = actor == AT_THE_MACHINE
        editors = frozenset({AT_THE_MACHINE}) if looks_only else settings.editor_ids
        async with open_assistant(settings, brain, editors=editors) as assistant:
            session = Session(
                desk=assistant.desk, actor=actor, wording=brain.wording, settings=settings, how=how
            )
            try:
                await work(session)
            except EditingError as error:
                raise click.ClickException(error.say(brain.wording, how.language)) from error

    run_with_settings(at_desk)


def _find_editor(how: How, settings: Settings) -> int:
    """Return who decides: whom the call names, else the setting, else the only editor there is."""
    named = settings.editor if how.editor is None else how.editor
    if named is not None:
        return named
    editors = settings.editor_ids
    if not editors:
        raise ConfigError("VOCED_EDITORS names nobody: put your numeric Telegram id there")
    if len(editors) > 1:
        raise click.UsageError("there are several editors: say who decides with --editor ID")
    return next(iter(editors))
