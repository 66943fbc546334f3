"""The roster by keyboard: a file in, particulars changed, people coming and going, and nobody's number on the screen."""

import sqlite3
from pathlib import Path

import pytest
from openpyxl import Workbook

from partyday_tui.clock import Clock
from partyday_tui.services.books import open_existing
from partyday_tui.services.roster_import import commit, preview
from partyday_tui.store import members as store
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.roster import RosterScreen
from partyday_tui.ui.screens.roster_import import RosterPreviewDialog
from tests.ui.looking import SIZES, lines
from tests.ui.screens.rolls import TODAY, the_app, until

VILLAGE = Path(__file__).parents[2] / "samples" / "党员花名册-柳湾村.xlsx"


@pytest.fixture
def empty(book, book_path):
    book.close()
    return book_path


@pytest.fixture
def village(book, book_path):
    commit(book, preview(book, VILLAGE))
    book.close()
    return book_path


async def open_roster(pilot):
    app = pilot.app
    await until(pilot, lambda: app.branch is not None and app.screen is app.desk)
    await pilot.press("f6")
    await until(pilot, lambda: isinstance(app.screen, RosterScreen) and "党员" in app.screen._head.text_of(1))
    return app.screen


async def dialog(pilot, kind):
    await until(pilot, lambda: isinstance(pilot.app.screen, kind) and pilot.app.screen.is_mounted)
    return pilot.app.screen


async def a_list(pilot, title):
    """Wait for a list of this title."""
    await until(pilot, lambda: title in "\n".join(lines(pilot.app)))


async def back_to(pilot, screen, words):
    await until(pilot, lambda: pilot.app.screen is screen and words in screen._foot.text_of(0))


async def pick(pilot, path):
    await a_list(pilot, "选党员名册")
    await pilot.press(*str(path), "enter")


def members(path):
    book = open_existing(path, Clock(TODAY))
    try:
        return {it.name: it for it in store.members(book)}
    finally:
        book.close()


@pytest.mark.parametrize("size", SIZES)
async def test_a_roster_comes_in_by_its_path_and_a_second_time_changes_nothing(empty, size):
    async with the_app(empty).run_test(size=size) as pilot:
        screen = await open_roster(pilot)
        assert "F5" in screen.register.empty
        await pilot.press("f5")
        await pick(pilot, VILLAGE)
        shown = await dialog(pilot, RosterPreviewDialog)
        assert "新增44人" in shown.head.text_of(1) and "问题0处" in shown.head.text_of(1)
        with sqlite3.connect(empty) as other:
            assert other.execute("SELECT count(*) FROM member").fetchone() == (0,), "nothing before it is agreed to"
        await pilot.press("f5")
        await back_to(pilot, screen, "新增44人")
        assert "党员44人" in screen._head.text_of(1) and "预备2" in screen._head.text_of(1)
        await pilot.press("f5")
        await pick(pilot, VILLAGE)
        shown = await dialog(pilot, RosterPreviewDialog)
        assert "不变44人" in shown.head.text_of(1)
        await pilot.press("f5", "escape")
        await back_to(pilot, screen, "没有写入")
    assert len(members(empty)) == 43, "two of them are 王建国"


def sheet(path, *rows):
    workbook = Workbook()
    for line in rows:
        workbook.worksheets[0].append(line)
    workbook.save(path)
    return path


async def test_a_file_without_known_heads_is_pointed_out_by_hand(empty, tmp_path):
    path = sheet(tmp_path / "a.xlsx", ["花名册"], ["同志", "哪个组"], ["甲", "一组"], ["乙", "二组"])
    async with the_app(empty).run_test(size=(80, 24)) as pilot:
        screen = await open_roster(pilot)
        await pilot.press("f5")
        await pick(pilot, path)
        await a_list(pilot, "哪一行是表头")
        await pilot.press("2")
        await a_list(pilot, "哪一列是姓名")
        await pilot.press("1")
        shown = await dialog(pilot, RosterPreviewDialog)
        assert "新增2人" in shown.head.text_of(1)
        await pilot.press("ctrl+l")
        await a_list(pilot, "改哪一列")
        await pilot.press("2")
        await a_list(pilot, "是什么")
        await pilot.press(*"党小组", "enter")
        await until(
            pilot, lambda: "一组" in "\n".join(lines(pilot.app)) and isinstance(pilot.app.screen, RosterPreviewDialog)
        )
        await pilot.press("f5")
        await back_to(pilot, screen, "新增2人")
    assert {name: it.group for name, it in members(empty).items()} == {"甲": "一组", "乙": "二组"}


async def test_a_file_that_is_no_roster_is_told_and_left(empty, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 100)
    async with the_app(empty).run_test(size=(80, 24)) as pilot:
        screen = await open_roster(pilot)
        await pilot.press("f5")
        await pick(pilot, tmp_path / "a.xlsx")
        await back_to(pilot, screen, "不是表格文件")


async def test_problems_are_read_before_anything_is_written(empty, tmp_path):
    path = sheet(tmp_path / "a.xlsx", ["姓名", "身份证号"], ["甲", "999999196003087530"], ["", "x"])
    async with the_app(empty).run_test(size=(80, 24)) as pilot:
        await open_roster(pilot)
        await pilot.press("f5")
        await pick(pilot, path)
        shown = await dialog(pilot, RosterPreviewDialog)
        assert "问题2处" in shown.head.text_of(1) and "拒收1人" in shown.head.text_of(1)
        text = "\n".join(lines(pilot.app))
        assert "第2行" in text and "校验位" in text


