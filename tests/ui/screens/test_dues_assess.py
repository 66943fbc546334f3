"""Deciding what each member pays, one by one and from a sheet."""

from pathlib import Path

import pytest

from partyday_tui.rules.month import Month
from partyday_tui.services.dues_assess import assessment_sheet
from tests.ui.looking import lines
from tests.ui.screens.dues_books import dialog, open_dues, read, the_app, until, village, visited

SHEET = Path(__file__).parents[2] / "samples" / "党费核定基础数据.xlsx"


async def open_assess(pilot):
    await open_dues(pilot)
    await pilot.press("ctrl+k")
    return await visited(pilot, "DuesAssessScreen", lambda screen: len(screen.register.rows) > 0)


def held(path):
    return {row.payer.id: row.current for row in read(path, assessment_sheet, 2026)}


async def test_the_jump_at_a_bracket_is_told_before_it_is_written(book, book_path):
    village(book, ["罗有秀"], only=())
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_assess(pilot)
        assert "未核定1人" in screen._head.text_of(1)
        await pilot.press("enter")
        await dialog(pilot, "Choose")
        await pilot.press("1")
        await dialog(pilot, "FormDialog")
        await pilot.press("down", *"4000", "f5")  # 岗位工资, without what is taken off
        await dialog(pilot, "Confirm")
        assert any("40.00" in line for line in lines(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("enter")
        await dialog(pilot, "Choose")
        await pilot.press("1")
        await dialog(pilot, "FormDialog")
        await pilot.press("down", *"4000", *["down"] * 5, *"999.99", "f5")  # 个人所得税
        await dialog(pilot, "Confirm")
        text = "".join(lines(pilot.app)).replace(" ", "")
        assert "3000元整每月交15.00元" in text and "每月30.00元" in text
        await pilot.press("1")
        await until(pilot, lambda: "每月 30.00 元" in screen._foot.text_of(0))
    (current,) = held(book_path).values()
    assert (current.base_fen, current.monthly_fen, current.valid_from) == (300_001, 3000, "2026-11"), (
        "a new book begins now"
    )


async def test_less_than_the_tables_needs_the_approval_on_file(book, book_path):
    village(book, ["罗有秀"], since=Month(2026, 1))
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_assess(pilot)
        await pilot.press("enter")
        await dialog(pilot, "Choose")
        await pilot.press("5")
        form = await dialog(pilot, "FormDialog")
        await pilot.press("3", "down", "down", *"因病致困", "f5")
        await until(pilot, lambda: pilot.app.screen is not form and type(pilot.app.screen).__name__ == "FormDialog")
        await pilot.press("f5")
        await pilot.pause()
        assert any("批准文号" in line and "还没有填" in line for line in lines(pilot.app))
        await pilot.press(*"青组〔2026〕8号", "down", *"青山镇党委", "down", *"2026-10-30", "f5")
        await dialog(pilot, "Confirm")
        await pilot.press("1")
        await until(pilot, lambda: "每月 0.00 元" in screen._foot.text_of(0))
    (current,) = held(book_path).values()
    assert (current.monthly_fen, current.relief, current.relief_by) == (0, "exempt", "青山镇党委")


@pytest.fixture
def with_twins(book, book_path):
    village(book, ["王建国", "王建国", "任玉玉", "罗有秀"], only=())
    book.close()
    return book_path


async def test_a_name_that_stands_twice_is_settled_by_the_user(with_twins, monkeypatch):
    from partyday_tui.ui.dialogs.pick_file import PickFile

    async with the_app(with_twins).run_test(size=(80, 24)) as pilot:
        screen = await open_assess(pilot)
        await pilot.press("f5")
        picker = await dialog(pilot, "PickFile")
        assert isinstance(picker, PickFile)
        picker.dismiss(SHEET)
        choose = await dialog(pilot, "Choose")
        assert "王建国" in choose.head.text_of(0) and len(choose.register.rows) == 3
        await pilot.press("2")
        await until(pilot, lambda: pilot.app.screen is not choose and type(pilot.app.screen).__name__ == "Choose")
        assert len(pilot.app.screen.register.rows) == 2, "the first one is taken"
        await pilot.press("1")
        await dialog(pilot, "FormDialog")
        await pilot.press("f5")
        await dialog(pilot, "Preview")
        assert held_none(screen), "the amounts are shown before anything is written"
        await pilot.press("f5")
        await until(pilot, lambda: "核定4人" in screen._foot.text_of(0))
    by_category = sorted((one.category, one.monthly_fen) for one in held(with_twins).values())
    assert by_category == [("farmer", 50), ("retired", 5000), ("retired", 5000), ("wage", 4200)]


def held_none(screen):
    return all(row.current is None for row in screen._rows.values())


async def test_last_year_is_carried_over(book, book_path):
    village(book, since=Month(2025, 1))
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_assess(pilot)
        assert "未核定5人" in screen._head.text_of(1)
        await pilot.press("ctrl+r")
        await dialog(pilot, "FormDialog")
        await pilot.press("f5")
        await until(pilot, lambda: "沿用5人" in screen._foot.text_of(0))
        assert "都核定了" in screen._head.text_of(1)


async def test_the_rules_of_dues_are_changed_in_the_settings(book, book_path):
    from partyday_tui.services.presets import rule_book_of
    from tests.ui.screens.test_settings import TODAY, open_settings

    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_settings(pilot)
        keys = ["dues.rounding", "dues.farmer_monthly_fen", "dues.first_month", "dues.last_month"]
        for key in [*keys, "dues.last_month_at_death"]:
            assert screen.register.has(key)
        screen.register.go_to("dues.farmer_monthly_fen")
        await pilot.press("enter", "2")
        await dialog(pilot, "FormDialog")
        await pilot.press("backspace", "backspace", *"100", "down", *"村民会议定", "f5")
        await until(pilot, lambda: "已存盘" in screen._foot.text_of(0))
    value = read(book_path, lambda found: rule_book_of(found).rule("dues.farmer_monthly_fen", TODAY).value)
    assert value == 100


async def test_a_rule_changed_today_is_shown_before_it_is_written(book, book_path):
    from partyday_tui.services.presets import override_rule

    village(book)
    override_rule(book, "dues.farmer_monthly_fen", 100, "镇里要求")
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_assess(pilot)
        await pilot.press(*"lyx", "enter")
        await dialog(pilot, "Choose")
        await pilot.press("5")
        await dialog(pilot, "FormDialog")
        await pilot.press("down", "down", *"标准改了", "f5")
        await dialog(pilot, "Confirm")
        assert any("2026-11 起每月 1.00 元" in line for line in lines(pilot.app))
        assert any("一般当年不变" in line for line in lines(pilot.app)), "what to look at comes before the writing"
        await pilot.press("1")
        await until(pilot, lambda: "每月 1.00 元，已存盘" in screen._foot.text_of(0))


async def test_for_the_retired_the_branch_agrees_by_keyboard(book, book_path):
    village(book, only=())
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_assess(pilot)
        await pilot.press(*"lyx", "enter")
        await dialog(pilot, "Choose")
        await pilot.press("4")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"5000.01", "down", "right", "f5")
        await until(pilot, lambda: any("按标准是 50.00 元" in line for line in lines(pilot.app)))
        await pilot.press(*"20", "down", *"生活困难", "down", "down", "down", *"2026-11-05", "f5")
        await dialog(pilot, "Confirm")
        await pilot.press("1")
        await until(pilot, lambda: "每月 20.00 元，已存盘" in screen._foot.text_of(0))
    (found,) = filter(None, held(book_path).values())
    assert (found.relief, found.relief_document, found.relief_by) == ("reduced", "党支部研究同意", "柳湾村党支部")


async def test_a_whole_village_is_assessed_with_four_keys(book, book_path):
    village(book, only=())
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_assess(pilot)
        await pilot.press("ctrl+r")
        await dialog(pilot, "FormDialog")
        assert any("按农民核定" in line for line in lines(pilot.app)), "the roster says no category"
        await pilot.press("f5")
        await dialog(pilot, "Confirm")
        assert any("农民 5人，每人每月 0.50 元" in line for line in lines(pilot.app))
        assert held_none(screen), "nothing is written before it is agreed to"
        await pilot.press("1")
        await until(pilot, lambda: "核定5人" in screen._foot.text_of(0))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "都核定了" in screen._foot.text_of(0))
        await pilot.press("ctrl+d")
        form = await dialog(pilot, "FormDialog")
        await pilot.press("down", "down", *"深圳某支部", "f5")
        await until(pilot, lambda: pilot.app.screen is not form and "在外地交" in screen._head.text_of(2))
    assert {one.valid_from for one in held(book_path).values()} == {"2026-11"}
