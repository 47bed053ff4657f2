"""Settings, from the environment or a `.env` file."""

from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import (
    AfterValidator,
    AliasChoices,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "VOCED_"


class ConfigError(Exception):
    """A setting is missing or can't be used; the message names it."""


def _expand_user(folder: Path) -> Path:
    """Return `folder` with a leading `~` written out, which a shell does and `.env` doesn't."""
    try:
        return folder.expanduser()
    except RuntimeError as error:
        raise ValueError("begins with a home folder that can't be found") from error


Folder = Annotated[Path, AfterValidator(_expand_user)]


class Settings(BaseSettings):
    """Everything that can be set, each as `VOCED_` and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True,
        extra="ignore", frozen=True, hide_input_in_errors=True,
    )  # fmt: skip

    telegram_token: SecretStr | None = Field(
        default=None, description="the token that @BotFather gave you; needed by `voced run`"
    )
    api_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+[^\s]*$")] = Field(
        default="https://api.telegram.org", description="the root of the Bot API server"
    )
    data_dir: Folder = Field(
        default_factory=lambda: platformdirs.user_data_path("voced", appauthor=False),
        description="the folder for the database, the cache and the asker key",
    )
    database_url: str | None = Field(
        default=None, description="the database; by default `voced.sqlite` in the data folder"
    )
    knowledge_dir: Folder | None = Field(
        default=None,
        description="a knowledge folder to use instead of the one that comes with voced",
    )
    asker_key: SecretStr | None = Field(
        default=None,
        description="the secret that askers are hashed with; by default made on first start",
    )
    retention_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=180, description="after how many days the text of a question is deleted"
    )
    editors: (
        Annotated[str, StringConstraints(pattern=r"^\s*\d{1,15}(\s*,\s*\d{1,15})*\s*$")] | None
    ) = Field(
        default=None,
        description="who looks after the knowledge: numeric Telegram ids, apart by commas",
    )
    editor: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="who decides on the command line, where there are several editors"
    )
    editors_chat: Annotated[int, Field(ge=-(2**62), le=2**62)] | None = Field(
        default=None,
        description="the chat that is told when many people miss the same, by its numeric id",
    )
    digest: Literal["daily", "weekly"] = Field(
        default="daily",
        description="how often the editors' chat is told what needs eyes: `daily` or `weekly`",
    )
    webhook_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+[^\s]*$")] | None = (
        Field(
            default=None,
            description="where Telegram reaches the bot from outside; without it, the bot polls",
        )
    )
    webhook_secret: SecretStr | None = Field(
        default=None,
        description="what Telegram proves itself with; by default derived from the token",
    )
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=8080,
        description="the port that the webhook listens on; `PORT` counts as well",
        validation_alias=AliasChoices(f"{PREFIX}PORT", "PORT"),
    )
    semantic: Literal["on", "off"] = Field(
        default="off",
        description="`on` also finds what is meant alike; needs `make setup EXTRAS=semantic`",
    )
    log_format: Literal["auto", "text", "json"] = Field(
        default="auto", description="how the log looks: `text`, `json`, or by terminal (`auto`)"
    )

    @property
    def editor_ids(self) -> frozenset[int]:
        """Return the ids of the editors."""
        return frozenset(int(one) for one in (self.editors or "").split(",") if one.strip())

    @property
    def database(self) -> str:
        """Return the address of the database in use."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'voced.sqlite'}"

    @property
    def cache_dir(self) -> Path:
        """Return the folder for what can be made again."""
        return self.data_dir / "cache"

    @property
    def reserve(self) -> Path:
        """Return the file for what the database can't take just now."""
        return self.data_dir / "reserve.sqlite"


def read_settings() -> Settings:
    """Return the settings in force.

    Raises:
        ConfigError: A value can't be used; every such setting is named, no value is shown. Or
            the `.env` file can't be read.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            f"{_name_of(str(detail['loc'][0]))}: {detail['msg']}"
            for detail in error.errors(include_url=False, include_input=False)
        ]
        raise ConfigError("\n".join(faults)) from error
    except UnicodeDecodeError as error:
        raise ConfigError(".env: is not UTF-8 text") from error
    except OSError as error:
        raise ConfigError(f".env: {error.strerror}") from error


def _name_of(place: str) -> str:
    # A setting with two names is told by the one that was used.
    name = place.upper()
    return name if name.startswith(PREFIX) or name == "PORT" else f"{PREFIX}{name}"
