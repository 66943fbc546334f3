"""The page of an event, the self-check and the study plans in the window."""

import pytest

from partyday_tui.services.event_record import read_record, write_fields
from partyday_tui.services.plan import make_plan
from partyday_tui.services.yearly_plans import read_plans
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.dialogs.tick_list import TickList
from partyday_tui.ui.screens.duties import DutiesScreen
from partyday_tui.ui.screens.event import EventScreen
from partyday_tui.ui.screens.reading import ReadingScreen
from partyday_tui.ui.screens.roll import RollScreen
from tests.ui.looking import HOSTILE, SIZES, lines
from tests.ui.screens.rolls import fill, the_app, until


@pytest.fixture
def event(book):
    key = fill(book, ["罗有秀", "金新霞", *HOSTILE[:3]])
    with book.act("职务") as act:
        act.connection.execute("UPDATE member SET post = '书记', joined_on = '2001-11' WHERE name = '罗有秀'")
    write_fields(book, key, {"notice_how": HOSTILE[0], "host_reason": HOSTILE[3]})
    return key


async def go(pilot, where, screen_class, target=None):
    app = pilot.app
    await until(pilot, lambda: app.branch is not None and app.screen is app.desk and app.desk._desk is not None)
    app.go(where, target)
    await until(pilot, lambda: isinstance(app.screen, screen_class) and len(app.screen.register.rows) > 0)
    return app.screen


def said(screen):
    return screen._foot.text_of(0)


@pytest.mark.parametrize("size", SIZES)
async def test_the_page_shows_every_part_and_says_what_is_missing(book, book_path, event, size):
    book.close()
    async with the_app(book_path).run_test(size=size) as pilot:
        screen = await go(pilot, "event", EventScreen, event)
        shown = {row.key: row.cells[1] for row in screen.register.rows if row.key}
        assert (shown["notice"], shown["run_up"], shown["decisions"]) == ("有", "缺", "不要求")
        screen.register.go_to("run_up")
        await until(pilot, lambda: "支委会" in said(screen))
        assert "「" in said(screen)
        assert any("张[/foo]三" in line for line in lines(pilot.app))
        screen.register.go_to("roll")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RollScreen))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(pilot.app.screen, EventScreen))


async def test_parts_are_filled_by_form_list_and_text(book, book_path, event):
    book.close()
    app = the_app(book_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(pilot, "event", EventScreen, event)

        async def open_part(key):
            screen.register.go_to(key)
            await pilot.press("enter")
            await until(pilot, lambda: app.screen is not screen)

        async def saved(text="已存盘"):
            await until(pilot, lambda: app.screen is screen and text in said(screen))

        await open_part("people")
        await pilot.press(*"罗有秀", "down", "down", "down", *"马会计", "f5")
        await saved()
        await open_part("oath")
        assert isinstance(app.screen, TickList)
        await pilot.press("space", "f5")
        await saved()
        await open_part("agenda")
        await pilot.press(*"学习", "f5")
        await saved()
        await open_part("decisions")
        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, TickList))
        await pilot.press("f5")
        await until(pilot, lambda: isinstance(app.screen, FormDialog))
        assert "有表决权5人，到会至少3人，赞成至少3票" in app.screen.head.text_of(0)
        await pilot.press(*"修路", "down", "down", "down", "down", "backspace", *"5", "down", "backspace", *"4", "f5")
        await saved("通过")
        await open_part("run_up")
        await pilot.press("down", *"研究主题", "f5")
        await saved()
        record = await app.call(read_record, event)
    assert (record.host, record.host_post, record.recorder) == ("罗有秀", "书记", "马会计")
    assert [it.name for it in record.member_ticks] == ["罗有秀"]
    assert [it.what for it in record.agenda] == ["学习"]
    assert (record.decisions[0].vote.full_members, record.decisions[0].vote.votes_for) == (5, 4)
    assert len(record.run_up) == 1


async def test_the_self_check_leads_to_where_a_duty_is_settled(book, book_path, event):
    make_plan(book, 2026)
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await go(pilot, "duties", DutiesScreen)
        month = len(screen.register.rows)
        await pilot.press("f5")
        await until(pilot, lambda: len(screen.register.rows) > month)
        key = next(row.key for row in screen.register.rows if "committee.before_event" in row.key)
        screen.register.go_to(key)
        await until(pilot, lambda: "支委会" in said(screen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EventScreen))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is pilot.app.desk)


async def test_a_segment_is_read_and_a_topic_is_written(book, book_path):
    book.close()
    app = the_app(book_path)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(pilot, "reading", ReadingScreen)
        await pilot.press("f5")
        await until(pilot, lambda: "排好12段" in said(screen))
        screen.register.go_to(next(row.key for row in screen.register.rows if row.cells[0] == "总纲"))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press("down", *"11.6", "f5")
        await until(pilot, lambda: app.screen is screen and "1/12" in screen._head.text_of(1))
        screen.register.go_to("month 11")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is not screen)
        await pilot.press(*"党史", "f5")
        await until(pilot, lambda: app.screen is screen and "学习计划1个月" in screen._head.text_of(1))
        plans = await app.call(read_plans, 2026)
    assert plans.topics == {11: "党史"}
    assert [it.title for it in plans.segments if it.read_on] == ["总纲"]
