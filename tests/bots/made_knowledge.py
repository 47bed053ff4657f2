"""A small made knowledge, full of characters that HTML must escape."""

from pathlib import Path

import yaml


def _entry(
    entry_id: str, title: tuple[str, str], zh: str, en: str, **more: object
) -> dict[str, object]:
    return {
        "id": entry_id,
        "topic": "made",
        "title": {"zh": title[0], "en": title[1]},
        "asks": {"zh": zh.split("/"), "en": en.split("/")},
        "hits": {"zh": ["测试一", "测试二"], "en": ["first test", "second test"]},
        "misses": {"zh": ["测试三"], "en": ["third test"]},
        "says": {
            "zh": f"关于“{title[0]}”的回答：R&D 的 <b>比例</b>。",
            "en": f"The answer on {title[1]}: if R&D <b>counts</b>.",
        },
        "cites": ["made-01", "made-02"],
        "review_by": "2999-12-31",
        **more,
    }


def write_knowledge(folder: Path) -> None:
    files = {
        "topics.yaml": [{"id": "made", "title": {"zh": "样例话题", "en": "Made-up things"}}],
        "terms.yaml": ["1+X"],
        "sources/made.yaml": {
            "id": "made",
            "kind": "article",
            "title": {"zh": "样例 <来源> & 其他", "en": "A made <source> & others"},
            "publisher": {"zh": "样例社", "en": "Made & Sons"},
            "language": "en",
            "reliability": "press",
            "published": "2026-01-02",
            "url": "https://example.org/read?a=1&b=<2>",
            "claims": {
                f"made-0{number}": {
                    "says": {"zh": "事实", "en": "A fact"},
                    "as_of": "2026",
                    "confidence": "high",
                    "at": {"zh": f"第{number}段", "en": f"paragraph {number}"},
                }
                for number in (1, 2)
            },
        },
        "answers/made.yaml": [
            _entry(
                "number-of-majors",
                ("专业有多少个 <总数>", "How many majors <in all> & more"),
                "一共有多少个专业/有多少个专业/专业总数/专业数量/专业共几个",
                "how many majors are there/number of majors/majors in total/count of majors"
                "/how many programmes are there",
                see_also=["first-episode"],
            ),
            _entry(
                "first-episode",
                ("第一期什么时候播出", "When the first episode is broadcast"),
                "第一期什么时候播出/首期哪天播/第一集几号播出/第一期播出时间/节目首播时间",
                "when is the first episode broadcast/date of the first episode/first broadcast date"
                "/when does the series begin/when does episode one air",
            ),
            *(
                _entry(
                    f"canteen-{en}",
                    (f"{zh}色食堂的饭菜", f"Meals in the {en} canteen"),
                    f"{zh}色食堂有什么饭菜/{zh}色食堂的饭菜/{zh}色食堂今天有什么饭菜"
                    f"/{zh}色食堂的饭菜单/{zh}色食堂饭菜",
                    f"what are the meals in the {en} canteen/meals in the {en} canteen"
                    f"/which meals does the {en} canteen serve/the {en} canteen and its meals"
                    f"/{en} canteen meals",
                )
                for zh, en in (("红", "red"), ("蓝", "blue"), ("绿", "green"), ("黄", "yellow"))
            ),
        ],
    }
    for name, data in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
