"""Finds out where the questions of one batch belong. Pure: it knows nothing of the store."""

from collections.abc import Mapping, Sequence

from bot.gathering.index import SignIndex
from intents.match.alike import ALIKE, Alike, signs_of
from storage.editing import KnownWording, Placement, Ungathered

MOST_COMPARED = 12
# Nothing that comes later in rank is likely to be more alike.
_SURELY_ALIKE = 0.9


class Places:
    """Finds the places of questions one after the other, and knows those it has found."""

    def __init__(self, alike: Alike, placed: Mapping[str, str]) -> None:
        """Compare by `alike`; `placed` are the gaps of wordings that are in one already."""
        self._alike = alike
        self._placed = placed
        self._index = SignIndex()
        self._fresh: list[Ungathered] = []
        self._seen: set[str] = set()

    def find(self, question: Ungathered, known: Sequence[KnownWording]) -> Placement:
        """Return where a question belongs; `known` are wordings near it, the nearest first."""
        gap = self._placed.get(question.wording)
        if gap is not None:
            return Placement(question=question, gap=gap)
        if question.wording in self._seen:
            return Placement(question=question, like=question.wording)
        if not self._alike.says_something(question.normalised):
            return Placement(question=question, is_noise=True)
        signs = signs_of(question.normalised)
        fresh = [self._fresh[at] for at in self._index.find(signs, limit=MOST_COMPARED)]
        texts = (*(one.normalised for one in known), *(one.normalised for one in fresh))
        best = self._find_most_alike(question.normalised, texts)
        # From now on the next one may be its like.
        self._index.add(len(self._fresh), signs)
        self._fresh.append(question)
        self._seen.add(question.wording)
        if best is None:
            return Placement(question=question)
        if best < len(known):
            return Placement(question=question, gap=known[best].gap)
        return Placement(question=question, like=fresh[best - len(known)].wording)

    def _find_most_alike(self, text: str, known: Sequence[str]) -> int | None:
        """Return the place in `known` of what asks the same, the first one where several do."""
        best, likeness = None, ALIKE
        for at, one in enumerate(known):
            found = 1.0 if one == text else self._alike(text, one)
            if found > likeness or (best is None and found >= likeness):
                best, likeness = at, found
            if best is not None and likeness >= _SURELY_ALIKE:
                break
        return best
