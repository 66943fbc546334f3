"""Quorum and majority: exactly half, half plus one, exactly four fifths; and heads that cannot be (domain.md F5 to F7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.errors import UserMistake
from partyday_tui.rules.votes import KIND_WORDS, Deduction, Vote, check_vote, judge


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
