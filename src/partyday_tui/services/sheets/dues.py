"""The papers of a year's dues: 核定表, 缴纳登记表 and 公示 (DUE-04, DUE-05, DUE-07; the layout is domain.md 2.a's proposal)."""

from __future__ import annotations

from collections.abc import Sequence

from partyday_tui.rules.dues.assessment import rate_words
from partyday_tui.rules.dues.money import capitals, yuan
from partyday_tui.rules.dues.rates import CATEGORY_WORDS
from partyday_tui.rules.month import Month
from partyday_tui.rules.sheet import ABOVE, MONEY, Cell, Chart, Column, Facts, Form, Table, Value, yuan_value
from partyday_tui.services.books import branch_of
from partyday_tui.services.dues_assess import SheetRow, assessment_sheet
from partyday_tui.services.dues_ledger import Categories, YearGrid, YearRow, year_grid
from partyday_tui.services.dues_publish import YearSheet, year_sheet
from partyday_tui.services.namesakes import names_apart
from partyday_tui.store.book import Book
from partyday_tui.store.dues_assessments import Assessment, Payer

_RELIEF_WORDS = {"reduced": "少交", "exempt": "免交"}
_UNASSESSED = "未核定"


def assessment_form(book: Book, year: int) -> Form:
    """党员月交纳党费数额核定表: every decision that holds in the year, one line each, for the members to sign."""
    rows: list[list[Value]] = []
    total = 0
    sheet = assessment_sheet(book, year)
    names = _names(book, [row.payer for row in sheet])
    for number, row in enumerate(sheet, 1):
        rows += _assessed(number, row, names[row.payer.id])
        total += row.current.monthly_fen if row.current else 0
    table = Table(
        (
            Column("序号", 5),
            Column("姓名", 15),
            Column("类别", 9),
            Column("核定基数", 11, "right", MONEY),
            Column("交纳比例", 9),
            Column("每月应交党费", 12, "right", MONEY),
            Column("起算月份", 9),
            Column("核定日期", 12),
            Column("批准人", 10),
            Column("本人签字", 12),
            Column("备注", 14, "left"),
        ),
        rows,
        totals=[
            ["合计", None, None, None, None, yuan_value(total), None, None, None, None, f"大写：{capitals(total)}"]
        ],
        empty="这一年没有要核定的党员",
    )
    return Form(
        f"{year}年党员月交纳党费数额核定表",
        (table,),
        unit=(f"填报单位（盖章）：{branch_of(book).name}", f"填表日期：{book.clock.today}　单位：元"),
        foot=(("填报人：", "审核人：", "支部书记：", "联系电话："),),
        landscape=True,
        name="党费核定表",
    )


def register_form(book: Book, year: int) -> Form:
    """党费缴纳登记表: member by month with the amount and under it the day of paying, totals by month and by member."""
    grid = year_grid(book, year)
    rows: list[list[Cell]] = []
    names = _names(book, [row.payer for row in grid.rows])
    categories = Categories(book, year)
    for number, row in enumerate(grid.rows, 1):
        held = categories.of(row.payer.id)[-1] or row.payer.category
        rows += _paid(number, row, names[row.payer.id], CATEGORY_WORDS.get(held, held), year)
    months = [Column(f"{month}月", 6.2, number_format=MONEY) for month in range(1, 13)]
    table = Table(
        (
            Column("序号", 4),
            Column("姓名", 8.5),
            Column("类别", 7),
            Column("月应交", 7, number_format=MONEY),
            *months,
            Column("全年应交", 8, number_format=MONEY),
            Column("全年实交", 8, number_format=MONEY),
            Column("未交", 7, number_format=MONEY),
            Column("本人签字", 8.5),
            Column("备注", 7),
        ),
        rows,
        totals=_register_totals(grid),
        row_height=15,
        empty="这一年没有应交党费的党员",
        size=9,
    )
    paid = grid.paid_fen
    return Form(
        f"{year}年党支部党员党费缴纳登记表",
        (table,),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"填表日期：{book.clock.today}　单位：元"),
        foot=(
            (f"全年实交合计（大写）：{capitals(paid)}", f"￥{yuan(paid)}"),
            ("收款人：", "组织委员：", "支部书记：", "年  月  日"),
        ),
        landscape=True,
        name="党费缴纳登记表",
    )


def publication_form(book: Book, year: int) -> Form:
    """党费收缴情况公示: the sums of the year, by category, by month with a chart, and every member (DUE-07, D9)."""
    sheet = year_sheet(book, year)
    shown = "；".join(f"{it.published_on} {it.place}".strip() for it in sheet.published)
    members = _by_member(sheet.grid, _names(book, [row.payer for row in sheet.grid.rows]))
    return Form(
        f"{year}年党费收缴情况公示",
        (_sums(sheet), _by_category(sheet), _by_month(sheet.grid), members),
        unit=(f"党支部（盖章）：{branch_of(book).name}", f"制表日期：{book.clock.today}　单位：元"),
        foot=((f"已公示：{shown}" if shown else "公示日期：", "监督电话："), ("制表人：", "支部书记：")),
        grid=[column.width for column in members.columns],
        name="党费公示",
    )


def _names(book: Book, payers: Sequence[Payer]) -> dict[int, str]:
    return names_apart(book, [(it.id, it.name) for it in payers])


