"""Assessment, year grid, card and close with five thousand members; and every dues screen in the plain look with hostile names."""

import pytest

from partyday_tui.rules.month import Month
from partyday_tui.services.dues_months import closed_month
from tests.ui.looking import SIZES, lines
from tests.ui.screens.dues_books import dialog, ledger, open_dues, read, the_app, until, village, visited

HOSTILE = ("张[/foo]三", "[@click=app.quit]李", "=1+1", "王\u202e五", "A" * 40)


@pytest.fixture
def five_thousand(book, book_path):
    with book.act("造数") as transaction:
        transaction.connection.executemany(
            "INSERT INTO member (name, reading, kind) VALUES (?, ?, 'full')",
            [(f"党员{number}号", f"dang yuan h{number}") for number in range(5000)],
        )
    village(book, ["罗有秀"])
    book.close()
    return book_path


async def test_assessment_year_grid_and_close_hold_five_thousand(five_thousand):
    async with the_app(five_thousand).run_test(size=(80, 24)) as pilot:
        table = await open_dues(pilot)
        for key, name in (("ctrl+k", "DuesAssessScreen"), ("ctrl+l", "DuesYearScreen")):
            await pilot.press(key)
            screen = await visited(pilot, name, lambda it: len(it.register.rows) == 5001)
            await pilot.press(*"lyx")
            assert screen.register.cursor_row.cells[0] == "罗有秀"
            assert any("罗有秀" in line for line in lines(pilot.app)[4:])
            await pilot.press("escape", "end", "escape")
            await until(pilot, lambda: pilot.app.screen is table)
        await pilot.press("ctrl+y")
        screen = await visited(pilot, "DuesCloseScreen", lambda it: len(it.register.rows) == 5001)
        await pilot.press("f5")
        await until(pilot, lambda: "未交5001" in screen._head.text_of(1))
        await pilot.press("ctrl+y")
        await dialog(pilot, "FormDialog")
        await pilot.press("0", "f5")
        await until(pilot, lambda: "已月结" in screen._head.text_of(0))
    _, rows = read(five_thousand, closed_month, Month(2026, 11))
    assert len(rows) == 5001 and {row.state for row in rows} == {"unpaid"}


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_on_every_dues_screen_in_the_plain_look(book, book_path, size):
    village(book, HOSTILE, since=Month(2026, 3))
    book.close()
    app = the_app(book_path)
    async with app.run_test(size=size) as pilot:
        app.theme = "partyday-plain"
        table = await open_dues(pilot)
        await pilot.press("down", "4")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"[red]", "f5")
        await until(pilot, lambda: app.screen is not table)
        await pilot.press("1")
        await until(pilot, lambda: app.screen is table and not table._queue.is_busy)
        for key, name in (("right", "EntriesScreen"), ("ctrl+l", "DuesYearScreen"), ("ctrl+k", "DuesAssessScreen")):
            await pilot.press(key)
            screen = await visited(pilot, name, lambda it: it.register.rows)
            if name == "EntriesScreen":
                await pilot.press("ctrl+t")
            elif name == "DuesAssessScreen":
                await pilot.press("ctrl+l")
            else:
                await pilot.press("ctrl+t")
            await dialog(pilot, "ShowText")
            await pilot.press("escape")
            await until(pilot, lambda screen=screen: app.screen is screen)
            assert "\u202e" not in "".join(lines(app))
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is table)
        await pilot.press("ctrl+y")
        await visited(pilot, "DuesCloseScreen", lambda it: len(it.register.rows) == 5)
        await pilot.press("2")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"[/b]外出", "f5")
        await until(pilot, lambda: any("[/b]外出" in line for line in lines(app)))
    assert {entry[5] for entry in ledger(book_path)} == {"[red]"}
