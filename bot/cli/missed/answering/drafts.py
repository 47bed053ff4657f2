"""An answer as a file that an editor writes by hand, or that is kept for them."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import click
import yaml
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from bot.editing import AnswerDraft, NewSource, Phrase
from knowledge import Language
from knowledge.documents import Document

_WIDTH = 100
Parts = dict[str, Any]


def _which(source: object) -> str:
    return "new" if isinstance(source, dict | NewSource) else "known"


_Source = Annotated[
    Annotated[NewSource, Tag("new")] | Annotated[str, Tag("known")], Discriminator(_which)
]


class DraftFile(BaseModel):
    """An answer in the words of the knowledge files; `source` is an id, or what a source has."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: dict[Language, str] = Field(default_factory=dict)
    says: dict[Language, str] = Field(default_factory=dict)
    cites: tuple[str, ...] = ()
    source: _Source | None = None
    topic: str | None = None
    asks: dict[Language, tuple[str, ...]] = Field(default_factory=dict)
    review_by: date | None = None

    @property
    def draft(self) -> AnswerDraft:
        """Return it as the desk takes it."""
        is_new = isinstance(self.source, NewSource)
        return AnswerDraft(
            title=self.title,
            says=self.says,
            cites=self.cites,
            source=None if is_new else self.source,
            new_source=self.source if is_new else None,
            topic=self.topic,
            review_by=self.review_by,
            phrases=tuple(
                Phrase(language, text) for language, texts in self.asks.items() for text in texts
            ),
        )


def read_parts(file: Path) -> Parts:
    """Return what stands in a draft file, all of it as text, checked.

    Raises:
        ClickException: It is no draft; file, line and key are named.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
        # Every value stays the text that was typed; nothing else is ever built.
        parts = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    except OSError as error:
        raise click.ClickException(f"can't read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file}: is not UTF-8 text") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{file}:{mark.line + 1}" if mark else str(file)
        what = getattr(error, "problem", None) or "can't be read"
        raise click.ClickException(f"{place}: not valid YAML: {what}") from error
    if not isinstance(parts, dict):
        raise click.ClickException(f"{file}: is no draft; it begins with title:, says: or cites:")
    given: Parts = _without_empty(parts)
    try:
        DraftFile.model_validate(given)
    except ValidationError as error:
        raise click.ClickException(_name_faults(error, Document(str(file), text, parts))) from error
    return given


def validate(parts: Mapping[str, Any]) -> DraftFile:
    """Return a draft from what was typed.

    Raises:
        ClickException: Something in it does not fit.
    """
    try:
        return DraftFile.model_validate(parts)
    except ValidationError as error:
        raise click.ClickException(_name_faults(error, None)) from error


def keep_parts(file: Path, parts: Mapping[str, Any]) -> None:
    """Write a draft for its owner's eyes.

    Raises:
        OSError: It can't be written.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    text = yaml.safe_dump(dict(parts), allow_unicode=True, sort_keys=False, width=_WIDTH)
    file.write_text(text, encoding="utf-8")


def _without_empty(value: Any) -> Any:
    """Return the same without keys that have nothing behind them."""
    if not isinstance(value, dict):
        return value
    return {name: _without_empty(one) for name, one in value.items() if one not in ("", None)}


def _name_faults(error: ValidationError, document: Document | None) -> str:
    faults = []
    for one in error.errors(include_url=False, include_input=False):
        # Which of the two a source is, is no key.
        path = [step for step in one["loc"] if step not in {"new", "known"}]
        key = ".".join(map(str, path))
        place = f"{document.name}:{document.line_of(*path)}: " if document else ""
        faults.append(f"{place}{key}: {one['msg']}")
    return "\n".join(faults)
