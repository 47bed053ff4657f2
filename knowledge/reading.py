"""Turns the data of YAML files into models, noting what does not fit and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.documents import Document, Documents
from knowledge.errors import Problem
from knowledge.models import AnswerEntry, Source, Topic

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Placed(Generic[M]):
    """A model, and the file and path it was read from."""

    value: M
    document: Document
    path: tuple[str | int, ...]
    label: str

    def problem(self, message: str, *key: str | int) -> Problem:
        """Return a problem with the value at `key` below this model."""
        line = self.document.line_of(*self.path, *key)
        return Problem(self.document.name, line, spell_key((self.label, *key)), message)


def spell_key(path: tuple[str | int, ...]) -> str:
    """Return `path` as people write it: `number-of-majors.cites[0]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def read_sources(documents: Documents, problems: list[Problem]) -> list[Placed[Source]]:
    """Return the sources, one a file below `sources/`."""
    found: list[Placed[Source]] = []
    for document in documents.below("sources"):
        found += read_model(Source, document.data, document, (), problems)
    return found


def read_answers(documents: Documents, problems: list[Problem]) -> list[Placed[AnswerEntry]]:
    """Return the entries of every list below `answers/`."""
    found: list[Placed[AnswerEntry]] = []
    for document in documents.below("answers"):
        for index, item in _items(document, problems):
            found += read_model(AnswerEntry, item, document, (index,), problems)
    return found


def read_topics(documents: Documents, problems: list[Problem]) -> list[Placed[Topic]]:
    """Return the topics of `topics.yaml` in their order."""
    document = read_required(documents, "topics.yaml", problems)
    found: list[Placed[Topic]] = []
    if document is not None:
        for index, item in _items(document, problems):
            found += read_model(Topic, item, document, (index,), problems)
    return found


def read_terms(documents: Documents, problems: list[Problem]) -> tuple[str, ...]:
    """Return the names that contain digits, from `terms.yaml`, longest first."""
    document = read_required(documents, "terms.yaml", problems)
    terms: list[str] = []
    if document is not None:
        for index, item in _items(document, problems):
            if isinstance(item, str) and item.strip():
                terms.append(item)
            else:
                line = document.line_of(index)
                problems.append(Problem(document.name, line, f"[{index}]", "a term must be text"))
    return tuple(sorted(terms, key=len, reverse=True))


def read_required(documents: Documents, name: str, problems: list[Problem]) -> Document | None:
    """Return the file called `name`; that it is missing becomes a problem, once."""
    document = documents.files.get(name)
    if document is None and not any(problem.file == name for problem in problems):
        problems.append(Problem(name, 0, "", "the file is missing"))
    return document


def _items(document: Document, problems: list[Problem]) -> Iterator[tuple[int, Any]]:
    if isinstance(document.data, list):
        yield from enumerate(document.data)
    else:
        problems.append(Problem(document.name, 1, "", "must be a list of entries, each after '- '"))


def read_model(
    model: type[M],
    data: Any,
    document: Document,
    path: tuple[str | int, ...],
    problems: list[Problem],
) -> Iterator[Placed[M]]:
    """Yield `data` as `model`, or nothing; every value that does not fit becomes a problem."""
    label = str(data["id"]) if isinstance(data, dict) and "id" in data else spell_key(path)
    try:
        yield Placed(model.model_validate(data), document, path, label)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            key = tuple(step for step in detail["loc"] if step != "[key]")
            line = document.line_of(*path, *key)
            problems.append(
                Problem(
                    document.name, line, spell_key((label, *key)), _in_plain_words(detail["msg"])
                )
            )


def _in_plain_words(message: str) -> str:
    known = {
        "Field required": "is missing",
        "Extra inputs are not permitted": "is not a known key",
    }
    return known.get(message, message.removeprefix("Value error, "))
