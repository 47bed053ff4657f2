"""Finds who is told of an answer once a decision is in force."""

from dataclasses import dataclass

from bot.editing.wishes import Merge, TellAgain, Wish
from bot.memory.access import StoreAccess
from storage.editing import Change


@dataclass(frozen=True, slots=True)
class Audience:
    """How many people are told of which entry; with `is_repeat` they may have been before."""

    entry: str
    people: int
    is_repeat: bool = False


async def find_audience(access: StoreAccess, wish: Wish, change: Change) -> Audience | None:
    """Return who is told, `None` where the decision answers nobody.

    Raises:
        StorageError: The database can't be read.
    """
    if not change.gaps:
        return None
    own = change.gaps[0]
    gap = await access.use(lambda store: store.editing.show_gap(own.gap))
    if gap is None:
        return None
    if isinstance(wish, TellAgain):
        return Audience(gap.entry or "", gap.told.unsure, is_repeat=True)
    if isinstance(wish, Merge):
        # What is part of an answered gap is answered.
        into = await access.use(lambda store: store.editing.show_gap(wish.into))
        is_answered, entry = into is not None and into.state == "answered", into and into.entry
    else:
        is_answered, entry = own.values.get("state") == "answered", own.values.get("entry")
    return Audience(str(entry), gap.told.waiting) if is_answered and entry else None
