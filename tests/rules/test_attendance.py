"""Cases are a closed roll and a mark: each state crossed with each correction, the steps, the runs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partyday_tui.rules.attendance import (
    REPORT,
    UNEXCUSED,
    Attendance,
    CaseStep,
    LessonDone,
    Run,
    Step,
    case_state,
    opens_case,
    run_of,
    superior_is_due,
    talk_is_due,
    turn,
)
from partyday_tui.rules.leave import Leave
from partyday_tui.rules.roll import Status

DAY = date(2026, 11, 6)
STATES = (None, *Status)
FOLLOWED = {Status.LEAVE, Status.ABSENT}
SLIP = Leave(1, 1, "张三", "因病", date(2026, 11, 1), first_day=DAY, last_day=DAY)


def at(status=Status.ABSENT, **fields):
    return Attendance(
        **(
            {
                "event_id": 1,
                "member_id": 1,
                "name": "张三",
                "on": DAY,
                "event": "党史",
                "status": status,
                "is_closed": True,
            }
            | fields
        )
    )


def did(step, on=DAY, number=1, **fields):
    return CaseStep(number, step, on, **fields)


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_each_state_crossed_with_each_correction(before, after):
    expected = {(False, True): "opened", (True, False): "withdrawn"}.get((before in FOLLOWED, after in FOLLOWED), "")
    assert turn(before, after) == expected
    written = at(after, steps=(did(Step.CONTACT),))
    assert written.is_case is (after in FOLLOWED)
    assert case_state(written) == ("待原因、通报、补课" if after in FOLLOWED else "已撤回")
    assert at(after).is_case is opens_case(after)
    assert not at(after, is_closed=False).is_case


@pytest.mark.parametrize(
    ("fields", "lacking", "state"),
    [
        ({}, tuple(Step), "待联系、原因、通报、补课"),
        ({"steps": (did(Step.CONTACT, reached=False),)}, tuple(Step), "待联系、原因、通报、补课"),
        ({"steps": (did(Step.CONTACT),)}, (Step.REASON, Step.BRIEF, Step.MAKE_UP), "待原因、通报、补课"),
        ({"reason": "住院"}, (Step.CONTACT, Step.BRIEF, Step.MAKE_UP), "待联系、通报、补课"),
        ({"leave": SLIP}, (Step.CONTACT, Step.BRIEF, Step.MAKE_UP), "待联系、通报、补课"),
        ({"lessons": (LessonDone(1, DAY, "自学"),)}, (Step.CONTACT, Step.REASON, Step.BRIEF), "待联系、原因、通报"),
        ({"demanded": (Step.MAKE_UP,)}, (Step.MAKE_UP,), "待补课"),
        ({"demanded": (Step.CONTACT,), "steps": (did(Step.CONTACT),)}, (), "已办结"),
        ({"demanded": ()}, (), "规则没有要求"),
        ({"belongs": False}, tuple(Step), "已离开支部"),
    ],
)
def test_the_rules_say_which_steps_a_case_waits_for(fields, lacking, state):
    case = at(**fields)
    assert (case.lacking, case_state(case)) == (lacking, state)
    assert case.is_open is (state.startswith("待"))


def test_a_step_is_dated_by_its_first_success():
    steps = (
        did(Step.CONTACT, DAY, 1, reached=False),
        did(Step.CONTACT, date(2026, 11, 9), 2),
        did(Step.CONTACT, date(2026, 11, 8), 3),
    )
    assert at(steps=steps).done_on(Step.CONTACT) == date(2026, 11, 8)
    assert at(leave=SLIP).done_on(Step.REASON) == date(2026, 11, 1)
    assert at(reason="住院", marked_on=date(2026, 11, 7)).done_on(Step.REASON) == date(2026, 11, 7)
    assert at(leave=SLIP, steps=(did(Step.REASON, date(2026, 11, 9), word="因病"),)).done_on(Step.REASON) == date(
        2026, 11, 9
    )


@pytest.mark.parametrize(
    ("status", "fields", "unexcused"),
    [
        (Status.ABSENT, {}, True),
        (Status.ABSENT, {"is_closed": False}, False),
        (Status.ABSENT, {"leave": SLIP}, False),
        (Status.ABSENT, {"reason": "没有说"}, True),
        (Status.ABSENT, {"steps": (did(Step.REASON, word="因病"),)}, False),
        (Status.ABSENT, {"steps": (did(Step.REASON, word=UNEXCUSED),)}, True),
        (Status.ABSENT, {"leave": SLIP, "steps": (did(Step.REASON, word=UNEXCUSED),)}, True),
        (
            Status.ABSENT,
            {"steps": (did(Step.REASON, DAY, 1, word=UNEXCUSED), did(Step.REASON, DAY, 2, word="因病"))},
            False,
        ),
        (Status.ABSENT, {"steps": (did(Step.CONTACT, word="电话"),)}, True),
        (Status.LEAVE, {}, False),
        (Status.PRESENT, {}, False),
        (None, {}, False),
    ],
)
def test_an_absence_without_slip_or_good_reason_is_unexcused(status, fields, unexcused):
    assert at(status, **fields).is_unexcused is unexcused


def months(*marks, closed=None):
    return [at(status, event_id=n, on=date(2026, n, 6), is_closed=n != closed) for n, status in enumerate(marks, 1)]


A, L, P, T = Status.ABSENT, Status.LEAVE, Status.PRESENT, Status.OTHER


@pytest.mark.parametrize(
    ("marks", "closed", "run"),
    [
        ((A, A), None, (2, 1, 2)),
        ((A, P, A), None, (1, 3, 3)),
        ((A, A, P), None, None),
        ((A, L, A, A), None, (2, 3, 4)),
        ((A, T, A), None, (1, 3, 3)),
        ((A, None, A), None, (2, 1, 3)),
        ((A, P, A), 2, (2, 1, 3)),
        ((P, P), None, None),
        ((), None, None),
    ],
)
def test_a_run_is_what_the_newest_events_end_in(marks, closed, run):
    found = run_of(reversed(months(*marks, closed=closed)))
    assert found == (run and Run(run[0], date(2026, run[1], 6), date(2026, run[2], 6)))


@given(st.lists(st.sampled_from([A, L, P, T, None]), max_size=11))
def test_a_run_is_never_longer_than_the_absences_and_ends_in_one(marks):
    run = run_of(months(*marks))
    known = [mark for mark in marks if mark is not None]
    assert (run is None) == (not known or known[-1] is not A)
    assert run is None or run.count <= known.count(A)


@pytest.mark.parametrize(
    ("count", "after", "talks", "due"),
    [
        (1, 2, [], False),
        (2, 2, [], True),
        (3, 2, [], True),
        (2, 3, [], False),
        (2, 2, [DAY], False),
        (2, 2, [DAY + timedelta(days=3)], False),
        (2, 2, [DAY - timedelta(days=1)], True),
    ],
)
def test_a_talk_is_due_after_so_many_in_a_row_until_it_is_held(count, after, talks, due):
    assert talk_is_due(Run(count, date(2026, 9, 4), DAY), after, talks) is due


@pytest.mark.parametrize(
    ("today", "months_after", "reports", "due"),
    [
        (date(2026, 11, 5), 6, [], False),
        (date(2026, 11, 6), 6, [], True),
        (date(2027, 1, 1), 6, [], True),
        (date(2026, 11, 6), 7, [], False),
        (date(2026, 12, 6), 7, [], True),
        (date(2026, 12, 6), 7, [date(2026, 6, 1)], False),
        (date(2026, 12, 6), 7, [date(2026, 5, 1)], True),
    ],
)
def test_the_superior_is_told_after_so_many_months_from_the_first(today, months_after, reports, due):
    assert superior_is_due(Run(4, date(2026, 5, 6), date(2026, 10, 9)), months_after, today, reports) is due


def test_a_report_is_no_step_that_a_case_waits_for():
    assert at(steps=(did(REPORT),)).lacking == tuple(Step)
