"""Reads YAML files as plain data and finds the line of any value in them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import Problem

try:
    from yaml import CSafeLoader as FastLoader
except ImportError:  # PyYAML without libyaml: slower, the same result
    from yaml import SafeLoader as FastLoader  # type: ignore[assignment]

_MAPPING = "tag:yaml.org,2002:map"
_TEXT = "tag:yaml.org,2002:str"
_INTEGER = "tag:yaml.org,2002:int"
_DECIMAL = "tag:yaml.org,2002:float"
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_CACHE_FORMAT = "1"


class _StrictLoader(FastLoader):
    """Refuses keys that stand twice or are not text, and leaves dates as they are typed."""


def _read_mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag != _TEXT:
            raise yaml.constructor.ConstructorError(
                None, None, "a key must be plain text", key.start_mark
            )
        if key.value in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key '{key.value}' stands twice", key.start_mark
            )
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


def _read_as_text(loader: _StrictLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


def _read_number(loader: _StrictLoader, node: yaml.ScalarNode) -> int | float | str:
    text = _read_as_text(loader, node)
    try:
        return int(text) if node.tag == _INTEGER else float(text)
    except ValueError:  # only YAML takes 12:30, 0x1F or .inf for a number
        return text


_StrictLoader.add_constructor(_MAPPING, _read_mapping)
_StrictLoader.add_constructor(_INTEGER, _read_number)
_StrictLoader.add_constructor(_DECIMAL, _read_number)
_StrictLoader.add_constructor(_TIMESTAMP, _read_as_text)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its name below the knowledge folder, its text and its plain data."""

    name: str
    text: str
    data: Any

    def line_of(self, *path: str | int) -> int:
        """Return the line (from 1) of the value at `path`, or of its nearest parent that exists."""
        node = _compose(self.text)
        line = 1
        for step in path:
            node = _child(node, step)
            if node is None:
                break
            line = node.start_mark.line + 1
        return line


@lru_cache(maxsize=1)  # one break in a file seldom comes alone
def _compose(text: str) -> yaml.Node | None:
    node: yaml.Node | None = yaml.compose(text, Loader=FastLoader)
    return node


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child = node.value[step]
        return child if isinstance(child, yaml.Node) else None
    return None


@dataclass(frozen=True, slots=True)
class Documents:
    """All files of a knowledge folder, with what could not be read and a version of the whole."""

    files: Mapping[str, Document]
    problems: tuple[Problem, ...]
    version: str

    def below(self, folder: str) -> Iterator[Document]:
        """Yield the files of `folder` in the order of their names."""
        for name, document in self.files.items():
            if name.startswith(f"{folder}/"):
                yield document


def read_documents(root: Traversable, *, cache: Path | None = None) -> Documents:
    """Return every YAML file below `root`; a file that can't be read becomes a problem.

    The version is the first 12 hex digits of a SHA-256 over all names and contents. Parsing is
    the slow part of a start, so with `cache` (a folder) its result is kept there as JSON under
    the version and used again until any file changes; a cache that can't be read or written is
    done without.
    """
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for name, file in _find_files(root, problems):
        try:
            texts[name] = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(name, 0, "", f"can't be read as UTF-8 text: {error}"))
    version = _version_of(texts)
    kept = cache / f"knowledge-{_CACHE_FORMAT}-{version}.json" if cache and not problems else None
    parsed = _load_kept(kept, texts)
    if parsed is None:
        parsed = _parse(texts, problems)
        if not problems:
            _keep(kept, parsed)
    files = {name: Document(name, texts[name], data) for name, data in parsed.items()}
    return Documents(files, tuple(problems), version)


def _find_files(root: Traversable, problems: list[Problem]) -> list[tuple[str, Traversable]]:
    try:
        return sorted(_walk(root, ""))
    except OSError as error:
        problems.append(Problem(str(root), 0, "", f"can't be read as a folder: {error.strerror}"))
        return []


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".yaml", ".yml")):
            yield f"{prefix}{entry.name}", entry


def _version_of(texts: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name, text in texts.items():
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()[:12]


def _parse(texts: Mapping[str, str], problems: list[Problem]) -> dict[str, Any]:
    parsed: dict[str, Any] = {}
    for name, text in texts.items():
        try:
            # A subclass of PyYAML's safe loader: it builds plain data only.
            parsed[name] = yaml.load(text, Loader=_StrictLoader)  # noqa: S506
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            what = getattr(error, "problem", None) or str(error)
            problems.append(
                Problem(name, mark.line + 1 if mark else 0, "", f"not valid YAML: {what}")
            )
    return parsed


def _load_kept(kept: Path | None, texts: Mapping[str, str]) -> dict[str, Any] | None:
    if kept is None:
        return None
    try:
        data = json.loads(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) and data.keys() == texts.keys() else None


def _keep(kept: Path | None, parsed: Mapping[str, Any]) -> None:
    if kept is None:
        return
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(".tmp")
        draft.write_text(json.dumps(parsed, ensure_ascii=False), encoding="utf-8")
        draft.replace(kept)
        for old in kept.parent.glob("knowledge-*.json"):
            if old != kept:
                old.unlink(missing_ok=True)
    except (OSError, TypeError):  # a full disk, or YAML that JSON can't hold
        return
