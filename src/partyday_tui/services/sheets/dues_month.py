"""The papers of a month's dues: 收缴月报 and 上缴单 (DUE-06, DUE-09, D19)."""

from __future__ import annotations

from collections.abc import Iterable

from partyday_tui.rules.dues.entries import COLLECTED_KINDS, METHOD_WORDS, Entry, cash_of
from partyday_tui.rules.dues.money import capitals
from partyday_tui.rules.month import Month
from partyday_tui.rules.sheet import MONEY, Column, Facts, Form, Table, Value, yuan_value
from partyday_tui.services.books import branch_of
from partyday_tui.services.dues_months import STATE_WORDS, MonthFigures, month_figures
from partyday_tui.services.namesakes import names_apart
from partyday_tui.store import dues
from partyday_tui.store.book import Book

_NOT_SETTLED = "未交清"


def month_form(book: Book, month: Month) -> Form:
    """党费收缴月报: the figures of the month, by kind and method, and how each member stands."""
    figures, entries = month_figures(book, month), _entries(book, month)
    members = _members(figures, names_apart(book, [(row.member_id, row.member_name) for row in figures.rows]))
    return Form(
        f"{month.year}年{month.month}月党费收缴月报",
        (_figures(figures), _collected(entries), members),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}　单位：元"),
        foot=(("收款人：", "组织委员：", "支部书记：", "年  月  日"),),
        grid=[column.width for column in members.columns],
        name="党费收缴月报",
    )


def remittance_form(book: Book, month: Month) -> Form:
    """党费上缴单: what was handed over in the month, or with nothing handed over yet a slip to be filled in for what is in hand."""
    branch, figures = branch_of(book), month_figures(book, month)
    entries = _standing(entry for entry in _entries(book, month) if entry.kind == "remittance")
    amount = sum(entry.amount_fen for entry in entries) if entries else max(figures.in_hand_fen, 0)
    rows = [_handed_over(number, entry) for number, entry in enumerate(entries, 1)] or [
        [1, "  月  日", "在手党费（待上缴）", yuan_value(amount), None, None, branch.secretary, None]
    ]
    head = Facts(
        (
            (("上缴单位", branch.name), ("收缴单位", branch.superior)),
            (("上缴月份", f"{month.year}年{month.month}月"), ("金额", yuan_value(amount))),
            (("人民币大写", capitals(amount)),),
        ),
        row_height=30,
    )
    sums = (("本年已上缴", yuan_value(figures.remitted_this_year_fen)), ("现在手", yuan_value(figures.in_hand_fen)))
    return Form(
        "党费上缴单",
        (head, _slip(rows, amount), Facts((sums,))),
        unit=(f"上缴单位（盖章）：{branch.name}", "单位：元"),
        foot=(("交款人（签字）：", "收款人（签字）：", "收款单位（盖章）："), ("", "", "年  月  日")),
        grid=(1.0,) * 32,
        name="党费上缴单",
    )


def _standing(entries: Iterable[Entry]) -> list[Entry]:
    """The entries without those that another one of them takes back, and without that one."""
    known = {entry.id: entry for entry in entries}
    gone = {entry.reverses for entry in known.values()}
    return [it for it in known.values() if it.id not in gone and it.reverses not in known]


def _slip(rows: list[list[Value]], amount: int) -> Table:
    return Table(
        (
            Column("序号", 2),
            Column("上缴日期", 5),
            Column("事项", 5),
            Column("金额", 4, number_format=MONEY),
            Column("方式", 4),
            Column("收据号", 5),
            Column("经手人", 4),
            Column("备注", 3, "left"),
        ),
        rows,
        totals=[["合计", None, None, yuan_value(amount), None, None, None, None]],
        row_height=28,
    )


def _entries(book: Book, month: Month) -> list[Entry]:
    return dues.entries_between(book, month.first_day.isoformat(), month.last_day.isoformat())


def _figures(figures: MonthFigures) -> Facts:
    heads = figures.heads
    unsettled = heads("unpaid") + heads("")
    return Facts(
        (
            (("应交人数", figures.owing), ("已交人数", heads("paid")), ("未交清", unsettled)),
            (
                ("免交人数", heads("exempt")),
                ("缓交人数", heads("deferred")),
                ("月结日期", figures.closed_on or "未月结"),
            ),
            (("本月应交", yuan_value(figures.due_fen)), ("本月已交", yuan_value(figures.paid_fen))),
            (("累计欠交", yuan_value(figures.arrears_fen)), ("本月收到", yuan_value(figures.collected_fen))),
            (("收到大写", capitals(figures.collected_fen)),),
            (("本月上缴", yuan_value(figures.remitted_fen)), ("现在手", yuan_value(figures.in_hand_fen))),
        )
    )


def _collected(entries: list[Entry]) -> Table:
    """What came in in the month, by kind and method."""
    sums = {
        kind: cash_of((it.kind, it.method, it.amount_fen) for it in entries if it.kind == kind).by_method
        for kind in dict.fromkeys(it.kind for it in entries if it.kind in COLLECTED_KINDS)
    }
    methods = list(METHOD_WORDS)
    rows: list[list[Value]] = [
        [COLLECTED_KINDS[kind], *(yuan_value(sums[kind][it]) for it in methods), yuan_value(sum(sums[kind].values()))]
        for kind in COLLECTED_KINDS
        if kind in sums
    ]
    totals = [sum(by_method[it] for by_method in sums.values()) for it in methods]
    money = [Column(METHOD_WORDS[it], 4, number_format=MONEY) for it in methods]
    return Table(
        (Column("项目", 4), *money, Column("合计", 4, number_format=MONEY)),
        rows,
        "本月收到（按项目和方式）",
        totals=[["合计", *map(yuan_value, totals), yuan_value(sum(totals))]] if rows else (),
        repeats=False,
        empty="本月没有收到党费",
    )


def _members(figures: MonthFigures, names: dict[int, str]) -> Table:
    return Table(
        (
            Column("序号", 11),
            Column("姓名", 18),
            Column("应交", 13, number_format=MONEY),
            Column("实交", 14, number_format=MONEY),
            Column("情况", 12),
            Column("备注", 18),
        ),
        [
            [
                number,
                names[row.member_id],
                yuan_value(row.due_fen),
                yuan_value(row.paid_fen),
                STATE_WORDS.get(row.state, _NOT_SETTLED),
                row.reason if row.due_fen is not None else "；".join(filter(None, ["未核定", row.reason])),
            ]
            for number, row in enumerate(figures.rows, 1)
        ],
        "逐人",
        totals=[
            [
                "合计",
                None,
                yuan_value(sum(row.due_fen or 0 for row in figures.rows)),
                yuan_value(sum(row.paid_fen for row in figures.rows)),
                None,
                None,
            ]
        ]
        if figures.rows
        else (),
        row_height=20,
        empty="本月没有应交党费的党员",
    )


def _handed_over(number: int, entry: Entry) -> list[Value]:
    return [
        number, entry.on_date, entry.kind_word, yuan_value(entry.amount_fen), entry.method_word, entry.receipt_no, entry.taken_by, entry.note,
    ]  # fmt: skip
