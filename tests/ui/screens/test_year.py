"""年历 by keyboard: planning, moving, adding, importing, in a book on disk."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.services.books import open_existing
from partyday_tui.services.events import add_event
from partyday_tui.services.moving import requests_of
from partyday_tui.services.plan import make_plan, year_plan
from partyday_tui.ui.screens.roll import RollScreen
from partyday_tui.ui.screens.year import YearScreen
from tests.ui.looking import HOSTILE, lines
from tests.ui.screens.rolls import TODAY, the_app, until

SAMPLE = Path(__file__).parents[2] / "samples" / "2026年度主题党日活动计划表.xlsx"


@pytest.fixture
def path(book, book_path):
    book.close()
    return book_path


@pytest.fixture
def planned(book, book_path):
    """A book whose year is planned."""
    make_plan(book, 2026)
    book.close()
    return book_path


def read(path, ask):
    """What another run of the program would read."""
    book = open_existing(path, Clock(TODAY))
    try:
        return ask(book)
    finally:
        book.close()


async def open_year(pilot):
    await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
    await pilot.press("f3")
    await until(pilot, lambda: isinstance(pilot.app.screen, YearScreen) and len(pilot.app.screen.register.rows) > 0)
    return pilot.app.screen


async def said(pilot, screen, words):
    await until(pilot, lambda: pilot.app.screen is screen and words in screen._foot.text_of(0))


async def asked(pilot, name):
    await until(pilot, lambda: type(pilot.app.screen).__name__ == name)


async def test_the_year_is_planned_by_one_key(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_year(pilot)
        assert "还没有排计划" in screen._head.text_of(1)
        await pilot.press("f5")
        await said(pilot, screen, "排好13次")
        assert "没有主题：1至12月" in screen._head.text_of(1)
        text = lines(pilot.app)
        assert sum("月 " in line and "周" in line for line in text) == 13, "twelve months and 七一 at a glance"
        assert any("01-09 周五 顺延" in line for line in text)
        await pilot.press("f5")
        await said(pilot, screen, "没有缺的月份")
    assert read(path, lambda book: year_plan(book, 2026)).missing == 0


async def test_the_row_says_why_its_date_moved(planned):
    async with the_app(planned).run_test(size=(80, 24)) as pilot:
        screen = await open_year(pilot)
        assert screen.register.cursor_row.cells[0] == "11月"
        await pilot.press("up")
        await until(pilot, lambda: "国庆节放假，顺延至下个周五" in screen._head.text_of(2))


async def test_a_date_is_moved_with_its_request_and_the_reply_entered(planned):
    async with the_app(planned).run_test(size=(80, 24)) as pilot:
        screen = await open_year(pilot)
        await pilot.press("ctrl+t")
        await asked(pilot, "FormDialog")
        await pilot.press(*"20261113", "down", *"秋收", "f5")
        await asked(pilot, "Confirm")
        assert "必须书面报上级党" in " ".join(lines(pilot.app))
        await pilot.press("enter")
        await said(pilot, screen, "请示还没有送出。今年变更1次")
        event = next(line.event for line in screen._lines.values() if line.event.month == "2026-11")
        await pilot.press("enter", "5")
        await asked(pilot, "FormDialog")
        await pilot.press(*"20261106", "down", "down", "3", "f5")
        await asked(pilot, "Confirm")
        await pilot.press("enter")
        await said(pilot, screen, "日期改回 2026-11-06")
    request = read(planned, lambda book: requests_of(book, event.id))[0]
    assert (request.state, request.requested_on) == ("refused", date(2026, 11, 6))
    assert read(planned, lambda book: year_plan(book, 2026)).changes == 0


async def test_an_event_is_added_edited_and_taken_out(planned):
    async with the_app(planned).run_test(size=(80, 24)) as pilot:
        screen = await open_year(pilot)
        await pilot.press("insert")
        await asked(pilot, "FormDialog")
        await pilot.press("4", "down", *"1104", "f5")
        await until(pilot, lambda: "不合情理" in pilot.app.screen.foot.text_of(0))
        assert type(pilot.app.screen).__name__ == "FormDialog", "half a date is not taken"
        await pilot.press(*["backspace"] * 4, *"11月4日", "down", *"研究主题", "f5")
        await said(pilot, screen, "已存盘")
        assert screen.register.cursor_row.cells[2] == "支委会  研究主题"
        await pilot.press("delete")
        await asked(pilot, "Confirm")
        await pilot.press("enter", "1")
        await said(pilot, screen, "已从计划里去掉")
        assert len(screen.register.rows) == 13


async def test_enter_leads_to_the_roll(planned):
    async with the_app(planned).run_test(size=(80, 24)) as pilot:
        await open_year(pilot)
        await pilot.press("enter", "1")
        await until(pilot, lambda: isinstance(pilot.app.screen, RollScreen) and pilot.app.screen._event is not None)
        assert pilot.app.screen._event.on_date == TODAY


async def test_a_line_that_is_not_planned_yet_says_what_to_do(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_year(pilot)
        await pilot.press("ctrl+t")
        await said(pilot, screen, "先按 F5 排计划")


async def test_the_years_are_turned_and_one_not_announced_says_so(planned):
    async with the_app(planned).run_test(size=(80, 24)) as pilot:
        screen = await open_year(pilot)
        await pilot.press("right")
        await until(pilot, lambda: "2027年放假安排未公布" in screen._head.text_of(1))
        await pilot.press("left")
        await until(pilot, lambda: "今年变更0次" in screen._head.text_of(1))


async def test_the_plan_table_is_looked_at_then_written(planned, tmp_path):
    table = shutil.copy(SAMPLE, tmp_path / "plan.xlsx")
    async with the_app(planned).run_test(size=(80, 24)) as pilot:
        screen = await open_year(pilot)
        await pilot.press("ctrl+l")
        await asked(pilot, "PickFile")
        pilot.app.screen.take_paste(str(table))
        await asked(pilot, "Preview")
        await until(pilot, lambda: "更改12" in " ".join(lines(pilot.app)))
        await pilot.press("f5")
        await said(pilot, screen, "计划表已导入")
        assert screen.register.cursor_row.cells[2] == "党史专题学习，流动党员线上交流"
    assert read(planned, lambda book: year_plan(book, 2026)).check.sentences == ()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_hostile_themes_are_shown_as_text(book, book_path, size):
    for number, text in enumerate(HOSTILE, 1):
        add_event(book, Month(2026, number), date(2026, number, 9), frozenset({"party_day"}), {"theme": text, "form": text})  # fmt: skip
    book.close()
    async with the_app(book_path).run_test(size=size) as pilot:
        screen = await open_year(pilot)
        shown = lines(pilot.app)
        assert any("张[/foo]三" in line for line in shown)
        assert all(len(line.encode("gbk", "replace")) <= size[0] for line in shown), "no line is wider than the screen"
        screen.register.go_to(next(iter(screen._lines)))
        await pilot.press("enter", "3")
        await asked(pilot, "FormDialog")
        await pilot.press("escape")
        assert not any("\x1b" in line or "\u202e" in line for line in lines(pilot.app))


async def test_a_target_opens_its_year(planned):
    key = read(planned, lambda book: add_event(book, Month(2025, 3), date(2025, 3, 7), frozenset({"party_day"}), {}))
    async with the_app(planned).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
        pilot.app.go("year", key)
        await until(
            pilot, lambda: isinstance(pilot.app.screen, YearScreen) and pilot.app.screen.register.cursor_key == key
        )
        assert "2025年" in pilot.app.screen._head.text_of(0)
