"""Calling the roll by keyboard alone."""

import sqlite3

import pytest
from textual.events import Key

from partyday_tui.rules.roll import Status
from tests.ui.screens.rolls import at_rest, fill, on_disk, open_roll, the_app, until

NAMES = [
    "罗有秀", "黄秀杰", "金新霞", "石娜才", "张刚军", "王建国", "任玉玉", "冯磊发", "阿依古丽·买买提", "欧阳修文", "单国强",
    "仇伟", "邓金强", "范德", "江良明", "万民丽", "魏平", "郝明长", "张红军", "曾红", "区小明", "熊才光", "邵敏芳", "范学英",
    "史伟军", "查明香", "雷玉兰", "夏凤秀", "贺有素", "区德杰", "杜香明", "解永志", "何春发", "曹春娟", "余伟学", "万贵",
    "陈才荣", "田霞桂", "邓明兰", "龚贵娟", "邓艳", "谢娟磊", "韩英桂", "李桂花",
]  # fmt: skip


@pytest.fixture
def path(book, book_path):
    fill(book, NAMES)
    book.close()
    return book_path


async def test_a_roll_of_44_with_three_exceptions_takes_at_most_12_keys(path):
    keys = [*"zgj", "3", *"qw", "4", *"xc", "2", "f5"]
    assert len(keys) <= 12
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_roll(pilot)
        await pilot.press(*keys)
        await at_rest(pilot, screen)
    marks, counts = on_disk(path)
    assert (marks["张刚军"], marks["仇伟"], marks["熊才光"]) == (Status.LEAVE, Status.ABSENT, Status.LATE)
    assert (counts.expected, counts.came, counts.unmarked) == (44, 42, 0)


async def test_nobody_is_present_before_somebody_says_so(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_roll(pilot)
        assert "应到44 实到0" in screen._head.text_of(1) and "未点44" in screen._head.text_of(1)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM roll_entry").fetchone() == (0,), "looking writes nothing"


async def test_undo_goes_back_mark_by_mark_and_takes_a_batch_as_one(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_roll(pilot)
        await pilot.press("1", "3", "f5")
        await at_rest(pilot, screen)
        assert "未点0" in screen._head.text_of(1)
        await pilot.press("ctrl+z")
        await at_rest(pilot, screen)
        assert "请假1" in screen._head.text_of(1) and "未点43" in screen._head.text_of(1)
        await pilot.press("ctrl+z")
        await at_rest(pilot, screen)
        assert "实到1" in screen._head.text_of(1)
        await pilot.press("ctrl+z")
        await at_rest(pilot, screen)
        assert "未点44" in screen._head.text_of(1)
        await pilot.press("ctrl+z")
        assert "没有可以撤销的了" in screen._foot.text_of(0)
    _, counts = on_disk(path)
    assert counts.unmarked == 44


async def test_the_input_method_may_be_on(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_roll(pilot)
        await pilot.press(*"解永志", "４")
        await at_rest(pilot, screen)
        await pilot.press("　")
        await at_rest(pilot, screen)
    marks, _ = on_disk(path)
    assert marks["解永志"] is Status.PRESENT, "full-width digits and the full-width blank mark as the plain ones do"


async def test_the_rest_of_one_group_only(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_roll(pilot)
        await pilot.press("ctrl+g", "f5")
        await at_rest(pilot, screen)
        assert "实到22" in screen._head.text_of(1)


async def test_a_relay_is_laid_open_before_anything_is_marked(path):
    text = "#接龙\n1. 罗有秀\n2. 张刚军（请假，在武汉务工）\n3. 老赵\n4. 冯磊发 晚到十分钟\n"
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        from textual.events import Paste

        screen = await open_roll(pilot)
        screen.post_message(Paste(text))
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "RelayPreview")
        assert on_rows(pilot.app.screen, "老赵")
        await pilot.press("f5")
        await until(pilot, lambda: pilot.app.screen is screen)
        await at_rest(pilot, screen)
        await until(pilot, lambda: "未点41" in screen._head.text_of(1))
    marks, _ = on_disk(path)
    assert (marks["罗有秀"], marks["张刚军"], marks["冯磊发"]) == (Status.PRESENT, Status.LEAVE, Status.LATE)


def on_rows(dialog, word):
    return any(word in cell for row in dialog.register.rows for cell in row.cells)


async def test_a_guest_sits_in_and_counts_in_no_rate(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_roll(pilot)
        await pilot.press("f5", "insert")
        await until(pilot, lambda: pilot.app.screen is not screen)
        await pilot.press(*"陈第一", "f5")
        await until(pilot, lambda: pilot.app.screen is screen and len(screen._roll.guests) == 1)
        assert "应到44 实到44" in screen._head.text_of(1) and "100.0%" in screen._head.text_of(1)


async def test_marks_survive_leaving_in_the_middle(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await open_roll(pilot)
        await pilot.press("3", "ctrl+q")
    _, counts = on_disk(path)
    assert counts.leave == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_hostile_names_are_shown_and_marked_as_they_are(book, book_path, size):
    hostile = ["张[/foo]三", "[@click=app.quit]李", "=1+1", "王\u202e五", "[red]赵[/red]", "A" * 40]
    fill(book, ["罗有秀"])
    with book.act("造数") as transaction:
        for name in hostile:
            transaction.connection.execute("INSERT INTO member (name, kind) VALUES (?, 'full')", (name,))
    book.close()
    async with the_app(book_path).run_test(size=size) as pilot:
        screen = await open_roll(pilot)
        await pilot.press("f5", "home", *["3", "down"] * 7, "ctrl+z")
        await at_rest(pilot, screen)
        lines = ["".join(segment.text for segment in screen.register.render_line(y)) for y in range(12)]
        assert any("张[/foo]三" in line for line in lines)
        assert not any("\u202e" in line for line in lines)
    _, counts = on_disk(book_path)
    assert counts.expected == 7


async def test_an_empty_roster_says_where_to_go(book, book_path):
    fill(book, [])
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_roll(pilot)
        await pilot.press("1", "f5", "space", "ctrl+z")
        assert "F6" in screen.register.empty


async def test_no_event_leads_to_the_year(book, book_path):
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: pilot.app.branch is not None)
        await pilot.press("f4")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "RollScreen")
        await pilot.press("1", "f5", "ctrl+t", "ctrl+e", "insert")
        assert "F3" in pilot.app.screen.register.empty


@pytest.mark.parametrize("way_out", ["ctrl+q", "f2"])
async def test_marks_that_wait_behind_a_slow_disk_are_written_before_the_screen_is_left(path, monkeypatch, way_out):
    import time

    from partyday_tui.services import roll as service

    real = service.write_marks

    def slow(*arguments, **named):
        time.sleep(0.2)
        return real(*arguments, **named)

    monkeypatch.setattr(service, "write_marks", slow)
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await open_roll(pilot)
        for key in ("3", "down", "3", "down", "3", way_out):
            pilot.app.simulate_key(key)
        await pilot.pause(1.2)
    _, counts = on_disk(path)
    assert counts.leave == 3


async def test_keys_typed_before_the_roll_is_there_are_held_for_it(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: pilot.app.branch is not None)
        pilot.app.go("roll")
        for key in (*"zgj", "3", "f5"):
            pilot.app.screen.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: "未点0" in pilot.app.screen._head.text_of(1))
    marks, _ = on_disk(path)
    assert marks["张刚军"] is Status.LEAVE
