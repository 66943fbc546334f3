"""台账 by keyboard, in a book on disk."""

import pytest

from partyday_tui.clock import Clock
from partyday_tui.rules.registers import REGISTERS
from partyday_tui.services import registers as service
from partyday_tui.services.books import open_existing
from partyday_tui.ui.screens.register_entries import EntriesScreen
from partyday_tui.ui.screens.registers import RegistersScreen
from tests.services.test_registers import PEOPLE, TEXTS
from tests.ui.looking import HOSTILE, SIZES, lines
from tests.ui.screens.rolls import TODAY, fill, the_app, until
from tests.ui.screens.test_year import asked, said

named = service.register_named


@pytest.fixture
def path(book, book_path):
    fill(book, ["安一", "白二", HOSTILE[0], "丁四"])
    with book.act("造数") as act:
        act.connection.execute("UPDATE member SET floating = 1 WHERE id IN (2, 3)")
    book.close()
    return book_path


def read(path, ask):
    """What another run of the program would read."""
    book = open_existing(path, Clock(TODAY))
    try:
        return ask(book)
    finally:
        book.close()


def entries(path, key):
    return read(path, lambda book: service.entries_of(book, named(key), 2026))


async def open_registers(pilot):
    await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
    await pilot.press("f7")
    await until(
        pilot, lambda: isinstance(pilot.app.screen, RegistersScreen) and len(pilot.app.screen.register.rows) > 0
    )
    return pilot.app.screen


async def open_one(pilot, key):
    await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
    pilot.app.go("registers", key)
    await until(
        pilot, lambda: isinstance(pilot.app.screen, EntriesScreen) and "条" in pilot.app.screen._head.text_of(1)
    )
    return pilot.app.screen


async def test_the_list_says_what_is_in_each_and_enter_opens_one(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_registers(pilot)
        assert [row.key for row in screen.register.rows] == [*(it.key for it in REGISTERS), "development"]
        await pilot.press(*"lddy")
        assert screen.register.cursor_row.cells == ("流动党员联系", "", "", "本月还没有联系的2人")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EntriesScreen))
        assert pilot.app.screen.TITLE_WORD == "流动党员联系"
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)


async def test_a_talk_is_written_by_keyboard(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot, "talk")
        await pilot.press("insert")
        await asked(pilot, "PickMembers")
        await pilot.press(*"ay", "space", *"ds", "space", "enter")
        await asked(pilot, "FormDialog")
        await pilot.press("down", "2", "down", "down", *"tan", "f5")
        await said(pilot, screen, "已存盘")
        assert screen.register.cursor_row.cells[:3] == ("2026-11-06", "安一、丁四", "学习")
    (talk,) = entries(path, "talk")
    assert talk.names == "安一、丁四" and talk.values["note"] == "tan"


async def test_those_who_are_missing_are_reached_at_once(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot, "outreach")
        assert "本月还没有联系的：2人" in screen._head.text_of(1)
        await pilot.press("ctrl+o")
        await asked(pilot, "PickMembers")
        await pilot.press("space", "space", "enter")
        await asked(pilot, "FormDialog")
        await pilot.press("down", "1", "f5")
        await said(pilot, screen, "记了2条")
        await pilot.press("ctrl+o")
        await said(pilot, screen, "没有缺的人")
    assert {it.values["way"] for it in entries(path, "outreach")} == {"网络互动"}


async def test_a_hardship_changes_and_both_rows_are_there(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot, "hardship")
        await pilot.press("insert")
        await asked(pilot, "PickMembers")
        await pilot.press("enter")
        await asked(pilot, "FormDialog")
        await pilot.press(*["backspace"] * 10, *"2026-01-09", "down", "1", "f5")
        await said(pilot, screen, "已存盘")
        await pilot.press("enter")
        await asked(pilot, "Choose")
        await pilot.press("3")
        await asked(pilot, "FormDialog")
        await pilot.press("down", "2", "f5")
        await said(pilot, screen, "已存盘")
        assert [row.cells[-1] for row in screen.register.rows] == ["在册", "已结束"]
    old, new = sorted(entries(path, "hardship"), key=lambda it: it.id)
    assert (old.values["ended_on"], new.values["on_date"]) == ("2026-11-05", "2026-11-06")


