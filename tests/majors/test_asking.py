"""Each way of asking for majors, in both languages, through everything that answers."""

from collections.abc import Callable

import pytest

from bot.reply import Reply
from bot.services import Brain
from intents import Language
from knowledge.catalogue import Catalogue

Ask = Callable[..., Reply]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("护理", "major:720201"),
        ("護理", "major:720201"),
        ("护士", "major:720201"),
        ("我女儿想当护士", "major:720201"),
        ("she wants to be a nurse", "major:720201"),
        ("Nursing", "major:720201"),
        ("huli", "major:720201"),
        ("hu li", "major:720201"),
        ("hu li zhuan ye", "major:720201"),
        ("护里", "major:720201"),
        ("nursng", "major:720201"),
        ("520201", "major:520201"),
        ("520201K", "major:520201"),
        ("what is 520201?", "major:520201"),
        ("大专护理", "major:520201"),
        ("diploma in nursing", "major:520201"),
        ("本科护理", "major:320201"),
        ("nursing at bachelor level", "major:320201"),
        ("is there a bachelor in robotics?", "major:260304"),
        ("儿子想学厨师，中专有吗", "major:740201"),
        ("法律专业", "major:380401"),
        ("law major", "major:380401"),
        ("旅游专业", "class:7401"),
        ("学什么专业能当老师", "class:7701"),
        ("which majors lead to railway jobs", "class:7001"),
        ("大专里有哪些计算机专业", "class:5102"),
        ("财经商贸大类有哪些专业", "category:73"),
        ("how many nursing majors are there at bachelor level", "class:3202"),
        ("护理和助产有什么区别", "compare:520201,520202"),
        ("中专护理和大专护理的区别", "compare:720201,520201"),
        ("nursing dazhuan vs bachelor", "compare:520201,320201"),
        ("大专学护理出来能干嘛", "major:520201"),
        ("i want to study law", "major:380401"),
        ("compare nursing and midwifery", "compare:520201,520202"),
        ("compare nursing and midwifry", "compare:520201,520202"),
        ("520201 vs 520202", "compare:520201,520202"),
        ("会计和财务管理哪个好", "compare:530302,530301"),
        ("护理跟助产这俩专业有啥不一样", "compare:520201,520202"),
        (
            "nursing or midwifery, whats the difference between the two majors",
            "compare:520201,520202",
        ),
        ("护里专业代码是多少", "major:720201"),
        ("what is the code of the midifery major", "major:520202"),
        ("护理中专能升什么大专专业", "major:720201"),
        ("中职幼儿保育可以接续哪些高职专业", "major:770101"),
        ("are there any robot majors at vocational bachelor level", "class:2603"),
    ],
)
def test_it_is_found(text: str, entry: str, ask: Ask) -> None:
    reply = ask(text)
    assert (reply.outcome, reply.entry) == ("answered", entry)
    assert {cited.claim for cited in reply.citations} == {entry}


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("护理专业要读几年", "zh", "护理要读几年：3年（中职）；3年（高职专科）；4年（职业本科）。"),
        ("how long does nursing take", "en", "How long Nursing takes: 3 years (secondary);"),
        ("护理专业代码是多少", "zh", "护理的代码：720201（中职）；520201（高职专科）；"),
        ("what is the code of nursing", "en", "Code of Nursing: 720201 (secondary);"),
        ("美容美体艺术毕业后能做什么工作", "zh", "美容美体艺术面向的职业：美容师"),
        ("幼儿保育能升什么专业", "zh", "幼儿保育往上可以接："),
        ("where does secondary nursing lead", "en", "What continues Nursing: diploma:"),
        ("护理有哪些层次", "zh", "护理在目录里有这些层次：中职、高职专科、职业本科。"),
        ("which levels does nursing have", "en", "Nursing stands at these levels: secondary,"),
        ("护理属于什么大类", "zh", "护理属于：医药卫生大类 › 护理类。"),
        ("口腔医学是不是国控专业", "zh", "口腔医学是不是国家控制布点专业：是，代码末尾有K。"),
        (
            "is nursing state controlled",
            "en",
            "Whether Nursing is state-controlled: its code has no",
        ),
        ("烹饪工艺与营养读完能接着读什么", "zh", "烹饪工艺与营养往上可以接："),
        ("length of beauty and body care", "en", "How long Beauty and Body Care takes:"),
    ],
)
def test_what_is_asked_comes_first_and_the_card_below(
    text: str, language: Language, told: str, ask: Ask
) -> None:
    reply = ask(text)
    assert reply.language == language
    assert reply.blocks[0].startswith(told)
    assert len(reply.blocks) == 2
    assert reply.reason is None


