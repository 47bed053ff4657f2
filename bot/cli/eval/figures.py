"""Shows how well questions are understood: as JSON that others rely on, or as tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.proof.judging import Group
from bot.terminal import on_one_line
from intents.judging import Confusion, Figures

_DECIMALS = 6
_MOST_SHOWN = 10


def figures_shape(figures: Figures, *, index_s: float, peak_mb: float | None) -> dict[str, Any]:
    """Return figures as `voced eval --json` prints them; what could not be told is `None`."""
    return _rounded({**asdict(figures), "index_s": index_s, "peak_mb": peak_mb})


def confusion_shape(confused: Iterable[Confusion]) -> list[dict[str, Any]]:
    """Return confused pairs as `voced eval --json` prints them."""
    return [_rounded(asdict(one)) for one in confused]


def group_shape(groups: Mapping[str, Group]) -> dict[str, Any]:
    """Return groups of lines as `voced eval --json` prints them."""
    return {
        name: {"asked": group.asked, "right": group.right, "failures": list(group.failures)}
        for name, group in groups.items()
    }


def show_figures(console: Console, shape: Mapping[str, Any]) -> None:
    """Show figures in the shape that JSON has."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column()
    for name, value in _rows_of(shape):
        table.add_row(name, Text(value))
    console.print(table)


def show_groups(console: Console, groups: Mapping[str, Group]) -> None:
    """Show groups of lines, and some lines that did not do what they must."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("lines", style="cyan", no_wrap=True)
    table.add_column("asked", justify="right")
    table.add_column("right", justify="right")
    table.add_column("failures", overflow="fold")
    for name, group in groups.items():
        shown = " · ".join(group.failures[:_MOST_SHOWN])
        more = len(group.failures) - _MOST_SHOWN
        shown += f" … and {more} more" if more > 0 else ""
        share = _percent(group.right / group.asked)
        table.add_row(name, f"{group.asked:,}", share, Text(on_one_line(shown)))
    console.print(table)


def show_confused(console: Console, confused: Sequence[Confusion]) -> None:
    """Show which entries are most easily taken for each other."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("entry", style="cyan", overflow="fold")
    table.add_column("taken for it", overflow="fold")
    table.add_column("instead", justify="right")
    table.add_column("behind", justify="right")
    table.add_column("least lead", justify="right")
    for one in confused:
        lead = "" if one.lead is None else f"{one.lead:.2f}"
        names = (Text(on_one_line(one.entry)), Text(on_one_line(one.other)))
        table.add_row(*names, str(one.instead), str(one.behind), lead)
    console.print(table)


def _rows_of(shape: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "questions", f"{shape['questions']:,}"
    yield "top-1", _percent(shape["top1"])
    yield "AUROC", _number(shape["auroc"], 4)
    yield "threshold", _number(shape["threshold"], 4)
    counts = f"{shape['answered']:,}: {shape['right']:,} right, {shape['wrong']:,} wrong"
    yield "answered", f"{counts} (precision {_percent(shape['precision'])})"
    yield "refused rightly", f"{shape['refused_rightly']:,}"
    yield "offered", f"{shape['offered']:,}"
    yield "calibration error", _number(shape["calibration_error"], 4)
    times = (f"p{name} {_number(shape[f'ms_p{name}'], 2)}" for name in (50, 95, 99))
    yield "milliseconds", ", ".join(times)
    yield "learned in", f"{shape['index_s']:.2f} s"
    yield "memory", f"{_number(shape['peak_mb'], 0)} MB at most"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _number(value: float | None, decimals: int) -> str:
    return "–" if value is None else f"{value:.{decimals}f}"


def _rounded(shape: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: round(value, _DECIMALS) if isinstance(value, float) else value
        for name, value in shape.items()
    }
