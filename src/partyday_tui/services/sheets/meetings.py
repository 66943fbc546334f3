"""三会一课台账 and 组织生活开展情况统计表 (domain.md 2.c, F1, F2, F12)."""

from __future__ import annotations

from partyday_tui.rules.events import KIND_WORDS, state_word
from partyday_tui.rules.sheet import Chart, Column, Form, Table, Value
from partyday_tui.services.books import branch_of
from partyday_tui.services.meetings import (
    FOUR_KINDS,
    SPANS,
    KindOfYear,
    Meeting,
    MonthOfPartyDays,
    kinds_of_year,
    meetings_of_year,
    party_days_of_year,
)
from partyday_tui.store.book import Book

_RATE = "0.0%"
_SPAN_WORDS = {1: "每月", 3: "每季度", 12: "每年"}


def register_form(book: Book, year: int) -> Form:
    """三会一课台账: every 党员大会, 支委会, 党小组会 and 党课 of the year, also those that count as something else besides."""
    found = [it for it in meetings_of_year(book, year) if it.event.kinds & FOUR_KINDS]
    table = Table(
        (
            Column("序号", 5),
            Column("会议类型", 13),
            Column("主题", 32, "left"),
            Column("日期", 12),
            Column("起止时间", 12),
            Column("地点", 13),
            Column("主持人", 9),
            Column("记录人", 9),
            Column("应到", 6),
            Column("实到", 6),
            Column("到会率", 8, number_format=_RATE),
            Column("状态", 8),
        ),
        [[number, *_cells(it, book)] for number, it in enumerate(found, 1)],
        row_height=24,
        empty="这一年还没有安排三会一课",
        size=10,
    )
    return Form(
        f"{year}年三会一课台账",
        (table,),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}"),
        foot=(("填表人：", "支部书记："),),
        landscape=True,
        name="三会一课台账",
    )


def statistics_form(book: Book, year: int) -> Form:
    """组织生活开展情况统计表: how often each kind was held by month, then the attendance of the party days with a chart."""
    months = [Column(f"{month}月", 4) for month in range(1, 13)]
    kinds = Table(
        (
            Column("类型", 11),
            *months,
            Column("开展次数", 7),
            Column("开展月份数", 7),
            Column("要求", 7),
            Column("完成率", 7, number_format=_RATE),
        ),
        [_kind_cells(it) for it in kinds_of_year(book, year)],
        row_height=24,
        repeats=False,
        size=10,
    )
    return Form(
        f"{year}年组织生活开展情况统计表",
        (kinds, _attendance(party_days_of_year(book, year), year)),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}　单位：次"),
        foot=(("填表人：", "支部书记："),),
        name="组织生活统计表",
    )


def _cells(meeting: Meeting, book: Book) -> list[Value]:
    event, counts = meeting.event, meeting.counts
    heads: list[Value] = [counts.expected, counts.came, counts.rate] if meeting.is_called else [None, None, None]
    return [
        event.kind_words,
        event.theme or event.content,
        event.on_date or f"{event.month}（未定）",
        "-".join(filter(None, [event.starts_at, event.ends_at])),
        event.place,
        meeting.host,
        meeting.recorder,
        *heads,
        state_word(event, book.clock.today),
    ]


def _kind_cells(it: KindOfYear) -> list[Value]:
    done, wanted = it.spans
    times: list[Value] = [number or None for number in it.held]
    return [KIND_WORDS[it.kind], *times, sum(it.held), it.months_held, _SPAN_WORDS[SPANS[it.kind]], done / wanted]


def _attendance(months: list[MonthOfPartyDays], year: int) -> Table:
    """By month; a month whose roll nobody called stays blank, since unmarked is unmarked."""
    rows: list[list[Value]] = []
    for it in months:
        counts = it.counts
        heads = (counts.expected, counts.came, counts.leave, counts.absent, counts.other)
        rates = (counts.rate, counts.rate_after_deductions)
        rows.append(
            [f"{it.month.month}月", it.times, *heads, *rates] if it.times else [f"{it.month.month}月", *[None] * 8]
        )
    chart = (
        Chart(f"{year}年主题党日到会率", ("到会率", "扣除后到会率"), top=1.0)
        if any(it.times for it in months)
        else None
    )
    return Table(
        (
            Column("月份", 8),
            Column("次数", 8),
            Column("应到", 8),
            Column("实到", 8),
            Column("请假", 8),
            Column("缺席", 8),
            Column("其他方式", 9),
            Column("到会率", 9, number_format=_RATE),
            Column("扣除后到会率", 12, number_format=_RATE),
        ),
        rows,
        "主题党日到会情况（人次）",
        row_height=18,
        chart=chart,
        repeats=False,
        size=10,
    )
