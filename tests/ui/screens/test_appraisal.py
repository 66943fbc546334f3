"""The yearly appraisal in the window: stages, counts of forty members in one form, ballots one by one, decisions."""

import pytest

from partyday_tui.rules.ballots import Ballots
from partyday_tui.services.appraisal import read_appraisal, write_class
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.count_ballots import CountBallots
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.dialogs.show_text import ShowText
from partyday_tui.ui.screens.appraisal import AppraisalScreen
from tests.ui.looking import HOSTILE, SIZES, lines
from tests.ui.screens.rolls import fill, the_app, until

NAMES = ["罗有秀", "金新霞", "张建国", "周小满"]


async def open_appraisal(pilot):
    app = pilot.app
    await until(pilot, lambda: app.branch is not None and app.screen is app.desk and app.desk._desk is not None)
    app.go("appraisal")
    await until(pilot, lambda: isinstance(app.screen, AppraisalScreen) and len(app.screen.register.rows) > 0)
    return app.screen


def said(screen):
    return screen._foot.text_of(0)


async def top(pilot, kind):
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    return pilot.app.screen


@pytest.fixture
def people(book):
    fill(book, NAMES)
    with book.act("预备") as act:
        act.connection.execute("UPDATE member SET kind = 'probationary' WHERE name = '周小满'")


@pytest.mark.parametrize("size", SIZES)
async def test_it_stands_with_hostile_names_and_tells_the_quota(book, book_path, size):
    fill(book, [*NAMES, *HOSTILE[:3]])
    book.close()
    async with the_app(book_path).run_test(size=size) as pilot:
        screen = await open_appraisal(pilot)
        assert "最多2人；已定0人" in screen._head.text_of(2)
        assert any("张[/foo]三" in line for line in lines(pilot.app))
        await pilot.press("ctrl+t")
        await until(pilot, lambda: "先把光标移到一名党员上" in said(screen))
        await pilot.press(*"lyx")
        await until(pilot, lambda: screen.register.shown_count == 1)
        await pilot.press("ctrl+t")
        await top(pilot, ShowText)


async def test_from_the_first_stage_to_the_decision(book, book_path, people):
    book.close()
    app = the_app(book_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_appraisal(pilot)
        await pilot.press("enter")
        await top(pilot, FormDialog)
        await pilot.press("f5")
        await until(pilot, lambda: app.screen is screen and "个人自评2026-11-06" in said(screen))
        screen.register.go_to("class party")
        await pilot.press("enter")
        form = await top(pilot, FormDialog)
        labels = [field.label for field in form.form.fields]
        assert labels == ["发出票", "收回票", "废票", "金新霞", "罗有秀", "张建国"], "周小满 is 预备党员"
        await pilot.press(
            "down", *"4", "down", "down", *"3", "space", *"1", "down", *"1", "space", *"3", "down", *"2", "space", *"2"
        )
        await pilot.press("f5")
        await until(pilot, lambda: app.screen is screen and "有效票4张" in said(screen))
        await pilot.press("ctrl+d")
        await top(pilot, Confirm)
        await pilot.press("1")
        await until(pilot, lambda: app.screen is screen and "按票评定了2人" in said(screen))
        page = await app.call(read_appraisal, 2026)
        key = next(line.member_id for line in page.appraisal.lines if line.name == "金新霞")
        screen.register.go_to(key)
        await pilot.press("enter")
        form = await top(pilot, FormDialog)
        await pilot.press("3", "f5")
        await until(pilot, lambda: "请写上理由" in form.foot.text_of(0))
        await pilot.press(*"名额有限", "f5")
        await until(pilot, lambda: app.screen is screen and "金新霞合格" in said(screen))
        await pilot.press("ctrl+t")
        await top(pilot, ShowText)
        await pilot.press("escape")
        page = await app.call(read_appraisal, 2026)
    assert {line.name: line.grade for line in page.appraisal.lines} == {
        "金新霞": "qualified",
        "罗有秀": "qualified",
        "张建国": "",
        "周小满": "",
    }
    assert page.appraisal.ballots("party") == Ballots(4, 4, 0)


async def test_ballots_are_counted_with_a_digit_for_each_member(book, book_path, people):
    book.close()
    app = the_app(book_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_appraisal(pilot)
        await pilot.press("f5")
        await top(pilot, FormDialog)
        await pilot.press("f5")  # as many as there are members
        await top(pilot, CountBallots)
        await pilot.press(*"123", "1", "space", "0", "f5")  # 其余合格
        await until(pilot, lambda: app.screen is screen and "有效票2张" in said(screen))
        page = await app.call(read_appraisal, 2026)
    found = {line.name: line.totals for line in page.appraisal.lines if line.is_graded}
    assert found == {"金新霞": (2, 0, 0, 0, 0), "罗有秀": (0, 2, 0, 0, 0), "张建国": (0, 1, 1, 0, 0)}
    assert page.appraisal.ballots("party") == Ballots(4, 3, 1)


async def test_a_count_with_gaps_is_not_counted_on(book, book_path, people):
    page = read_appraisal(book, 2026)
    key = page.appraisal.lines[0].member_id
    write_class(book, 2026, "party", Ballots(4, 2, 0), {key: "2"})
    book.close()
    app = the_app(book_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_appraisal(pilot)
        assert "2人还没有票数" in screen._head.text_of(2)
        await pilot.press("f5")
        await until(pilot, lambda: app.screen is not screen)
        assert not any("接着数" in line for line in lines(app)) and any("从头数" in line for line in lines(app))
        await pilot.press("escape")
        screen.register.go_to("class party")
        await pilot.press("delete")
        await top(pilot, Confirm)
        await pilot.press("1")
        await until(pilot, lambda: app.screen is screen and "已去掉" in said(screen))
        await pilot.press("left")
        await until(pilot, lambda: "2025年" in screen._head.text_of(0))
