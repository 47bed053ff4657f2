"""The point of a long message is found, and of two questions the first is answered."""

import pytest

from intents import Understander
from intents.asking import Asides, find_questions
from intents.text.parts import size_of, split_clauses, split_finely, split_sentences
from intents.wordlists import Words


def asks(part: str) -> bool:
    return "how" in part or "吗" in part or "多少" in part


def test_a_message_is_cut_into_sentences_and_clauses() -> None:
    assert split_sentences("我是学生。学费多少钱？OK. 谢谢!") == ("我是学生。", "学费多少钱？")
    assert split_sentences("I am 1.5 years in. How long is it?") == (
        "I am 1.5 years in.", "How long is it?"
    )  # fmt: skip
    assert split_clauses("我中考没考好，想读中专，学费多少") == (
        "我中考没考好",
        "想读中专",
        "学费多少",
    )


def test_two_chinese_characters_count_as_a_word() -> None:
    assert size_of("中专学费 how much") == 4


@pytest.mark.parametrize("message", ["中专学费多少钱", "how long is it", "", "？？？", "a" * 5000])
def test_a_short_message_is_one_question_as_it_stands(message: str) -> None:
    assert find_questions(message, asks=asks) == ()


def test_a_long_sentence_is_also_read_by_its_clauses_that_ask() -> None:
    message = "我家孩子今年中考没有考好，亲戚都说读中专也挺好的，那中专一年学费多少，心里没底"
    ((sentence, *clauses),) = find_questions(message, asks=lambda part: "多少" in part)
    assert sentence == message
    assert "那中专一年学费多少" in clauses


def test_two_marked_questions_are_two_however_short() -> None:
    assert len(find_questions("中专学费多少钱？要读几年？", asks=asks)) == 2


def test_of_a_story_the_sentences_that_ask_are_read() -> None:
    story = (
        "My son was ill for most of the year and failed. His teachers have given up on him. "
        "My husband works far away in the south. How much is a vocational high school?"
    )
    questions = find_questions(story, asks=asks)
    assert [wordings[0] for wordings in questions] == ["How much is a vocational high school?"]


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        (
            (
                "老师您好，我家孩子今年中考没考好，一家人都睡不着觉，爷爷说不如早点打工，我还是想让他念书，"
                "所以想问一下中专一年的学费要多少钱，我们好提前准备"
            ),
            "tuition-secondary",
        ),
        (
            (
                "My cousin said at dinner that he dropped out, and everybody was shouting. I am in "
                "ninth grade and must plan. How long is secondary vocational school? Nan worries."
            ),
            "length-secondary",
        ),
    ],
)
def test_the_point_of_a_story_is_answered(
    understander: Understander, message: str, entry: str
) -> None:
    meant = understander.understand(message)
    assert (meant.entry, meant.also) == (entry, ())
    assert meant.focus


def test_of_two_questions_the_first_is_answered_and_the_second_offered(
    understander: Understander,
) -> None:
    meant = understander.understand("中专学费多少钱？中专要读几年？")
    assert (meant.entry, meant.also) == ("tuition-secondary", ("length-secondary",))


def test_a_question_behind_the_question_mark_is_a_second_one() -> None:
    questions = find_questions("我成绩不好。中专要读几年？还有学费要多少", asks=asks)
    assert [wordings[0] for wordings in questions] == ["中专要读几年？", "还有学费要多少"]


def test_a_second_question_that_nothing_answers_for_sure_is_offered_by_what_comes_nearest(
    understander: Understander,
) -> None:
    meant = understander.understand("中专要读几年？那学费要多少钱？")
    assert meant.entry == "length-secondary"
    assert meant.also
    assert set(meant.also) <= {"tuition-secondary", "tuition-college"}


def test_a_level_named_once_holds_for_the_whole_message(understander: Understander) -> None:
    """The second sentence alone could mean either level."""
    meant = understander.understand(
        "我家孩子明年想去读大专，全家都在商量这件事。那一年学费是多少钱？"
    )
    assert meant.entry == "tuition-college"


