"""F12 from any screen, the list of what lies on the stick, and the way back, by keyboard."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from threading import Event

import pytest

from partyday_tui.clock import Clock
from partyday_tui.paths import data_folder, exports_folder
from partyday_tui.safekeeping import archive, drives, place
from partyday_tui.safekeeping.drives import Drive
from partyday_tui.safekeeping.remembered import remember_folder, remember_passphrase, remembered
from partyday_tui.services import backup, restore
from partyday_tui.services.books import open_existing
from partyday_tui.ui.app import PartydayApp
from partyday_tui.ui.screens.backups import BackupsScreen
from partyday_tui.ui.screens.preview import Preview
from partyday_tui.ui.screens.welcome import WelcomeScreen
from tests.old_books import old_book
from tests.safekeeping.test_archive import header_of
from tests.ui.screens.rolls import TODAY, fill, the_app, until
from tests.whole.hostile import TEXTS, is_unsafe

PASSPHRASE = "couzhan-yuanling-xichuan-suanguang"


@pytest.fixture
def path(book, book_path):
    fill(book, ["张建国", "李秀英", "王志强"])
    book.close()
    return book_path


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """A stick that is in."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(drives, "removable_drives", lambda: [Drive(folder, "KINGSTON (E:)")])
    return folder / "台账备份"


@pytest.fixture
def no_stick(monkeypatch):
    monkeypatch.setattr(drives, "removable_drives", list)


def kept(path):
    """What the book knows of its last backup."""
    book = open_existing(path, Clock(TODAY))
    try:
        return backup.last_backup(book)
    finally:
        book.close()


def backed_up(path, folder, passphrase="", times=1):
    folder.mkdir(parents=True, exist_ok=True)
    book = open_existing(path, Clock(TODAY))
    for _ in range(times):
        backup.back_up(book, folder, passphrase)
    book.close()


def say(app):
    return app.screen._foot.text_of(0)


async def at_the_desk(pilot):
    await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
    await until(pilot, lambda: pilot.app.desk.register.rows)
    await pilot.app.call(lambda _: None)  # what the desk had asked the book for has been answered
    await pilot.pause()


async def dialog(pilot, name):
    await until(pilot, lambda: type(pilot.app.screen).__name__ == name)
    return pilot.app.screen


async def open_backups(pilot):
    await at_the_desk(pilot)
    pilot.app.go("backups")
    await until(pilot, lambda: isinstance(pilot.app.screen, BackupsScreen) and "正在" not in summary(pilot.app.screen))
    return pilot.app.screen


def summary(screen):
    text = screen._head.text_of(2)
    return text if text.strip() else "正在"


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_first_backup_is_encrypted_by_one_key_and_the_slip_is_shown(path, stick, size):
    async with the_app(path).run_test(size=size) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f12")
        await dialog(pilot, "Choose")
        await pilot.press("1")
        shown = (await dialog(pilot, "ShowText"))._text
        passphrase = remembered(data_folder()).passphrase
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is pilot.app.desk and "已备份第1代" in say(pilot.app))
        assert "KINGSTON" in say(pilot.app) and "安全弹出" in say(pilot.app)
        await until(pilot, lambda: "今天已备份" in pilot.app.desk._head.text_of(1))
        assert "已备份第1代" in say(pilot.app), "what was said of it stays"
        passphrase = remembered(data_folder()).passphrase
    assert passphrase and passphrase in shown
    slip = next(exports_folder().glob("备份口令纸条*.txt"))
    assert passphrase in slip.read_text("utf-8-sig")
    found = place.read_file(place.listed(stick)[0].path)
    assert found.header.encrypted and kept(path).generation == 1
    assert passphrase.encode() not in path.read_bytes() + found.data


@pytest.fixture
def gate(monkeypatch):
    """Backups wait for it before they end."""
    gate, make = Event(), backup.make

    def slow(*arguments, **named):
        made = make(*arguments, **named)
        assert gate.wait(20)
        return made

    monkeypatch.setattr(backup, "make", slow)
    yield gate
    gate.set()


async def test_the_second_backup_asks_nothing_and_runs_behind_another_screen(path, stick, gate):
    remember_passphrase(data_folder(), PASSPHRASE)
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f4", "f12")
        await until(pilot, lambda: place.listed(stick) and "100%" in say(pilot.app))
        await pilot.press("f12")
        await until(pilot, lambda: "请等它做完" in say(pilot.app))
        await pilot.press("f6")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "RosterScreen")
        assert "已备份" not in say(pilot.app), "the file is there, but the book has not heard of it"
        gate.set()
        await until(
            pilot, lambda: type(pilot.app.screen).__name__ == "RosterScreen" and "已备份第1代" in say(pilot.app)
        )
    assert kept(path).place == "U盘 KINGSTON (E:)"


