"""The desk: what is late, the next event with its open steps, what is near, and the month at a glance."""

from datetime import date

import pytest
from tests.conftest import TODAY
from tests.services.years import event_on, hold, year_book

from partyday_tui.clock import Clock
from partyday_tui.services.books import make_book
from partyday_tui.services.desk import read_desk
from partyday_tui.services.event_record import write_fields
from partyday_tui.services.moving import move_event


@pytest.fixture
def book(tmp_path):
    book = year_book(tmp_path)
    yield book
    book.close()


def lines(book, section):
    return [line for line in read_desk(book).lines if line.section == section]


def test_the_next_event_comes_with_each_open_step(book):
    event = event_on(book, TODAY)
    first, *steps = lines(book, "下次活动")
    assert (first.when, first.target, first.where, first.state) == ("今天", event.id, "roll", "待点名")
    told = " ".join(line.subject for line in steps)
    for step in ("活动前召开支委会", "书记主持或委托主持", "确定活动主题", "点评"):
        assert step in told
    assert {line.target for line in steps} == {event.id}
    assert len(steps) == 6
    assert steps[-1].subject.startswith("还有")
    write_fields(book, event.id, {"host": "罗有秀"})
    assert "书记主持或委托主持" not in " ".join(line.subject for line in lines(book, "下次活动"))


def test_a_step_says_the_sentence_that_asks_for_it(book):
    sentences = {line.subject: line.sentence for line in lines(book, "下次活动")}
    assert "「在每次支部主题党日前召开支委会」" in sentences["活动前召开支委会"]


def test_the_other_events_and_duties_of_the_next_weeks_follow_by_their_day(book):
    near = lines(book, "这几天")
    december = event_on(book, date(2026, 12, 4)).id
    assert [line.target for line in near if line.where == "event"] == [december]
    floating = next(line for line in near if "联系流动党员" in line.subject)
    assert (floating.where, floating.target, floating.when) == ("registers", "outreach", "11-30 24天后")


def test_what_is_overdue_leads_to_the_register_that_settles_it(book):
    book.clock = Clock(date(2026, 2, 1))
    with book.act("外出务工") as act:
        act.connection.execute("UPDATE member SET floating = 1 WHERE id = 2")
    book.clock = Clock(TODAY)
    october = next(line for line in lines(book, "逾期") if line.when == "2026-10-31")
    assert (october.where, october.target) == ("registers", "outreach")
    assert october.subject == "联系流动党员  金新霞"


def test_who_became_floating_today_is_not_missed_in_the_months_before(book):
    with book.act("外出务工") as act:
        act.connection.execute("UPDATE member SET floating = 1 WHERE id = 2")
    assert not [line for line in lines(book, "逾期") if "流动" in line.subject]
    near = next(line for line in lines(book, "这几天") if "联系流动党员" in line.subject)
    assert "金新霞、江良明" in near.subject


def test_the_month_at_a_glance(book):
    assert read_desk(book).month.startswith("本月活动1次 已点名0次  应办")
    hold(book, TODAY)
    month = read_desk(book).month
    assert "已点名1次" in month
    assert "改期" not in month
    move_event(book, event_on(book, date(2026, 12, 4)).id, date(2026, 12, 11), "村里换届")
    assert read_desk(book).month.endswith("本年改期1次")


def test_a_book_without_members_asks_for_them_and_for_nothing_else(tmp_path):
    book = make_book(tmp_path / "new.db", Clock(TODAY), name="新支部", preset="rural_community")
    desk = read_desk(book)
    assert desk.month == "本月还没有安排活动"
    assert {line.section for line in desk.lines} == {"账本"}
    book.close()


def test_around_new_year_the_last_months_and_the_next_are_both_there(book):
    december = hold(book, date(2026, 12, 4))
    book.clock = Clock(date(2027, 1, 5))
    desk = read_desk(book)
    assert december in {line.target for line in desk.lines if line.section == "逾期"}
    assert any(line.when == "更早" for line in desk.lines)
    assert any("2027年的计划还没有做" in line.subject for line in desk.lines)
