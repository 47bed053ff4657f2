"""Puts the figures of claims into the text of answers: `{claim.figure:format}`."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal

from knowledge.models import Claim, Figure, Language

_PLACEHOLDER = re.compile(
    r"\{(?P<claim>[a-z0-9-]+)\.(?P<figure>[A-Za-z0-9_]+)(?::(?P<format>[a-z]+))?\}"
)
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WAN = 10_000


class FigureError(Exception):
    """A reference in a text can't be followed or shown; the message says which and why."""


def claims_referred_to(text: str) -> tuple[str, ...]:
    """Return the ids of the claims that `text` takes figures from, in the order they appear."""
    return tuple(dict.fromkeys(match["claim"] for match in _PLACEHOLDER.finditer(text)))


def typed_digits(text: str, terms: tuple[str, ...]) -> str | None:
    """Return the first word of `text` with a digit typed into it, or `None`.

    References and `terms` (names that contain digits, such as 1+X) don't count.
    """
    rest = _PLACEHOLDER.sub(" ", text)
    for term in terms:
        rest = rest.replace(term, " ")
    return next((word for word in rest.split() if any(map(_is_digit, word))), None)


def _is_digit(character: str) -> bool:
    # Full-width digits are decimal (Nd); circled ones, from ① to ㊿, are other numbers (No).
    return unicodedata.category(character) in {"Nd", "No"}


def fill_in(text: str, claims: Mapping[str, Claim], language: Language) -> str:
    """Return `text` with every reference replaced by its figure as `language` writes it.

    Raises:
        FigureError: A reference is malformed, names an unknown claim, figure or format, or the
            format does not fit the figure.
    """

    def show(match: re.Match[str]) -> str:
        figure = _look_up(match, claims)
        name = match["format"] or "number"
        if name not in _FORMATS:
            raise FigureError(f"{match[0]}: unknown format '{name}' (known: {', '.join(_FORMATS)})")
        try:
            return _FORMATS[name](figure, language)
        except FigureError as error:
            raise FigureError(f"{match[0]}: {error}") from error

    stray = re.search(r"[{}]\S*", _PLACEHOLDER.sub("", text))
    if stray:
        raise FigureError(f"not a reference of the form {{claim.figure:format}}: '{stray[0]}'")
    return _PLACEHOLDER.sub(show, text)


def _look_up(match: re.Match[str], claims: Mapping[str, Claim]) -> Figure:
    claim = claims.get(match["claim"])
    if claim is None:
        raise FigureError(f"{match[0]}: unknown claim '{match['claim']}'")
    if match["figure"] == "as_of":
        return claim.as_of
    if match["figure"] not in claim.figures:
        raise FigureError(f"{match[0]}: '{match['claim']}' has no figure '{match['figure']}'")
    return claim.figures[match["figure"]]


def _number(figure: Figure) -> Decimal:
    if isinstance(figure, str):
        raise FigureError(f"needs a number, not the date {figure}")
    return Decimal(figure)


def _plain(number: Decimal, language: Language) -> str:
    text = f"{number:,f}" if number else "0"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if language == "en" else text.replace(",", "")


def _show_number(figure: Figure, language: Language) -> str:
    return _plain(_number(figure), language)


def _show_plain(figure: Figure, _language: Language) -> str:
    return f"{_number(figure):f}"


def _show_million(figure: Figure, language: Language) -> str:
    millions = _number(figure)
    if language == "en":
        return f"{_plain(millions, 'en')} million"
    return _show_wan(int(millions * 1_000_000), "zh")


def _show_wan(figure: Figure, language: Language) -> str:
    number = _number(figure)
    if language == "en":
        return _plain(number, "en")
    if number >= _WAN * _WAN:
        return f"{_plain(number / _WAN / _WAN, 'zh')}亿"
    return f"{_plain(number / _WAN, 'zh')}万"


def _show_ordinal(figure: Figure, language: Language) -> str:
    number = int(_number(figure))
    if number != figure:
        raise FigureError(f"needs a whole number, not {figure}")
    if language == "zh":
        return str(number)
    teens = range(11, 14)
    suffix = "th" if number % 100 in teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _date_parts(figure: Figure) -> list[int]:
    if not isinstance(figure, str) or figure == "undated":
        raise FigureError(f"needs a date, not {figure}")
    return [int(part) for part in figure.split("-")]


def _show_year(figure: Figure, _language: Language) -> str:
    return str(figure) if isinstance(figure, int) else str(_date_parts(figure)[0])


def _show_date(figure: Figure, language: Language) -> str:
    year, *rest = _date_parts(figure)
    if language == "zh":
        return f"{year}年" + "".join(f"{n}{unit}" for n, unit in zip(rest, "月日", strict=False))
    words = [str(year)]
    if rest:
        words.insert(0, _MONTHS[rest[0] - 1])
    if len(rest) > 1:
        words.insert(0, str(rest[1]))
    return " ".join(words)


def _show_month(figure: Figure, language: Language) -> str:
    parts = _date_parts(figure)
    return _show_date("-".join(f"{part:02}" for part in parts[:2]), language)


def _show_day(figure: Figure, language: Language) -> str:
    parts = _date_parts(figure)
    if len(parts) < len(("year", "month", "day")):
        raise FigureError(f"needs a whole date, not {figure}")
    _, month, day = parts
    return f"{month}月{day}日" if language == "zh" else f"{day} {_MONTHS[month - 1]}"


_FORMATS: Mapping[str, Callable[[Figure, Language], str]] = {
    "number": _show_number,
    "plain": _show_plain,
    "million": _show_million,
    "wan": _show_wan,
    "ordinal": _show_ordinal,
    "year": _show_year,
    "date": _show_date,
    "month": _show_month,
    "day": _show_day,
}
