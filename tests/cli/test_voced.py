"""The command as a whole: its name, its help, its wrong uses."""

from collections.abc import Callable
from importlib.metadata import version

import pytest
from click.testing import Result

Voced = Callable[..., Result]


def test_the_version_is_that_of_the_distribution(voced: Voced) -> None:
    """`voced --version` prints one line."""
    result = voced("--version")
    assert result.exit_code == 0
    assert result.stdout == f"voced {version('voced-bot')}\n"


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(option: str, voced: Voced) -> None:
    """Each with a line that says what it does."""
    shown = voced(option).stdout
    listed = dict(
        line.split(maxsplit=1) for line in shown.partition("Commands:\n")[2].splitlines() if line
    )
    assert set(listed) == {
        "ask", "chat", "db", "eval", "knowledge", "letters", "missed", "run", "stats", "why",
    }  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("--nonsense",),
        ("ask",),
        ("ask", "--nonsense", "text"),
        ("chat", "more"),
        ("missed", "nonsense"),
        ("missed", "show"),
        ("missed", "list", "--limit", "0"),
        ("missed", "list", "--limit", "9999999999999999999999"),
        ("missed", "list", "--order", "nonsense"),
        ("missed", "export", "--format", "xml"),
        ("missed", "split", "g00000000"),
        ("missed", "undo", "0"),
        ("knowledge", "export", "--folder", "nowhere"),
        ("missed", "export", "--output", "."),
        ("knowledge", "nonsense"),
        ("db", "nonsense"),
        ("db", "backup"),
    ],
)
def test_wrong_use_is_exit_status_2(arguments: tuple[str, ...], voced: Voced) -> None:
    """What is wrong stands on standard error, nothing on standard output."""
    result = voced(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage: voced" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "hi"),
        ("chat",),
        ("run",),
        ("missed", "list"),
        ("missed", "show", "g00000000"),
        ("missed", "export"),
        ("db",),
        ("db", "upgrade"),
        ("db", "backup", "copy"),
        ("knowledge", "check"),
        ("knowledge", "stats"),
        ("eval",),
    ],
)
def test_a_bad_setting_stops_every_command_with_exit_status_1(
    arguments: tuple[str, ...], voced: Voced, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named, its value is not shown, and nothing stands on standard output."""
    monkeypatch.setenv("VOCED_RETENTION_DAYS", "hidden")
    result = voced(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: VOCED_RETENTION_DAYS: ")
    assert "hidden" not in result.stderr


def test_the_bot_does_not_run_without_a_token(voced: Voced) -> None:
    """The message says what to set, where it comes from and what works without."""
    result = voced("run")
    assert result.exit_code == 1
    assert "VOCED_TELEGRAM_TOKEN is not set" in result.stderr
    assert "voced chat" in result.stderr


@pytest.mark.parametrize("url", ["nonsense", "mysql://bot:s3cret@db/voced", "sqlite://voced.db"])
def test_the_bot_does_not_run_with_a_database_at_no_address(
    url: str, voced: Voced, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line names the setting and not its value; waiting would not help."""
    monkeypatch.setenv("VOCED_TELEGRAM_TOKEN", "42:token")
    monkeypatch.setenv("VOCED_DATABASE_URL", url)
    result = voced("run")
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: VOCED_DATABASE_URL: ")
    assert url not in line
