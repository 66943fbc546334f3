"""The tables of rates as data: which notice says what, from which day (domain.md 2.a, D1-D8).

The file lists ``[[notice]]``, ``[[table]]``, ``[[base]]``, ``[[relief]]`` and ``[[part]]`` blocks; of two blocks for one category the one
that began last holds. Rates are in ten-thousandths (``50`` is 0.5 %), money is in fen. Each block says how far its sentence was
checked: ``text`` word for word in a public copy of the notice, ``quoted`` only where others quote it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol, TypeVar

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.rules.people import DUES_CATEGORY_WORDS
from partyday_tui.rules.roster_words import DUES

CATEGORY_WORDS = DUES_CATEGORY_WORDS
CODES = tuple(CATEGORY_WORDS)

Checked = Literal["text", "quoted"]
Grants = Literal["superior", "branch"]
Effect = Literal["counts", "taken_off", "left_out"]
EFFECT_WORDS: dict[Effect, str] = {"counts": "计入", "taken_off": "扣除", "left_out": "不计入"}


@dataclass(frozen=True, slots=True)
class Notice:
    """A document that rules on dues; of one with ``day_known`` False only the year is known, and it is held from the first of January."""

    id: str
    name: str
    number: str
    holds_from: date
    day_known: bool = True

    def __str__(self) -> str:
        return f"《{self.name}》（{self.number}）"

    @property
    def since(self) -> str:
        """From when it holds, in Chinese, with what is not known about it."""
        if self.day_known:
            return f"{self.holds_from} 起执行"
        return f"{self.holds_from.year} 年起执行，起始的月日没有查到，程序从 {self.holds_from.month} 月 {self.holds_from.day} 日算"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where a block stands: its notice and article ('' where not known), the sentence, and how far that was checked."""

    notice: Notice
    article: str
    sentence: str
    checked: Checked

    def __str__(self) -> str:
        doubt = "（未见原文，据别处引用）" if self.checked == "quoted" else ""
        return f"{self.notice.number}{self.article}「{self.sentence}」{doubt}"


@dataclass(frozen=True, slots=True)
class Bracket:
    """Bases up to ``up_to_fen`` (included; None is without end) pay ``rate`` ten-thousandths of the whole."""

    up_to_fen: int | None
    rate: int


@dataclass(frozen=True, slots=True)
class Table:
    """What the categories pay from a day on: by bracket, a fixed sum, or a sum that the place picks between two bounds."""

    categories: tuple[str, ...]
    holds_from: date
    grounds: Grounds
    brackets: tuple[Bracket, ...] = ()
    fixed_fen: int | None = None
    lowest_fen: int = 0
    highest_fen: int = 0

    @property
    def needs_base(self) -> bool:
        """Whether an income decides the amount."""
        return bool(self.brackets)


@dataclass(frozen=True, slots=True)
class BaseRule:
    """What the base is, in the notice's words."""

    categories: tuple[str, ...]
    holds_from: date
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class ReliefRule:
    """Who may agree that less or nothing is paid: the superior (D11), or the branch itself (D7)."""

    categories: tuple[str, ...]
    holds_from: date
    grounds: Grounds
    by: Grants


@dataclass(frozen=True, slots=True)
class PartRule:
    """Parts of an income that count, are taken off, or are left out of the base (D3, D4)."""

    effect: Effect
    holds_from: date
    notice: Notice
    words: tuple[str, ...]


class _Dated(Protocol):
    @property
    def categories(self) -> tuple[str, ...]: ...
    @property
    def holds_from(self) -> date: ...


_D = TypeVar("_D", bound=_Dated)


