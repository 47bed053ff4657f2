"""The command itself: reads what it was given, judges, prints."""

import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.cli.eval.figures import (
    confusion_shape,
    figures_shape,
    group_shape,
    show_confused,
    show_figures,
    show_groups,
)
from bot.cli.eval.memory import peak_memory_mb
from bot.cli.eval.progress import Track, show_progress
from bot.cli.faults import told_plainly
from bot.cli.shapes import as_line
from bot.cli.streams import tell_progress
from bot.proof.judging import Group, judge_knowledge, list_lines
from bot.services import load_brain
from bot.settings import Settings, read_settings
from bot.terminal import on_one_line
from intents import Normaliser, Subject, Understander, load_word_lists
from intents.judging import (
    Confusion,
    Labelled,
    find_confused,
    judge,
    read_index,
    read_questions,
    sum_up,
    tune,
)
from intents.semantic import BackgroundEncoder

_PRECISION = 0.95
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("eval")
@click.option("--index", type=_FILE, help="What is to be found: lines of LABEL<TAB>PHRASING.")
@click.option("--queries", type=_FILE, help="What is asked: the same; LABEL - has no answer.")
@click.option("--tune", "tune_by", type=_FILE, help="Questions to fit weights and threshold on.")
@click.option(
    "--precision",
    type=click.FloatRange(0, 1, min_open=True),
    help=f"The share of answers that --tune is to get right.  [default: {_PRECISION}]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def eval_(
    index: Path | None,
    queries: Path | None,
    tune_by: Path | None,
    precision: float | None,
    *,
    as_json: bool,
) -> None:
    """Judge how well questions are understood.

    With --index and --queries the matcher learns one file and is asked the other. Without files the
    knowledge is judged by its own held-out phrasings, its small talk and the names of its majors.
    """
    if (index is None) != (queries is None):
        raise click.UsageError("--index and --queries go together: one is learned, one is asked")
    if tune_by is not None and index is None:
        raise click.UsageError("--tune needs --index and --queries")
    if precision is not None and tune_by is None:
        raise click.UsageError("--precision needs --tune")
    with told_plainly():
        settings = read_settings()
        if index is None or queries is None:
            _judge_knowledge(settings, as_json=as_json)
        else:
            wanted = precision or _PRECISION
            _judge_files(settings, index, queries, tune_by, wanted, as_json=as_json)


def _judge_files(
    settings: Settings,
    index: Path,
    queries: Path,
    tune_by: Path | None,
    precision: float,
    *,
    as_json: bool,
) -> None:
    subjects = read_index(index.read_bytes(), str(index))
    questions = read_questions(queries.read_bytes(), str(queries))
    known = frozenset(subject.entry for subject in subjects)
    _warn_of_unknown(questions, known, queries)
    start = time.perf_counter()
    understander = _learn(subjects, settings)
    index_s = time.perf_counter() - start
    with show_progress() as track:
        if tune_by is not None:
            labelled = read_questions(tune_by.read_bytes(), str(tune_by))
            _warn_of_unknown(labelled, known, tune_by)
            understander = _tune(understander, labelled, precision, track)
        judged = list(judge(understander, track(questions, "Judging")))
    figures = sum_up(judged, threshold=understander.calibration.answer_from)
    shape = figures_shape(figures, index_s=index_s, peak_mb=peak_memory_mb())
    _print(shape | {"matcher": understander.variant}, find_confused(judged), as_json=as_json)


def _learn(subjects: Sequence[Subject], settings: Settings) -> Understander:
    """Return what has learned `subjects`, as the bot would."""
    words = load_word_lists()
    count = sum(len(subject.phrasings) for subject in subjects)
    understander = Understander(
        subjects,
        words=words,
        normaliser=Normaliser(words.fillers),
        before_learning=lambda: tell_progress(f"Learning {count:,} phrasings ..."),
    )
    if settings.semantic == "on":
        meaning = BackgroundEncoder(prepare=understander.use_meaning)
        meaning.start()
        meaning.wait()
    return understander


def _tune(
    understander: Understander, labelled: Sequence[Labelled], precision: float, track: Track
) -> Understander:
    tuned = tune(
        understander, labelled, precision=precision, track=lambda lines: track(lines, "Tuning")
    )
    if tuned.precision is None:
        click.echo("Warning: nothing can be tuned, for no question finds anything", err=True)
    elif not tuned.is_reached:
        click.echo(
            f"Warning: no threshold reaches a precision of {precision:.1%} on the questions to"
            f" tune by; the nearest, {tuned.calibration.answer_from:.4f}, reaches"
            f" {tuned.precision:.1%}",
            err=True,
        )
    return understander.calibrated(tuned.calibration)


def _warn_of_unknown(questions: Iterable[Labelled], known: frozenset[str], file: Path) -> None:
    unknown = [one.label for one in questions if one.label is not None and one.label not in known]
    if unknown:
        click.echo(
            f"Warning: {file}: {len(unknown)} questions have a label that the index does not know,"
            f" such as '{on_one_line(unknown[0])}'; they can't be right",
            err=True,
        )


def _judge_knowledge(settings: Settings, *, as_json: bool) -> None:
    start = time.perf_counter()
    brain = load_brain(settings, tell=tell_progress)
    brain.wait_for_meaning()
    index_s = time.perf_counter() - start
    with show_progress() as track:
        found = judge_knowledge(brain, track(list_lines(brain), "Judging"))
    shape = {
        "knowledge_version": brain.knowledge.version,
        "matcher": brain.understander.variant,
        **figures_shape(found.figures, index_s=index_s, peak_mb=peak_memory_mb()),
        "groups": group_shape(found.groups),
    }
    _print(shape, found.confused, as_json=as_json, groups=found.groups)


def _print(
    shape: Mapping[str, Any],
    confused: Sequence[Confusion],
    *,
    as_json: bool,
    groups: Mapping[str, Group] | None = None,
) -> None:
    if as_json:
        click.echo(as_line({**shape, "confused": confusion_shape(confused)}))
        return
    console = Console(highlight=False)
    show_figures(console, shape)
    if groups:
        console.print()
        show_groups(console, groups)
    if confused:
        console.print()
        show_confused(console, confused)
