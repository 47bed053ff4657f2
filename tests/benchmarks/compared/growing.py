"""Makes large sets of phrasings out of a small one, always the same ones.

In `more_phrasings` every entry has more of them, put together from the halves of two of its own and
a word of any. In `more_entries` there are copies of every entry, each of which says two words of
its own in all its phrasings.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from random import Random

from compared.peers import Lines, is_chinese

SEED = 20260101
_MOST_TRIES = 40


def more_phrasings(lines: Lines, size: int) -> list[tuple[str, str]]:
    """Return `size` phrasings of the entries of `lines`, these among them."""
    random = Random(SEED)  # noqa: S311 - not for secrets
    joint, words = _words_of(lines)
    own: dict[str, list[list[str]]] = defaultdict(list)
    for label, text in lines:
        own[label].append(_split(text, joint))
    grown = list(lines)
    seen = {text for _, text in lines}
    labels = list(own)
    for number in count():
        if len(grown) >= size:
            return grown[:size]
        label = labels[number % len(labels)]
        text = _recombined(own[label], words, joint, seen, random)
        seen.add(text)
        grown.append((label, text))
    raise AssertionError


def more_entries(lines: Lines, size: int) -> list[tuple[str, str]]:
    """Return `size` phrasings of `lines` and of copies of their entries."""
    random = Random(SEED)  # noqa: S311 - not for secrets
    joint, words = _words_of(lines)
    grown = list(lines)
    for round_ in count(1):
        marks: dict[str, list[str]] = defaultdict(lambda: random.sample(words, 2))
        for label, text in lines:
            if len(grown) >= size:
                return grown[:size]
            pieces = _split(text, joint)
            for word in marks[label]:
                pieces.insert(random.randrange(len(pieces) + 1), word)
            grown.append((f"{label} {round_}", joint.join(pieces)))
    raise AssertionError


def _recombined(
    own: list[list[str]], words: list[str], joint: str, seen: set[str], random: Random
) -> str:
    for extra in _growing():
        first, second = random.choice(own), random.choice(own)
        pieces = first[: (len(first) + 1) // 2] + second[len(second) // 2 :]
        for _ in range(extra):
            pieces.insert(random.randrange(len(pieces) + 1), random.choice(words))
        text = joint.join(pieces)
        if text not in seen:
            return text
    raise AssertionError


def _growing() -> Iterator[int]:
    """Yield how many words to add: first one, later more, so that an end is found."""
    for tries in count():
        yield 1 + tries // _MOST_TRIES


def _words_of(lines: Lines) -> tuple[str, list[str]]:
    """Return what joins words in the language of `lines`, and all their words."""
    joint = "" if is_chinese(lines) else " "
    return joint, sorted({word for _, text in lines for word in _split(text, joint)})


def _split(text: str, joint: str) -> list[str]:
    return text.split() if joint else [text[at : at + 2] for at in range(0, len(text), 2)]
