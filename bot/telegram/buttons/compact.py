"""Writes numbers and versions so short that they fit into a button."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NUMBER = re.compile(r"0|[1-9a-z][0-9a-z]{0,12}")
_VERSION = re.compile(r"[0-9a-f]{12}")
_PACKED_VERSION = re.compile(r"[A-Za-z0-9_-]{8}")


def pack_number(number: int) -> str:
    """Return a number of zero or more in base 36."""
    packed = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        packed = _DIGITS[digit] + packed
    return packed or "0"


def unpack_number(packed: str) -> int | None:
    """Return the number, `None` where it is none or larger than any row id."""
    number = int(packed, len(_DIGITS)) if _NUMBER.fullmatch(packed) else None
    return number if number is not None and number < 2**63 else None


def pack_version(version: str) -> str:
    """Return a version of the knowledge, 12 hex digits, in 8 characters.

    Raises:
        ValueError: It is no such version.
    """
    if not _VERSION.fullmatch(version):
        raise ValueError(f"no version of the knowledge: {version}")
    return urlsafe_b64encode(bytes.fromhex(version)).decode()


def unpack_version(packed: str) -> str | None:
    """Return the 12 hex digits, `None` where it is no version."""
    if not _PACKED_VERSION.fullmatch(packed):
        return None
    return urlsafe_b64decode(packed).hex()
