"""Duties of the book: what is entered settles them, each leads to its place, and the desk names nothing twice."""

from collections import Counter
from datetime import date

import pytest
from tests.conftest import TODAY
from tests.services.years import year_book

from partyday_tui.clock import Clock
from partyday_tui.rules.duties.duty import State
from partyday_tui.rules.event_record import Comment, Lecture
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import Status
from partyday_tui.services import event_record, yearly_plans
from partyday_tui.services.books import make_book
from partyday_tui.services.desk import read_desk
from partyday_tui.services.duties import (
    belongs,
    due_for_desk,
    duties_of,
    duties_of_year,
    month_period,
    quarter_period,
    year_period,
)
from partyday_tui.services.event_page import HAS, LACKS, NOT_ASKED, oath_members, read_page
from partyday_tui.services.events import add_event, existing_event
from partyday_tui.services.facts import appraisals, event_facts
from partyday_tui.services.figures import branch_figures
from partyday_tui.services.plan import events_of, make_plan
from partyday_tui.services.roll import Mark, read_roll, write_marks
from partyday_tui.services.self_check import read_check
from partyday_tui.services.ways import Way, event_of

OCTOBER = date(2026, 10, 9)


@pytest.fixture
def book(tmp_path):
    """A rural branch that has kept its book all year, with a plan and three members, one floating."""
    book = make_book(
        tmp_path / "year.db", Clock(date(2026, 1, 4)), name="柳湾村党支部", preset="rural_community", secretary="罗有秀"
    )
    with book.act("党员") as act:
        act.connection.execute(
            "INSERT INTO member (id, name, kind, post, joined_on, floating) VALUES (1, '罗有秀', 'full', '书记', '2001-07', 0), "
            "(2, '金新霞', 'full', '组织委员', '2010-11-20', 0), (3, '江良明', 'full', '', '2026-11-01', 1)"
        )
    make_plan(book, 2026)
    book.clock = Clock(TODAY)
    yield book
    book.close()


def event_on(book, day):
    return next(event for event in events_of(book, 2026) if event.on_date == day)


def hold(book, day, status=Status.PRESENT):
    event = event_on(book, day)
    write_marks(book, event, [[Mark(entry.member_id, status) for entry in read_roll(book, event).entries]])
    return event.id


def states(book, rule, which=None):
    found = [duty for duty in duties_of_year(book, 2026) if duty.rule_key == rule]
    return [duty.state for duty in found if which is None or duty.period.which == which]


@pytest.mark.parametrize(
    ("rule", "settle"),
    [
        ("attendance.recorded", None),
        ("host.delegates", lambda book, key: event_record.write_fields(book, key, {"host": "罗有秀"})),
        (
            "host.delegates",
            lambda book, key: event_record.write_fields(book, key, {"host": "金新霞", "host_reason": "书记去镇里开会"}),
        ),
        ("committee.before_event", lambda book, key: event_record.add_run_up(book, key, date(2026, 9, 1), "研究主题")),
        ("committee.before_event", lambda book, key: event_record.add_run_up(book, key, date(2026, 10, 5), "研究主题")),
        ("review.comment_by", lambda book, key: event_record.write_comment(book, key, Comment(0, "罗有秀"))),
        ("record.workbook", lambda book, key: event_record.write_fields(book, key, {"workbook_on": "2026-10-12"})),
    ],
)
def test_what_is_entered_settles_the_duty_of_the_event(book, rule, settle):
    key = hold(book, OCTOBER)
    which = f"event-{key}"
    if settle:
        assert states(book, rule, which) == [State.OVERDUE]
        settle(book, key)
    assert states(book, rule, which) == [State.DONE]


def test_a_deputy_without_a_reason_is_not_enough(book):
    key = hold(book, OCTOBER)
    event_record.write_fields(book, key, {"host": "金新霞"})
    assert states(book, "host.delegates", f"event-{key}") == [State.OVERDUE]


def test_the_affairs_of_a_month_are_settled_by_ticks(book):
    key = hold(book, OCTOBER)
    event_record.write_ticks(book, key, dict.fromkeys(("上级党组织安排部署", "党支部重点工作进展", "党费收缴"), ""))
    assert states(book, "affairs.report", "2026-10") == [State.DONE]
    assert states(book, "affairs.village", "2026-10") == [State.OVERDUE]
    assert states(book, "dues.publication") == [State.DONE]


