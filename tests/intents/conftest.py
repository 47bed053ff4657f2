"""Word lists and a small vocabulary for the tests of understanding."""

import pytest

from intents import Normaliser, Subject, Understander, WordLists, load_word_lists


@pytest.fixture(scope="session")
def words() -> WordLists:
    """Return the word lists that come with the package."""
    return load_word_lists()


@pytest.fixture(scope="session")
def normaliser(words: WordLists) -> Normaliser:
    """Return the normaliser of the package."""
    return Normaliser(words.fillers)


SUBJECTS = (
    Subject(
        entry="tuition-secondary",
        phrasings=(
            "中专学费多少钱",
            "职高一年学费多少",
            "读中职要交多少学费",
            "how much is tuition at a vocational high school",
            "what does secondary vocational school cost",
        ),
        says="中职学费…… Secondary vocational tuition …",
    ),
    Subject(
        entry="tuition-college",
        phrasings=(
            "大专学费多少钱",
            "高职一年学费多少",
            "读专科要交多少学费",
            "how much is tuition at a vocational college",
            "what does junior college cost",
        ),
        says="大专学费…… Diploma tuition …",
    ),
    Subject(
        entry="length-secondary",
        phrasings=(
            "中专要读几年",
            "职高学制多久",
            "中职几年毕业",
            "how long is secondary vocational school",
            "how many years does a vocational high school take",
        ),
        says="中职一般3年。 Secondary vocational school takes 3 years.",
    ),
    Subject(
        entry="danzhao-and-gaokao",
        phrasings=(
            "单招录取了还能参加高考吗",
            "单招之后能不能再高考",
            "考上单招可以高考吗",
            "can i sit the gaokao after a separate exam",
            "is the gaokao still open to me after danzhao",
        ),
        says="单招…… Once admitted by danzhao you may not sit the gaokao.",
    ),
    Subject(
        entry="episode",
        phrasings=(
            "第3期讲了什么",
            "第4期讲了什么",
            "tell me about episode 3",
            "episode 4 summary",
        ),
        says="节目 The series",
    ),
    Subject(
        entry="exam-hebei",
        phrasings=(
            "河北单招什么时候报名",
            "河北单招几月考试",
            "when is danzhao in hebei",
            "hebei separate exam dates",
        ),
        says="河北2023年单招3月报名。 In Hebei in 2023 …",
    ),
)


@pytest.fixture(scope="session")
def understander(words: WordLists, normaliser: Normaliser) -> Understander:
    """Return an understander of six small subjects."""
    return Understander(SUBJECTS, words=words, normaliser=normaliser)
