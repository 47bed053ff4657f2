"""`voced missed answer`: from options, a file and what is typed, of which nothing is lost."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import Result

from bot.cli.missed.answering.choosing import find_sources
from bot.services import Brain
from tests.cli.conftest import listen_to_ctrl_c

pytestmark = pytest.mark.usefixtures("database", "editors")

Voced = Callable[..., Result]
Remember = Callable[..., None]

CANTEEN = "学校食堂好吃吗"


@pytest.fixture
def editors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one editor sit here."""
    monkeypatch.setenv("VOCED_EDITORS", "11")
    monkeypatch.setenv("VOCED_RETENTION_DAYS", "3650")


@pytest.fixture
def gap(voced: Voced, remember: Remember) -> str:
    """Return a gap that nothing in the knowledge is near."""
    remember(CANTEEN, nearest=())
    found: str = json.loads(voced("missed", "list", "--json").stdout)["gap"]
    return found


def test_everything_that_is_missing_is_asked_for(voced: Voced, gap: str) -> None:
    """A language may be left out; words find a source, a number picks it."""
    typed = ["食堂怎么样", "食堂有12个窗口。", "", "bogus", "Xinhuanet", "1", "fees", "y"]
    result = voced(
        "missed", "answer", gap, "--language", "en", typed="".join(f"{one}\n" for one in typed)
    )
    assert result.exit_code == 0, result.output
    asked = [line for line in result.stderr.splitlines() if line]
    assert asked[0] == f"{gap}  {CANTEEN}"
    assert any(line.startswith("Title (zh; Enter leaves this language out)") for line in asked)
    assert "Nothing was found for 'bogus'." in result.stderr
    assert " 1. notice: " in result.stderr
    assert "食堂有12个窗口。" in result.stdout
    found = json.loads(voced("ask", CANTEEN, "--json").stdout)
    assert (found["outcome"], found["citations"][0]["source"]) == ("answered", "notice")


