"""What people miss alike becomes one gap, what only looks alike does not, and noise none."""

import pytest

from tests.editing.conftest import ANNE, Office, OpenOffice


async def _texts(office: Office) -> dict[str, int]:
    return {gap.text: gap.people for gap in await office.desk.list_gaps(ANNE)}


async def test_the_same_question_in_other_words_is_one_gap(office: Office) -> None:
    await office.miss("is there a drone racing club", "a")
    await office.miss("drone racing club?", "b")
    gap = await office.miss("Is there any drone racing clubs", "c")
    assert (gap.people, gap.count, gap.languages) == (3, 3, ("en",))
    shown = await office.desk.show(ANNE, gap.id)
    assert len(shown.wordings) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("canteen meals for welders", "canteen meals for electricians"),
        ("焊工食堂饭菜", "电工食堂饭菜"),
        ("is there a drone club in beijing", "is there a drone club in shanghai"),
        ("drone club in 2024", "drone club in 2025"),
        ("can diploma students join the drone club", "can bachelor students join the drone club"),
        ("宿舍可以养猫吗", "宿舍不可以养猫吗"),
    ],
)
async def test_what_only_looks_alike_is_two(office: Office, one: str, other: str) -> None:
    """Whoever waits for the one must not be told the other."""
    await office.miss(one, "a")
    await office.miss(other, "b")
    assert len(await _texts(office)) == 2


@pytest.mark.parametrize(
    "text", ["asdfgh jkl", "你好", "hello", "啊哦嗯", "??", "我不想活了", "12 34"]
)
async def test_noise_opens_no_gap(office: Office, text: str) -> None:
    await office.ask(text)
    assert await _texts(office) == {}
    assert await office.store.editing.list_ungathered(limit=9) == ()


async def test_what_another_process_has_gathered_is_known_here(
    office: Office, open_office: OpenOffice
) -> None:
    async with open_office() as other:
        await other.miss("is there a drone racing club", "a")
        await office.miss("drone racing club", "b")
        gap = await other.miss("a drone racing club", "c")
        assert gap.people == 3


async def test_a_thumb_down_and_none_of_these_open_gaps(office: Office) -> None:
    reply = await office.ask("how much is the tuition at a vocational school")
    assert reply.entry == "school-tuition"
    await office.assistant.complain(
        reply.record, "school-tuition", "wrong", "en", asker="telegram:mia"
    )
    gap = await office.newest()
    assert (gap.reason, gap.people) == ("feedback:wrong", 1)


async def test_an_answer_past_its_review_opens_a_gap(office: Office) -> None:
    reply = await office.ask("how do i apply for a grant")
    assert reply.outcome == "answered"
    gap = await office.newest()
    assert (gap.reason, gap.nearest[0]) == ("expired", "grants")
