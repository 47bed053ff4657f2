"""Judges the answers on judged questions: `python tests/benchmarks/judged.py [FILE] [OPTIONS]`.

FILE (`judged.tsv` beside this script unless another is named; `asked.tsv` is another) has the
columns language, kind, entries and question. A paraphrase is answered rightly with one of its
entries. A look-alike shares nearly all words with a question of its entries but asks something
else, and must not be answered with any of them. Printed are shares; `-v` prints every question that
went wrong, `--fit` the weights of the confidence that fit best, beside those in force. `--meaning`
goes by meaning too.
"""

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import numpy as np

from bot.reply import Question
from bot.services import Brain, load_brain
from bot.settings import Settings
from intents.match.confidence import WEIGHTS
from intents.match.fitting import fit_logistic

_HERE = Path(__file__).with_name("judged.tsv")
# Before every date of review, so that nothing is overdue.
_ANY_DAY = date(2000, 1, 1)
_RIDGE = 2.0
# A wrong answer to a question that has a right one is the worst.
_WRONG_COUNTS = 3.0


def main() -> None:
    """Print the figures for the file that the command line names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, metavar="FILE", nargs="?", default=_HERE)
    parser.add_argument("-v", action="store_true", dest="verbose")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--meaning", action="store_true")
    options = parser.parse_args()
    brain = load_brain(Settings(semantic="on" if options.meaning else "off"))
    brain.wait_for_meaning()
    rows = list(read_judged(options.file))
    verdicts = judge(brain, rows, tell=print if options.verbose else _tell_nobody)
    for (kind, language), counts in sorted(verdicts.items()):
        total = counts.total()
        shares = ", ".join(f"{name} {count / total:.1%}" for name, count in counts.most_common())
        print(f"{kind:11} {language} {total:5}: {shares}")
    if options.fit:
        _fit(brain, rows)


def read_judged(file: Path) -> Iterator[dict[str, str]]:
    """Yield the lines of a file of judged questions, by column."""
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def judge(
    brain: Brain, rows: Iterable[dict[str, str]], *, tell: Callable[[str], object]
) -> dict[tuple[str, str], Counter[str]]:
    """Return by kind and language how many got which verdict; `tell` hears what went wrong."""
    verdicts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        hint = "zh" if row["language"] == "zh" else "en"
        question = Question(text=row["question"], front="cli", hint=hint)
        reply = brain.answerer.answer(question, today=_ANY_DAY)
        is_named = reply.entry in row["entries"].split(";")
        verdict = reply.outcome
        if reply.outcome == "answered":
            as_meant = "right" if is_named else "wrong"
            verdict = as_meant if row["kind"] == "paraphrase" else _fooled(is_named=is_named)
        verdicts[row["kind"], row["language"]][verdict] += 1
        if verdict in {"wrong", "fooled"}:
            tell(f"  {verdict:8} {row['question']}  ->  {reply.entry}  ({row['entries']})")
    return verdicts


def _tell_nobody(_line: str) -> None:
    return


def _fooled(*, is_named: bool) -> str:
    return "fooled" if is_named else "answered otherwise"


def _fit(brain: Brain, rows: list[dict[str, str]]) -> None:
    """Print the weights by which right answers are told from others best."""
    table, right, importance = [], [], []
    for row in rows:
        entries = row["entries"].split(";")
        asked = brain.understander.recognise(row["question"], otherwise="en")
        clear = [one for one in brain.understander.match(asked).candidates if not one.vetoes]
        is_paraphrase = row["kind"] == "paraphrase"
        # Another answer to a look-alike may be a good one.
        if not clear or not (is_paraphrase or clear[0].entry in entries):
            continue
        is_right = is_paraphrase and clear[0].entry in entries
        table.append(clear[0].measures)
        right.append(float(is_right))
        importance.append(_WRONG_COUNTS if is_paraphrase and not is_right else 1.0)
    given, weight = np.array(right), np.array(importance)
    # Both kinds count alike, however many there are.
    weight[given == 1] *= weight[given == 0].sum() / max(weight[given == 1].sum(), 1.0)
    start = np.array(brain.understander.calibration.model)
    fitted = fit_logistic(np.array(table), given, start=start, ridge=_RIDGE, importance=weight)
    print(f"weights of the confidence, from {len(table)} questions:")
    for name, before, after in zip(("bias", *WEIGHTS), start, fitted, strict=True):
        print(f"  {name:10} in force {before:6.2f}  fitted {after:6.2f}")


if __name__ == "__main__":
    main()
