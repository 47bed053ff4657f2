"""The documentation names what there is: commands, options, make targets, settings."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest
import yaml

from bot.settings import PREFIX, Settings
from bot.telegram.buttons import Rating
from bot.telegram.editing import EDITOR_COMMANDS
from bot.telegram.handlers import COMMANDS
from knowledge import load_knowledge

DOCS = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "docs/rooms.md")
Commands = dict[tuple[str, ...], click.Command]

_FENCED = re.compile(r"^(`{3,})[^\n]*\n(.*?)^\1", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_VOCED = re.compile(r"(?:^|[\s;&|(/`])voced((?:[ \t]+[^\s;&`#()]+)+)", re.MULTILINE)
_MAKE = re.compile(r"(?:^[ \t$]*|[;&|] *)make[ \t]+([a-z][a-z-]*)", re.MULTILINE)
_SETTING = re.compile(rf"\b{PREFIX}[A-Z_]+\b")
_TARGET = re.compile(r"^([a-z][a-z-]*):(?!=)", re.MULTILINE)


def _code(text: str) -> Iterator[str]:
    """Yield every fenced block and every piece of inline code."""
    yield from (match[2] for match in _FENCED.finditer(text))
    yield from (match[2] for match in _INLINE.finditer(_FENCED.sub("", text)))


def _calls(text: str) -> Iterator[list[str]]:
    """Yield the words after each `voced`; `list|show` stands for two calls."""
    for code in _code(text):
        for match in _VOCED.finditer(code):
            words = match[1].split()
            several = next((at for at, word in enumerate(words) if "|" in word), None)
            if several is None:
                yield words
            else:
                for word in words[several].split("|"):
                    yield [*words[:several], word]


def _command_of(words: list[str], commands: Commands) -> tuple[str, ...] | None:
    """Return the command that a call begins with, `()` for an option of `voced` itself."""
    if words[0].startswith("-"):
        return () if words[0] in {"--help", "-h", "--version"} else None
    fitting = [name for name in commands if tuple(words[: len(name)]) == name]
    found = max(fitting, key=len, default=None)
    if found is not None and isinstance(commands[found], click.Group) and len(words) > len(found):
        # A group that can be called alone takes no arguments, so the next word must be one of it.
        return found if words[len(found)].startswith("-") else None
    return found


@pytest.fixture(params=DOCS)
def doc(request: pytest.FixtureRequest, root: Path) -> str:
    return (root / str(request.param)).read_text(encoding="utf-8")


@pytest.fixture
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def test_every_command_that_is_mentioned_exists(doc: str, commands: Commands) -> None:
    """With the options it is mentioned with; a group may be named alone."""
    groups = {name[:1] for name in commands if len(name) > 1}
    for words in _calls(doc):
        if (words[0],) in groups and len(words) == 1:
            continue
        name = _command_of(words, commands)
        assert name is not None, f"voced {' '.join(words)}"
        if name:
            known = {option for one in commands[name].params for option in one.opts} | {"--help"}
            options = {word for word in words if re.fullmatch(r"-[a-z]|--[a-z-]+", word)}
            assert options <= known, f"voced {' '.join(words)}"


def test_every_make_target_that_is_mentioned_exists(doc: str, root: Path) -> None:
    """In code; `make` in a sentence is a word."""
    targets = set(_TARGET.findall((root / "Makefile").read_text(encoding="utf-8")))
    mentioned = {name for code in _code(doc) for name in _MAKE.findall(code)}
    assert mentioned <= targets


def test_every_setting_that_is_mentioned_exists(doc: str) -> None:
    """By its full name."""
    assert set(_SETTING.findall(doc)) <= _settings()


@pytest.mark.parametrize("name", DOCS)
def test_every_link_to_a_file_leads_to_one(name: str, root: Path) -> None:
    """Relative to where the page stands."""
    page = root / name
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_names_every_command(readme: str, commands: Commands) -> None:
    """Each with its words after `voced`."""
    mentioned = {_command_of(words, commands) for words in _calls(readme)}
    assert set(commands) <= mentioned


@pytest.mark.parametrize("target", ["chat", "test"])
def test_the_readme_names_the_two_make_targets(target: str, readme: str) -> None:
    """The only two commands that a newcomer needs."""
    assert target in {name for code in _code(readme) for name in _MAKE.findall(code)}


def test_the_readme_names_every_command_of_the_bot(readme: str) -> None:
    """What people can write on Telegram, each with its slash."""
    written = {word.lstrip("/") for code in _code(readme) for word in re.findall(r"/[a-z]+", code)}
    assert {*COMMANDS, *EDITOR_COMMANDS} <= written


def test_the_readme_names_every_reason_of_a_thumb_down(readme: str) -> None:
    """Editors see them in front of a question."""
    reasons = set(get_args(Rating)) - {"up", "down", "back"}
    assert reasons <= set(_code(readme))


def test_the_readme_names_every_setting(readme: str) -> None:
    """None is to be found in the code alone."""
    assert _settings() <= set(_SETTING.findall(readme))


def test_the_example_of_an_env_file_names_every_setting(root: Path) -> None:
    """Each on a line of its own, commented out or not, and no other."""
    text = (root / ".env.example").read_text(encoding="utf-8")
    lines = re.findall(rf"^#? ?({PREFIX}[A-Z_]+)=", text, re.MULTILINE)
    assert sorted(lines) == sorted(_settings())


def test_the_example_of_an_env_file_can_be_used_as_it_is(root: Path) -> None:
    """Copied without a change, it sets nothing."""
    assert Settings(_env_file=root / ".env.example") == Settings(_env_file=None)


def test_the_values_in_the_example_of_an_env_file_fit(root: Path, tmp_path: Path) -> None:
    """Whoever takes the # away in front of a setting gets no fault."""
    text = (root / ".env.example").read_text(encoding="utf-8")
    (tmp_path / "env").write_text(re.sub(rf"(?m)^# ?(?={PREFIX})", "", text), encoding="utf-8")
    assert Settings(_env_file=tmp_path / "env").retention_days == 180


def test_the_procfile_names_commands_that_exist(root: Path, commands: Commands) -> None:
    """Each line is a process and the `voced` it runs."""
    lines = (root / "Procfile").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        match = re.fullmatch(r"[a-z]+: voced (.+)", line)
        assert match, line
        assert tuple(match[1].split()) in commands


def _settings() -> set[str]:
    return {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_the_draft_in_the_readme_fits_the_knowledge(readme: str) -> None:
    """Its topic and the claims it cites are there, so that it can be tried as it stands."""
    (draft,) = re.findall(r"```yaml\n(title: .*?)```", readme, re.DOTALL)
    given = yaml.safe_load(draft)
    knowledge = load_knowledge(None, normalise=str)
    assert given["topic"] in knowledge.topics
    assert set(given["cites"]) <= set(knowledge.claims)
