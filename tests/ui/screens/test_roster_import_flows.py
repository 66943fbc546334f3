"""A roster laid open and written by keys, or left alone."""

import pytest

from tests.ui.looking import lines
from tests.ui.screens.rosters import VILLAGE, dialog, members_on_disk, open_roster, pick, shown, the_app, told, until


@pytest.fixture
def path(book, book_path):
    book.close()
    return book_path


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_village_is_written_only_after_f5(path, size):
    async with the_app(path).run_test(size=size) as pilot:
        roster = await open_roster(pilot)
        await pick(pilot, VILLAGE)
        preview = await dialog(pilot, "RosterPreviewDialog")
        assert "新增44人" in preview.head.text_of(1)
        await pilot.press("escape")
        await told(pilot, roster, "没有写入")
        assert shown(roster) == []
        await pick(pilot, VILLAGE)
        await dialog(pilot, "RosterPreviewDialog")
        await pilot.press("f5")
        await told(pilot, roster, "新增44人")
        assert "党员44人" in roster._head.text_of(1)
        await pick(pilot, VILLAGE)
        again = await dialog(pilot, "RosterPreviewDialog")
        await pilot.press("f5")
        assert "没有要写入" in again.foot.text_of(0)
    assert len(members_on_disk(path)) == 43, "two bear one name"


async def test_the_welcome_leads_straight_to_the_file(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
        pilot.app.go("roster", "import")
        await dialog(pilot, "PickFile")


async def test_a_sheet_without_heads_is_mapped_by_hand(path, tmp_path):
    file = tmp_path / "名单.csv"
    file.write_text("老张,男,1960-01-02\n张[/foo]三,女,1961-02-03\n", "utf-8")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        await pick(pilot, file)
        await dialog(pilot, "Choose")
        await pilot.press("3")  # 没有表头
        await until(pilot, lambda: "1 老张 第1列" in shown(pilot.app.screen))
        await pilot.press("1")
        preview = await dialog(pilot, "RosterPreviewDialog")
        assert "新增2人" in preview.head.text_of(1)
        await pilot.press("ctrl+l")
        await until(pilot, lambda: shown(pilot.app.screen)[-1:] == ["3 1960-01-02、1961-02-03 不导入"])
        await pilot.press("3")
        await until(pilot, lambda: any("出生日期" in line for line in shown(pilot.app.screen)))
        pilot.app.screen.register.go_to("born_on")
        await pilot.press("enter")
        mapped = await dialog(pilot, "RosterPreviewDialog")
        assert any("出生日期" in line for line in shown(mapped))
        await pilot.press("f5")
        await told(pilot, roster, "新增2人")
    written = members_on_disk(path)
    assert {name: it.born_on for name, it in written.items()} == {"老张": "1960-01-02", "张[/foo]三": "1961-02-03"}


async def test_a_file_that_is_no_table_is_refused_in_a_sentence(path, tmp_path):
    file = tmp_path / "坏.xlsx"
    file.write_bytes(b"PK\x03\x04 nothing")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        await pick(pilot, file)
        await told(pilot, roster, "另存为")
        assert pilot.app.screen is roster


async def test_changes_and_problems_are_shown_with_their_rows_and_in_words(path, tmp_path):
    first, second = tmp_path / "一.csv", tmp_path / "二.csv"
    first.write_text("姓名,出生日期,人员类别,身份,身份证号\n张三,1960-01-02,预备党员,农民,\n", "utf-8")
    second.write_text("姓名,出生日期,人员类别,身份,身份证号\n张三,1960-01-02,正式党员,退休,123\n", "utf-8")
    async with the_app(path).run_test(size=(120, 36)) as pilot:
        roster = await open_roster(pilot)
        await pick(pilot, first)
        await dialog(pilot, "RosterPreviewDialog")
        await pilot.press("f5")
        await told(pilot, roster, "新增1人")
        await pick(pilot, second)
        preview = await dialog(pilot, "RosterPreviewDialog")
        text = "\n".join(shown(preview))
        assert "第2行 身份证号" in text
        assert "类别 预备党员 改为 正式党员" in text and "党费类别 农民 改为 离退休" in text


@pytest.mark.parametrize("theme", ["partyday-dark", "partyday-plain"])
async def test_no_sentence_of_the_preview_is_cut(path, tmp_path, theme):
    file = tmp_path / "一.csv"
    file.write_text("姓名,性别,身份证号\n" + "".join(f"张{n}三,男,{'1' * n}\n" for n in range(3, 8)), "utf-8")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        pilot.app.theme = theme
        await open_roster(pilot)
        await pick(pilot, file)
        await dialog(pilot, "RosterPreviewDialog")
        await until(pilot, lambda: any("证件后重" in line for line in lines(pilot.app)))
        assert not any(".." in line for line in lines(pilot.app))
