"""What a member pays a month, worked out from the tables, with everything that the assessment sheet says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import fen_from_yuan, yuan
from partyday_tui.rules.dues.rates import CATEGORY_WORDS, Bracket, Effect, Grounds, Notice, Rates, Table
from partyday_tui.rules.dues.settings import Rounding

USUAL_MONTHLY_LIMIT_FEN = 100_000
OVER_THE_USUAL_LIMIT = "每月交纳党费一般不超过1000元，超过的部分按自愿多交办理（组电明字〔2017〕5号）"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an income: its name, what it does to the base, and its amount (never negative)."""

    name: str
    effect: Effect
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Assessed:
    """The outcome of the tables: ``rate`` in ten-thousandths, None where a sum is fixed; the sentences are Chinese.

    ``bracket`` names the range, ``jump`` says what happens at its lower edge ('' at the first), ``base_grounds`` says what the base is.
    """

    category: str
    base_fen: int | None
    rate: int | None
    monthly_fen: int
    bracket: str
    jump: str
    grounds: Grounds
    base_grounds: Grounds | None
    warnings: tuple[str, ...] = ()

    @property
    def notice(self) -> Notice:
        """The notice whose table holds."""
        return self.grounds.notice

    @property
    def category_word(self) -> str:
        """在职, 农民 …"""
        return CATEGORY_WORDS[self.category]

    @property
    def rate_words(self) -> str:
        """``0.5%``, or 定额."""
        return "定额" if self.rate is None else rate_words(self.rate)


def rate_words(rate: int) -> str:
    """Ten-thousandths as percent: ``50`` is ``0.5%``."""
    whole, rest = divmod(rate, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def assess(
    rates: Rates, category: str, base_fen: int | None, on: date, *, rounding: Rounding, farmer_fen: int
) -> Assessed:
    """What a member of `category` (a code) with this monthly base pays from `on`; the rate is on the whole base, not slice by slice (D2).

    ``farmer_fen`` is what the place picked for farmers. Raises UserMistake where a base is needed and missing, or negative.
    """
    table = rates.table(category, on)
    if not table.needs_base:
        return _fixed(table, category, farmer_fen)
    base = rates.base(category, on)
    if base_fen is None:
        what = f"（{base.grounds.sentence}）" if base else ""
        raise UserMistake(f"{CATEGORY_WORDS[category]}党员要有月收入才能核定，请填写基数{what}。")
    if base_fen < 0:
        raise UserMistake("核定基数不能是负数，请核对各项收入和扣除。")
    at = _bracket_of(table, base_fen)
    bracket = table.brackets[at]
    monthly = rounding.of(base_fen, bracket.rate)
    warnings = []
    if monthly > USUAL_MONTHLY_LIMIT_FEN:
        warnings.append(f"每月 {yuan(monthly)} 元。{OVER_THE_USUAL_LIMIT}，请与本人和上级核对。")
    if base_fen == 0:
        warnings.append("基数是 0 元，请核对是否漏填收入。")
    return Assessed(
        category, base_fen, bracket.rate, monthly, _range_words(table, at), _jump_words(table, at, rounding),
        table.grounds, base.grounds if base else None, tuple(warnings),
    )  # fmt: skip


def base_of(parts: Sequence[Part]) -> int:
    """The base from its parts: what counts less what is taken off; raises UserMistake where less than nothing is left."""
    counted = sum(part.amount_fen for part in parts if part.effect == "counts")
    taken_off = sum(part.amount_fen for part in parts if part.effect == "taken_off")
    if taken_off > counted:
        raise UserMistake(f"扣除的 {yuan(taken_off)} 元超过计入的 {yuan(counted)} 元，请核对各项金额。")
    return counted - taken_off


def part_from_text(rates: Rates, text: str, on: date) -> Part:
    """Read ``岗位工资=3000`` (or ``+名=``, ``-名=`` to say oneself whether it counts or is taken off)."""
    name, equals, amount = text.partition("=")
    effect: Effect | None = "counts" if name[:1] == "+" else "taken_off" if name[:1] == "-" else None
    name = name.lstrip("+-").strip()
    if not equals or not name:
        raise UserMistake(f"「{text}」没有看懂，请写成 岗位工资=3000 这样。")
    known = rates.effect(name, on)
    if effect is None and known is None:
        raise UserMistake(f"不知道「{name}」算不算基数，请写成 +{name}={amount}（计入）或 -{name}={amount}（扣除）。")
    fen = fen_from_yuan(amount)
    if fen < 0:
        raise UserMistake(f"「{text}」的金额是负数，请写正数，要扣除的在名称前加 -。")
    return Part(name, effect or (known[0] if known else "counts"), fen)


def _fixed(table: Table, category: str, farmer_fen: int) -> Assessed:
    monthly = farmer_fen if table.fixed_fen is None else table.fixed_fen
    picked = f"，当地在 {yuan(table.lowest_fen)} 至 {yuan(table.highest_fen)} 元之间确定"
    bracket = f"定额{picked if table.fixed_fen is None else ''}"
    warnings = []
    if table.fixed_fen is None and not table.lowest_fen <= monthly <= table.highest_fen:
        warnings.append(
            f"本地标准每月 {yuan(monthly)} 元不在 {yuan(table.lowest_fen)} 至 {yuan(table.highest_fen)} 元之间，请核对。"
        )
    return Assessed(category, None, None, monthly, bracket, "", table.grounds, None, tuple(warnings))


def _bracket_of(table: Table, base_fen: int) -> int:
    return next(
        at for at, each in enumerate(table.brackets) if each.up_to_fen is None or base_fen <= each.up_to_fen
    )  # fmt: skip


def _range_words(table: Table, at: int) -> str:
    above, bracket = _lower_edge(table, at), table.brackets[at]
    rate = rate_words(bracket.rate)
    if above is None:
        return f"{_whole_yuan(bracket)} 元以下（含），全额按 {rate}"
    upper = "" if bracket.up_to_fen is None else f"至 {_whole_yuan(bracket)} 元（含）"
    return f"{above // 100} 元以上{upper}，全额按 {rate}"


def _jump_words(table: Table, at: int, rounding: Rounding) -> str:
    edge = _lower_edge(table, at)
    if edge is None:
        return ""
    before, after = (rounding.of(edge, table.brackets[at - 1].rate), rounding.of(edge + 1, table.brackets[at].rate))
    return (
        f"比例按全额算，不分段累进：{edge // 100} 元整每月交 {yuan(before)} 元，"
        f"多一分就按 {rate_words(table.brackets[at].rate)} 交 {yuan(after)} 元。"
    )


def _lower_edge(table: Table, at: int) -> int | None:
    return table.brackets[at - 1].up_to_fen if at else None


def _whole_yuan(bracket: Bracket) -> int:
    assert bracket.up_to_fen is not None
    return bracket.up_to_fen // 100
