"""The roster by its keys: who comes, who goes, how a name is read, and what a list may show."""

from datetime import date

import pytest

from partyday_tui.services.roster_import import commit, preview
from tests.ui.screens.rosters import (
    VILLAGE,
    dialog,
    members_on_disk,
    open_roster,
    shown,
    the_app,
    told,
    until,
)


@pytest.fixture
def path(book, book_path):
    """An empty book."""
    book.close()
    return book_path


@pytest.fixture
def village(book, book_path):
    """A book with the 44 of the sample."""
    commit(book, preview(book, VILLAGE))
    book.close()
    return book_path


async def test_an_empty_roster_says_which_key_fills_it(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        assert "F5" in roster.register.empty and "Ins" in roster.register.empty
        await pilot.press("enter", "delete", "ctrl+g", "ctrl+o")
        assert pilot.app.screen is roster, "no key means anything without a row"


async def test_who_comes_by_transfer_belongs_from_that_day_on(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        await pilot.press("insert")
        await dialog(pilot, "Choose")
        await pilot.press("2")
        await dialog(pilot, "FormDialog")
        await pilot.press(*["backspace"] * 10, *"2026-09-01", "down", *"单国强", "f5")
        await told(pilot, roster, "已存盘")
    assert members_on_disk(path)["单国强"].reading == "shan guo qiang"
    assert members_on_disk(path, date(2026, 8, 31)) == {}


async def test_whom_the_branch_accepts_is_on_probation(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        await pilot.press("insert")
        await dialog(pilot, "Choose")
        await pilot.press("3")
        await dialog(pilot, "FormDialog")
        await pilot.press("down", *"李四", "f5")
        await told(pilot, roster, "已存盘")
        assert "预备1" in roster._head.text_of(1)


async def test_a_reading_corrected_by_hand_is_found_by_its_letters(village):
    async with the_app(village).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        await pilot.press(*"ygq")
        assert roster.register.shown_count == 0
        await pilot.press("escape", *"sgq", "enter")
        await dialog(pilot, "Choose")
        await pilot.press("5")
        await dialog(pilot, "FormDialog")
        await pilot.press(*["backspace"] * 14, *"YAN guo  qiang", "f5")
        await told(pilot, roster, "yan guo qiang")
        await pilot.press("escape", *"ygq")
        assert roster.register.cursor_row.cells[1] == "单国强"
    found = members_on_disk(village)["单国强"]
    assert (found.reading, found.reading_by_hand) == ("yan guo qiang", True)


async def test_who_leaves_is_hidden_shown_on_demand_and_brought_back(village):
    async with the_app(village).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        await pilot.press(*"sgq", "delete")
        await dialog(pilot, "Choose")
        await pilot.press("1")
        await dialog(pilot, "FormDialog")
        await pilot.press("down", *"邻村", "f5")
        await told(pilot, roster, "转出，已存盘")
        assert "党员43人" in roster._head.text_of(1) and "已离开1人" in roster._head.text_of(1)
        assert not any("单国强" in line for line in shown(roster))
        await pilot.press("ctrl+o", *"sgq")
        assert "转出2026-11-06" in roster.register.cursor_row.cells
        await pilot.press("enter", "4")
        history = "\n".join(shown(await dialog(pilot, "History")))
        assert "登记转出" in history and "邻村" in history and "sha256" not in history
        await pilot.press("escape", "enter", "3")
        await until(pilot, lambda: any("转出" in line for line in shown(pilot.app.screen)))
        await pilot.press("1")
        await dialog(pilot, "Confirm")
        await pilot.press("1")
        await told(pilot, roster, "已去掉")
        assert "党员44人" in roster._head.text_of(1)
        await pilot.press("enter", "4")
        assert "撤销登记的转出" in "\n".join(shown(await dialog(pilot, "History"))), (
            "the record keeps what was taken out"
        )


async def test_numbers_are_masked_and_survive_a_form_that_leaves_them_alone(village):
    whole = members_on_disk(village)["罗有秀"]
    async with the_app(village).run_test(size=(120, 36)) as pilot:
        roster = await open_roster(pilot)
        listed = "\n".join(shown(roster))
        assert whole.identity not in listed and whole.phone not in listed and "9***************33" in listed
        await pilot.press(*"lyx", "enter", "1")
        form = await dialog(pilot, "FormDialog")
        assert whole.identity not in form.form.values().values()
        await pilot.press("f5")
        await told(pilot, roster, "已存盘")
    assert members_on_disk(village)["罗有秀"] == whole


async def test_a_wrong_identity_number_is_told_and_nothing_is_written(village):
    before = members_on_disk(village)
    async with the_app(village).run_test(size=(80, 24)) as pilot:
        await open_roster(pilot)
        await pilot.press(*"lyx", "enter", "1")
        form = await dialog(pilot, "FormDialog")
        await pilot.press(*["down"] * 8, *["backspace"] * 18, *"110101199003072317", "f5")
        await until(pilot, lambda: "校验位" in form.foot.text_of(0))
        await pilot.press("escape", "1")
    assert members_on_disk(village) == before


async def test_groups_follow_in_the_order_in_which_the_branch_entered_them(village):
    async with the_app(village).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        seen = []
        for _ in range(4):
            await pilot.press("ctrl+g")
            seen.append({row.cells[3] for row in roster.register.rows})
        assert seen[:3] == [{"第一党小组"}, {"第二党小组"}, {"第三党小组"}] and len(seen[3]) == 3


async def test_five_thousand_are_listed_and_found(book, book_path):
    with book.act("造数") as transaction:
        transaction.connection.executemany(
            "INSERT INTO member (name, reading, kind) VALUES (?, ?, 'full')",
            [(f"王{chr(0x4E00 + n)}", f"wang a{n}") for n in range(5000)],
        )
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        assert "党员5000人" in roster._head.text_of(1)
        await pilot.press(*"王丁")
        assert roster.register.cursor_row.cells[1] == "王丁"


async def test_who_was_added_by_mistake_is_taken_out_after_a_question(village):
    async with the_app(village).run_test(size=(80, 24)) as pilot:
        roster = await open_roster(pilot)
        name = roster.register.cursor_row.cells[1]
        await pilot.press("enter")
        menu = await dialog(pilot, "Choose")
        at = next(at for at, row in enumerate(menu.register.rows) if "去掉误录" in row.cells)
        await pilot.press(str(at + 1))
        question = await dialog(pilot, "Confirm")
        await pilot.press("enter")
        assert pilot.app.screen is question, "a dangerous question is not answered by Enter alone"
        await pilot.press("1")
        await told(pilot, roster, f"{name} 已去掉")
    assert name not in members_on_disk(village)
