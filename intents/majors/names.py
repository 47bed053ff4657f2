"""What can be looked up: names of the catalogue, and what people call them."""

from dataclasses import dataclass
from typing import Literal

NamedKind = Literal["major", "class", "category"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name in the catalogue.

    `id` is the caller's own; `codes` are its codes, one for each level where it stands, the
    lowest level first.
    """

    kind: NamedKind
    id: str
    zh: str
    en: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A word of a question that names something.

    `named` is what it may mean, best first: more than one where people use a word for several
    majors. `how` tells how it was recognised: by its `code`, by its official `name`, by an
    `alias`, by its `sound` (pinyin, or characters that sound the same) or in spite of a `slip`.
    """

    word: str
    how: Literal["code", "name", "alias", "sound", "slip"]
    named: tuple[Named, ...]
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a question asks of the catalogue.

    `slots` are what it wants to know, by the ids of `data/requests.yaml`; `levels` and `years`
    those it names. `rest` are the words that are neither a mention nor known around one: an empty
    rest means that the question is about its mentions and nothing else. `says_major` tells that
    the word stands in it, or one like it, `says_become` that somebody is to be what one trains for.
    `near` are at most three names like a mention that could not be recognised, best first, where
    they were looked for; `asks_for_a_major` says that the question calls it a major.
    """

    mentions: tuple[Mention, ...] = ()
    slots: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    years: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    says_major: bool = False
    says_become: bool = False
    near: tuple[Named, ...] = ()
    asks_for_a_major: bool = False
