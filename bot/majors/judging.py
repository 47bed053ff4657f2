"""Judges whether a look-up is what a question is about."""

from bot.majors.answering import MajorAnswerer
from intents.majors import Look

_OFFICIAL = frozenset({"name", "code"})
_LIST = frozenset({"list"})


def is_about_catalogue(look: Look, majors: MajorAnswerer) -> bool:
    """Return whether a look-up is sure to be what is wanted, so that nothing else need be.

    That is a bare name, what all belongs to it, an official name with nothing but what a catalogue
    can tell of it, the code of whatever is named, or a list that no name leads to.
    """
    if look.rest:
        return False
    if not look.slots or look.slots == _LIST:
        return True
    is_named = _is_official(look) or (look.mentions and "code" in look.slots)
    return bool(is_named) and majors.can_tell(look)


def counts_majors(look: Look) -> bool:
    """Return whether a number, if one is asked for, is one of majors: not how many nurses."""
    return "how_many" not in look.slots or look.says_major or _is_official(look)


def _is_official(look: Look) -> bool:
    return all(mention.how in _OFFICIAL for mention in look.mentions)
