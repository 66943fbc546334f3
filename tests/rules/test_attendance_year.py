"""A year's figures from its entries: heads that add up, members in the order of the roster."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.rules.attendance import Attendance, LessonDone
from partyday_tui.rules.attendance_year import attendance_year, deduction_words
from partyday_tui.rules.roll import Status

STATES = st.sampled_from([None, *Status])


def at(event, member, status, **fields):
    more = {"is_closed": True, "reading": "zyx"[member % 3]} | fields
    return Attendance(event, member, f"甲{member}", date(2026, event, 6), "党史", status, **more)


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 5), STATES, st.booleans()), unique_by=lambda it: it[:2]))
def test_what_the_events_count_the_members_count(rows):
    found = [
        at(event, member, status, infirm=infirm)
        for event, member, status, infirm in sorted(rows, key=lambda it: it[:2])
    ]
    year = attendance_year(2026, found, {})
    for name in ("expected", "present", "late", "leave", "absent", "other", "unmarked"):
        assert sum(getattr(it.counts, name) for it in year.events) == sum(
            getattr(it.counts, name) for it in year.members
        )
    assert all(len(it.deducted) == it.counts.deducted for it in year.events)
    assert [it.on for it in year.events] == sorted(it.on for it in year.events)
    order = [("zyx"[it.member_id % 3], it.name) for it in year.members]
    assert order == sorted(order), "by reading, never by a figure"


def test_cases_and_what_was_made_up():
    lesson = (LessonDone(1, date(2026, 3, 1), "自学"),)
    found = [at(1, 1, Status.ABSENT, lessons=lesson), at(2, 1, Status.LEAVE), at(3, 1, Status.OTHER, lessons=lesson)]
    (member,) = attendance_year(2026, found, {1: "full"}).members
    assert (member.made_up, member.unexcused, member.kind) == ((1, 2), 1, "full")


def test_the_deduction_list_says_who_and_why():
    found = [
        at(1, 1, Status.ABSENT, floating=True, infirm=True),
        at(1, 2, Status.PRESENT, infirm=True),
        at(1, 3, None, infirm=True),
    ]
    (event,) = attendance_year(2026, found, {}).events
    assert deduction_words(event.deducted) == "甲1（流动、年老体弱）、甲3（年老体弱）"
