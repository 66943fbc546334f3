"""The rate of satisfaction by three modes, exactly 60 % and one ballot below, and what is said at one, two, three (EVA-04, F9)."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.rules.ballots import Ballots
from partyday_tui.rules.review import (
    MODE_WORDS,
    OVERALL,
    USUAL_DIMENSIONS,
    ClassReview,
    Review,
    Share,
    asked,
    class_share,
    review_share,
    share,
    weak_sentence,
)

SOURCE = "「本年度内测评结果3次以上满意率低于60%的,所在党支部及其班子成员不得纳入评先选优范围」"


@pytest.mark.parametrize(
    ("mode", "counts", "words", "weak"),
    [
        ("both", (30, 0, 20, 0), "60.0%", False),
        ("both", (29, 0, 21, 0), "58.0%", True),
        ("both", (20, 10, 20, 0), "60.0%", False),
        ("both", (20, 9, 21, 0), "58.0%", True),
        ("both", (600, 0, 400, 0), "60.0%", False),
        ("both", (599, 0, 401, 0), "59.9%", True),
        ("both", (59_999, 0, 40_001, 0), "59.9%", True),  # cut off, never rounded up to the line
        ("both", (30, 0, 0, 20), "60.0%", False),  # abstentions are in the base
        ("satisfied", (30, 20, 0, 0), "60.0%", False),
        ("satisfied", (29, 21, 0, 0), "58.0%", True),
        ("weighted", (0, 50, 0, 0), "60.0%", False),
        ("weighted", (0, 49, 1, 0), "58.8%", True),
        ("weighted", (30, 0, 0, 20), "60.0%", False),
        ("both", (0, 0, 0, 0), "无", False),
        ("both", (40, 0, 0, 0), "100.0%", False),
    ],
)
def test_sixty_percent_is_compared_in_whole_numbers(mode, counts, words, weak):
    rate = share(counts, mode)
    assert (rate.words, rate.is_below(60)) == (words, weak)


@given(st.tuples(*[st.integers(0, 2000)] * 4), st.integers(1, 100))
def test_the_modes_stand_in_order_and_none_passes_the_whole(counts, percent):
    satisfied, weighted, both = (share(counts, mode) for mode in ("satisfied", "weighted", "both"))
    assert satisfied.points <= weighted.points <= both.points <= both.most == 100 * sum(counts)
    assert both.is_below(percent) == (sum(counts) > 0 and (counts[0] + counts[1]) * 100 < percent * sum(counts))
    if both.most:
        shown = Fraction(both.words[:-1])
        assert shown <= Fraction(100 * both.points, both.most) < shown + Fraction(1, 10)


def review(*classes):
    return Review(1, date(2026, 11, 6), tuple(classes))


def of(voter, ballots, *rows, overall=None):
    named = tuple(zip(USUAL_DIMENSIONS, rows, strict=False))
    return ClassReview(voter, ballots, (*named, *(((OVERALL, overall),) if overall else ())))


def test_an_event_is_judged_by_its_dimensions_and_not_by_the_overall_line():
    one = of("party", Ballots(10, 10, 0), (6, 0, 4, 0), (6, 0, 4, 0), (6, 0, 4, 0), (6, 0, 4, 0), overall=(0, 0, 10, 0))
    assert review_share(review(one), "both") == Share(2400, 4000)
    assert class_share(one, "both").words == "60.0%"


def test_without_dimensions_the_overall_line_is_all_there_is():
    assert review_share(review(of("party", Ballots(10, 10, 0), overall=(9, 0, 1, 0))), "both").words == "90.0%"


def test_every_class_weighs_by_its_ballots():
    party = of("party", Ballots(40, 40, 0), (40, 0, 0, 0))
    served = of("served", Ballots(10, 10, 0), (0, 0, 10, 0))
    both = review(party, served)
    assert review_share(both, "both").words == "80.0%"
    assert both.ballots == Ballots(50, 50, 0)
    assert both.counts(USUAL_DIMENSIONS[0]) == (40, 0, 10, 0)
    assert class_share(served, "both").words == "0.0%"


def test_the_overall_line_stands_last_and_once():
    assert asked(("甲", OVERALL, "乙", "甲")) == ("甲", "乙", OVERALL)
    held = review(ClassReview("party", Ballots(1, 1, 0), ((OVERALL, (1, 0, 0, 0)), ("甲", (1, 0, 0, 0)))))
    assert held.lines == ("甲", OVERALL)


@pytest.mark.parametrize(
    ("weak", "said", "quotes"),
    [
        (0, "", False),
        (1, "已有1次测评满意率低于60%，再有2次就到3次", False),
        (2, "已有2次测评满意率低于60%，再有1次就到3次了", True),
        (3, "已有3次测评满意率低于60%：", True),
        (4, "已有4次测评满意率低于60%：", True),
    ],
)
def test_the_warnings_at_one_and_two_and_the_rule_at_three(weak, said, quotes):
    sentence = weak_sentence(weak, 60, 3, SOURCE)
    assert said in sentence
    assert (SOURCE in sentence) is quotes


def test_every_mode_has_its_words():
    assert len(set(MODE_WORDS.values())) == 3
