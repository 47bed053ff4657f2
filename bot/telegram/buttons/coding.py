"""Writes buttons as callback data, and reads what comes back."""

from collections.abc import Callable
from typing import TypeGuard, get_args

from bot.telegram.buttons.compact import pack_number, pack_version, unpack_number, unpack_version
from bot.telegram.buttons.values import (
    Button,
    ChooseLanguage,
    Example,
    Press,
    Rate,
    Rating,
    Wait,
)
from bot.telegram.showing.voice import Tongue

_VERSION = "1"
_MOST_BYTES = 64
_MOST_COLONS = 4  # any further ones belong to the entry
_MOST_FIELDS = 3

_RATINGS: dict[str, Rating] = dict(zip("udwocqb", get_args(Rating), strict=True))
_LETTERS = {rating: letter for letter, rating in _RATINGS.items()}


def encode(button: Button) -> str:
    """Return the callback data of a button.

    Raises:
        ValueError: It would be longer than Telegram allows, or not ASCII.
    """
    data = ":".join((_VERSION, *_parts_of(button)))
    if not data.isascii() or len(data) > _MOST_BYTES:
        raise ValueError(f"callback data is no ASCII or longer than {_MOST_BYTES} bytes: {data}")
    return data


def decode(data: str | None) -> Button | None:
    """Return what was pressed, or `None` for data that is forged or from another version."""
    match (data or "").split(":", _MOST_COLONS):
        case [version, kind, *fields] if version == _VERSION and kind in _READERS:
            return _READERS[kind](kind, *fields) if len(fields) <= _MOST_FIELDS else None
    return None


def _parts_of(button: Button) -> tuple[str, ...]:
    match button:
        case Press(entry=None):
            return ("n", button.language, str(button.record or 0))
        case Press(entry=str() as entry):
            kind = "f" if button.is_follow_up else "p"
            return (kind, button.language, str(button.record or 0), entry)
        case Rate():
            packed = f"{pack_number(button.record or 0)}.{pack_version(button.version)}"
            return (_LETTERS[button.rating], button.language, packed, button.entry)
        case Wait():
            return ("t" if button.wants_to_be_told else "k", button.language, str(button.record))
        case Example():
            return ("x", button.language, str(button.number))
        case ChooseLanguage():
            return ("l", button.tongue or "-")
    raise TypeError(button)


def _read_press(kind: str, tongue: str = "", record: str = "", entry: str = "") -> Press | None:
    is_none = kind == "n"
    if not _is_tongue(tongue) or not _is_number(record) or is_none == bool(entry):
        return None
    return Press(
        language=tongue,
        record=int(record) or None,
        entry=entry or None,
        is_follow_up=kind == "f",
    )


def _read_rate(kind: str, tongue: str = "", packed: str = "", entry: str = "") -> Rate | None:
    record, _, version = packed.partition(".")
    number, unpacked = unpack_number(record), unpack_version(version)
    if not _is_tongue(tongue) or number is None or unpacked is None or not entry:
        return None
    return Rate(
        language=tongue,
        record=number or None,
        version=unpacked,
        entry=entry,
        rating=_RATINGS[kind],
    )


def _read_wait(kind: str, tongue: str = "", record: str = "", rest: str = "") -> Wait | None:
    if not _is_tongue(tongue) or not _is_number(record) or not int(record) or rest:
        return None
    return Wait(language=tongue, record=int(record), wants_to_be_told=kind == "t")


def _read_example(_kind: str, tongue: str = "", number: str = "", rest: str = "") -> Example | None:
    if not _is_tongue(tongue) or not _is_number(number) or rest:
        return None
    return Example(language=tongue, number=int(number))


def _read_language(_kind: str, tongue: str = "", *rest: str) -> ChooseLanguage | None:
    if rest:
        return None
    if tongue == "-":
        return ChooseLanguage(tongue=None)
    return ChooseLanguage(tongue=tongue) if _is_tongue(tongue) else None


_READERS: dict[str, Callable[..., Button | None]] = {
    **dict.fromkeys("pfn", _read_press),
    **dict.fromkeys(_RATINGS, _read_rate),
    **dict.fromkeys("tk", _read_wait),
    "x": _read_example,
    "l": _read_language,
}


def _is_tongue(text: str) -> TypeGuard[Tongue]:
    return text in get_args(Tongue)


def _is_number(text: str) -> bool:
    most_digits = 18  # a 64-bit row id
    return text.isascii() and text.isdecimal() and len(text) <= most_digits
