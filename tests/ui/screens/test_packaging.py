"""月度、年度、迎检材料 by keyboard: what is asked, what is written, and Esc."""

import threading

import pytest

from partyday_tui.paths import exports_folder
from partyday_tui.services import package as service
from partyday_tui.ui.dialogs.working import Working
from tests.ui.looking import lines
from tests.ui.screens.rolls import fill, the_app, until
from tests.ui.screens.test_forms import open_forms
from tests.ui.screens.test_year import asked, said


@pytest.fixture
def path(book, book_path):
    fill(book, ["安一", "白二"])
    book.close()
    return book_path


@pytest.mark.parametrize(
    ("typed", "keys", "name"),
    [
        ("ydcl", "21", "柳湾村党支部 2026年10月材料.xlsx"),
        ("ydcl", "12", "柳湾村党支部 2026年11月材料"),
        ("ndcl", "121", "柳湾村党支部 2026年度材料.xlsx"),
        ("yjcl", "44311", "柳湾村党支部 2026年8月至9月迎检材料.xlsx"),
    ],
)
async def test_what_is_open_is_asked_and_the_package_is_written(path, typed, keys, name):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_forms(pilot)
        await pilot.press(*typed, "enter")
        for key in keys:
            await asked(pilot, "Choose")
            dialog = pilot.app.screen
            await pilot.press(key)
            await until(pilot, lambda gone=dialog: pilot.app.screen is not gone)
        await until(pilot, lambda: "已写" in screen._foot.text_of(0))
        assert name.removesuffix(".xlsx") in screen._foot.text_of(0)
    assert [it.name for it in exports_folder().iterdir()] == [name]


async def test_escape_stops_it_and_leaves_nothing(path, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()
    write = service._write

    def held_up(*arguments):
        arguments[-1](service.Progress("write", 2, 7, "会议记录"))
        begun.set()
        go_on.wait(5)
        return write(*arguments)

    monkeypatch.setattr(service, "_write", held_up)
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_forms(pilot)
        await pilot.press(*"ydcl", "enter")
        for key in "11":
            await asked(pilot, "Choose")
            dialog = pilot.app.screen
            await pilot.press(key)
            await until(pilot, lambda gone=dialog: pilot.app.screen is not gone)
        await until(pilot, lambda: begun.is_set() and isinstance(pilot.app.screen, Working))
        await until(pilot, lambda: "正在写第3张，共7张：会议记录" in "\n".join(lines(pilot.app)))
        await pilot.press("f3", "escape")
        assert "正在停下" in "\n".join(lines(pilot.app))
        go_on.set()
        await said(pilot, screen, "已停下，没有留下文件")
    assert list(exports_folder().iterdir()) == []


async def test_what_stops_the_writing_is_said(path):
    exports_folder().write_text("这里有一个同名的文件")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_forms(pilot)
        await pilot.press(*"ydcl", "enter")
        for key in "11":
            await asked(pilot, "Choose")
            dialog = pilot.app.screen
            await pilot.press(key)
            await until(pilot, lambda gone=dialog: pilot.app.screen is not gone)
        await said(pilot, screen, "不是文件夹")
