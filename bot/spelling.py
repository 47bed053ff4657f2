"""Keeps how fixed words and names are spelled from one start to the next."""

from collections.abc import Iterator
from contextlib import contextmanager

from intents import Normaliser
from intents.text.remembering import RememberingNormaliser
from intents.wordlists import Cache


@contextmanager
def remembered_spelling(
    normaliser: Normaliser, cache: Cache, code: str
) -> Iterator[RememberingNormaliser]:
    """Yield a normaliser for what stays the same under one `code`, and keep what it finds out."""
    name = f"spellings-{code}.json"
    spell = RememberingNormaliser(normaliser, cache.load(name))
    yield spell
    if spell.has_learned:
        cache.keep(name, spell.keep())
