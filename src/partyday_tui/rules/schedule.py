"""The kinds of rule that say on which day of a month a branch meets (domain.md CAL-02 to CAL-06, §1.10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from partyday_tui.rules.lunar import lunar_day_words

WEEKDAY_WORDS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_ORDINALS = {1: "第一", 2: "第二", 3: "第三", 4: "第四", -1: "最后一"}


class WeekReading(StrEnum):
    """What 「第一周的周五」 means; the default is FIRST_WEEKDAY_OF_MONTH (domain.md §1.10 note 1)."""

    FIRST_WEEKDAY_OF_MONTH = "first_weekday_of_month"
    WEEK_OF_THE_FIRST = "week_of_the_first"


class LeapMonth(StrEnum):
    """Whether the day of a leap lunar month (闰月) counts like any other or is passed over."""

    COUNT = "count"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The n-th weekday of the month: ``n`` 1 to 4 or -1 for the last, ``weekday`` 1 (周一) to 7 (周日).

    Read as WEEK_OF_THE_FIRST it is that weekday of the n-th calendar week, Monday first, counted from the week
    that holds the 1st; for n=1 that day can lie in the month before.
    """

    n: int
    weekday: int
    reading: WeekReading = WeekReading.FIRST_WEEKDAY_OF_MONTH

    def __str__(self) -> str:
        weekday = WEEKDAY_WORDS[self.weekday - 1]
        if self.reading is WeekReading.WEEK_OF_THE_FIRST:
            return f"每月{_ORDINALS[self.n]}周的{weekday}（1日所在的那一周算第一周）"
        return f"每月{_ORDINALS[self.n]}个{weekday}"


@dataclass(frozen=True, slots=True)
class FixedDay:
    """Day ``day`` of every month, the last day where a month is shorter; None where the branch has yet to choose it."""

    day: int | None

    def __str__(self) -> str:
        return f"每月{self.day}日" if self.day else "每月固定一天（由支部自定）"


@dataclass(frozen=True, slots=True)
class Window:
    """Some day between ``first`` and ``last`` of the month; the secretary picks it."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"每月{self.first}日至{self.last}日之间"


@dataclass(frozen=True, slots=True)
class Flexible:
    """No day is given; at least one event a month has to be held."""

    def __str__(self) -> str:
        return "时间不固定，每月至少一次"


@dataclass(frozen=True, slots=True)
class LunarDayOfMonth:
    """Lunar day ``day``, 1 to 30; 三十 falls on 廿九 in a short lunar month."""

    day: int
    leap: LeapMonth = LeapMonth.COUNT

    def __str__(self) -> str:
        return f"每月农历{lunar_day_words(self.day)}"


DayRule = NthWeekday | FixedDay | Window | Flexible | LunarDayOfMonth
DAY_RULES = (NthWeekday, FixedDay, Window, Flexible, LunarDayOfMonth)

_FIELDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "nth_weekday": (frozenset({"n", "weekday"}), frozenset({"reading"})),
    "fixed_day": (frozenset(), frozenset({"day"})),
    "window": (frozenset({"first", "last"}), frozenset()),
    "flexible": (frozenset(), frozenset()),
    "lunar_day": (frozenset({"day"}), frozenset({"leap"})),
}


def day_rule_from(value: object) -> DayRule:
    """Build a rule from its written form, e.g. ``{kind = "nth_weekday", n = 1, weekday = 5}``.

    Raises ValueError with a Chinese phrase that says what is wrong.
    """
    if not isinstance(value, Mapping) or value.get("kind") not in _FIELDS:
        raise ValueError(f"日期规则要写 kind，取 {'、'.join(_FIELDS)} 之一")
    kind, fields = value["kind"], {key: given for key, given in value.items() if key != "kind"}
    needed, optional = _FIELDS[kind]
    if needed - fields.keys() or fields.keys() - needed - optional:
        wanted = "、".join([*sorted(needed), *(f"{name}（可不写）" for name in sorted(optional))])
        raise ValueError(f"{kind} 只写 {wanted or '自己，没有别的项'}")
    match kind:
        case "nth_weekday":
            return _nth_weekday(fields)
        case "fixed_day":
            return FixedDay(_whole(fields, "day", 1, 31) if "day" in fields else None)
        case "window":
            return _window(fields)
        case "lunar_day":
            leap = _one_of(LeapMonth, fields.get("leap", LeapMonth.COUNT), "leap")
            return LunarDayOfMonth(_whole(fields, "day", 1, 30), leap)
        case _:
            return Flexible()


def written_form(rule: DayRule) -> dict[str, int | str]:
    """The written form of a rule, which ``day_rule_from`` reads back; plain JSON and TOML values."""
    match rule:
        case NthWeekday(n, weekday, reading):
            return {"kind": "nth_weekday", "n": n, "weekday": weekday, "reading": reading.value}
        case FixedDay(day):
            return {"kind": "fixed_day"} | ({"day": day} if day else {})
        case Window(first, last):
            return {"kind": "window", "first": first, "last": last}
        case LunarDayOfMonth(day, leap):
            return {"kind": "lunar_day", "day": day, "leap": leap.value}
        case Flexible():
            return {"kind": "flexible"}


def _nth_weekday(fields: Mapping[str, object]) -> NthWeekday:
    reading = _one_of(WeekReading, fields.get("reading", WeekReading.FIRST_WEEKDAY_OF_MONTH), "reading")
    n = fields["n"]
    if type(n) is not int or n not in _ORDINALS:
        raise ValueError("n 要写 1 到 4，或 -1 表示最后一个")
    if n == -1 and reading is WeekReading.WEEK_OF_THE_FIRST:
        raise ValueError("n 写 -1 时 reading 只能是 first_weekday_of_month")
    return NthWeekday(n, _whole(fields, "weekday", 1, 7), reading)


def _window(fields: Mapping[str, object]) -> Window:
    first, last = _whole(fields, "first", 1, 31), _whole(fields, "last", 1, 31)
    if first > last:
        raise ValueError("first 不能晚于 last")
    return Window(first, last)


def _whole(fields: Mapping[str, object], name: str, low: int, high: int) -> int:
    value = fields[name]
    if type(value) is not int or not low <= value <= high:
        raise ValueError(f"{name} 要写 {low} 到 {high} 的整数")
    return value


_Options = TypeVar("_Options", bound=StrEnum)


def _one_of(options: type[_Options], value: Any, name: str) -> _Options:
    try:
        return options(value)
    except ValueError as error:
        raise ValueError(f"{name} 要写 {'、'.join(options)} 之一") from error
