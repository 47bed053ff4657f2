"""Imports the catalogue: checks the tables against the knowledge folder, then writes its files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.catalogue.checks import check_catalogue
from knowledge.catalogue.importing.table import column_of, read_tables
from knowledge.catalogue.importing.writing import file_name, write_category
from knowledge.catalogue.reading import FOLDER, is_category_file, read_editions
from knowledge.documents import read_documents
from knowledge.errors import KnowledgeError, Problem
from knowledge.reading import read_sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: names of files below the knowledge folder, and how many majors."""

    majors: int
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def import_majors(
    majors: Path, folder: Path, *, categories: Path | None = None, classes: Path | None = None
) -> Imported:
    """Write the category files of the knowledge in `folder` from tables, and return what changed.

    The other tables stand beside `majors` as `categories.csv` and `classes.csv` unless given. The
    tables are the whole catalogue: a category file that they do not give is removed. Nothing is
    written unless they pass every check together with the editions, sources and claims of
    `folder`, and a file that would not change is left alone.

    Raises:
        KnowledgeError: The tables break a rule, or `folder` can't be read or written.
    """
    problems: list[Problem] = []
    entries = read_tables(
        majors,
        categories=categories or majors.with_name("categories.csv"),
        classes=classes or majors.with_name("classes.csv"),
        problems=problems,
    )
    documents = read_documents(folder)
    # What the category files say now does not matter: they are written anew.
    problems += [one for one in documents.problems if not is_category_file(one.file)]
    sources = read_sources(documents, problems)
    claims = {key: claim for source in sources for key, claim in source.value.claims.items()}
    entries = replace(entries, editions=read_editions(documents, problems))
    problems += check_catalogue(
        entries, sources={source.value.id for source in sources}, claims=claims
    )
    if problems:
        raise KnowledgeError(
            replace(one, key=column_of(one.key)) if one.file == str(majors) else one
            for one in problems
        )
    texts = {file_name(one.value): write_category(one.value) for one in entries.categories}
    return _write(folder, texts, count=len(entries.majors))


def _write(folder: Path, texts: Mapping[str, str], *, count: int) -> Imported:
    try:
        held = {
            name: path.read_bytes()
            for path in (folder / FOLDER).iterdir()
            if is_category_file(name := f"{FOLDER}/{path.name}")
        }
        changed = tuple(name for name, text in texts.items() if held.get(name) != text.encode())
        removed = tuple(name for name in held if name not in texts)
        for name in changed:
            draft = (folder / name).with_suffix(".tmp")
            draft.write_bytes(texts[name].encode())
            draft.replace(folder / name)
        for name in removed:
            (folder / name).unlink()
    except OSError as error:
        place = str(error.filename or folder)
        raise KnowledgeError(
            [Problem(place, 0, "", f"can't be written: {error.strerror}")]
        ) from error
    return Imported(
        majors=count,
        written=changed,
        unchanged=tuple(name for name in texts if name not in changed),
        removed=removed,
    )
