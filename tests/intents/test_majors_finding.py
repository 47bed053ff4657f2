"""Finding majors, classes and categories in a text, with a handful of names."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents import Normaliser, WordLists
from intents.majors import Look, MajorFinder, Named
from intents.wordlists import Alias

LookUp = Callable[[str], Look]


def _named(kind: str, zh: str, en: str, *codes: str) -> Named:
    return Named(kind=kind, id=f"{kind}:{zh}", zh=zh, en=en, codes=codes)  # type: ignore[arg-type]


NURSING = _named("major", "护理", "Nursing", "720201", "520201")
MIDWIFERY = _named("major", "助产", "Midwifery", "520202")
LAW = _named("major", "法律", "Law", "380401")
LEGAL = _named("major", "法律事务", "Legal Affairs", "780401")
REPAIR = _named("major", "汽车运用与维修", "Automobile Operation and Repair", "700206")
TESTING = _named("major", "汽车检测与维修技术", "Automobile Inspection and Repair", "500211")
IMAGING = _named("major", "医学影像技术", "Medical Imaging Technology", "520502")
ENGLISH = _named("major", "应用英语", "Applied English", "570202")
FRENCH = _named("major", "应用法语", "Applied French", "570211")
PACKAGING = _named("major", "包装工程技术", "Packaging Engineering Technology", "480201")
GARMENTS = _named("major", "服装工程技术", "Garment Engineering Technology", "280402")
DRILLING = _named("major", "钻井技术", "Well Drilling Technology", "420403")
NURSES = _named("class", "护理类", "Nursing", "7202", "5202")
COMPUTING = _named("class", "计算机类", "Computing", "7102")
HEALTH = _named("category", "医药卫生大类", "Medicine and Health", "72")
NAMES = (HEALTH, COMPUTING, NURSES, NURSING, MIDWIFERY, LAW, LEGAL, REPAIR, TESTING, IMAGING,
         ENGLISH, FRENCH, PACKAGING, GARMENTS, DRILLING)  # fmt: skip
ALIASES = (
    Alias(zh=("护士", "护理学"), en=("nurse",), majors=("护理",)),
    Alias(zh=("汽修", "修汽车"), en=("car mechanic",), majors=(REPAIR.zh, TESTING.zh)),
    Alias(zh=("法律专业",), en=("law major",), majors=("法律事务", "法律")),
    Alias(zh=("电脑",), classes=("计算机类",)),
    Alias(zh=("占卜",), majors=("占星",)),
)  # fmt: skip


@pytest.fixture(scope="module")
def finder(words: WordLists, normaliser: Normaliser) -> MajorFinder:
    return MajorFinder(
        NAMES,
        aliases=ALIASES,
        requests=words.requests,
        levels=[one for one in words.concepts if one.id in {"secondary", "diploma", "bachelor"}],
        pinyin=words.pinyin,
        normaliser=normaliser,
    )


@pytest.fixture(scope="module")
def look(finder: MajorFinder, normaliser: Normaliser) -> LookUp:
    """Return what normalises a text and looks at it."""

    def look_(text: str) -> Look:
        return finder.look(normaliser(text))

    return look_


@pytest.mark.parametrize(
    ("text", "how", "named"),
    [
        ("520201", "code", (NURSING,)),
        ("520201K是什么", "code", (NURSING,)),
        ("护理", "name", (NURSING,)),
        ("Nursing", "name", (NURSING,)),
        ("Well Drilling Technology", "name", (DRILLING,)),
        ("護理專業", "name", (NURSING,)),
        ("醫學影像技術", "name", (IMAGING,)),
        ("想学法律事务", "name", (LEGAL,)),
        ("法律专业", "name", (LAW,)),
        ("law major", "name", (LAW,)),
        ("护理类", "name", (NURSES,)),
        ("计算机", "name", (COMPUTING,)),
        ("医药卫生", "name", (HEALTH,)),
        ("护士", "alias", (NURSING,)),
        ("she wants to be a nurse", "alias", (NURSING,)),
        ("电脑", "alias", (COMPUTING,)),
        ("汽修", "alias", (REPAIR, TESTING)),
        ("huli", "sound", (NURSING,)),
        ("tell me about hu li", "sound", (NURSING,)),
        ("fa lv shi wu", "sound", (LEGAL,)),
        ("falushiwu", "sound", (LEGAL,)),
        ("fuzhuanggongchengjishu", "sound", (GARMENTS,)),
        ("xiuqiche", "sound", (REPAIR, TESTING)),
        ("护里专业要读几年", "sound", (NURSING,)),
        ("法律亊务", "slip", (LEGAL,)),
        ("法事务", "slip", (LEGAL,)),
        ("汽车运用维与修", "slip", (REPAIR,)),
        ("my son wants to study midwifry", "slip", (MIDWIFERY,)),
        ("what is aplied english?", "slip", (ENGLISH,)),
        ("car mechanik", "slip", (REPAIR, TESTING)),
        ("应用某语", "slip", (ENGLISH, FRENCH)),
    ],
)
def test_a_name_is_found(text: str, how: str, named: tuple[Named, ...], look: LookUp) -> None:
    found = look(text)
    assert found.rest == ()
    assert [(one.how, set(one.named)) for one in found.mentions] == [(how, set(named))]


@pytest.mark.parametrize(
    "text", ["law", "i want to study law", "a degree in law", "law programmes"]
)
def test_an_everyday_word_names_a_major_alone_or_beside_a_word_for_one(
    text: str, look: LookUp
) -> None:
    assert [one.named for one in look(text).mentions] == [(LAW,)]


@pytest.mark.parametrize(
    "text", ["what is the vocational law", "the law on fees", "the degree law"]
)
def test_an_everyday_word_names_nothing_elsewhere(text: str, look: LookUp) -> None:
    found = look(text)
    assert found.mentions == ()
    assert "law" in " ".join(found.rest)


@pytest.mark.parametrize(
    ("text", "slots", "levels"),
    [
        ("护理专业要读几年", {"how_long"}, set()),
        ("护理学什么", {"content"}, set()),
        ("护理学费多少", {"fee"}, set()),
        ("大专护理出来干什么", {"jobs"}, {"diploma"}),
        ("secondary nursing", set(), {"secondary"}),
        ("how many years is the diploma in nursing", {"how_long"}, {"diploma"}),
        ("code and fees of nursing", {"code", "fee"}, set()),
    ],
)
def test_what_is_asked_of_it_is_found_too(
    text: str,
    slots: set[str],
    levels: set[str],
    look: LookUp,
) -> None:
    found = look(text)
    assert [one.named for one in found.mentions] == [(NURSING,)]
    assert (found.slots, found.levels, found.rest) == (slots, levels, ())


@pytest.mark.parametrize("text", ["护士资格证怎么考", "护理专业在北京", "nursing in shanghai"])
def test_words_about_something_else_are_left_over(text: str, look: LookUp) -> None:
    found = look(text)
    assert found.mentions
    assert found.rest


@pytest.mark.parametrize("text", ["狐狸", "鸡", "虎力", "999999", "52020", "5202011", "占卜"])
def test_what_only_sounds_like_a_short_name_or_looks_like_a_code_is_none(
    text: str, look: LookUp
) -> None:
    assert look(text).mentions == ()


def test_two_names_are_two_mentions_and_doubles_are_one(look: LookUp) -> None:
    assert [one.named for one in look("护理和助产有什么区别").mentions] == [
        (NURSING,),
        (MIDWIFERY,),
    ]
    assert [one.named for one in look("compare midwifry and nursing").mentions] == [
        (MIDWIFERY,),
        (NURSING,),
    ]
    assert [one.named for one in look("护士 护理").mentions] == [(NURSING,)]


@pytest.mark.parametrize("text", ["占星专业", "有没有占星专业", "astrology major", "护理占星专业",
                                  "is there a degree in astrology"])  # fmt: skip
def test_an_unknown_major_is_known_to_be_called_one(text: str, look: LookUp) -> None:
    found = look(text)
    assert found.asks_for_a_major
    assert found.mentions == ()
    assert len(found.near) == 3
    assert {one.kind for one in found.near} == {"major"}


@pytest.mark.parametrize("text", ["占星", "推荐一个专业", "best majors", "换专业", "专业"])
def test_not_every_word_at_major_is_the_name_of_one(text: str, look: LookUp) -> None:
    assert not look(text).asks_for_a_major


PIECES = [
    *"护理法律事务汽车运用与维修专业学类的 ", "nursing", "major", "520201", "law", "huli", "a",
    "in", "区别", "几年", "lv",
]  # fmt: skip
TEXT = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))


@given(text=TEXT)
@settings(deadline=None)
def test_any_text_gives_a_look(text: str, finder: MajorFinder, normaliser: Normaliser) -> None:
    """Never an error, never more than three near names, and always the same."""
    for typed in (text, normaliser(text)):
        found = finder.look(typed)
        assert len(found.near) <= 3
        assert all(mention.named for mention in found.mentions)
        assert not (found.near and found.mentions and not found.rest)
        assert finder.look(typed) == found
