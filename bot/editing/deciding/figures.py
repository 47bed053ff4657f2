"""Takes the figures out of a text that an editor has typed, and leaves references to them."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from bot.editing.errors import EditingError
from knowledge import Language

Figures = dict[str, int | Decimal | str]

_ISO_DATE = r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_WITH_COMMAS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"
_FIGURE = re.compile(rf"(?<!\d)(?:{_ISO_DATE}|{_WITH_COMMAS}|\d+\.\d+|\d+)")
_DATE = re.compile(_ISO_DATE)


def write_plainly(text: str) -> str:
    """Return a text with digits of every script as 0 to 9.

    Raises:
        EditingError: A character is a number and no digit, as ① and ½ are.
    """
    plain = []
    for character in text:
        kind = unicodedata.category(character)
        if kind == "No":
            raise EditingError("odd_number", number=character)
        plain.append(str(unicodedata.digit(character)) if kind == "Nd" else character)
    return "".join(plain)


def lift_figures(
    text: str, language: Language, claim: str, figures: Figures, terms: Sequence[str]
) -> str:
    """Return the text with a reference to `claim` for every figure, each added to `figures`.

    The same figure has one name in both languages. `terms` are names that contain digits. What is
    shown in the end is what was typed, but for a date, which each language writes in its own way.

    Raises:
        EditingError: A number begins with zeros, as a phone number does, or stands in braces.
    """
    if "{" in text or "}" in text:
        raise EditingError("braces")
    pieces = re.split(f"({'|'.join(map(re.escape, terms))})", text) if terms else [text]
    return "".join(
        piece
        if at % 2
        else _FIGURE.sub(lambda match: _refer(match[0], language, claim, figures), piece)
        for at, piece in enumerate(pieces)
    )


def _refer(typed: str, language: Language, claim: str, figures: Figures) -> str:
    if _DATE.fullmatch(typed):
        return f"{{{claim}.{_name_of(typed, figures)}:date}}"
    bare = typed.replace(",", "")
    if bare[0] == "0" and bare[1:2].isdigit():
        raise EditingError("leading_zero", number=typed)
    value: int | Decimal = Decimal(bare) if "." in bare else int(bare)
    name = _name_of(value, figures)
    # English would part the thousands of a year or of a phone number by a comma.
    is_bare = language == "en" and "," not in typed and isinstance(value, int) and value > 999  # noqa: PLR2004
    return f"{{{claim}.{name}{':plain' if is_bare else ''}}}"


def _name_of(value: int | Decimal | str, figures: Figures) -> str:
    for name, known in figures.items():
        if known == value:
            return name
    name = f"n{len(figures) + 1}"
    figures[name] = value
    return name
