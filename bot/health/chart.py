"""Draws what became of questions over time. Loads an image library: import it when it is needed."""

from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from math import ceil

from PIL import Image, ImageDraw, ImageFont

from bot.health.lettering import read_font
from bot.health.measuring import Health
from bot.words.wording import Wording
from intents import Language

_WIDTH, _HEIGHT = 1280, 720
_MARGIN = 40
# Where the bars stand.
_TOP, _RIGHT, _BOTTOM = 208, 1240, 644
_PAPER, _INK, _FAINT, _GRID = "#ffffff", "#1f2933", "#66727f", "#e4e8ec"
# Told apart by those who see no red or green, too: they differ in lightness.
_COLOURS = {
    "answered": "#1b7f79",
    "resolved": "#7cc8b2",
    "offered": "#f2c14e",
    "missed": "#c8384f",
    "gated": "#b8c0c8",
}
_WIDEST_BAR = 84
_LABEL_GAP = 18
_MOST_STEPS = 6


def draw_chart(health: Health, say: Wording, language: Language) -> bytes:
    """Return a PNG image, 1280 by 720: a bar for each period, what became of questions stacked."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), _PAPER)
    _Drawing(ImageDraw.Draw(image), health, say, language).draw()
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


class _Drawing:
    def __init__(
        self, draw: ImageDraw.ImageDraw, health: Health, say: Wording, language: Language
    ) -> None:
        self._draw = draw
        self._health = health
        self._say = say
        self._language = language
        self._file = read_font()

    @cached_property
    def _large(self) -> ImageFont.FreeTypeFont:
        return self._font(34)

    @cached_property
    def _usual(self) -> ImageFont.FreeTypeFont:
        return self._font(22)

    @cached_property
    def _small(self) -> ImageFont.FreeTypeFont:
        return self._font(18)

    def draw(self) -> None:
        self._draw_heading()
        self._draw_legend()
        highest = max((one.total for one in self._health.outcomes), default=0)
        step = _choose_step(highest)
        top = max(step, -(-highest // step) * step)
        left = self._draw_grid(top, step)
        self._draw_bars(top, left)
        if not highest:
            middle = ((left + _RIGHT) / 2, (_TOP + _BOTTOM) / 2)
            text = self._say("health.empty", self._language)
            self._draw.text(middle, text, _FAINT, self._usual, anchor="mm")

    def _draw_heading(self) -> None:
        periods = self._health.periods
        say, language = self._say, self._language
        span = say(
            "health.span",
            language,
            since=periods.firsts[0],
            until=periods.until,
            total=f"{self._health.total:,}",
        )
        unit = say(f"health.unit.{periods.unit}", language)
        self._draw.text(
            (_MARGIN, 62), say("health.title", language), _INK, self._large, anchor="ls"
        )
        self._draw.text((_MARGIN, 100), f"{span} · {unit}", _FAINT, self._usual, anchor="ls")

    def _draw_legend(self) -> None:
        total = self._health.total or 1
        x = float(_MARGIN)
        for outcome, colour in _COLOURS.items():
            name = self._say(f"outcome.{outcome}", self._language)
            number = self._health.count(outcome)
            figures = f"{number:,} · {number / total:.0%}"
            self._draw.rectangle((x, 133, x + 21, 154), colour)
            self._draw.text((x + 32, 151), name, _INK, self._small, anchor="ls")
            self._draw.text((x + 32, 177), figures, _FAINT, self._small, anchor="ls")
            x += 32 + max(map(self._small.getlength, (name, figures))) + 32

    def _draw_grid(self, top: int, step: int) -> float:
        """Draw the lines with their numbers, and return where they begin."""
        values = range(0, top + 1, step)
        left = _MARGIN + self._small.getlength(f"{top:,}") + 14
        for value in values:
            y = _height_of(value, top)
            self._draw.line((left, y, _RIGHT, y), _GRID if value else _FAINT, 1)
            self._draw.text((left - 14, y), f"{value:,}", _FAINT, self._small, anchor="rm")
        return left

    def _draw_bars(self, top: int, left: float) -> None:
        outcomes = self._health.outcomes
        slot = (_RIGHT - left) / len(outcomes)
        width = min(slot * 0.72, _WIDEST_BAR)
        for number, one in enumerate(outcomes):
            middle = left + slot * (number + 0.5)
            below = 0
            for outcome, colour in _COLOURS.items():
                above = below + getattr(one, outcome)
                upper, lower = _height_of(above, top), _height_of(below, top) - 1
                # A single question among thousands is thinner than a pixel.
                if upper <= lower:
                    sides = round(middle - width / 2), round(middle + width / 2)
                    self._draw.rectangle((sides[0], upper, sides[1], lower), colour)
                below = above
        for number, label in self._choose_labels(slot):
            middle = left + slot * (number + 0.5)
            self._draw.line((middle, _BOTTOM, middle, _BOTTOM + 6), _FAINT, 1)
            self._draw.text((middle, _BOTTOM + 16), label, _FAINT, self._small, anchor="ma")

    def _choose_labels(self, slot: float) -> Iterator[tuple[int, str]]:
        """Yield the periods that are named, evenly spread, the last one among them."""
        labels = [f"{first:%m-%d}" for first in self._health.periods.firsts]
        widest = max(map(self._small.getlength, labels)) + _LABEL_GAP
        every = ceil(widest / slot)
        for number in range((len(labels) - 1) % every, len(labels), every):
            yield number, labels[number]

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        # The basic layout is built into every wheel of the library, so that all charts are alike.
        return ImageFont.truetype(BytesIO(self._file), size, layout_engine=ImageFont.Layout.BASIC)


def _height_of(value: int, top: int) -> int:
    """Return how far down the picture a value lies."""
    return round(_BOTTOM - (_BOTTOM - _TOP) * value / top)


def _choose_step(highest: int) -> int:
    """Return the distance of lines (1, 2, 5, 10 …) that leaves at most six above the zero."""
    power = 1
    while highest > 5 * power * _MOST_STEPS:
        power *= 10
    return next(step for step in (power, 2 * power, 5 * power) if highest <= step * _MOST_STEPS)
