"""The list of guests: added, changed, masked, in the order of their classes."""

import pytest

from partyday_tui.rules.people import Guest
from partyday_tui.services.roster import save_guest
from tests.ui.screens.rosters import dialog, open_roster, shown, the_app, told, until


@pytest.fixture
def path(book, book_path):
    save_guest(book, Guest(0, "白秋", guest_class="第一书记", unit="县农业农村局", phone="19613186091"))
    save_guest(book, Guest(0, "仇[/b]伟", guest_class="入党积极分子"))
    book.close()
    return book_path


async def open_guests(pilot):
    await open_roster(pilot)
    await pilot.press("ctrl+l")
    await until(pilot, lambda: type(pilot.app.screen).__name__ == "GuestsScreen" and shown(pilot.app.screen))
    return pilot.app.screen


async def test_classes_stand_in_order_and_telephones_are_masked(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        guests = await open_guests(pilot)
        assert shown(guests) == ["仇[/b]伟 入党积极分子", "白秋 第一书记 县农业农村局 196****6091"]
        await pilot.press("escape")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "RosterScreen")


async def test_a_guest_is_found_by_letters_and_changed(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        guests = await open_guests(pilot)
        await pilot.press(*"bq", "enter")
        form = await dialog(pilot, "FormDialog")
        assert form.form.values()["phone"] == "19613186091"
        await pilot.press("backspace", *"冬", "f5")
        await told(pilot, guests, "白冬，已存盘")
        assert any(line.startswith("白冬") for line in shown(guests))


async def test_a_guest_is_added(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        guests = await open_guests(pilot)
        await pilot.press("insert")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"张三", "f5")
        await told(pilot, guests, "张三，已存盘")
        assert len(shown(guests)) == 3
