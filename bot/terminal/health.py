"""Shows how the bot does as tables in a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.health.measuring import OUTCOMES, Health, TitleOf
from bot.words.wording import Wording
from intents import Language
from storage.health import Outcomes

_STYLES = {"answered": "green", "resolved": "green", "offered": "yellow", "missed": "red"}
_NUMBERS = frozenset({"count", "people", "up", "down", "rate"})


class HealthScreen:
    """Writes to one console, in one language."""

    def __init__(self, console: Console, say: Wording, language: Language) -> None:
        self._console = console
        self._say = say
        self._language = language

    def show(self, health: Health, *, title_of: TitleOf) -> None:
        """Show outcomes over time, what is asked most, what is useful, what is due."""

        def name(entry: str) -> tuple[str, str]:
            return entry, title_of(entry, self._language)

        self._show_outcomes(health)
        asked = [(f"{one.count:,}", f"{one.people:,}", *name(one.entry)) for one in health.asked]
        self._show_section("health.asked", ("count", "people"), asked)
        rated = [
            (f"{one.rate:.0%}", str(one.up), str(one.down), one.knowledge_version, *name(one.entry))
            for one in health.rated
        ]
        self._show_section("health.useful", ("rate", "up", "down", "version"), rated)
        due = [
            (one.review_by.isoformat(), f"{one.count:,}", *name(one.entry)) for one in health.due
        ]
        self._show_section("health.due", ("review_by", "count"), due)

    def _show_outcomes(self, health: Health) -> None:
        periods = health.periods
        span = self._tell(
            "health.span", since=periods.firsts[0], until=periods.until, total=f"{health.total:,}"
        )
        unit = self._tell(f"health.unit.{periods.unit}")
        self._console.print(Text(self._tell("health.title"), "bold"))
        self._console.print(Text(f"{span} · {unit}", "dim"))
        table = _make_table()
        table.add_column(self._tell(f"health.period.{periods.unit}"), no_wrap=True)
        for outcome in OUTCOMES:
            style = _STYLES.get(outcome, "")
            table.add_column(self._tell(f"outcome.{outcome}"), justify="right", style=style)
        table.add_column(self._tell("health.total"), justify="right")
        for first, one in zip(periods.firsts, health.outcomes, strict=True):
            table.add_row(first.isoformat(), *_cells(one), f"{one.total:,}")
        table.add_section()
        sums = (f"{health.count(outcome):,}" for outcome in OUTCOMES)
        table.add_row(self._tell("health.total"), *sums, f"{health.total:,}", style="bold")
        self._console.print(table)

    def _show_section(
        self, key: str, columns: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> None:
        """Show a table of entries below its heading; their ids and titles come last."""
        self._console.print()
        self._console.print(Text(self._tell(key), "bold"))
        if not rows:
            self._console.print(Text(self._tell("health.nothing"), "dim"))
            return
        table = _make_table()
        for column in columns:
            heading = self._tell(f"health.column.{column}")
            is_number = column in _NUMBERS
            table.add_column(heading, justify="right" if is_number else "left", no_wrap=True)
        table.add_column(self._tell("health.column.entry"), style="cyan", overflow="fold")
        table.add_column(self._tell("health.column.title"), overflow="fold", ratio=1)
        for row in rows:
            table.add_row(*map(Text, row))
        self._console.print(table)

    def _tell(self, key: str, **values: object) -> str:
        return self._say(key, self._language, **values)


def _make_table() -> Table:
    return Table(box=None, pad_edge=False, header_style="dim")


def _cells(one: Outcomes) -> list[str]:
    """Return the counts; a zero is left out, so that what happened stands out."""
    numbers = (getattr(one, outcome) for outcome in OUTCOMES)
    return [f"{number:,}" if number else "·" for number in numbers]
