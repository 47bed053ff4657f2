"""Keeps what was learned on disk, so that only a change of the knowledge costs time."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, fields
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np

from intents.guard import Scope
from intents.match.classifier import Classifier
from intents.match.confidence import Calibration
from intents.match.index import Postings, Weights
from intents.match.learning import Learned, Subject

# Goes up with every change of what is learned or how it is kept.
_FORMAT = "3"


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
        "high_stakes": sorted(learned.high_stakes),
        "texts": learned.texts,
        "vocabulary": learned.vocabulary,
        "pieces": learned.weights.pieces,
        "weighed": learned.weights.count,
        "telling": learned.telling,
        "calibration": asdict(learned.calibration),
    }
    arrays: dict[str, Any] = {
        "starts": learned.starts,
        "idf": learned.weights.idf,
        "holdings": learned.holdings,
    }
    for one in fields(learned.phrasings):
        arrays[f"phrasings.{one.name}"] = getattr(learned.phrasings, one.name)
    if learned.classifier is not None:
        arrays |= {"rows": learned.classifier.rows, "weights": learned.classifier.weights}
    out = io.BytesIO()
    np.savez(out, header=np.frombuffer(json.dumps(header).encode(), np.uint8), **arrays)
    return out.getvalue()


def _unpack(content: bytes) -> Learned:
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        header = json.loads(kept["header"].tobytes())
        return Learned(
            entries=tuple(header["entries"]),
            scopes=tuple(_scope_from_data(data) for data in header["scopes"]),
            high_stakes=frozenset(header["high_stakes"]),
            texts=tuple(header["texts"]),
            starts=kept["starts"],
            vocabulary=tuple(header["vocabulary"]),
            weights=Weights(header["pieces"], kept["idf"], header["weighed"]),
            phrasings=Postings(
                starts=kept["phrasings.starts"],
                rows=kept["phrasings.rows"],
                weights=kept["phrasings.weights"],
                count=int(kept["phrasings.count"]),
            ),
            holdings=kept["holdings"],
            classifier=Classifier(kept["rows"], kept["weights"]) if "rows" in kept else None,
            telling=tuple(header["telling"]),
            calibration=_calibration_from(header["calibration"]),
        )


def _calibration_from(data: Mapping[str, Any]) -> Calibration:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
    }
    return Calibration(**values)


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
