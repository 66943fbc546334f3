"""Quorum and majority: exactly half, half plus one, exactly four fifths; and heads that cannot be (domain.md F5 to F7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.errors import UserMistake
from partyday_tui.rules.votes import (
    DEDUCTION_REASONS,
    KIND_WORDS,
    Deduction,
    Vote,
    check_vote,
    deducted,
    deductions_text,
    judge,
    needed,
    needed_sentence,
    read_deductions,
)


@pytest.mark.parametrize(
    ("kind", "entitled", "present", "votes_for", "quorum", "carried"),
    [
        # F5 「半数以上有表决权的党员到会」, 「赞成人数超过应到会有表决权的党员的半数」
        ("ordinary", 40, 20, 20, True, False),
        ("ordinary", 40, 21, 21, True, True),
        ("ordinary", 40, 40, 20, True, False),
        ("ordinary", 40, 40, 21, True, True),
        ("ordinary", 40, 19, 19, False, False),
        ("ordinary", 41, 21, 20, True, False),
        ("ordinary", 41, 21, 21, True, True),
        ("ordinary", 41, 20, 20, False, False),
        # F6: more than half must come
        ("accepting", 40, 20, 20, False, False),
        ("accepting", 40, 21, 20, True, False),
        ("accepting", 40, 21, 21, True, True),
        # F7: four fifths, 「不少于」
        ("election", 40, 32, 21, True, True),
        ("election", 40, 31, 31, False, False),
        ("election", 40, 32, 20, True, False),
        ("election", 41, 32, 32, False, False),
        ("election", 41, 33, 21, True, True),
        ("ordinary", 1, 1, 1, True, True),
        ("ordinary", 0, 0, 0, False, False),
        ("election", 0, 0, 0, False, False),
        ("accepting", 0, 0, 0, False, False),
    ],
)
def test_quorum_and_majority(kind, entitled, present, votes_for, quorum, carried):
    outcome = judge(Vote(kind, entitled, present, votes_for))
    assert (outcome.has_quorum, outcome.is_carried) == (quorum, carried)


def test_deductions_lower_the_base_and_only_they_do():
    vote = Vote("ordinary", 42, 20, 20, deductions=(Deduction(2, "留党察看"), Deduction(2, "年老体弱经批准")))
    assert vote.entitled == 38
    assert judge(vote).is_carried
    assert not judge(Vote("ordinary", 42, 20, 20)).has_quorum


def test_written_opinions_count_when_members_are_accepted():
    assert judge(Vote("accepting", 40, 21, 23)).is_carried
    with pytest.raises(UserMistake, match="比到会的21人还多"):
        judge(Vote("ordinary", 40, 21, 23))


@pytest.mark.parametrize(
    ("vote", "words"),
    [
        (Vote("ordinary", 40, 30, 25, 3, 2), "应到会有表决权的40人，到会30人，达到半数；赞成25票，反对3票，弃权2票，赞成超过应到会有表决权人数的半数，通过。"),
        (Vote("election", 40, 31, 31), "应到会有表决权的40人，到会31人，不到五分之四，到会人数不够，表决无效，请改日再开。"),
        (Vote("ordinary", 40, 40, 20, 20), "赞成没有超过应到会有表决权人数的半数，没有通过。"),
    ],
)  # fmt: skip
def test_the_outcome_is_told_in_a_sentence(vote, words):
    assert words in judge(vote).sentence


@pytest.mark.parametrize(
    ("vote", "words"),
    [
        (Vote("ordinary", 40, 41, 1), "到会41人"),
        (Vote("ordinary", 40, 30, 20, 10, 1), "共31票"),
        (Vote("ordinary", 40, 30, -1), "不能是负数"),
        (Vote("ordinary", 2, 0, 0, deductions=(Deduction(3, "留党察看"),)), "扣除的人数"),
        (Vote("accepting", 40, 21, 41), "比有表决权的40人还多"),
    ],
)
def test_heads_that_do_not_add_up_are_refused(vote, words):
    with pytest.raises(UserMistake, match=words):
        check_vote(vote)


@given(st.sampled_from(sorted(KIND_WORDS)), st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
def test_more_votes_for_never_lose_a_vote(kind, entitled, present, votes_for):
    present = min(present, entitled)
    votes_for = min(votes_for, present)
    if votes_for and judge(Vote(kind, entitled, present, votes_for - 1)).is_carried:
        assert judge(Vote(kind, entitled, present, votes_for)).is_carried


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("1 留党察看", (Deduction(1, "留党察看"),)),
        ("1人留党察看，2名 长期病假", (Deduction(1, "留党察看"), Deduction(2, "长期病假"))),
    ],
)
def test_deductions_are_read_as_typed_and_written_back(text, found):
    assert read_deductions(text) == found
    assert read_deductions(deductions_text(found)) == found


@pytest.mark.parametrize("text", ["留党察看", "0 人留党察看", "1"])
def test_a_deduction_without_heads_or_reason_is_refused(text):
    with pytest.raises(UserMistake, match="先写人数再写原因"):
        read_deductions(text)


@pytest.mark.parametrize(
    ("kind", "entitled", "come", "votes"),
    [
        ("ordinary", 40, 20, 21),
        ("ordinary", 41, 21, 21),
        ("accepting", 40, 21, 21),
        ("accepting", 41, 21, 21),
        ("election", 40, 32, 21),
        ("election", 41, 33, 21),
        ("ordinary", 1, 1, 1),
        ("election", 0, 0, 1),
    ],
)
def test_what_a_vote_needs_is_told_before_it(kind, entitled, come, votes):
    assert needed(kind, entitled) == (come, votes)
    assert f"到会至少{come}人，赞成至少{votes}票" in needed_sentence(kind, entitled)


@given(st.sampled_from(sorted(KIND_WORDS)), st.integers(1, 500))
def test_what_is_needed_is_enough_and_one_less_is_not(kind, entitled):
    come, votes = needed(kind, entitled)
    present = max(come, votes)
    assert judge(Vote(kind, entitled, present, votes)).is_carried
    assert not judge(Vote(kind, entitled, present, votes - 1)).is_carried
    assert judge(Vote(kind, entitled, come, 0)).has_quorum
    assert not judge(Vote(kind, entitled, come - 1, 0)).has_quorum


def test_members_left_out_are_counted_by_reason_and_named():
    found = deducted([("甲", "长期患病卧床"), ("乙", "流动外出本人申请"), ("丙", "长期患病卧床")])
    assert found == (Deduction(2, "长期患病卧床（甲 丙）"), Deduction(1, "流动外出本人申请（乙）"))
    assert read_deductions(deductions_text(found)) == found
    many = deducted([("很长的名字" * 5, "长期患病卧床")] * 20)
    assert many == (Deduction(20, "长期患病卧床"),)


@pytest.mark.parametrize("reason", DEDUCTION_REASONS)
def test_every_reason_of_the_list_is_read_back(reason):
    found = deducted([("甲", reason)])
    assert read_deductions(deductions_text(found)) == found
