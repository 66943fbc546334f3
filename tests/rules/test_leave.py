"""What a slip covers and what it lacks."""

from datetime import date

import pytest

from partyday_tui.rules.leave import Leave, lacks, state_of
from partyday_tui.rules.month import Month

DAY = date(2026, 11, 6)


def slip(**fields):
    return Leave(1, 1, "张三", "因病", **({"applied_on": date(2026, 11, 1), "granted_by": "罗有秀"} | fields))


@pytest.mark.parametrize(
    ("fields", "event", "on", "covered"),
    [
        ({"event_id": 7}, 7, DAY, True),
        ({"event_id": 7}, 7, None, True),
        ({"event_id": 7}, 8, DAY, False),
        ({"first_day": DAY, "last_day": DAY}, 8, DAY, True),
        ({"first_day": date(2026, 11, 5), "last_day": date(2026, 11, 7)}, 8, DAY, True),
        ({"first_day": date(2026, 11, 7), "last_day": date(2026, 11, 9)}, 8, DAY, False),
        ({"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 5)}, 8, DAY, False),
        ({"first_day": DAY, "last_day": DAY}, 8, None, False),
    ],
)
def test_a_slip_covers_its_event_or_every_day_of_its_span(fields, event, on, covered):
    assert slip(**fields).covers(event, on) is covered


@pytest.mark.parametrize(
    ("fields", "missing", "state"),
    [
        ({}, (), "齐全"),
        ({"form": "oral"}, ("待补书面",), "待补书面"),
        ({"form": "oral", "paper": "第3张"}, (), "齐全"),
        ({"granted_by": ""}, ("待批准",), "待批准"),
        ({"form": "oral", "granted_by": ""}, ("待补书面", "待批准"), "待补书面，待批准"),
        ({"applied_on": date(2026, 11, 7)}, (), "事后补交"),
        ({"applied_on": DAY}, (), "齐全"),
    ],
)
def test_a_slip_says_what_it_lacks_and_whether_it_came_late(fields, missing, state):
    found = slip(**({"first_day": DAY, "last_day": DAY} | fields))
    assert (lacks(found), state_of(found)) == (missing, state)


def test_a_slip_in_words():
    assert slip(first_day=DAY, last_day=date(2026, 11, 9)).span == "2026-11-06 至 2026-11-09"
    assert slip(first_day=DAY, last_day=DAY).span == "2026-11-06"
    assert slip(event_id=7, event_on=DAY, event_title="党史").span == "2026-11-06 党史"
    assert slip(first_day=DAY, last_day=DAY, reason="住院").words == "因病，住院"


@pytest.mark.parametrize(
    ("fields", "months"),
    [
        ({"first_day": date(2026, 9, 30), "last_day": date(2026, 11, 1)}, (9, 10, 11)),
        ({"event_id": 7, "event_on": DAY}, (11,)),
        ({"event_id": 7, "applied_on": date(2026, 10, 31)}, (10,)),
    ],
)
def test_a_slip_is_about_the_months_it_touches(fields, months):
    found = slip(**fields)
    touched = [n for n in range(1, 13) if found.is_about(Month(2026, n).first_day, Month(2026, n).last_day)]
    assert tuple(touched) == months
