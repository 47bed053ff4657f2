"""Sets the log up: to standard error, readable in a terminal, JSON lines elsewhere."""

import json
import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal

_QUIET = (
    "httpx",
    "httpcore",
    "apscheduler",
    "telegram.ext.Updater",
    "sqlalchemy",
    "aiosqlite",
    "alembic",
)


class _Formatter(logging.Formatter):
    """Writes a record as text or JSON, with every secret blotted out."""

    def __init__(self, *, as_json: bool, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%H:%M:%S")
        self._as_json = as_json
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        text = self._format_as_json(record) if self._as_json else super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text

    def _format_as_json(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        facts = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            facts["trace"] = self.formatException(record.exc_info)
        return json.dumps(facts, ensure_ascii=False)


def set_up_logs(
    log_format: Literal["auto", "text", "json"],
    *,
    level: int = logging.INFO,
    secrets: Iterable[str] = (),
) -> None:
    """Send the log to standard error; `secrets` never appear in it."""
    # No line tells of threads or processes, so none is looked up.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    as_json = log_format == "json" or (log_format == "auto" and not sys.stderr.isatty())
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter(as_json=as_json, secrets=secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        # The HTTP client prints the bot's token in the address of every request.
        logging.getLogger(name).setLevel(logging.WARNING)
