"""In which language and script the bot speaks to somebody."""

from dataclasses import dataclass
from typing import Literal

from bot.reply import Reply
from bot.words.spelling import in_traditional
from bot.words.wording import Wording
from intents import Language
from intents.text.language import contains_han
from intents.text.traditional import is_traditional, to_traditional

# `zt` is Chinese in traditional characters.
Tongue = Literal["zh", "zt", "en"]
_TRADITIONAL_CODES = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


@dataclass(frozen=True, slots=True)
class Voice:
    """Says the bot's own words to one person, and spells replies for them."""

    wording: Wording
    tongue: Tongue

    @property
    def language(self) -> Language:
        """Return the language without its script."""
        return "en" if self.tongue == "en" else "zh"

    @property
    def spelled(self) -> Wording:
        """Return the wording in the script of the person."""
        return self.wording.in_traditional() if self.tongue == "zt" else self.wording

    def __call__(self, key: str, **values: object) -> str:
        """Return the text under `key`."""
        return self.spelled(key, self.language, **values)

    def spell_text(self, text: str) -> str:
        """Return a text in the script of the person."""
        return to_traditional(text) if self.tongue == "zt" else text

    def spell(self, reply: Reply) -> Reply:
        """Return the reply in the script of the person."""
        return in_traditional(reply) if self.tongue == "zt" else reply


def tongue_of_code(code: str | None) -> Tongue:
    """Return the tongue of a language code of Telegram, English where it is neither language."""
    code = (code or "").lower()
    if code.startswith(_TRADITIONAL_CODES):
        return "zt"
    return "zh" if code.startswith("zh") else "en"


def tongue_of_question(text: str, language: Language, otherwise: Tongue) -> Tongue:
    """Return the tongue in which a question is answered in `language`.

    Its script decides, `otherwise` where it shows none.
    """
    if language == "en":
        return "en"
    if not contains_han(text):
        return "zt" if otherwise == "zt" else "zh"
    return "zt" if is_traditional(text) else "zh"
