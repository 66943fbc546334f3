"""Talks and visits. Cases of single rules, each with the sentence of its guide."""

from datetime import date

import pytest

from partyday_tui.rules.duties.duty import State
from partyday_tui.rules.duties.facts import (
    Facts,
    Talk,
    Visit,
)
from partyday_tui.rules.lunar import LunarDay

from .judging import DONE, NONE, OVERDUE, judge, member, only
from .village import day


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
    assert [it.tally for it in found] == counts
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
