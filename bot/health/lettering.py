"""The letters that the chart is written with, the same on every machine."""

from importlib import resources

from bot.words.wording import load_wording
from intents.text.traditional import to_traditional

_FAMILIES = ("health.", "outcome.")
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_SIGNS = "…–—·×、。，：；（）“”"


def read_font() -> bytes:
    """Return the font file; `bot/data/fonts/README.md` says where it comes from."""
    return (resources.files("bot") / "data" / "fonts" / "chart.otf").read_bytes()


def list_characters() -> str:
    """Return every character that the font must hold, in order."""
    say = load_wording()
    keys = [key for key in sorted(say.keys()) if key.startswith(_FAMILIES)]
    chinese = "".join(say.template(key, "zh") for key in keys)
    english = "".join(say.template(key, "en") for key in keys)
    return "".join(
        sorted({*_ASCII, *_SIGNS, *chinese, *to_traditional(chinese), *english} - {"\n"})
    )
