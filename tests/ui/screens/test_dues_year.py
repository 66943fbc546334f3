"""The year's register, the card behind it, and a reversal from there."""

from contextlib import closing

import pytest

from partyday_tui.clock import Clock
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_assess import set_term
from partyday_tui.services.dues_away import set_away
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.store.book import open_book
from partyday_tui.store.dues_assessments import payers
from tests.conftest import TODAY
from tests.ui.looking import lines
from tests.ui.screens.dues_books import dialog, ledger, open_dues, the_app, until, village, visited


@pytest.fixture
def path(book, book_path):
    village(book, since=Month(2026, 8))
    key = {payer.name: payer.id for payer in payers(book)}
    record_payment(book, key["罗有秀"])
    record_payment(book, key["黄秀杰"], amount_fen=70)
    record_payment(book, key["金新霞"], [Month(2026, 12)])
    book.close()
    return book_path


async def open_year(pilot):
    await open_dues(pilot)
    await pilot.press("ctrl+l")
    return await visited(pilot, "DuesYearScreen", lambda screen: len(screen.register.rows) == 5)


def months(screen, name):
    cells = next(row.cells for row in screen.register.rows if row.cells[0] == name)
    return cells[8:13], cells[13:]


async def test_months_are_words_at_80_columns(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_year(pilot)
        assert months(screen, "罗有秀") == (("清", "清", "清", "清", ""), ("2.50", "2.00", "0.50"))
        assert months(screen, "黄秀杰") == (("清", "差", "欠", "欠", ""), ("2.50", "0.70", "1.80"))
        assert months(screen, "金新霞")[0] == ("欠", "欠", "欠", "欠", "预")
        assert "全年应交 12.50  已交 3.20  还差 9.30" in screen._head.text_of(1)
        await pilot.press("left")
        await until(pilot, lambda: "2025年" in screen._head.text_of(0))


async def test_months_paid_elsewhere_say_so_and_where(path):
    with closing(open_book(path, Clock(TODAY))) as book:
        key = next(payer.id for payer in payers(book) if payer.name == "黄秀杰")
        set_away(book, key, Month(2026, 9), Month(2026, 10), "深圳某公司")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_year(pilot)
        assert months(screen, "黄秀杰")[0] == ("清", "清", "外", "欠", ""), "what came in here stands"
        await pilot.press(*"hxj")
        assert "在外地交（深圳某公司）" in screen._head.text_of(2)


async def test_months_are_amounts_at_120_columns_and_none_is_cropped(path):
    async with the_app(path).run_test(size=(120, 36)) as pilot:
        screen = await open_year(pilot)
        assert months(screen, "黄秀杰")[0] == ("0.50", "0.20", "欠", "欠", "")
        assert not any(".." in line for line in lines(pilot.app)[5:11])


async def test_the_months_follow_the_width_of_the_terminal(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_year(pilot)
        await pilot.press(*"hxj")
        for size, word in (((120, 36), "0.20"), ((80, 24), "差"), ((200, 50), "0.20")):
            await pilot.resize_terminal(*size)
            await until(pilot, lambda word=word: months(screen, "黄秀杰")[0][1] == word)
            assert screen.register.cursor_row.cells[0] == "黄秀杰"
            assert any(word in line for line in lines(pilot.app))


async def test_an_entry_is_taken_back_from_the_card_with_a_reason(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_year(pilot)
        await pilot.press(*"hxj", "enter")
        card = await visited(pilot, "EntriesScreen", lambda it: len(it.register.rows) == 2)
        assert "到本月应交 2.00  已交 0.70  欠 1.30" in card._head.text_of(1)
        await pilot.press("0")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"点错人", "f5")
        await until(pilot, lambda: len(card.register.rows) == 3)
        await pilot.press("0")
        assert "冲正的一笔不能再冲正" in card._foot.text_of(0)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert months(screen, "黄秀杰")[1][1] in ("0.20", "0.50")
    assert ledger(path)[-1][1].startswith("冲正")


async def test_the_months_add_up(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await open_year(pilot)
        await pilot.press("ctrl+t")
        await dialog(pilot, "ShowText")
        assert any("8月" in line and "2.50" in line and "1.00" in line for line in lines(pilot.app))


async def test_the_card_tells_what_is_paid_too_much(book, book_path):
    village(book, since=Month(2026, 9))
    record_payment(book, 2, amount_fen=200, surplus="ahead")
    set_term(book, 2, None, Month(2026, 11), "介绍信写明交至 2026-11")
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        await open_dues(pilot)
        await pilot.press(*"hxj", "right")
        card = await visited(pilot, "EntriesScreen", lambda it: len(it.register.rows) == 4)
        assert "没有欠交  多交 0.50  交清到 2026-11" in card._head.text_of(1)
        await pilot.press("ctrl+t")
        await dialog(pilot, "ShowText")
        assert any("2026-12 已交的比应交多，共多交 0.50 元" in line for line in lines(pilot.app))
