"""缺席跟进: who was not there, and what was done about it, one member or a whole evening's visits at a time (ATT-04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.attendance import UNEXCUSED, Attendance, Step
from partyday_tui.rules.changes import Change
from partyday_tui.rules.leave import REASON_CLASSES
from partyday_tui.rules.text import LINE_LIMIT, NAME_LIMIT, line_to_keep
from partyday_tui.services.holidays import check_year
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store import attendance as store
from partyday_tui.store import changes, make_up
from partyday_tui.store.attendance import Demanded
from partyday_tui.store.book import Book

CaseKey = tuple[int, int]
"""(event, member)."""


@dataclass(frozen=True, slots=True)
class Written:
    """What one act wrote, so that it can be taken back: keys of steps, the key of a lesson, and what the user should know."""

    steps: tuple[int, ...] = ()
    lesson: int | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """What was done on one day, the same for each of several members.

    ``way`` is how they were spoken to (上门, 电话 …), ``reason_class`` and ``reason`` why they were not there, '' where unsaid.
    """

    on: date
    way: str = ""
    by_whom: str = ""
    reached: bool = True
    reason_class: str = ""
    reason: str = ""
    note: str = ""


def demanded_by(book: Book) -> Demanded:
    """Which steps the rules of a day ask for; none where the guide says nothing of the absent (ATT-07)."""
    rules = rule_book_of(book)
    known: dict[date, tuple[Step, ...]] = {}

    def demanded(on: date) -> tuple[Step, ...]:
        if on not in known:
            rule = rules.rule("absence.steps", on)
            words = rule.value if rule and isinstance(rule.value, tuple) else ()
            known[on] = tuple(step for step in Step if step.value in words)
        return known[on]

    return demanded


def open_cases(book: Book, since: date = date.min) -> list[Attendance]:
    """The open cases since a day, of all years where none is given; oldest first."""
    demanded, rules = demanded_by(book), rule_book_of(book)
    ever = {step for on in (date.min, *rules.turns(), book.clock.today) for step in demanded(on)}
    return [case for case in store.unsettled(book, sorted(ever), demanded, since) if case.is_open]


def cases_of_year(book: Book, year: int) -> list[Attendance]:
    """Every case of a year, settled ones too, and the withdrawn ones about which something was written; oldest first."""
    return store.cases_of_year(book, check_year(year), demanded_by(book))


def cases_of(book: Book, keys: Sequence[CaseKey]) -> list[Attendance]:
    """These cases as they stand now, withdrawn or not."""
    return store.of_keys(book, keys, demanded_by(book))


def reason_classes(book: Book) -> tuple[str, ...]:
    """The classes of reasons to choose from: those that the guide names first."""
    rule = rule_book_of(book).rule("leave.explained", book.clock.today)
    named = rule.value if rule and isinstance(rule.value, tuple) else ()
    return tuple(dict.fromkeys([*(str(it) for it in named), *REASON_CLASSES]))


def write_step(book: Book, keys: Sequence[CaseKey], step: str, visit: Visit) -> Written:
    """Write one step for each of these absences, in one act.

    Raises UserMistake for a text that is too long, a reason that says nothing, and where nothing was chosen.
    """
    visit = _checked(visit)
    if step == Step.REASON and not (visit.reason_class or visit.reason):
        raise UserMistake("原因没有填，请选一类，或写明情况。")
    cases = _existing(book, keys)
    with book.act(_ACTS[step]) as transaction:
        steps = store.insert_steps(transaction, keys, step_row(step, visit))
    return Written(tuple(steps), None, _told(book, cases, visit.on))


def write_visit(book: Book, keys: Sequence[CaseKey], visit: Visit) -> Written:
    """Write a whole visit for each of these absences, in one act: contacted, briefed, and the reason where none is known yet.

    A step that is done already, and a briefing that no rule asks for, are not written.
    """
    visit = replace(_checked(visit), reached=True)
    cases = _existing(book, keys)
    has_reason = bool(visit.reason_class or visit.reason)
    wanted = [(Step.CONTACT, True), (Step.REASON, has_reason), (Step.BRIEF, True)]
    written: list[int] = []
    with book.act("走访缺席党员") as transaction:
        for step in [step for step, is_said in wanted if is_said]:
            lacking = [it.key for it in cases if _wants(it, step)]
            written += store.insert_steps(transaction, lacking, step_row(step, visit))
    unknown = [it.name for it in cases if _wants(it, Step.REASON)] if not has_reason else []
    more = (f"还没有写原因：{'、'.join(unknown)}",) if unknown else ()
    return Written(tuple(written), None, (*_told(book, cases, visit.on), *more))


def take_back(book: Book, written: Written) -> None:
    """Take back what one act wrote; the record of changes keeps it."""
    with book.act("撤销缺席跟进") as transaction:
        store.delete_steps(transaction, written.steps)
        if written.lesson is not None:
            make_up.delete(transaction, written.lesson)


def take_step_out(book: Book, step_id: int) -> None:
    """Take out a step that was written by mistake."""
    take_back(book, Written((step_id,)))


def step_history(book: Book, case: Attendance) -> list[Change]:
    """Every change of the mark and of the steps of a case, newest first (SUP-05)."""
    found = changes.changes_of_mark(book, case.event_id, case.member_id)
    for step in case.steps:
        found += changes.changes_of(book, "case_step", step.id)
    return sorted(found, key=lambda change: change.at, reverse=True)


_ACTS = {
    Step.CONTACT: "联系缺席党员",
    Step.REASON: "掌握缺席原因",
    Step.BRIEF: "向缺席党员通报",
    "report": "向上级报告缺席",
}


def _wants(case: Attendance, step: Step) -> bool:
    """Whether a visit has something to write for this step."""
    return case.done_on(step) is None and (step is not Step.BRIEF or step in case.demanded)


def step_row(step: str, visit: Visit) -> dict[str, str | int]:
    """The columns of one step."""
    word, note = (visit.reason_class, visit.reason) if step == Step.REASON else (visit.way, visit.note)
    return {
        "step": step,
        "on_date": visit.on.isoformat(),
        "word": word,
        "reached": int(visit.reached or step != Step.CONTACT),
        "by_whom": visit.by_whom,
        "note": note,
    }


def _checked(visit: Visit) -> Visit:
    return replace(
        visit,
        way=line_to_keep(visit.way, "方式", NAME_LIMIT),
        by_whom=line_to_keep(visit.by_whom, "由谁", NAME_LIMIT),
        reason_class=line_to_keep(visit.reason_class, "原因类别", NAME_LIMIT),
        reason=line_to_keep(visit.reason, "原因", LINE_LIMIT),
        note=line_to_keep(visit.note, "备注", LINE_LIMIT),
    )


def _existing(book: Book, keys: Sequence[CaseKey]) -> list[Attendance]:
    found = cases_of(book, keys)
    if not keys or len(found) != len(set(keys)):
        raise UserMistake("没有找到要跟进的人，请在名单里选中后再做一次。")
    return found


def _told(book: Book, cases: Sequence[Attendance], on: date) -> tuple[str, ...]:
    """What is odd about a date; it is written all the same (warn, never block)."""
    early = [it.name for it in cases if on < it.on]
    told = [f"日期 {on} 早于活动：{'、'.join(early[:3])}"] if early else []
    told += [f"日期 {on} 在今天之后，请核对"] if on > book.clock.today else []
    return tuple(told)


def class_choices(book: Book) -> tuple[str, ...]:
    """The classes of an absence's reason: those of leave, and the one that excuses nothing."""
    return (*reason_classes(book), UNEXCUSED)
