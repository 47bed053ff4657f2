"""The log goes to standard error, one JSON line a record, and holds no secret."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import set_up_logs

SECRET = "4242:a-token-of-the-tests"  # noqa: S105 - made up


@pytest.fixture(autouse=True)
def restored_logs() -> Iterator[None]:
    """Give the handlers and levels back that the tests had."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_away_from_a_terminal_each_record_is_one_json_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Line ends and Chinese inside a message don't break the line."""
    set_up_logs("auto")
    logging.getLogger("bot.test").info("第一行\nand %s", "more")
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    record = json.loads(line)
    assert record["message"] == "第一行\nand more"
    assert record["level"] == "info"
    assert record["logger"] == "bot.test"
    assert record["time"].endswith("+00:00")
    assert "第一行" in line


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_a_secret_is_blotted_out_of_messages_and_tracebacks(
    log_format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wherever the token got into: arguments, the text of an error, the cause of an error."""
    set_up_logs(log_format, secrets=["", SECRET])  # type: ignore[arg-type]
    try:
        try:
            raise ValueError(f"https://api.example/bot{SECRET}/getMe")
        except ValueError as error:
            raise RuntimeError(f"failed with {SECRET}") from error
    except RuntimeError:
        logging.getLogger("bot.test").exception("asked %s", SECRET)
    err = capsys.readouterr().err
    assert SECRET not in err
    assert err.count("***") >= 3
    assert "Traceback" in err
    if log_format == "json":
        (line,) = err.splitlines()
        assert "https://api.example/bot***/getMe" in json.loads(line)["trace"]


def test_the_http_client_is_silent_about_every_request(capsys: pytest.CaptureFixture[str]) -> None:
    """Its INFO line holds the token; its warnings are still heard."""
    set_up_logs("json", secrets=[SECRET])
    logging.getLogger("httpx").info("HTTP Request: POST https://api.example/bot%s/getMe", SECRET)
    assert capsys.readouterr().err == ""
    logging.getLogger("httpx").warning("trouble")
    assert "trouble" in capsys.readouterr().err


def test_in_a_terminal_a_record_is_readable(capsys: pytest.CaptureFixture[str]) -> None:
    """As text it has a time, a level, a name and the message."""
    set_up_logs("text")
    logging.getLogger("bot.test").error("something happened")
    assert capsys.readouterr().err.endswith(" ERROR bot.test: something happened\n")
