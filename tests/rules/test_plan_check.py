"""The plan check: months without a date, without a theme, with two party days (CAL-01)."""

from datetime import date

import pytest

from partyday_tui.rules.events import Event
from partyday_tui.rules.plan_check import check_plan


def party_day(month, day=None, theme="学党章"):
    on = date(2026, month, day) if day else None
    return Event(month, f"2026-{month:02d}", on, frozenset({"party_day"}), theme=theme)


def test_a_full_plan_has_no_gap():
    assert check_plan(2026, [party_day(month, 5) for month in range(1, 13)]).sentences == ()


def test_every_gap_is_named_by_its_months():
    events = [party_day(month, 5) for month in range(4, 12)]
    events += [party_day(12), party_day(5, 20), party_day(1, 9, theme="")]
    check = check_plan(2026, events)
    assert (check.undated, check.without_theme, check.doubled) == ((2, 3, 12), (1,), (5,))
    assert check.sentences == ("没有日期：2至3月、12月", "没有主题：1月", "排了两次：5月")


def test_content_is_a_theme_too_and_other_meetings_are_not_party_days():
    events = [Event(1, "2026-01", date(2026, 1, 9), frozenset({"party_day"}), content="走访老党员")]
    events += [Event(2, "2026-02", date(2026, 2, 6), frozenset({"committee"}))]
    check = check_plan(2026, events)
    assert 1 not in check.undated + check.without_theme
    assert 2 in check.undated


@pytest.mark.parametrize("month", ["2025-12", "2027-01"])
def test_another_year_is_not_looked_at(month):
    stranger = Event(1, month, date(2026, 1, 1), frozenset({"party_day"}))
    assert check_plan(2026, [stranger]).undated == tuple(range(1, 13))
