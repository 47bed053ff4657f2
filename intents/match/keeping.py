"""Keeps what was learned on disk, so that only a change of the knowledge costs time."""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, fields
from typing import Any
from zipfile import BadZipFile

import numpy as np

from intents.evidence.classifier import Classifier
from intents.evidence.contrast import Lexicon
from intents.evidence.holdings import Holdings
from intents.evidence.index import Postings, Weights
from intents.guard import Scope
from intents.match.confidence import Calibration
from intents.match.counterexamples import Counterexamples
from intents.match.learning import Learned, Subject
from intents.wordlists import Cache

# Goes up with every change of what is learned or how it is kept.
_FORMAT = "10"


def digest_of(subjects: Sequence[Subject], rules: str) -> str:
    """Return what changes with the subjects or with `rules`: 16 hexadecimal digits."""
    digest = hashlib.sha256(f"{_FORMAT}\0{rules}\0{subjects!r}".encode(errors="replace"))
    return digest.hexdigest()[:16]


def recall(cache: Cache, digest: str, learn: Callable[[], Learned]) -> Learned:
    """Return what is kept in `cache` under `digest`, else learn and keep it."""
    name = f"matcher-{digest}.npz"
    kept = cache.load(name)
    if kept is not None:
        # What is cut short or of another shape is learned again.
        with suppress(ValueError, KeyError, TypeError, EOFError, BadZipFile):
            return _unpack(kept)
    learned = learn()
    cache.keep(name, _pack(learned))
    return learned


def recall_calibration(
    cache: Cache, digest: str, calibrate: Callable[[], Calibration]
) -> Calibration:
    """Return the calibration that is kept in `cache` under `digest`, else find and keep it."""
    name = f"calibration-{digest}.json"
    kept = cache.load(name)
    if kept is not None:
        with suppress(ValueError, TypeError, AttributeError):
            return _calibration_from(json.loads(kept))
    calibration = calibrate()
    cache.keep(name, json.dumps(asdict(calibration)).encode())
    return calibration


def _pack(learned: Learned) -> bytes:
    header = {
        "entries": learned.entries,
        "scopes": [_scope_as_data(scope) for scope in learned.scopes],
        "high_stakes": sorted(learned.high_stakes),
        "texts": learned.texts,
        "counterexamples": learned.counterexamples.texts,
        "vocabulary": learned.vocabulary,
        "pieces": learned.weights.pieces,
        "weighed": learned.weights.count,
        "telling": learned.telling,
        "words": learned.lexicon.words,
        "calibration": asdict(learned.calibration),
    }
    arrays: dict[str, Any] = {
        "starts": learned.starts,
        "idf": learned.weights.idf,
        "holdings": learned.holdings.bits,
        "lexicon.holdings": learned.lexicon.holdings.bits,
        "lexicon.rarity": learned.lexicon.rarity,
    }
    counterexamples = learned.counterexamples
    arrays["counterexamples.starts"] = counterexamples.starts
    arrays |= _postings_as_data(learned.phrasings, "phrasings")
    arrays |= _postings_as_data(counterexamples.postings, "counterexamples.postings")
    if learned.classifier is not None:
        arrays |= {
            "rows": learned.classifier.rows,
            "steps": learned.classifier.steps,
            "scales": learned.classifier.scales,
        }
    out = io.BytesIO()
    np.savez(out, header=np.frombuffer(json.dumps(header).encode(), np.uint8), **arrays)
    return out.getvalue()


def _unpack(content: bytes) -> Learned:
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        header = json.loads(kept["header"].tobytes())
        return Learned(
            entries=tuple(header["entries"]),
            scopes=_scopes_from_data(header["scopes"]),
            high_stakes=frozenset(header["high_stakes"]),
            texts=tuple(header["texts"]),
            starts=kept["starts"],
            vocabulary=tuple(header["vocabulary"]),
            weights=Weights(header["pieces"], kept["idf"], header["weighed"]),
            phrasings=_postings_from(kept, "phrasings"),
            holdings=Holdings(kept["holdings"]),
            lexicon=Lexicon(
                words=tuple(header["words"]),
                holdings=Holdings(kept["lexicon.holdings"]),
                rarity=kept["lexicon.rarity"],
            ),
            classifier=_classifier_from(kept) if "rows" in kept else None,
            counterexamples=Counterexamples(
                texts=tuple(header["counterexamples"]),
                starts=kept["counterexamples.starts"],
                postings=_postings_from(kept, "counterexamples.postings"),
            ),
            telling=tuple(header["telling"]),
            calibration=_calibration_from(header["calibration"]),
        )


def _postings_as_data(postings: Postings, name: str) -> dict[str, Any]:
    return {f"{name}.{one.name}": getattr(postings, one.name) for one in fields(postings)}


def _postings_from(kept: Mapping[str, Any], name: str) -> Postings:
    return Postings(
        starts=kept[f"{name}.starts"],
        rows=kept[f"{name}.rows"],
        weights=kept[f"{name}.weights"],
        count=int(kept[f"{name}.count"]),
    )


def _classifier_from(kept: Mapping[str, Any]) -> Classifier:
    return Classifier(kept["rows"], kept["steps"], kept["scales"])


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


def _scopes_from_data(scopes: Iterable[Mapping[str, Any]]) -> tuple[Scope, ...]:
    # Many entries name the same; one set of it is enough.
    known: dict[tuple[str, ...], frozenset[str]] = {}

    def share(value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return known.setdefault(tuple(value), frozenset(value))

    return tuple(Scope(**{name: share(value) for name, value in data.items()}) for data in scopes)