async def test_backing_up_without_encryption_takes_an_explicit_word(path, stick):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f12")
        await dialog(pilot, "Choose")
        await pilot.press("3")
        await dialog(pilot, "Confirm")
        await pilot.press("enter")
        assert type(pilot.app.screen).__name__ == "Confirm", "Enter alone is not enough"
        await pilot.press("1")
        await until(pilot, lambda: pilot.app.screen is pilot.app.desk and "已备份第1代" in say(pilot.app))
    assert not place.read_file(place.listed(stick)[0].path).header.encrypted
    assert remembered(data_folder()).passphrase == ""


async def test_an_own_passphrase_is_checked(path, stick):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f12")
        await dialog(pilot, "Choose")
        await pilot.press("2")
        form = await dialog(pilot, "FormDialog")
        await pilot.press(*"short", "f5")
        assert pilot.app.screen is form and "太短" in form.foot.text_of(0)
        await pilot.press(*"-but-longer-now", "f5")
        await dialog(pilot, "ShowText")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is pilot.app.desk and "已备份" in say(pilot.app))
    assert remembered(data_folder()).passphrase == "short-but-longer-now"


@pytest.mark.parametrize("keys", [("escape",), ("3", "0"), ("2", "escape")])
async def test_going_back_backs_nothing_up_and_keeps_no_choice(path, stick, keys):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f12")
        await dialog(pilot, "Choose")
        await pilot.press(*keys)
        await until(pilot, lambda: pilot.app.screen is pilot.app.desk and not pilot.app.desk._asking)
    assert not stick.exists() and remembered(data_folder()).passphrase is None and kept(path) is None


async def test_without_a_stick_a_folder_is_chosen_once(path, no_stick, tmp_path):
    remember_passphrase(data_folder(), "")
    chosen = tmp_path / "usb"
    chosen.mkdir()
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f12")
        await dialog(pilot, "Choose")
        await pilot.press("1")
        picker = await dialog(pilot, "PickFolder")
        await pilot.press("f5")
        assert pilot.app.screen is picker, "among the usual places F5 takes nothing"
        picker.take_paste(str(chosen))
        await pilot.press("f5")
        await until(pilot, lambda: pilot.app.screen is pilot.app.desk and "已备份第1代" in say(pilot.app))
        await pilot.press("f12")
        await until(pilot, lambda: "已备份第2代" in say(pilot.app))
    assert [it.generation for it in place.listed(chosen)] == [2, 1]


async def test_a_stick_that_cannot_be_written_says_so_and_nothing_is_claimed(path, stick, monkeypatch):
    remember_passphrase(data_folder(), "")
    stick.write_bytes(b"a file is in the way")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f12")
        await until(pilot, lambda: "读不出来" in say(pilot.app) or "没有做成" in say(pilot.app))
        assert pilot.app.screen is pilot.app.desk
    assert kept(path) is None


async def test_leaving_waits_for_the_backup(path, stick, gate):
    remember_passphrase(data_folder(), "")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f12")
        await until(pilot, lambda: pilot.app.backup.is_going_on)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: "做完就离开" in say(pilot.app))
        gate.set()
        await until(pilot, lambda: not pilot.app.is_running)
    assert kept(path).generation == 1


async def test_the_list_shows_what_is_in_each_and_names_the_damaged(path, stick):
    backed_up(path, stick, times=3)
    spoilt = place.listed(stick)[1].path
    spoilt.write_bytes(spoilt.read_bytes()[:-9])
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_backups(pilot)
        assert [(row.cells[0], row.cells[2], row.cells[5], row.cells[7]) for row in screen.register.rows] == [
            ("3", "3", "U盘", "完好"),
            ("1", "3", "U盘", "完好"),
            ("2", "", "U盘", "不能用"),
            *((number, "3", "本机", "完好") for number in "321"),
        ]
        await pilot.press("f5")
        await until(pilot, lambda: "第2代不能用" in say(pilot.app))
        await pilot.press("down", "down", "enter")
        assert "损坏" in (await dialog(pilot, "ShowText"))._text
    assert kept(path).found_whole_at is not None


