"""The steps of a case in words, as lists, sheets and the year page say them."""

from __future__ import annotations

from partyday_tui.rules.attendance import STEP_WORDS, Attendance, CaseStep, LessonDone, Step, case_state


def step_words(step: CaseStep) -> str:
    """One step on one line: 「2026-11-07 联系 电话 没联系上 罗有秀 备注」."""
    missed = "没联系上" if step.step == Step.CONTACT and not step.reached else ""
    return " ".join(
        filter(None, (step.on.isoformat(), STEP_WORDS[step.step], step.word, missed, step.by_whom, step.note))
    )


def lesson_words(lesson: LessonDone) -> str:
    """One lesson on one line."""
    signed = "已签字" if lesson.signed else "未签字"
    return " ".join(filter(None, (lesson.on.isoformat(), "补课", lesson.form, signed, lesson.archive_no)))


def course(case: Attendance) -> list[str]:
    """All that was written of an absence, oldest first."""
    dated = [(step.on, step_words(step)) for step in case.steps]
    dated += [(lesson.on, lesson_words(lesson)) for lesson in case.lessons]
    return [line for _, line in sorted(dated)]


def case_words(it: Attendance) -> str:
    """A case for a cell of the year page: its state, and when each step was done."""
    done = [
        f"{on:%m-%d}{STEP_WORDS[step]}" for step in Step if (on := it.done_on(step)) and (it.is_case or it.was_written)
    ]
    return "，".join(filter(None, [case_state(it), *done]))
