"""Where the project lies, and its commands as they are."""

from pathlib import Path

import click
import pytest

from bot.cli import main

PACKAGES = ("bot", "intents", "knowledge", "storage")


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).parents[2]


@pytest.fixture(scope="session")
def packages() -> tuple[str, ...]:
    return PACKAGES


@pytest.fixture(scope="session")
def modules(root: Path) -> dict[str, Path]:
    """Return every module of the packages by its dotted name."""
    files = [file for package in PACKAGES for file in (root / package).rglob("*.py")]
    return {
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file
        for file in files
    }


@pytest.fixture(scope="session")
def commands() -> dict[tuple[str, ...], click.Command]:
    """Return every command that can be called, by its words after `voced`."""
    found: dict[tuple[str, ...], click.Command] = {}

    def collect(words: tuple[str, ...], command: click.Command) -> None:
        if not isinstance(command, click.Group):
            found[words] = command
            return
        if command.invoke_without_command:
            found[words] = command
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            collect((*words, name), child)

    collect((), main)
    return found