async def test_a_restore_shows_the_differences_then_takes_one_key(path, stick):
    backed_up(path, stick)
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await pilot.app.call(_rename)
        screen = await open_backups(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Preview))
        told = {row.text(1) for row in pilot.app.screen.register.rows}
        assert {"张建国", "改了名"} <= told
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen and "没有改动" in say(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Preview))
        await pilot.press("f5")
        assert "第2代" in (await dialog(pilot, "ShowText"))._text
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is pilot.app.desk)
        await pilot.press("f6")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "RosterScreen" and pilot.app.screen.register.rows)
        assert "张建国" in str(pilot.app.screen.register.rows)
    assert [it.generation for it in place.listed(backup.local_folder())] == [2, 1]


def _rename(book):
    with book.act("改名") as act:
        act.connection.execute("UPDATE member SET name = '改了名' WHERE name = '张建国'")


async def test_a_new_computer_starts_from_the_stick_with_the_paper_slip(path, stick, tmp_path):
    backed_up(path, stick, PASSPHRASE)
    app = PartydayApp(tmp_path / "new.db", Clock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("3")
        await until(pilot, lambda: isinstance(app.screen, BackupsScreen) and app.screen.register.rows)
        await pilot.press("enter")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"wrong-passphrase", "f5")
        await until(pilot, lambda: "口令不对" in app.screen.foot.text_of(0) if hasattr(app.screen, "foot") else False)
        await pilot.press(*PASSPHRASE, "f5")
        await until(pilot, lambda: isinstance(app.screen, Preview))
        await pilot.press("f5")
        await dialog(pilot, "ShowText")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is app.desk and app.desk.register.rows)
        assert app.branch.name == "柳湾村党支部"
    assert remembered(data_folder()).passphrase == PASSPHRASE
    assert (tmp_path / "new.db").stat().st_mode & 0o777 == 0o600


async def test_from_the_welcome_esc_leads_back_there(tmp_path, no_stick):
    app = PartydayApp(tmp_path / "new.db", Clock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("3")
        await until(pilot, lambda: isinstance(app.screen, BackupsScreen))
        await pilot.press("f12", "f5", "escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
    assert not (tmp_path / "new.db").exists()


async def test_a_remembered_folder_that_is_gone_is_asked_for_again(path, no_stick, tmp_path):
    remember_passphrase(data_folder(), "")
    remember_folder(data_folder(), tmp_path / "pulled" / "台账备份")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await pilot.press("f12")
        await dialog(pilot, "Choose")
    assert not (tmp_path / "pulled").exists()


async def test_what_is_kept_on_this_computer_is_looked_at_too(path, stick):
    backed_up(path, stick, PASSPHRASE)
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_backups(pilot)
        await pilot.press("ctrl+o")
        choice = await dialog(pilot, "Choose")
        await pilot.press(str(next(n for n, it in enumerate(choice._entries, 1) if it[1] == "本机")))
        await until(
            pilot, lambda: pilot.app.screen is screen and "本机" in summary(screen) and "完好1个" in summary(screen)
        )
        assert [row.cells[5:7] for row in screen.register.rows] == [("本机", "否")]


async def test_a_folder_of_a_stick_is_found_from_its_root(path, no_stick, tmp_path):
    backed_up(path, tmp_path / "台账备份")
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        pilot.app.go("backups")
        await until(pilot, lambda: isinstance(pilot.app.screen, BackupsScreen))
        screen = pilot.app.screen
        await pilot.press("ctrl+o")
        await dialog(pilot, "Choose")
        await pilot.press("2")
        picker = await dialog(pilot, "PickFolder")
        picker.take_paste(str(tmp_path))
        await pilot.press("f5")
        await until(pilot, lambda: [row.cells[5] for row in screen.register.rows] == ["文件夹", "本机"])


async def test_hostile_words_in_a_foreign_header_are_only_words(path, stick):
    stick.mkdir()
    for number, text in enumerate(TEXTS[:60], 1):
        raw = b"x" * 600
        header = header_of(raw, branch=text, program=text, book_key=f"{number:032x}", generation=number)
        (stick / place.name_of(header.book_key, number)).write_bytes(archive.pack(header, raw))
    async with the_app(path).run_test(size=(120, 36)) as pilot:
        screen = await open_backups(pilot)
        assert len(screen.register.rows) == len(TEXTS[:60])
        for _ in range(4):
            lines = ["".join(part.text for part in strip) for strip in screen._compositor.render_strips()]
            assert not [line for line in lines if any(map(is_unsafe, line))]
            await pilot.press("pagedown")
        await pilot.press("enter")
        await until(pilot, lambda: "不是主题党日台账" in say(pilot.app) or "备份" in say(pilot.app))


async def test_a_book_that_was_changed_behind_the_program_is_replaced_and_kept_raw(path, stick):
    backed_up(path, stick)
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TRIGGER backup_is_never_changed")
        other.execute("UPDATE backup SET place = '别处'")
        other.commit()
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_backups(pilot)
        await until(pilot, lambda: screen.register.rows)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Preview))
        await pilot.press("f5")
        assert "book.db.damaged-1" in (await dialog(pilot, "ShowText"))._text
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is pilot.app.desk)
        assert await pilot.app.call(lambda book: book.rows("SELECT place FROM backup")[0][0]) == str(stick)


