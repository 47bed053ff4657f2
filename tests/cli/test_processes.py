"""What only a process of its own can prove: pipes, signals, terminals, standard error."""

import json
import os
import select
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from tests.cli.conftest import listen_to_ctrl_c

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on this system")
pytestmark = pytest.mark.process

Start = Callable[..., subprocess.Popen[bytes]]
# A busy machine takes its time, above all to learn.
PATIENCE_S = 90
PROMPT_IS_UP = "\x1b[?2004h"  # what is pasted from now on is marked as such


def _read_line(stream: IO[bytes]) -> bytes:
    """Return the next line, unless it never comes."""
    assert select.select([stream], [], [], PATIENCE_S)[0], "no line came"
    return stream.readline()


def _type(process: subprocess.Popen[bytes], *lines: str) -> tuple[str, str]:
    """Return both outputs of a process that is typed these lines and then nothing more."""
    out, err = process.communicate("".join(f"{line}\n" for line in lines).encode(), PATIENCE_S)
    return out.decode(), err.decode()


def test_the_first_answer_comes_before_the_input_ends(start: Start) -> None:
    """Answers stream line by line, and Ctrl-C ends the wait for the next line."""
    with start("ask", "-", "--json", bufsize=0, preexec_fn=listen_to_ctrl_c) as process:
        for question in ("How many majors are there?", "", "第一期什么时候播出?"):
            process.stdin.write(f"{question}\n".encode())
            assert json.loads(_read_line(process.stdout))["question"] == question
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 1
        assert process.stdout.read() == b""
        assert b"Traceback" not in process.stderr.read()


def test_whoever_stops_reading_gets_no_traceback(start: Start) -> None:
    """As with `voced ask - | head -1`."""
    with start("ask", "-", "--json", bufsize=0) as process:
        process.stdin.write(b"hi\n")
        _read_line(process.stdout)
        process.stdout.close()
        process.stdin.write(b"hi\n" * 3)
        process.stdin.close()
        assert b"Traceback" not in process.stderr.read()


