"""请假条 and the make-up register as sheets (domain.md 2.c 请假条 and 补课记录, 参考样式; REC-11)."""

from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook

from partyday_tui.excel.page import print_form
from partyday_tui.rules.attendance import Attendance, Step
from partyday_tui.rules.leave import FORM_WORDS, Leave
from partyday_tui.rules.make_up import Lesson
from partyday_tui.rules.sheet import Cell, Column, Form, Table

_MARK = "参考样式"
_LEAVE_COLUMNS = [Column("项目", 16), Column("内容", 60, "left")]
_LESSON_COLUMNS = [
    Column("序号", 5),
    Column("姓名", 12),
    Column("缺席活动", 22, "left"),
    Column("缺席原因", 14, "left"),
    Column("联系", 16, "left"),
    Column("通报", 11),
    Column("补课日期", 11),
    Column("方式", 9),
    Column("地点", 12, "left"),
    Column("内容", 24, "left"),
    Column("签字", 7),
    Column("组织者", 9),
    Column("归档号", 11),
]


def leave_sheet(branch: str, slip: Leave) -> Workbook:
    """One slip on A4, with room for the signatures; what is known is filled in."""
    rows: list[list[Cell]] = [
        ["姓名", slip.name],
        ["活动及日期" if slip.event_id is not None else "请假起止", slip.span],
        ["事由", slip.words],
        ["请假方式", FORM_WORDS[slip.form]],
        ["申请日期", _day(slip.applied_on) + ("（活动之后补交）" if slip.is_late else "")],
        ["本人签字", None],
        ["支部意见", None],
        ["批准人", slip.granted_by],
        ["批准日期", _day(slip.granted_on)],
        ["存放", slip.paper],
    ]
    form = Form(
        title="请假条",
        unit=(f"党支部：{branch}", ""),
        parts=(Table(_LEAVE_COLUMNS, rows, "", 30, 44),),
        foot=[("请假不免补课，活动后由支部通报情况并安排补课。",)],
        mark=_MARK,
    )
    return print_form(form)


def make_up_sheet(
    branch: str, year: int, lessons: Sequence[Lesson], cases: Mapping[tuple[int, int], Attendance]
) -> Workbook:
    """The make-up register of a year, one row for each member and each event that was made up.

    ``cases``: by (event, member), for when and how they were contacted and briefed.
    """
    served = [(lesson, it) for lesson in lessons for it in lesson.served]
    rows: list[list[Cell]] = [
        [
            number,
            it.name,
            f"{it.event_on} {it.event}",
            it.reason,
            *_spoken_to(cases.get((it.event_id, it.member_id))),
            lesson.on,
            lesson.form,
            lesson.place,
            lesson.content,
            "已签" if it.signed else None,
            lesson.led_by,
            lesson.archive_no,
        ]
        for number, (lesson, it) in enumerate(served, 1)
    ]
    form = Form(
        title=f"{year}年党员补课台账",
        unit=(f"党支部：{branch}", f"补课{len(lessons)}次，{len(rows)}人次"),
        parts=(Table(_LESSON_COLUMNS, rows),),
        foot=[("记录人：", "支部书记：")],
        landscape=True,
        mark=_MARK,
    )
    return print_form(form)


def _spoken_to(case: Attendance | None) -> tuple[Cell, Cell]:
    """When, how and by whom a member was reached, and when they were briefed."""
    found = [it for it in case.steps if it.step == Step.CONTACT and it.reached] if case else []
    contact = " ".join(filter(None, (found[0].on.isoformat(), found[0].word, found[0].by_whom))) if found else None
    return contact, case.done_on(Step.BRIEF) if case else None


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
