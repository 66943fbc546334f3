"""The review in the window: counts typed as rows, forty ballots counted one by one, the year's list."""

from datetime import date

import pytest

from partyday_tui.clock import Clock
from partyday_tui.rules.ballots import Ballots
from partyday_tui.services.books import make_book
from partyday_tui.services.registers import entries_of, register_named
from partyday_tui.services.review import read_review, write_class
from partyday_tui.ui.app import PartydayApp
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.count_ballots import CountBallots
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.dialogs.paste_text import PasteText
from partyday_tui.ui.dialogs.tick_list import TickList
from partyday_tui.ui.screens.event import EventScreen
from partyday_tui.ui.screens.review import ReviewScreen
from partyday_tui.ui.screens.reviews import ReviewsScreen
from tests.conftest import TODAY
from tests.ui.looking import HOSTILE, SIZES, lines
from tests.ui.screens.rolls import fill, the_app, until

LINES = ("主题特色鲜明", "内容充实健康", "方式灵活生动", "效果突出显著", "总体评价")


async def open_review(pilot, event, day=TODAY):
    """From the desk over the event's page to its review."""
    app = pilot.app
    await until(pilot, lambda: app.branch is not None and app.screen is app.desk and app.desk._desk is not None)
    app.go("event", event)
    await until(pilot, lambda: isinstance(app.screen, EventScreen) and len(app.screen.register.rows) > 0)
    app.screen.register.go_to("review")
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen._page is not None)
    return app.screen


def said(screen):
    return screen._foot.text_of(0)


async def top(pilot, kind):
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))
    return pilot.app.screen


@pytest.mark.parametrize("size", SIZES)
async def test_counts_are_typed_as_rows_and_the_sum_that_fails_is_told(book, book_path, size):
    event = fill(book, ["罗有秀", "金新霞", *HOSTILE[:3]])
    book.close()
    async with the_app(book_path).run_test(size=size) as pilot:
        screen = await open_review(pilot, event)
        await pilot.press("enter")
        form = await top(pilot, FormDialog)
        await pilot.press(*"25", "down", *"24", "down", "backspace", *"1")
        for typed in ("18 4 1", "18 5 1", "23", "20 3", "19 3 1"):
            await pilot.press("down", *(("space" if key == " " else key) for key in typed))
        await pilot.press("f5")
        await until(pilot, lambda: "「内容充实健康」满意18+基本满意5+不满意1，合计24票" in form.foot.text_of(0))
        assert form.form.field.label == "内容充实健康"
        await pilot.press(*["backspace"] * 3, *"4", "space", *"1", "f5")
        await until(pilot, lambda: pilot.app.screen is screen and "有效票23张" in said(screen))
        shown = "\n".join(lines(pilot.app))
        assert "满意率97.8%" in shown and "（满意+基本满意）/有效票" in shown
        assert "发出25  收回24  废票1  有效23" in shown
        await pilot.press("escape")
        page = await top(pilot, EventScreen)
        await until(pilot, lambda: any("有效票23张" in cell for row in page.register.rows for cell in row.cells))


async def test_forty_ballots_are_counted_with_five_keys_each_and_one_for_all_content(book, book_path):
    event = fill(book, [f"党员{n}" for n in "甲乙丙丁"])
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_review(pilot, event)
        await pilot.press("f5")
        await top(pilot, FormDialog)
        await pilot.press(*"40", "f5")
        dialog = await top(pilot, CountBallots)
        keys = 0
        for ballot in [["1", "1", "2", "3", "1"]] * 9 + [["space"]] * 30 + [["0"]]:
            await pilot.press(*ballot)
            keys += len(ballot)
        assert keys == 9 * 5 + 30 + 1
        assert "发出的40张都数完了" in dialog.head.text_of(1) and "废票1张" in dialog.head.text_of(1)
        await pilot.press("1")
        assert "已经数满" in dialog.foot.text_of(0)
        await pilot.press("f5")
        await until(pilot, lambda: pilot.app.screen is screen and "有效票39张" in said(screen))
        page = await pilot.app.call(read_review, event)
    (party,) = page.review.classes
    assert party.ballots == Ballots(40, 40, 1)
    assert [party.counts(line) for line in LINES] == [(39, 0, 0, 0)] * 2 + [(30, 9, 0, 0), (30, 0, 9, 0), (39, 0, 0, 0)]


