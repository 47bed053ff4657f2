"""Gathers what the guard has against candidates: vetoes and doubts."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from intents.guard import Reader, ReadText, Scope
from intents.match.candidates import Without
from intents.text.language import contains_han
from intents.text.sounds import Sounds


class Objection(NamedTuple):
    """What speaks against an entry: the reasons of the guard's veto, and how much it doubts."""

    vetoes: tuple[str, ...]
    doubt: float


class Objections:
    """Compares what questions name with what entries are about."""

    def __init__(
        self,
        reader: Reader,
        sounds: Sounds,
        scopes: Sequence[Scope],
        *,
        idle: Iterable[str] = (),
    ) -> None:
        """Compare with `scopes` of entries, but for the reasons that are `idle`."""
        self._reader = reader
        self._sounds = sounds
        self._scopes = scopes
        self._idle = frozenset(idle)

    def but_for(self, idle: Iterable[str]) -> "Objections":
        """Return the same with other idle reasons."""
        return Objections(self._reader, self._sounds, self._scopes, idle=idle)

    def against(
        self,
        question: ReadText,
        entries: Iterable[int],
        without: Without,
        *,
        beside: frozenset[str] = frozenset(),
    ) -> list[Objection]:
        """Return what speaks against each of `entries` (numbers).

        Concepts that stand `beside` the question may be what it is about.
        """

        @cache
        def hear() -> frozenset[str]:
            return self._heard_in(question.text) | beside

        return [
            self._weigh(
                question,
                without.scope
                if without.scope and number == without.owner
                else self._scopes[number],
                hear,
            )
            for number in entries
        ]

    def _weigh(
        self, question: ReadText, scope: Scope, hear: Callable[[], frozenset[str]]
    ) -> Objection:
        guard = self._reader.guard
        vetoes = guard.vetoes(question.content, scope)
        if self._idle:
            vetoes = tuple(one for one in vetoes if one not in self._idle)
        return Objection(vetoes, guard.doubt(question.content, scope, hear=hear))

    def _heard_in(self, text: str) -> frozenset[str]:
        """Return what a question in characters sounds like."""
        if not contains_han(text):
            return frozenset()
        return self._reader.concepts_heard(" ".join(self._sounds.folded(text)))
