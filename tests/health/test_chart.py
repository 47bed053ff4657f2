"""The chart: a picture with every colour where it belongs, in letters that are all there."""

import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image, ImageFont

from bot.health.chart import _COLOURS, draw_chart
from bot.health.lettering import list_characters, read_font
from bot.health.measuring import OUTCOMES, Health
from bot.words.wording import load_wording
from intents import Language
from tests.health.conftest import MakeHealth

EACH = {"answered": 50, "resolved": 10, "offered": 10, "missed": 20, "gated": 10}


def _draw(health: Health, language: Language = "zh") -> Image.Image:
    image = Image.open(BytesIO(draw_chart(health, load_wording(), language)))
    assert (image.format, image.size) == ("PNG", (1280, 720))
    return image.convert("RGB")


def _count(image: Image.Image, colour: str) -> int:
    """Return how many pixels below the legend have this colour."""
    wanted = tuple(bytes.fromhex(colour.removeprefix("#")))
    bars = image.crop((0, 200, 1280, 720))
    return sum(count for count, one in bars.getcolors(maxcolors=1 << 20) or () if one == wanted)


def test_the_font_holds_every_character_of_the_chart() -> None:
    """In simplified and traditional characters; a missing one would be an empty box.

    `bot/data/fonts/README.md` says how to put one in.
    """
    font = ImageFont.truetype(BytesIO(read_font()), 40)

    def shape(character: str) -> bytes:
        return bytes(font.getmask(character))

    nothing = shape("\N{SNOWMAN}")
    assert any(nothing)
    missing = [one for one in list_characters() if shape(one) == nothing]
    assert missing == []
    assert {"提", "問", "问", "a", "%"} <= set(list_characters())


def test_every_outcome_has_a_colour_and_takes_the_room_of_its_share(
    make_health: MakeHealth,
) -> None:
    """Half of the bars is what half of the questions became."""
    assert tuple(_COLOURS) == OUTCOMES
    image = _draw(make_health(each=EACH))
    counts = {outcome: _count(image, colour) for outcome, colour in _COLOURS.items()}
    total = sum(counts.values())
    for outcome, share in EACH.items():
        assert counts[outcome] / total == pytest.approx(share / 100, abs=0.02)


@pytest.mark.parametrize("days", [1, 31, 366])
@pytest.mark.parametrize("scale", [1, 100_000])
def test_any_span_and_any_number_fits(days: int, scale: int, make_health: MakeHealth) -> None:
    """Nothing is drawn at the very edge, where it would be cut off."""
    each = {outcome: number * scale for outcome, number in EACH.items()}
    for language in ("zh", "en"):
        image = _draw(make_health(days=days, each=each), language)  # type: ignore[arg-type]
        for edge in ((0, 0, 1280, 8), (0, 712, 1280, 720), (0, 0, 8, 720), (1272, 0, 1280, 720)):
            assert image.crop(edge).getcolors() == [
                ((edge[2] - edge[0]) * (edge[3] - edge[1]), (255, 255, 255))
            ]


def test_without_a_question_the_chart_says_so(make_health: MakeHealth) -> None:
    """It has no bar, and words in the middle."""
    image = _draw(make_health())
    assert all(_count(image, colour) == 0 for colour in _COLOURS.values())
    middle = image.crop((440, 400, 880, 450))
    assert len(middle.getcolors(maxcolors=1 << 20) or ()) > 1


def test_the_languages_differ_in_words_alone(make_health: MakeHealth) -> None:
    """The bars are the same, the heading is another."""
    chinese, english = (_draw(make_health(each=EACH), one) for one in ("zh", "en"))  # type: ignore[arg-type]
    bars, heading = (0, 200, 1280, 720), (0, 0, 1280, 120)
    assert chinese.crop(bars).tobytes() == english.crop(bars).tobytes()
    assert chinese.crop(heading).tobytes() != english.crop(heading).tobytes()


def test_the_same_figures_give_the_same_file(make_health: MakeHealth) -> None:
    """Byte for byte."""
    health = make_health(each=EACH)
    say = load_wording()
    assert draw_chart(health, say, "zh") == draw_chart(health, say, "zh")


@pytest.mark.process
def test_nobody_pays_for_the_image_library_but_the_chart() -> None:
    """Neither the start of the bot nor the table loads it."""
    code = (
        "import sys, bot.cli.run, bot.cli.stats, bot.terminal.health, bot.health.digest\n"
        "print('PIL' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert result.stdout.split() == [b"False"]