def test_the_oath_is_ticked_member_by_member(book):
    november = hold(book, TODAY)
    assert oath_members(book, existing_event(book, november)) == [(2, "金新霞")], (
        "who joined this month has nothing to renew"
    )
    assert states(book, "oath.joining_month", "2026-11") == [State.OPEN]
    event_record.write_member_ticks(book, november, "重温入党誓词", frozenset({2}))
    assert states(book, "oath.joining_month", "2026-11") == [State.DONE]


def test_reading_and_lessons_count_over_the_year(book):
    key = hold(book, OCTOBER)
    assert states(book, "constitution.readings_per_year") == [State.OPEN]
    yearly_plans.seed_segments(book, 2026)
    yearly_plans.read_at_event(book, key, frozenset(it.id for it in yearly_plans.segments_at(book, key)[0]))
    assert states(book, "constitution.readings_per_year") == [State.DONE]
    event_record.write_lecture(book, key, Lecture(0, "罗有秀"))
    assert states(book, "lesson.per_quarter", "2026-Q4") == [State.DONE]
    assert states(book, "lesson.by_secretary_per_year") == [State.DONE]


def test_an_appraisal_is_an_event_with_steps(book):
    key = add_event(book, Month(2026, 10), date(2026, 10, 20), frozenset({"appraisal"}), {})
    assert appraisals(event_facts(book, 2026)) == ()
    for step in ("个人自评", "党员互评", "民主测评", "组织评定"):
        event_record.write_step(book, key, step, date(2026, 10, 20))
    assert [it.id for it in appraisals(event_facts(book, 2026))] == [key]
    assert states(book, "appraisal.fourth_quarter") == [State.DONE]
    assert states(book, "appraisal.steps") == [State.DONE]
    assert [part.key for part in read_page(book, key).parts if part.content] == ["steps"]


def test_a_committee_meeting_counts_once_its_minutes_are_written(book):
    key = add_event(book, Month(2026, 11), date(2026, 11, 3), frozenset({"committee"}), {})
    assert not next(it for it in event_facts(book, 2026) if it.id == key).held
    event_record.write_fields(book, key, {"minutes": "研究十一月的活动"})
    assert next(it for it in event_facts(book, 2026) if it.id == key).held


def test_nothing_before_the_book_began_is_held_against_the_branch(book):
    with book.act("后来才记") as act:
        act.connection.execute("UPDATE branch SET made_on = '2026-11-01'")
    assert State.OVERDUE not in {duty.state for duty in duties_of_year(book, 2026)}


def test_a_period_has_its_own_duties_and_those_due_in_it(book):
    month, quarter = month_period(Month(2026, 11)), quarter_period(Month(2026, 11))
    in_month, in_quarter = duties_of(book, month), duties_of(book, quarter)
    everything = duties_of(book, year_period(2026))
    assert {duty.key for duty in in_month} < {duty.key for duty in in_quarter} < {duty.key for duty in everything}
    assert all(belongs(duty, month) for duty in in_month)
    assert {duty.period.which for duty in in_month} >= {"2026-11", f"event-{event_on(book, TODAY).id}"}


@pytest.fixture
def new_year(tmp_path):
    """January after a party day held on the last day of December, whose record was due on the 2nd and is not written."""
    book = year_book(tmp_path, "organ_strict")
    book.clock = Clock(date(2026, 12, 31))
    key = add_event(book, Month(2026, 12), date(2026, 12, 31), frozenset({"party_day"}), {"theme": "年终总结"})
    event = existing_event(book, key)
    write_marks(book, event, [[Mark(entry.member_id, Status.PRESENT) for entry in read_roll(book, event).entries]])
    book.clock = Clock(date(2027, 1, 6))
    yield book, f"event-{key}"
    book.close()


def test_what_december_left_is_due_in_january_and_in_its_quarter(new_year):
    book, event = new_year
    for period in (month_period(Month(2027, 1)), quarter_period(Month(2027, 1))):
        found = duties_of(book, period)
        (left,) = [duty for duty in found if duty.period.which == event]
        assert (left.rule_key, left.due_on, left.state) == ("record.days_after", date(2027, 1, 2), State.OVERDUE)
        assert [duty.due_on or date.max for duty in found] == sorted(duty.due_on or date.max for duty in found)
    assert event not in {duty.period.which for duty in duties_of(book, month_period(Month(2027, 2)))}
    assert event not in {duty.period.which for duty in duties_of(book, year_period(2027))}
    assert event in {duty.period.which for duty in duties_of(book, year_period(2026))}


