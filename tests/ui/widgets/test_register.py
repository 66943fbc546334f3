"""The one list, in an app."""

from __future__ import annotations

import pytest

from partyday_tui.ui.theme import LOOKS, PLAIN
from partyday_tui.ui.widgets.columns import Row
from tests.ui.kit_demo import KitDemo, RollDemo, names
from tests.ui.looking import HOSTILE, SIZES, counted_lines, lines


@pytest.mark.parametrize("count", [0, 1, 44, 5000])
@pytest.mark.parametrize("size", SIZES)
async def test_it_shows_as_many_rows_as_there_is_room_for(count: int, size: tuple[int, int]) -> None:
    app = KitDemo(RollDemo(names(count)))
    async with app.run_test(size=size):
        seen = lines(app)
        assert len(seen) == size[1]
        assert sum("未点" in line and "党小组" in line for line in seen) == min(count, size[1] - 6)
        assert any("名册还是空的" in line for line in seen) == (count == 0)


async def test_a_mark_draws_one_line_and_a_move_two(monkeypatch: pytest.MonkeyPatch) -> None:
    app = KitDemo(RollDemo(names(5000)))
    async with app.run_test(size=(80, 24)) as pilot:
        with counted_lines(monkeypatch) as drawn:
            await pilot.press("1")
            assert set(drawn) == {1}
            drawn.clear()
            await pilot.press("down")
            assert set(drawn) == {1, 2}


async def test_moves_turn_the_list_and_stop_at_its_ends() -> None:
    app = KitDemo(RollDemo(names(100)))
    async with app.run_test(size=(80, 24)) as pilot:
        register = app.first.register  # type: ignore[attr-defined]
        for key, place in (("up", 0), ("end", 99), ("down", 99), ("pageup", 82), ("home", 0), ("pagedown", 17)):
            await pilot.press(key)
            assert register.cursor_key == place
            assert any(line.startswith(">") and f" {place + 1} " in line for line in lines(app))


async def test_letters_and_characters_narrow_and_escape_shows_all() -> None:
    app = KitDemo(RollDemo(names(44)))
    async with app.run_test(size=(80, 24)) as pilot:
        register = app.first.register  # type: ignore[attr-defined]
        await pilot.press("张", "军")
        assert (register.typed, register.shown_count, register.cursor_key) == ("张军", 5, 2)
        register.set_rows(list(register.rows), cursor=12)
        assert (register.shown_count, register.cursor_key) == (5, 12)
        await pilot.press("escape")
        assert (register.typed, register.shown_count, register.cursor_key) == ("", 44, 12)
        await pilot.press("龘")
        assert any("没有找到「龘」" in line for line in lines(app))
        await pilot.press("backspace")
        assert register.shown_count == 44


@pytest.mark.parametrize("look", sorted(LOOKS))
async def test_hostile_names_are_shown_literally_on_one_line_each(look: str) -> None:
    app = KitDemo(RollDemo(list(HOSTILE)), look)
    async with app.run_test(size=(80, 24)):
        text = "\n".join(lines(app))
        assert "张[/foo]三" in text
        assert "[@click=ap.." in text
        assert "=1+1" in text
        assert not set(text) & {"\x1b", "\x9b", "\x00", "\u202e"}
        assert sum("第一党小组" in line for line in lines(app)) == len(HOSTILE)


async def test_the_scroll_mark_runs_on_beside_a_heading() -> None:
    app = KitDemo(RollDemo(names(44)), PLAIN.name)
    async with app.run_test(size=(80, 24)) as pilot:
        rows = [Row(None, (f"第{n}组",)) if n % 3 == 0 else Row(n, ("", f"张{n}")) for n in range(44)]
        app.first.register.set_rows(rows)  # type: ignore[attr-defined]
        await pilot.pause()
        marked = [line.endswith("#") for line in lines(app)]
        assert marked.count(True) > 3
        first, last = marked.index(True), len(marked) - marked[::-1].index(True)
        assert all(marked[first:last]), "the mark has a gap"


async def test_the_cursor_passes_over_headings() -> None:
    app = KitDemo(RollDemo([]))
    async with app.run_test(size=(80, 24)) as pilot:
        register = app.first.register  # type: ignore[attr-defined]
        register.set_rows([Row(None, ("逾期",)), Row("a", ("1",)), Row(None, ("本月",)), Row("b", ("2",))])
        assert register.cursor_key == "a"
        await pilot.press("down")
        assert register.cursor_key == "b"
        await pilot.press("home")
        assert register.cursor_key == "a"


async def test_a_click_moves_and_a_double_click_chooses() -> None:
    app = KitDemo(RollDemo(names(44)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.first
        assert isinstance(screen, RollDemo)
        await pilot.click(screen.register, offset=(10, 5))
        assert screen.register.cursor_key == 4
        await pilot.double_click(screen.register, offset=(10, 3))
        await pilot.pause()
        assert app.screen is not screen


async def test_the_plain_look_draws_nothing_of_uncertain_width() -> None:
    import unicodedata

    app = KitDemo(RollDemo([*HOSTILE, "é·“①"]), PLAIN.name)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        text = "".join(lines(app))
        assert not [char for char in text if unicodedata.east_asian_width(char) == "A"]
