"""The bot's own words, from `bot/data/wording.yaml`, in both languages."""

import string
from collections.abc import Mapping
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from intents import Language
from intents.text.traditional import to_traditional

# Each start reads the file, and the slow one takes a quarter of a second for it.
_SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class WordingError(Exception):
    """The wording that comes with the package is broken; the message says where."""


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str


class Wording:
    """Every fixed text of the bot, by key and language."""

    def __init__(self, lines: Mapping[str, _Line]) -> None:
        self._lines = lines

    def __contains__(self, key: str) -> bool:
        """Return whether there is a text under `key`."""
        return key in self._lines

    def __call__(self, key: str, language: Language, **values: object) -> str:
        """Return the text under `key` with `values` put in where it names them.

        Raises:
            KeyError: There is no such text, or it names a value that is not given.
        """
        return self.template(key, language).format_map(values).strip("\n")

    def template(self, key: str, language: Language) -> str:
        """Return the text under `key` with the names of its values in it."""
        line = self._lines[key]
        return line.zh if language == "zh" else line.en

    def in_traditional(self) -> "Wording":
        """Return the same texts, the Chinese ones in traditional characters."""
        return _TraditionalWording(self._lines)

    def keys(self) -> frozenset[str]:
        """Return every key."""
        return frozenset(self._lines)

    def fields(self, key: str, language: Language) -> frozenset[str]:
        """Return the names of the values that a text takes."""
        parsed = string.Formatter().parse(self.template(key, language))
        return frozenset(name for _, name, _, _ in parsed if name)


class _TraditionalWording(Wording):
    def __call__(self, key: str, language: Language, **values: object) -> str:
        text = super().__call__(key, language, **values)
        return to_traditional(text) if language == "zh" else text


def load_wording() -> Wording:
    """Return the wording that comes with the package.

    Raises:
        WordingError: The file is not YAML, or a text lacks a language.
    """
    file = resources.files("bot") / "data" / "wording.yaml"
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=_SafeLoader)  # noqa: S506
        return Wording(TypeAdapter(dict[str, _Line]).validate_python(data))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise WordingError(f"bot/data/wording.yaml: {error}") from error
