"""Writes entries, claims and sources as YAML in the form that the files have."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence

import yaml

from knowledge.models import (
    LANGUAGES,
    AnswerEntry,
    Claim,
    Language,
    Localised,
    Phrasings,
    Source,
)

_WIDTH = 100
_UNBROKEN = 10**9


def write_scalar(text: str) -> str:
    """Return a text as it can stand anywhere in YAML, in quotes where it needs them."""
    written: str = yaml.safe_dump(
        [text], default_flow_style=True, allow_unicode=True, width=_UNBROKEN
    )
    return written.strip()[1:-1]


def write_lines(
    name: str, lines: Mapping[Language, Sequence[str]], *, indent: int
) -> Iterator[str]:
    """Yield the key of an entry that holds lines in each language, so far indented."""
    margin = " " * indent
    yield f"{margin}{name}:"
    for language, own in lines.items():
        yield f"{margin}  {language}:" if own else f"{margin}  {language}: []"
        yield from (f"{margin}    - {write_scalar(line)}" for line in own)


def write_entry(entry: AnswerEntry) -> str:
    """Return an entry as an item of the list in its topic's file."""
    lines = [
        f"- id: {entry.id}",
        f"  topic: {entry.topic}",
        *(["  live: true"] if entry.live else []),
        *([f"  lacks: {entry.lacks}"] if entry.lacks else []),
        f"  title: {_pair(entry.title, entry.lacks)}",
        *_phrasings("asks", entry.asks),
        *_phrasings("hits", entry.hits),
        *_phrasings("misses", entry.misses),
        *(
            _phrasings("counterexamples", entry.counterexamples)
            if any(map(entry.counterexamples.in_, LANGUAGES))
            else []
        ),
        "  says:",
    ]
    for language in LANGUAGES:
        if language != entry.lacks:
            lines += [f"    {language}: >-", *_folded(entry.says.in_(language), "      ")]
    lines += [f"  cites: [{', '.join(entry.cites)}]", f"  review_by: {entry.review_by.isoformat()}"]
    if entry.see_also:
        lines.append(f"  see_also: [{', '.join(entry.see_also)}]")
    if entry.gap:
        lines.append(f"  gap: {entry.gap}")
    return "\n".join(lines) + "\n"


def write_claim(claim_id: str, claim: Claim) -> str:
    """Return a claim as it stands below `claims:` of its source."""
    lines = [f"  {claim_id}:"]
    if claim.at is not None:
        lines.append(f"    at: {_pair(claim.at)}")
    lines += [f"    as_of: {write_scalar(claim.as_of)}", "    says:"]
    for language in LANGUAGES:
        lines += [f"      {language}: >-", *_folded(claim.says.in_(language), "        ")]
    if claim.figures:
        figures = ", ".join(
            f"{name}: {write_scalar(one) if isinstance(one, str) else one}"
            for name, one in claim.figures.items()
        )
        lines.append(f"    figures: {{{figures}}}")
    lines.append(f"    confidence: {claim.confidence}")
    return "\n".join(lines) + "\n"


def write_source(source: Source) -> str:
    """Return the file of a source with all its claims."""
    lines = [
        f"id: {source.id}",
        f"kind: {source.kind}",
        f"title: {_pair(source.title)}",
        f"publisher: {_pair(source.publisher)}",
        *([f"published: {write_scalar(source.published)}"] if source.published else []),
        *([f"url: {write_scalar(source.url)}"] if source.url else []),
        f"language: {source.language}",
        f"reliability: {source.reliability}",
        "claims:" if source.claims else "claims: {}",
    ]
    head = "\n".join(lines) + "\n"
    return head + "".join(write_claim(name, one) for name, one in source.claims.items())


def _pair(text: Localised, lacks: str | None = None) -> str:
    parts = (
        f"{language}: {write_scalar(text.in_(language))}"
        for language in LANGUAGES
        if language != lacks
    )
    return f"{{{', '.join(parts)}}}"


def _phrasings(name: str, phrasings: Phrasings) -> Iterator[str]:
    lines = {language: phrasings.in_(language) for language in LANGUAGES}
    yield from write_lines(name, lines, indent=2)


def _folded(text: str, indent: str) -> list[str]:
    """Return a text as the lines of a folded block; white space in it is one space."""
    words = " ".join(text.split())
    return textwrap.wrap(
        words,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