@dataclass(frozen=True, slots=True)
class Rates:
    """Every table shipped."""

    tables: tuple[Table, ...]
    bases: tuple[BaseRule, ...]
    reliefs: tuple[ReliefRule, ...]
    parts: tuple[PartRule, ...]

    def table(self, category: str, on: date) -> Table:
        """The table of a category on a day; raises UserMistake for a day before the first one."""
        found = _latest(self.tables, category, on)
        if found is None:
            raise UserMistake(f"{on.year} 年还没有现行的党费标准（2008-04-01 起执行），请核对年份。")
        return found

    def base(self, category: str, on: date) -> BaseRule | None:
        """What the base of a category is on a day; None for those who pay a fixed sum."""
        return _latest(self.bases, category, on)

    def relief(self, category: str, on: date) -> ReliefRule:
        """Who may agree to less or nothing for a category on a day; raises UserMistake for a day before the first rule."""
        found = _latest(self.reliefs, category, on)
        if found is None:
            raise UserMistake(f"{on.year} 年还没有少交免交的规定（2008-04-01 起执行），请核对年份。")
        return found

    def effect(self, part: str, on: date) -> tuple[Effect, Notice] | None:
        """What a part of an income does to the base, by its usual name; None for a name that no notice has."""
        rules = sorted((rule for rule in self.parts if rule.holds_from <= on), key=lambda rule: rule.holds_from)
        return next(((rule.effect, rule.notice) for rule in reversed(rules) if part in rule.words), None)


def category_of(text: str) -> str:
    """The code of a category from its code, its word (在职 …) or a usual way to say it; raises UserMistake with the list."""
    plain = text.strip()
    if plain in CATEGORY_WORDS:
        return plain
    for code, word in CATEGORY_WORDS.items():
        if plain == word:
            return code
    for code, pattern in DUES:
        if plain and pattern.search(plain):
            return code
    raise UserMistake(f"没有「{plain}」这个党费类别，请用：{'、'.join(CATEGORY_WORDS.values())}。")


def read_rates(text: str, file_name: str) -> Rates:
    """Read the file of rates; a fault in it is the program's own and raises PartydayError."""
    import tomllib

    try:
        content = tomllib.loads(text)
        notices = {entry["id"]: _notice(entry) for entry in content["notice"]}
        return Rates(
            tuple(_table(entry, notices) for entry in content["table"]),
            tuple(BaseRule(*_head(entry, notices)) for entry in content["base"]),
            tuple(ReliefRule(*_head(entry, notices), entry["by"]) for entry in content["relief"]),
            tuple(_part(entry, notices) for entry in content["part"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise PartydayError(f"党费标准文件 {file_name} 有误（{error}），请重新安装程序。") from error


def _notice(entry: dict[str, Any]) -> Notice:
    day = date.fromisoformat(entry["holds_from"])
    return Notice(entry["id"], entry["name"], entry["number"], day, entry.get("day_known", True))


def _part(entry: dict[str, Any], notices: dict[str, Notice]) -> PartRule:
    day = date.fromisoformat(entry["holds_from"])
    return PartRule(entry["effect"], day, notices[entry["notice"]], tuple(entry["words"]))


def _head(entry: dict[str, Any], notices: dict[str, Notice]) -> tuple[tuple[str, ...], date, Grounds]:
    unknown = set(entry["categories"]) - set(CODES)
    if unknown:
        raise ValueError(f"没有类别 {'、'.join(sorted(unknown))}")
    checked = entry["checked"]
    if checked not in ("text", "quoted"):
        raise ValueError(f"checked 不能是 {checked}")
    grounds = Grounds(notices[entry["notice"]], entry.get("article", ""), entry["sentence"], checked)
    return tuple(entry["categories"]), date.fromisoformat(entry["holds_from"]), grounds


def _table(entry: dict[str, Any], notices: dict[str, Notice]) -> Table:
    brackets = tuple(Bracket(each.get("up_to_fen"), each["rate"]) for each in entry.get("brackets", ()))
    bounds = [each.up_to_fen for each in brackets if each.up_to_fen is not None]
    if brackets and (
        brackets[-1].up_to_fen is not None or len(bounds) != len(brackets) - 1 or bounds != sorted(bounds)
    ):
        raise ValueError("分档的上限要由小到大，最后一档不设上限")
    return Table(
        *_head(entry, notices),
        brackets,
        entry.get("fixed_fen"),
        entry.get("lowest_fen", 0),
        entry.get("highest_fen", 0),
    )


def _latest(rules: Iterable[_D], category: str, on: date) -> _D | None:
    held = [rule for rule in rules if category in rule.categories and rule.holds_from <= on]
    return max(held, key=lambda rule: rule.holds_from, default=None)
