"""A year's attendance with both rates, the deduction list behind the second, and the members' counts (F1, F2, ATT-15; 参考样式)."""

from openpyxl import Workbook

from partyday_tui.excel.page import add_form, new_workbook
from partyday_tui.rules.attendance_year import AttendanceYear, why_deducted
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD, percent
from partyday_tui.rules.sheet import Cell, Column, Form, Table

_MARK = "参考样式"
_EVENTS = [
    Column("序号", 5),
    Column("日期", 11),
    Column("活动", 34, "left"),
    *(Column(word, 6) for word in ("应到", "实到", "请假", "缺席", "其他", "未点")),
    Column("到会率", 9),
    Column("扣除", 6),
    Column("扣除后", 9),
]
_DEDUCTED = [
    Column("序号", 5),
    Column("日期", 11),
    Column("活动", 34, "left"),
    Column("姓名", 14),
    Column("党小组", 14),
    Column("扣除原因", 14),
    Column("出席", 10),
    Column("事由", 20, "left"),
]
_MEMBERS = [
    Column("序号", 5),
    Column("姓名", 14),
    Column("党小组", 14),
    *(Column(word, 8) for word in ("应到", "到会", "迟到", "请假", "缺席", "其他方式", "未点", "要跟进", "已补课")),
]


def attendance_sheets(branch: str, year: AttendanceYear) -> Workbook:
    """Three sheets: the events with both rates, who was deducted at each, and the members in the order of the roster."""
    workbook = new_workbook()
    unit = (f"党支部：{branch}", f"{year.year}年")
    foot = [
        ("到会率＝实到人数／应到人数；扣除后＝实到人数／（应到人数－未到会的流动、年老体弱党员）。",),
        ("记录人：", "支部书记："),
    ]
    for title, table in (
        ("活动到会率", Table(_EVENTS, _event_rows(year))),
        ("扣除名单", Table(_DEDUCTED, _deducted_rows(year))),
        ("党员参加活动情况", Table(_MEMBERS, _member_rows(year))),
    ):
        add_form(workbook, Form(title=title, unit=unit, parts=(table,), foot=foot, landscape=True, mark=_MARK))
        foot = [("记录人：", "支部书记：")]
    return workbook


def _event_rows(year: AttendanceYear) -> list[list[Cell]]:
    return [
        [
            number,
            it.on,
            it.event,
            it.counts.expected,
            it.counts.came,
            it.counts.leave,
            it.counts.absent,
            it.counts.other,
            it.counts.unmarked,
            percent(it.counts.rate),
            it.counts.deducted,
            percent(it.counts.rate_after_deductions),
        ]
        for number, it in enumerate(year.events, 1)
    ]


def _deducted_rows(year: AttendanceYear) -> list[list[Cell]]:
    found = [(event, it) for event in year.events for it in event.deducted]
    return [
        [
            number,
            event.on,
            event.event,
            it.name,
            it.group,
            why_deducted(it),
            STATUS_WORDS[it.status] if it.status else UNMARKED_WORD,
            it.told_reason,
        ]
        for number, (event, it) in enumerate(found, 1)
    ]


def _member_rows(year: AttendanceYear) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for number, it in enumerate(year.members, 1):
        counts, (made_up, cases) = it.counts, it.made_up
        heads = (
            counts.expected,
            counts.present,
            counts.late,
            counts.leave,
            counts.absent,
            counts.other,
            counts.unmarked,
        )
        row: list[Cell] = [number, it.name, it.group, *heads, cases, made_up]
        rows.append(row)
    return rows
