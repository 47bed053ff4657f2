"""Finds wordings that have words in common, among very many."""

import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable

# A word that so many wordings have leads nowhere.
_MOST_HOLDERS = 2_000


class SignIndex:
    """Knows which wordings (by number) have which signs, and none of the words themselves."""

    def __init__(self) -> None:
        self._holders: dict[int, array[int]] = {}
        self.newest = 0

    def add(self, wording: int, signs: Iterable[str]) -> None:
        """Know a wording; its number is higher than all before."""
        self.newest = wording
        for sign in set(map(_hash, signs)):
            holders = self._holders.get(sign)
            if holders is None:
                holders = self._holders[sign] = array("I")
            holders.append(wording)

    def find(self, signs: Iterable[str], *, limit: int) -> tuple[int, ...]:
        """Return the wordings that share most with a question, rare signs counting more."""
        found = [self._holders[sign] for sign in set(map(_hash, signs)) if sign in self._holders]
        found.sort(key=len)
        telling = [one for one in found if len(one) <= _MOST_HOLDERS]
        scores: defaultdict[int, float] = defaultdict(float)
        # Where all are common, the newest holders of the rarest have to do.
        for holders in telling or [one[-_MOST_HOLDERS:] for one in found[:1]]:
            share = 1.0 / len(holders) ** 0.5
            for wording in holders:
                scores[wording] += share
        best = sorted(scores.items(), key=lambda one: (-one[1], -one[0]))[:limit]
        return tuple(wording for wording, _ in best)


def _hash(sign: str) -> int:
    return zlib.crc32(sign.encode("utf-8", "surrogatepass"))