def test_a_long_message_about_something_else_is_not_answered(understander: Understander) -> None:
    meant = understander.understand(
        "昨天和朋友去爬山，路上碰到一只小狗，特别可爱，回来就想养一只，可是家里人都不同意，怎么说服他们呢？"
    )
    assert meant.entry is None


@pytest.mark.parametrize(
    ("message", "entry", "also"),
    [
        ("中专要读几年，学费多少钱？", "length-secondary", ("tuition-secondary",)),
        ("中专学费多少钱，要读几年", "tuition-secondary", ("length-secondary",)),
        ("我想读中专，学费多少钱", "tuition-secondary", ()),
        ("中专学费多少钱，食堂有几家", None, ()),
    ],
)
def test_of_two_questions_in_one_sentence_the_first_is_answered(
    understander: Understander, message: str, entry: str | None, also: tuple[str, ...]
) -> None:
    """And the second is at hand, if both ask something and have answers of their own."""
    meant = understander.understand(message)
    assert (meant.entry, meant.also) == (entry, also)


def test_chinese_clauses_may_be_apart_by_a_space() -> None:
    assert split_clauses("我弟初中毕业 能上中专吗") == ("我弟初中毕业", "能上中专吗")
    assert split_clauses("专升本 English 要考吗") == ("专升本 English 要考吗",)


def test_the_parts_between_asides_leave_nothing_out() -> None:
    parts = ("老师", "not sure", "中专", "学费")
    assert split_finely("老师，not sure but 中专 学费") == parts


@pytest.mark.parametrize(
    ("message", "point"),
    [
        ("家里都不懂，中专学费多少", "中专学费多少"),
        ("中专学费多少 愁死我了", "中专学费多少"),
        ("not sure who to ask but how long is zhongzhuan", "how long is zhongzhuan"),
        # What asks is beside the point only where the rest asks as well.
        ("有人懂吗，中专学费多少", "中专学费多少"),
        ("想读中专，要多少，家里穷", "想读中专 要多少"),
        # Whether something is possible may depend on it.
        ("坐过牢，中专能读吗", None),
        ("my record is bad but is zhongzhuan possible", None),
        # Nothing is named, or nothing else is said.
        ("家里都不懂，愁死我了", None),
        ("想读中专，中专学费多少", None),
        ("中专学费多少", None),
        ("", None),
        # What introduces a question ends what is beside the point, but says nothing itself.
        ("我妈让我问问中专学费多少", "中专学费多少"),
        ("My boss wants to know if zhongzhuan is how long", "zhongzhuan is how long"),
        ("中专同学让我问问中专学费多少", None),
        ("听说中专学费多少", "中专学费多少"),
        ("我妈让我问问，坐过牢中专能读吗", "，坐过牢中专能读吗"),
        ("中专学费，我想让我问问", None),
    ],
)
def test_what_names_nothing_is_beside_the_point(message: str, point: str | None) -> None:
    def names(part: str) -> bool:
        return "中专" in part or "zhongzhuan" in part

    def asks_fact(part: str) -> bool:
        return "多少" in part or "how" in part

    asides = Asides(Words(zh=("让我问问", "听说"), en=("wants to know",)))
    assert asides.leave_out(message, names=names, asks=asks, asks_fact=asks_fact) == point


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        ("老师说的我没太听懂，中专一年的学费要多少钱", "tuition-secondary"),
        ("how long is secondary vocational school, asking for my nephew", "length-secondary"),
    ],
)
def test_an_aside_keeps_nobody_from_an_answer(
    understander: Understander, message: str, entry: str
) -> None:
    assert understander.understand(message).entry == entry


@pytest.mark.parametrize(
    "message", ["中专，" + "家里穷，" * 500 + "多少", "家里穷让我问问" * 500 + "中专多少"]
)
def test_a_flood_of_parts_is_not_looked_at_one_by_one(message: str) -> None:
    """Each part that is looked at takes time."""
    looked_at = []

    def look(part: str) -> bool:
        looked_at.append(part)
        return "中专" in part

    asides = Asides(Words(zh=("让我问问",)))
    assert asides.leave_out(message, names=look, asks=look, asks_fact=look) is None
    assert len(looked_at) <= 2
