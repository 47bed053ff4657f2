"""Judges the matcher beside others: `python tests/benchmarks/matching.py FOLDER`.

Each folder in FOLDER that holds `index.tsv` and `queries.tsv` (and perhaps `tune.tsv`), as
`voced eval` reads them, is a set. Printed, as tables for a page, are accuracy, time and memory of
every method on every set, what noise costs, what `voced eval` says of each set and of the knowledge
itself, and what many phrasings cost. With --questions, real questions follow. The last lines say
what was asked for and is not reached; then the exit status is 1.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    """Print everything that was asked for."""
    # Here, so that the processes that measure start with nothing.
    from compared import accuracy, scaling  # noqa: PLC0415
    from compared.peers import METHODS, OWN  # noqa: PLC0415
    from compared.sets import BenchmarkSet, find_sets  # noqa: PLC0415

    def for_each(work: Callable[[BenchmarkSet], bool]) -> bool:
        reached = [work(one) for one in sets]
        return all(reached)

    parts: dict[str, Callable[[], bool]] = {
        "accuracy": lambda: for_each(lambda one: accuracy.compare(one, methods, options.noisy)),
        "figures": lambda: for_each(lambda one: _print_figures(one.folder)),
        "scaling": lambda: for_each(scaling.scale),
        "starts": scaling.time_starts,
        "knowledge": lambda: _run("The knowledge itself: `voced eval`", "-m", "bot", "eval"),
        "questions": lambda: _ask_real_questions(options.questions),
    }
    options = _read_arguments(list(METHODS), list(parts))
    methods = [one for one in METHODS if one == OWN or one not in options.without]
    sets = list(find_sets(options.folder))
    if not sets:
        sys.exit(f"{options.folder}: no folder in it holds index.tsv and queries.tsv")
    # Every method on one core.
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    reached = [parts[name]() for name in options.parts or parts]
    sys.exit(not all(reached))


def _read_arguments(methods: list[str], parts: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--questions", type=Path, metavar="FOLDER", help="as real_questions.py")
    parser.add_argument(
        "--without", action="append", default=[], choices=methods, metavar="METHOD",
        help="leave a method out; can be given again",
    )  # fmt: skip
    parser.add_argument(
        "--only", dest="parts", action="append", choices=parts, help="can be given again"
    )
    parser.add_argument("--noisy", type=int, default=600, metavar="N", help="questions under noise")
    return parser.parse_args()


def _print_figures(folder: Path) -> bool:
    files = ["--index", folder / "index.tsv", "--queries", folder / "queries.tsv"]
    tune = folder / "tune.tsv"
    is_done = _run(f"{folder.name}: `voced eval`", "-m", "bot", "eval", *files)
    if tune.is_file():
        is_done &= _run(f"{folder.name}, tuned", "-m", "bot", "eval", *files, "--tune", tune)
    return is_done


def _ask_real_questions(folder: Path | None) -> bool:
    script = Path(__file__).with_name("real_questions.py")
    return folder is None or _run("Real questions", script, folder)


def _run(title: str, *command: str | Path) -> bool:
    """Print what another script prints; return whether it ended well."""
    print(f"\n**{title}**\n\n```", flush=True)
    done = subprocess.run([sys.executable, *map(str, command)], check=False)
    print("```", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    main()
