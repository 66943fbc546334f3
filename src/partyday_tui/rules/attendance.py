"""One expected member at one event, and all that followed: the case of an absence is made of these, and so is the year page.

A case exists while the roll is closed and the mark says 请假 or 缺席 (ATT-04, ATT-08); it is never stored, so a corrected mark opens
or withdraws it, and what was written about it stays. 其他方式 took part, 未点 says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from partyday_tui.rules.leave import Leave
from partyday_tui.rules.roll import Status


class Step(StrEnum):
    """The four dated steps of a case (ATT-04), in their order."""

    CONTACT = "contact"
    REASON = "reason"
    BRIEF = "brief"
    MAKE_UP = "make_up"


REPORT = "report"
"""Written in a case's history when the superior was told of a long absence; no guide demands it of a case."""

STEP_WORDS: dict[str, str] = {
    Step.CONTACT: "联系",
    Step.REASON: "原因",
    Step.BRIEF: "通报",
    Step.MAKE_UP: "补课",
    REPORT: "报告上级",
}
TALK_AFTER, SUPERIOR_AFTER = "absence.talk_after", "absence.superior_after_months"
RUN_DEFAULTS: dict[str, int] = {TALK_AFTER: 2, SUPERIOR_AFTER: 6}
"""The thresholds where the guide names no number (domain.md §1.9, B13); the branch can decide otherwise."""

UNEXCUSED = "无正当理由"
"""The class of a reason that excuses nothing."""
CONTACT_WAYS = ("上门", "电话", "微信", "捎话")

Turn = Literal["opened", "withdrawn", ""]


@dataclass(frozen=True, slots=True)
class CaseStep:
    """Something done about an absence on a day. ``word`` is the way of a contact or briefing, or the class of a reason.

    ``reached`` is False for a contact that found nobody.
    """

    id: int
    step: str
    on: date
    word: str = ""
    reached: bool = True
    by_whom: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LessonDone:
    """A make-up lesson that served this member for this event."""

    id: int
    on: date
    form: str
    signed: bool = False
    archive_no: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """One expected member at one event with all that was written of it.

    ``on`` is the event's day, the first of its month while it has none; ``demanded`` the steps that the rules of that day ask
    for; ``leave`` the slip that covers it; ``belongs`` whether the member is in the branch today.
    """

    event_id: int
    member_id: int
    name: str
    on: date
    event: str
    status: Status | None
    reason: str = ""
    reading: str = ""
    group: str = ""
    kinds: frozenset[str] = frozenset()
    floating: bool = False
    infirm: bool = False
    marked_on: date | None = None
    is_closed: bool = False
    belongs: bool = True
    leave: Leave | None = None
    steps: tuple[CaseStep, ...] = ()
    lessons: tuple[LessonDone, ...] = ()
    demanded: tuple[Step, ...] = tuple(Step)

    @property
    def key(self) -> tuple[int, int]:
        """(event, member)."""
        return self.event_id, self.member_id

    @property
    def is_case(self) -> bool:
        """Whether this absence is followed up."""
        return self.is_closed and opens_case(self.status)

    @property
    def was_written(self) -> bool:
        """Whether a step or a lesson was written, also where the case is withdrawn now."""
        return bool(self.steps or self.lessons)

    def done_on(self, step: Step) -> date | None:
        """When a step was done, None where it is open.

        A reason that the slip or the roll tells need not be asked for again; a contact counts once somebody was reached.
        """
        if step is Step.MAKE_UP:
            return min((lesson.on for lesson in self.lessons), default=None)
        own = [it.on for it in self.steps if it.step == step and it.reached]
        if own or step is not Step.REASON:
            return min(own, default=None)
        if self.leave is not None:
            return self.leave.applied_on
        return (self.marked_on or self.on) if self.reason else None

    @property
    def lacking(self) -> tuple[Step, ...]:
        """The demanded steps that are open, in their order."""
        return tuple(step for step in Step if step in self.demanded and self.done_on(step) is None)

    @property
    def is_open(self) -> bool:
        """Whether the case waits for something; for a member who has left the branch nothing can be done any more."""
        return self.is_case and self.belongs and bool(self.lacking)

    @property
    def told_reason(self) -> str:
        """The reason in words: the newest one that was learnt, else the slip's, else the roll's."""
        learnt = [it for it in self.steps if it.step == Step.REASON]
        if learnt:
            newest = max(learnt, key=lambda it: (it.on, it.id))
            return "，".join(filter(None, (newest.word, newest.note)))
        return self.leave.words if self.leave else self.reason

    @property
    def is_excused(self) -> bool:
        """Whether a slip covers the absence, or the newest reason that was learnt is a good one."""
        learnt = [it for it in self.steps if it.step == Step.REASON and it.word]
        if learnt:
            return max(learnt, key=lambda it: (it.on, it.id)).word != UNEXCUSED
        return self.leave is not None

    @property
    def is_unexcused(self) -> bool:
        """无故缺席: marked absent in a closed roll, without a slip and without a good reason so far."""
        return self.is_closed and self.status is Status.ABSENT and not self.is_excused


def opens_case(status: Status | None) -> bool:
    """Whether a mark in a closed roll is followed up: on leave or not (ATT-08)."""
    return status in (Status.LEAVE, Status.ABSENT)


def turn(before: Status | None, after: Status | None) -> Turn:
    """What correcting a mark in a closed roll does to the case."""
    was, is_ = opens_case(before), opens_case(after)
    return "" if was == is_ else "opened" if is_ else "withdrawn"


def case_state(case: Attendance) -> str:
    """A case in words: what it waits for, or why it does not."""
    if not case.is_case:
        return "已撤回" if case.was_written else ""
    if not case.demanded:
        return "规则没有要求"
    if not case.lacking:
        return "已办结"
    return "待" + "、".join(STEP_WORDS[step] for step in case.lacking) if case.belongs else "已离开支部"


@dataclass(frozen=True, slots=True)
class Run:
    """无故缺席 one after another, still going on: how many, from which day to which."""

    count: int
    first: date
    last: date


def run_of(attendances: Iterable[Attendance]) -> Run | None:
    """The run of unexcused absences that the newest events of one member end in; None where there is none.

    An event whose roll is open, or at which the member is unmarked, neither ends nor lengthens a run.
    """
    days: list[date] = []
    for it in sorted(attendances, key=lambda it: (it.on, it.event_id)):
        if it.is_closed and it.status is not None:
            days = [*days, it.on] if it.is_unexcused else []
    return Run(len(days), days[0], days[-1]) if days else None


def talk_is_due(run: Run, after: int, talks: Sequence[date]) -> bool:
    """Whether a run of at least ``after`` asks for a 谈话提醒 that was not held since its last day (ATT-13, ATT-14)."""
    return run.count >= after and not any(on >= run.last for on in talks)


def superior_is_due(run: Run, months: int, today: date, reports: Sequence[date]) -> bool:
    """Whether a run has lasted so many months, counted from its first absence, and the superior was not told since (B13)."""
    years, zero_based = divmod(run.first.year * 12 + run.first.month - 1 + months, 12)
    reached = (today.year, today.month, today.day) >= (years, zero_based + 1, run.first.day)
    return reached and not any(on >= run.first for on in reports)
