"""Finds sources by words, for whoever looks for one to cite."""

import re
from collections.abc import Iterable, Sequence

from knowledge import Knowledge, Source

_WORDS = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]+")
_IN_TITLE, _IN_CLAIMS = 5, 1


def find_sources(words: str, knowledge: Knowledge, *, limit: int) -> tuple[Source, ...]:
    """Return the sources that have most of the words, best first.

    A word in the title, the publisher or the id counts more than one in a claim; Chinese is
    compared by pairs of characters.
    """
    pieces = _cut(words)
    if not pieces:
        return ()
    rated = [(_rate(pieces, one), one.id) for one in knowledge.sources.values()]
    best = sorted((-points, source) for points, source in rated if points)
    return tuple(knowledge.sources[source] for _, source in best[:limit])


def sources_of(entries: Sequence[str], knowledge: Knowledge, *, limit: int) -> tuple[Source, ...]:
    """Return the sources that these entries cite, in order."""
    cited = (
        citation.source.id
        for entry in entries
        if entry in knowledge.answers
        for citation in knowledge.answers[entry].citations
    )
    return tuple(knowledge.sources[one] for one in list(dict.fromkeys(cited))[:limit])


def _rate(pieces: Iterable[str], source: Source) -> int:
    about = _fold(
        source.id, source.title.zh, source.title.en, source.publisher.zh, source.publisher.en
    )
    stated = _fold(*(text for one in source.claims.values() for text in (one.says.zh, one.says.en)))
    return sum(
        _IN_TITLE if piece in about else _IN_CLAIMS if piece in stated else 0 for piece in pieces
    )


def _cut(words: str) -> frozenset[str]:
    pieces: set[str] = set()
    for word in _WORDS.findall(words.lower()):
        if word.isascii() or len(word) == 1:
            pieces.add(word)
        else:
            pieces |= {word[at : at + 2] for at in range(len(word) - 1)}
    return frozenset(pieces)


def _fold(*texts: str) -> str:
    return "\n".join(texts).lower()
