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
        self.has_learned = False
        if kept is not None:
            self._read(kept)

    def __call__(self, text: str) -> str:
        """Return the form of `text` in which phrasings are compared."""
        return self._remember(self._stripped, text, strip=True)

    def plain(self, text: str) -> str:
        """Return the same form with the fillers left in."""
        return self._remember(self._plain, text, strip=False)

    def keep(self) -> bytes:
        """Return all that was remembered."""
        return json.dumps([self._plain, self._stripped], ensure_ascii=False).encode()

    def _remember(self, known: dict[str, str], text: str, *, strip: bool) -> str:
        if text not in known:
            self.has_learned = True
            known[text] = self._normaliser(text) if strip else self._normaliser.plain(text)
        return known[text]

    def _read(self, kept: bytes) -> None:
        try:
            plain, stripped = json.loads(kept)
            self._plain, self._stripped = dict(plain), dict(stripped)
        except (ValueError, TypeError):
            self._plain, self._stripped = {}, {}
