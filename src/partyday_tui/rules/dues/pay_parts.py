"""The parts of a pay that a sheet lists one by one, such as 岗位工资 and 养老保险: which columns they are, what a row says in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.assessment import Part
from partyday_tui.rules.dues.money import yuan
from partyday_tui.rules.dues.rates import Effect, Rates
from partyday_tui.rules.dues.sheet_money import amount_of
from partyday_tui.rules.heads import Heads, Row, cell_text, field_of, find_heads, head_key
from partyday_tui.rules.text import clean_line

# Other names of the parts that the notices name (D3, D4); only those that can mean nothing else.
_OTHER_NAMES = {
    other: name
    for name, others in {
        "岗位工资": "岗位",
        "薪级工资": "薪级",
        "基础性绩效工资": "基础绩效 基础性绩效 基础绩效工资",
        "奖励性绩效工资": "奖励绩效 奖励绩效工资",
        "绩效工资": "绩效",
        "津贴补贴": "津补贴",
        "个人所得税": "个税 所得税 个调税",
        "养老保险": "养老 养老保险费 基本养老保险 基本养老保险费",
        "医疗保险": "医疗 医保 医疗保险费 基本医疗保险 基本医疗保险费",
        "失业保险": "失业 失业保险费",
        "工伤保险": "工伤 工伤保险费",
        "生育保险": "生育 生育保险费",
        "住房公积金": "公积金",
    }.items()
    for other in others.split()
}
_OWN_SHARE = re.compile(
    r"(?:代扣代缴|代扣|代缴|扣缴|应扣|扣除|扣)?(?:个人(?!所得税)|本人)?(.+?)"
    r"(?:(?:个人|本人)(?:部分|缴纳|缴费|承担|扣款|扣缴)*|代扣|扣款)?"
)
_TAKES_OFF = re.compile(r"扣|代缴")
_BESIDE = re.compile(
    r"序号|编号|号码|工号|身份证|证件|账号|卡号|电话|手机|联系|年龄|党龄|工龄|日期|时间|出生|年月|年份|年度|月份|月数|比例|费率|税率"
    r"|(?:执行|交纳|缴纳|收缴|党费)标准|党费|[应实上][交缴](?:金|数)额|(?:每?月|全年|年|共)[应实]?[交缴]"
)
_EFFECTS: tuple[Effect, ...] = ("counts", "taken_off", "left_out")
_SHOWN = 40  # characters of a head; a longer one is none of a part
_PAID = re.compile(r"津贴|补贴|补助|奖")
_SUM = re.compile(r"合计|小计|总计|总额|应发|实发")


@dataclass(frozen=True, slots=True)
class PayColumn:
    """A column that may hold a part: ``head`` as the sheet has it, in one line, ``part`` as the notices name it, '' where none does."""

    at: int
    head: str
    part: str = ""
    effect: Effect = "left_out"


@dataclass(frozen=True, slots=True)
class PayParts:
    """What a row says of its pay: ``mistakes`` are cells of parts that were not understood, ``strange`` (head, fen) of columns of which
    the program does not know whether they count."""

    parts: tuple[Part, ...] = ()
    mistakes: tuple[str, ...] = ()
    strange: tuple[tuple[str, int], ...] = ()
    rounded: tuple[str, ...] = ()


def heads_of_pay(grid: Sequence[Row], words: Mapping[str, str], key: str) -> Heads | None:
    """`find_heads`, which also sees a second row of heads made of parts under merged ones, such as 月工资收入 over 岗位工资 and 薪级工资."""
    heads = find_heads(grid, words, key, {})
    if heads is None or not heads.head_rows:
        return heads
    index = heads.head_rows[0]
    top, under = grid[index - 1], grid[index] if index < len(grid) else ()
    if len(heads.head_rows) == 1 and not _goes_on(top, under, words, key):
        return heads
    known: dict[str, str] = dict(words)
    for at, parent in _parents(top, len(under)):
        text = _at(under, at)
        if text and field_of(text, words, parent) is None:
            known[head_key(text)] = "part"
        elif text and _TAKES_OFF.search(parent):  # 养老金 among what is taken off is an insurance, no pension
            known[head_key(unicodedata.normalize("NFKC", parent + text))] = "part"
    return find_heads(grid, known, key, {}, index)


def pay_columns(grid: Sequence[Row], heads: Heads, rates: Rates, on: date) -> list[PayColumn]:
    """Every column that no field claims and that is not plainly about something else; of two of one name the first is that part."""
    claimed = {at for field, at in heads.columns.items() if field != "part"}
    rows = [grid[number - 1] for number in heads.head_rows]
    found: list[PayColumn] = []
    taken: set[str] = set()
    for at, parent in _parents(rows[0] if rows else (), max(map(len, grid), default=0)):
        under = _at(rows[-1], at) if len(rows) > 1 else ""
        head = clean_line(under or (_at(rows[0], at) if rows else "")).text[:_SHOWN]
        if at in claimed or (not head and at < heads.columns["name"]):  # numbers before the names count the rows
            continue
        known = _known(head, parent if under else "", rates, on)
        if known and known[0] not in taken:
            taken.add(known[0])
            found.append(PayColumn(at, head, *known))
        elif known or _PAID.search(head) or not _BESIDE.search(head_key(head)):
            found.append(PayColumn(at, head or f"{_letters(at)}列"))
    return found


def read_parts(row: Row, columns: Sequence[PayColumn]) -> PayParts:
    """The parts that a row states, and every other column of it that holds money."""
    parts, mistakes, strange, rounded = [], [], [], []
    for column in columns:
        cell = row[column.at] if column.at < len(row) else ""
        try:
            amount = amount_of(cell)
        except UserMistake as mistake:
            if column.part:
                mistakes.append(f"「{column.head}」一栏：{mistake.sentence}")
            continue
        if amount is None or not amount.fen or isinstance(cell, bool):
            continue
        if not column.part:
            strange.append((column.head, amount.fen))
            continue
        parts.append(Part(column.part, column.effect, amount.fen))
        if amount.finer:
            rounded.append(rounded_words(column.head, amount.finer, amount.fen))
    return PayParts(tuple(parts), tuple(mistakes), _not_sums(strange, parts), tuple(rounded))


def rounded_words(head: str, finer: str, fen: int) -> str:
    """What to tell of an amount that was rounded."""
    return f"「{head}」{finer} 四舍五入到分，按 {yuan(fen)} 元算。"


def _goes_on(top: Row, under: Row, words: Mapping[str, str], key: str) -> bool:
    """Whether the row under the head belongs to it: words alone, none under the key, and one of them under a merged cell's blank."""
    cells = [(at, cell) for at, cell in enumerate(under) if cell_text(cell)]
    key_at = next((at for at, cell in enumerate(top) if field_of(cell, words) == key), None)
    if not cells or key_at is None or _at(under, key_at):
        return False
    plain = all(isinstance(cell, str) and not re.search(r"[0-9]", cell) for _, cell in cells)
    return plain and any(at >= len(top) or not _at(top, at) for at, _ in cells)


