"""The 25 steps, and what is told of their dates (domain.md B15)."""

from datetime import date
from typing import Any

import pytest

from partyday_tui.rules.development import (
    STAGES,
    STEPS,
    Candidate,
    Kind,
    development_notes,
    months_after,
    next_due,
    steps_done,
)

TODAY = date(2026, 11, 6)


def test_five_stages_and_twenty_five_steps_in_order() -> None:
    assert [step.number for step in STEPS] == list(range(1, 26))
    assert [sum(1 for step in STEPS if step.stage == stage) for stage in range(1, 6)] == [2, 4, 5, 7, 7]
    assert len(STAGES) == 5
    assert [STEPS[number - 1].title for number in (1, 7, 15, 22, 25)] == [
        "递交入党申请书",
        "确定发展对象",
        "支部大会讨论接收",
        "提出转正申请",
        "材料归档",
    ]


def told(steps: dict[int, str], today: date = TODAY, **changes: Any) -> list[tuple[int, str, str | None]]:
    done = tuple((number, date.fromisoformat(on)) for number, on in steps.items())
    found = development_notes(Candidate(1, "周新", done, **changes), today)
    return [(note.step, note.kind.value, note.on.isoformat() if note.on else None) for note in found]


@pytest.mark.parametrize(
    ("steps", "changes", "expected"),
    [
        # 收到入党申请书后一个月内派人谈话
        ({1: "2026-10-31"}, {}, [(2, "到期", "2026-11-30")]),
        ({1: "2026-10-06"}, {}, [(2, "到期", "2026-11-06")]),
        ({1: "2026-10-05"}, {}, [(2, "逾期", "2026-11-05")]),
        ({1: "2026-08-31", 2: "2026-09-30"}, {}, []),
        ({1: "2026-08-31", 2: "2026-10-01"}, {}, [(2, "办得迟", "2026-09-30")]),
        # 每半年考察一次
        ({3: "2026-03-01"}, {}, [(6, "逾期", "2026-09-01")]),
        ({3: "2026-03-01"}, {"looks": (date(2026, 8, 20),)}, [(6, "到期", "2027-02-20")]),
        # 经过一年以上
        ({3: "2025-03-01", 7: "2026-03-01"}, {}, []),
        ({3: "2025-03-01", 7: "2026-02-28"}, {}, [(7, "办得早", "2026-03-01")]),
        # 不少于三天或者二十四学时
        ({11: "2026-05-01"}, {"training_days": 2, "training_hours": 23}, [(11, "不足", None)]),
        ({11: "2026-05-01"}, {"training_days": 2, "training_hours": 24}, []),
        ({11: "2026-05-01"}, {"training_days": 3}, []),
        # 三个月内审批，特殊情况六个月；预备期一年
        (
            {15: "2026-07-01"},
            {},
            [(17, "逾期", "2026-10-01"), (21, "到期", "2027-01-01"), (22, "到期", "2027-07-01")],
        ),
        (
            {15: "2026-07-01"},
            {"special": True},
            [(17, "到期", "2027-01-01"), (21, "到期", "2027-01-01"), (22, "到期", "2027-07-01")],
        ),
        # 延长一次，不少于半年、不超过一年
        (
            {15: "2025-07-01", 17: "2025-08-01"},
            {"extended_months": 6, "looks": (date(2026, 7, 1),)},
            [(21, "到期", "2027-01-01"), (22, "到期", "2027-01-01")],
        ),
        ({15: "2025-07-01", 17: "2025-08-01", 22: "2026-07-01"}, {"extended_months": 5}, [(21, "不足", None)]),
        ({15: "2025-07-01", 17: "2025-08-01", 22: "2026-07-01"}, {"extended_months": 12}, []),
        # 预备期满才讨论转正，此后三个月内审批
        (
            {15: "2025-07-01", 17: "2025-08-01", 22: "2026-06-20", 23: "2026-06-30"},
            {},
            [(23, "办得早", "2026-07-01"), (24, "逾期", "2026-09-30")],
        ),
        ({15: "2025-07-01", 17: "2025-08-01", 22: "2026-07-01", 23: "2026-07-03", 24: "2026-10-03"}, {}, []),
    ],
)
def test_what_is_told_of_the_dates(
    steps: dict[int, str], changes: dict[str, Any], expected: list[tuple[int, str, str | None]]
) -> None:
    assert told(steps, **changes) == expected


def test_a_process_that_ended_is_left_alone() -> None:
    assert told({1: "2026-01-01"}, ended_on=date(2026, 3, 1)) == []
    assert told({1: "2026-01-01"}, today=date(2026, 2, 28), ended_on=date(2026, 3, 1)) == [(2, "逾期", "2026-02-01")]


def test_the_nearest_deadline_and_the_steps_done() -> None:
    candidate = Candidate(1, "周新", ((1, date(2026, 10, 31)), (1, date(2026, 11, 2)), (2, date(2027, 1, 1))))
    assert next_due(candidate, TODAY) is None
    assert steps_done(candidate, TODAY) == 1
    accepted = Candidate(1, "周新", ((15, date(2026, 7, 1)),))
    assert next_due(accepted, TODAY) == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 6), 12, date(2027, 11, 6)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_every_kind_of_note_has_a_word() -> None:
    assert {kind.value for kind in Kind} == {"到期", "逾期", "办得迟", "办得早", "不足"}
