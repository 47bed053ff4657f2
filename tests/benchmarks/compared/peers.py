"""What the matcher is compared with: plain ways of finding the entry of a question.

Each takes labelled phrasings and returns what answers a question with a label and a score, the
higher the surer. What a way needs is imported when it is used, so that its memory can be told.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

Lines = Sequence[tuple[str, str]]
Answer = tuple[str | None, float]
Ask = Callable[[str], Answer]

# Below the score of everything that is found.
NOTHING: Answer = (None, -1e9)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"\w+")
_SHARE_OF_CHINESE = 0.3


def is_chinese(lines: Lines) -> bool:
    """Return whether labelled texts are Chinese, going by their characters."""
    everything = "".join(text for _, text in lines)
    return len(_HAN.findall(everything)) > _SHARE_OF_CHINESE * max(len(everything), 1)


def voced(lines: Lines, *, with_meaning: bool = False) -> Ask:
    """Return the project's own matcher, as `voced eval` judges it."""
    from intents import Normaliser, Understander, load_word_lists  # noqa: PLC0415
    from intents.judging import judge_one  # noqa: PLC0415
    from intents.semantic import load_encoder  # noqa: PLC0415

    words = load_word_lists()
    understander = Understander(
        subjects_of(lines), words=words, normaliser=Normaliser(words.fillers)
    )
    if with_meaning:
        understander.use_meaning(load_encoder())

    def ask(text: str) -> Answer:
        found = judge_one(None, understander.candidates(text), outcome="miss")
        return found.best, NOTHING[1] if found.confidence is None else found.confidence

    return ask


def subjects_of(lines: Lines) -> Sequence[Any]:
    """Return what labelled phrasings teach the matcher."""
    from intents import Subject  # noqa: PLC0415

    phrasings: dict[str, dict[str, None]] = defaultdict(dict)
    for label, text in lines:
        phrasings[label][text] = None
    return [Subject(entry=label, phrasings=tuple(texts)) for label, texts in phrasings.items()]


def nearest_by(scorer: str) -> Callable[[Lines], Ask]:
    """Return the phrasing that a scorer of rapidfuzz likes best, as `extractOne` finds it."""

    def learn(lines: Lines) -> Ask:
        from rapidfuzz import fuzz, process, utils  # noqa: PLC0415

        phrasings = [utils.default_process(text) for _, text in lines]
        score = getattr(fuzz, scorer)

        def ask(text: str) -> Answer:
            found = process.extractOne(utils.default_process(text), phrasings, scorer=score)
            return (lines[found[2]][0], found[1]) if found else NOTHING

        return ask

    return learn


def bm25(lines: Lines) -> Ask:
    """Return the phrasing with the best BM25, over words or Chinese characters and pairs."""
    import bm25s  # noqa: PLC0415

    retriever = bm25s.BM25()
    retriever.index([_tokens(text) for _, text in lines], show_progress=False)

    def ask(text: str) -> Answer:
        known = [one for one in _tokens(text) if one in retriever.vocab_dict]
        if not known:
            return NOTHING
        places, scores = retriever.retrieve([known], k=1, show_progress=False)
        return lines[int(places[0, 0])][0], float(scores[0, 0])

    return ask


def logistic_regression(lines: Lines) -> Ask:
    """Return TF-IDF and multinomial logistic regression; the score is the probability."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    return _classified(lines, LogisticRegression(C=10, max_iter=300), "predict_proba")


def linear_svc(lines: Lines) -> Ask:
    """Return TF-IDF and a linear support vector machine; the score is its decision value."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    return _classified(lines, LinearSVC(C=0.3), "decision_function")


def _classified(lines: Lines, model: Any, rate: str) -> Ask:
    import numpy as np  # noqa: PLC0415

    vectors = _tf_idf(lines)
    model.fit(vectors.fit_transform([text for _, text in lines]), [label for label, _ in lines])
    classes = model.classes_

    def ask(text: str) -> Answer:
        ratings = np.atleast_1d(getattr(model, rate)(vectors.transform([text]))[0])
        if len(ratings) == 1:
            # Between two classes the decision has one value.
            ratings = np.array([-ratings[0], ratings[0]])
        best = int(ratings.argmax())
        return str(classes[best]), float(ratings[best])

    return ask


def _tf_idf(lines: Lines) -> Any:
    """Return words and pairs with pieces of 2 to 4 letters, or Chinese characters and pairs."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.pipeline import FeatureUnion  # noqa: PLC0415

    if is_chinese(lines):
        return TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    words = TfidfVectorizer(tokenizer=_WORD.findall, token_pattern=None, ngram_range=(1, 2))
    words.set_params(sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
    return FeatureUnion([("words", words), ("pieces", pieces)])


def _tokens(text: str) -> list[str]:
    han = _HAN.findall(text)
    pairs = [first + second for first, second in pairwise(han)]
    return [*_WORD.findall(_HAN.sub(" ", text.lower())), *han, *pairs]


OWN = "voced"
OWN_WITH_MEANING = "voced with the semantic extra"
TRAINED = ("TF-IDF + logistic regression", "TF-IDF + LinearSVC")
METHODS: Mapping[str, Callable[[Lines], Ask]] = {
    "WRatio": nearest_by("WRatio"),
    "token_set_ratio": nearest_by("token_set_ratio"),
    "bm25s": bm25,
    TRAINED[0]: logistic_regression,
    TRAINED[1]: linear_svc,
    OWN: voced,
    OWN_WITH_MEANING: lambda lines: voced(lines, with_meaning=True),
}
