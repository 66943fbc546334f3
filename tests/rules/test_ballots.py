"""Ballots that add up, and the sentence that says which sum does not (domain.md F10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.errors import UserMistake
from partyday_tui.rules.ballots import (
    VOTER_WORDS,
    Ballots,
    added_up,
    check_ballots,
    read_numbers,
    read_row,
    row_text,
    voter_class,
)
from partyday_tui.rules.review import ANSWERS


@pytest.mark.parametrize(
    ("ballots", "said"),
    [
        (Ballots(40, 41, 0), "党员收回41票，比发出40票多1票"),
        (Ballots(40, 40, 41), "党员废票41票，比收回40票还多"),
        (Ballots(-1, 0, 0), "不能是负数"),
        (Ballots(100_001, 0, 0), "太多了"),
    ],
)
def test_the_sum_that_fails_is_named(ballots, said):
    with pytest.raises(UserMistake, match=said):
        check_ballots(ballots, "党员")


@pytest.mark.parametrize("ballots", [Ballots(40, 40, 0), Ballots(40, 40, 40), Ballots(40, 0, 0), Ballots()])
def test_what_can_be_is_taken(ballots):
    check_ballots(ballots, "党员")
    assert ballots.valid == ballots.returned - ballots.void


@pytest.mark.parametrize(
    ("typed", "valid", "counts"),
    [
        ("18 4 1", 23, (18, 4, 1, 0)),
        ("18 4 1", 25, (18, 4, 1, 2)),  # unmarked = 弃权
        ("18 4 1 2", 25, (18, 4, 1, 2)),
        ("１８，４、1", 23, (18, 4, 1, 0)),
        ("18+4+1", 23, (18, 4, 1, 0)),
        ("23", 23, (23, 0, 0, 0)),
        ("20 3", 23, (20, 3, 0, 0)),
        ("0 0 0", 0, (0, 0, 0, 0)),
        ("0 0 0", 7, (0, 0, 0, 7)),
        ("", 0, (0, 0, 0, 0)),
    ],
)
def test_a_row_is_read_as_it_is_typed(typed, valid, counts):
    assert read_row(typed, valid, ANSWERS, "总体评价") == counts


@pytest.mark.parametrize(
    ("typed", "valid", "said"),
    [
        ("18 4 1", 22, "「总体评价」满意18+基本满意4+不满意1，合计23票，比有效票22票多1票"),
        ("18 4 1 0", 24, "「总体评价」满意18+基本满意4+不满意1+弃权0，合计23票，比有效票24票少1票"),
        ("18 4", 23, "不到有效票23票，请把满意、基本满意、不满意的票数都写上"),
        ("", 23, "「总体评价」一个数也没有，不到有效票23票"),
        ("1 2 3 4 5", 15, "写了5个数，最多4个"),
        ("18 x 1", 23, "「总体评价」这一行只能写票数"),
        ("18 -4 1", 23, "只能写票数"),
        ("9999999", 23, "只能写票数"),
    ],
)
def test_a_row_that_does_not_add_up_is_refused_by_its_name(typed, valid, said):
    with pytest.raises(UserMistake) as refusal:
        read_row(typed, valid, ANSWERS, "总体评价")
    assert said in refusal.value.sentence
    assert refusal.value.sentence.endswith("。")


@given(st.lists(st.integers(0, 500), min_size=3, max_size=4), st.integers(0, 50))
def test_a_row_always_adds_up_to_the_valid_ballots(numbers, left):
    valid = sum(numbers) + (left if len(numbers) == 3 else 0)
    counts = read_row(" ".join(map(str, numbers)), valid, ANSWERS, "总体评价")
    assert sum(counts) == valid and len(counts) == len(ANSWERS)
    assert counts[:3] == tuple(numbers[:3])
    assert read_numbers(row_text(counts), "总体评价") == counts


@given(st.lists(st.integers(0, 500), min_size=1, max_size=4), st.integers(0, 2100))
def test_a_row_is_refused_or_adds_up(numbers, valid):
    try:
        counts = read_row(" ".join(map(str, numbers)), valid, ANSWERS, "总体评价")
    except UserMistake:
        assert sum(numbers) != valid
    else:
        assert sum(counts) == valid


@given(st.lists(st.tuples(*[st.integers(0, 900)] * 4), max_size=5))
def test_rows_are_added_answer_by_answer(rows):
    total = added_up(rows, ANSWERS)
    assert len(total) == 4 and sum(total) == sum(map(sum, rows))


@pytest.mark.parametrize(("key", "word"), VOTER_WORDS.items())
def test_a_class_of_voters_is_known_by_key_and_word(key, word):
    assert voter_class(key) == voter_class(word) == key


def test_an_unknown_class_is_refused_with_all_that_there_are():
    with pytest.raises(UserMistake, match="党员、服务对象、党外人士、外支部、上级"):
        voter_class("路人")
