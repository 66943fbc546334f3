"""What followed the absences of the demo branch: most are settled, some wait, one member has missed two events without a reason."""

from __future__ import annotations

from datetime import date, timedelta

from partyday_tui.clock import Clock
from partyday_tui.rules.attendance import Attendance, Step
from partyday_tui.rules.events import Event
from partyday_tui.rules.roll import Status
from partyday_tui.services import cases, leave, make_up, registers, roll, roll_close
from partyday_tui.services.cases import Visit
from partyday_tui.store.book import Book

_SECRETARY = "罗有秀"
_AWAY = "曹春娟"  # missed August and September and gave no reason
_MISSED = (date(2026, 8, 14), date(2026, 9, 4))
_LESS_DONE = date(2026, 8, 1)  # from here on not every case is settled
_SPANS = (
    ("written", "2026年假条夹第1张", "在武汉务工，春节回来"),
    ("oral", "", "在深圳务工"),
)


def hand_in_slips(book: Book) -> None:
    """Two floating members ask for leave for the year, one on paper and one by telephone; one for today's event."""
    book.clock = Clock(date(2026, 2, 25))
    away = [member.id for member in registers.people_to_choose(book) if member.floating]
    for member_id, (form, paper, reason) in zip(away, _SPANS, strict=False):
        texts = {
            "first_day": "2026-03-01",
            "last_day": "2026-12-31",
            "reason_class": "外出务工",
            "reason": reason,
            "form": form,
            "applied_on": "2026-02-25",
            "granted_by": _SECRETARY,
            "granted_on": "2026-02-26",
            "paper": paper,
        }
        leave.enter_slip(book, member_id, None, texts)


def ask_for_today(book: Book, event: Event) -> None:
    """A slip for today's event, handed in yesterday."""
    book.clock = Clock(date(2026, 11, 5))
    texts = {"reason_class": "因病", "reason": "到县医院复查", "applied_on": "2026-11-05", "granted_by": _SECRETARY}
    leave.enter_slip(book, registers.members_named(book, ["贺有素"])[0], event.id, texts)


def follow_up(book: Book, event: Event, day: date) -> None:
    """Close the roll of a past event and do for its absentees what a village would: a visit after two days, a lesson after six."""
    if day in _MISSED:
        away = registers.members_named(book, [_AWAY])[0]
        roll.write_marks(book, event, [[roll.Mark(away, Status.ABSENT)]])
    roll_close.close_roll(book, event)
    found = [
        case
        for case in cases.open_cases(book)
        if case.event_id == event.id and (case.name != _AWAY or day not in _MISSED)
    ]
    left, told = (found[:2], found[2:]) if day >= _LESS_DONE else ([], found)
    book.clock = Clock(day + timedelta(days=2))
    if left:
        nobody_there = Visit(book.clock.today, "电话", _SECRETARY, reached=False, note="电话没有人接")
        cases.write_step(book, [left[0].key], Step.CONTACT, nobody_there)
    if told:
        visit = Visit(book.clock.today, "上门", _SECRETARY, reason_class="照顾家人")
        cases.write_visit(book, [case.key for case in told], visit)
    taught = told[: len(told) // 2] if day in _MISSED else told
    book.clock = Clock(day + timedelta(days=6))
    for form, members in _lessons(taught):
        texts = {
            "on_date": book.clock.today.isoformat(),
            "form": form,
            "place": "家里" if form == "送学上门" else "党员活动室",
            "content": event.title,
            "led_by": _SECRETARY,
            "archive_no": "2026年补课1盒" if day.month < 7 else "",
        }
        make_up.add_lesson(book, [case.key for case in members], texts, signed=day.month < 7)


def _lessons(taught: list[Attendance]) -> list[tuple[str, list[Attendance]]]:
    """Home teaching for the infirm, on the net for the floating, together for the rest."""
    home = [case for case in taught if case.infirm]
    online = [case for case in taught if case.floating and not case.infirm]
    rest = [case for case in taught if not case.infirm and not case.floating]
    return [pair for pair in (("送学上门", home), ("线上补学", online), ("集中补学", rest)) if pair[1]]