def test_a_new_source_is_asked_for_part_by_part(voced: Voced, gap: str) -> None:
    """Date and address may be missing."""
    typed = ["new", "食堂通知", "后勤处", "2026-02", "", "y"]
    result = voced(
        "missed", "answer", gap, "--title-zh", "食堂怎么样", "--text-zh", "有食堂。",
        "--title-en", "The canteen", "--text-en", "There is one.", "--topic", "fees",
        typed="".join(f"{one}\n" for one in typed),
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    (cited,) = json.loads(voced("ask", CANTEEN, "--json").stdout)["citations"]
    assert [cited[one] for one in ("title", "publisher", "date", "url")] == [
        "食堂通知", "后勤处", "2026-02", None,
    ]  # fmt: skip


def test_options_are_enough_for_a_script(voced: Voced, gap: str) -> None:
    """Nothing is asked; a claim that is there may be cited."""
    result = voced(
        "missed", "answer", gap, "--title-en", "The canteen", "--text-en", "There is one.",
        "--cite", "notice-02", "--topic", "fees", "--ask", "学校食堂好不好",
        "--review-by", "2030-01-31", "--yes", "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["gap"]["entry"] == "the-canteen"
    found = json.loads(voced("ask", "学校食堂好不好", "--json").stdout)
    assert (found["entry"], found["citations"][0]["claim"]) == ("the-canteen", "notice-02")


def test_what_was_typed_is_kept_when_it_can_not_be_put_into_force(
    voced: Voced, gap: str, data_dir: Path
) -> None:
    """For its owner's eyes; the message says how to go on, and it goes once it is in force."""
    call = ("missed", "answer", gap, "--language", "en")
    texts = ("--title-zh", "食堂怎么样", "--text-zh", "有食堂。", "--topic", "fees")
    refused = voced(*call, *texts, "--yes")
    assert (refused.exit_code, refused.stdout) == (1, "")
    kept = data_dir / "drafts" / f"{gap}.yaml"
    assert f"voced missed answer {gap} --file {kept}" in refused.stderr
    assert "Error: Every answer needs a source." in refused.stderr
    assert kept.stat().st_mode & 0o777 == 0o600
    # Whoever goes away in the middle of the questions loses nothing either.
    gone = voced(*call, "--file", str(kept), typed="The canteen\n")
    assert gone.exit_code == 1
    text = kept.read_text(encoding="utf-8")
    assert "食堂怎么样" in text
    assert "The canteen" in text
    done = voced(
        *call, "--file", str(kept), "--text-en", "There is one.", "--source", "notice", "--yes"
    )
    assert done.exit_code == 0, done.output
    assert not kept.exists()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"title: [", r":\d+: not valid YAML"),
        (b"source: []\n", r":1: source: Input should be a valid string$"),
        (b"says:\n  zh: a\n  fr: b\n", r":3: says\.fr"),
        (b"says: {zh: a}\nauthor: me\n", r":2: author: Extra inputs are not permitted"),
        (b"source:\n  title: a\n", r":2: source\.publisher: Field required$"),
        (b"review_by: soon\n", r":1: review_by: "),
        (b"- a\n", r"is no draft"),
        (b"\xff", r"is not UTF-8 text"),
    ],
)
def test_a_broken_file_is_told_with_line_and_key(text: bytes, fault: str, voced: Voced) -> None:
    """Before anything else is looked at, and without a trace of Python."""
    Path("draft.yaml").write_bytes(text)
    result = voced("missed", "answer", "g00000000", "--file", "draft.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.search(rf"^Error: draft\.yaml.*{fault}", result.stderr)


def test_wrong_use_is_told(voced: Voced) -> None:
    """A file that is not there; two sources; a date that is none."""
    for options in (
        ("--file", "nowhere.yaml"),
        ("--source", "notice", "--source-title", "x"),
        ("--review-by", "soon"),
    ):
        assert voced("missed", "answer", "g00000000", *options).exit_code == 2


def test_an_unknown_gap_is_told_before_anything_is_asked(voced: Voced) -> None:
    result = voced("missed", "answer", "g00000000", "--language", "en", typed="title\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: There is no gap 'g00000000'.\n"


def test_words_find_claims_and_sources(tiny_brain: Brain) -> None:
    """All of them must be there, in either language; nothing is found by nothing."""
    knowledge = tiny_brain.knowledge
    assert find_sources("ministry CATALOGUE", knowledge) == ("catalogue",)
    assert find_sources("学费", knowledge) == ("notice-02",)
    assert find_sources("catalogue of bicycles", knowledge) == ()
    assert find_sources("  ", knowledge) == ()


@pytest.mark.process
def test_on_a_terminal_ctrl_c_ends_the_questions_and_keeps_what_was_typed(
    start: Callable[..., subprocess.Popen[bytes]], gap: str, data_dir: Path
) -> None:
    """In the middle of a line, with exit status 1."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on this system")
    terminal, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "PYTHONUTF8": "1"}
    with start(
        "missed", "answer", gap, "--language", "en",
        stdin=theirs, stderr=theirs, env=environment, start_new_session=True,
            preexec_fn=listen_to_ctrl_c,
    ) as process:  # fmt: skip
        os.close(theirs)
        os.write(terminal, "食堂怎么样\n".encode())
        shown = b""
        while b"Text (zh)" not in shown:
            shown += os.read(terminal, 65536)
        # Between showing what to type and waiting for it Python may not hear the signal.
        for _ in range(6):
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(5)
                break
        assert process.returncode == 1
    os.close(terminal)
    kept = data_dir / "drafts" / f"{gap}.yaml"
    assert kept.read_text(encoding="utf-8") == "title:\n  zh: 食堂怎么样\n"


@pytest.mark.process
def test_on_a_terminal_a_trial_shows_how_far_it_is(
    start: Callable[..., subprocess.Popen[bytes]], gap: str
) -> None:
    """Beside the object for the script, which stays whole."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on this system")
    terminal, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "PYTHONUTF8": "1"}
    call = ("missed", "phrase", gap, "school-tuition", "--yes", "--json", "--language", "en")
    with start(*call, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        # Where nobody writes any more, Linux speaks of an error.
        with suppress(OSError):
            while chunk := os.read(terminal, 65536):
                shown += chunk
        out = process.stdout.read() if process.stdout else b""
    os.close(terminal)
    assert process.returncode == 0
    assert json.loads(out)["gap"]["state"] == "answered"
    assert b"Trying it on past questions" in shown
