"""列席人员: people of their own class, with their own list."""

import pytest

from partyday_tui.rules.people import Guest
from partyday_tui.services.roster import guests, save_guest
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.screens.guests import GuestsScreen
from tests.ui.looking import SIZES, lines
from tests.ui.screens.rolls import the_app, until
from tests.ui.screens.test_roster import back_to, dialog, open_roster


async def open_guests(pilot):
    await open_roster(pilot)
    await pilot.press("ctrl+l")
    await until(pilot, lambda: isinstance(pilot.app.screen, GuestsScreen) and "人" in pilot.app.screen._head.text_of(0))
    return pilot.app.screen


async def test_a_guest_is_added_changed_and_found(book, book_path):
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_guests(pilot)
        assert "Ins" in screen.register.empty
        await pilot.press("insert")
        await dialog(pilot, FormDialog)
        await pilot.press(*"周第一", "down", "4", "down", *"县农业局", "down", *"13812341234", "f5")
        await back_to(pilot, screen, "周第一，已存盘")
        text = "\n".join(lines(pilot.app))
        assert "第一书记" in text and "县农业局" in text and "138****1234" in text
        await pilot.press(*"zdy")
        assert screen.register.shown_count == 1
        await pilot.press("enter")
        await dialog(pilot, FormDialog)
        await pilot.press(*"任", "f5")
        await back_to(pilot, screen, "周第一任，已存盘")
        await pilot.press("escape", "escape")
        await until(pilot, lambda: pilot.app.screen is not screen)
        assert "党员0人" in "\n".join(lines(pilot.app)), "a guest is no member"
    from partyday_tui.clock import Clock
    from partyday_tui.services.books import open_existing
    from tests.ui.screens.rolls import TODAY

    book = open_existing(book_path, Clock(TODAY))
    assert [(it.name, it.reading, it.phone) for it in guests(book)] == [("周第一任", "zhou di yi ren", "13812341234")]
    book.close()


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_shows_no_full_number_and_hostile_text_as_it_is(book, book_path, size):
    for name in ("张[/foo]三", "=1+1", "陈明"):
        save_guest(book, Guest(0, name, guest_class="其他", unit="[b]单位[/b]", phone="13812341234"))
    book.close()
    async with the_app(book_path).run_test(size=size) as pilot:
        await open_guests(pilot)
        text = "\n".join(lines(pilot.app))
        assert "13812341234" not in text and "138****1234" in text
        assert "张[/foo]三" in text and "[b]单位[/b]" in text
