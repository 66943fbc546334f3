"""Until when each rule asks, as the guides say it; where a guide says nothing the program's own reading stands beside it."""

from datetime import date, timedelta

import pytest

from partyday_tui.rules.duties.all import duties
from partyday_tui.rules.duties.duty import Duty
from partyday_tui.rules.month import Month

from .guides import PRESETS, book
from .village import TODAY, VILLAGE, day

# (what the guides say) -> the last day, and the rules that say so.
ON_THE_DAY = """
committee.before_event theme.steps theme.required_and_chosen host.delegates attendance.recorded attendance.threshold_percent
review.comment_by review.commented review.after_event procedure.steps event.minimum_minutes event.content record.recorder
affairs.decided
"""  # 每次活动前、当即、每次：the day of the event itself
END_OF_ITS_MONTH = "record.kept record.quality record.minutes_filed record.filed record.workbook"  # no day is said
END_OF_PERIOD = """
party_day.per_month oath.joining_month oath.together study.speeches_per_month constitution.readings_per_year
lesson.per_quarter lesson.months lesson.by_secretary_per_year lesson.by_leaders_per_year lesson.other_lecturers
life_meeting.half_yearly life_meeting.fourth_quarter life_meeting.regular appraisal.per_year appraisal.fourth_quarter
appraisal.steps meeting.members_per_quarter meeting.committee_per_month meeting.group_per_month meeting.kept_up
affairs.report affairs.village dues.publication floating.outreach infirm.other_way integrity.items
talk.per_year_each_pair talk.register_quarterly talk.reminders_quarterly hardship.register visit.members
party_day.change_restrained
"""  # 每月、每季度、每半年、每年、第四季度
AFTER = {
    "notice.days_before": -5,  # 原则上提前5天
    "notice.leading_cadres": -1,  # 之前
    "record.days_after": 2,  # 2日内
    "talk.triggers": 14,  # 及时
    "visit.reported": 31,  # 在主题党日活动时进行通报
    "affairs.mending_reported": 31,  # 及时
}
JANUARY = "plan.yearly plan.filed plan.study"  # 年度有计划
GIVEN = {
    "oath.founding_day": {"07-01"},  # 每年“七一”
    "party_day.founding_day": {"07-01", "07-31"},  # 每年“七一”统一开展; “七一”期间
    "visit.occasions": {"02-17", "07-01"},  # 七一、春节
    "inspection.mended_in_time": {"04-30"},  # the day the inspection set
    "development.steps": {"10-01"},  # a month after the application
    "party_day.change": {"05-15", "09-02"},  # before it is held on the new day
    "party_day.change_written": {"05-15", "09-02"},
    "party_day.change_same_month": {"05-31", "08-31"},  # 必须在当月完成
}
ELSEWHERE = {"party_day.schedule"}  # test_years tells its days


def expected(duty: Duty) -> set[date]:
    """The days on which the duty may be due."""
    key, last = duty.rule_key, duty.period.last
    if key in ON_THE_DAY.split():
        return {last}
    if key in END_OF_ITS_MONTH.split():
        return {Month.of(last).last_day}
    if key in END_OF_PERIOD.split():
        return {last}
    if key in JANUARY.split():
        return {day("01-31")}
    if key in AFTER:
        return {duty.period.first + timedelta(days=AFTER[key])}
    return {day(text) for text in GIVEN[key]}


@pytest.mark.parametrize("preset", PRESETS)
def test_every_duty_is_due_when_its_guide_says(preset: str) -> None:
    found = [it for it in duties(book(preset), VILLAGE, 2026, TODAY) if it.rule_key not in ELSEWHERE]
    assert {it.key: it.due_on for it in found if it.due_on not in expected(it)} == {}


def test_periods_end_where_the_calendar_says() -> None:
    ends = {it.period.which: it.period.last for name in PRESETS for it in duties(book(name), VILLAGE, 2026, TODAY)}
    said = {"2026-02": "02-28", "2026-Q1": "03-31", "2026-Q4": "12-31", "2026-H1": "06-30", "2026": "12-31"}
    assert {which: ends[which] for which in said} == {which: day(text) for which, text in said.items()}
