"""Tells how much memory the process has held."""

import re
import sys
from contextlib import suppress
from pathlib import Path

_UNIT = 1 if sys.platform == "darwin" else 1024
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def peak_memory_mb() -> float | None:
    """Return the most memory that this process has held so far, `None` where nobody counts.

    What `getrusage` tells is on Linux never less than what the process held that started this one,
    so there the system's own table comes first.
    """
    with suppress(OSError):
        found = _PEAK.search(Path("/proc/self/status").read_text(encoding="utf-8"))
        if found is not None:
            return int(found[1]) / 1024
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT / 2**20
