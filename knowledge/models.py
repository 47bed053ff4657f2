"""The shapes of the knowledge files, and what is made of them."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
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

_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


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


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
EntryId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
AsOf = Annotated[str, BeforeValidator(_year_as_text), AfterValidator(_check_as_of)]
Published = Annotated[str, BeforeValidator(_year_as_text), AfterValidator(_check_published)]
FigureName = Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9_]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Localised(_Strict):
    """The same text in both languages."""

    zh: Text
    en: Text

    def in_(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.zh if language == "zh" else self.en


class Phrasings(_Strict):
    """Ways of asking, by language."""

    zh: tuple[Text, ...]
    en: tuple[Text, ...]

    def in_(self, language: Language) -> tuple[str, ...]:
        """Return the phrasings in `language`."""
        return self.zh if language == "zh" else self.en


class Claim(_Strict):
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
    figures: dict[FigureName, Figure] = Field(default_factory=dict)

    @field_validator("figures", mode="before")
    @classmethod
    def _bare_numbers_and_dates(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {name: _read_figure(name, figure) for name, figure in value.items()}


def _read_figure(name: str, value: object) -> Figure:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"'{name}' must be a bare number or an ISO date")  # noqa: TRY004
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, str):
        return _check_partial_date(value)
    return value


class Source(_Strict):
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


class Topic(_Strict):
    """A field of knowledge, named as people would name it."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")]
    title: Localised


class AnswerEntry(_Strict):
    """A curated answer as an editor writes it.

    `asks` are the phrasings it is found by, `hits` held-out phrasings that must find it and
    `misses` look-alikes that must not. `gap` is the reason under which questions answered with it
    are put before editors as well.
    """

    id: EntryId
    topic: str
    title: Localised
    asks: Phrasings
    hits: Phrasings
    misses: Phrasings
    says: Localised
    cites: Annotated[tuple[str, ...], Field(min_length=1)]
    review_by: date
    see_also: tuple[str, ...] = ()
    gap: Annotated[str, StringConstraints(pattern=r"^[a-z]+(_[a-z]+)*$")] | None = None

    @model_validator(mode="after")
    def _enough_phrasings(self) -> Self:
        for name, least in (("asks", 5), ("hits", 2), ("misses", 1)):
            for language in LANGUAGES:
                count = len(getattr(self, name).in_(language))
                if count < least:
                    raise ValueError(f"{name}.{language} needs at least {least} lines, has {count}")
        return self
