"""`make` sets up by itself, also what an earlier call left half done."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

MAKE = shutil.which("make")
pytestmark = pytest.mark.skipif(MAKE is None, reason="there is no make on this system")

# Stands for Python: notes what it is called with, and makes an environment whose Python works.
PYTHON = """\
#!/bin/sh
echo "$0 $*" >> calls
if [ "$2" = venv ]; then
    rm -rf .venv; mkdir -p .venv/bin; cp "$0" .venv/bin/python
fi
"""


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """Return a folder with all that `make setup` looks at, and with a stand-in for Python."""
    for file in (root / "Makefile", root / "pyproject.toml", *root.glob("requirements*.lock")):
        shutil.copy(file, tmp_path / file.name)
    _write_command(tmp_path / "python", PYTHON)
    return tmp_path


def _write_command(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)


def _run_make(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    taken = ("MAKE", "EXTRAS")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(taken)}
    command = ["make", *arguments, f"PYTHON={checkout / 'python'}"]
    return subprocess.run(
        command, cwd=checkout, env=clean, check=False, capture_output=True, encoding="utf-8"
    )


def _make(checkout: Path, *arguments: str) -> list[str]:
    """Return the calls of Python that making a target leads to."""
    calls = checkout / "calls"
    calls.unlink(missing_ok=True)
    _run_make(checkout, *arguments).check_returncode()
    return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []


def _locks_installed(calls: list[str]) -> list[str]:
    """Return the lock files that were installed, each package checked by its hash."""
    return [call.split()[-1] for call in calls if " install --require-hashes -r " in call]


def test_an_environment_without_pip_is_made_anew(checkout: Path) -> None:
    """As when the first call was stopped in the middle."""
    _write_command(checkout / ".venv" / "bin" / "python", "#!/bin/sh\nexit 1\n")
    (checkout / ".venv" / "rubbish").touch()
    calls = _make(checkout, "setup")
    assert f"{checkout / 'python'} -m venv --clear .venv" in calls
    assert sum("pip" in call and "install" in call for call in calls) == 2
    assert not (checkout / ".venv" / "rubbish").exists()


def test_an_environment_that_works_is_kept(checkout: Path) -> None:
    """A changed lock file only installs what is new."""
    _make(checkout, "setup")
    (checkout / ".venv" / "ready").unlink()
    assert not any("venv --clear" in call for call in _make(checkout, "setup"))


def test_the_conversation_does_not_depend_on_where_the_folder_was_made(checkout: Path) -> None:
    """A script in the environment names its Python by the whole path; Python itself doesn't."""
    assert _make(checkout, "chat")[-1] == ".venv/bin/python -m bot chat"


@pytest.mark.parametrize("target", ["setup", "chat"])
def test_an_extra_is_installed_from_its_own_lock(target: str, checkout: Path) -> None:
    """On top of the rest, only when it is asked for, and once."""
    assert _locks_installed(_make(checkout, target)) == ["requirements.lock"]
    calls = _make(checkout, target, "EXTRAS=semantic")
    assert _locks_installed(calls) == ["requirements-semantic.lock"]
    assert calls[-1].endswith(" -m bot chat") == (target == "chat")
    assert _locks_installed(_make(checkout, target, "EXTRAS=semantic")) == []


def test_an_extra_can_be_had_from_the_start(checkout: Path) -> None:
    """One call sets up everything."""
    locks = _locks_installed(_make(checkout, "setup", "EXTRAS=semantic"))
    assert locks == ["requirements.lock", "requirements-semantic.lock"]


def test_benchmarks_have_a_lock_of_their_own(root: Path, checkout: Path) -> None:
    """Setting up says which scripts there are, and each of them is."""
    assert _locks_installed(_make(checkout, "benchmark")) == [
        "requirements.lock",
        "requirements-benchmark.lock",
    ]
    told = _run_make(checkout, "benchmark").stdout
    scripts = re.findall(r"tests/benchmarks/\w+\.py", told)
    assert "tests/benchmarks/matching.py" in scripts
    assert [name for name in scripts if not (root / name).is_file()] == []


def test_an_extra_that_is_not_there_is_refused(checkout: Path) -> None:
    """Before anything is installed, and with the one that is."""
    result = _run_make(checkout, "setup", "EXTRAS=semantics")
    assert result.returncode != 0
    assert 'no extra "semantics"' in result.stderr
    assert "make setup EXTRAS=semantic" in result.stderr
    assert not (checkout / "calls").exists()
