"""The month's end on the screen: what is missing leads to its place, F5 closes, makes, lays ready, and offers the backup."""

import asyncio

import pytest

from partyday_tui.rules.month import Month
from partyday_tui.rules.outbox import State
from partyday_tui.services import outbox
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_months import closed_month
from partyday_tui.services.plan import make_plan
from partyday_tui.store.dues_assessments import payers
from partyday_tui.ui.screens.month_end import MonthEndScreen
from tests.ui.looking import lines
from tests.ui.screens.dues_books import FIVE, dialog, read, the_app, until, village

NOV = Month(2026, 11)


@pytest.fixture
def path(book, book_path):
    village(book)
    make_plan(book, 2026)
    key = {payer.name: payer.id for payer in payers(book)}
    for name in FIVE[:3]:
        record_payment(book, key[name])
    book.close()
    return book_path


async def open_end(pilot):
    app = pilot.app
    await until(pilot, lambda: app.branch is not None)
    app.go("month_end")
    await until(pilot, lambda: isinstance(app.screen, MonthEndScreen) and len(app.screen.register.rows) > 4)
    return app.screen


def told(screen):
    return screen._foot.text_of(0)


async def test_a_month_is_closed_made_laid_ready_and_the_backup_offered(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_end(pilot)
        await pilot.press("right")
        await until(pilot, lambda: "2026-11" in screen._head.text_of(0))
        assert "还缺" in screen._head.text_of(1)
        await pilot.press("f5")
        await dialog(pilot, "Choose")
        await pilot.press("1")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"1.50", "f5")
        await dialog(pilot, "Confirm")
        assert any("已放进待报送" in line for line in lines(pilot.app))
        await pilot.press("0")
        await until(pilot, lambda: pilot.app.screen is screen)
        rows = {row.cells[0]: row.cells for row in screen.register.rows if str(row.key).startswith("step")}
        assert rows["党费月结"][2] == "2026-11-06 结" and rows["报送"][2] == "待报送"
    assert read(path, closed_month, NOV) is not None
    (item,) = read(path, outbox.items)
    assert (item.kind, item.period, item.state) == ("month", "2026-11", State.WAITING)


async def test_esc_before_the_close_leaves_everything_as_it_was(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_end(pilot)
        await pilot.press("right")
        await until(pilot, lambda: "2026-11" in screen._head.text_of(0))
        await pilot.press("f5")
        await dialog(pilot, "Choose")
        await pilot.press("escape")
        await until(pilot, lambda: "没有结账" in told(screen))
    assert read(path, closed_month, NOV) is None and read(path, outbox.items) == []


async def test_esc_stops_the_package_and_leaves_no_file(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_end(pilot)
        await pilot.press("right")
        await until(pilot, lambda: "2026-11" in screen._head.text_of(0))
        await pilot.press("f5")
        await dialog(pilot, "Choose")
        chosen = asyncio.create_task(pilot.press("2"))
        while type(pilot.app.screen).__name__ != "Working":  # it is soon over
            await asyncio.sleep(0)
        await pilot.press("escape")
        await chosen
        await until(pilot, lambda: "已停下" in told(screen))
        assert pilot.app.screen is screen
    assert read(path, outbox.items) == []


async def test_a_gap_leads_to_its_place_and_the_close_comes_back(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_end(pilot)
        await pilot.press("right", "enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "DuesCloseScreen")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        roll = next(row.key for row in screen.register.rows if row.cells[0] == "点名")
        screen.register.go_to(roll)
        await pilot.press("enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "RollScreen")
