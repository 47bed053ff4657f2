"""Reads YAML files as plain data and finds the line of any value in them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Any, Protocol

import yaml

from knowledge.errors import Problem

try:
    from yaml import CSafeLoader as FastLoader
except ImportError:  # PyYAML without libyaml: slower, the same result
    from yaml import SafeLoader as FastLoader  # type: ignore[assignment]

_MAPPING = "tag:yaml.org,2002:map"
_LIST = "tag:yaml.org,2002:seq"
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


def _read_list(loader: _StrictLoader, node: yaml.SequenceNode) -> list[Any]:
    # PyYAML's own way lets a list hold itself.
    return loader.construct_sequence(node, deep=True)


def _read_as_text(loader: _StrictLoader, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


def _read_number(loader: _StrictLoader, node: yaml.ScalarNode) -> int | float | str:
    text = _read_as_text(loader, node)
    try:
        return int(text) if node.tag == _INTEGER else float(text)
    except ValueError:  # only YAML takes 12:30, 0x1F or .inf for a number
        return text


_StrictLoader.add_constructor(_MAPPING, _read_mapping)
_StrictLoader.add_constructor(_LIST, _read_list)
_StrictLoader.add_constructor(_INTEGER, _read_number)
_StrictLoader.add_constructor(_DECIMAL, _read_number)
_StrictLoader.add_constructor(_TIMESTAMP, _read_as_text)


class Cache(Protocol):
    """Keeps what can be made again; of names that begin alike up to a hyphen, only the newest."""

    def load(self, name: str) -> bytes | None:
        """Return what is kept under `name`, or `None` when nothing is that can be read."""

    def keep(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`, where that is possible."""


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its name below the knowledge folder, its text and its plain data."""

    name: str
    text: str
    data: Any

    def line_of(self, *path: str | int) -> int:
        """Return the line (from 1) of the value at `path`, or of its nearest parent that exists."""
        node = compose(self.text)
        line = 1
        for step in path:
            node = _child(node, step)
            if node is None:
                break
            line = node.start_mark.line + 1
        return line


@lru_cache(maxsize=1)  # one break in a file seldom comes alone
def compose(text: str) -> yaml.Node | None:
    """Return a YAML text as nodes that know where they stand.

    Raises:
        yaml.YAMLError: It is none.
    """
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

    def amended(self, texts: Mapping[str, str]) -> "Documents":
        """Return the same files but for those in `texts`, which are new or changed."""
        problems = list(self.problems)
        fresh = _parse(texts, problems)
        files = {
            **self.files,
            **{name: Document(name, texts[name], data) for name, data in fresh.items()},
        }
        every = {name: document.text for name, document in files.items()} | dict(texts)
        in_order = dict(sorted(every.items()))
        return Documents(
            {name: files[name] for name in in_order if name in files},
            tuple(problems),
            _version_of(in_order),
        )


def read_documents(root: Traversable, *, cache: Cache | None = None) -> Documents:
    """Return every YAML file below `root`; a file that can't be read becomes a problem.

    The version is the first 12 hex digits of a SHA-256 over all names and contents. Parsing is
    the slow part of a start, so its result is kept in `cache` as JSON under the version and used
    again until any file changes.
    """
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for name, file in _find_files(root, problems):
        if not file.is_file():
            problems.append(Problem(name, 0, "", "is not a regular file"))
            continue
        try:
            texts[name] = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(name, 0, "", f"can't be read as UTF-8 text: {error}"))
    version = _version_of(texts)
    name = f"knowledge-{_CACHE_FORMAT}-{version}.json"
    parsed = None if cache is None or problems else _load_kept(cache, name, texts)
    if parsed is None:
        parsed = _parse(texts, problems)
        if cache is not None and not problems:
            # YAML can say what JSON can't.
            with suppress(TypeError, ValueError):
                cache.keep(name, json.dumps(parsed, ensure_ascii=False).encode())
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


def _load_kept(cache: Cache, name: str, texts: Mapping[str, str]) -> dict[str, Any] | None:
    kept = cache.load(name)
    try:
        data = json.loads(kept) if kept is not None else None
    except ValueError:
        return None
    return data if isinstance(data, dict) and data.keys() == texts.keys() else None
