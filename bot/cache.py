"""A folder for what can be made again: kept whole or not at all, and done without if need be."""

import hashlib
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import NamedTemporaryFile


class Cache:
    """Keeps content under names such as `knowledge-3f2a.json`.

    What stands before the first hyphen is the kind; of each kind one is kept, the newest.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str) -> bytes | None:
        """Return what is kept under `name`, or `None` when nothing is that can be read."""
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            return None

    def keep(self, name: str, content: bytes) -> None:
        """Keep `content` under `name` in place of all else of its kind, where that is possible."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            kind = name.partition("-")[0]
            self._write(self._folder / name, content, draft_prefix=f"{kind}-draft-")
            for file in self._folder.glob(f"{kind}-*"):
                if file.name != name:
                    file.unlink(missing_ok=True)

    def _write(self, file: Path, content: bytes, *, draft_prefix: str) -> None:
        # Several processes may start at once: each has a draft of its own.
        with NamedTemporaryFile(dir=self._folder, prefix=draft_prefix, delete=False) as draft:
            path = Path(draft.name)
            try:
                draft.write(content)
                draft.close()
                path.replace(file)
            finally:
                path.unlink(missing_ok=True)


def identify_code(*packages: str) -> str:
    """Return what changes with any change of these packages' code and word lists: 16 hex digits."""
    digest = hashlib.sha256(sys.version.encode())
    for package in packages:
        for name, file in sorted(_files_of(resources.files(package), package)):
            digest.update(f"\0{name}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _files_of(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        inner = f"{name}/{entry.name}"
        if entry.name.endswith((".py", ".txt", ".yaml")):
            yield inner, entry
        # The knowledge itself has a version of its own.
        elif entry.is_dir() and inner != "knowledge/data":
            yield from _files_of(entry, inner)
