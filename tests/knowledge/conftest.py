"""A tiny knowledge folder that breaks no rule, for tests that break one."""

from pathlib import Path
from typing import Any

import pytest

from knowledge import Knowledge, KnowledgeError, load_knowledge

FILES = {
    "topics.yaml": """\
- id: work
  title: {zh: 就业, en: Work}
- id: study
  title: {zh: 升学, en: Study}
""",
    "terms.yaml": """\
- 1+X
- 3+2
""",
    "sources/press.yaml": """\
id: press
kind: news
title: {zh: 专业目录, en: The catalogue}
publisher: {zh: 新华网, en: Xinhuanet}
published: 2025-05-11
url: https://example.org/press
language: zh
reliability: official
claims:
  press-01:
    says: {zh: 专业有1400个。, en: There are 1400 majors.}
    as_of: 2025-05
    at: {zh: 第二段, en: paragraph 2}
    figures: {majors: 1400, share: 5.5, opened: 2025-05-12}
    confidence: high
  press-02:
    says: {zh: 据说还会更多。, en: There may soon be more.}
    as_of: undated
    confidence: low
  press-03:
    says: {zh: 证书有用。, en: Certificates help.}
    as_of: 2025
    confidence: medium
""",
    # Nothing depends on this source: what breaks in it breaks nothing else.
    "sources/spare.yaml": """\
id: spare
kind: notice
title: {zh: '[通知]', en: '[A notice]'}
publisher: {zh: 教育部, en: Ministry of Education}
published: 2024
language: zh
reliability: press
claims:
  spare-01:
    says: {zh: 共12个名额。, en: There are 12 places.}
    as_of: 2024
    also: [press]
    figures:
      places: 12
      opened: 2024-03
    confidence: medium
""",
    # Nothing depends on the second entry either.
    "answers/work.yaml": """\
- id: majors
  topic: work
  title: {zh: 专业数量, en: Number of majors}
  asks:
    zh: [有多少专业, 专业总数, 几个专业, 专业有几种, 专业一共多少]
    en: [how many majors, number of majors, count of majors, majors in all, majors total]
  hits:
    zh: [专业多不多, 专业有几个]
    en: [the majors in numbers, are there many majors]
  misses:
    zh: [有多少学校]
    en: [how many schools]
  says:
    zh: 截至{press-01.as_of:month}，专业有{press-01.majors}个。
    en: In {press-01.as_of:month} there were {press-01.majors} majors.
  cites: [press-01]
  review_by: 2026-12-31
- id: pay
  topic: work
  title: {zh: 工资, en: Pay}
  asks:
    zh: [工资多少, 工资高吗, 能挣多少, 收入如何, '第{1..3}年工资']
    en: [what is the pay, is the pay good, how much is earned, wages, 'pay in year {1..3}']
  hits:
    zh: [挣得多吗, 月薪多少]
    en: [do they pay well, monthly pay]
  misses:
    zh: [学费多少]
    en: [what is the fee]
  says:
    zh: 有1+X证书的高{press-01.share}%。
    en: With a 1+X certificate it is {press-01.share}% more.
  cites: [press-01, press-03]
  review_by: 2026-12-31
  see_also: [majors]
  gap: too_general
""",
}


def normalise_plainly(text: str) -> str:
    """Return `text` without case and outer punctuation, as a stand-in for the real normaliser."""
    return text.casefold().strip(" ?？!。")


class KnowledgeFolder:
    """A knowledge folder on disk that a test changes in one place and then loads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def append(self, name: str, text: str) -> None:
        self.write(name, (self.path / name).read_text(encoding="utf-8") + text)

    def change(self, name: str, old: str, new: str) -> None:
        """Replace `old`, which must stand in the file once, so that a test can't miss its aim."""
        text = (self.path / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def load(self, **options: Any) -> Knowledge:
        return load_knowledge(self.path, normalise=normalise_plainly, **options)

    def problems(self, **options: Any) -> list[str]:
        """Return what loading complains of, one line each."""
        with pytest.raises(KnowledgeError) as caught:
            self.load(**options)
        return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def folder(tmp_path: Path) -> KnowledgeFolder:
    return KnowledgeFolder(tmp_path / "knowledge")
