"""The knowledge folder that commands write to."""

from pathlib import Path

from bot.settings import ConfigError, Settings
from knowledge import checkout_folder


def writable_folder(settings: Settings) -> Path:
    """Return the folder of `settings`, else that of the checkout.

    Raises:
        ConfigError: There is none.
    """
    folder = settings.knowledge_dir or checkout_folder()
    if folder is None:
        raise ConfigError(
            "VOCED_KNOWLEDGE_DIR: name the knowledge folder to write to; the one that was"
            " installed with voced is not a checkout"
        )
    if not folder.is_dir():
        raise ConfigError(f"VOCED_KNOWLEDGE_DIR: there is no folder {folder}")
    return folder
