"""A member's year as a sheet to be copied or pasted into the 党员手册 (ATT-15, 参考样式)."""

from openpyxl import Workbook

from partyday_tui.excel.page import print_form
from partyday_tui.rules.attendance_year import MemberYear
from partyday_tui.rules.case_words import case_words, lesson_words
from partyday_tui.rules.people import KIND_WORDS
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD
from partyday_tui.rules.sheet import Cell, Column, Form, Table

_COLUMNS = [
    Column("序号", 5),
    Column("日期", 11),
    Column("活动", 32, "left"),
    Column("出席", 9),
    Column("请假或缺席事由", 20, "left"),
    Column("缺席跟进", 28, "left"),
    Column("补课", 24, "left"),
]
_CONTACTS = [Column("序号", 5), Column("日期", 11), Column("联系或谈话", 16), Column("内容", 97, "left")]


def member_year_sheet(branch: str, page: MemberYear) -> Workbook:
    """The page of one member: events with status, case and make-up; below them outreach and talks."""
    rows: list[list[Cell]] = [
        [
            number,
            it.on,
            it.event,
            STATUS_WORDS[it.status] if it.status else UNMARKED_WORD,
            it.told_reason,
            case_words(it),
            "\n".join(map(lesson_words, it.lessons)),
        ]
        for number, it in enumerate(page.events, 1)
    ]
    told = [(it.on, f"联系：{it.values['way']}", str(it.values["note"])) for it in page.outreach]
    told += [(it.on, f"谈话：{it.values['topic']}", str(it.values["note"])) for it in page.talks]
    contacts: list[list[Cell]] = [[number, *line] for number, line in enumerate(sorted(told), 1)]
    form = Form(
        title=f"{page.year}年党员参加活动情况",
        unit=(f"党支部：{branch}", f"党小组：{page.group}"),
        head=[(f"姓名：{page.name}", KIND_WORDS.get(page.kind, ""), year_words(page))],
        parts=(Table(_COLUMNS, rows), *([Table(_CONTACTS, contacts, "联系和谈话", repeats=False)] if contacts else [])),
        foot=[("本人签字：", "支部书记：")],
        landscape=True,
        mark="参考样式",
    )
    return print_form(form)


def year_words(page: MemberYear) -> str:
    """The year in one line of figures."""
    counts, (made_up, cases) = page.counts, page.made_up
    parts = [f"应到{counts.expected}次", f"到会{counts.came}次", f"请假{counts.leave}次", f"缺席{counts.absent}次"]
    parts += [f"其他方式{counts.other}次"] if counts.other else []
    parts += [f"未点{counts.unmarked}次"] if counts.unmarked else []
    return "，".join([*parts, f"补课{made_up}/{cases}次"])