@pytest.mark.parametrize(
    "text",
    ["fees of nursing", "护理专业学费多少", "护理分数线", "哪个学校护理好", "护理学什么",
     "how hard is nursing", "nursing salary", "男生学护理有前途吗"],
)  # fmt: skip
def test_what_the_catalogue_lacks_is_said_and_goes_before_editors(text: str, ask: Ask) -> None:
    reply = ask(text)
    assert (reply.outcome, reply.entry) == ("answered", "major:720201")
    assert (reply.reason, reply.gap) == ("not_in_catalogue", "not_in_catalogue")
    assert "目录里没有你问的" in reply.blocks[0] or "does not tell you" in reply.blocks[0]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("can you become a nurse with zhongzhuan nursing", "nurse-secondary-or-diploma"),
        ("中专护理能当护士吗", "nurse-secondary-or-diploma"),
        ("能学护理吗", "major:720201"),
        ("中医学大专学出来能当中医吗", "major:520401"),
        ("大专护理专业主要学几年 毕业能当啥", "major:520201"),
    ],
)
def test_whether_one_may_be_something_is_answered_by_its_licence_where_there_is_one(
    text: str, entry: str, ask: Ask
) -> None:
    reply = ask(text)
    assert (reply.outcome, reply.entry) == ("answered", entry)


def test_whether_one_major_leads_to_another_is_not_told_by_their_cards(ask: Ask) -> None:
    reply = ask("can nurses become doctors")
    assert reply.outcome == "offered"
    assert reply.choices[0].entry == "major:720201"


def test_everyday_words_beside_each_other_may_be_a_name_that_there_is_not(ask: Ask) -> None:
    reply = ask("is there a major in quantum cryptography")
    assert (reply.outcome, reply.reason) == ("offered", "several_majors")
    assert [one.entry for one in reply.choices[:2]] == ["major:510312", "major:510216"]


def test_what_was_named_comes_first_in_its_class(ask: Ask) -> None:
    """The class has a dozen majors, of which a line names five."""
    reply = ask("汽修大专有哪些专业可以报啊")
    assert reply.entry == "class:5002"
    assert "：汽车检测与维修技术、汽车" in reply.blocks[1]


def test_a_missing_length_of_study_is_not_invented(ask: Ask, brain: Brain) -> None:
    bare = next(one for one in brain.knowledge.catalogue.majors.values() if one.years is None)
    reply = ask(f"{bare.name.zh}要读几年")
    assert (reply.outcome, reply.reason) == ("answered", "not_in_catalogue")
    assert "年；" not in reply.text


def test_a_level_at_which_a_major_does_not_stand_is_said(ask: Ask) -> None:
    reply = ask("学前教育有中专吗")
    assert reply.entry == "major:570102"
    assert reply.blocks[0] == "目录里中职层次没有学前教育，它在别的层次。"


def test_one_name_at_several_levels_is_one_card_that_names_the_others(ask: Ask) -> None:
    reply = ask("护理")
    assert reply.entry == "major:720201"
    assert [one.entry for one in reply.choices] == ["major:520201", "major:320201"]
    assert not reply.is_offer


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("汽修", "major:700206"),
        ("幼师", "major:570102"),
        ("drone stuff", "major:660601"),
        ("厨师", "major:740201"),
        ("cooking", "major:740201"),
        ("新能源汽车", "major:700209"),
        ("dentist", "major:520102"),
        ("qiche weixiu", "major:700206"),
        ("会计专业能升本吗", "major:730301"),
        ("机器人专业有哪些", "major:660303"),
    ],
)
def test_an_ambiguous_word_offers_at_most_three(text: str, first: str, ask: Ask) -> None:
    reply = ask(text)
    assert (reply.outcome, reply.entry) == ("offered", None)
    assert reply.choices[0].entry == first
    assert 2 <= len(reply.choices) <= 3


@pytest.mark.parametrize(
    "text",
    ["占星专业", "有没有魔法专业", "电竞直播专业", "恋爱专业", "astrology major",
     "is there a major in time travel", "is there a degree in wizardry"],
)  # fmt: skip
def test_a_major_that_does_not_exist_is_said_not_to_and_the_nearest_three_are_named(
    text: str, ask: Ask
) -> None:
    reply = ask(text)
    assert (reply.outcome, reply.entry) == ("missed", None)
    assert (reply.reason, reply.gap) == ("not_in_catalogue", "not_in_catalogue")
    assert len(reply.choices) == 3
    assert all(one.entry.startswith("major:") for one in reply.choices)


