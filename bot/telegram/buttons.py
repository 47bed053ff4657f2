"""What a button carries: everything needed to act on it, so that it outlives the process.

`1:p:<language>:<record>:<entry>` picks an entry in place of the message it stands under, `1:f:…`
shows one below it, `1:n:<language>:<record>` picks none of the choices.
The leading number is the version of this format; Telegram allows 64 bytes.
"""

from dataclasses import dataclass

from intents import Language

_VERSION = "1"
_MOST_BYTES = 64
_MOST_COLONS = 4  # any further ones belong to the entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A pressed button.

    `entry` is `None` for none of these, `record` when it settles no stored question;
    `is_follow_up` says that the message it stands under stays.
    """

    language: Language
    record: int | None
    entry: str | None
    is_follow_up: bool = False


def encode(press: Press) -> str:
    """Return the callback data of a button.

    Raises:
        ValueError: It would be longer than Telegram allows.
    """
    kind = "n" if press.entry is None else "f" if press.is_follow_up else "p"
    parts = [_VERSION, kind, press.language, str(press.record or 0)]
    if press.entry is not None:
        parts.append(press.entry)
    data = ":".join(parts)
    if len(data.encode()) > _MOST_BYTES:
        raise ValueError(f"callback data is longer than {_MOST_BYTES} bytes: {data}")
    return data


def decode(data: str | None) -> Press | None:
    """Return what was pressed, or `None` for data that is forged or from another version."""
    match (data or "").split(":", _MOST_COLONS):
        case ["1", "n", ("zh" | "en") as language, record] if _is_number(record):
            return Press(language=language, record=int(record) or None, entry=None)
        case ["1", ("p" | "f") as kind, ("zh" | "en") as language, record, entry] if (
            _is_number(record) and entry
        ):
            return Press(
                language=language,
                record=int(record) or None,
                entry=entry,
                is_follow_up=kind == "f",
            )
    return None


def _is_number(text: str) -> bool:
    most_digits = 18  # a 64-bit row id
    return text.isascii() and text.isdecimal() and len(text) <= most_digits
