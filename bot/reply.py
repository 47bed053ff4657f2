"""What goes in and out of the assistant: plain data that knows nothing of any front end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from intents import Language, Variant
from storage import Front, Outcome

__all__ = ["Card", "Choice", "Cited", "Front", "Outcome", "Question", "Reply"]

Wanted = Literal["major", "comparison"]

# What a text behind a command must name.
WANTED_BY: Mapping[str, Wanted] = MappingProxyType({"/major": "major", "/compare": "comparison"})

# The entry of the list of all sources; its second page is `sources/2`.
SOURCES = "sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One message from one person.

    `asker` tells people apart and never leaves the process unhashed; it is `None` where there is
    only one. `hint` is the language of a message that shows none by its script.
    `wants` is what a command has asked for, so that the text only names majors; `None` for words
    that may mean anything. `language` is what the person has chosen to be answered in, whatever
    they write in. `update_id` is Telegram's number of the delivery: what comes twice is
    recorded once.
    """

    text: str
    front: Front
    asker: str | None = None
    hint: Language | None = None
    wants: Wanted | None = None
    language: Language | None = None
    update_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source as a person is shown it, in the language of the reply.

    A title in [brackets] describes the page. `date` is the source's own, else the date the claim
    speaks of (ISO, possibly without day or month); `at` is the place in the source.
    """

    claim: str
    source: str
    title: str
    publisher: str
    date: str | None
    at: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An entry that can be picked, by its title."""

    entry: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the assistant says.

    `blocks` are paragraphs of plain text. `choices` (at most three) are what an offer lets the
    person pick from, or the other levels of what was answered; `menu` are the ways on from a page
    of the catalogue, `related` follow-ups under an answer. `reason` says why it is not simply
    an answer, `gap` under which reason editors see the question (`None`: they don't). `record` is
    the number under which the question is stored, `None` when it is not. `matcher` says by what the
    question was matched: words alone, or meaning as well.
    """

    question: str
    normalised: str
    language: Language
    outcome: Outcome
    blocks: tuple[str, ...]
    entry: str | None = None
    title: str | None = None
    confidence: float = 0.0
    citations: tuple[Cited, ...] = ()
    choices: tuple[Choice, ...] = ()
    menu: tuple[Choice, ...] = ()
    related: tuple[Choice, ...] = ()
    nearest: tuple[str, ...] = ()
    intent: str | None = None
    reason: str | None = None
    gap: str | None = None
    knowledge_version: str = ""
    matcher: Variant = "lexical"
    milliseconds: float = 0.0
    record: int | None = None

    def answering(self, record: int | None) -> "Reply":
        """Return the same as the answer to the stored question `record`."""
        return replace(self, record=record)

    @property
    def is_offer(self) -> bool:
        """Whether the choices stand for an answer, so that none of them may be right."""
        return bool(self.choices) and self.outcome != "answered"

    @property
    def is_about_sources(self) -> bool:
        """Whether the citations are not below what is said, but what is said."""
        return (self.entry or "").partition("/")[0] == SOURCES

    @property
    def ways_on(self) -> tuple[Choice, ...]:
        """Return everything that can be picked in place of this reply, in order."""
        return (*self.choices, *self.menu)

    @property
    def text(self) -> str:
        """Return the whole text, paragraphs apart by an empty line."""
        return "\n\n".join(self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A reply that somebody picks by two lines, before it is said."""

    headline: str
    summary: str
    reply: Reply
