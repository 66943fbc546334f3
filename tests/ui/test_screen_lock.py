"""While the screen is locked nothing of the book is on it, no key does anything, and what runs behind it goes on."""

import asyncio

import pytest

from partyday_tui import pin
from partyday_tui.paths import data_folder
from partyday_tui.safekeeping import drives, place
from partyday_tui.safekeeping.drives import Drive
from partyday_tui.safekeeping.remembered import remember_passphrase
from partyday_tui.ui.dialogs.help import LockHelp
from partyday_tui.ui.dialogs.show_text import ShowText
from partyday_tui.ui.dialogs.working import Working
from partyday_tui.ui.screens.locked import LockedScreen
from tests.ui.looking import lines
from tests.ui.screens.rolls import fill, the_app, until


@pytest.fixture
def path(book, book_path):
    fill(book, ["张建国", "李秀英"])
    book.close()
    return book_path


async def at_the_desk(pilot):
    await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
    await until(pilot, lambda: pilot.app.desk.register.rows)


def is_locked(pilot):
    return isinstance(pilot.app.screen, LockedScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_locked_screen_takes_the_pin_and_nothing_else(path, size):
    pin.choose_pin("2468")
    async with the_app(path).run_test(size=size) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f6")
        await until(pilot, lambda: "张建国" in "\n".join(lines(pilot.app)))
        roster = pilot.app.screen
        await pilot.press("escape")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "Choose")
        names = [entry[1] for entry in pilot.app.screen._entries]
        pilot.app.screen.dismiss("lock")
        await until(pilot, lambda: is_locked(pilot))
        assert "锁屏" in names and pin.screen_pin().locked
        await pilot.press("f2", "f6", "f12", "escape", "ctrl+q", "ctrl+c", "ctrl+p", "a", "1", "3", "5", "7", "enter")
        await until(pilot, lambda: "PIN 不对" in "\n".join(lines(pilot.app)))
        shown = "\n".join(lines(pilot.app))
        assert is_locked(pilot) and pilot.app.is_running and "partyday unlock" in shown and "不是加密" in shown
        assert not any(word in shown for word in ("张建国", "柳湾村", "罗有秀", "名册"))
        await pilot.press("2", "4", "6", "9", "backspace", "8", "enter")
        await until(pilot, lambda: pilot.app.screen is roster)
        assert not pin.screen_pin().locked


async def test_f1_on_a_locked_screen_shows_what_the_manual_says_of_the_lock_and_nothing_of_the_book(path):
    pin.choose_pin("2468")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f6")
        await until(pilot, lambda: "张建国" in "\n".join(lines(pilot.app)))
        roster = pilot.app.screen
        pilot.app.lock.lock()
        await until(pilot, lambda: is_locked(pilot))
        await pilot.press("2", "4", "f1")
        assert isinstance(pilot.app.screen, LockHelp)
        await pilot.press("f1", "f6", "ctrl+p", "ctrl+q", "6")
        shown = "\n".join(lines(pilot.app))
        assert isinstance(pilot.app.screen, LockHelp) and "走过来看一眼" in shown
        assert not any(word in shown for word in ("张建国", "柳湾村", "罗有秀"))
        await pilot.press("escape")
        assert is_locked(pilot)
        await pilot.press("6", "8", "enter")  # after what was typed before
        await until(pilot, lambda: pilot.app.screen is roster)


async def test_work_that_ends_below_the_locked_screen_waits_there(path):
    ended = asyncio.Event()

    async def work(told, stop):
        await ended.wait()
        return 7

    pin.choose_pin("2468")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        answers = []
        await pilot.app.push_screen(Working("做材料", work), answers.append)
        pilot.app.lock.lock()
        await until(pilot, lambda: is_locked(pilot))
        ended.set()
        await pilot.pause(0.1)
        assert is_locked(pilot) and answers == []
        await pilot.press(*"2468", "enter")
        await until(pilot, lambda: pilot.app.screen is pilot.app.desk)
        assert answers == [7]


async def test_after_wrong_ones_it_waits_and_a_new_start_is_no_way_round(path):
    pin.choose_pin("2468")
    pin.note_locked()
    for _ in range(3):
        pin.try_pin("1111")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: is_locked(pilot) and pilot.app.branch is not None)
        await pilot.press(*"2468", "enter")
        assert is_locked(pilot) and "秒再输" in "\n".join(lines(pilot.app))
        pilot.app.screen._until = 0
        await pilot.press(*"2468", "enter")
        await at_the_desk(pilot)


async def test_minutes_without_a_key_lock_and_what_runs_goes_on(path, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(drives, "removable_drives", lambda: [Drive(stick, "KINGSTON (E:)")])
    remember_passphrase(data_folder(), "")
    pin.choose_pin("2468")
    pin.choose_minutes(5)
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        app = pilot.app
        assert app.lock._timer is not None
        app.lock.look(5)
        assert not app.lock.is_on, "a key was pressed just now"
        await pilot.press("f12")
        await until(pilot, lambda: app.backup.is_going_on or "已备份" in app.desk._foot.text_of(0))
        app.lock._last -= 301
        app.lock.look(5)
        await until(pilot, lambda: is_locked(pilot))
        asking = app.run_worker(app.push_screen_wait(ShowText("名单", "张建国")))
        app.go("roster")
        await until(pilot, lambda: place.listed(stick / "台账备份") and not app.backup.is_going_on)
        assert is_locked(pilot), "neither a way nor a question comes up over it"
        await pilot.press(*"2468", "enter")
        await until(pilot, lambda: isinstance(app.screen, ShowText))
        await pilot.press("enter")
        await until(pilot, lambda: type(app.screen).__name__ == "RosterScreen")
        assert asking.is_finished


async def test_the_lock_is_set_in_the_settings(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        pilot.app.go("settings")
        await until(pilot, lambda: pilot.app.screen.register.rows)
        settings = pilot.app.screen
        await pilot.press("ctrl+k")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "Choose")
        await pilot.press("3")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "FormDialog")
        await pilot.press(*"2468", "f5")
        await until(pilot, lambda: isinstance(pilot.app.screen, ShowText))
        assert "忘了PIN" in pilot.app.screen._text and "不是加密" in pilot.app.screen._text
        await pilot.press("enter")
        await until(pilot, lambda: "10 分钟不按键就锁屏" in settings._foot.text_of(0))
        assert pilot.app.lock._timer is not None
    assert (pin.screen_pin().minutes, pin.try_pin("2468")) == (10, True)