@pytest.mark.parametrize(
    "text",
    ["推荐一个专业", "best majors for girls", "想换专业怎么办", "不喜欢现在的专业", "魔法学院",
     "狐狸", "999999", "what is the weather in beijing tomorrow",
     "what is the vocational education law", "vocational education statistics",
     "how many nurses are there in china", "护士有多少", "can i change major in vocational college",
     "is there a vocational master degree"],
)  # fmt: skip
def test_what_names_no_major_is_neither_a_card_nor_a_major_that_does_not_exist(
    text: str, ask: Ask
) -> None:
    reply = ask(text)
    assert reply.reason != "not_in_catalogue"
    assert not (reply.entry or "").startswith(("major:", "class:", "category:", "compare:"))


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("护士资格证怎么考", "nurse-licence-conditions"),
        ("幼师证中专能考吗", "kindergarten-teacher-secondary"),
        ("护理专业考什么证", "nurse-secondary-or-diploma"),
        ("2025年增补了多少个专业", "supplement-2025"),
        ("有多少个专业", "number-of-majors"),
        ("专业代码是什么", "major-code"),
        ("哪个专业好", "good-major"),
        ("实习", "internship-rights"),
        ("单招", "danzhao-what"),
        ("军士", "targeted-sergeant-what"),
        ("1+X", "one-plus-x"),
        ("双高", "shuanggao-meaning"),
        ("鲁班工坊", "luban-workshop"),
    ],
)
def test_a_question_about_something_else_keeps_its_answer(text: str, entry: str, ask: Ask) -> None:
    assert ask(text).entry == entry


@pytest.mark.parametrize("text", ["用法语专业好就业吗", "行政理专业好就业吗"])
def test_what_is_asked_of_a_misspelt_major_gets_no_answer_about_majors_at_large(
    text: str, ask: Ask
) -> None:
    reply = ask(text)
    assert reply.outcome == "offered"
    assert reply.choices[0].entry.startswith("major:")


def test_no_phrasing_of_an_answer_is_taken_by_the_catalogue(brain: Brain, ask: Ask) -> None:
    taken = [
        (phrasing, answer.id)
        for answer in brain.knowledge.answers.values()
        for phrasing in (*answer.asks.zh, *answer.asks.en)
        if ask(phrasing).entry != answer.id
    ]
    assert taken == []


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("2025年新增了哪些专业", "added:2025"),
        ("which majors were added in 2024", "added:2024"),
        ("大专有哪些专业", "level:diploma"),
        ("what majors are there at bachelor level", "level:bachelor"),
    ],
)
def test_a_list_that_no_name_leads_to_is_given(text: str, entry: str, ask: Ask) -> None:
    reply = ask(text)
    assert (reply.outcome, reply.entry) == ("answered", entry)
    assert reply.menu
    assert reply.citations


def test_a_year_says_what_is_certain_and_what_is_not(ask: Ask) -> None:
    text = ask("which majors were added in 2025").text
    assert "certainly added in 2025: 55" in text
    assert "announced with 57" in text


def test_a_year_that_added_nothing_is_no_list(ask: Ask) -> None:
    assert not (ask("which majors were added in 2012").entry or "").startswith("added:")


def test_an_occupation_leads_to_all_that_the_catalogue_lists_for_it(
    ask: Ask, catalogue: Catalogue
) -> None:
    """Beside those that people mean by it."""
    word = "社区工作者"
    (_, listing, _) = ask(f"哪些专业能当{word}").blocks
    trained = {one.name.zh for one in catalogue.majors.values() if word in one.occupations}
    assert trained
    assert all(name in listing for name in {*trained, "社区管理与服务"})


def test_where_a_major_leads_is_told_although_it_is_a_list(ask: Ask) -> None:
    reply = ask("after e-commerce at secondary level which bachelor majors can i go on to")
    assert (reply.outcome, reply.entry, reply.reason) == ("answered", "major:730701", None)


def test_how_codes_are_found_out_helps_nobody_who_names_an_unknown_major(ask: Ask) -> None:
    reply = ask("what is the code of the dragon breeding major")
    assert (reply.outcome, reply.reason) == ("missed", "not_in_catalogue")
