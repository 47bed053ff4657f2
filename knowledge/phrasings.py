"""Writes out phrasings that stand for several: `episode {1..6}`."""

import re
from collections.abc import Iterator

_RANGE = re.compile(r"\{(\d+)\.\.(\d+)\}")
_MOST = 100


class PhrasingError(Exception):
    """A range in a phrasing is malformed; the message says how."""


def write_out(phrasing: str) -> Iterator[str]:
    """Yield `phrasing` once for every number of its range, or just itself without one.

    Raises:
        PhrasingError: There are two ranges, stray braces, or a range that is empty or longer
            than 100.
    """
    if "{" not in phrasing and "}" not in phrasing:
        yield phrasing
        return
    ranges = list(_RANGE.finditer(phrasing))
    if len(ranges) > 1 or re.search(r"[{}]", _RANGE.sub("", phrasing)):
        raise PhrasingError(f"at most one range such as {{1..6}} is allowed: '{phrasing}'")
    if not ranges:
        yield phrasing
        return
    first, last = (int(number) for number in ranges[0].groups())
    if not 0 <= last - first < _MOST:
        raise PhrasingError(f"the range must run upwards, over at most {_MOST}: '{ranges[0][0]}'")
    for number in range(first, last + 1):
        yield _RANGE.sub(str(number), phrasing)
