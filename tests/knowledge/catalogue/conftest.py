"""A tiny catalogue that breaks no rule, as files and as tables, for tests that break one."""

import os
import shutil
from pathlib import Path

import pytest

from knowledge import KnowledgeError
from knowledge.catalogue.importing import import_majors

HEALTH = "majors/12-medicine-and-health.yaml"
TEACHING = "majors/17-education-and-sports.yaml"
EDITIONS = "majors/editions.yaml"
FILES = {
    "sources/register.yaml": """\
id: register
kind: catalogue
title: {zh: 专业目录, en: The register}
publisher: {zh: 教育部, en: Ministry of Education}
published: 2026
language: zh
reliability: official
claims:
  reg-01:
    says: {zh: 共六个专业。, en: Six majors.}
    as_of: 2021
    figures: {total: 6, secondary: 2, diploma: 3, bachelor: 1}
    confidence: high
  reg-02:
    says: {zh: 增补两个。, en: Two more.}
    as_of: 2024
    figures: {total: 2, secondary: 1, share: 0.5}
    confidence: high
  reg-03:
    says: {zh: 增补三个。, en: Three more.}
    as_of: 2026
    figures: {total: 3, all: 9}
    confidence: high
""",
    "sources/supplement.yaml": """\
id: supplement
kind: news
title: {zh: 增补, en: The supplement}
publisher: {zh: 新华网, en: Xinhuanet}
language: zh
reliability: press
claims: {}
""",
    "sources/profiles.yaml": """\
id: profiles
kind: dataset
title: {zh: 专业简介, en: The profiles}
publisher: {zh: 教育部, en: Ministry of Education}
language: zh
reliability: official
claims: {}
""",
    EDITIONS: """\
editions:
  '2021':
    sources: [register]
    whole: true
    holds: {total: reg-01.total, diploma: reg-01.diploma}
  '2022-2024':
    sources: [register, supplement]
  '2024':
    sources: [supplement, register]
    adds: {total: reg-02.total, secondary: reg-02.secondary}
  '2026':
    sources: [register]
    partly_held: true
    adds: {total: reg-03.total}
profiles: profiles
not_in_catalogue:
  vocational_bachelor: [老年护理]
""",
    HEALTH: """\
number: 12
zh: 医药卫生大类
en: Medicine and Health
codes: {secondary: '72', diploma: '52', bachelor: '32'}
classes:
  - number: '01'
    zh: 临床医学类
    en: Clinical Medicine
    diploma:
      - code: '520101'
        state_controlled: true
        zh: 临床医学
        en: Clinical Medicine
        edition: '2021'
        years: 3
        occupations: [助理全科医生]
        continues:
          general_bachelor: [临床医学]
  - number: '02'
    zh: 护理类
    en: Nursing
    bachelor:
      - code: '320201'
        zh: 护理
        en: Nursing
        edition: '2021'
        years: 4
        occupations: [执业护士]
    diploma:
      - code: '520201'
        zh: 护理
        en: Nursing
        edition: '2021'
        years: 3
        occupations: [护士]
        continues:
          vocational_bachelor: [护理]
          general_bachelor: [护理学]
      - code: '520203'
        zh: 护理机器人应用
        en: Nursing Robot Application
        edition: '2026'
        agreeing_sources: 1
      - code: '520202'
        zh: 助产
        en: Midwifery
        edition: '2021'
        years: 3
        occupations: [助产士]
        continues:
          vocational_bachelor: [护理]
          general_bachelor: [助产学, 护理学]
    secondary:
      - code: '720201'
        zh: 护理
        en: Nursing
        edition: '2021'
        years: 3
        occupations: [护士, 医疗护理员]
        continues:
          diploma: [护理, 助产]
          vocational_bachelor: [护理, 老年护理]
          general_bachelor: [护理学]
      - code: '720202'
        zh: 护理照护
        en: Nursing, with Care
        edition: 2022-2024
        agreeing_sources: 1
""",
    TEACHING: """\
number: 17
zh: 教育与体育大类
en: Education and Sports
codes: {secondary: '77', diploma: '57', bachelor: '37'}
classes:
  - number: '01'
    zh: 教育类
    en: Education
    secondary:
      - code: '770101'
        zh: 幼儿保育
        en: Early Childhood Care
        edition: '2021'
        years: 3
        occupations: [保育师]
        continues:
          diploma: [学前教育]
    diploma:
      - code: '570101'
        zh: 学前教育
        en: Preschool Education
        edition: '2024'
""",
}


@pytest.fixture
def folder(folder):
    for name, text in FILES.items():
        folder.write(name, text)
    return folder


@pytest.fixture
def catalogue(folder):
    return folder.load().catalogue


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Return a folder with the same catalogue as tables."""
    return Path(shutil.copytree(Path(__file__).with_name("tables"), tmp_path / "tables"))


@pytest.fixture
def run(folder, tables):
    """Return how the tables of the test are imported into its folder."""
    return lambda: import_majors(tables / "majors.csv", folder.path)


@pytest.fixture
def complain(run, tables):
    """Return what the import of the tables complains of, by the file's name instead of its path."""

    def complain():
        with pytest.raises(KnowledgeError) as caught:
            run()
        return [str(one).replace(f"{tables}{os.sep}", "") for one in caught.value.problems]

    return complain


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.path.rglob("*")) if path.is_file()}
