"""The app as a whole: opening, refusing, asking for the day, leaving."""

import time
from contextlib import closing
from datetime import date, datetime, timedelta
from threading import Event

import pytest
from textual.events import Key

from partyday_tui import config
from partyday_tui.clock import BEIJING, Clock
from partyday_tui.errors import PartydayError
from partyday_tui.paths import data_folder, default_book
from partyday_tui.safekeeping.remembered import remember_passphrase
from partyday_tui.services.backup import keep_safe
from partyday_tui.services.books import change_branch, make_book, open_existing
from partyday_tui.store.book import open_book
from partyday_tui.ui.app import PartydayApp
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.choose_after import ChooseAfter
from partyday_tui.ui.keys import PLACES
from partyday_tui.ui.screens import backup_questions
from partyday_tui.ui.screens.backups import BackupsScreen
from partyday_tui.ui.screens.desk import DeskScreen
from partyday_tui.ui.screens.dues import DuesScreen
from partyday_tui.ui.screens.duties import DutiesScreen
from partyday_tui.ui.screens.roster import RosterScreen
from partyday_tui.ui.screens.welcome import WelcomeScreen
from partyday_tui.ui.screens.year import YearScreen
from tests.services.test_books import ClockAt
from tests.sticks import plug_in

CLOCK = Clock(date(2026, 11, 6))


def made(path, day=date(2026, 11, 6)):
    make_book(path, Clock(day), name="柳湾村党支部", preset="rural_community", secretary="罗有秀").close()


async def until(pilot, condition):
    """Wait until a thread's work has reached the screen."""
    for _ in range(200):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came to that")


async def test_without_a_book_the_user_is_welcomed(book_path):
    app = PartydayApp(book_path, Clock(date(2026, 11, 6)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("f6")
        assert isinstance(app.screen, WelcomeScreen), "no place leads on before there is a book"
        for key in ("f6", "1"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await until(
            pilot, lambda: not isinstance(app.screen, WelcomeScreen)
        )  # what is typed behind it is not held for ever


async def test_a_book_is_made_on_the_first_screen_by_keys_alone(book_path):
    app = PartydayApp(book_path, Clock(date(2026, 11, 6)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("1")
        await until(pilot, lambda: not isinstance(app.screen, WelcomeScreen))
        await pilot.press(*"柳湾村党支部", "f5")
        await until(pilot, lambda: app.branch is not None)
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen))
    book = open_existing(book_path, Clock())
    book.close()
    assert app.branch.name == "柳湾村党支部"


async def test_the_desk_leads_to_the_roster_while_it_is_empty(book_path):
    made(book_path)
    app = PartydayApp(book_path, Clock(date(2026, 11, 6)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: len(app.desk.register.rows) > 0)
        assert "名册还是空的" in " ".join(cell for row in app.desk.register.rows for cell in row.cells)


@pytest.mark.parametrize(("first", "where"), [("f6", RosterScreen), ("f8", DuesScreen)])
async def test_what_is_typed_right_behind_the_key_of_a_place_is_meant_for_it(book_path, first, where):
    made(book_path)
    app = PartydayApp(book_path, Clock(date(2026, 11, 6)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.early._held is None)
        for key in (first, *"hxj"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: isinstance(app.screen, where) and app.screen.register.typed == "hxj")
        for key in ("f2", "ctrl+t"):
            app.post_message(Key(key, None))
        await until(pilot, lambda: isinstance(app.screen, DutiesScreen))


async def test_what_a_screen_was_about_to_ask_is_not_asked_over_another_place(book_path):
    made(book_path)
    app = PartydayApp(book_path, Clock(date(2026, 11, 6)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.early._held is None and not app.workers)
        app.go("roster")
        for asking in (app.desk, app.screen):
            app.go("year")
            worker = app.run_worker(asking.ask(Choose("问", [("1", "答", "")])))
            assert await worker.wait() is None
            assert isinstance(app.screen, YearScreen)


async def test_a_backup_asked_for_is_made_although_its_user_goes_elsewhere_meanwhile(book_path, tmp_path, monkeypatch):
    made(book_path)
    stick = tmp_path / "红色U盘"
    stick.mkdir()
    plug_in(stick, monkeypatch)
    remember_passphrase(data_folder(), "")
    found, sticks = Event(), backup_questions._sticks
    monkeypatch.setattr(backup_questions, "_sticks", lambda: found.wait(5) and sticks())
    app = PartydayApp(book_path, Clock(date(2026, 11, 6)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.early._held is None)
        await pilot.press("f12", "f6")
        await until(pilot, lambda: isinstance(app.screen, RosterScreen))
        found.set()
        await until(pilot, lambda: "已备份第1代到 U盘 红色U盘" in app.screen._foot.text_of(0))


async def test_a_place_asked_for_before_the_book_is_open_is_shown_when_it_is(book_path, monkeypatch):
    made(book_path)
    app = PartydayApp(book_path, Clock(date(2026, 11, 6)))
    may_open = Event()
    opened = app._open
    monkeypatch.setattr(app, "_open", lambda: may_open.wait(5) and opened())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        assert isinstance(app.screen, DeskScreen)
        may_open.set()
        await until(pilot, lambda: isinstance(app.screen, RosterScreen))


async def test_keys_typed_before_the_book_is_open_are_done_in_their_order(book_path, monkeypatch):
    made(book_path)
    app = PartydayApp(book_path, CLOCK)
    may_open = Event()
    opened = app._open
    monkeypatch.setattr(app, "_open", lambda: may_open.wait(5) and opened())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", "4")
        assert app.screen is app.desk
        may_open.set()
        assert PLACES[3].where == "roster"
        await until(pilot, lambda: isinstance(app.screen, RosterScreen))


async def test_a_book_cut_off_while_it_was_made_is_made_anew(book_path):
    book_path.write_bytes(b"")
    app = PartydayApp(book_path, Clock(date(2026, 11, 6)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await until(pilot, lambda: "还没有账本" in app.screen._head.text_of(1))


async def test_a_book_that_does_not_open_is_told_in_full_with_what_is_kept_of_it(book_path):
    with closing(make_book(book_path, CLOCK, name="柳湾村党支部", preset="rural_community")) as book:
        keep_safe(book)
    book_path.write_bytes(b"no book" * 99)
    app = PartydayApp(book_path, CLOCK)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ChooseAfter))
        told = "".join(app.screen.said)
        assert "请另选文件，或从备份恢复。" in told and "本机最新的备份是第1代（2026-11-06" in told
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, BackupsScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await until(pilot, lambda: "账本不见了就按3恢复" in app.screen._head.text_of(2))
        assert "没有打开" in app.screen._head.text_of(1)


async def test_a_book_older_than_its_backup_is_asked_about_once(book_path):
    with closing(make_book(book_path, CLOCK, name="柳湾村党支部", preset="rural_community")) as book:
        before = book_path.read_bytes()
        change_branch(book, name="新名", superior="", secretary="")
        change_branch(book, name="又改", superior="", secretary="")
        keep_safe(book)
    book_path.write_bytes(before)
    app = PartydayApp(book_path, CLOCK)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ChooseAfter))
        await pilot.press("2")
        await until(pilot, lambda: app.backup._daily is not None and app.backup._daily.is_finished)
    again = PartydayApp(book_path, CLOCK)
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: again.backup._daily_from is not None)
        assert again.screen is again.desk


async def test_a_locked_book_is_a_question_not_a_crash(book_path):
    made(book_path)
    holder = open_book(book_path, Clock())
    app = PartydayApp(book_path, Clock())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Choose))
        holder.close()
        await pilot.press("1")
        await until(pilot, lambda: app.branch is not None)


async def test_a_clock_far_behind_lets_nothing_be_dated_before_the_date_is_typed(book_path):
    made(book_path, date(2099, 1, 1))
    app = PartydayApp(book_path, Clock())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("escape")
        await pilot.press("1")
        await until(pilot, lambda: type(app.screen).__name__ == "FormDialog")
        await pilot.press(*"1999-01-02", "f5")
        await until(pilot, lambda: "不会早于" in app.screen.foot.text_of(0))
        await pilot.press(*["backspace"] * 10, *"2099-01-03", "f5")
        await until(pilot, lambda: app.clock.today == date(2099, 1, 3))
        await until(pilot, lambda: isinstance(app.screen, DeskScreen))


async def test_who_types_no_date_can_only_look(book_path):
    made(book_path, date(2099, 1, 1))
    app = PartydayApp(book_path, Clock())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("2")
        await until(pilot, lambda: app.branch is not None and isinstance(app.screen, DeskScreen))
        with pytest.raises(PartydayError, match="写上今天的日期"):
            await app.call(change_branch, name="新名", superior="", secretary="")


async def test_a_clock_far_ahead_is_asked_about_once_and_a_strange_zone_is_told(book_path, monkeypatch):
    if hasattr(time, "tzset"):
        monkeypatch.setenv("TZ", "America/Los_Angeles")
        time.tzset()
    made(book_path, Clock().today - timedelta(63))
    app = PartydayApp(book_path, Clock())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Choose))
        assert "已有 63 天" in "".join(app.screen.said)
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, DeskScreen) and app.desk.register.rows)
        assert app.clock.day is None
        if hasattr(time, "tzset"):
            await until(pilot, lambda: "时区不是北京时间" in app.desk._foot.text_of(0))


