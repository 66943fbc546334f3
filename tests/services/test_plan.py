"""The plan of a year: computed, made, shown, and the event of a day."""

from datetime import date

import pytest

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.services.books import make_book
from partyday_tui.services.events import add_event
from partyday_tui.services.holidays import write_day
from partyday_tui.services.plan import NOT_PLANNED, computed_plan, ensure_event, event_or_ruled, make_plan, year_plan
from partyday_tui.services.presets import override_rule, switch_preset
from partyday_tui.services.roll import read_roll
from partyday_tui.store import events as store

RURAL_2026 = ["01-09", "02-06", "03-06", "04-03", "05-08", "06-05", "07-01", "07-03", "08-07", "09-04", "10-09", "11-06", "12-04"]  # fmt: skip


def dates(plan):
    return [line.event.on_date and f"{line.event.on_date:%m-%d}" for line in plan.lines]


def test_the_plan_of_a_rural_branch(book):
    assert make_plan(book, 2026) == 13
    plan = year_plan(book, 2026)
    assert dates(plan) == RURAL_2026
    assert (plan.missing, plan.announced, plan.check.undated) == (0, True, ())
    january, founding = plan.lines[0].event, plan.lines[6].event
    assert (january.moved_from, january.moved_reason) == (date(2026, 1, 2), "元旦放假，顺延至下个周五")
    assert january.rule == "每月第一个周五"
    assert founding.kinds == {"founding_day"}


def test_making_it_again_adds_nothing_and_a_month_that_has_its_day_is_left(book):
    add_event(book, Month(2026, 3), date(2026, 3, 20), frozenset({"party_day"}), {"theme": "植树"})
    assert make_plan(book, 2026) == 12
    assert [it.on_date for it in store.events_of_year(book, 2026) if it.month == "2026-03"] == [date(2026, 3, 20)]
    acts = book.rows("SELECT count(*) FROM act")[0][0]
    assert make_plan(book, 2026) == 0
    assert book.rows("SELECT count(*) FROM act")[0][0] == acts


def test_a_plan_not_made_shows_what_the_rules_give(book):
    plan = year_plan(book, 2026)
    assert dates(plan) == RURAL_2026 and plan.missing == 13
    assert {line.state for line in plan.lines} == {NOT_PLANNED}
    assert store.events_of_year(book, 2026) == []


def test_the_books_own_holidays_move_the_plan(book):
    write_day(book, date(2026, 12, 4), is_off=True, name="镇里统一休息")
    make_plan(book, 2026)
    december = year_plan(book, 2026).lines[-1].event
    assert (december.on_date, december.moved_from) == (date(2026, 12, 11), date(2026, 12, 4))


def test_a_year_that_is_not_announced_is_planned_and_says_so(book):
    assert make_plan(book, 2027) == 13
    plan = year_plan(book, 2027)
    assert plan.notice == "2027年放假安排未公布"
    assert all("未公布" not in line.event.moved_reason for line in plan.lines), "the words are said while they hold"
    assert plan.lines[0].event.on_date == date(2027, 1, 8), "no branch meets on New Year's Day"


@pytest.mark.parametrize(
    ("preset", "count", "dated"),
    [("rural_community", 13, 13), ("bureau", 12, 11), ("organ_strict", 12, 0), ("soe", 13, 1), ("student", 13, 1)],
)
def test_presets_without_a_book(preset, count, dated):
    plan = computed_plan(preset, 2026)
    assert len(plan.lines) == count
    assert sum(1 for line in plan.lines if line.event.on_date) == dated
    assert all(line.event.on_date or line.reason for line in plan.lines), "an open date says why"


def test_a_flexible_month_gets_a_slot_without_a_date(tmp_path):
    book = make_book(tmp_path / "b.db", Clock(date(2026, 11, 6)), name="甲", preset="soe")
    try:
        assert make_plan(book, 2026) == 13
        monthly = [line for line in year_plan(book, 2026).lines if line.event.kinds == {"party_day"}]
        assert {line.state for line in monthly} == {"未定日期"}
        assert {line.reason for line in monthly} == {"请选定日期"}
        assert year_plan(book, 2026).check.undated == tuple(range(1, 13))
        with pytest.raises(UserMistake, match="11月的活动还没有定日期"):
            event_or_ruled(book, date(2026, 11, 6))
    finally:
        book.close()


