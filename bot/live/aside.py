"""A cache for what may never come into force: nothing is kept on disk before it does."""

from collections.abc import Mapping
from typing import Protocol


class _Cache(Protocol):
    def load(self, name: str) -> bytes | None: ...

    def keep(self, name: str, content: bytes) -> None: ...


class CacheAside:
    """Keeps in memory what is learned, until `commit` puts it on disk.

    There it has names of its own: the files as they are and the files with what is live are both
    needed at each start.
    """

    def __init__(self, cache: _Cache) -> None:
        self._cache = cache
        self._held: dict[str, bytes] = {}

    def load(self, name: str) -> bytes | None:
        """Return what is kept under `name`, aside or on disk."""
        if name in self._held:
            return self._held[name]
        live = self._cache.load(f"live_{name}")
        return live if live is not None else self._cache.load(name)

    def keep(self, name: str, content: bytes) -> None:
        """Keep `content` aside."""
        self._held[name] = content

    @property
    def held(self) -> Mapping[str, bytes]:
        """Return what is kept aside, by name."""
        return self._held

    def hold(self, contents: Mapping[str, bytes]) -> None:
        """Keep aside what was learned elsewhere."""
        self._held |= contents

    def commit(self) -> None:
        """Keep on disk what was kept aside."""
        for name, content in self._held.items():
            self._cache.keep(f"live_{name}", content)
        self._held.clear()
