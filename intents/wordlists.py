"""Reads the word lists that come with the package."""

from collections.abc import Mapping
from contextlib import suppress
from importlib import resources
from types import MappingProxyType
from typing import Annotated, Any, Literal, Protocol, TypeVar

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    field_serializer,
)

from intents.errors import IntentError

# The base loader leaves every word as it is typed: "no" and "on" are words, 88 is a farewell.
try:
    from yaml import CBaseLoader as TextLoader
except ImportError:  # PyYAML without libyaml: slower, the same result
    from yaml import BaseLoader as TextLoader  # type: ignore[assignment]

T = TypeVar("T")
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Strict):
    """Words or lines in both languages."""

    zh: tuple[Word, ...] = ()
    en: tuple[Word, ...] = ()


class Fillers(_Strict):
    """What opens and closes a question politely, and what is typed for longer words.

    `introducers` stand between who wants to know something and what that is.
    """

    openers: Words
    closers: Words
    introducers: Words = Words()
    shorthand: Mapping[Word, tuple[Word, ...]] = MappingProxyType({})


class ChatIntent(_Strict):
    """A kind of small talk: lines that are it, and look-alikes that are not."""

    id: Word
    asks: Words
    misses: Words


class Distress(_Strict):
    """Signs that somebody is in trouble, and everyday phrases that only contain one."""

    signs: Words
    harmless: Words


class Concept(_Strict):
    """Words that mean the same to somebody who asks; see `data/concepts.yaml` for the kinds."""

    id: Word
    kind: Literal["level", "ask", "not", "topic", "field", "actor", "decoy"]
    telling: bool | Literal["alone"] = False
    may_mean: tuple[Word, ...] = ()
    zh: tuple[Word, ...] = Field(min_length=1)
    en: tuple[Word, ...] = Field(min_length=1)


class Slot(_Strict):
    """Something that is asked of a major; `known` says whether a catalogue can hold it."""

    id: Word
    known: bool
    zh: tuple[Word, ...] = Field(min_length=1)
    en: tuple[Word, ...] = Field(min_length=1)


class Requests(_Strict):
    """What people say around the name of a major."""

    slots: tuple[Slot, ...]
    frames: Words
    everyday: Words
    becoming: Words


class Alias(_Strict):
    """What people call majors, classes and categories, each by its official Chinese name."""

    zh: tuple[Word, ...] = ()
    en: tuple[Word, ...] = ()
    majors: tuple[Word, ...] = ()
    classes: tuple[Word, ...] = ()
    categories: tuple[Word, ...] = ()


class WordLists(_Strict):
    """Every word list of the package."""

    fillers: Fillers
    chat: tuple[ChatIntent, ...]
    distress: Distress
    hollow: Words
    concepts: tuple[Concept, ...]
    places: Words
    requests: Requests
    aliases: tuple[Alias, ...]
    pinyin: dict[str, str]
    common: frozenset[str] = frozenset()

    @field_serializer("common")
    def _in_order(self, words: frozenset[str]) -> list[str]:
        # What is learned is kept under a hash of the lists, and every process orders sets anew.
        return sorted(words)


class Cache(Protocol):
    """Keeps what can be made again; of names that begin alike up to a hyphen, only the newest."""

    def load(self, name: str) -> bytes | None:
        """Return what is kept under `name`, or `None` when nothing is that can be read."""

    def keep(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`, where that is possible."""


def load_word_lists(*, cache: Cache | None = None, code: str = "") -> WordLists:
    """Return the word lists under `intents/data`, from `cache` if they were read with this `code`.

    Raises:
        IntentError: A file is missing, is not YAML, or does not have the shape it must have.
    """
    if cache is None:
        return _read_word_lists()
    name = f"words-{code}.json"
    kept = cache.load(name)
    if kept is not None:
        # What is cut short or of another shape is read again.
        with suppress(ValidationError):
            return WordLists.model_validate_json(kept)
    lists = _read_word_lists()
    cache.keep(name, lists.model_dump_json().encode())
    return lists


def _read_word_lists() -> WordLists:
    return WordLists(
        fillers=_read("fillers", Fillers),
        chat=_read("chat", tuple[ChatIntent, ...]),
        distress=_read("distress", Distress),
        hollow=_read("hollow", Words),
        concepts=_read("concepts", tuple[Concept, ...]),
        places=_read("places", Words),
        requests=_read("requests", Requests),
        aliases=_read("aliases", tuple[Alias, ...]),
        pinyin=_read("pinyin", dict[str, str]),
        common=_read_lines("common_words"),
    )


def _read(name: str, shape: Any) -> Any:
    file = resources.files("intents") / "data" / f"{name}.yaml"
    try:
        # It builds texts, lists and mappings only.
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=TextLoader)  # noqa: S506
        return TypeAdapter(shape).validate_python(data)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise IntentError(f"intents/data/{name}.yaml: {error}") from error


def _read_lines(name: str) -> frozenset[str]:
    """Return the lines of a plain list; # begins a remark."""
    file = resources.files("intents") / "data" / f"{name}.txt"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise IntentError(f"intents/data/{name}.txt: {error}") from error
    return frozenset(line for line in lines if line and not line.startswith("#"))
