"""What is handed on names no package registry and no place on the machine it was written on."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

# In pieces: this file is looked through like every other.
_REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "/sim" + "ple/",
    "--index" + "-url ",
    "--extra-index" + "-url",
    "--trusted" + "-host",
    "arti" + "factory",
    "regis" + "try.npmjs",
    "proxy.gol" + "ang",
]
_PLACES = [
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/ho" + "me/[a-z]",
    "/Us" + "ers/",
    r"[A-Z]:\\\\Us" + "ers",
]
_FORBIDDEN = re.compile("|".join([*map(re.escape, _REGISTRIES), *_PLACES]), re.IGNORECASE)


def _ignored(root: Path) -> set[str]:
    lines = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    return {line.strip("/") for line in lines} | {".git"}


def _files(folder: Path, ignored: set[str]) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name in ignored or entry.match("*.egg-info"):
            continue
        if entry.is_dir():
            yield from _files(entry, ignored)
        else:
            yield entry


def test_no_file_names_a_registry_or_a_place_on_a_machine(root: Path) -> None:
    """Whoever installs voced decides where packages come from and where it lies."""
    files = list(_files(root, _ignored(root)))
    assert root / "pyproject.toml" in files
    found = [
        f"{file.relative_to(root)}:{number}: {match[0]}"
        for file in files
        for number, line in enumerate(
            file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if (match := _FORBIDDEN.search(line))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "https://files.python" + "hosted.org/packages/x",
        "see /wo" + "rk/main/bot",
        "pip install --index" + "-url x",
    ],
)
def test_the_look_finds_what_it_is_for(line: str) -> None:
    """Otherwise the test above would prove nothing."""
    assert _FORBIDDEN.search(line)


def test_only_files_at_the_top_are_ignored(root: Path) -> None:
    """A bare `data/` would silently take the knowledge out of the wheel."""
    lines = (root / ".gitignore").read_text(encoding="utf-8").split()
    bare = [line for line in lines if not line.startswith("/")]
    assert set(bare) <= {"__pycache__/", "*.egg-info/", "*.pyc"}