def test_every_place_counts_the_same_duties_as_late(new_year):
    book, _ = new_year
    january = Month(2027, 1)
    late = sum(duty.state is State.OVERDUE for duty in duties_of(book, month_period(january)))
    assert late > 0
    assert read_check(book, "month", january).counts[State.OVERDUE] == late
    assert due_for_desk(book).month[State.OVERDUE] == late
    assert branch_figures(book, january, january).overdue == late
    assert f"逾期{late}项" in read_desk(book).month


def test_each_late_duty_of_january_has_its_way(new_year):
    book, event = new_year
    check = read_check(book, "month", Month(2027, 1))
    left = [duty for duty in check.duties if duty.period.which == event]
    assert left and {check.ways[duty.key] for duty in left} == {Way("event", int(event.removeprefix("event-")))}


def test_the_desk_names_nothing_twice_and_the_late_first(book):
    hold(book, OCTOBER)
    lines = read_desk(book).lines
    assert Counter((line.when, line.subject) for line in lines).most_common(1)[0][1] == 1
    sections = [line.section for line in lines]
    assert sections == sorted(sections, key=("逾期", "下次活动", "这几天", "账本").index)
    october = [line for line in lines if line.target == event_on(book, OCTOBER).id]
    assert len(october) == 1, "all that one event lacks is one line"
    assert october[0].where == "event"
    assert "点评" in october[0].sentence or "支委会" in october[0].sentence
    today = [line for line in lines if line.when == "今天" and "主题党日" in line.subject]
    assert [(line.where, line.state) for line in today] == [("roll", "待点名")]
    assert any(line.when == "更早" and line.where == "duties" for line in lines)


def test_a_meeting_that_was_written_up_asks_for_no_roll(book):
    key = event_record.add_run_up(book, event_on(book, TODAY).id, date(2026, 11, 2), "研究主题")
    assert key not in {line.target for line in read_desk(book).lines}
    open_one = add_event(book, Month(2026, 11), date(2026, 11, 4), frozenset({"committee"}), {})
    assert open_one in {line.target for line in read_desk(book).lines if line.section == "逾期"}


def test_the_desk_of_an_empty_book_asks_for_the_roster(tmp_path):
    book = make_book(tmp_path / "new.db", Clock(TODAY), name="新支部", preset="rural_community")
    assert due_for_desk(book).late == ()
    assert next(line.where for line in read_desk(book).lines) == "roster"
    book.close()


def test_in_january_the_desk_still_knows_december(book):
    december = hold(book, date(2026, 12, 4))
    book.clock = Clock(date(2027, 1, 5))
    assert december in {event_of(duty) for duty in due_for_desk(book).late}


def test_the_page_tells_what_is_there_what_is_missing_and_what_nobody_asks(book):
    key = event_on(book, TODAY).id
    event_record.write_fields(book, key, {"host": "罗有秀", "recorder": "马会计"})
    page = read_page(book, key)
    parts = {part.key: part for part in page.parts}
    assert parts["people"].state == HAS
    assert parts["run_up"].state == LACKS
    assert "支委会" in parts["run_up"].warnings[0]
    assert (parts["approval"].state, parts["approval"].warnings) == (NOT_ASKED, ())
    assert page.missing == sum(part.state == LACKS for part in page.parts)
    assert "党费收缴" in page.contents
    assert "group" not in parts


def test_a_switch_of_preset_is_judged_from_its_day(book):
    from partyday_tui.services.presets import switch_preset

    october = hold(book, OCTOBER)
    november = hold(book, TODAY)
    switch_preset(book, "organ_strict", "撤村改制")
    assert states(book, "record.days_after", f"event-{october}") == []
    assert states(book, "record.days_after", f"event-{november}") == [State.OPEN]
    event_record.write_step(book, november, "进行主题测评", TODAY)
    assert states(book, "review.after_event", f"event-{november}") == [State.DONE]
    assert len(read_page(book, november).steps) == 9


def test_the_year_says_of_a_meeting_without_a_roll_that_it_was_written_up(book):
    from partyday_tui.services.plan import year_plan

    key = event_record.add_run_up(book, event_on(book, TODAY).id, date(2026, 11, 2), "研究主题")
    assert [line.state for line in year_plan(book, 2026).lines if line.event.id == key] == ["已记录"]