@pytest.mark.parametrize("size", SIZES)
async def test_no_full_number_is_on_any_list_or_form(village, size, tmp_path):
    changed = sheet(tmp_path / "a.xlsx", ["姓名", "身份证号", "手机"], ["罗有秀", "999999194709046433", "13812341234"])
    async with the_app(village).run_test(size=size) as pilot:
        screen = await open_roster(pilot)
        seen = [lines(pilot.app)]
        await pilot.press(*"lyx", "enter")
        await a_list(pilot, "修改记录")
        await pilot.press("1")
        await dialog(pilot, FormDialog)
        await pilot.press(*["down"] * 9)
        seen.append(lines(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("enter")
        await a_list(pilot, "修改记录")
        await pilot.press("4")
        await a_list(pilot, "修改记录  罗有秀")
        seen.append(lines(pilot.app))
        assert any("19*" in line or "196*" in line for line in seen[-1])
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("escape", "f5")
        await pick(pilot, changed)
        await dialog(pilot, RosterPreviewDialog)
        seen.append(lines(pilot.app))
        assert any("改为" in line for line in seen[-1])
    text = "\n".join("\n".join(it) for it in seen)
    for member in members(village).values():
        assert member.identity not in text
    assert "13812341234" not in text
    assert "19613186091" not in "\n".join(seen[0] + seen[2] + seen[3]), "the form alone shows whom to call"


async def test_a_member_is_found_by_initials_and_changed(village):
    async with the_app(village).run_test(size=(80, 24)) as pilot:
        screen = await open_roster(pilot)
        await pilot.press(*"sgq")
        assert screen.register.shown_count == 1
        await pilot.press("enter")
        await a_list(pilot, "单国强")
        await pilot.press("1")
        form = await dialog(pilot, FormDialog)
        assert form.form.values()["identity"].count("*") == 15
        await pilot.press(*"伟", "f5")
        await back_to(pilot, screen, "已存盘")
    member = members(village)["单国强伟"]
    assert (member.reading, member.identity) == ("shan guo qiang wei", "999999194811042578"), "the masked number stays"


async def test_a_number_that_is_anothers_keeps_the_form_open(village):
    async with the_app(village).run_test(size=(80, 24)) as pilot:
        screen = await open_roster(pilot)
        await pilot.press("insert")
        await a_list(pilot, "本来就在支部")
        await pilot.press("1")
        form = await dialog(pilot, FormDialog)
        at = [field.name for field in form.form.fields].index("identity")
        await pilot.press(*"新来的", *["down"] * at, *"999999194811042578", "f5")
        await until(pilot, lambda: "已经是单国强的" in form.foot.text_of(0))
        assert pilot.app.screen is form and form.form.values()["name"] == "新来的"
        await pilot.press(*["backspace"] * 18, "f5")
        await back_to(pilot, screen, "已存盘")
    assert members(village)["新来的"].identity == ""


async def test_people_leave_and_a_slip_is_taken_back(village):
    async with the_app(village).run_test(size=(80, 24)) as pilot:
        screen = await open_roster(pilot)
        await pilot.press(*"sgq", "enter")
        await a_list(pilot, "单国强")
        await pilot.press("2")
        await a_list(pilot, "转出")
        await pilot.press("4")
        await dialog(pilot, FormDialog)
        await pilot.press("f5")
        await back_to(pilot, screen, "转出，已存盘")
        assert "党员43人" in screen._head.text_of(1) and "已离开1人" in screen._head.text_of(1)
        await pilot.press("ctrl+o", *"sgq")
        assert "转出2026-1" in "\n".join(lines(pilot.app)), "80 columns crop the day"
        await pilot.press("enter")
        await a_list(pilot, "变动记录")
        await pilot.press("3")
        await a_list(pilot, "选一条可以去掉")
        await pilot.press("1")
        await a_list(pilot, "去掉变动登记")
        await pilot.press("1")
        await back_to(pilot, screen, "已去掉")
        assert "党员44人" in screen._head.text_of(1)


async def test_one_party_group_at_a_time(village):
    async with the_app(village).run_test(size=(120, 36)) as pilot:
        screen = await open_roster(pilot)
        sizes = []
        for _ in range(4):
            await pilot.press("ctrl+g")
            sizes.append(screen.register.shown_count)
        assert sum(sizes[:3]) == sizes[3] == 44


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_are_shown_as_they_are(book, book_path, size):
    with book.act("造数") as transaction:
        for name in ("张[/foo]三", "[@click=app.quit]x", "=1+1", "王\u202e五", "长" * 40):
            transaction.connection.execute(
                "INSERT INTO member (name, kind, post, note) VALUES (?, 'full', '[b]x[/b]', ?)", (name, "[/foo]" * 30)
            )
    book.close()
    async with the_app(book_path).run_test(size=size) as pilot:
        screen = await open_roster(pilot)
        text = "\n".join(lines(pilot.app))
        assert "张[/foo]三" in text and "[@click=app" in text and "\u202e" not in text
        for choice in ("1", "4"):
            await pilot.press("end", "enter")
            await until(pilot, lambda: pilot.app.screen is not screen)
            await pilot.press(choice)
            await pilot.pause(0.1)
            assert "\u202e" not in "\n".join(lines(pilot.app))
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is screen)
