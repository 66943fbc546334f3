"""Reads the sheet of base figures (党费核定基础数据) into rows, with every doubt named by its row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.assessment import Part, base_of
from partyday_tui.rules.dues.money import LIMIT_FEN, yuan
from partyday_tui.rules.dues.pay_parts import (
    PayColumn,
    PayParts,
    heads_of_pay,
    pay_columns,
    read_parts,
    rounded_words,
)
from partyday_tui.rules.dues.rates import CATEGORY_WORDS, Rates, category_of
from partyday_tui.rules.dues.sheet_money import amount_of
from partyday_tui.rules.heads import Heads, Row, cell_text, data_rows, vocabulary
from partyday_tui.rules.roster_words import dues_category_of
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
_MIGRANT = re.compile(r"农民工|(?:外出|进城)务工")


@dataclass(frozen=True, slots=True)
class BaseRow:
    """One member as the sheet states them; ``category`` a code, '' where it was not understood; ``problem`` refuses the row.

    ``parts`` make ``base_fen``; they are empty where the sheet states a base that they do not add up to. ``stated_fen`` is the monthly
    amount that the sheet itself states, None where it has none; ``doubts`` are for the eye only.
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


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every row of a sheet is read by."""

    heads: Heads
    columns: Sequence[PayColumn]
    rates: Rates
    on: date


@dataclass(frozen=True, slots=True)
class _Stated:
    """The amounts of a row, in fen; ``doubts`` tell of what was rounded."""

    income: int | None
    pension: int | None
    monthly: int | None
    doubts: tuple[str, ...]


def read_base_rows(grid: Sequence[Row], rates: Rates, on: date) -> list[BaseRow]:
    """The rows of a sheet; raises UserMistake where it has no column of names or of categories."""
    heads = heads_of_pay(grid, _WORDS, "name")
    if heads is None:
        raise UserMistake("没有找到「姓名」一栏，请核对是不是党费核定基础数据表。")
    if "category" not in heads.columns:
        raise UserMistake("没有找到「类别」一栏，请在表里加上类别（在职、农民、离退休等）后再导入。")
    sheet = _Sheet(heads, pay_columns(grid, heads, rates, on), rates, on)
    return [_row(number, row, sheet) for number, row in data_rows(grid, heads, "name")]


def _row(number: int, row: Row, sheet: _Sheet) -> BaseRow:
    def text(field: str) -> str:
        column = sheet.heads.columns.get(field)
        return clean_line(cell_text(row[column])).text if column is not None and column < len(row) else ""

    name = clean_name(text("name"))
    category, base, monthly, problem = "", None, None, name.problem or ""
    parts: tuple[Part, ...] = ()
    pay = read_parts(row, sheet.columns)
    doubts = [*_strange_doubts(pay), *pay.rounded]
    try:
        stated = _stated(row, sheet.heads)
        monthly = stated.monthly
        doubts += stated.doubts
        earned = bool(stated.income or stated.pension or any(part.effect == "counts" for part in pay.parts))
        category, told = _category(text("category"), earned)
        doubts += told
        if sheet.rates.table(category, sheet.on).needs_base:
            base, parts, told = _base(category, stated, pay)
            doubts += told
            if base is None:
                problem = problem or f"{name.text or '这一行'} 缺少收入，请补上基数。"
        else:
            base = stated.pension if stated.income is None else stated.income
            doubts += _income_not_used(category, base, pay)
    except UserMistake as mistake:
        problem = problem or mistake.sentence
    doubts += _relief_doubts(text("note"), category)
    return BaseRow(
        number, name.text, text("group"), category, base, parts, monthly, text("note"), problem, tuple(doubts)
    )


def _stated(row: Row, heads: Heads) -> _Stated:
    found: dict[str, int | None] = {}
    doubts = []
    for field, word in _MONEY.items():
        column = heads.columns.get(field)
        amount = amount_of(row[column]) if column is not None and column < len(row) else None
        found[field] = amount.fen if amount else None
        if amount and amount.finer:
            doubts.append(rounded_words(word, amount.finer, amount.fen))
    return _Stated(found["income"], found["pension"], found["monthly"], tuple(doubts))


def _category(text: str, earned: bool) -> tuple[str, list[str]]:
    """The code of a category; of farmers who work away, those with a fixed income pay as 在职 do (D10, quoted only, so it is told)."""
    if not _MIGRANT.search(text) or dues_category_of(text) not in ("", "farmer"):
        return category_of(text), []
    if not earned:
        return "farmer", []
    return "wage", [f"「{text}」有固定工资收入的按在职的比例，没有固定收入的按农民的定额；这里按在职，请核对。"]


def _base(category: str, stated: _Stated, pay: PayParts) -> tuple[int | None, tuple[Part, ...], list[str]]:
    """(base, the parts that make it, doubts): what the sheet states as the base wins over its parts."""
    doubts: list[str] = []
    first, other = (stated.pension, stated.income) if category == "retired" else (stated.income, stated.pension)
    if first is not None and other:
        doubts.append(f"月收入和养老金两栏都有数，按 {yuan(first)} 元核定，另一栏 {yuan(other)} 元没有用，请核对。")
    if first is None and other is not None and category != "retired":
        doubts.append(f"{CATEGORY_WORDS[category]}党员只有养老金一栏有数，按它核定，请核对类别。")
    base = other if first is None else first
    if base is None:
        if pay.mistakes:
            raise UserMistake(pay.mistakes[0])
        base = base_of(pay.parts) if pay.parts else None
        if base is not None and base >= LIMIT_FEN:
            raise UserMistake(f"各项加起来 {yuan(base)} 元，太大，请核对各项金额。")
        return base, pay.parts, doubts
    parts, told = _beside(base, category == "retired" and first is not None, pay)
    return base, parts, [*doubts, *pay.mistakes, *told]


def _beside(base: int, is_pension: bool, pay: PayParts) -> tuple[tuple[Part, ...], list[str]]:
    """The parts that make a base which the sheet states, () where they do not, and what to tell of that.

    A basic pension has no parts: since 2017 the allowances beside it do not count (D7).
    """
    if not pay.parts:
        return (), []
    listed = "、".join(f"{part.name} {yuan(part.amount_fen)}" for part in pay.parts)
    if is_pension:
        return (), [f"离退休的按养老金一栏核定，别的项（{listed}）没有用，请核对。"]
    counted = sum(part.amount_fen for part in pay.parts if part.effect == "counts")
    made = counted - sum(part.amount_fen for part in pay.parts if part.effect == "taken_off")
    if made == base:
        return pay.parts, []
    if not counted:
        return (), [f"没有从写明的基数里再扣（{listed}），请核对基数是不是税后的。"] if made else []
    return (), [f"各项（{listed}）算出来是 {yuan(made)} 元，表里写的基数是 {yuan(base)} 元，按写的核定，请核对。"]


def _strange_doubts(pay: PayParts) -> list[str]:
    return [
        f"「{head}」{yuan(fen)} 元不知道算不算基数，没有用，请核对。" for head, fen in pay.strange
    ]  # fmt: skip


def _income_not_used(category: str, base_fen: int | None, pay: PayParts) -> list[str]:
    """Where an income stands beside a category that pays a fixed sum."""
    income = base_fen or sum(part.amount_fen for part in pay.parts if part.effect == "counts")
    if not income:
        return []
    word = CATEGORY_WORDS[category]
    return [f"按{word}交定额，表里写的收入 {yuan(income)} 元没有用；有固定收入的请把类别改成在职等再导入。"]


def _relief_doubts(note: str, category: str) -> list[str]:
    if category != "relief" and any(word in note for word in _RELIEF_WORDS):
        return [f"备注写着「{note}」：领取低保金、靠抚恤或救济生活的每月交 0.2 元，请核对类别。"]
    return []
