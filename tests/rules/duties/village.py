"""The year 2026 of one invented branch, with known gaps, as the duties of every preset see it on 2026-11-06.

Party days (month slot, day): 1 01-09 | 2 02-06 notice 3 days before, a committee member in the chair without a
reason, no recorder | 3 03-06 planned, not held | 4 04-03 one member unmarked, reviewed a day later | 5 05-15, moved
from 05-08 with consent, 90 minutes, nothing of the village told | 6 06-05 also 党课 by the secretary and 党员大会, 70 %
came, a retired member not there, no consensus noted, voted with 7 of 10 | 70 07-01 「七一」, oath, no opinions collected
| 7 07-03 a committee member in the chair with a reason, no photo | 8 09-02, moved from 08-07 without a word, so that
August has none, not approved, no comment | 9 09-04 voted with 4 of 10, no theme of its own choice, record form 4 days
late | 10 10-09 also 组织生活会, no speech studied, no 支委会 before, nothing filed | 11 11-06 today, announced exactly 5 days
before, not called yet. December has no event.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from partyday_tui.rules.calendar import Calendar, DayOff
from partyday_tui.rules.development import Candidate
from partyday_tui.rules.duties.facts import (
    OATH,
    SPEECHES,
    Appraisal,
    Change,
    Decided,
    EventFacts,
    Facts,
    Finding,
    Group,
    HardshipEntry,
    MemberEntry,
    MemberFacts,
    Paper,
    Plan,
    Problem,
    Segment,
    Step,
    Talk,
    Trigger,
    Visit,
)
from partyday_tui.rules.lunar import LunarDay
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import RollCounts
from partyday_tui.rules.votes import Vote

TODAY = date(2026, 11, 6)
FOUR_OF_TEN = Vote("ordinary", 10, 4, 4)
EXACTLY_80 = RollCounts(expected=10, present=8, leave=1, other=1)
REPORTED = frozenset({"上级党组织安排部署", "党支部重点工作进展", "党费收缴"})
TOLD = frozenset({"村（居）务", "财务", "重要事务"})
TICKED = REPORTED | TOLD | {SPEECHES, "政治学习", "集中学习"}


def day(text: str) -> date:
    """A day of 2026 from MM-DD."""
    return date.fromisoformat(f"2026-{text}")


def complete(id_: int, on: date, month: int = 0, **changes: Any) -> EventFacts:
    """A party day with everything that any guide asks for, but for ``changes``."""
    event = EventFacts(
        id_,
        Month(2026, month or on.month),
        on,
        frozenset({"party_day"}),
        held=True,
        theme="党史专题学习",
        required_theme="上级主题",
        chosen_theme="村里的事",
        starts_at=time(14, 30),
        ends_at=time(17, 30),
        host="支部书记",
        recorder="张建国",
        steps=tuple(Step(name, on) for name in ("召集会议", "通报到会情况和活动内容", "总结提升")),
        roll=EXACTLY_80,
        took_part=frozenset({1, 2, 3, 5, 6}),
        ticked=TICKED,
        comments_by=frozenset({"书记"}),
        agenda=True,
        minutes=True,
        discussion=True,
        agreed=True,
        photos=2,
        notice_on=on - timedelta(days=6),
        opinions_on=on - timedelta(days=7),
        approved_on=on - timedelta(days=5),
        reviewed_on=on,
        record_form_on=on + timedelta(days=2),
        minutes_filed_on=on + timedelta(days=3),
        filed_on=on + timedelta(days=4),
        workbook_on=on + timedelta(days=5),
    )
    return event._replace(**changes)


def meeting(id_: int, text: str, kind: str, group_id: int | None = None) -> EventFacts:
    """A meeting that is no party day."""
    on = day(text)
    return EventFacts(id_, Month.of(on), on, frozenset({kind}), held=True, group_id=group_id)


def planned(id_: int, text: str, **changes: Any) -> EventFacts:
    """An event that is planned and not held."""
    on = day(text)
    return EventFacts(id_, Month.of(on), on, frozenset({"party_day"}), theme="专题学习")._replace(**changes)


PARTY_DAYS = (
    complete(1, day("01-09"), kinds=frozenset({"party_day", "lesson"}), lecturers=frozenset({"第一书记"}), videos=1),
    complete(2, day("02-06"), notice_on=day("02-03"), host="组织委员", recorder=""),
    planned(3, "03-06"),
    complete(4, day("04-03"), roll=RollCounts(expected=10, present=7, other=2, unmarked=1), reviewed_on=day("04-04")),
    complete(5, day("05-15"), ends_at=time(16, 0), ticked=TICKED - TOLD),
    complete(
        6,
        day("06-05"),
        kinds=frozenset({"party_day", "lesson", "branch_meeting"}),
        lecturers=frozenset({"支部书记"}),
        roll=RollCounts(expected=10, present=7, absent=2, other=1),
        took_part=frozenset({1, 2, 3, 5}),
        agreed=False,
        decided=(Decided(1, "推荐优秀党员", Vote("ordinary", 10, 7, 7)),),
    ),
    complete(70, day("07-01"), kinds=frozenset({"founding_day"}), ticked=TICKED | {OATH}, opinions_on=None),
    complete(
        7,
        day("07-03"),
        host="组织委员",
        host_reason="书记外出",
        photos=0,
        ticked=TICKED - {"政治学习", "集中学习"} | {"党性锻炼", "志愿服务"},
    ),
    complete(8, day("09-02"), month=8, approved_on=None, comments_by=frozenset()),
    complete(
        9,
        day("09-04"),
        decided=(Decided(2, "修村道", FOUR_OF_TEN),),
        chosen_theme="",
        record_form_on=day("09-10"),
        comments_by=frozenset({"党小组长"}),
    ),
    complete(
        10,
        day("10-09"),
        kinds=frozenset({"party_day", "organization_life"}),
        ticked=TICKED - {SPEECHES},
        record_form_on=None,
        minutes_filed_on=None,
        filed_on=None,
        workbook_on=None,
    ),
    planned(
        11,
        "11-06",
        required_theme="上级主题",
        chosen_theme="村里的事",
        notice_on=day("11-01"),
        opinions_on=day("10-30"),
        approved_on=day("11-02"),
    ),
)
COMMITTEE_DAYS = ("01-07", "02-04", "04-01", "05-06", "06-03", "06-30", "08-28", "11-05")
MEETINGS = (
    *(meeting(101 + number, text, "committee") for number, text in enumerate(COMMITTEE_DAYS)),
    meeting(201, "10-12", "group_meeting", 1),
    meeting(202, "11-02", "group_meeting", 1),
    meeting(203, "11-03", "group_meeting", 2),
)
MEMBERS = (
    MemberFacts(1, "罗有秀", Month(1996, 7), 1, committee=True),
    MemberFacts(2, "张建国", Month(2001, 3), 1, committee=True),
    MemberFacts(3, "李桂英", Month(1972, 7), 1, infirm=True, veteran=True),
    MemberFacts(4, "王小军", Month(2010, 11), 2, floating=True),
    # In hardship from April on, so not at 春节.
    MemberFacts(5, "赵大海", Month(2015, 3), 2, until=day("03-31")),
    MemberFacts(5, "赵大海", Month(2015, 3), 2, hardship=True, since=day("04-01")),
    MemberFacts(6, "孙丽", None, 2, leading_cadre=True, retired=True),
)
OUTREACH_DAYS = ("01-12", "02-10", "04-08", "07-05", "10-20", "11-02")
HOLIDAYS = (
    *((f"01-0{number}", "元旦") for number in (1, 2, 3)),
    *((f"05-0{number}", "劳动节") for number in (1, 2, 3, 4, 5)),
    ("09-25", "中秋节"),
    *((f"10-0{number}", "国庆节") for number in (1, 2, 3, 4, 5, 6, 7)),
)

VILLAGE = Facts(
    events=(*PARTY_DAYS, *MEETINGS),
    members=MEMBERS,
    groups=(Group(1, "第一党小组"), Group(2, "第二党小组")),
    changes=(
        Change(1, 5, day("05-08"), day("05-15"), sent_on=day("05-06"), approved_on=day("05-07")),
        Change(2, 8, day("08-07"), day("09-02")),
    ),
    plans=(
        Plan(1, 2026, "主题党日活动计划", date(2025, 12, 20), day("02-03")),
        Plan(2, 2026, "部党支部理论学习计划", day("01-10")),
    ),
    segments=(
        Segment(1, 2026, "总纲", (day("01-09"),)),
        Segment(2, 2026, "第一章", (day("06-05"),)),
        Segment(3, 2026, "第二章"),
    ),
    appraisals=(Appraisal(1, day("11-03"), (Step("个人自评", day("11-03")),)),),
    oaths=(MemberEntry(1, day("04-03"), 2), MemberEntry(2, day("07-01"), 1), MemberEntry(3, day("07-01"), 3)),
    outreach=tuple(MemberEntry(number, day(text), 4) for number, text in enumerate(OUTREACH_DAYS)),
    visits=(
        Visit(1, day("02-10"), 3, reported_on=day("04-03")),
        Visit(2, day("02-10"), 5),
        Visit(3, day("06-28"), 3, reported_on=day("07-01")),
    ),
    talks=(
        Talk(1, day("05-10"), frozenset({1, 3})),
        Talk(2, day("06-01"), frozenset({2, 4})),
        Talk(3, day("08-08"), frozenset({5, 6})),
    ),
    triggers=(Trigger(1, day("08-01"), 5, "遇到困难或挫折"), Trigger(2, day("10-30"), 3, "群众有不良反映")),
    hardships=(HardshipEntry(1, 5, day("03-01")),),
    problems=(Problem(1, "路灯不亮", day("06-20"), day("07-03")),),
    findings=(Finding(1, "记录不全", day("04-10"), day("04-30"), day("05-06")),),
    papers=(Paper(1, "talk_register", day("03-30")),),
    candidates=(Candidate(1, "周新", ((1, day("09-01")),)),),
    roles=frozenset({"第一书记", "党员领导干部"}),
    calendar=Calendar([DayOff(day(text), True, name, False, "notice") for text, name in HOLIDAYS], {2026}),
    lunar={day("02-17"): LunarDay(1, 1, False, False)},
)
