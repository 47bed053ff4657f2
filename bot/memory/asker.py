"""Tells askers apart without knowing who they are."""

import hmac
import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path

from bot.settings import ConfigError

_KEY_BYTES = 32
_HASH_CHARACTERS = 32
_MOST_KEPT = 500


class AskerHash:
    """A keyed hash: the same person gives the same hash, and nobody without the key can undo it."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        # Needed several times for one message, and whoever writes mostly writes again.
        self._hash = lru_cache(maxsize=_MOST_KEPT)(self._digest)

    def __call__(self, asker: str) -> str:
        """Return 32 hex digits of HMAC-SHA-256 for `asker`."""
        return self._hash(asker)

    def _digest(self, asker: str) -> str:
        return hmac.digest(self._key, asker.encode(), "sha256").hex()[:_HASH_CHARACTERS]


def read_asker_key(configured: str | None, data_dir: Path) -> bytes:
    """Return the configured key, else the one in the data folder, made there on first use.

    The file is readable for its owner only.

    Raises:
        ConfigError: There is no key and the data folder can't hold one, or its file is empty.
    """
    if configured:
        return configured.encode()
    file = data_dir / "asker.key"
    try:
        key = file.read_bytes().strip() if file.exists() else _make(file)
    except OSError as error:
        raise ConfigError(
            f"VOCED_ASKER_KEY is not set and no key can be kept in {data_dir}: {error.strerror}"
        ) from error
    if not key:
        raise ConfigError(f"{file} is empty: put the key back, remove it or set VOCED_ASKER_KEY")
    return key


def _make(file: Path) -> bytes:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = secrets.token_hex(_KEY_BYTES).encode()
    # Written aside and linked into place: two processes that start together end up with one key.
    handle, draft = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(key + b"\n")
        os.link(draft, file)
    except FileExistsError:
        return file.read_bytes().strip()
    finally:
        Path(draft).unlink()
    return key
