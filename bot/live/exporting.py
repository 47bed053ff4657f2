"""Writes what editors added into the knowledge files, as they would by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from bot.live.live import as_amendment
from knowledge import (
    Amendment,
    KnowledgeError,
    SpliceError,
    load_knowledge,
    read_folder,
)
from knowledge.amending import amend, is_held
from storage.editing import Addition


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """A knowledge file as it is (`None` where there is none) and as it becomes."""

    name: str
    before: str | None
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What an export writes: `added` pieces into `files`; `held` are there already.

    `unfit` names the decisions that the files have no place for any more, with the reason.
    """

    files: tuple[FileChange, ...]
    added: int
    held: int
    unfit: tuple[tuple[int, str], ...]


def plan_export(
    folder: Path, additions: Sequence[Addition], *, normalise: Callable[[str], str]
) -> Export:
    """Return how `additions` come into the files of `folder`, all of a decision or nothing of it.

    Nothing is written. What is planned keeps every rule of the knowledge.

    Raises:
        KnowledgeError: The files break a rule as they are.
    """
    # Whoever mends the files first is told of them, and not of the additions.
    load_knowledge(folder, normalise=normalise)
    files = read_folder(folder).files
    texts = {name: one.text for name, one in files.items()}
    data: dict[str, Any] = {name: one.data for name, one in files.items()}
    left = [one for one in additions if not is_held(data, as_amendment(one))]
    fitting, unfit = _find_fitting(folder, left, normalise)
    changed = amend(texts, fitting)
    return Export(
        files=tuple(
            FileChange(name=name, before=texts.get(name), after=after)
            for name, after in sorted(changed.items())
        ),
        added=len(fitting),
        held=len(additions) - len(left),
        unfit=unfit,
    )


def write_export(folder: Path, export: Export) -> None:
    """Write the files of an export, each whole or not at all.

    Raises:
        OSError: One can't be written; `filename` names it.
    """
    for one in export.files:
        _write_whole(folder / one.name, one.after)


def _find_fitting(
    folder: Path, additions: Sequence[Addition], normalise: Callable[[str], str]
) -> tuple[list[Amendment], tuple[tuple[int, str], ...]]:
    """Return what can be added, and the decisions that can't be with the reason."""
    everything = [as_amendment(one) for one in additions]
    if _find_fault(folder, everything, normalise) is None:
        return everything, ()
    fitting: list[Amendment] = []
    unfit: list[tuple[int, str]] = []
    for decision, group in groupby(additions, key=lambda one: one.decision):
        more = [as_amendment(one) for one in group]
        fault = _find_fault(folder, [*fitting, *more], normalise)
        if fault is None:
            fitting += more
        else:
            unfit.append((decision, fault))
    return fitting, tuple(unfit)


def _find_fault(
    folder: Path, amendments: Sequence[Amendment], normalise: Callable[[str], str]
) -> str | None:
    try:
        load_knowledge(folder, normalise=normalise, amendments=amendments)
    except (KnowledgeError, SpliceError) as error:
        return str(error)
    return None


def _write_whole(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}-", delete=False) as draft:
            path = Path(draft.name)
            try:
                draft.write(text.encode())
                draft.close()
                # A file of its own is for the owner alone; knowledge is for whoever could read it.
                path.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
                path.replace(file)
            finally:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error
