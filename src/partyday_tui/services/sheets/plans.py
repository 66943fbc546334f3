"""The papers of a year's plan: 年度主题党日活动计划表 and 学习计划 (CAL-01, CAL-15, CAL-19, CAL-20, CON-03)."""

from __future__ import annotations

from collections.abc import Iterable

from partyday_tui.rules.month import Month
from partyday_tui.rules.planned_dates import FOUNDING_DAY, PARTY_DAY
from partyday_tui.rules.sheet import Column, Form, Table, Value
from partyday_tui.services.books import branch_of
from partyday_tui.services.plan import PlanLine, year_plan
from partyday_tui.services.yearly_plans import read_plans
from partyday_tui.store.book import Book

_WEEKDAYS = "一二三四五六日"


def year_plan_form(book: Book, year: int) -> Form:
    """年度计划表: the party days and 七一 items in order, also those that the rules give and nobody has written yet."""
    lines = [line for line in year_plan(book, year).lines if line.event.kinds & (PARTY_DAY | FOUNDING_DAY)]
    table = Table(
        (
            Column("序号", 5),
            Column("活动时间", 15),
            Column("活动方式", 13),
            Column("活动内容", 33, "left"),
            Column("地点", 14),
            Column("责任人", 9),
            Column("备注", 17, "left"),
        ),
        [[number, *_plan_cells(line)] for number, line in enumerate(lines, 1)],
        row_height=24,
        row_height_to=44,
        empty="这一年还没有排计划",
    )
    return Form(
        f"{year}年度主题党日活动计划表",
        (table,),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"填表日期：{book.clock.today}"),
        foot=(("制表人：", "支部书记：", "报上级备案日期："),),
        name="年度计划表",
        landscape=True,
    )


def study_form(book: Book, year: int) -> Form:
    """学习计划: the topic of each month, the reading of the constitution, and the year's plans with their dates."""
    plans = read_plans(book, year)
    topics = Table(
        (Column("月份", 10), Column("学习内容", 58, "left"), Column("备注", 20)),
        [[f"{month}月", plans.topics.get(month, ""), None] for month in range(1, 13)],
        "每月学习内容",
        row_height=24,
        repeats=False,
    )
    segments = Table(
        (Column("序号", 10), Column("章节", 58, "left"), Column("诵读日期", 20)),
        [[number, it.title, _days(it.read_on)] for number, it in enumerate(plans.segments, 1)],
        "诵读党章",
        repeats=False,
        empty="还没有排党章诵读计划",
    )
    made = Table(
        (Column("序号", 10), Column("计划", 38, "left"), Column("制定日期", 20), Column("报备日期", 20)),
        [[number, it.name, it.made_on, it.filed_on] for number, it in enumerate(plans.plans, 1)],
        "年度各项计划",
        repeats=False,
        empty="没有要制定的计划",
    )
    return Form(
        f"{year}年度党员学习计划",
        (topics, segments, made),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"填表日期：{book.clock.today}"),
        foot=(("制表人：", "支部书记："),),
        grid=(10, 38, 20, 20),
        name="学习计划",
    )


def _plan_cells(line: PlanLine) -> list[Value]:
    event = line.event
    day = event.on_date
    clock = "-".join(filter(None, [event.starts_at, event.ends_at]))
    when = f"{day:%m-%d} 星期{_WEEKDAYS[day.weekday()]}" if day else f"{Month.parse(event.month).month}月，日期未定"
    kinds = "" if event.kinds == {"party_day"} else event.kind_words
    what = "\n".join(dict.fromkeys(filter(None, [event.theme, event.content])))
    return [
        "\n".join(filter(None, [when, clock])),
        event.form,
        "\n".join(filter(None, [kinds, what])) or "主题未定",
        event.place,
        event.in_charge,
        "；".join(dict.fromkeys(filter(None, [line.reason, event.note]))),
    ]


def _days(days: Iterable[object]) -> str:
    return "、".join(str(day) for day in days)
