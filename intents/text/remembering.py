"""Remembers how fixed words are normalised, so that a start need not do it anew."""

import json

from intents.text.normalise import Normaliser


class RememberingNormaliser(Normaliser):
    """Normalises like the one it is made from, and remembers every result.

    It is meant for word lists and names, which are the same at every start, not for messages.
    """

    def __init__(self, normaliser: Normaliser, kept: bytes | None = None) -> None:
        """Start from what `keep` returned earlier; content that can't be read is done without."""
        self._normaliser = normaliser
        self._plain: dict[str, str] = {}
        self._stripped: dict[str, str] = {}
        self._traditional: dict[str, tuple[str, ...]] = {}
        self.has_learned = False
        if kept is not None:
            self._read(kept)

    def __call__(self, text: str) -> str:
        """Return the form of `text` in which phrasings are compared."""
        return self._remember(self._stripped, text, strip=True)

    def plain(self, text: str) -> str:
        """Return the same form with the fillers left in."""
        return self._remember(self._plain, text, strip=False)

    def traditional(self, text: str) -> tuple[str, ...]:
        """Return `text` as people write it in traditional characters, where that differs."""
        if text not in self._traditional:
            self.has_learned = True
            self._traditional[text] = self._normaliser.traditional(text)
        return self._traditional[text]

    def keep(self) -> bytes:
        """Return all that was remembered."""
        everything = [self._plain, self._stripped, self._traditional]
        return json.dumps(everything, ensure_ascii=False).encode()

    def _remember(self, known: dict[str, str], text: str, *, strip: bool) -> str:
        if text not in known:
            self.has_learned = True
            known[text] = self._normaliser(text) if strip else self._normaliser.plain(text)
        return known[text]

    def _read(self, kept: bytes) -> None:
        try:
            plain, stripped, traditional = json.loads(kept)
            self._plain, self._stripped = dict(plain), dict(stripped)
            self._traditional = {text: tuple(others) for text, others in traditional.items()}
        except (ValueError, TypeError, AttributeError):
            self._plain, self._stripped, self._traditional = {}, {}, {}
