"""Reads labelled lines: a label, a tab, a text."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from intents.errors import IntentError
from intents.match.learning import Subject

# The label of a question that must not be answered.
NO_ANSWER = "-"
_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and the entry that answers it, `None` when it must not be answered."""

    text: str
    label: str | None


def read_questions(content: bytes, name: str) -> tuple[Labelled, ...]:
    """Return the questions in a file; the label `-` marks one that must not be answered.

    Args:
        content: The file, `label<TAB>text` on each line, in UTF-8; blank lines say nothing.
        name: What messages call it.

    Raises:
        IntentError: There is no question, or lines are broken; it names them all.
    """
    return tuple(
        Labelled(text, None if label == NO_ANSWER else label)
        for _, label, text in _read(content, name)
    )


def read_index(content: bytes, name: str) -> tuple[Subject, ...]:
    """Return what a file of phrasings teaches: an entry for each label, in the order of the file.

    Raises:
        IntentError: There is no phrasing, or lines are broken; it names them all.
    """
    phrasings: dict[str, dict[str, None]] = defaultdict(dict)
    broken = []
    for line, label, text in _read(content, name):
        if label == NO_ANSWER:
            broken.append(f"{name}:{line}: the label '-' can't be found, so it has no phrasings")
        phrasings[label][text] = None
    _stop_at(broken)
    return tuple(Subject(entry=label, phrasings=tuple(texts)) for label, texts in phrasings.items())


def _read(content: bytes, name: str) -> list[tuple[int, str, str]]:
    """Return the number, label and text of each line that is not blank."""
    found = []
    broken = []
    for number, line in _lines_of(content, name):
        label, tab, text = line.partition("\t")
        label, text = label.strip(), text.strip()
        if not tab:
            broken.append(f"{name}:{number}: there is no tab between a label and a text")
        elif not label:
            broken.append(f"{name}:{number}: there is no label before the tab")
        elif not text:
            broken.append(f"{name}:{number}: there is no text behind the tab")
        found.append((number, label, text))
    _stop_at(broken)
    if not found:
        raise IntentError(f"{name}: holds no line with a label and a text")
    return found


def _lines_of(content: bytes, name: str) -> Iterator[tuple[int, str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise IntentError(f"{name}:{line}: is not UTF-8") from error
    for number, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            yield number, row


def _stop_at(broken: list[str]) -> None:
    if broken:
        more = len(broken) - _MOST_NAMED
        rest = [f"… and {more} more"] if more > 0 else []
        raise IntentError("\n".join([*broken[:_MOST_NAMED], *rest]))
