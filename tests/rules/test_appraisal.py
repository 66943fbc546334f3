"""Grades, the quota of a third, what the ballots say and decisions beside them (CON-10, B6, F11)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.errors import UserMistake
from partyday_tui.rules.appraisal import (
    USUAL_STAGES,
    Appraisal,
    MemberLine,
    Stage,
    ballot_stage,
    check_decision,
    differs,
    grade_of,
    leading,
    quota,
    quota_sentence,
    whole_stages,
)


@pytest.mark.parametrize(("full", "most"), [(0, 0), (1, 0), (2, 0), (3, 1), (8, 2), (9, 3), (10, 3), (11, 3), (41, 13)])
def test_the_quota_is_a_third_rounded_down(full, most):
    assert quota(full) == most


@given(st.integers(0, 100_000))
def test_the_quota_is_the_greatest_number_within_a_third(full):
    assert quota(full) * 3 <= full < (quota(full) + 1) * 3


@pytest.mark.parametrize(
    ("full", "excellent", "said"),
    [(9, 3, "最多3人；已定3人。"), (9, 4, "最多3人；已定4人，多了1人，请支委会再议。"), (9, 0, "最多3人；已定0人。")],
)
def test_the_quota_is_told_and_never_enforced(full, excellent, said):
    assert said in quota_sentence(full, excellent)


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ((20, 15, 1, 0, 2), ("excellent",)),
        ((15, 15, 0, 0, 0), ("excellent", "qualified")),
        ((0, 0, 0, 0, 38), ()),  # abstentions are no grade
        ((0, 0, 0, 0, 0), ()),
        ((0, 1, 0, 0, 37), ("qualified",)),
        ((0, 0, 5, 5, 5), ("basic", "unqualified")),
    ],
)
def test_the_grade_with_the_most_votes(counts, found):
    assert leading(counts) == found


def line(kind="full", counts=(20, 15, 1, 0, 2), **fields):
    return MemberLine(1, "张三", kind=kind, tallies={"party": counts} if counts else {}, **fields)


@pytest.mark.parametrize(
    ("grade", "counts", "other"),
    [
        ("excellent", (20, 15, 1, 0, 2), False),
        ("qualified", (20, 15, 1, 0, 2), True),
        ("qualified", (15, 15, 0, 0, 0), False),  # a tie: either is the ballot's
        ("qualified", (), False),  # nothing was counted
        ("", (20, 15, 1, 0, 2), False),
    ],
)
def test_a_decision_differs_from_the_ballot(grade, counts, other):
    assert differs(line(counts=counts), grade) is other


def test_a_decision_that_differs_wants_its_reason():
    with pytest.raises(UserMistake, match="得票最多的是「优秀」，评为「合格」请写上理由"):
        check_decision(line(), "qualified", "")
    check_decision(line(), "qualified", "优秀名额已满")
    check_decision(line(), "excellent", "")
    check_decision(line(), "", "")


def test_a_probationary_member_takes_part_and_gets_no_grade():
    with pytest.raises(UserMistake, match="预备党员，参加评议但不评定等次"):
        check_decision(line("probationary"), "qualified", "")
    check_decision(line("probationary"), "", "")


def test_heads_count_those_who_get_a_grade():
    lines = (line(grade="excellent"), line(), line("probationary"))
    found = Appraisal(2026, 1, date(2026, 12, 4), (), (), lines)
    assert (found.full_members, found.heads("excellent"), found.heads("")) == (2, 1, 1)


def test_counts_of_all_classes_are_added():
    both = MemberLine(1, "张三", tallies={"party": (20, 15, 1, 0, 2), "served": (3, 4, 0, 0, 1)})
    assert both.totals == (23, 19, 1, 0, 3)


def test_stages_are_shown_in_their_order_held_or_open():
    held = Stage("民主测评", date(2026, 12, 4)), Stage("公示", date(2026, 12, 9))
    found = whole_stages(USUAL_STAGES, held)
    assert [stage.name for stage in found] == [*USUAL_STAGES, "公示"]
    assert [stage.on for stage in found] == [None, None, date(2026, 12, 4), None, date(2026, 12, 9)]


@pytest.mark.parametrize(
    ("names", "found"), [(USUAL_STAGES, "民主测评"), (("自评", "互评", "投票", "评定"), "投票"), (("自评",), "自评")]
)
def test_the_stage_of_the_ballots(names, found):
    assert ballot_stage(names) == found


def test_a_grade_is_known_by_key_and_word():
    assert grade_of("优秀") == grade_of("excellent") == "excellent"
    with pytest.raises(UserMistake, match="优秀、合格、基本合格、不合格"):
        grade_of("良好")