async def test_a_problem_is_settled_edited_looked_up_and_taken_out(path):
    register = named("problem")
    read(
        path,
        lambda book: service.add(
            book, register, {"on_date": "2026-06-05", "title": "联系不及时", "due_on": "2026-07-31"}, []
        ),
    )
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot, "problem")
        assert screen.register.cursor_row.cells[-1] == "未整改逾期"
        await pilot.press("enter")
        await asked(pilot, "Choose")
        await pilot.press("2")
        await asked(pilot, "FormDialog")
        await pilot.press("f5")
        await said(pilot, screen, "已存盘")
        assert screen.register.cursor_row.cells[-1] == "待通报"
        await pilot.press("enter")
        await asked(pilot, "Choose")
        await pilot.press("3")
        await asked(pilot, "History")
        assert any("完成日期" in line for line in lines(pilot.app))
        await pilot.press("escape", "delete")
        await asked(pilot, "Confirm")
        await pilot.press("1")
        await said(pilot, screen, "已去掉")
    assert entries(path, "problem") == []


async def test_years_and_what_is_open(path):
    register = named("visit")
    read(path, lambda book: service.add(book, register, {"on_date": "2025-06-28", "occasion": "七一"}, [1]))
    done = {"on_date": "2026-06-28", "occasion": "七一", "reported_on": "2026-07-03"}
    read(path, lambda book: service.add(book, register, done, [4]))
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot, "visit")
        assert len(screen.register.rows) == 2
        await pilot.press("ctrl+l")
        await until(pilot, lambda: "只看未办结的" in screen._head.text_of(1))
        assert [row.cells[1] for row in screen.register.rows] == ["安一"]
        await pilot.press("left")
        await until(pilot, lambda: "2025年" in screen._head.text_of(0))
        assert len(screen.register.rows) == 1


async def test_finding_by_pinyin_by_words_and_by_what_the_list_does_not_show(path):
    register = named("visit")
    for member, note in ((1, "送了棉被"), (4, "送了米面")):
        texts = {"on_date": "2026-06-28", "occasion": "七一", "note": note}
        read(path, lambda book, member=member, texts=texts: service.add(book, register, texts, [member]))
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot, "visit")
        for typed, name in (("dings", "丁四"), ("安", "安一"), ("棉被", "安一")):
            screen._find(typed)
            assert screen.register.shown_count == 1 and screen.register.cursor_row.cells[1] == name
        screen._find("七一")
        assert screen.register.shown_count == 2


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("register", REGISTERS, ids=lambda it: it.key)
async def test_hostile_text_is_shown_as_text(path, register, size):
    texts = {"on_date": "2026-06-05", **TEXTS[register.key]}
    texts |= {it.name: HOSTILE[0] for it in register.fields if it.kind == "text" and not it.private}
    people = [3] if PEOPLE[register.people] == [1] else [1, 3] if PEOPLE[register.people] else []
    read(path, lambda book: service.add(book, register, texts, people))
    async with the_app(path).run_test(size=size) as pilot:
        await open_one(pilot, register.key)
        shown = lines(pilot.app)
        assert any("张[/foo]三" in line for line in shown)
        await pilot.press("enter")
        await asked(pilot, "Choose")
        await pilot.press("1")
        await asked(pilot, "FormDialog")
        assert any("张[/foo]三" in line for line in lines(pilot.app))


async def test_five_thousand_entries_are_listed(path):
    def many(book):
        with book.act("造数") as act:
            act.connection.executemany(
                "INSERT INTO praise (on_date, member_id, kind, deed) VALUES ('2026-06-05', 1, '好人好事', ?)",
                [(f"第{n}件",) for n in range(5000)],
            )

    read(path, many)
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_one(pilot, "praise")
        assert len(screen.register.rows) == 5000
        await pilot.press("end")
        assert screen.register.cursor_row.cells[3] == "第0件"


async def test_an_empty_roster_leads_nowhere_and_says_so(book, book_path):
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        await open_one(pilot, "praise")
        assert any("按 Ins" in line for line in lines(pilot.app))
        await pilot.press("insert")
        await asked(pilot, "PickMembers")
        assert any("名册（F6）" in line for line in lines(pilot.app))
