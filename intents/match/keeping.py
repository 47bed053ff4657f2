"""Keeps what was learned on disk, so that only a change of the knowledge costs time."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np

from intents.match.guard import Scope
from intents.match.index import GramIndex, Postings
from intents.match.learning import Learned, Subject

# Goes up with every change of what is learned or how it is kept.
_FORMAT = "1"


class Cache(Protocol):
    """Keeps what can be made again; of names that begin alike up to a hyphen, only the newest."""

    def load(self, name: str) -> bytes | None:
        """Return what is kept under `name`, or `None` when nothing is that can be read."""

    def keep(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`, where that is possible."""


def recall(
    cache: Cache, subjects: Sequence[Subject], word_lists: str, learn: Callable[[], Learned]
) -> Learned:
    """Return what is kept in `cache` for these subjects and word lists, else learn and keep it."""
    digest = hashlib.sha256(f"{_FORMAT}\0{word_lists}\0{subjects!r}".encode(errors="replace"))
    name = f"matcher-{digest.hexdigest()[:16]}.npz"
    kept = cache.load(name)
    if kept is not None:
        # What is cut short or of another shape is learned again.
        with suppress(ValueError, KeyError, TypeError, EOFError, BadZipFile):
            return _unpack(kept)
    learned = learn()
    cache.keep(name, _pack(learned))
    return learned


def _pack(learned: Learned) -> bytes:
    header = {
        "entries": learned.entries,
        "scopes": [_scope_as_data(scope) for scope in learned.scopes],
        "texts": learned.texts,
        "owners": learned.owners,
        "vocabulary": learned.vocabulary,
        "words": learned.words.pieces,
        "characters": learned.characters.pieces,
    }
    arrays = {
        **_index_as_arrays("words", learned.words),
        **_index_as_arrays("characters", learned.characters),
    }
    out = io.BytesIO()
    np.savez(out, header=np.frombuffer(json.dumps(header).encode(), np.uint8), **arrays)
    return out.getvalue()


def _unpack(content: bytes) -> Learned:
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        header = json.loads(kept["header"].tobytes())
        return Learned(
            entries=tuple(header["entries"]),
            scopes=tuple(_scope_from_data(data) for data in header["scopes"]),
            texts=tuple(header["texts"]),
            owners=tuple(header["owners"]),
            vocabulary=tuple(header["vocabulary"]),
            words=_index_from_arrays("words", header["words"], kept),
            characters=_index_from_arrays("characters", header["characters"], kept),
        )


def _index_as_arrays(name: str, index: GramIndex) -> dict[str, Any]:
    arrays: dict[str, Any] = {f"{name}.idf": index.idf}
    for kind, postings in (("phrasings", index.phrasings), ("centroids", index.centroids)):
        for field in fields(postings):
            arrays[f"{name}.{kind}.{field.name}"] = getattr(postings, field.name)
    return arrays


def _index_from_arrays(name: str, pieces: Sequence[str], kept: Mapping[str, Any]) -> GramIndex:
    def postings(kind: str) -> Postings:
        prefix = f"{name}.{kind}"
        return Postings(
            starts=kept[f"{prefix}.starts"],
            rows=kept[f"{prefix}.rows"],
            weights=kept[f"{prefix}.weights"],
            count=int(kept[f"{prefix}.count"]),
        )

    return GramIndex(
        pieces=pieces,
        idf=kept[f"{name}.idf"],
        phrasings=postings("phrasings"),
        centroids=postings("centroids"),
    )


def _scope_as_data(scope: Scope) -> dict[str, Any]:
    values = {field.name: getattr(scope, field.name) for field in fields(scope)}
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in values.items()
    }


def _scope_from_data(data: Mapping[str, Any]) -> Scope:
    values: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value for name, value in data.items()
    }
    return Scope(**values)
