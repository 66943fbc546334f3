"""The oath, the constitution, lessons. Cases of single rules, each with the sentence of its guide."""

import pytest

from partyday_tui.rules.duties.duty import State
from partyday_tui.rules.duties.facts import (
    OATH,
    Facts,
    MemberEntry,
    Segment,
)
from partyday_tui.rules.month import Month
from partyday_tui.rules.rule_values import RuleValue

from .judging import DONE, NONE, OVERDUE, judge, member, only
from .village import complete, day


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
    assert (duty.tally, duty.state is DONE) == (count, count in ((2, 2),))


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
    ("kinds", "on", "state"),
    [({"founding_day"}, "06-28", DONE), ({"party_day"}, "07-03", DONE), ({"party_day"}, "06-05", OVERDUE)],
)
def test_the_oath_at_founding_day(kinds: set[str], on: str, state: State) -> None:
    """S4-* 「每年“七一”，结合支部主题党日活动组织党员集中重温入党誓词」"""
    event = complete(1, day(on), kinds=frozenset(kinds), ticked=frozenset({OATH}))
    assert only({"oath.founding_day": True}, Facts(events=(event,))).state is state
