"""Counts how much room text takes on a phone."""

import unicodedata
from collections.abc import Sequence

# A line of a phone's chat; a Chinese character takes two columns.
COLUMNS = 44


def count_rows(text: str) -> int:
    """Return how many rows `text` takes on a phone, long lines wrapped."""
    return sum(max(-(-count_columns(line) // COLUMNS), 1) for line in text.split("\n"))


def count_columns(text: str) -> int:
    """Return how many columns `text` takes on one line."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def count_fitting(words: Sequence[str], most: int, columns: int) -> int:
    """Return how many of `words` to show: at most so many, on so many columns, one at least."""
    for count, word in enumerate(words[:most]):
        columns -= count_columns(word)
        if columns < 0 and count:
            return count
    return most
