"""The load benchmark notices a bot that has ended, and leaves none behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.benchmarks.load_parts.server import LoadServer
from tests.benchmarks.load_parts.subjects import EndedError, Subject, running

_SCRIPT = Path(__file__).parents[1] / "benchmarks" / "load.py"


async def test_a_bot_that_ends_is_told_of_with_its_last_words(tmp_path: Path) -> None:
    """Not after the longest time that anything may take."""
    subject = Subject("made up", ("this",))
    with pytest.RaisesGroup(EndedError) as caught:
        async with LoadServer(["x"]).running() as server, running(subject, server, tmp_path):
            await server.flood(1)
    (ended,) = caught.value.exceptions
    assert str(ended).startswith("made up: ended with status 0; its log:\n")
    assert str(ended).endswith("let's do more of those!")


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="it reads processes as Linux shows them")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_who_stops_the_measuring_stops_the_bot(number: signal.Signals) -> None:
    measuring = await asyncio.create_subprocess_exec(
        sys.executable,
        str(_SCRIPT),
        "--only",
        "same client",
        "--seconds",
        "600",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert measuring.stderr is not None
    async with asyncio.timeout(60):
        assert await measuring.stderr.readline() == b"bare echo, same client: started\n"
        children = _children_of(measuring.pid)
        measuring.send_signal(number)
        _, errors = await measuring.communicate()
    assert children
    assert (measuring.returncode, errors) == (1, b"stopped, and the bot with it\n")
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def _children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(one) for one in listed.split()]
