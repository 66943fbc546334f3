"""The dates that rules give, against the shipped holiday data and the traps of domain.md §1.10."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.rules.calendar import Calendar, DayOff, DayOffReading
from partyday_tui.rules.month import Month, months_of_year
from partyday_tui.rules.moving import HolidayPolicy, HolidayRule
from partyday_tui.rules.planned_dates import PlannedDate, Schedule, plan_founding_day, plan_month, plan_year
from partyday_tui.rules.schedule import (
    DayRule,
    FixedDay,
    Flexible,
    LeapMonth,
    LunarDayOfMonth,
    NthWeekday,
    WeekReading,
    Window,
)
from partyday_tui.services.builtin_calendar import builtin_days_off, builtin_years, lunar_days

EVIDENCE = Path(__file__).parents[1] / "evidence" / "first_fridays.csv"
ROWS = list(csv.DictReader(EVIDENCE.read_text(encoding="utf-8").splitlines()))
FRIDAY, FOURTH_FRIDAY = NthWeekday(1, 5), NthWeekday(4, 5)
ALWAYS = date(1, 1, 1)
BUILTIN = Calendar([row for year in range(2004, 2027) for row in builtin_days_off(year)], builtin_years())


def planned(
    month: str,
    day_rule: DayRule,
    policy: HolidayPolicy = HolidayPolicy.NEXT_SAME_WEEKDAY,
    reading: DayOffReading = DayOffReading.ANY_DAY_OFF,
    same_month: bool = False,
) -> PlannedDate:
    at = Month.parse(month)
    schedule = Schedule(ALWAYS, day_rule, HolidayRule(policy, reading, same_month))
    return plan_month(at, [schedule], BUILTIN, lunar_days(at.year))


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['year']}-{row['month']}")
@pytest.mark.parametrize(
    ("reading", "column"),
    [
        (DayOffReading.ANY_DAY_OFF, "date_if_any_day_off_moves"),
        (DayOffReading.STATUTORY_ONLY, "date_if_only_statutory_days_move"),
    ],
)
def test_first_fridays_of_the_evidence(row: dict[str, str], reading: DayOffReading, column: str) -> None:
    got = planned(f"{row['year']}-{int(row['month']):02d}", FRIDAY, reading=reading)
    assert iso(got.date) == row[column]
    assert iso(got.moved_from) == (row["first_friday"] if row["first_friday"] != row[column] else "")
    assert bool(got.reason) == (got.moved_from is not None)
    assert got.announced


@pytest.mark.parametrize(
    ("year", "any_day_off", "statutory_only"),
    [
        (2020, [5, 10], [5, 10]),
        (2021, [1, 10], [1, 10]),
        (2022, [2, 6, 10], [6]),
        (2023, [10], []),
    ],
)
def test_months_that_move_in_earlier_years(year: int, any_day_off: list[int], statutory_only: list[int]) -> None:
    for reading, wanted in ((DayOffReading.ANY_DAY_OFF, any_day_off), (DayOffReading.STATUTORY_ONLY, statutory_only)):
        holiday = HolidayRule(HolidayPolicy.NEXT_SAME_WEEKDAY, reading)
        dates = plan_year(year, [Schedule(ALWAYS, FRIDAY, holiday)], BUILTIN)
        assert [each.month.month for each in dates if each.moved_from] == wanted


@pytest.mark.parametrize(
    ("month", "rule", "policy", "same_month", "wanted", "reason"),
    [
        ("2026-10", FRIDAY, "next_same_weekday", False, "2026-10-09", "国庆节放假，顺延至下个周五"),
        ("2026-01", FRIDAY, "next_same_weekday", False, "2026-01-09", "元旦放假，顺延至下个周五"),
        ("2026-10", FRIDAY, "next_workday", False, "2026-10-08", "国庆节放假，顺延至10月8日（周四）"),
        ("2026-10", FRIDAY, "within_7_days", False, "2026-10-08", "国庆节放假，顺延至10月8日（周四）"),
        ("2026-10", FRIDAY, "previous_workday", False, "2026-09-30", "国庆节放假，提前至9月30日（周三）"),
        ("2026-10", FRIDAY, "none", False, "2026-10-02", "国庆节放假，照常开展"),
        ("2026-09", FOURTH_FRIDAY, "next_same_weekday", False, "2026-10-09", "中秋节放假，顺延至10月9日（周五）"),
        (
            "2026-09",
            FOURTH_FRIDAY,
            "next_same_weekday",
            True,
            "2026-09-18",
            "中秋节放假，顺延至10月9日（周五）就出了当月，改为提前至9月18日",
        ),
        ("2026-09", FOURTH_FRIDAY, "next_workday", True, "2026-09-28", "中秋节放假，顺延至9月28日（周一）"),
        # two hops: 除夕, then the holiday lengthened in 2020
        ("2020-01", FOURTH_FRIDAY, "next_same_weekday", False, "2020-02-07", "春节放假，顺延至2月7日（周五）"),
        (
            "2020-01",
            FOURTH_FRIDAY,
            "next_same_weekday",
            True,
            "2020-01-17",
            "春节放假，顺延至2月7日（周五）就出了当月，改为提前至1月17日",
        ),
        ("2026-10", FixedDay(3), "next_workday", False, "2026-10-08", "国庆节放假，顺延至10月8日（周四）"),
        ("2026-10", FixedDay(1), "previous_workday", True, "", "国庆节放假，当月没有合适的日子，请选定日期"),
        ("2026-02", FixedDay(15), "within_7_days", False, "", "春节放假，一周内没有工作日，请选定日期"),
        ("2026-02", FixedDay(15), "next_workday", False, "2026-02-24", "春节放假，顺延至2月24日（周二）"),
        ("2026-10", FRIDAY, "ask", False, "", "国庆节放假，请选定日期"),
    ],
)
def test_holiday_policies(month: str, rule: DayRule, policy: str, same_month: bool, wanted: str, reason: str) -> None:
    got = planned(month, rule, HolidayPolicy(policy), same_month=same_month)
    assert (iso(got.date), got.reason) == (wanted, reason)
    assert (got.moved_from is None) == (policy == "none")


def test_ask_offers_days_and_same_month_keeps_them_in_the_month() -> None:
    free = planned("2026-09", FOURTH_FRIDAY, HolidayPolicy.ASK)
    assert [iso(day) for day in free.choices] == ["2026-09-18", "2026-09-24", "2026-09-28", "2026-10-09"]
    kept = planned("2026-09", FOURTH_FRIDAY, HolidayPolicy.ASK, same_month=True)
    assert [iso(day) for day in kept.choices] == ["2026-09-18", "2026-09-24", "2026-09-28"]


def test_a_plain_weekend_moves_only_if_the_branch_reads_it_so() -> None:
    saturday = FixedDay(5)
    stays = planned("2026-09", saturday, HolidayPolicy.NEXT_WORKDAY)
    moves = planned("2026-09", saturday, HolidayPolicy.NEXT_WORKDAY, DayOffReading.WEEKENDS_TOO)
    assert (iso(stays.date), iso(moves.date), moves.reason) == (
        "2026-09-05",
        "2026-09-07",
        "周末放假，顺延至9月7日（周一）",
    )
    make_up_saturday = planned("2026-05", FixedDay(9), HolidayPolicy.NEXT_WORKDAY, DayOffReading.WEEKENDS_TOO)
    assert iso(make_up_saturday.date) == "2026-05-09"


@pytest.mark.parametrize(
    ("month", "wanted"),
    [("2026-02", "2026-01-30"), ("2026-03", "2026-02-27"), ("2026-08", "2026-07-31"), ("2026-11", "2026-10-30")],
)
def test_the_week_of_the_first_can_lie_in_the_month_before(month: str, wanted: str) -> None:
    got = planned(month, NthWeekday(1, 5, WeekReading.WEEK_OF_THE_FIRST))
    assert iso(got.date) == wanted
    assert got.reason == f"这一天在{int(wanted[5:7])}月"


def test_both_readings_agree_in_the_other_months_of_2026() -> None:
    for month in months_of_year(2026):
        if month.month not in (2, 3, 8, 11):
            by_week = planned(str(month), NthWeekday(1, 5, WeekReading.WEEK_OF_THE_FIRST))
            assert by_week.date == planned(str(month), FRIDAY).date


@pytest.mark.parametrize(
    ("month", "rule", "wanted", "reason"),
    [
        ("2026-02", FixedDay(31), "2026-02-28", "2月没有31日，定在月末28日"),
        ("2024-02", FixedDay(29), "2024-02-29", ""),
        ("2026-05", NthWeekday(-1, 5), "2026-05-29", ""),
        ("2026-07", NthWeekday(-1, 5), "2026-07-31", ""),
        ("2026-03", FixedDay(None), "", "请先定每月固定的一天"),
        ("2026-03", Flexible(), "", "请选定日期"),
    ],
)
def test_plain_days(month: str, rule: DayRule, wanted: str, reason: str) -> None:
    got = planned(month, rule)
    assert (iso(got.date), got.reason) == (wanted, reason)


def test_a_window_names_its_days_and_is_clamped() -> None:
    got = planned("2026-02", Window(20, 31))
    assert got.date is None
    assert got.window == (date(2026, 2, 20), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("month", "rule", "wanted", "reason"),
    [
        ("2026-03", LunarDayOfMonth(8), "2026-03-26", ""),
        ("2025-08", LunarDayOfMonth(8), "2025-08-01", "本月有两个农历初八：8月1日和8月30日，取前一个"),
        ("2025-07", LunarDayOfMonth(15, LeapMonth.COUNT), "2025-07-09", ""),
        ("2025-08", LunarDayOfMonth(15, LeapMonth.SKIP), "", "本月的农历十五在闰月，按规则不算，请选定日期"),
        ("2026-02", LunarDayOfMonth(30), "2026-02-16", "春节放假，照常开展"),
        ("2027-02", LunarDayOfMonth(24), "", "本月没有农历廿四，请选定日期"),
    ],
)
def test_lunar_days(month: str, rule: LunarDayOfMonth, wanted: str, reason: str) -> None:
    got = planned(month, rule, HolidayPolicy.NONE)
    assert (iso(got.date), got.reason) == (wanted, reason)


def test_a_lunar_rule_without_a_table_asks() -> None:
    got = plan_month(Month(2200, 1), [Schedule(ALWAYS, LunarDayOfMonth(8))], BUILTIN, {})
    assert (got.date, got.reason) == (None, "2200年没有农历资料，请选定日期")


def test_a_year_without_a_published_arrangement_is_marked() -> None:
    holiday = HolidayRule(HolidayPolicy.NEXT_SAME_WEEKDAY)
    dates = plan_year(2027, [Schedule(ALWAYS, FRIDAY, holiday)], BUILTIN)
    assert [iso(each.date) for each in dates][:2] == ["2027-01-01", "2027-02-05"]
    assert {(each.announced, each.reason) for each in dates} == {(False, "2027年放假安排未公布")}


def test_a_day_moved_into_an_unknown_year_is_marked() -> None:
    days_off = [DayOff(date(2026, 12, 31), True, "元旦", False, "manual")]
    schedule = Schedule(ALWAYS, FixedDay(31), HolidayRule(HolidayPolicy.NEXT_WORKDAY))
    got = plan_month(Month(2026, 12), [schedule], Calendar(days_off, [2026]))
    assert (iso(got.date), got.announced) == ("2027-01-01", False)
    assert got.reason == "元旦放假，顺延至1月1日（周五）；2027年放假安排未公布"


def test_each_month_goes_by_the_rule_in_force_on_its_first_day() -> None:
    schedules = [Schedule(date(2026, 5, 2), FRIDAY), Schedule(date(2026, 2, 1), FixedDay(5))]
    rules = [each.rule for each in plan_year(2026, schedules, BUILTIN)]
    assert rules == ["还没有定活动日"] + ["每月5日"] * 4 + ["每月第一个周五"] * 7


def test_founding_day_stands_beside_july() -> None:
    got = plan_founding_day(2026)
    assert (str(got.month), iso(got.date)) == ("2026-07", "2026-07-01")


@given(
    year=st.integers(2004, 2026),
    n=st.sampled_from([1, 2, 3, 4, -1]),
    weekday=st.integers(1, 7),
    policy=st.sampled_from(["next_same_weekday", "next_workday", "previous_workday"]),
    reading=st.sampled_from(DayOffReading),
)
def test_no_moved_date_is_a_holiday_and_weeks_keep_their_weekday(
    year: int, n: int, weekday: int, policy: str, reading: DayOffReading
) -> None:
    schedule = Schedule(ALWAYS, NthWeekday(n, weekday), HolidayRule(HolidayPolicy(policy), reading))
    for each in plan_year(year, [schedule], BUILTIN):
        if reading is DayOffReading.WEEKENDS_TOO and weekday > 5 and policy == "next_same_weekday":
            continue  # no Saturday is ever free then, except the few that are worked
        assert each.date is not None
        assert not BUILTIN.is_holiday(each.date, reading)
        if policy == "next_same_weekday":
            assert each.date.isoweekday() == weekday
