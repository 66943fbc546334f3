"""Cases of single rules, each with the sentence of its guide: one guide that says one thing, and the facts of one day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from partyday_tui.rules.calendar import Calendar, DayOff
from partyday_tui.rules.duties.all import duties
from partyday_tui.rules.duties.duty import Duty, State
from partyday_tui.rules.duties.facts import (
    OATH,
    Appraisal,
    Change,
    Facts,
    Group,
    MemberEntry,
    MemberFacts,
    Paper,
    Segment,
    Talk,
    Visit,
)
from partyday_tui.rules.lunar import LunarDay
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import RollCounts
from partyday_tui.rules.rule_values import RuleValue
from partyday_tui.rules.schedule import FixedDay, LunarDayOfMonth, NthWeekday, WeekReading, Window

from .guides import invented
from .village import complete, day, meeting, planned

END = date(2027, 1, 31)
DONE, OVERDUE, NONE = State.DONE, State.OVERDUE, State.NOT_APPLICABLE


def judge(rules: Mapping[str, RuleValue], facts: Facts, today: date = END) -> list[Duty]:
    return list(duties(invented(dict(rules)), facts, 2026, today))


def only(rules: Mapping[str, RuleValue], facts: Facts, today: date = END) -> Duty:
    found = judge(rules, facts, today)
    assert len(found) == 1
    return found[0]


def an_event(**changes: Any) -> Facts:
    """A branch with one party day on 6 November."""
    return Facts(events=(complete(1, day("11-06"), **changes),))


@pytest.mark.parametrize(
    ("key", "value", "changes", "state", "sentence"),
    [
        ("event.minimum_minutes", 180, {"ends_at": time(17, 30)}, DONE, "时间不少于半天：14:30 到 17:30 整好"),
        ("event.minimum_minutes", 180, {"ends_at": time(17, 29)}, OVERDUE, "时间不少于半天：少一分钟"),
        ("event.minimum_minutes", 180, {"ends_at": None}, OVERDUE, "时间不少于半天：没有写"),
        ("event.minimum_minutes", 180, {"ends_at": time(9, 0)}, OVERDUE, "时间不少于半天：结束早于开始"),
        ("attendance.threshold_percent", 80, {"roll": RollCounts(5, present=4)}, DONE, "80%以上含80%"),
        ("attendance.threshold_percent", 80, {"roll": RollCounts(44, present=35)}, OVERDUE, "35/44 是 79.5%，不进位"),
        ("attendance.threshold_percent", 80, {"roll": RollCounts(44, present=30, late=6)}, DONE, "迟到的也到了"),
        ("attendance.threshold_percent", 80, {"roll": RollCounts(5, present=3, other=2)}, OVERDUE, "其他方式不算人数"),
        ("attendance.threshold_percent", 80, {"roll": RollCounts()}, OVERDUE, "名单是空的"),
        ("attendance.threshold_percent", 100, {"roll": RollCounts(9999, present=9998)}, OVERDUE, "差一人"),
        ("host.delegates", ("副书记", "支部委员"), {"host": "书记"}, DONE, "党支部书记负责主持"),
        ("host.delegates", ("副书记", "支部委员"), {"host": "第一书记", "host_reason": "外出"}, OVERDUE, "不在其列"),
        ("host.delegates", ("副书记", "支部委员"), {"host": "副书记", "host_reason": "外出"}, DONE, "可委托副书记"),
        ("host.delegates", ("副书记", "支部委员"), {"host": "副书记"}, OVERDUE, "因特殊情况：没有写原因"),
        ("host.delegates", ("支部委员",), {"host": "副书记", "host_reason": "外出"}, OVERDUE, "S1a 只说支部委员"),
        ("host.delegates", ("支部委员",), {"host": "宣传委员", "host_reason": "外出"}, DONE, "可委托支部委员主持"),
        ("host.delegates", ("支部委员",), {"host": ""}, OVERDUE, "没有写主持人"),
        ("record.recorder", True, {"recorder": ""}, OVERDUE, "指定专人负责记录"),
        ("notice.days_before", 5, {"notice_on": day("11-01")}, DONE, "提前5天：按自然日"),
        ("notice.days_before", 5, {"notice_on": None}, OVERDUE, "提前5天"),
        ("notice.days_before", 0, {"notice_on": day("11-06")}, DONE, "当天"),
        ("review.after_event", True, {"reviewed_on": None}, OVERDUE, "活动后必须当即开展测评"),
        ("review.comment_by", ("党支部书记", "党小组长"), {"comments_by": frozenset({"党支部书记"})}, DONE, "点评"),
        ("review.comment_by", ("党支部书记", "党小组长"), {"comments_by": frozenset({"联系领导"})}, OVERDUE, "点评"),
        ("attendance.recorded", True, {"roll": RollCounts(3, present=2, unmarked=1)}, OVERDUE, "做好党员参加活动记录"),
        ("event.content", ("政治学习", "党性锻炼"), {"ticked": frozenset({"打扫卫生"})}, OVERDUE, "规定内容"),
    ],
)
def test_one_rule_of_an_event(key: str, value: RuleValue, changes: dict[str, Any], state: State, sentence: str) -> None:
    assert only({key: value}, an_event(**changes)).state is state, sentence


@pytest.mark.parametrize(
    ("on", "linked", "state"),
    [
        ("10-23", False, DONE),
        ("10-22", False, OVERDUE),
        ("10-22", True, DONE),
        ("11-06", False, DONE),
        ("11-07", True, OVERDUE),
    ],
)
def test_a_committee_meeting_prepares_an_event(on: str, linked: bool, state: State) -> None:
    """S4-1 「在每次支部主题党日前召开支委会」: any linked one before it, or one of the two weeks before it."""
    event = complete(1, day("11-06"), run_up=frozenset({2} if linked else ()))
    assert only({"committee.before_event": True}, Facts(events=(event, meeting(2, on, "committee")))).state is state


@pytest.mark.parametrize(("today", "state"), [("11-05", State.OPEN), ("11-06", State.OPEN), ("11-07", NONE)])
def test_an_event_that_was_not_held_asks_nothing_more(today: str, state: State) -> None:
    facts = Facts(events=(planned(1, "11-06"),))
    assert only({"record.recorder": True}, facts, day(today)).state is state


@pytest.mark.parametrize(
    ("value", "events", "due", "state"),
    [
        (NthWeekday(1, 5), ["11-06"], "11-06", DONE),
        (NthWeekday(1, 5), ["11-20"], "11-06", DONE),
        (NthWeekday(1, 5), ["12-01"], "11-06", OVERDUE),
        (Window(1, 10), [], "11-10", OVERDUE),
        (FixedDay(31), ["11-30"], "11-30", DONE),
        (FixedDay(None), [], "11-30", OVERDUE),
        (LunarDayOfMonth(15), [], "11-23", OVERDUE),
        # 1 November is a Sunday, so its week has its Friday in October: held on that very day it is November's.
        (NthWeekday(1, 5, WeekReading.WEEK_OF_THE_FIRST), ["10-30"], "10-30", DONE),
        (NthWeekday(1, 5, WeekReading.WEEK_OF_THE_FIRST), ["10-29"], "10-30", OVERDUE),
    ],
)
def test_the_monthly_party_day(value: RuleValue, events: list[str], due: str, state: State) -> None:
    held = tuple(complete(number, day(on), month=11) for number, on in enumerate(events))
    facts = Facts(events=held, lunar={day(f"11-{n}"): LunarDay(10, n - 8, False, False) for n in range(10, 30)})
    november = {it.period.which: it for it in judge({"party_day.schedule": value}, facts)}["2026-11"]
    assert (november.due_on, november.state) == (day(due), state)


def test_two_a_month_are_counted_beside_the_day() -> None:
    rules: dict[str, RuleValue] = {"party_day.schedule": NthWeekday(1, 5), "party_day.per_month": 2}
    november = [it for it in judge(rules, an_event()) if it.period.which == "2026-11"]
    assert [(it.code, it.state, it.count) for it in november] == [
        ("CAL-03", DONE, None),
        ("CAL-07", State.OVERDUE, (1, 2)),
    ]


@pytest.mark.parametrize(
    ("policy", "due"),
    [("next_same_weekday", "05-08"), ("none", "05-01"), ("previous_workday", "04-30"), ("ask", "05-31")],
)
def test_the_day_moves_for_holidays(policy: str, due: str) -> None:
    """S4-1 「遇法定节假日顺延至下个周五」; where the branch has to decide, the month is the limit."""
    calendar = Calendar([DayOff(day("05-01"), True, "劳动节", True, "notice")], {2026})
    rules = {"party_day.schedule": NthWeekday(1, 5), "party_day.holiday_policy": policy}
    may = {it.period.which: it for it in judge(rules, Facts(calendar=calendar))}["2026-05"]
    assert may.due_on == day(due)


@pytest.mark.parametrize(
    ("value", "on", "due", "state"),
    [
        ("unified", "07-01", "07-01", DONE),
        ("unified", None, "07-01", OVERDUE),
        ("own", "07-20", "07-31", DONE),
    ],
)
def test_founding_day(value: str, on: str | None, due: str, state: State) -> None:
    held = (complete(1, day(on), kinds=frozenset({"founding_day"})),) if on else ()
    duty = only({"party_day.founding_day": value}, Facts(events=held))
    assert (duty.due_on, duty.state) == (day(due), state)


def test_what_the_superior_may_do_is_no_duty_of_the_branch() -> None:
    """S0 「可根据上级党委确定的主题统一开展」"""
    assert judge({"party_day.founding_day": "by_superior"}, Facts()) == []
    assert judge({"party_day.change": "adjust"}, Facts(changes=(Change(1, 1, day("03-06"), day("03-13")),))) == []


@pytest.mark.parametrize(
    ("value", "change", "state", "days_late"),
    [
        ("consent", {"sent_on": "03-01"}, OVERDUE, 0),
        ("consent", {"sent_on": "03-01", "approved_on": "03-13"}, DONE, 0),
        ("consent", {"sent_on": "03-01", "approved_on": "03-15"}, DONE, 2),
        ("report", {"sent_on": "03-13"}, DONE, 0),
        ("report", {}, OVERDUE, 0),
    ],
)
def test_a_change_is_answered_before_the_new_day(
    value: str, change: dict[str, str], state: State, days_late: int
) -> None:
    """S4-1 「必须书面报上级党组织同意」, S1b 「需报党委报备并说明原因」"""
    moved = Change(1, 1, day("03-06"), day("03-13"), **{name: day(on) for name, on in change.items()})
    duty = only({"party_day.change": value}, Facts(changes=(moved,)))
    assert (duty.due_on, duty.state, duty.days_late) == (day("03-13"), state, days_late)


def member(id_: int, **changes: Any) -> MemberFacts:
    return MemberFacts(id_, f"党员{id_}", **changes)


@pytest.mark.parametrize(
    ("joined", "oath", "state"),
    [
        (Month(1996, 3), "03-06", DONE),
        (Month(1996, 3), "02-28", OVERDUE),
        (Month(1996, 3), "04-03", DONE),
        (Month(1996, 4), "03-06", NONE),
        (Month(2026, 3), "03-06", NONE),
        (None, "03-06", NONE),
    ],
)
def test_the_oath_is_renewed_in_the_month_of_joining(joined: Month | None, oath: str, state: State) -> None:
    """S4-* 「必须组织党员在其入党的月份重温入党誓词」"""
    facts = Facts(members=(member(1, joined=joined),), oaths=(MemberEntry(1, day(oath), 1),))
    march = {it.period.which: it for it in judge({"oath.joining_month": True}, facts)}["2026-03"]
    assert march.state is state


def test_who_has_left_or_not_come_yet_is_not_asked_for() -> None:
    gone, came = (
        member(1, joined=Month(1996, 3), until=day("02-01")),
        member(2, joined=Month(1996, 3), since=day("04-01")),
    )
    found = judge({"oath.joining_month": True}, Facts(members=(gone, came)))
    assert {it.state for it in found} == {NONE}


@pytest.mark.parametrize(
    ("readings", "read", "count"),
    [
        (1, [["01-09"], []], (1, 2)),
        (1, [["01-09"], ["02-06", "03-06"]], (2, 2)),
        (2, [["01-09"], ["02-06", "03-06"]], (3, 4)),
        (1, [], None),
    ],
)
def test_the_constitution_is_read_by_segments(
    readings: int, read: list[list[str]], count: tuple[int, int] | None
) -> None:
    """S4-1 「每年至少诵读党章全文一遍」"""
    segments = tuple(Segment(n, 2026, f"第{n}段", tuple(map(day, days))) for n, days in enumerate(read))
    duty = only({"constitution.readings_per_year": readings}, Facts(segments=segments))
    assert (duty.count, duty.state is DONE) == (count, count in ((2, 2),))


@pytest.mark.parametrize(
    ("key", "value", "lecturers", "roles", "state"),
    [
        ("lesson.by_secretary_per_year", 1, {"书记"}, set(), DONE),
        ("lesson.by_secretary_per_year", 1, {"第一书记", "副书记"}, set(), OVERDUE),
        ("lesson.by_leaders_per_year", 1, {"领导班子成员"}, set(), DONE),
        ("lesson.other_lecturers", ("党支部第一书记",), {"第一书记"}, set(), DONE),
        ("lesson.other_lecturers", ("党支部第一书记",), set(), {"第一书记"}, OVERDUE),
        ("lesson.other_lecturers", ("党支部第一书记",), set(), set(), NONE),
    ],
)
def test_who_lectured(key: str, value: RuleValue, lecturers: set[str], roles: set[str], state: State) -> None:
    event = complete(1, day("05-08"), kinds=frozenset({"lesson"}), lecturers=frozenset(lecturers))
    assert only({key: value}, Facts(events=(event,), roles=frozenset(roles))).state is state


@pytest.mark.parametrize(
    ("key", "value", "kind", "days", "states"),
    [
        ("lesson.per_quarter", 1, "lesson", ["01-01", "03-31", "10-01"], "办逾逾办"),
        ("lesson.per_quarter", 2, "lesson", ["01-01", "03-31", "10-01"], "办逾逾逾"),
        ("meeting.members_per_quarter", 1, "branch_meeting", ["06-30", "07-01"], "逾办办逾"),
        ("life_meeting.half_yearly", 1, "organization_life", ["06-30"], "办逾"),
        ("life_meeting.fourth_quarter", True, "organization_life", ["09-30"], "逾"),
        ("life_meeting.fourth_quarter", True, "organization_life", ["10-01"], "办"),
    ],
)
def test_meetings_are_counted_by_their_period(
    key: str, value: RuleValue, kind: str, days: list[str], states: str
) -> None:
    facts = Facts(events=tuple(meeting(number, on, kind) for number, on in enumerate(days)))
    assert "".join("办" if it.state is DONE else "逾" for it in judge({key: value}, facts)) == states


def test_an_event_of_several_kinds_feeds_every_counter() -> None:
    """CAL-22: 主题党日, 党员大会 and 党课 at once."""
    event = complete(1, day("11-06"), kinds=frozenset({"party_day", "branch_meeting", "lesson"}))
    rules: dict[str, RuleValue] = {
        "party_day.per_month": 1,
        "meeting.members_per_quarter": 1,
        "lesson.per_quarter": 1,
    }
    found = [it for it in judge(rules, Facts(events=(event,))) if it.state is DONE]
    assert {it.rule_key for it in found} == rules.keys()


def test_group_meetings_are_counted_per_group_if_there_are_groups() -> None:
    """S3 「党小组会一般每月召开1次」"""
    facts = Facts(events=(meeting(1, "03-02", "group_meeting", 1), meeting(2, "03-09", "group_meeting", 1)))
    assert {it.state for it in judge({"meeting.group_per_month": 1}, facts)} == {NONE}
    grouped = replace(facts, groups=(Group(1, "一组"), Group(2, "二组")))
    march = {it.period.which: it for it in judge({"meeting.group_per_month": 1}, grouped)}["2026-03"]
    assert (march.count, march.missing) == ((1, 2), ("二组",))


def test_one_appraisal_in_the_last_quarter_stands_for_the_year() -> None:
    """S4-1 「每年第四季度…进行一次年度民主评议」"""
    rules: dict[str, RuleValue] = {"appraisal.per_year": 1, "appraisal.fourth_quarter": True}
    assert only(rules, Facts(appraisals=(Appraisal(1, day("09-30")),))).state is OVERDUE
    assert only({"appraisal.per_year": 1}, Facts(appraisals=(Appraisal(1, day("09-30")),))).state is DONE


@pytest.mark.parametrize(
    ("pairs", "counts"),
    [
        ([], [(0, 3), (0, 2), (0, 2)]),
        ([{1, 2}], [(1, 3), (0, 2), (0, 2)]),
        ([{1, 2, 3}], [(3, 3), (0, 2), (0, 2)]),
        ([{1, 4}], [(0, 3), (0, 2), (1, 2)]),
        ([{4, 5}], [(0, 3), (2, 2), (0, 2)]),
        ([{1, 2, 3, 4, 5}], [(3, 3), (2, 2), (2, 2)]),
    ],
)
def test_talks_cover_the_three_classes_of_pairs(pairs: list[set[int]], counts: list[tuple[int, int]]) -> None:
    """S3: between committee members, between members, between the committee and members, each at least once a year."""
    members = tuple(member(number, committee=number < 4) for number in range(1, 6))
    talks = tuple(Talk(number, day("05-10"), frozenset(pair)) for number, pair in enumerate(pairs))
    found = judge({"talk.per_year_each_pair": 1}, Facts(members=members, talks=talks))
    assert [it.count for it in found] == counts
    assert [it.key.split()[-1] for it in found] == ["committee", "members", "with_committee"]


def test_a_branch_of_one_has_nobody_to_talk_with() -> None:
    found = judge({"talk.per_year_each_pair": 1}, Facts(members=(member(1, committee=True),)))
    assert {it.state for it in found} == {NONE}


@pytest.mark.parametrize(
    ("on", "state", "days_late"),
    [("05-31", OVERDUE, 0), ("06-01", DONE, 0), ("07-01", DONE, 0), ("07-16", DONE, 15), ("07-17", OVERDUE, 0)],
)
def test_visits_before_founding_day(on: str, state: State, days_late: int) -> None:
    """S4-1 「结合“七一”、春节走访慰问」: from thirty days before it; a fortnight late still counts, as late."""
    facts = Facts(members=(member(1, veteran=True), member(2)), visits=(Visit(1, day(on), 1),))
    duty = only({"visit.occasions": ("七一",)}, facts)
    assert (duty.due_on, duty.state, duty.days_late) == (day("07-01"), state, days_late)


@pytest.mark.parametrize(("lunar", "due"), [({day("02-17"): LunarDay(1, 1, False, False)}, "02-17"), ({}, "12-31")])
def test_spring_festival_comes_from_the_lunar_days(lunar: dict[date, LunarDay], due: str) -> None:
    duty = only({"visit.occasions": ("春节",)}, Facts(members=(member(1, hardship=True),), lunar=lunar))
    assert duty.due_on == day(due)


@pytest.mark.parametrize(
    ("value", "paper", "ticked", "state"),
    [
        ("yearly", True, False, DONE),
        ("yearly", False, True, OVERDUE),
        ("affairs", False, True, DONE),
        ("affairs", False, False, OVERDUE),
    ],
)
def test_dues_are_published(value: str, paper: bool, ticked: bool, state: State) -> None:
    """S0 「党费收缴使用情况每年向党员公开一次」, S4-1 「以党支部主题党日活动落实党务公开，报告…党费收缴」"""
    event = complete(1, day("11-06"), ticked=frozenset({"党费收缴"} if ticked else ()))
    papers = (Paper(1, "dues_publication", day("12-01")),) if paper else ()
    assert only({"dues.publication": value}, Facts(events=(event,), papers=papers)).state is state


@pytest.mark.parametrize(
    ("kinds", "on", "state"),
    [({"founding_day"}, "06-28", DONE), ({"party_day"}, "07-03", DONE), ({"party_day"}, "06-05", OVERDUE)],
)
def test_the_oath_at_founding_day(kinds: set[str], on: str, state: State) -> None:
    """S4-* 「每年“七一”，结合支部主题党日活动组织党员集中重温入党誓词」"""
    event = complete(1, day(on), kinds=frozenset(kinds), ticked=frozenset({OATH}))
    assert only({"oath.founding_day": True}, Facts(events=(event,))).state is state


@pytest.mark.parametrize(
    ("taken_part", "contacted", "state"), [((), (), OVERDUE), ((1,), (), DONE), ((), ("03-20",), DONE)]
)
def test_a_floating_member_is_reached_each_month(
    taken_part: tuple[int, ...], contacted: tuple[str, ...], state: State
) -> None:
    """S4-1 「让他们及时参与和了解“支部主题党日”活动」"""
    facts = Facts(
        events=(complete(1, day("03-06"), took_part=frozenset(taken_part)),),
        members=(member(1, floating=True), member(2)),
        outreach=tuple(MemberEntry(number, day(on), 1) for number, on in enumerate(contacted)),
    )
    found = {it.period.which: it for it in judge({"floating.outreach": ("网络互动",)}, facts)}
    assert (found["2026-03"].state, found["2026-04"].state) == (state, OVERDUE)
