"""A person at a terminal sees how far the judging is."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.animals import INDEX, QUERIES


def _read_all(terminal: int) -> bytes:
    shown = b""
    # Where nobody writes any more, Linux speaks of an error.
    with suppress(OSError):
        while chunk := os.read(terminal, 65536):
            shown += chunk
    os.close(terminal)
    return shown


@pytest.mark.process
def test_progress_is_shown_on_a_terminal_only_there(
    start: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """Standard output holds the figures and nothing else."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on this system")
    (tmp_path / "index.tsv").write_text(INDEX, encoding="utf-8")
    (tmp_path / "queries.tsv").write_text(QUERIES * 20, encoding="utf-8")
    files = ("--index", "index.tsv", "--queries", "queries.tsv", "--tune", "queries.tsv")
    terminal, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80"}
    with start("eval", "--json", *files, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = _read_all(terminal)
        out = process.stdout.read()
    assert process.returncode == 0
    assert json.loads(out)["top1"] == 1.0
    assert b"\x1b" not in out
    for word in ("Learning 32 phrasings", "Tuning", "Judging", "160/160"):
        assert word.encode() in shown


@pytest.mark.process
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells")
def test_memory_is_that_of_the_process_alone(tmp_path: Path) -> None:
    """However much the process held that started it."""
    for name, content in (("index", INDEX), ("queries", QUERIES)):
        (tmp_path / f"{name}.tsv").write_text(content, encoding="utf-8")
    command = ["-m", "bot", "eval", "--json", "--index", "index.tsv", "--queries", "queries.tsv"]
    code = (
        "import subprocess, sys; held = bytearray(700 * 2**20);"
        f"sys.exit(subprocess.call([sys.executable, *{command!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert 30 < json.loads(done.stdout)["peak_mb"] < 600
