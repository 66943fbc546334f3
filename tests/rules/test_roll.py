"""Counts that add up, two rates, a threshold in integers, and the line that is read out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.rules.roll import (
    STATUS_WORDS,
    RollCounts,
    RollEntry,
    Status,
    added_counts,
    count_roll,
    is_deducted,
    meets_threshold,
    opening_line,
    percent,
)


def entry(status=None, floating=False, infirm=False):
    return RollEntry(1, "甲", "jia", "第一党小组", "full", "", floating, infirm, status)


ENTRIES = st.lists(
    st.builds(entry, st.one_of(st.none(), st.sampled_from(Status)), st.booleans(), st.booleans()), max_size=60
)


@given(ENTRIES, ENTRIES)
def test_two_rolls_together_are_one(some, others):
    assert added_counts(map(count_roll, (some, others))) == count_roll([*some, *others])


@given(ENTRIES)
def test_the_parts_add_up(entries):
    counts = count_roll(entries)
    parts = counts.present + counts.late + counts.leave + counts.absent + counts.other + counts.unmarked
    assert counts.expected == len(entries) == parts
    assert counts.came + counts.deducted <= counts.expected
    for rate in (counts.rate, counts.rate_after_deductions):
        assert rate is None or 0 <= rate <= 1
    if counts.rate is not None and counts.rate_after_deductions is not None:
        assert counts.rate_after_deductions >= counts.rate


@pytest.mark.parametrize("status", [None, *Status])
@pytest.mark.parametrize(("floating", "infirm"), [(False, False), (True, False), (False, True), (True, True)])
def test_only_the_floating_and_infirm_who_did_not_come_are_deducted(status, floating, infirm):
    came = status in (Status.PRESENT, Status.LATE)
    assert is_deducted(entry(status, floating, infirm)) == ((floating or infirm) and not came)
    assert count_roll([entry(status, floating, infirm)]).deducted == int((floating or infirm) and not came)


def test_heads_are_counted_by_status():
    statuses = (
        [Status.PRESENT] * 5
        + [Status.LATE] * 4
        + [Status.LEAVE] * 3
        + [Status.ABSENT] * 2
        + [Status.OTHER]
        + [None] * 6
    )
    assert count_roll(map(entry, statuses)) == RollCounts(21, 5, 4, 3, 2, 1, 6, 0)


@pytest.mark.parametrize(
    ("counts", "rate", "after"),
    [
        (RollCounts(44, 38, leave=2, absent=1, other=1, unmarked=2, deducted=3), "86.4%", "92.7%"),
        (RollCounts(44, 37, late=1, leave=6), "86.4%", "86.4%"),
        (RollCounts(), "无", "无"),
        (RollCounts(2, other=2, deducted=2), "0.0%", "无"),
        (RollCounts(3, 3), "100.0%", "100.0%"),
    ],
)
def test_both_rates(counts, rate, after):
    assert (percent(counts.rate), percent(counts.rate_after_deductions)) == (rate, after)


@pytest.mark.parametrize(
    ("came", "expected", "threshold", "meets"),
    [
        (4, 5, 80, True),
        (40, 50, 80, True),
        (39, 50, 80, False),
        (3999, 5000, 80, False),
        (4000, 5000, 80, True),
        (79_999, 100_000, 80, False),
        (0, 0, 80, True),
        (29, 100, 29, True),
        (57, 100, 57, True),
    ],
)
def test_the_threshold_counts_the_exact_share_as_reached(came, expected, threshold, meets):
    assert meets_threshold(RollCounts(expected, came), threshold) is meets


def test_those_who_came_late_reach_the_threshold_and_deductions_do_not_help():
    assert meets_threshold(RollCounts(5, 3, late=1), 80)
    assert not meets_threshold(RollCounts(5, 3, other=2, deducted=2), 80)


@pytest.mark.parametrize(
    ("counts", "guests", "line"),
    [
        (RollCounts(3, 3), 0, "本次活动应到3人，实到3人，请假0人，缺席0人，到会率100.0%。"),
        (
            RollCounts(44, 37, 1, 2, 1, 1, 2, 3),
            4,
            "本次活动应到44人，实到38人，其中迟到1人，请假2人，缺席1人，以其他方式参加1人，尚未点到2人，列席4人，到会率86.4%，"
            "扣除流动和年老体弱未到会的3人后为92.7%。",
        ),
        (RollCounts(), 0, "本次活动应到0人，实到0人，请假0人，缺席0人，到会率无。"),
    ],
)
def test_the_opening_line(counts, guests, line):
    assert opening_line(counts, guests) == line


def test_every_status_has_its_word():
    assert set(STATUS_WORDS) == set(Status)
