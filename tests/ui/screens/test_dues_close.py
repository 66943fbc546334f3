"""The month's close, the hand-over and the publication."""

from datetime import date

import pytest

from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_months import closed_month
from partyday_tui.services.dues_publish import year_sheet
from partyday_tui.services.dues_table import cash_in_hand
from partyday_tui.store.dues_assessments import payers
from partyday_tui.store.dues_closes import close_notes
from tests.ui.looking import lines
from tests.ui.screens.dues_books import FIVE, dialog, ledger, open_dues, read, the_app, until, village, visited


@pytest.fixture
def path(book, book_path):
    village(book)
    key = {payer.name: payer.id for payer in payers(book)}
    for name in FIVE[:3]:
        record_payment(book, key[name])
    book.close()
    return book_path


async def open_close(pilot):
    await open_dues(pilot)
    await pilot.press("ctrl+y")
    return await visited(pilot, "DuesCloseScreen", lambda screen: len(screen.register.rows) == 5)


async def test_a_month_is_closed_with_everyone_accounted_for_and_the_cash_counted(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_close(pilot)
        assert "已交3" in screen._head.text_of(1) and "还没有定2人" in screen._head.text_of(1)
        await pilot.press("ctrl+y")
        assert "还有2人" in screen._foot.text_of(0), "nobody is passed over"
        await pilot.press(*"snc", "2")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"外出务工", "f5")
        await until(pilot, lambda: "缓交1" in screen._head.text_of(1))
        await until(pilot, lambda: "已存盘" in screen._head.text_of(0))
        await pilot.press(*"zgj", "3", "ctrl+y")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"1.00", "f5")
        await pilot.pause()
        assert any("少 0.50 元" in line for line in lines(pilot.app)), "the gap is told, to the fen"
        await pilot.press("up", *["backspace"] * 4, *"1.50", "f5")
        await until(pilot, lambda: "已月结" in screen._head.text_of(0))
    close, rows = read(path, closed_month, Month(2026, 11))
    assert (close.ledger_fen, close.counted_fen) == (150, 150)
    assert {row.member_name: (row.state, row.reason) for row in rows} == {
        "罗有秀": ("paid", ""), "黄秀杰": ("paid", ""), "金新霞": ("paid", ""),
        "石娜才": ("deferred", "外出务工"), "张刚军": ("unpaid", ""),
    }  # fmt: skip


async def test_part_of_it_is_handed_over_with_a_receipt(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_close(pilot)
        await pilot.press("ctrl+r")
        await dialog(pilot, "FormDialog")
        await pilot.press(*["backspace"] * 4, *"1.20", "down", "down", "down", *"青012345", "f5")
        await until(pilot, lambda: "上缴 1.20 元" in screen._foot.text_of(0))
        assert "在手 0.30" in screen._head.text_of(2)
        await pilot.press("ctrl+r")
        await dialog(pilot, "FormDialog")
        await pilot.press(*["backspace"] * 4, *"0.31", "f5")
        await until(pilot, lambda: any("不得垫交" in line for line in lines(pilot.app)))
        await pilot.press("escape", "1")
    assert ledger(path)[-1][1:5] == ("上缴", "", 120, "cash")
    cash = read(path, cash_in_hand)
    assert (cash.in_hand_fen, cash.by_method["cash"]) == (30, 30)


@pytest.mark.parametrize("leave", ["f2", "escape", "f4", "ctrl+q", "right"])
async def test_notes_stay_whichever_way_the_screen_is_left(path, leave):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await open_close(pilot)
        await pilot.press("f5", *"zgj", "2")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"外出务工", "f5")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "DuesCloseScreen")
        await pilot.press(*"snc", "3", "3", leave)
        await pilot.pause()
    notes = read(path, close_notes, Month(2026, 11))
    assert sorted(notes.values()) == [("deferred", "外出务工"), ("unpaid", "")]


async def test_notes_are_there_again_and_can_be_taken_back(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await open_close(pilot)
        await pilot.press("f5", "escape")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "DuesScreen")
        await pilot.press("ctrl+y")
        screen = await visited(pilot, "DuesCloseScreen", lambda screen: len(screen.register.rows) == 5)
        await until(pilot, lambda: "未交2" in screen._head.text_of(1))
        await pilot.press(*"snc", "0")
        await until(pilot, lambda: "未交1" in screen._head.text_of(1))
        assert "还没有定1人" in screen._head.text_of(1)


async def test_after_the_close_of_the_evening_somebody_still_pays(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_close(pilot)
        await pilot.press("f5", "ctrl+y")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"1.50", "f5")
        await until(pilot, lambda: "已月结" in screen._head.text_of(0))
        await pilot.press("escape")
        table = await visited(pilot, "DuesScreen", lambda it: it._table is not None)
        await pilot.press(*"zgj", "enter")
        await until(pilot, lambda: "在手 2.00" in table._head.text_of(1))
        await pilot.press("ctrl+y")
        await visited(pilot, "DuesCloseScreen", lambda it: len(it.register.rows) == 5)
        await until(pilot, lambda: any("月结后补交" in line for line in lines(pilot.app)))
    assert ledger(path)[-1][:4] == ("张刚军", "当月党费", "2026-11", 50)


async def test_the_year_is_published_and_the_line_read_out(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_close(pilot)
        await pilot.press("ctrl+t")
        await dialog(pilot, "ShowText")
        assert any("11月应交党费5人、2.50元" in line for line in lines(pilot.app))
        await pilot.press("escape", "ctrl+g")
        await dialog(pilot, "Confirm")
        assert any("农民 5人" in line for line in lines(pilot.app))
        await pilot.press("1")
        await dialog(pilot, "FormDialog")
        await pilot.press("f5")
        await until(pilot, lambda: "公示已登记" in screen._foot.text_of(0))
    (published,) = read(path, year_sheet, 2026).published
    assert (published.published_on, published.collected_fen) == ("2026-11-06", 150)


async def test_a_payment_of_a_closed_month_is_taken_back_on_a_later_day(book, book_path):
    from partyday_tui.services.dues_months import close_month

    village(book)
    key = {payer.name: payer.id for payer in payers(book)}
    record_payment(book, key["罗有秀"])
    close_month(book, Month(2026, 11), {}, rest_unpaid=True)
    book.clock = Clock(date(2026, 11, 7))
    book.close()
    from partyday_tui.ui.app import PartydayApp

    app = PartydayApp(book_path, Clock(date(2026, 11, 7)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        await pilot.press(*"lyx", "0")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"记错人", "f5")
        await until(pilot, lambda: "在手 0.00" in screen._head.text_of(1))
    assert [entry[3] for entry in ledger(book_path)] == [50, -50]
