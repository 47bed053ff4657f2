"""The bot's own words are complete in both languages, and none lies idle."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest
import yaml

import bot
from bot.health.why import By
from bot.telegram.buttons import Rating
from bot.telegram.editing import EDITOR_COMMANDS
from bot.telegram.handlers import COMMANDS
from bot.telegram.showing.keyboards import EXAMPLES
from bot.telegram.showing.presenting import EDITOR_COMMANDS as EDITORS_SEE
from bot.telegram.showing.presenting import GROUP_COMMANDS, PRIVATE_COMMANDS
from bot.telegram.showing.voice import Tongue
from bot.words.wording import Wording, load_wording
from intents.match.confidence import WEIGHTS
from intents.match.likeness import MEASURES
from storage import Outcome
from storage.people import Erased

_SOURCES = [ast.parse(file.read_text()) for file in Path(bot.__file__).parent.rglob("*.py")]
_WORDING = load_wording()


def _keys_said() -> Iterator[str]:
    """Yield the text of every constant that is handed to `say`."""
    for tree in _SOURCES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                function = node.func
                name = getattr(function, "attr", None) or getattr(function, "id", None)
                if name in {"say", "_say"}:
                    for argument in node.args:
                        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                            yield argument.value


def _texts_in_code() -> tuple[set[str], set[str]]:
    """Return the text constants in the code, and the beginnings of its f-strings."""
    constants: set[str] = set()
    beginnings: set[str] = set()
    for tree in _SOURCES:
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
    return constants, beginnings


@pytest.mark.parametrize("key", sorted(_WORDING.keys()))
def test_a_text_takes_the_same_values_in_both_languages(key: str) -> None:
    """Neither language forgets or invents a value, and both say something."""
    fields = _WORDING.fields(key, "zh")
    assert _WORDING.fields(key, "en") == fields
    values = dict.fromkeys(fields, "…")
    for language in ("zh", "en"):
        said = _WORDING(key, language, **values)
        assert said.strip()
        assert not said.startswith("\n")
        assert not said.endswith("\n")


def test_every_key_that_the_code_says_exists() -> None:
    """A missing text would only show when somebody needs it."""
    said = set(_keys_said())
    assert len(said) > 10
    assert said <= _WORDING.keys()


def test_every_text_is_used() -> None:
    """A key stands in the code as it is, or begins like one that the code puts together."""
    constants, beginnings = _texts_in_code()
    families = {
        "chat.", "offered.", "major.", "command.", "example.", "forgotten.", "language.", "why.",
        "outcome.", "explain.by.", "explain.part.", "health.unit.", "health.period.",
        "health.column.",
        "editing.refused.", "editing.action.", "editing.ask.", "editing.do.", "editing.field.",
        "editing.order.", "editing.state.", "editing.verdict.", "editing.why.",
    }  # fmt: skip
    assert families <= beginnings
    prefixes = tuple(families)
    idle = [key for key in _WORDING.keys() - constants if not key.startswith(prefixes)]
    assert not idle


def test_every_kind_of_small_talk_has_its_words() -> None:
    """The kinds of `intents/data/chat.yaml`, and distress, are exactly the keys below `chat.`."""
    file = resources.files("intents") / "data" / "chat.yaml"
    kinds = {one["id"] for one in yaml.safe_load(file.read_text(encoding="utf-8"))}
    assert {key for key in sorted(_WORDING.keys()) if key.startswith("chat.")} == {
        f"chat.{kind}" for kind in kinds | {"distress"}
    }


def test_a_list_in_english_has_spaces_between_its_items() -> None:
    """The space at the end of the separator belongs to it."""
    assert _WORDING("list_separator", "en") == ", "
    assert _WORDING("list_separator", "zh") == "、"


def test_every_command_says_what_it_does() -> None:
    """The commands that Telegram shows are those that are described."""
    described = {
        key.partition(".")[2] for key in sorted(_WORDING.keys()) if key.startswith("command.")
    }
    assert described == {*COMMANDS, *EDITOR_COMMANDS}
    assert set(COMMANDS) == set(PRIVATE_COMMANDS)
    assert set(EDITOR_COMMANDS) == set(EDITORS_SEE)
    assert set(GROUP_COMMANDS) < set(PRIVATE_COMMANDS)


def test_every_part_of_an_explanation_has_its_words() -> None:
    """What is measured, what decides, and what may become of a question, is there by its name."""
    for family, names in (
        ("explain.part.", {*MEASURES, *WEIGHTS}),
        ("explain.by.", set(get_args(By))),
        ("outcome.", {*get_args(Outcome), "resolved"}),
    ):
        keys = {key for key in sorted(_WORDING.keys()) if key.startswith(family)}
        assert keys == {f"{family}{name}" for name in names}


def test_every_reason_and_everything_forgotten_has_its_words() -> None:
    """What the code puts together from a value is there for each value."""
    reasons = set(get_args(Rating)) - {"up", "down"} | {"ask"}
    assert {key for key in sorted(_WORDING.keys()) if key.startswith("why.")} == {
        f"why.{reason}" for reason in reasons
    }
    assert {key for key in sorted(_WORDING.keys()) if key.startswith("forgotten.")} == {
        f"forgotten.{one.name}" for one in fields(Erased)
    }
    assert {key for key in sorted(_WORDING.keys()) if key.startswith("language.")} == {
        f"language.{tongue}" for tongue in (*get_args(Tongue), "any")
    }
    assert {key for key in sorted(_WORDING.keys()) if key.startswith("example.")} == {
        f"example.{number}" for number in EXAMPLES
    }


@pytest.mark.parametrize(
    ("prefix", "most"),
    [("command.", 256), ("profile.description", 512), ("profile.short", 120), ("rate.", 200),
     ("wait.", 200), ("telegram.not_", 200), ("choice_gone", 200), ("why.", 64)],
)  # fmt: skip
def test_a_text_fits_where_telegram_shows_it(prefix: str, most: int) -> None:
    """Descriptions, notes above the chat, and buttons are short."""
    keys = [key for key in sorted(_WORDING.keys()) if key.startswith(prefix)]
    assert keys
    for key in keys:
        assert max(len(_WORDING(key, language)) for language in ("zh", "en")) <= most, key


def test_an_unknown_key_is_a_fault_of_the_code() -> None:
    """Asking for it raises instead of saying nothing."""
    assert "nonsense" not in _WORDING
    with pytest.raises(KeyError):
        Wording({})("nonsense", "en")
