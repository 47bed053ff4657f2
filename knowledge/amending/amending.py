"""Adds sources, claims, entries and their lines to the texts of the knowledge files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from knowledge.amending.splicing import SpliceError, add_claim, add_item, add_line

Kind = Literal["source", "claim", "entry", "phrasing", "counterexample"]
# Below which key of its entry a line stands.
_LINES: Mapping[Kind, str] = {"phrasing": "asks", "counterexample": "counterexamples"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """Something to be added, in the format of the files.

    `content` is the text of a source's file, the lines of a claim below `claims:`, the lines of an
    entry from its dash on, or a phrasing or counterexample (in `language`). `target` is the id of
    the source that it is or belongs to, or of the entry.
    """

    kind: Kind
    target: str
    content: str
    language: str | None = None


def amend(texts: Mapping[str, str], amendments: Iterable[Amendment]) -> dict[str, str]:
    """Return the files that change, by their names below the knowledge folder, as they become.

    Raises:
        SpliceError: There is no place for one of the amendments.
    """
    changed: dict[str, str] = {}
    for one in amendments:
        name = _file_of(one, {**texts, **changed})
        text = changed.get(name, texts.get(name))
        try:
            changed[name] = _apply(one, text)
        except SpliceError as error:
            raise SpliceError(f"{name}: {error}") from error
    return changed


def is_held(data: Mapping[str, Any], amendment: Amendment) -> bool:
    """Return whether the files hold an amendment already; `data` is what they say, by name.

    A source, a claim and an entry are known by their id: a review may have changed the rest.
    """
    if amendment.kind == "source":
        return f"sources/{amendment.target}.yaml" in data
    if amendment.kind == "claim":
        source = data.get(f"sources/{amendment.target}.yaml")
        claims = source.get("claims") if isinstance(source, dict) else None
        return isinstance(claims, dict) and claim_id_of(amendment) in claims
    entry = _find_entry(data, amendment.target)
    if amendment.kind == "entry" or entry is None:
        return entry is not None
    own = entry.get(_LINES[amendment.kind])
    lines = own.get(amendment.language) if isinstance(own, dict) else None
    return isinstance(lines, list) and amendment.content in lines


def claim_id_of(amendment: Amendment) -> str:
    """Return the id of the claim that an amendment is."""
    return amendment.content.strip().partition(":")[0]


def _apply(amendment: Amendment, text: str | None) -> str:
    if amendment.kind == "source":
        if text is not None:
            raise SpliceError("is there already")
        return amendment.content
    if amendment.kind == "entry":
        return add_item(text or "", amendment.content)
    if text is None:
        raise SpliceError("is not there")
    if amendment.kind == "claim":
        return add_claim(text, amendment.content)
    name, language = _LINES[amendment.kind], amendment.language or "zh"
    return add_line(text, amendment.target, name, language, amendment.content)


def _file_of(amendment: Amendment, texts: Mapping[str, str]) -> str:
    if amendment.kind in {"source", "claim"}:
        return f"sources/{amendment.target}.yaml"
    if amendment.kind == "entry":
        return f"answers/{_topic_of(amendment)}.yaml"
    # Cheaper than reading them all: an id stands on a line of its own.
    line = f"- id: {amendment.target}"
    for name, text in texts.items():
        if name.startswith("answers/") and line in text and line in text.splitlines():
            return name
    raise SpliceError(f"there is no entry '{amendment.target}'")


def _topic_of(amendment: Amendment) -> str:
    try:
        items = yaml.safe_load(amendment.content)
    except yaml.YAMLError as error:
        raise SpliceError(f"the entry '{amendment.target}' is not valid YAML") from error
    entry = items[0] if isinstance(items, list) and items else None
    topic = entry.get("topic") if isinstance(entry, dict) else None
    if not isinstance(topic, str):
        raise SpliceError(f"the entry '{amendment.target}' names no topic")
    return topic


def _find_entry(data: Mapping[str, Any], entry_id: str) -> dict[str, Any] | None:
    for name, items in data.items():
        if name.startswith("answers/") and isinstance(items, list):
            for item in items:
                if isinstance(item, dict) and item.get("id") == entry_id:
                    return item
    return None
