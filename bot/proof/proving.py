"""Proves the knowledge by its own held-out phrasings: `hits` find their entry, `misses` don't."""

from collections.abc import Iterator
from dataclasses import dataclass

from intents import Language, Understander
from knowledge import Answer, Knowledge

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A held-out phrasing that did not do what it must."""

    entry: str
    key: str
    phrasing: str
    found: str

    def __str__(self) -> str:
        """Return one line for an editor."""
        return f"{self.entry}.{self.key}: '{self.phrasing}' {self.found}"


def prove(knowledge: Knowledge, understander: Understander) -> Iterator[Failure]:
    """Yield every hit that does not find its entry and every miss that does."""
    for answer in knowledge.answers.values():
        yield from _prove_answer(answer, understander)


def _prove_answer(answer: Answer, understander: Understander) -> Iterator[Failure]:
    for language in _LANGUAGES:
        for key, phrasings, must_find in (
            (f"hits.{language}", answer.hits.in_(language), True),
            (f"misses.{language}", answer.misses.in_(language), False),
        ):
            for phrasing in phrasings:
                meant = understander.understand(phrasing, otherwise=language)
                if (meant.entry == answer.id) != must_find:
                    found = (
                        f"found {meant.entry}"
                        if meant.entry
                        else f"was not answered ({meant.reason}; nearest: "
                        f"{', '.join(one.entry for one in meant.candidates[:2])})"
                    )
                    yield Failure(entry=answer.id, key=key, phrasing=phrasing, found=found)
