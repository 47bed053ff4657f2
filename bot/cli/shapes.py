"""The JSON that the command line prints; others rely on its keys."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bot.health.why import Part, Why
from bot.reply import Reply

# JSON leaves them as they are, but some readers end a line at them and some terminals obey them.
_CONTROLS = str.maketrans({code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)})


def as_line(value: Mapping[str, Any]) -> str:
    """Return `value` as JSON on one line."""
    return json.dumps(value, ensure_ascii=False).translate(_CONTROLS)


def reply_shape(reply: Reply) -> dict[str, Any]:
    """Return a reply as `voced ask --json` prints it."""
    return {
        "question": reply.question,
        "outcome": reply.outcome,
        "language": reply.language,
        "entry": reply.entry,
        "confidence": reply.confidence,
        "text": reply.text,
        "citations": [asdict(cited) for cited in reply.citations],
        "choices": [asdict(choice) for choice in reply.choices],
        "reason": reply.reason,
        "knowledge_version": reply.knowledge_version,
        "matcher": reply.matcher,
        "milliseconds": reply.milliseconds,
    }


def why_shape(why: Why) -> dict[str, Any]:
    """Return why a question is answered as it is, as `voced why --json` prints it."""
    candidates = [
        asdict(one)
        | {
            "score_parts": _part_shapes(one.score_parts),
            "confidence_parts": _part_shapes(one.confidence_parts),
        }
        for one in why.candidates
    ]
    return asdict(why) | {"candidates": candidates}


def _part_shapes(parts: Sequence[Part]) -> dict[str, dict[str, float]]:
    return {
        part.name: {"value": part.value, "weight": part.weight, "share": part.share}
        for part in parts
    }
