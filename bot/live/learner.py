"""Has changed knowledge learned in a process of its own, so that this one stays quick and small."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from bot.settings import PREFIX
from knowledge import Amendment

_log = logging.getLogger(__name__)
_LONGEST_S = 900


class UnknownYet(Exception):  # noqa: N818 - no fault
    """What was to be recalled has to be learned first."""


def refuse_to_learn() -> None:
    """Say that it must not be learned here.

    Raises:
        UnknownYet: Always.
    """
    raise UnknownYet


class Learner:
    """Starts one process after the other; each learns, leaves files behind and ends."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self.is_stopped = False

    def learn(
        self,
        folder: Path | None,
        cache_dir: Path,
        amendments: Sequence[Amendment],
        *,
        gives_way: bool = True,
    ) -> dict[str, bytes]:
        """Return what there is to be kept of the amended knowledge, by name.

        It blocks for as long as that takes; with `gives_way` whoever asks meanwhile goes first.
        Nothing is there where the process fails or is stopped; the log says so.
        """
        with TemporaryDirectory(prefix="voced-") as out:
            wish = {
                "folder": None if folder is None else str(folder),
                "cache_dir": str(cache_dir),
                "amendments": [asdict(one) for one in amendments],
                "out": out,
                "gives_way": gives_way,
            }
            if self._run(json.dumps(wish).encode()):
                return {file.name: file.read_bytes() for file in sorted(Path(out).iterdir())}
        return {}

    def stop(self) -> None:
        """End what is under way, and start nothing more."""
        with self._lock:
            self.is_stopped = True
            if self._child is not None:
                self._child.kill()

    def _run(self, wish: bytes) -> bool:
        with self._lock:
            if self.is_stopped:
                return False
            child = self._child = subprocess.Popen(
                [sys.executable, "-m", "bot.live.learning"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd=Path(__file__).parents[2],
                # It needs no secret.
                env={name: one for name, one in os.environ.items() if not _is_setting(name)},
            )
        try:
            _, said = child.communicate(wish, timeout=_LONGEST_S)
        except subprocess.TimeoutExpired:
            child.kill()
            _, said = child.communicate()
        finally:
            with self._lock:
                self._child = None
        if child.returncode and not self.is_stopped:
            last = said.decode(errors="replace").strip().rpartition("\n")[2]
            _log.warning("learning in a process of its own failed (%d): %s", child.returncode, last)
        return child.returncode == 0


def _is_setting(name: str) -> bool:
    return name.upper().startswith(PREFIX)
