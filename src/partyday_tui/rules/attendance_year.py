"""A year of attendance as figures: of one member for the 党员手册, of every event with both rates and the deduction list (ATT-15, F1, F2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.attendance import Attendance
from partyday_tui.rules.registers import Entry
from partyday_tui.rules.roll import RollCounts, RollEntry, count_roll, is_deducted


@dataclass(frozen=True, slots=True)
class MemberYear:
    """One member's year: every event that they were expected at, the outreach to them and the talks with them, oldest first."""

    member_id: int
    name: str
    group: str
    kind: str
    year: int
    events: tuple[Attendance, ...]
    outreach: tuple[Entry, ...] = ()
    talks: tuple[Entry, ...] = ()

    @property
    def counts(self) -> RollCounts:
        """The events by status; ``expected`` is how many there were."""
        return count_roll(map(_entry, self.events))

    @property
    def unexcused(self) -> int:
        """无故缺席 in the year."""
        return sum(it.is_unexcused for it in self.events)

    @property
    def made_up(self) -> tuple[int, int]:
        """(absences made up, absences): of the cases, settled or not."""
        cases = [it for it in self.events if it.is_case]
        return sum(bool(it.lessons) for it in cases), len(cases)


@dataclass(frozen=True, slots=True)
class EventYear:
    """One event of a year with its heads; ``deducted`` are those whom F2 takes off the base."""

    event_id: int
    on: date
    event: str
    is_closed: bool
    counts: RollCounts
    deducted: tuple[Attendance, ...]


@dataclass(frozen=True, slots=True)
class AttendanceYear:
    """A year of the branch: its events, oldest first, and its members in the order of the roster, never by a figure."""

    year: int
    events: tuple[EventYear, ...]
    members: tuple[MemberYear, ...]


def attendance_year(year: int, found: Sequence[Attendance], kinds: Mapping[int, str]) -> AttendanceYear:
    """The year from its roll entries, oldest first; ``kinds`` is each member's kind now (full, probationary)."""
    by_event: dict[int, list[Attendance]] = {}
    by_member: dict[int, list[Attendance]] = {}
    for it in found:
        by_event.setdefault(it.event_id, []).append(it)
        by_member.setdefault(it.member_id, []).append(it)
    members = [_member(year, rows, kinds.get(key, "")) for key, rows in by_member.items()]
    order = {key: (rows[-1].reading, rows[-1].name, key) for key, rows in by_member.items()}
    return AttendanceYear(
        year,
        tuple(_event(rows) for rows in by_event.values()),
        tuple(sorted(members, key=lambda it: order[it.member_id])),
    )


def _event(rows: Sequence[Attendance]) -> EventYear:
    first = rows[0]
    deducted = tuple(it for it in rows if is_deducted(_entry(it)))
    return EventYear(first.event_id, first.on, first.event, first.is_closed, count_roll(map(_entry, rows)), deducted)


def _member(year: int, rows: Sequence[Attendance], kind: str) -> MemberYear:
    newest = rows[-1]
    return MemberYear(newest.member_id, newest.name, newest.group, kind, year, tuple(rows))


def _entry(it: Attendance) -> RollEntry:
    return RollEntry(it.member_id, it.name, "", "", "full", "", it.floating, it.infirm, it.status)


def deduction_words(rows: Iterable[Attendance]) -> str:
    """Who was deducted and why, in words."""
    return "、".join(f"{it.name}（{why_deducted(it)}）" for it in rows)


def why_deducted(it: Attendance) -> str:
    """流动, 年老体弱, or both."""
    return "、".join(word for word, holds in (("流动", it.floating), ("年老体弱", it.infirm)) if holds)