async def test_a_slip_is_taken_back_and_leaving_asks(book, book_path):
    event = fill(book, ["甲", "乙"])
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_review(pilot, event)
        await pilot.press("f5")
        await top(pilot, FormDialog)
        await pilot.press(*"3", "f5")
        dialog = await top(pilot, CountBallots)
        await pilot.press(*"11", "0")
        assert "先按退格收回" in dialog.foot.text_of(0)
        await pilot.press("7")
        assert "没有7" in dialog.foot.text_of(0)
        await pilot.press(
            *"111", "backspace", "3", "f5"
        )  # the last line of a whole ballot comes back and is given anew
        await until(pilot, lambda: pilot.app.screen is screen)
        page = await pilot.app.call(read_review, event)
        assert page.review.counts("总体评价") == (0, 0, 1, 0)
        await pilot.press("f5")
        await top(pilot, Choose)
        await pilot.press("1")  # 接着数
        dialog = await top(pilot, CountBallots)
        assert "正在数第2张" in dialog.head.text_of(1)
        await pilot.press("space", "1", "f5")
        assert "还没有数完" in dialog.foot.text_of(0)
        await pilot.press("escape")
        await top(pilot, Confirm)
        await pilot.press("0")
        assert await top(pilot, CountBallots) is dialog
        await pilot.press("backspace", "f5")
        await until(pilot, lambda: pilot.app.screen is screen)
        page = await pilot.app.call(read_review, event)
    assert page.review.ballots == Ballots(3, 2, 0)
    assert page.review.counts("总体评价") == (1, 0, 1, 0)


async def test_before_the_day_the_page_says_so(book, book_path):
    event = fill(book, ["甲"], on=date(2026, 11, 20))
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        app = pilot.app
        await until(pilot, lambda: app.branch is not None and app.screen is app.desk and app.desk._desk is not None)
        app.go("event", event)
        screen = await top(pilot, EventScreen)
        await until(pilot, lambda: len(screen.register.rows) > 0)
        screen.register.go_to("review")
        await pilot.press("enter")
        await until(pilot, lambda: "还没有到" in said(screen))
        assert app.screen is screen


async def test_remarks_become_improvement_items(book, book_path):
    event = fill(book, ["甲"])
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_review(pilot, event)
        screen.register.go_to("remarks")
        await pilot.press("enter")
        await top(pilot, PasteText)
        await pilot.press(*"时间再长些", "enter", *HOSTILE[0], "f5")
        await top(pilot, TickList)
        await pilot.press("space", "f5")
        await top(pilot, FormDialog)
        await pilot.press(*"马会计", "f5")
        await until(pilot, lambda: pilot.app.screen is screen and "1条记进了「问题整改」" in said(screen))
        assert any("整改事项：1条，1条意见未转" in line for line in lines(pilot.app))
        found = await pilot.app.call(entries_of, register_named("problem"), 2026)
    assert [(it.values["title"], it.values["owner"]) for it in found] == [("时间再长些", "马会计")]


async def test_the_other_rows_are_filled_where_they_stand(book, book_path):
    event = fill(book, ["甲"])
    write_class(book, event, "party", Ballots(2, 2, 0), dict.fromkeys(LINES, "2"))
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_review(pilot, event)
        await pilot.press("insert")
        await top(pilot, Choose)
        await pilot.press("1")  # 党员 is there already, so 服务对象 is the first
        await top(pilot, FormDialog)
        await pilot.press(*"1", "down", *"1", "down", *["down", "1"] * 5, "f5")
        await until(pilot, lambda: pilot.app.screen is screen and "只有一张票" in said(screen))
        assert any("合计" in line for line in lines(pilot.app))
        screen.register.go_to("total 0")
        await pilot.press("enter")
        await until(pilot, lambda: "合计是算出来的" in said(screen))
        screen.register.go_to("served 0")
        await pilot.press("delete")
        await top(pilot, Confirm)
        await pilot.press("1")
        await until(pilot, lambda: pilot.app.screen is screen and "已去掉" in said(screen))
        screen.register.go_to("best")
        await pilot.press("enter")
        await until(pilot, lambda: any("推荐为最佳案例：是" in line for line in lines(pilot.app)))
        screen.register.go_to("comments")
        await pilot.press("enter")
        await top(pilot, FormDialog)
        await pilot.press(*"罗有秀", "down", "down", *"发言踊跃", "f5")
        await until(pilot, lambda: any("点评：书记" in line for line in lines(pilot.app)))


async def test_the_year_tells_of_the_weak_ones(tmp_path):
    path = tmp_path / "strict.db"
    book = make_book(path, Clock(TODAY), name="机关党支部", preset="organ_strict", secretary="罗有秀")
    for month in (8, 9, 10):
        event = fill_month(book, date(2026, month, 6))
        write_class(book, event, "party", Ballots(50, 50, 0), dict.fromkeys(LINES, "29 0 21"))
    book.close()
    app = PartydayApp(path, Clock(TODAY))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: app.branch is not None and app.screen is app.desk and app.desk._desk is not None)
        app.go("reviews")
        screen = await top(pilot, ReviewsScreen)
        await until(pilot, lambda: len(screen.register.rows) == 3)
        shown = "\n".join(lines(app))
        assert "已有3次测评满意率低于60%" in shown and "低于60%" in shown and "58.0%" in shown
        await pilot.press("enter")
        await top(pilot, ReviewScreen)
        await pilot.press("escape")
        assert await top(pilot, ReviewsScreen) is screen


def fill_month(book, day):
    from partyday_tui.rules.month import Month
    from partyday_tui.services.events import add_event

    return add_event(book, Month.of(day), day, frozenset({"party_day"}), {"theme": "学习"})
