"""`voced db`: the state of the database, its upgrade, its backup."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

Voced = Callable[..., Result]


def test_its_state_is_shown(voced: Voced, data_dir: Path) -> None:
    """Where it is, its schema, what is in it, and that it can be written."""
    for text in ("How many majors are there?", "zzkqx vbnwq", "zzkqx vbnwq", "hi"):
        voced("ask", text)
    result = voced("db")
    assert result.exit_code == 0
    shown = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert shown["database"].endswith(f"{data_dir}/voced.sqlite")
    assert shown["questions"] == "1 answered, 2 missed, 1 chat"
    assert shown["missed"] == "2, in 1 gaps"
    assert shown["writable"] == "yes"
    assert {"schema", "size"} <= set(shown)


def test_an_empty_one_has_no_questions(voced: Voced) -> None:
    """A first look makes the database."""
    result = voced("db")
    assert result.exit_code == 0
    assert "questions  none\n" in result.stdout


def test_one_that_can_not_be_opened_is_a_fault(voced: Voced, data_dir: Path) -> None:
    """Exit status 1, told in one line without a traceback."""
    (data_dir / "voced.sqlite").write_bytes(b"this is no database, whatever its name" * 50)
    for arguments in (("db",), ("db", "upgrade"), ("db", "backup", "copy")):
        result = voced(*arguments)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "is not an SQLite database" in result.stderr
        assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("url", ["mysql://me:hidden@example/x", "://hidden", "sqlite://"])
def test_a_database_url_that_is_not_understood_is_told_without_it(
    url: str, voced: Voced, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may hold a password."""
    monkeypatch.setenv("VOCED_DATABASE_URL", url)
    result = voced("db")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert "hidden" not in result.stderr


def test_an_upgrade_names_both_revisions(voced: Voced) -> None:
    """The second one finds nothing to do."""
    first, second = voced("db", "upgrade"), voced("db", "upgrade")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.startswith("empty -> ")
    revision = first.stdout.split()[-1]
    assert second.stdout == f"up to date ({revision})\n"


def test_a_backup_is_a_whole_database(voced: Voced, tmp_path: Path) -> None:
    """It holds what was asked, and only its owner can read it."""
    voced("ask", "How many majors are there?")
    result = voced("db", "backup", "copy.sqlite")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "copy.sqlite" in result.stderr
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as connection:
        (text,) = connection.execute("SELECT text FROM questions").fetchone()
    assert text == "How many majors are there?"
    assert (tmp_path / "copy.sqlite").stat().st_mode & 0o077 == 0


def test_a_backup_overwrites_nothing(voced: Voced, tmp_path: Path) -> None:
    """A file that exists stays as it is."""
    (tmp_path / "copy.sqlite").write_text("precious")
    result = voced("db", "backup", "copy.sqlite")
    assert result.exit_code == 1
    assert result.stderr == "Error: copy.sqlite exists and is not overwritten\n"
    assert (tmp_path / "copy.sqlite").read_text() == "precious"
