"""Taking dues at the table by keyboard alone."""

import pytest

from partyday_tui.rules.month import Month
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.dues_ledger import entries_of_year
from partyday_tui.services.dues_table import cash_in_hand
from tests.ui.looking import SIZES, lines
from tests.ui.screens.dues_books import (
    FIVE,
    at_rest,
    dialog,
    ledger,
    open_dues,
    read,
    the_app,
    until,
    village,
    visited,
)

HOSTILE = ("张[/foo]三", "[@click=app.quit]李", "=1+1", "王\u202e五", "A" * 40)


def cells(screen, name):
    return next(row.cells for row in screen.register.rows if row.key is not None and row.cells[1] == name)


@pytest.fixture
def path(book, book_path):
    village(book)
    book.close()
    return book_path


@pytest.fixture
def in_arrears(book, book_path):
    village(book, since=Month(2026, 9))
    book.close()
    return book_path


async def test_five_members_pay_with_arrears_in_part_undone_and_reversed(in_arrears):
    async with the_app(in_arrears).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        assert "未交清5人 7.50" in screen._head.text_of(1)
        assert cells(screen, "黄秀杰")[3:6] == ("0.50", "1.00", "1.50")
        await pilot.press(*"hxj", "enter", *"jxx", "2", *"lyx", "3")  # cash, 微信, 转账
        await at_rest(pilot, screen)
        assert "在手 4.50  其中现金 1.50  今日收 4.50" in screen._head.text_of(1)
        await pilot.press(*"snc", "5")
        await dialog(pilot, "Choose")
        await pilot.press("enter")  # up to this month
        await dialog(pilot, "FormDialog")
        await pilot.press(*["backspace"] * 4, *"0.70", "f5")
        await until(pilot, lambda: pilot.app.screen is screen)
        await at_rest(pilot, screen)
        assert cells(screen, "石娜才")[4:7] == ("0.30", "0.80", "收 0.70 现金")
        await pilot.press("ctrl+z")
        await at_rest(pilot, screen)
        assert cells(screen, "石娜才")[5] == "1.50"
        await pilot.press(*"jxx", "0")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"金额记错", "f5")
        await until(pilot, lambda: pilot.app.screen is screen)
        await until(pilot, lambda: cells(screen, "金新霞")[5] == "1.50")
        assert "在手 3.00  其中现金 1.50  今日收 3.00" in screen._head.text_of(1)
    entries = ledger(in_arrears)
    assert sum(entry[3] for entry in entries) == 300
    assert [entry[2:4] for entry in entries[:3]] == [("2026-09", 50), ("2026-10", 50), ("2026-11", 50)]
    assert sum(entry[1].startswith("冲正") for entry in entries) == 2 + 3  # 0.70 lay on two months
    assert read(in_arrears, cash_in_hand).in_hand_fen == 300


async def test_nothing_is_painted_before_its_commit_has_returned(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        painted = []
        update = screen.register.update_row

        def watching(key, texts, inks=()):
            painted.append(len(ledger_through_own_connection(path)))
            update(key, texts, inks)

        screen.register.update_row = watching
        await pilot.press("space", "space", "enter")
        await at_rest(pilot, screen)
    assert painted == [1, 2, 3]


def ledger_through_own_connection(path):
    import sqlite3

    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute("SELECT id FROM dues_entry").fetchall()
    finally:
        connection.close()


@pytest.fixture
def forty_four(book, book_path):
    village(book, [f"党员{first}{second}" for first in "甲乙丙丁" for second in "一二三四五六七八九十百"])
    book.close()
    return book_path


@pytest.mark.parametrize("keys", [["space"] * 44, ["f5", "1"]], ids=["one key each", "two keys for all"])
async def test_forty_four_farmers_pay_in_cash(forty_four, keys):
    async with the_app(forty_four).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        for key in keys:
            await pilot.press(key)
            if key == "f5":
                await dialog(pilot, "Confirm")
        await until(pilot, lambda: "都交清了" in screen._head.text_of(1))
        assert "在手 22.00  其中现金 22.00  今日收 22.00" in screen._head.text_of(1)
    entries = ledger(forty_four)
    assert len(entries) == len({entry[0] for entry in entries}) == 44
    assert {entry[3:5] for entry in entries} == {(50, "cash")}


async def test_those_who_pay_together_pay_in_one_act_and_are_undone_in_one(forty_four):
    async with the_app(forty_four).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        await pilot.press("f5")
        await dialog(pilot, "Confirm")
        await pilot.press("1")
        await until(pilot, lambda: "都交清了" in screen._head.text_of(1))
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "未交清44人 22.00" in screen._head.text_of(1))
        assert "在手 0.00  其中现金 0.00  今日收 0.00" in screen._head.text_of(1)
        await pilot.press("ctrl+z")
        assert "没有可以撤销的" in screen._foot.text_of(0)
    entries = read(forty_four, entries_of_year, 2026)
    assert len(entries) == 88 and len({entry.act_id for entry in entries}) == 2


