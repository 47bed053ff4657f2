"""How right every method is, how long it takes and what it weighs; and what noise costs it."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from compared.goals import Goal, print_goals
from compared.measuring import Measured, apart, measure, scores, top1
from compared.noise import CHINESE, LATIN
from compared.peers import OWN, TRAINED
from compared.sets import NO_ANSWER, BenchmarkSet, print_table
from intents.judging.metrics import auroc, percentile

SEED = 20260101
CLEAN = "as typed"
EVERYTHING = "all questions"
# What one edit may cost, and what must be left of Chinese in pinyin.
MOST_LOST, LEAST_BY_SOUND = 0.03, 0.70


def compare(one: BenchmarkSet, methods: Sequence[str], noisy: int) -> bool:
    """Print how every method does on a set; return whether the matcher does what was asked of it.

    So many questions at most are asked once more under every noise.
    """
    sample = one.answerable(noisy)
    asked = {EVERYTHING: [text for _, text in one.queries], **_noisy(one, sample)}
    measured = {
        method: apart(measure, method, one.index, asked, timed=EVERYTHING) for method in methods
    }
    rows = [_row(method, found, one) for method, found in measured.items()]
    heading = ("method", "top-1", "AUROC", "ready s", "ms p50", "ms p95", "ms p99", "MB added")
    print_table(f"{one.name}: {one.about}", heading, rows)
    labels = [label for label, _ in sample]
    print_table(
        f"{one.name}: top-1 of {len(sample):,} questions under noise",
        ("noise", *measured),
        [
            (name, *(_share(top1(found.answers[name], labels)) for found in measured.values()))
            for name in asked
            if name != EVERYTHING
        ],
    )
    return print_goals(one.name, _goals_of(one, measured, labels))


def _goals_of(
    one: BenchmarkSet, measured: Mapping[str, Measured], labels: Sequence[str]
) -> Iterator[Goal]:
    own = measured[OWN]

    def under(noise: str) -> float:
        return top1(own.answers[noise], labels)

    yield Goal("one edit costs", under(CLEAN) - under("one edit"), MOST_LOST, is_most=True)
    if one.is_chinese:
        yield Goal("top-1 in pinyin", under("pinyin"), LEAST_BY_SOUND)
        yield Goal("top-1 in pinyin with spaces", under("pinyin, spaced"), LEAST_BY_SOUND)
    trained = [measured[name] for name in TRAINED if name in measured]
    if trained:
        best = max(_accuracy(found, one) for found in trained)
        yield Goal("top-1, against the better classifier,", _accuracy(own, one), best)
        surest = max(_auroc(found, one) for found in trained)
        yield Goal("AUROC, against the better classifier,", _auroc(own, one), surest)


def _noisy(one: BenchmarkSet, sample: Sequence[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    found = {CLEAN: [text for _, text in sample]}
    for name, change in (CHINESE if one.is_chinese else LATIN).items():
        random = Random(f"{SEED} {one.name} {name}")  # noqa: S311 - not for secrets
        found[name] = [change(text, random) for _, text in sample]
    return found


def _row(method: str, found: Measured, one: BenchmarkSet) -> tuple[str, ...]:
    times = (percentile(found.milliseconds, percent) or 0.0 for percent in (50, 95, 99))
    return (
        method,
        _share(_accuracy(found, one)),
        _share(_auroc(found, one)),
        f"{found.ready_s:.1f}",
        *(f"{time:.2f}" for time in times),
        f"{found.added_mb:.0f}",
    )


def _accuracy(found: Measured, one: BenchmarkSet) -> float:
    answers = found.answers[EVERYTHING]
    pairs = zip(answers, one.queries, strict=True)
    known = [(answer, label) for answer, (label, _) in pairs if label != NO_ANSWER]
    return top1([answer for answer, _ in known], [label for _, label in known])


def _auroc(found: Measured, one: BenchmarkSet) -> float:
    sure = scores(found.answers[EVERYTHING])
    pairs = list(zip(sure, (label for label, _ in one.queries), strict=True))
    wanted = [score for score, label in pairs if label != NO_ANSWER]
    return auroc(wanted, [score for score, label in pairs if label == NO_ANSWER]) or 0.0


def _share(value: float) -> str:
    return f"{value:.4f}"
