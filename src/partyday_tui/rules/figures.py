"""上报数据: what one branch tells its township of a span of months, as a value and as the rows of the sheet that carries it.

The rows are read by programs later than the one that wrote them: a key never changes its meaning, a new item gets a new key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import LIMIT_FEN, fen_from_number
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import RollCounts
from partyday_tui.rules.sheet import Value, yuan_value
from partyday_tui.rules.text import clean_line

VERSION = 1
SHEET = "上报数据"
HEADS = ("项目", "数值", "代号")
"""The heads of the sheet; the third column holds the keys."""

MOST = 100_000_000
"""No count of a branch reaches this."""
_LONGEST = 80  # characters of an organization's name
_NEWER = "「上报数据」是更新版本的程序写的，这里读不了；请把本程序升级到新版再汇总。"
_AGAIN = "请该支部重新做一份资料包"


@dataclass(frozen=True, slots=True)
class Figures:
    """One branch from ``first`` to ``last``, both included, as its book stood on ``made_on``; sums are exact, rates derived.

    ``book_key`` names the book for ever, ``revision`` is the number of its newest act. Party days go by their day: ``planned``, ``held``
    as the duties see it, ``called`` with a roll, whose heads are ``expected``, ``came`` and ``deducted`` (F1, F2). Money in fen:
    ``due_fen`` assessed for the months, ``collected_fen`` and ``remitted_fen`` on their days. ``open_cases`` are absences of the span
    that still wait for something, ``reviews`` those with counted ballots, ``overdue`` the duties that are late.
    """

    book_key: str
    branch: str
    superior: str
    preset: str
    first: Month
    last: Month
    made_on: date
    revision: int
    planned: int
    held: int
    called: int
    expected: int
    came: int
    deducted: int
    due_fen: int
    collected_fen: int
    remitted_fen: int
    open_cases: int
    reviews: int
    overdue: int

    @property
    def rate(self) -> float | None:
        """到会率(字面): came / expected (F1), 0 to 1; None where no roll was called."""
        return self._heads.rate

    @property
    def rate_after_deductions(self) -> float | None:
        """到会率(扣除后): came / (expected - deducted) (F2), 0 to 1; None where nobody is left."""
        return self._heads.rate_after_deductions

    @property
    def _heads(self) -> RollCounts:
        return RollCounts(expected=self.expected, present=self.came, deducted=self.deducted)

    @property
    def span(self) -> tuple[Month, Month]:
        """(first, last)."""
        return self.first, self.last


TEXTS = {"branch": "党支部", "superior": "上级党组织", "preset": "支部类型"}
COUNTS = {
    "planned": "主题党日计划（次）",
    "held": "主题党日开展（次）",
    "called": "主题党日已点名（次）",
    "expected": "应到（人次）",
    "came": "实到（人次）",
    "deducted": "扣除（人次）",
    "open_cases": "缺席未办结（人次）",
    "reviews": "主题测评（次）",
    "overdue": "逾期未办（项）",
}
MONEY = {"due_fen": "党费应交（元）", "collected_fen": "党费收到（元）", "remitted_fen": "党费上缴（元）"}
_TITLES = {
    "version": "格式版本",
    "book_key": "账本编号",
    **TEXTS,
    "first": "起月",
    "last": "止月",
    "made_on": "截至",
    "revision": "账本第几次操作",
    **COUNTS,
    **{key.replace("_fen", "_yuan"): title for key, title in MONEY.items()},
}
"""The items of the sheet by key."""


def together(found: Iterable[Figures], first: Month, last: Month) -> Figures:
    """The sums of several branches as if they were one, called 合计; its rates are over all heads, not the mean of rates."""
    each = list(found)
    sums = {key: sum(getattr(it, key) for it in each) for key in (*COUNTS, *MONEY)}
    made_on = max((it.made_on for it in each), default=first.first_day)
    return Figures("", "合计", "", "", first, last, made_on, 0, **sums)


def rows_of(figures: Figures) -> list[tuple[str, Value, str]]:
    """The rows under `HEADS`: title, value, key; money in yuan, days and months as text, the version first."""
    return [(title, _written(figures, key), key) for key, title in _TITLES.items()]


def figures_of(rows: Iterable[Sequence[object]]) -> Figures:
    """The figures that the rows of a sheet hold, wherever its heads stand; unknown items are passed over.

    Raises UserMistake for a newer version, an item that is missing, said twice or of the wrong kind, and sums that cannot be.
    """
    items = _items(rows)
    version = _count(items, "version")
    if version > VERSION:
        raise UserMistake(_NEWER)
    if version < 1:
        raise _strange("version")
    figures = Figures(
        book_key=_key(items),
        branch=_text(items, "branch"),
        superior=_text(items, "superior"),
        preset=_text(items, "preset"),
        first=_month(items, "first"),
        last=_month(items, "last"),
        made_on=_day(items, "made_on"),
        revision=_count(items, "revision"),
        planned=_count(items, "planned"),
        held=_count(items, "held"),
        called=_count(items, "called"),
        expected=_count(items, "expected"),
        came=_count(items, "came"),
        deducted=_count(items, "deducted"),
        due_fen=_fen(items, "due_yuan"),
        collected_fen=_fen(items, "collected_yuan"),
        remitted_fen=_fen(items, "remitted_yuan"),
        open_cases=_count(items, "open_cases"),
        reviews=_count(items, "reviews"),
        overdue=_count(items, "overdue"),
    )
    _check(figures)
    return figures


def _check(figures: Figures) -> None:
    """Refuse what no book can say."""
    if not figures.branch:
        raise _strange("branch")
    if figures.first > figures.last:
        raise _strange("last")
    if figures.came + figures.deducted > figures.expected:
        raise UserMistake(f"「上报数据」里的应到、实到、扣除对不上，可能被改动过；{_AGAIN}。")
    if figures.due_fen < 0:
        raise _strange("due_yuan")


def _written(figures: Figures, key: str) -> Value:
    if key == "version":
        return VERSION
    if key.endswith("_yuan"):
        return yuan_value(getattr(figures, key.replace("_yuan", "_fen")))
    value = getattr(figures, key)
    return value if isinstance(value, int) else str(value)


def _items(rows: Iterable[Sequence[object]]) -> dict[str, object]:
    """The values by key, from the row of heads on."""
    found: dict[str, object] | None = None
    for row in rows:
        cells = [*row[:3], "", "", ""][:3]
        if found is None:
            found = {} if tuple(cells) == HEADS else None
        elif isinstance(cells[2], str) and cells[2] in _TITLES:
            if cells[2] in found:
                raise UserMistake(f"「上报数据」里「{_TITLES[cells[2]]}」写了两次，可能被改动过；{_AGAIN}。")
            found[cells[2]] = cells[1]
    if found is None:
        raise UserMistake(f"「上报数据」这张表里没有项目、数值、代号三栏，可能被改动过；{_AGAIN}。")
    return found


def _strange(key: str) -> UserMistake:
    return UserMistake(f"「上报数据」里「{_TITLES[key]}」缺少或写得不对，可能被改动过；{_AGAIN}。")


def _number(items: dict[str, object], key: str) -> Decimal:
    """The number of an item, by its shortest decimals; a spreadsheet gives back every number as a float."""
    value = items.get(key)
    if type(value) is not int and type(value) is not float:
        raise _strange(key)
    number = Decimal(repr(value))
    if not number.is_finite() or abs(number) > LIMIT_FEN:
        raise _strange(key)
    return number


def _count(items: dict[str, object], key: str) -> int:
    number = _number(items, key)
    if number != number.to_integral_value() or not 0 <= number <= MOST:
        raise _strange(key)
    return int(number)


def _fen(items: dict[str, object], key: str) -> int:
    fen = fen_from_number(_number(items, key))
    if fen is None or abs(fen) >= LIMIT_FEN:
        raise _strange(key)
    return fen


def _text(items: dict[str, object], key: str) -> str:
    """A name as the cleaning gate leaves it."""
    value = items.get(key)
    if not isinstance(value, str) or len(value) > 10 * _LONGEST:
        raise _strange(key)
    cleaned = clean_line(value, _LONGEST)
    if cleaned.problem:
        raise _strange(key)
    return cleaned.text


def _key(items: dict[str, object]) -> str:
    value = items.get("book_key")
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{32}", value):
        raise _strange("book_key")
    return value


def _month(items: dict[str, object], key: str) -> Month:
    value = items.get(key)
    if not isinstance(value, str) or not re.fullmatch("[1-9][0-9]{3}-(0[1-9]|1[0-2])", value):
        raise _strange(key)
    return Month.parse(value)


def _day(items: dict[str, object], key: str) -> date:
    value = items.get(key)
    if not isinstance(value, str) or not re.fullmatch("[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}", value):
        raise _strange(key)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _strange(key) from None