def _parents(top: Row, width: int) -> list[tuple[int, str]]:
    """(column, head over it): a cell merged sideways has its text at the left alone."""
    found, parent = [], ""
    for at in range(max(len(top), width)):
        parent = _at(top, at) or parent
        found.append((at, parent))
    return found


def _known(head: str, parent: str, rates: Rates, on: date) -> tuple[str, Effect] | None:
    """The part that a head names and what it does, by the notices' name or another plain one."""
    plain = head_key(head)
    if _TAKES_OFF.search(parent) and plain == "养老金":
        plain = "养老保险"
    share = _OWN_SHARE.fullmatch(plain)
    for name in (plain, share[1] if share else ""):
        for known in (name, _OTHER_NAMES.get(name, "")):
            effect = rates.effect(known, on) if known else None
            if effect:
                return known, effect[0]
    return None


def _not_sums(strange: Sequence[tuple[str, int]], parts: Sequence[Part]) -> tuple[tuple[str, int], ...]:
    """Without the columns that only add up the parts."""
    sums = {effect: sum(part.amount_fen for part in parts if part.effect == effect) for effect in _EFFECTS}
    pay = sums["counts"] + sums["left_out"]
    told = {sums["counts"], sums["taken_off"], pay, sums["counts"] - sums["taken_off"], pay - sums["taken_off"]}
    return tuple((head, fen) for head, fen in strange if not (_SUM.search(head) and fen in told))


def _at(row: Row, at: int) -> str:
    return cell_text(row[at]) if at < len(row) else ""


def _letters(at: int) -> str:
    """The letters of a column as a spreadsheet shows them: 0 is A, 26 is AA."""
    name, number = "", at + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
