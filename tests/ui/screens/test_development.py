"""发展党员 by keyboard, in a book on disk."""

from datetime import date

import pytest

from partyday_tui.clock import Clock
from partyday_tui.services import development as service
from partyday_tui.services.books import open_existing
from partyday_tui.ui.screens.development import DevelopmentScreen
from partyday_tui.ui.screens.development_steps import StepsScreen
from tests.ui.looking import HOSTILE, SIZES, lines
from tests.ui.screens.rolls import TODAY, the_app, until
from tests.ui.screens.test_year import asked, said


@pytest.fixture
def path(book, book_path):
    with book.act("造数") as act:
        act.connection.execute("INSERT INTO guest (id, name, class) VALUES (1, '何树苗', '入党积极分子')")
    book.close()
    return book_path


def read(path, ask):
    book = open_existing(path, Clock(TODAY))
    try:
        return ask(book)
    finally:
        book.close()


async def open_development(pilot):
    await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
    pilot.app.go("registers", "development")
    await until(
        pilot, lambda: isinstance(pilot.app.screen, DevelopmentScreen) and "培养中" in pilot.app.screen._head.text_of(1)
    )
    return pilot.app.screen


async def test_a_guest_is_taken_up_and_enter_writes_step_after_step(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_development(pilot)
        await pilot.press("insert")
        await asked(pilot, "Choose")
        await pilot.press("2")
        await said(pilot, screen, "已存盘")
        for day in ("2026-01-05", "2026-03-01"):
            await pilot.press("enter")
            await asked(pilot, "FormDialog")
            await pilot.press(*["backspace"] * 10, *day, "f5")
            await until(pilot, lambda: pilot.app.screen is screen)
        await said(pilot, screen, "办得迟")
        assert screen.register.cursor_row.cells[:2] == ("何树苗", "2/25")
    (line,) = read(path, service.candidates)
    assert line.candidate.steps == ((1, date(2026, 1, 5)), (2, date(2026, 3, 1))) and line.row.guest_id == 1


async def test_all_steps_show_their_sentences_and_can_be_mended(path):
    def begin(book):
        key = service.add_candidate(book, "江小满")
        service.enter_step(book, key, 1, date(2026, 1, 5))

    read(path, begin)
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await open_development(pilot)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepsScreen) and pilot.app.screen._line is not None)
        screen = pilot.app.screen
        assert screen.register.cursor_key == 2, "the next step is at hand"
        await pilot.press("up", "down")
        await said(pilot, screen, "一个月内派人谈话")
        await pilot.press("up", "delete")
        await said(pilot, screen, "已去掉")
        await pilot.press("ctrl+t")
        await asked(pilot, "FormDialog")
        await pilot.press("f5")
        await said(pilot, screen, "已存盘")
        await pilot.press("end", "enter")
        await said(pilot, screen, "这一行是考察")
        await pilot.press("delete")
        await said(pilot, screen, "已去掉")
    (line,) = read(path, service.candidates)
    assert line.candidate.steps == () and line.candidate.looks == ()


async def test_giving_up_history_and_taking_out(path):
    read(path, lambda book: service.add_candidate(book, "江小满"))
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_development(pilot)
        await pilot.press("ctrl+n")
        await asked(pilot, "FormDialog")
        await pilot.press("f5")
        await said(pilot, screen, "已终止")
        await pilot.press("enter")
        await said(pilot, screen, "没有要办的程序")
        await pilot.press("ctrl+u")
        await asked(pilot, "History")
        await pilot.press("escape", "ctrl+n")
        await said(pilot, screen, "已恢复")
        await pilot.press("delete")
        await asked(pilot, "Confirm")
        await pilot.press("1")
        await said(pilot, screen, "已去掉")
    assert read(path, service.candidates) == []


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_as_text(path, size):
    def begin(book):
        key = service.add_candidate(book, HOSTILE[0])
        service.enter_step(book, key, 1, date(2026, 1, 5), HOSTILE[0])

    read(path, begin)
    async with the_app(path).run_test(size=size) as pilot:
        await open_development(pilot)
        assert any("张[/foo]三" in line for line in lines(pilot.app))
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepsScreen) and pilot.app.screen._line is not None)
        assert any("递交入党申请书" in line and "张[/foo]三" in line for line in lines(pilot.app))
