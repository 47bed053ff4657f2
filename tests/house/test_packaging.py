"""What is installed: locked requirements, and a wheel that holds everything and works alone."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = (
    "requirements.lock",
    "requirements-semantic.lock",
    "requirements-dev.lock",
    "requirements-benchmark.lock",
)
EXTRAS = ("semantic",)
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?: ;.*?)? \\$")


def _locked(file: Path) -> dict[str, str]:
    """Return the version of every distribution in a lock file."""
    matches = map(_LOCKED.match, file.read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(match[1]): match[2] for match in matches if match}


def _wanted(root: Path, *names: str) -> list[Requirement]:
    """Return what the project asks for with these dependency groups and extras."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    lines = list(project["project"]["dependencies"])
    for name in names:
        lines += (project["dependency-groups"] | project["project"]["optional-dependencies"])[name]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_requirement_has_a_hash(name: str, root: Path) -> None:
    """A lock file holds requirements with hashes and comments, no address and no option."""
    text = (root / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", text).strip())
    assert len(blocks) > 20
    for block in blocks:
        first, *rest = block.splitlines()
        assert _LOCKED.match(first), first
        hashes = [line.strip().removesuffix(" \\") for line in rest if line.strip()[:1] != "#"]
        assert hashes
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes), first
    assert "://" not in text
    assert "index" not in text


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (LOCKS[0], ["build"]),
        (LOCKS[1], ["build", "semantic"]),
        (LOCKS[2], ["build", "semantic", "dev"]),
        (LOCKS[3], ["build", "semantic", "benchmark"]),
    ],
)
def test_every_dependency_is_locked_within_its_bounds(
    name: str, parts: list[str], root: Path
) -> None:
    """What pyproject.toml asks for, what builds it, every extra, and what tests it."""
    locked = _locked(root / name)
    for wanted in _wanted(root, *parts):
        version = locked[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version), wanted
    assert {"hatchling", "editables"} <= set(locked)


def test_all_lock_files_agree(root: Path) -> None:
    """Tests and benchmarks run with the versions that are deployed, with an extra or without."""
    deployed, extended, tested, compared = (_locked(root / name) for name in LOCKS)
    assert deployed.items() < extended.items() < tested.items()
    assert extended.items() < compared.items()
    assert all(tested.get(name, version) == version for name, version in compared.items())


def test_what_is_compared_with_is_needed_nowhere_else(root: Path) -> None:
    """Neither by the bot nor by its tests."""
    needed = {canonicalize_name(one.name) for one in _wanted(root, "build", "dev", *EXTRAS)}
    peers = {canonicalize_name(one.name) for one in _wanted(root, "benchmark")} - needed
    assert peers == {"bm25s", "pypinyin", "scikit-learn"}
    assert not peers & _locked(root / LOCKS[0]).keys()


def test_no_extra_is_needed(root: Path) -> None:
    """Who doesn't ask for it doesn't get it; the tests get it, so that none is skipped."""
    needed = set(map(str, _wanted(root)))
    extras = set(map(str, _wanted(root, *EXTRAS))) - needed
    assert extras
    assert extras <= set(map(str, _wanted(root, "dev")))
    assert not {canonicalize_name(Requirement(one).name) for one in extras} & set(
        _locked(root / LOCKS[0])
    )


def test_every_dependency_is_bounded(root: Path) -> None:
    """From below and from above."""
    for wanted in _wanted(root, "build", "dev", "benchmark", *EXTRAS):
        operators = {one.operator for one in wanted.specifier}
        assert {">=", "<"} <= operators, wanted


# -- the wheel


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from the checkout without any network."""
    folder = tmp_path_factory.mktemp("wheel")
    _pip("wheel", str(root), "--no-deps", "--no-build-isolation", "-w", str(folder))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds nothing but what the wheel installs."""
    folder = tmp_path_factory.mktemp("installed")
    _pip("install", "--no-deps", "--no-compile", "--target", str(folder), str(wheel))
    return folder


def _pip(command: str, *arguments: str) -> None:
    quiet = ("--quiet", "--disable-pip-version-check", "--no-index")
    subprocess.run([sys.executable, "-m", "pip", command, *quiet, *arguments], check=True)


def _run_installed(installed: Path, folder: Path, *arguments: str) -> str:
    """Return what Python prints in `folder` with the installed wheel and without the checkout.

    Without `site` no .pth file is read, by which an editable install leads to the checkout.
    """
    path = os.pathsep.join([str(installed), sysconfig.get_paths()["purelib"]])
    environment = os.environ | {"PYTHONPATH": path, "VOCED_DATA_DIR": str(folder / "data")}
    result = subprocess.run(
        [sys.executable, "-S", "-P", *arguments],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert result.stderr == ""
    return result.stdout


def test_the_wheel_holds_all_data_and_nothing_of_the_tests(
    wheel: Path, root: Path, packages: tuple[str, ...]
) -> None:
    """Every YAML file, every migration and every module of the packages, and the licence."""
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        str(file.relative_to(root).as_posix())
        for package in packages
        for file in (root / package).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert wanted <= names
    endings = (".yaml", "migrations/env.py", "migrations/script.py.mako", "0001_questions.py")
    assert all(any(name.endswith(ending) for name in names) for ending in endings)
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(packages)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any("__pycache__" in name for name in names)


def test_the_wheel_brings_the_command(installed: Path) -> None:
    """`voced` is what the installation puts on the path."""
    (points,) = installed.glob("*.dist-info/entry_points.txt")
    assert points.read_text(encoding="utf-8").split() == [
        "[console_scripts]",
        "voced",
        "=",
        "bot.cli:main",
    ]


@pytest.mark.process
def test_the_wheel_answers_without_the_checkout(
    installed: Path, root: Path, tmp_path: Path, packages: tuple[str, ...]
) -> None:
    """The modules come from the wheel alone, and a question finds its answer and its database."""
    code = f"import json, sys, {', '.join(packages)}\nprint(json.dumps([sys.path, *("
    code += "".join(f"{package}.__file__, " for package in packages) + ")]))"
    path, *files = json.loads(_run_installed(installed, tmp_path, "-c", code))
    assert str(root) not in path
    assert all(Path(file).is_relative_to(installed) for file in files)
    answer = json.loads(
        _run_installed(installed, tmp_path, "-m", "bot", "ask", "--json", "第一期什么时候播出?")
    )
    assert (answer["outcome"], answer["entry"]) == ("answered", "first-episode-date")
    assert answer["citations"]
    assert (tmp_path / "data" / "voced.sqlite").is_file()