def test_a_question_that_can_not_be_recorded_is_answered_and_told(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a file in the place of the data folder, `ask` and `chat` answer and say so."""
    (tmp_path / "file").write_text("a file in the place of a folder")
    monkeypatch.setenv("VOCED_DATA_DIR", str(tmp_path / "file"))
    processes = [start("ask", "--json", "第一期什么时候播出?"), start("chat")]
    (asked, told), (chatted, told_in_chat) = (
        _type(processes[0]),
        _type(processes[1], "How many majors are there?", "/missed", "/quit"),
    )
    assert [process.returncode for process in processes] == [0, 0]
    assert json.loads(asked)["entry"] == "first-episode"
    assert "1,491" in chatted
    for said in (told, told_in_chat):
        assert "could not be recorded" in said
        assert "Traceback" not in said


@pytest.mark.parametrize("arguments", [("chat",), ("ask", "-"), ("ask", "-", "--json")])
def test_a_closed_standard_input_is_told(start: Start, arguments: tuple[str, ...]) -> None:
    """As with `voced chat <&-`."""
    with start(*arguments, stdin=None, preexec_fn=lambda: os.close(0)) as process:
        out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, out) == (1, b"")
    assert err == b"Error: standard input is closed: there is nothing to read from\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
@pytest.mark.parametrize("arguments", [("ask", "hi"), ("ask", "--json", "hi"), ("--help",)])
def test_a_full_disk_behind_the_output_is_told(start: Start, arguments: tuple[str, ...]) -> None:
    """In one line, and again at the end of Python it is not."""
    with Path("/dev/full").open("wb") as full, start(*arguments, stdout=full) as process:
        err = process.communicate(timeout=PATIENCE_S)[1]
    assert process.returncode == 1
    assert err == b"Error: can't write the output: No space left on device\n"


@pytest.mark.parametrize("arguments", [("ask", "--json"), ("ask",)])
def test_the_output_is_utf_8_whatever_the_system_speaks(
    start: Start, arguments: tuple[str, ...]
) -> None:
    """Chinese is printed where the encoding has none."""
    environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
    process = start(*arguments, "第一期什么时候播出?", env=environment)
    out, err = _type(process)
    assert (process.returncode, err) == (0, "")
    assert "2025年5月12日" in out


def test_a_stop_signal_during_the_start_is_heeded(start: Start) -> None:
    """`voced run` ends with exit status 0 whether it is still loading or already polling."""
    environment = os.environ | {
        "VOCED_TELEGRAM_TOKEN": "42:token",
        "VOCED_API_URL": "http://127.0.0.1:9",
        "VOCED_LOG_FORMAT": "text",
    }
    with start("run", env=environment) as process:
        # With the first line of its log the knowledge is loaded and polling about to begin.
        _read_line(process.stderr)
        process.send_signal(signal.SIGTERM)
        err = process.communicate(timeout=PATIENCE_S)[1]
    assert process.returncode == 0, err.decode()
    assert b"Traceback" not in err


def test_a_stop_signal_before_the_program_is_loaded_is_heeded(start: Start, tmp_path: Path) -> None:
    (tmp_path / "telegram.py").write_text(
        "import signal, sys\nprint('loading', file=sys.stderr, flush=True)\nsignal.pause()\n"
    )
    with start("run", cwd=tmp_path) as process:
        assert _read_line(process.stderr) == b"loading\n"
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=PATIENCE_S) == (b"", b"")
    assert process.returncode == 0


@pytest.mark.usefixtures("fresh")
def test_a_conversation_through_a_pipe(start: Start) -> None:
    """On the first start: welcome, an answer with its source, a choice, the commands, and leave."""
    process = start("chat")
    out, err = _type(
        process,
        "/help",
        "/nonsense",
        "How many majors are there?",
        "how many majors are there in Shanghai",
        "7",
        "0",
        "北京中专一年学费多少钱",
        "1",
        "/missed",
        "/quit",
        "hi",
    )
    assert process.returncode == 0
    assert err == ""
    expected = [
        "Ask me about vocational education in China",
        "/missed                       the questions that wait for an editor",
        "There is no such command.",
        "The catalogue has 1,491 majors.",
        "https://example.org/catalogue",
        "0. None of these",
        "There is no such number.",
        "All right, then I don't have your answer yet.",
        "0. 都不是",
        "各校不同。",
        "none_of_these",
        "再见！",
    ]
    places = [out.find(text) for text in expected]
    assert -1 not in places
    assert places == sorted(places)
    assert "\x1b" not in out
    assert out.rstrip().endswith("再见！")


def test_a_conversation_ends_with_its_input(
    start: Start, chinese_environment: dict[str, str]
) -> None:
    """Also when nothing is typed at all; it speaks the language of the system."""
    process = start("chat", env=chinese_environment)
    out, err = _type(process)
    assert (process.returncode, err) == (0, "")
    assert out.startswith("问我")
    assert out.endswith("再见！\n")


def test_a_conversation_in_a_terminal(start: Start, data_dir: Path) -> None:
    """A line in Chinese is answered, /quit leaves, and the history is masked and private."""
    terminal, theirs = pty.openpty()
    shown = b""

    def read_until(text: str) -> None:
        nonlocal shown
        while text.encode() not in shown:
            assert select.select([terminal], [], [], PATIENCE_S)[0], shown.decode()
            shown += os.read(terminal, 65536)
        shown = shown.partition(text.encode())[2]

    environment = os.environ | {
        "TERM": "xterm",
        "PROMPT_TOOLKIT_NO_CPR": "1",
        "COLUMNS": "80",
        "LINES": "24",
    }
    with start("chat", stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        try:
            read_until(PROMPT_IS_UP)
            os.write(terminal, "第一期什么时候播出？\r".encode())
            read_until("2025年5月12日")
            read_until(PROMPT_IS_UP)
            for line, said in (("我叫张三丰，想自杀", "12356"), ("我叫张三丰", "张三丰")):
                os.write(terminal, f"{line}\r".encode())
                read_until(said)
                read_until(PROMPT_IS_UP)
            os.write(terminal, b"/quit\r")
            read_until("再见")
            assert process.wait(PATIENCE_S) == 0
        finally:
            process.kill()
            os.close(terminal)
    history = (data_dir / "history").read_text(encoding="utf-8")
    kept = [line for line in history.splitlines() if line.startswith("+")]
    assert kept == ["+第一期什么时候播出？", "+我叫[name]", "+/quit"]
    assert (data_dir / "history").stat().st_mode & 0o077 == 0
