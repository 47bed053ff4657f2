"""The shapes of the knowledge files, and what is made of them."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

SourceKind = Literal[
    "news",
    "notice",
    "FAQ",
    "law",
    "regulation",
    "statistics",
    "research",
    "press conference",
    "press release",
    "government reply",
    "dataset",
    "blog",
    "article",
    "episode",
    "catalogue",
]
Figure = int | Decimal | str

_PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def _check_partial_date(text: str) -> str:
    if not _PARTIAL_DATE.fullmatch(text):
        raise ValueError("must be a date: YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = [*(int(part) for part in text.split("-")), 1, 1][:3]
    date(year, month, day)
    return text


def _check_published(text: str) -> str:
    for year in text.split("-") if re.fullmatch(r"\d{4}-\d{4}", text) else [text]:
        _check_partial_date(year)
    return text


def _check_as_of(text: str) -> str:
    return text if text == "undated" else _check_partial_date(text)


def _year_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _read_figure(value: object) -> Figure:
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _PARTIAL_DATE.fullmatch(value):
        return _check_partial_date(value)
    raise ValueError("must be a bare number or an ISO date")


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
EntryId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
AsOf = Annotated[str, BeforeValidator(_year_as_text), AfterValidator(_check_as_of)]
Published = Annotated[str, BeforeValidator(_year_as_text), AfterValidator(_check_published)]
FigureName = Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9_]*$")]


class Strict(BaseModel):
    """A model that can't be changed and knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Localised(Strict):
    """The same text in both languages."""

    zh: Text
    en: Text

    def in_(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.zh if language == "zh" else self.en


class Phrasings(Strict):
    """Ways of asking, by language."""

    zh: tuple[Text, ...]
    en: tuple[Text, ...]

    def in_(self, language: Language) -> tuple[str, ...]:
        """Return the phrasings in `language`."""
        return self.zh if language == "zh" else self.en


class Claim(Strict):
    """One fact, in our own words, as one source states it.

    `as_of` is the date it speaks of (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or `undated` where the
    source gives none); `at` is its place in the source, absent when unknown; `also` names further
    sources that state it. A figure is a bare number or an ISO date.
    """

    says: Localised
    as_of: AsOf
    confidence: Literal["high", "medium", "low"]
    at: Localised | None = None
    also: tuple[str, ...] = ()
    figures: dict[FigureName, Annotated[Figure, BeforeValidator(_read_figure)]] = Field(
        default_factory=dict
    )


class Source(Strict):
    """Where claims come from.

    A title in [brackets] describes the page instead of quoting its title. `published` is absent
    when the page gives no date, `url` when there is no address that could be checked; `repost`
    says that a copy was read instead of the original page.
    """

    id: Text
    kind: SourceKind
    title: Localised
    publisher: Localised
    language: Literal["zh", "en"]
    reliability: Literal["official", "press", "other"]
    author: Text | None = None
    published: Published | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    repost: bool = False
    official_copy: Localised | None = None
    republished_by: Localised | None = None
    claims: dict[str, Claim]

    @property
    def is_described(self) -> bool:
        """Whether the title is a description of the page."""
        return self.title.en.startswith("[")


class Topic(Strict):
    """A field of knowledge, named as people would name it.

    Where the stakes are high, as with money or admission, a question must be understood more surely
    than elsewhere before it is answered.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]
    title: Localised
    high_stakes: bool = False


class AnswerEntry(Strict):
    """A curated answer as an editor writes it.

    `asks` are the phrasings it is found by, `hits` held-out phrasings that must find it and
    `misses` held-out look-alikes that must not; from `counterexamples`, look-alikes too, is learned
    what the answer is none to. `gap` is the reason under which questions answered with it
    are put before editors as well. `live` says that it was written in the running bot and may have
    fewer lines until it is reviewed, `lacks` which language its title and text are not in yet: they
    are those of the other one there.
    """

    id: EntryId
    topic: str
    title: Localised
    asks: Phrasings
    hits: Phrasings
    misses: Phrasings
    counterexamples: Phrasings = Phrasings(zh=(), en=())
    says: Localised
    cites: Annotated[tuple[str, ...], Field(min_length=1)]
    review_by: date
    see_also: tuple[str, ...] = ()
    gap: Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")] | None = None
    live: bool = False
    lacks: Language | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_in_what_lacks(cls, data: Any) -> Any:
        lacks = data.get("lacks") if isinstance(data, dict) else None
        if lacks not in LANGUAGES:
            return data
        other = "en" if lacks == "zh" else "zh"
        filled = {
            key: {**text, lacks: text.get(lacks, text[other])}
            for key in ("title", "says")
            if isinstance(text := data.get(key), dict) and other in text
        }
        return data | filled