async def test_a_restore_that_fails_after_the_damaged_book_was_closed_opens_it_again(path, stick, monkeypatch):
    backed_up(path, stick)
    with closing(sqlite3.connect(path)) as other:
        other.execute("DROP TRIGGER backup_is_never_changed")

    def refuse(*_):
        raise OSError(28, "no space")

    monkeypatch.setattr(restore, "put_in_place", refuse)
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_backups(pilot)
        await until(pilot, lambda: screen.register.rows)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Preview))
        await pilot.press("f5")
        await until(pilot, lambda: "没有能写到磁盘上" in getattr(pilot.app.screen, "_text", ""))
        await pilot.press("enter")
        await until(pilot, lambda: "只能看" in getattr(pilot.app.screen, "_text", ""))
        assert await pilot.app.call(lambda book: book.rows("SELECT count(*) FROM member")[0][0]) == 3


async def test_the_day_before_is_kept_behind_the_screens_and_shown_as_of_this_computer(path, no_stick):
    tomorrow = Clock(TODAY + timedelta(1))
    app = PartydayApp(path, tomorrow)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await until(pilot, lambda: app.backup._daily_from is not None)
        app.backup.look()
        assert app.backup._daily is None, "someone has just typed"
        app.lock._last -= 60
        app.backup.look()
        await until(pilot, lambda: place.listed(backup.local_folder()))
        await app.backup._daily.wait()
        screen = await open_backups(pilot)
        await until(pilot, lambda: screen.register.rows)
        assert [(row.cells[0], row.cells[5], row.cells[7]) for row in screen.register.rows] == [("1", "本机", "完好")]
        assert say(app) == " " or "备份" not in say(app)
        app.backup.look()
        assert app.backup._daily.is_finished, "not again within the hour"
        app.backup.start_daily()
        await app.backup._daily.wait()
    assert len(place.listed(backup.local_folder())) == 1


async def test_the_generation_of_the_day_gives_way_to_leaving(path, no_stick, monkeypatch):
    started, going = Event(), Event()
    make_local = backup.make_local

    def slow(taken, told):
        started.set()
        assert going.wait(20)
        return make_local(taken, told)

    monkeypatch.setattr(backup, "make_local", slow)
    app = PartydayApp(path, Clock(TODAY + timedelta(1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        app.backup.start_daily()
        await until(pilot, started.is_set)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.backup._daily_is_wanted)
        going.set()
        await until(pilot, lambda: not app.is_running)
    assert place.listed(backup.local_folder()) == []
    assert not list(backup.local_folder().glob("*.part"))


async def test_an_old_book_is_upgraded_with_a_word_about_its_backup(book_path, no_stick):
    old_book(book_path, 8)
    app = PartydayApp(book_path, Clock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        await until(pilot, lambda: "升级前的样子先备份在本机，是第1代" in say(app))


async def test_enter_before_the_list_is_read_says_so_until_it_is(path, no_stick, monkeypatch):
    backed_up(path, backup.local_folder())
    going = Event()
    survey = restore.survey
    monkeypatch.setattr(restore, "survey", lambda *given: going.wait(20) and survey(*given))
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await at_the_desk(pilot)
        pilot.app.go("backups")
        await until(pilot, lambda: isinstance(pilot.app.screen, BackupsScreen) and pilot.app.screen._is_reading)
        await pilot.press("enter")
        await until(pilot, lambda: "还在读备份" in say(pilot.app))
        going.set()
        await until(pilot, lambda: pilot.app.screen.register.rows)
        assert not say(pilot.app).strip()
