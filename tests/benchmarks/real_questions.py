"""Judges the answers on real questions: `python tests/benchmarks/real_questions.py FOLDER [-v]`.

FOLDER holds `answerable_or_not.tsv` (question, language, claims that answer it, `major` for the
catalogue, or `none`)
and `out_of_scope.tsv` (question, language). Printed are shares of the questions that claims answer,
and how many out-of-scope questions were answered; `-v` prints every question that went wrong.
"""

import csv
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from bot.learned import subjects_of
from bot.reply import Question
from bot.services import Brain, load_brain
from bot.settings import Settings
from intents import Language

_NO_CLAIM = {"none"}
# Before every date of review, so that nothing is overdue.
_ANY_DAY = date(2000, 1, 1)


def main() -> None:
    """Print the figures for the folder that the command line names."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder, verbose = Path(sys.argv[1]), "-v" in sys.argv
    brain = load_brain(Settings())
    print(f"knowledge {brain.knowledge.version}, {len(subjects_of(brain.knowledge))} entries")
    _judge_answerable(brain, folder / "answerable_or_not.tsv", verbose=verbose)
    _judge_out_of_scope(brain, folder / "out_of_scope.tsv", verbose=verbose)


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _ask(
    brain: Brain, row: dict[str, str]
) -> tuple[str, str | None, frozenset[str], tuple[str, ...]]:
    hint: Language = "zh" if row["language"] == "zh" else "en"
    question = Question(text=row["question"], front="cli", hint=hint)
    reply = brain.answerer.answer(question, today=_ANY_DAY)
    cited = frozenset(one.claim for one in reply.citations)
    return reply.outcome, reply.entry, cited, tuple(one.entry for one in reply.choices)


def _judge_answerable(brain: Brain, file: Path, *, verbose: bool) -> None:
    with_claims: Counter[str] = Counter()
    without: Counter[str] = Counter()
    for row in _read(file):
        claims = set(row["claims"].split(";"))
        outcome, entry, cited, offered = _ask(brain, row)
        if claims <= _NO_CLAIM:
            without[f"{outcome} ({'/'.join(sorted(claims))})"] += 1
            if verbose and outcome == "answered":
                print(f"  answered without a claim  {row['question']}  ->  {entry}")
            continue
        verdict = _verdict(brain, outcome, claims, cited | _kind_of(entry), offered)
        with_claims[verdict] += 1
        if verbose and verdict != "right":
            wanted = ";".join(sorted(claims))
            print(f"  {verdict:12} {row['question']}  ->  {entry or offered}  (wanted {wanted})")
    total = sum(with_claims.values())
    print(f"questions that claims answer: {total}")
    for verdict in ("right", "wrong", "offered", "offered other", "missed", "chat", "gated"):
        print(f"  {verdict:14} {with_claims[verdict]:4}  {with_claims[verdict] / total:6.1%}")
    print(f"questions without a claim: {sum(without.values())}")
    for verdict, count in sorted(without.items()):
        print(f"  {verdict:20} {count:4}")


def _verdict(
    brain: Brain, outcome: str, claims: set[str], cited: frozenset[str], offered: tuple[str, ...]
) -> str:
    if outcome == "answered":
        return "right" if claims & cited else "wrong"
    if outcome == "offered":
        held = {claim for entry in offered for claim in _claims_of(brain, entry)}
        return "offered" if claims & held else "offered other"
    return outcome


def _claims_of(brain: Brain, entry: str) -> set[str]:
    answer = brain.knowledge.answers.get(entry)
    return {one.claim_id for one in answer.citations} if answer else set(_kind_of(entry))


def _kind_of(entry: str | None) -> frozenset[str]:
    """Return `major` for every entry of the catalogue, as the labels call it."""
    return frozenset({"major"} if entry and ":" in entry else ())


def _judge_out_of_scope(brain: Brain, file: Path, *, verbose: bool) -> None:
    outcomes: Counter[str] = Counter()
    rows = _read(file)
    for row in rows:
        outcome, entry, _, _ = _ask(brain, row)
        outcomes[outcome] += 1
        if verbose and outcome == "answered":
            print(f"  out of scope, answered  {row['question']}  ->  {entry}")
    print(f"out of scope: {len(rows)}")
    for outcome, count in outcomes.most_common():
        print(f"  {outcome:14} {count:4}  {count / len(rows):6.1%}")


if __name__ == "__main__":
    main()
