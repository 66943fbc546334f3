"""The headcount, and the floating. Cases of single rules, each with the sentence of its guide."""

from typing import Any

import pytest

from partyday_tui.rules.duties.duty import State
from partyday_tui.rules.duties.facts import (
    Facts,
    MemberEntry,
)
from partyday_tui.rules.roll import RollCounts
from partyday_tui.rules.rule_values import RuleValue

from .judging import DONE, OVERDUE, an_event, judge, member, only
from .village import complete, day


@pytest.mark.parametrize(
    ("key", "value", "changes", "state", "sentence"),
    [
        ("attendance.threshold_percent", 80, {"roll": RollCounts(5, present=4)}, DONE, "80%以上含80%"),
        ("attendance.threshold_percent", 80, {"roll": RollCounts(44, present=35)}, OVERDUE, "35/44 是 79.5%，不进位"),
        ("attendance.threshold_percent", 80, {"roll": RollCounts(44, present=30, late=6)}, DONE, "迟到的也到了"),
        ("attendance.threshold_percent", 80, {"roll": RollCounts(5, present=3, other=2)}, OVERDUE, "其他方式不算人数"),
        ("attendance.threshold_percent", 80, {"roll": RollCounts()}, OVERDUE, "名单是空的"),
        ("attendance.threshold_percent", 100, {"roll": RollCounts(9999, present=9998)}, OVERDUE, "差一人"),
        ("attendance.recorded", True, {"roll": RollCounts(3, present=2, unmarked=1)}, OVERDUE, "做好党员参加活动记录"),
    ],
)
def test_the_roll_and_the_headcount(
    key: str, value: RuleValue, changes: dict[str, Any], state: State, sentence: str
) -> None:
    assert only({key: value}, an_event(**changes)).state is state, sentence


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


@pytest.mark.parametrize(
    ("taken_part", "kind", "floating", "infirm"),
    [
        ((), "", OVERDUE, OVERDUE),
        ((1,), "", DONE, DONE),
        ((), "make_up", DONE, DONE),
        ((), "case_step", DONE, OVERDUE),
        ((), "outreach", DONE, OVERDUE),
    ],
)
def test_a_lesson_reaches_the_floating_and_the_infirm_a_word_only_the_floating(
    taken_part: tuple[int, ...], kind: str, floating: State, infirm: State
) -> None:
    """S4-1 「以适当方式组织他们参加活动」: a lesson at home is a way of taking part, a telephone call is none"""
    facts = Facts(
        events=(complete(1, day("03-06"), took_part=frozenset(taken_part)),),
        members=(member(1, floating=True, infirm=True), member(2)),
        outreach=(MemberEntry(7, day("03-20"), 1, kind),) if kind else (),
    )
    rules: dict[str, RuleValue] = {"floating.outreach": ("网络互动",), "infirm.other_way": ("年老体弱党员",)}
    found = {(it.rule_key, it.period.which): it for it in judge(rules, facts)}
    assert found["floating.outreach", "2026-03"].state is floating
    assert found["infirm.other_way", "2026-03"].state is infirm
    assert all(proof.kind == kind for proof in found["floating.outreach", "2026-03"].evidence if proof.kind != "event")