async def test_on_a_computer_without_a_clock_a_first_book_is_made_on_the_day_that_is_typed(book_path):
    app = PartydayApp(book_path, ClockAt(datetime(1970, 1, 1, 8, tzinfo=BEIJING)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("1")
        await until(pilot, lambda: type(app.screen).__name__ == "FormDialog")
        await pilot.press(*"2026-11-06", "f5")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        assert app.clock.today == date(2026, 11, 6)


async def test_leaving_closes_the_book(book_path):
    made(book_path)
    app = PartydayApp(book_path, Clock())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.branch is not None)
        await pilot.press("ctrl+q")
    open_book(book_path, Clock()).close()


async def test_a_book_on_a_stick_is_copied_in_and_opens_from_then_on(tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    made(stick / "book.db")
    plug_in(stick, monkeypatch)
    app = PartydayApp(stick / "book.db", Clock(date(2026, 11, 6)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: type(app.screen).__name__ == "Confirm")
        await pilot.press("enter")
        await until(pilot, lambda: type(app.screen).__name__ == "ShowText")
        await pilot.press("enter")
        await until(pilot, lambda: app.branch is not None and app.screen is app.desk)
    assert app.book_path == config.usual_book() == default_book()


async def test_a_book_that_fails_the_check_can_be_looked_at(book_path):
    made(book_path)
    book = open_book(book_path, Clock(date(2026, 11, 6)))
    page = book.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'talk'")[0][0]
    size = book.rows("PRAGMA page_size")[0][0]
    book.close()
    with open(book_path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    app = PartydayApp(book_path, Clock(date(2026, 11, 6)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: type(app.screen).__name__ == "ShowText")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await pilot.press("2")
        await until(pilot, lambda: app.screen is app.desk)
        await pilot.press("f6")
        await until(pilot, lambda: isinstance(app.screen, RosterScreen))
