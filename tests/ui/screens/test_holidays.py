"""放假安排 by keyboard: a notice pasted, a day by hand, planned dates that make way."""

from datetime import date

import pytest

from partyday_tui.clock import Clock
from partyday_tui.services.books import open_existing
from partyday_tui.services.holidays import calendar_for
from partyday_tui.services.plan import make_plan
from partyday_tui.store import events as store
from partyday_tui.ui.screens.holidays import HolidaysScreen
from partyday_tui.ui.screens.year import YearScreen
from tests.services.test_holidays import NOTICE_2027
from tests.ui.looking import HOSTILE, lines
from tests.ui.screens.rolls import TODAY, the_app, until
from tests.ui.screens.test_year import asked, open_year, said


@pytest.fixture
def planned(book, book_path):
    """A book with the plan of a year that is not announced."""
    make_plan(book, 2027)
    book.close()
    return book_path


def read(path, ask):
    book = open_existing(path, Clock(TODAY))
    try:
        return ask(book)
    finally:
        book.close()


async def open_holidays(pilot, year):
    await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
    pilot.app.go("holidays", year)
    await until(pilot, lambda: isinstance(pilot.app.screen, HolidaysScreen) and len(pilot.app.screen.register.rows) > 0)
    return pilot.app.screen


async def test_a_notice_is_pasted_checked_written_and_the_plan_makes_way(planned):
    async with the_app(planned).run_test(size=(80, 24)) as pilot:
        screen = await open_holidays(pilot, 2027)
        assert "未公布" in screen._head.text_of(1)
        await pilot.press("f5")
        await asked(pilot, "PasteText")
        pilot.app.screen._area.text = NOTICE_2027
        await pilot.press("f5")
        await asked(pilot, "Preview")
        assert "2027-01-01" in " ".join(lines(pilot.app))
        assert read_nothing_written(planned, pilot)
        await pilot.press("f5")
        await until(pilot, lambda: "这些活动碰上放假" in " ".join(lines(pilot.app)))
        await pilot.press("f5")
        await said(pilot, screen, "调整了1次活动的日期")
        assert "调休上班" in screen._head.text_of(1)
    october = next(it for it in read(planned, lambda book: store.events_of_year(book, 2027)) if it.month == "2027-10")
    assert october.on_date == date(2027, 10, 15)
    assert read(planned, lambda book: calendar_for(book, [2027]).is_announced(2027))


def read_nothing_written(path, pilot):
    """Whether the open book still has no notice."""
    return pilot.app._book.rows("SELECT count(*) FROM holiday_notice")[0][0] == 0


async def test_a_day_by_hand_is_written_and_taken_out(planned):
    async with the_app(planned).run_test(size=(80, 24)) as pilot:
        screen = await open_holidays(pilot, 2026)
        count = len(screen.register.rows)
        await pilot.press("insert")
        await asked(pilot, "FormDialog")
        await pilot.press(*"20261231", "down", "down", *"停电", "f5")
        await said(pilot, screen, "2026-12-31 放假")
        assert screen.register.cursor_row.cells == ("2026-12-31", "周四", "放假", "停电", "", "手工")
        await pilot.press("delete")
        await said(pilot, screen, "已去掉手工写的 2026-12-31")
        assert len(screen.register.rows) == count
        await pilot.press("delete")
        await said(pilot, screen, "不是手工写的")


async def test_esc_goes_back_to_the_year(planned):
    async with the_app(planned).run_test(size=(80, 24)) as pilot:
        await open_year(pilot)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(pilot.app.screen, HolidaysScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, YearScreen))


@pytest.mark.parametrize("text", HOSTILE)
async def test_a_hostile_text_in_place_of_a_notice_is_shown_as_text(planned, text):
    async with the_app(planned).run_test(size=(80, 24)) as pilot:
        screen = await open_holidays(pilot, 2027)
        screen.post_message(HolidaysScreen.Pasted(f"{text}\n2027年放假{text}\n国庆节：{text}"))
        await asked(pilot, "Preview")
        await pilot.press("f5", "escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert read_nothing_written(planned, pilot)