async def test_the_table_is_read_anew_after_an_act_that_it_was_not_told_of(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        key = next(key for key, row in screen._table.rows.items() if row.name == "石娜才")
        await pilot.app.call(record_payment, key, amount_fen=20)  # what runs behind the screens writes too
        await pilot.press(*"hxj", "enter")
        await until(pilot, lambda: cells(screen, "石娜才")[5] == "0.30")
        assert "未交清4人 1.80" in screen._head.text_of(1)
        await pilot.press(*"jxx", "enter")
        await at_rest(pilot, screen)
        assert "在手 1.20" in screen._head.text_of(1)
    assert sum(entry[3] for entry in ledger(path)) == 120


async def test_a_second_enter_takes_nothing_twice(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        await pilot.press("enter", "enter", "enter")
        await at_rest(pilot, screen)
        assert "今日收 0.50" in screen._head.text_of(1)
        await pilot.press("enter")
        assert "已经交清" in screen._foot.text_of(0)
    assert len(ledger(path)) == 1


async def test_whoever_brings_it_is_named_and_is_not_the_branch(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        await pilot.press(*"zgj", "4")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"柳湾村党支部", "f5")
        await until(pilot, lambda: "不得垫交" in screen._foot.text_of(0))
        assert ledger_through_own_connection(path) == []
        await pilot.press("4")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"张小军", "f5")
        await until(pilot, lambda: "代交" in cells(screen, "张刚军")[6])
    assert ledger(path) == [("张刚军", "当月党费", "2026-11", 50, "cash", "张小军")]


async def test_months_ahead_and_large_sums_have_kinds_of_their_own(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        await pilot.press(*"hxj", "5")
        choose = await dialog(pilot, "Choose")
        assert any("预交1个月" in cell for row in choose.register.rows for cell in row.cells)
        await pilot.press("2")
        await dialog(pilot, "FormDialog")
        await pilot.press("f5")
        await until(pilot, lambda: pilot.app.screen is screen)
        await at_rest(pilot, screen)
        await pilot.press("6")
        await dialog(pilot, "FormDialog")
        await pilot.press(*"2000", "f5")
        confirm = await dialog(pilot, "Confirm")
        assert any("大额党费" in line for line in lines(pilot.app)), confirm
        await pilot.press("1")
        await until(pilot, lambda: "今日收 2001.00" in screen._head.text_of(1))
    assert [entry[1:4] for entry in ledger(path)] == [
        ("当月党费", "2026-11", 50), ("预交", "2026-12", 50), ("大额党费", "", 200_000),
    ]  # fmt: skip


async def test_more_than_six_months_back_is_asked_about_and_never_refused(book, book_path):
    village(book, since=Month(2026, 1))
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        assert cells(screen, "罗有秀")[6] == "连续10个月未交清"
        assert "党章第九条" in screen._head.text_of(2)
        await pilot.press(*"lyx", "enter")
        await dialog(pilot, "Confirm")
        assert any("超过六个月" in line for line in lines(pilot.app))
        await pilot.press("0")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert ledger_through_own_connection(book_path) == []
        await pilot.press("enter")
        await dialog(pilot, "Confirm")
        await pilot.press("1")
        await until(pilot, lambda: "今日收 5.50" in screen._head.text_of(1))


async def test_the_rule_stands_in_full_on_the_card(book, book_path):
    village(book, since=Month(2026, 1))
    book.close()
    async with the_app(book_path).run_test(size=(120, 36)) as pilot:
        await open_dues(pilot)
        await pilot.press("right")
        await visited(pilot, "EntriesScreen", lambda screen: "应交" in screen._head.text_of(1))
        await pilot.press("ctrl+t")
        await dialog(pilot, "ShowText")
        text = "".join(lines(pilot.app)).replace(" ", "")
        assert "自行脱党" in text and "程序只作提醒" in text


async def test_without_an_assessment_enter_leads_to_it(book, book_path):
    village(book, only=FIVE[:4])
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        assert cells(screen, "张刚军")[3] == "未核定" and "去核定" in cells(screen, "张刚军")[6]
        await pilot.press(*"zgj", "enter")
        await dialog(pilot, "Choose")
        await pilot.press("5")  # 农民
        await dialog(pilot, "FormDialog")
        await pilot.press("f5")
        await dialog(pilot, "Confirm")
        await pilot.press("1")
        await until(pilot, lambda: "每月 0.50 元" in screen._foot.text_of(0))
        assert cells(screen, "张刚军")[3] == "0.50"


async def test_those_present_come_first_and_groups_can_be_shown(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        app = pilot.app
        await until(pilot, lambda: app.branch is not None)
        await pilot.press("f4")
        await until(pilot, lambda: type(app.screen).__name__ == "RollScreen" and app.screen._event is not None)
        await pilot.press(*"snc", "1", *"zgj", "2")
        await until(pilot, lambda: not app.screen._queue.is_busy)
        app.go("today")
        screen = await open_dues(pilot)
        assert [row.cells[0].strip() if row.key is None else row.cells[1] for row in screen.register.rows] == [
            "到会的（2人）", "石娜才", "张刚军", "没有到会的（3人）", "黄秀杰", "金新霞", "罗有秀",
        ]  # fmt: skip
        await pilot.press("f5")
        await dialog(pilot, "Confirm")
        await pilot.press("1")
        await until(pilot, lambda: "今日收 1.00" in screen._head.text_of(1))
        await pilot.press("ctrl+g")
        assert "第一党小组" in screen._head.text_of(3)
        await pilot.press(*"lyx", "space")
        await until(pilot, lambda: "今日收 1.50" in screen._head.text_of(1))
    assert [entry[0] for entry in ledger(path)] == ["石娜才", "张刚军", "罗有秀"]


async def test_leaving_at_once_loses_no_payment(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await open_dues(pilot)
        await pilot.press("space", "space", "space", "ctrl+q")
    assert len(ledger(path)) == 3


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["partyday-dark", "partyday-plain"])
async def test_hostile_names_pay_as_they_are(book, book_path, size, theme):
    village(book, HOSTILE)
    book.close()
    app = the_app(book_path)
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        screen = await open_dues(pilot)
        await pilot.press(*["space"] * 5, "ctrl+z")
        await at_rest(pilot, screen)
        assert "今日收 2.00" in screen._head.text_of(1)
        shown = "".join(lines(app))
        assert "张[/foo]三" in shown and "\u202e" not in shown
        for key, name in (("ctrl+l", "DuesYearScreen"), ("ctrl+k", "DuesAssessScreen"), ("ctrl+y", "DuesCloseScreen")):
            await pilot.press(key)
            await visited(pilot, name, lambda it: len(it.register.rows) == 5)
            assert "张[/foo]三" in "".join(lines(app))
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is screen)
    assert len(ledger(book_path)) == 6


@pytest.mark.parametrize("size", SIZES)
async def test_without_members_every_dues_screen_says_where_to_go(book, book_path, size):
    book.close()
    async with the_app(book_path).run_test(size=size) as pilot:
        screen = await open_dues(pilot)
        await pilot.press("enter", "2", "5", "6", "0", "space", "f5", "ctrl+z", "right", "ctrl+g")
        assert "F6" in "".join(lines(pilot.app))
        for key, name in (("ctrl+l", "DuesYearScreen"), ("ctrl+k", "DuesAssessScreen"), ("ctrl+y", "DuesCloseScreen")):
            await pilot.press(key)
            await visited(pilot, name, lambda it: "20" in it._head.text_of(0))
            await pilot.press("enter", "2", "3", "0", "left", "right", "ctrl+t")
            await until(pilot, lambda: pilot.app.screen is not None)
            while pilot.app.screen is not screen:
                await pilot.press("escape")
                await pilot.pause()


async def test_five_thousand_members_pay_by_name(book, book_path):
    with book.act("造数") as transaction:
        transaction.connection.executemany(
            "INSERT INTO member (name, reading, kind) VALUES (?, ?, 'full')",
            [(f"党员{number}号", f"dang yuan h{number}") for number in range(5000)],
        )
    village(book, ["罗有秀"])
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        assert "未交清5001人 2500.50" in screen._head.text_of(1)
        await pilot.press(*"lyx", "enter")
        await until(pilot, lambda: "今日收 0.50" in screen._head.text_of(1))
    assert ledger(book_path) == [("罗有秀", "当月党费", "2026-11", 50, "cash", "")]


async def test_two_of_one_name_are_told_apart_where_their_money_is_taken(book, book_path):
    village(book, ("王建国", "王建国", "石娜才"))
    with book.act("生日") as act:
        act.connection.execute(
            "UPDATE member SET born_on = CASE id WHEN 1 THEN '1960-03' ELSE '2003-10-16' END WHERE id < 3"
        )
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        names = {row.cells[1] for row in screen.register.rows if row.key is not None}
        assert names == {"王建国 1960年生", "王建国 2003年生", "石娜才"}
        assert "王建国 1960年生" in "\n".join(lines(pilot.app))


async def test_what_was_taken_before_today_is_written_with_its_day(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        await pilot.press("ctrl+d")
        await dialog(pilot, "FormDialog")
        await pilot.press("backspace", "backspace", *"03", "f5")
        await until(pilot, lambda: "记在 11-03" in screen._head.text_of(0))
        await pilot.press(*"hxj", "enter", *"jxx", "2")
        await at_rest(pilot, screen)
        assert "11-03收 1.00" in screen._head.text_of(1)
        assert cells(screen, "黄秀杰")[6] == "收 0.50 现金"
    assert {entry.on_date for entry in read(path, entries_of_year, 2026)} == {"2026-11-03"}


async def test_a_day_of_last_month_has_the_table_of_its_month(in_arrears):
    async with the_app(in_arrears).run_test(size=(80, 24)) as pilot:
        screen = await open_dues(pilot)
        await pilot.press("ctrl+d")
        await dialog(pilot, "FormDialog")
        await pilot.press(*["backspace"] * 10, *"2026-10-31", "f5")
        await until(pilot, lambda: "2026-10  记在 10-31" in screen._head.text_of(0))
        assert any("10月应交" in line and "到10月收" in line for line in lines(pilot.app))
        assert cells(screen, "黄秀杰")[3:6] == ("0.50", "0.50", "1.00")
        assert "未交清5人 5.00" in screen._head.text_of(1) and "2026-11 的党费请改回今天再收" in screen._foot.text_of(0)
        await pilot.press(*"hxj", "enter")
        await at_rest(pilot, screen)
        assert "10-31收 1.00" in screen._head.text_of(1) and cells(screen, "黄秀杰")[5:7] == ("", "收 1.00 现金")
        await pilot.press(*"hxj", "enter")
        assert "黄秀杰 到 2026-10 已经交清" in screen._foot.text_of(0)
        await pilot.press("ctrl+z")
        await at_rest(pilot, screen)
        assert "10-31收 0.00" in screen._head.text_of(1) and cells(screen, "黄秀杰")[5:7] == ("1.00", "往月欠1个月")
        await pilot.press("f5")
        await dialog(pilot, "Confirm")
        await pilot.press("1")
        await until(pilot, lambda: "都交清了" in screen._head.text_of(1))
    found = [entry for entry in read(in_arrears, entries_of_year, 2026) if entry.reverses is None][2:]
    assert {(entry.on_date, entry.month) for entry in found} == {("2026-10-31", "2026-09"), ("2026-10-31", "2026-10")}
    assert sum(entry.amount_fen for entry in found) == 500
