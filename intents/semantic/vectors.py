"""Keeps the vectors of phrasings on disk, so that only a new phrasing costs time."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from intents.semantic.encoder import Encoder

if TYPE_CHECKING:
    from intents.wordlists import Cache

# Goes up with every change of how vectors are made or kept.
_FORMAT = "1"
_DIGEST_BYTES = 32
_KEY_BYTES = 16


def encode_cached(
    cache: "Cache | None", encoder: Encoder, texts: Sequence[str], *, kind: str = "vectors"
) -> NDArray[np.float32]:
    """Return what `encoder.encode(texts)` does; only texts that `cache` doesn't know are encoded.

    What is kept under `kind` is replaced by these `texts` as soon as one of them is new, so sets
    that are encoded apart need kinds of their own.
    """
    name = f"{kind}-{encoder.name}-{encoder.dimensions}-{_FORMAT}.f32"
    kept = None if cache is None else cache.load(name)
    rows = {} if kept is None else _unpack(kept, encoder.dimensions)
    keys = [hashlib.sha256(text.encode(errors="replace")).digest()[:_KEY_BYTES] for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in rows}
    if new:
        rows |= zip(new, encoder.encode(list(new.values())), strict=True)
        if cache is not None:
            cache.keep(name, _pack({key: rows[key] for key in keys}))
    vectors = np.empty((len(keys), encoder.dimensions), np.float32)
    for place, key in enumerate(keys):
        vectors[place] = rows[key]
    return vectors


def _pack(rows: dict[bytes, NDArray[np.float32]]) -> bytes:
    """Return keys and rows in turn, and in front the digest of it all."""
    body = b"".join(key + row.astype("<f4").tobytes() for key, row in rows.items())
    return hashlib.sha256(body).digest() + body


def _unpack(content: bytes, dimensions: int) -> dict[bytes, NDArray[np.float32]]:
    """Return the rows that `_pack` was given; none of what is cut short or damaged."""
    digest, body = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != digest:
        return {}
    layout = np.dtype([("key", np.void, _KEY_BYTES), ("row", "<f4", (dimensions,))])
    records = np.frombuffer(body, layout)
    return dict(zip((key.tobytes() for key in records["key"]), records["row"], strict=True))
