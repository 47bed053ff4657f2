"""The ways in which people type the name of a major."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from random import Random

from opencc import OpenCC

from intents import Language
from intents.text.sounds import Sounds
from knowledge.catalogue import Major

Typed = Callable[[Major, Random], str | None]
_SHORTEST_SLIP = 4
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对"
    "成会可主发年动同工也能下过子说产种面而方后多定"
)
_SENTENCES: dict[Language, tuple[str, ...]] = {
    "zh": (
        "{}专业要读几年",
        "{}是什么专业",
        "请问{}毕业后能做什么工作",
        "孩子想学{}",
        "{}专业好就业吗",
        "{}能升本吗",
        "{}专业的代码是多少",
    ),
    "en": (
        "how long does {} take?",
        "what jobs are there after {}",
        "tell me about {}",
        "what is {}?",
        "my son wants to study {}",
        "What is the code of the {} major?",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way of asking for a major, with the least share found and the most wrong that it allows.

    `is_first` asks for the right card itself; else it may also be offered among three.
    """

    name: str
    language: Language
    typed: Typed
    least: float
    most_wrong: float = 1.0
    is_first: bool = False
    is_sentence: bool = False


def ways_of_asking(table: dict[str, str]) -> tuple[Way, ...]:
    """Return every way of asking, alone and in a sentence; `table` tells how characters sound."""
    to_traditional = OpenCC("s2tw").convert
    ways = [
        _exact("name", "zh", lambda major: major.name.zh, least=1.0),
        _exact("traditional", "zh", lambda major: to_traditional(major.name.zh), least=0.99),
        Way(name="one wrong", language="zh", typed=_slip(_put_wrong), least=0.97, most_wrong=0.01),
        Way(name="one dropped", language="zh", typed=_slip(_drop), least=0.97, most_wrong=0.01),
        Way(name="two swapped", language="zh", typed=_slip(_swap), least=0.97, most_wrong=0.01),
        _exact("name", "en", lambda major: major.name.en, least=0.995),
        Way(name="typo", language="en", typed=_mistype, least=0.98, most_wrong=0.01),
        _exact("code", "en", lambda major: major.code, least=1.0),
        _exact("code with K", "en", lambda major: f"{major.code}K", least=1.0),
    ]
    sounds = Sounds(table)
    readers: dict[str, Callable[[str], Sequence[str]]] = {
        "pinyin": lambda text: [sounds.usual(character) for character in text]
    }
    if find_spec("pypinyin"):
        # Only there by hand: the project needs it nowhere else.
        from pypinyin import lazy_pinyin  # noqa: PLC0415

        readers["pypinyin"] = lazy_pinyin
    for name, read in readers.items():
        for joint, how in (("", "joined"), (" ", "spaced")):
            typed = _spell(read, joint)
            ways.append(Way(name=f"{name} {how}", language="en", typed=typed, least=0.95))
    return tuple(one for way in ways for one in (way, _in_sentence(way)))


def _exact(name: str, language: Language, typed: Callable[[Major], str], *, least: float) -> Way:
    def typed_(major: Major, _: Random) -> str:
        return typed(major)

    return Way(name=name, language=language, typed=typed_, least=least, is_first=True)


def _in_sentence(way: Way) -> Way:
    def typed(major: Major, random: Random) -> str | None:
        text = way.typed(major, random)
        return text and random.choice(_SENTENCES[way.language]).format(text)

    return Way(
        name=f"{way.name}, in a sentence",
        language=way.language,
        typed=typed,
        least=way.least,
        most_wrong=way.most_wrong,
        is_first=way.is_first,
        is_sentence=True,
    )


def _spell(read: Callable[[str], Sequence[str]], joint: str) -> Typed:
    return lambda major, _: joint.join(read(major.name.zh))


def _slip(change: Callable[[str, Random], str]) -> Typed:
    def typed(major: Major, random: Random) -> str | None:
        name = major.name.zh
        return change(name, random) if len(name) >= _SHORTEST_SLIP else None

    return typed


def _put_wrong(name: str, random: Random) -> str:
    index = random.randrange(len(name))
    return name[:index] + random.choice(_CHARACTERS) + name[index + 1 :]


def _drop(name: str, random: Random) -> str:
    index = random.randrange(len(name))
    return name[:index] + name[index + 1 :]


def _swap(name: str, random: Random) -> str:
    index = random.randrange(len(name) - 1)
    return name[:index] + name[index + 1] + name[index] + name[index + 2 :]


def _mistype(major: Major, random: Random) -> str:
    """Return the English name with a letter dropped, added, wrong, or swapped with the next."""
    name = major.name.en.lower()
    index = random.choice([i for i, one in enumerate(name[:-1]) if one.isalpha()])
    before, letter, after = name[:index], name[index], name[index + 1 :]
    return random.choice(
        (
            before + after,
            before + random.choice(_LETTERS) + letter + after,
            before + random.choice(_LETTERS) + after,
            before + after[0] + letter + after[1:],
        )
    )