def test_the_founding_day_can_count_as_julys_party_day(book):
    book.clock = Clock(date(2026, 1, 1))
    override_rule(book, "party_day.founding_day_counts_as_july", True, "支委会研究决定")
    make_plan(book, 2026)
    july = [it for it in store.events_of_year(book, 2026) if it.month == "2026-07"]
    assert [(it.on_date, it.kinds) for it in july] == [(date(2026, 7, 1), {"founding_day", "party_day"})]


def test_an_event_keeps_the_rule_under_which_it_was_made(book):
    make_plan(book, 2026)
    switch_preset(book, "bureau", "撤村设局")
    make_plan(book, 2027)
    assert {it.rule for it in store.events_of_year(book, 2026) if it.kinds == {"party_day"}} == {"每月第一个周五"}
    assert {it.rule for it in store.events_of_year(book, 2027)} == {"每月第四个周五"}


@pytest.mark.parametrize(("day", "kinds"), [("2026-11-06", {"party_day"}), ("2026-07-01", {"founding_day"}), ("2026-05-08", {"party_day"})])  # fmt: skip
def test_the_rules_give_a_day_its_event_before_the_plan_is_made(book, day, kinds):
    event = event_or_ruled(book, date.fromisoformat(day))
    assert (event.id, event.kinds) == (0, kinds)
    assert read_roll(book, event).entries == ()
    assert store.events_of_year(book, 2026) == [], "looking writes nothing"


def test_ensuring_an_event_writes_it_once(book):
    event = ensure_event(book, date(2026, 5, 8))
    assert event.id and event.moved_from == date(2026, 5, 1) and event.rule == "每月第一个周五"
    assert ensure_event(book, date(2026, 5, 8)) == event
    assert make_plan(book, 2026) == 12


@pytest.mark.parametrize("day", ["2026-11-07", "2026-01-02", "1949-01-01", "0001-01-01", "9999-12-31", "2200-12-31"])
def test_a_day_without_an_event_is_refused_with_the_next_step(book, day):
    with pytest.raises(UserMistake, match=r"没有安排活动.*年历"):
        ensure_event(book, date.fromisoformat(day))


def test_a_month_whose_event_was_moved_has_no_second_one_by_rule(book):
    add_event(book, Month(2026, 11), date(2026, 11, 13), frozenset({"party_day"}), {})
    with pytest.raises(UserMistake):
        event_or_ruled(book, date(2026, 11, 6))


def test_the_party_day_comes_first_among_the_events_of_a_day(book):
    add_event(book, Month(2026, 11), date(2026, 11, 6), frozenset({"committee"}), {})
    add_event(book, Month(2026, 11), date(2026, 11, 6), frozenset({"party_day", "lesson"}), {})
    assert event_or_ruled(book, date(2026, 11, 6)).kinds == {"party_day", "lesson"}


def test_a_rule_whose_day_lies_in_the_month_before_is_found(book):
    book.clock = Clock(date(2026, 1, 1))
    value = {"kind": "nth_weekday", "n": 1, "weekday": 5, "reading": "week_of_the_first"}
    from partyday_tui.rules.schedule import day_rule_from

    override_rule(book, "party_day.schedule", day_rule_from(value), "按镇里的口径")
    event = ensure_event(book, date(2026, 1, 30))
    assert (event.month, event.on_date) == ("2026-02", date(2026, 1, 30))


@pytest.mark.parametrize("year", [1, 1948, 2201, 9999])
def test_a_year_out_of_reach_is_refused(book, year):
    for ask in (lambda: make_plan(book, year), lambda: year_plan(book, year), lambda: computed_plan("bureau", year)):
        with pytest.raises(UserMistake, match="年份"):
            ask()
