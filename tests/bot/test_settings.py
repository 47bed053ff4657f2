"""Settings come from the environment or `.env`; a bad one is named and never shown."""

import traceback
from pathlib import Path

import pytest

from bot.settings import ConfigError, Settings, read_settings


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_needs_to_be_set() -> None:
    """Every setting has a default, the token's being none."""
    settings = read_settings()
    assert settings.telegram_token is None
    assert settings.data_dir.name == "voced"
    assert settings.database == f"sqlite+aiosqlite:///{settings.data_dir / 'voced.sqlite'}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RETENTION_DAYS", "0"),
        ("RETENTION_DAYS", "3651"),
        ("RETENTION_DAYS", "-99"),
        ("RETENTION_DAYS", "forever-and-a-day"),
        ("RETENTION_DAYS", "7.25"),
        ("API_URL", "ftp://hidden.example"),
        ("API_URL", "hidden.example"),
        ("API_URL", "https://hidden example"),
        ("LOG_FORMAT", "hidden-xml"),
        ("SEMANTIC", "hidden-perhaps"),
    ],
)
def test_a_bad_value_is_named_and_not_shown(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be a secret that stands in the wrong place, so not even a traceback holds it."""
    monkeypatch.setenv(f"VOCED_{name}", value)
    with pytest.raises(ConfigError, match=f"^VOCED_{name}: ") as caught:
        read_settings()
    if value != "0":
        assert value not in "".join(traceback.format_exception(caught.value))


def test_the_semantic_extra_is_off_until_it_is_switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """It needs a package that nobody has to have."""
    assert read_settings().semantic == "off"
    monkeypatch.setenv("VOCED_SEMANTIC", "on")
    assert read_settings().semantic == "on"


def test_every_bad_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sets voced up mends all in one go."""
    monkeypatch.setenv("VOCED_RETENTION_DAYS", "many")
    monkeypatch.setenv("VOCED_LOG_FORMAT", "xml")
    with pytest.raises(ConfigError) as caught:
        read_settings()
    lines = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "VOCED_RETENTION_DAYS",
        "VOCED_LOG_FORMAT",
    ]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_an_empty_variable_counts_as_unset(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`VOCED_X=` in a deployment's form leaves the default in force."""
    monkeypatch.setenv(f"VOCED_{name.upper()}", "")
    assert read_settings() == Settings(_env_file=None)


def test_the_env_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`.env` lies in the folder where voced starts; what it doesn't know is left alone."""
    (tmp_path / ".env").write_text(
        "VOCED_RETENTION_DAYS=7\nVOCED_LOG_FORMAT=json\nVOCED_DATA_DIR=数据\nOTHER=1\n"
        "VOCED_API_URL=\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VOCED_LOG_FORMAT", "text")
    settings = read_settings()
    assert settings.retention_days == 7
    assert settings.log_format == "text"
    assert settings.data_dir == Path("数据")
    assert settings.api_url == "https://api.telegram.org"


def test_an_env_file_that_is_not_utf_8_is_told_plainly(tmp_path: Path) -> None:
    """An editor on a Chinese system may have saved it as GBK."""
    (tmp_path / ".env").write_bytes("VOCED_DATA_DIR=数据\n".encode("gbk"))
    with pytest.raises(ConfigError, match=r"\.env: .*UTF-8"):
        read_settings()


def test_secrets_are_not_shown_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printing the settings prints neither the token nor the key."""
    monkeypatch.setenv("VOCED_TELEGRAM_TOKEN", "4242:hidden")
    monkeypatch.setenv("VOCED_ASKER_KEY", "also-hidden")
    assert "hidden" not in repr(read_settings())


@pytest.mark.parametrize("name", ["data_dir", "knowledge_dir"])
def test_a_home_folder_is_written_out(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No shell does it for what stands in `.env`."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(f"VOCED_{name.upper()}", "~/voced")
    assert getattr(read_settings(), name) == tmp_path / "voced"


def test_a_home_folder_of_nobody_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a setting that can't be used."""
    monkeypatch.setenv("VOCED_DATA_DIR", "~nobody-of-this-name/voced")
    with pytest.raises(ConfigError, match=r"^VOCED_DATA_DIR: "):
        read_settings()