def _assessed(number: int, row: SheetRow, name: str) -> list[list[Value]]:
    """One line for each decision of the year; the name and the number stand in the first."""
    if not row.history:
        return [[number, name, *[None] * 8, _UNASSESSED]]
    holding = {
        it.valid_from: it for it in row.history
    }.values()  # one that was put right from its own month holds no more
    return [
        [
            number if first else None,
            name,
            CATEGORY_WORDS.get(it.category, it.category),
            yuan_value(it.base_fen),
            "定额" if it.rate is None else rate_words(it.rate),
            yuan_value(it.monthly_fen),
            f"{int(it.valid_from[5:])}月",
            it.approved_on or "",
            it.approved_by,
            None,
            _remark(it),
        ]
        for first, it in zip((True, *[False] * len(holding)), holding, strict=False)
    ]


def _remark(assessment: Assessment) -> str:
    relief = ""
    if assessment.relief:
        papers = " ".join(filter(None, [assessment.relief_by, assessment.relief_document]))
        relief = f"{_RELIEF_WORDS.get(assessment.relief, '')}（{papers}）"
    return "；".join(filter(None, [relief, assessment.reason]))


def _paid(number: int, row: YearRow, name: str, category: str, year: int) -> list[list[Cell]]:
    """Two lines: the amounts, and under them the days on which they were paid."""
    assessed = {fen for fen in row.due if fen}
    monthly = yuan_value(max(assessed)) if len(assessed) == 1 else "见核定" if assessed else None
    amounts: list[Cell] = [
        yuan_value(fen) if fen else "外地" if row.is_elsewhere(Month(year, at)) else None
        for at, fen in enumerate(row.paid, 1)
    ]
    days: list[Cell] = [day[5:] if day else None for day in row.paid_on]
    extra = f"另自愿交{yuan(row.extra_fen)}" if row.extra_fen else ""
    unknown = _UNASSESSED if any(fen is None for fen in row.due) else ""
    sums = [yuan_value(row.due_fen), yuan_value(row.paid_fen), yuan_value(row.short_fen)]
    elsewhere = "；".join(map(str, row.aways))
    return [
        [number, name, category, monthly, *amounts, *sums, None, "\n".join(filter(None, [extra, unknown, elsewhere]))],
        [ABOVE, ABOVE, ABOVE, ABOVE, *days, ABOVE, ABOVE, ABOVE, ABOVE, ABOVE],
    ]


def _register_totals(grid: YearGrid) -> list[list[Cell]]:
    due = [yuan_value(fen) for fen, _ in grid.month_totals]
    paid = [yuan_value(fen) for _, fen in grid.month_totals]
    short = sum(row.short_fen for row in grid.rows)
    return [
        [None, "应交合计", None, None, *due, yuan_value(grid.due_fen), None, None, None, None],
        [None, "实交合计", None, None, *paid, None, yuan_value(grid.paid_fen), yuan_value(short), None, None],
        [None, "收款人签章", None, None, *([None] * 17)],
    ]


def _sums(sheet: YearSheet) -> Facts:
    kinds = sheet.by_kind
    return Facts(
        (
            (("应交党费", yuan_value(sheet.grid.due_fen)), ("实交党费", yuan_value(sheet.grid.paid_fen))),
            (("全年收缴", yuan_value(sheet.collected_fen)), ("收缴大写", capitals(sheet.collected_fen))),
            (
                ("自愿多交", yuan_value(kinds.get("voluntary", 0))),
                ("大额党费", yuan_value(kinds.get("large", 0))),
            ),
            (("全年上缴", yuan_value(sheet.remitted_fen)), ("上缴大写", capitals(sheet.remitted_fen))),
            (("上级返还", yuan_value(kinds.get("returned", 0))), ("支部使用", yuan_value(kinds.get("used", 0)))),
        )
    )


def _by_category(sheet: YearSheet) -> Table:
    found = sheet.categories
    return Table(
        (
            Column("类别", 6),
            Column("人数", 6),
            Column("全年应交", 6, number_format=MONEY),
            Column("全年实交", 6, number_format=MONEY),
        ),
        [
            [CATEGORY_WORDS[it.category], it.heads, yuan_value(it.due_fen), yuan_value(it.paid_fen)] for it in found
        ],
        "按类别",
        totals=[
            [
                "合计",
                sum(it.heads for it in found),
                yuan_value(sum(it.due_fen for it in found)),
                yuan_value(sum(it.paid_fen for it in found)),
            ]
        ]
        if found
        else (),
        repeats=False,
        empty="还没有核定",
    )  # fmt: skip


def _by_month(grid: YearGrid) -> Table:
    return Table(
        (Column("月份", 8), Column("应交", 8, number_format=MONEY), Column("实交", 8, number_format=MONEY)),
        [[f"{number}月", yuan_value(due), yuan_value(paid)] for number, (due, paid) in enumerate(grid.month_totals, 1)],
        "按月份",
        row_height=18,
        chart=Chart(f"{grid.year}年各月党费", ("应交", "实交"), "元") if grid.due_fen or grid.paid_fen else None,
        repeats=False,
    )


def _by_member(grid: YearGrid, names: dict[int, str]) -> Table:
    return Table(
        (
            Column("序号", 11),
            Column("姓名", 28),
            Column("全年应交", 15, number_format=MONEY),
            Column("全年实交", 15, number_format=MONEY),
            Column("备注", 17),
        ),
        [
            [
                number,
                names[row.payer.id],
                yuan_value(row.due_fen),
                yuan_value(row.paid_fen),
                f"未交{yuan(row.short_fen)}" if row.short_fen else "在外地交" if row.aways else "",
            ]
            for number, row in enumerate(grid.rows, 1)
        ],
        "逐人",
        totals=[["合计", None, yuan_value(grid.due_fen), yuan_value(grid.paid_fen), None]] if grid.rows else (),
        row_height=20,
        empty="没有应交党费的党员",
    )
