"""The course of a case in words, oldest first."""

from datetime import date

from partyday_tui.rules.attendance import Attendance, CaseStep, LessonDone
from partyday_tui.rules.case_words import case_words, course, lesson_words, step_words
from partyday_tui.rules.roll import Status

DAY = date(2026, 11, 6)
MISSED = CaseStep(1, "contact", date(2026, 11, 7), "电话", False, "罗有秀", "没人接")
REACHED = CaseStep(2, "contact", date(2026, 11, 9), "上门", True, "马会计")
LESSON = LessonDone(1, date(2026, 11, 8), "自学", True, "1盒")


def at(status, **fields):
    return Attendance(1, 1, "张三", DAY, "党史", status, is_closed=True, **fields)


def test_a_step_and_a_lesson_on_one_line():
    assert step_words(MISSED) == "2026-11-07 联系 电话 没联系上 罗有秀 没人接"
    assert step_words(REACHED) == "2026-11-09 联系 上门 马会计"
    assert step_words(CaseStep(3, "report", DAY, by_whom="罗有秀")) == "2026-11-06 报告上级 罗有秀"
    assert lesson_words(LESSON) == "2026-11-08 补课 自学 已签字 1盒"
    assert lesson_words(LessonDone(1, DAY, "自学")) == "2026-11-06 补课 自学 未签字"


def test_the_course_is_in_the_order_of_the_days():
    case = at(Status.ABSENT, steps=(REACHED, MISSED), lessons=(LESSON,))
    assert [line[:10] for line in course(case)] == ["2026-11-07", "2026-11-08", "2026-11-09"]


def test_a_cell_says_the_state_and_when_each_step_was_done():
    assert case_words(at(Status.ABSENT, steps=(REACHED,), lessons=(LESSON,))) == "待原因、通报，11-09联系，11-08补课"
    assert case_words(at(Status.PRESENT)) == ""
    assert case_words(at(Status.PRESENT, steps=(REACHED,))) == "已撤回，11-09联系"
    assert case_words(at(Status.PRESENT, reason="在家")) == "", "a reason alone is no case"
