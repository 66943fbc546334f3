"""The common frame and the one map of keys."""

from __future__ import annotations

import pytest
from textual.events import Paste

from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.help import Help
from partyday_tui.ui.dialogs.palette import Palette
from partyday_tui.ui.keys import PLACES
from tests.ui.kit_demo import KitDemo, RollDemo, names
from tests.ui.looking import SIZES, lines


def roll(count: int = 44) -> tuple[KitDemo, RollDemo]:
    """The demo and its screen."""
    screen = RollDemo(names(count))
    return KitDemo(screen), screen


@pytest.mark.parametrize("size", SIZES)
async def test_the_frame_says_where_one_is_and_what_the_keys_do(size: tuple[int, int]) -> None:
    app, _ = roll()
    async with app.run_test(size=size):
        first, *rest = lines(app)
        assert first.startswith(" 点名  2026-11-06")
        assert first.endswith("已存盘 ")
        assert "查找" in rest[1]
        assert rest[-1].rstrip().endswith("F1 帮助")


async def test_digits_mark_also_in_full_width() -> None:
    app, screen = roll()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("３", "down", "１")
        assert (screen.states[0], screen.states[1]) == ("请假", "到会")
        assert "张金凤 到会" in lines(app)[-2]
        await pilot.press("\u3000")
        assert screen.register.cursor_key == 2


async def test_the_terminal_cursor_stands_behind_the_typed_text() -> None:
    app, _ = roll()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("张")
        assert app.cursor_position == (8, 2)


async def test_function_keys_go_to_the_books() -> None:
    app, _ = roll()
    async with app.run_test(size=(80, 24)) as pilot:
        keyed = [place for place in PLACES if place.key]
        await pilot.press(*(place.key for place in keyed))
        assert app.went == [place.where for place in keyed]


async def test_enter_lists_what_can_be_done_and_a_digit_does_it() -> None:
    app, screen = roll()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "enter")
        assert [type(one) for one in app.screen_stack].count(Choose) <= 1
        while isinstance(app.screen, Choose):
            await pilot.press("escape")
        await pilot.press("enter")
        await pilot.press("4")
        await pilot.pause()
        assert screen.states[0] == "缺席"


async def test_escape_at_the_top_opens_the_main_menu() -> None:
    app, _ = roll()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        assert isinstance(app.screen, Choose)
        await pilot.press("2")
        await pilot.pause()
        assert app.went == ["year"]


async def test_help_and_palette_speak_of_the_same_actions() -> None:
    app, screen = roll()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        assert isinstance(app.screen, Help)
        assert any("其余全到：把还没有点的都记为到会" in line for line in lines(app))
        await pilot.press("enter")
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, Palette)
        await pilot.press("q", "y", "enter")
        await pilot.pause()
        assert set(screen.states.values()) == {"到会"}


async def test_several_pasted_lines_are_offered_and_a_name_is_looked_for() -> None:
    app, screen = roll()
    async with app.run_test(size=(80, 24)) as pilot:
        screen.post_message(Paste("1. 张建国\n2. 张军"))
        screen.post_message(Paste("李秀英"))
        await pilot.pause()
        assert screen.pasted == "1. 张建国\n2. 张军"
        assert screen.register.typed == "李秀英"


async def test_control_c_says_in_chinese_how_to_leave() -> None:
    app, _ = roll()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+c")
        assert "要离开请按 Ctrl+Q" in lines(app)[-2]
        assert not app._notifications
