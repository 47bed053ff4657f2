"""Shows replies and missed questions in a terminal, or as plain text where there is none."""

import re
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.reply import Reply
from bot.words.citing import details_of, merge_citations, title_of
from bot.words.wording import Wording
from storage.editing import Gap

_INDENT = "  "
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_STYLES = {"answered": "bold green", "offered": "bold yellow", "missed": "bold yellow"}


def on_one_line(text: str) -> str:
    """Return what a stranger typed without line ends and without orders to the terminal."""
    return _CONTROLS.sub(" ", text)


class Screen:
    """Writes to one console."""

    def __init__(self, console: Console, wording: Wording) -> None:
        self._console = console
        self._say = wording

    def show(self, reply: Reply) -> None:
        """Show a whole reply: text, sources, choices, related questions."""
        if reply.title:
            self._console.print(Text(reply.title, _STYLES.get(reply.outcome, "")))
        heading = self._say("related", reply.language)
        self.tell("\n\n".join(block for block in reply.blocks if block != heading))
        self._show_citations(reply)
        if reply.ways_on:
            self._show_ways_on(reply)
        if reply.related:
            titles = self._say("list_separator", reply.language).join(
                one.title for one in reply.related
            )
            self._console.print(Text(f"{heading} {titles}", "dim"))
        self._console.print()

    def tell(self, text: str) -> None:
        """Show plain text as it is; nothing in it is markup."""
        self._console.print(Text(text))

    def hint(self, text: str) -> None:
        """Show what can be done next."""
        self._console.print(Text(text, "dim"))

    def complain(self, text: str) -> None:
        """Show a fault."""
        self._console.print(Text(text, "bold red"))

    def show_missed(self, gaps: Sequence[Gap]) -> None:
        """Show the gaps that wait for an editor, as a table."""
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column("gap", style="cyan", no_wrap=True)
        table.add_column("asked", justify="right")
        table.add_column("people", justify="right")
        table.add_column("first", no_wrap=True)
        table.add_column("last", no_wrap=True)
        table.add_column("reason")
        table.add_column("question", overflow="fold", ratio=1)
        for gap in gaps:
            table.add_row(
                gap.id,
                str(gap.count),
                str(gap.people),
                f"{gap.first:%Y-%m-%d}",
                f"{gap.last:%Y-%m-%d}",
                gap.reason or "",
                Text(on_one_line(gap.text)),
            )
        self._console.print(table)

    def _show_citations(self, reply: Reply) -> None:
        citations = merge_citations(reply.citations)
        if not citations:
            return
        key = "source" if len(citations) == 1 else "sources"
        self._console.print(Text(self._say(key, reply.language), "dim"))
        for cited in citations:
            line = Text(title_of(cited, reply.language), "cyan")
            line.append(f" — {details_of(cited, reply.language)}", "dim")
            self._show_indented(line)
            if cited.url:
                # Never broken nor cut: whoever reads it wants to open it.
                address = Text(_INDENT).append(cited.url, "dim underline")
                self._console.print(address, soft_wrap=True)

    def _show_ways_on(self, reply: Reply) -> None:
        ways = enumerate(reply.ways_on, start=1)
        lines = [f"{number}. {choice.title}" for number, choice in ways]
        if reply.is_offer:
            lines.append(f"0. {self._say('none_of_these', reply.language)}")
        self._show_indented(Text("\n".join(lines), "yellow"))

    def _show_indented(self, text: Text) -> None:
        """Show `text` further in, without the spaces that rich fills lines up with."""
        for line in text.wrap(self._console, max(self._console.width - len(_INDENT), 1)):
            line.rstrip()
            self._console.print(Text(_INDENT).append_text(line))
