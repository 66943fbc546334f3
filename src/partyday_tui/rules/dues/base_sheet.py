"""Reads the sheet of base figures (党费核定基础数据) into rows, with every doubt named by its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.assessment import Part, base_of
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.rates import Rates, category_of
from partyday_tui.rules.dues.sheet_money import amount_of
from partyday_tui.rules.heads import Heads, Row, cell_text, data_rows, find_heads, head_key, vocabulary
from partyday_tui.rules.text import clean_line, clean_name

_WORDS = vocabulary(
    {
        "name": "姓名 党员姓名 名字",
        "group": "党小组 所在党小组 小组 组别",
        "category": "类别 党费类别 身份 人员类别 身份类别 缴费类别 交费类别",
        "income": "月工资收入 月工资收入税后 税后月工资收入 月收入 税后工资总额 税后工资 月工资 工资收入 核定基数 缴纳基数 交纳基数 基数 月平均纯收入",
        "pension": "养老金 基本养老金 基本离退休费 离退休费 退休金 退休费",
        "monthly": "每月应交党费 月应交党费 月应缴党费 每月应缴党费 月交党费",
        "note": "备注 说明",
    }
)
_MONEY = {"income": "月收入", "pension": "养老金", "monthly": "月应交党费"}
_RELIEF_WORDS = ("低保", "抚恤", "救济", "五保", "特困")


@dataclass(frozen=True, slots=True)
class BaseRow:
    """One member as the sheet states them; ``category`` a code, '' where it was not understood; ``problem`` refuses the row.

    ``stated_fen`` is the monthly amount that the sheet itself states, None where it has none; ``doubts`` are for the eye only.
    """

    row: int
    name: str
    group: str
    category: str
    base_fen: int | None
    parts: tuple[Part, ...]
    stated_fen: int | None
    note: str
    problem: str = ""
    doubts: tuple[str, ...] = ()


def read_base_rows(grid: Sequence[Row], rates: Rates, on: date) -> list[BaseRow]:
    """The rows of a sheet; raises UserMistake where it has no column of names or of categories."""
    heads = find_heads(grid, _WORDS, "name", {})
    if heads is None:
        raise UserMistake("没有找到「姓名」一栏，请核对是不是党费核定基础数据表。")
    if "category" not in heads.columns:
        raise UserMistake("没有找到「类别」一栏，请在表里加上类别（在职、农民、离退休等）后再导入。")
    columns = _part_columns(grid, heads, rates, on)
    return [_row(number, row, heads, columns, rates, on) for number, row in data_rows(grid, heads, "name")]


def _part_columns(grid: Sequence[Row], heads: Heads, rates: Rates, on: date) -> list[tuple[int, str]]:
    """(column, name) of the parts of a pay that the sheet lists one by one, such as 岗位工资 and 养老保险."""
    taken = set(heads.columns.values())
    found = []
    for number in heads.head_rows:
        for at, cell in enumerate(grid[number - 1]):
            name = head_key(cell)
            if at not in taken and name and rates.effect(name, on):
                found.append((at, name))
                taken.add(at)
    return found


def _row(
    number: int, row: Row, heads: Heads, columns: list[tuple[int, str]], rates: Rates, on: date
) -> BaseRow:  # fmt: skip
    def text(field: str) -> str:
        column = heads.columns.get(field)
        return clean_line(cell_text(row[column])).text if column is not None and column < len(row) else ""

    name = clean_name(text("name"))
    category, base, stated, problem = "", None, None, name.problem or ""
    parts: tuple[Part, ...] = ()
    told: list[str] = []
    try:
        category = category_of(text("category"))
        income = _money(row, heads, "income", told)
        pension = _money(row, heads, "pension", told)
        stated = _money(row, heads, "monthly", told)
        base = pension if category == "retired" and pension is not None else income if income is not None else pension
        parts = tuple(_parts(row, columns, rates, on)) if base is None else ()
        base = base_of(parts) if parts else base
        if base is None and rates.table(category, on).needs_base:
            problem = problem or f"{name.text or '这一行'} 缺少收入，请补上基数。"
    except UserMistake as mistake:
        problem = problem or mistake.sentence
    return BaseRow(
        number, name.text, text("group"), category, base, parts, stated, text("note"), problem,
        (*told, *_doubts(text("note"), category)),
    )  # fmt: skip


def _parts(row: Row, columns: list[tuple[int, str]], rates: Rates, on: date) -> list[Part]:
    found = []
    for at, name in columns:
        amount = amount_of(row[at]) if at < len(row) else None
        known = rates.effect(name, on)
        if amount and amount.fen and known:
            found.append(Part(name, known[0], amount.fen))
    return found


def _money(row: Row, heads: Heads, field: str, told: list[str]) -> int | None:
    column = heads.columns.get(field)
    amount = amount_of(row[column]) if column is not None and column < len(row) else None
    if amount and amount.finer:
        told.append(f"「{_MONEY[field]}」{amount.finer} 四舍五入到分，按 {yuan(amount.fen)} 元算。")
    return amount.fen if amount else None


def _doubts(note: str, category: str) -> tuple[str, ...]:
    if category != "relief" and any(word in note for word in _RELIEF_WORDS):
        return (f"备注写着「{note}」：领取低保金、靠抚恤或救济生活的每月交 0.2 元，请核对类别。",)
    return ()
