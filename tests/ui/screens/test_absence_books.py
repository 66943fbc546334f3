"""The books behind the follow-up by keyboard: slips, make-up, runs, those not reached, a member's year."""

from datetime import date

import pytest

from partyday_tui.rules.roll import Status
from partyday_tui.services.cases import open_cases
from partyday_tui.services.leave import slips_of_year
from partyday_tui.services.make_up import add_lesson, lessons_of_year
from partyday_tui.services.registers import entries_of, register_named
from partyday_tui.services.roll import event_to_call, read_roll
from tests.absence_branch import DAY, KEYS, fill, hold
from tests.ui.screens.rolls import the_app, until
from tests.ui.screens.test_cases import Reading, form_over, on_cases, saved


@pytest.fixture
def path(book, book_path):
    """One who missed two in a row, one on leave, a lesson that is neither signed nor filed; this month's event today."""
    fill(book)
    first = hold(book, date(2026, 10, 9), {"仇伟": Status.ABSENT, "范德": Status.LEAVE, "江良明": Status.LEAVE})
    hold(book, DAY, {"仇伟": Status.ABSENT, "江良明": None, "万民丽": None})
    lesson = {"on_date": "2026-10-15", "form": "集中补学"}
    add_lesson(book, [(first.id, KEYS["范德"]), (first.id, KEYS["江良明"])], lesson)
    book.close()
    return book_path


async def sub_screen(pilot, key, name):
    """From the desk to the follow-up and on to one of its books."""
    app = pilot.app
    await until(pilot, lambda: app.branch is not None and app.screen is app.desk)
    await pilot.press("f9")
    await on_cases(pilot, 4)
    await pilot.press(key)
    await until(pilot, lambda: type(app.screen).__name__ == name and not app.screen._loading)
    await pilot.pause()
    return app.screen


async def test_a_slip_for_a_span_and_one_for_who_has_none(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await sub_screen(pilot, "ctrl+r", "LeaveScreen")
        assert "没有请假条2人次" in screen._head.text_of(1)
        await pilot.press("insert")
        await form_over(pilot, screen)
        await pilot.press(*"wm", "enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "Choose")
        await pilot.press("1")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "FormDialog")
        await pilot.press("f5")
        await saved(pilot, screen, "请假条已存盘")
        await pilot.press("ctrl+o")
        await form_over(pilot, screen)
        await pilot.press("1")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "FormDialog")
        await pilot.press("f5")
        await saved(pilot, screen, "晚于 2026-10-09，两个日期都已记下")
        assert "没有请假条1人次" in screen._head.text_of(1)
        await pilot.press("ctrl+e")
        await form_over(pilot, screen)
        await pilot.press("1")
        await saved(pilot, screen, "号 请假条.xlsx")
        await pilot.press("escape")
        await on_cases(pilot, 4)
    with Reading(path) as book:
        assert {it.name: it.event_id for it in slips_of_year(book, 2026)} == {"万民丽": None, "范德": 1}


async def test_a_lesson_is_signed_and_filed(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await sub_screen(pilot, "ctrl+n", "MakeUpScreen")
        assert "补课1次，2人次" in screen._head.text_of(1)
        await pilot.press("1")
        await form_over(pilot, screen)
        await pilot.press("space", "space", "f5")
        await saved(pilot, screen, "已存盘")
        await pilot.press("3")
        await form_over(pilot, screen)
        await pilot.press(*"1盒", "f5")
        await saved(pilot, screen, "已归档1次")
        await pilot.press("ctrl+e")
        await saved(pilot, screen, "2026年 补课归档册.xlsx")
        await pilot.press("delete")
        await form_over(pilot, screen)
        await pilot.press("0")
        await until(pilot, lambda: pilot.app.screen is screen)
    with Reading(path) as book:
        (lesson,) = lessons_of_year(book, 2026)
        assert lesson.is_signed and lesson.archive_no == "1盒"


async def test_a_reminder_goes_into_the_register_of_talks(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await sub_screen(pilot, "ctrl+t", "RunsScreen")
        assert [row.cells[6] for row in screen.register.rows] == ["谈话提醒"]
        await pilot.press("1")
        await form_over(pilot, screen)
        await pilot.press("enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "FormDialog")
        await pilot.press("f5")
        await saved(pilot, screen, "谈话已记进台账")
        assert screen.register.rows[0].cells[6] == "2026-11-06 谈过"
        await pilot.press("2")
        await form_over(pilot, screen)
        await pilot.press("f5")
        await saved(pilot, screen, "上报记录里也记了一条")
    with Reading(path) as book:
        (talk,) = entries_of(book, register_named("talk"), 2026)
        assert talk.names == "罗有秀、仇伟" and talk.values["reason"] == "无故缺席"
        assert len(entries_of(book, register_named("superior_report"), 2026)) == 1


async def test_who_was_not_reached_is_reached(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await sub_screen(pilot, "ctrl+b", "CareScreen")
        assert "流动1人，年老体弱1人" in screen._head.text_of(1)
        await pilot.press(*"wm", "1")
        await form_over(pilot, screen)
        await pilot.press("f5")
        await saved(pilot, screen, "联系已记1人")
        await pilot.press("space", "2")
        await form_over(pilot, screen)
        await pilot.press("f5")
        await saved(pilot, screen, "记为其他方式")
        assert not screen.register.rows and "都联系到了" in screen.register.empty
        await pilot.press("left")
        await until(pilot, lambda: "10月" in screen._head.text_of(0))
    with Reading(path) as book:
        assert len(entries_of(book, register_named("outreach"), 2026)) == 1
        entries = {it.name: it.status for it in read_roll(book, event_to_call(book)).entries}
        assert entries["江良明"] is Status.OTHER and len(open_cases(book)) == 4


async def test_a_member_s_year_from_the_follow_up_and_from_the_roster(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        app = pilot.app
        await until(pilot, lambda: app.branch is not None and app.screen is app.desk)
        await pilot.press("f9")
        cases = await on_cases(pilot, 4)
        await pilot.press(*"qw")
        cases.run_action_named("open_year")
        await until(pilot, lambda: type(app.screen).__name__ == "MemberYearScreen" and app.screen.register.rows)
        assert "缺席2" in app.screen._head.text_of(1) and "补课0/2次" in app.screen._head.text_of(1)
        await pilot.press("ctrl+e")
        await until(pilot, lambda: "2026年 仇伟 党员全年情况.xlsx" in app.screen._foot.text_of(0))
        await pilot.press("left")
        await until(pilot, lambda: "2025年" in app.screen._head.text_of(0))
        assert "F4" in app.screen.register.empty
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is cases)
        await pilot.press("f6")
        await until(pilot, lambda: type(app.screen).__name__ == "RosterScreen" and app.screen.register.rows)
        app.screen.run_action_named("open_year")
        await until(pilot, lambda: type(app.screen).__name__ == "MemberYearScreen" and app.screen.register.rows)
