"""The questions that ask for a rule's own value, shaped by the kind of value that the rule has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from partyday_tui.rules.policy_keys import KEYS
from partyday_tui.rules.rule_values import Choice, Day, Flag, Number, RuleValue, Words
from partyday_tui.rules.schedule import DAY_RULES, WEEKDAY_WORDS, day_rule_from, written_form
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.widgets.fields import NO, YES, Field

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen

_REASON = Field("reason", "理由", required=True, hint="例如：经支委会研究并报镇党委同意")

_DAY_KINDS = [
    ("nth_weekday", "每月第几个星期几", "例如每月第一周的周五"),
    ("fixed_day", "每月固定一天", "例如每月5日"),
    ("window", "每月某几天之间", "例如每月1日至10日，由支部选定"),
    ("flexible", "不固定", "每月至少一次"),
    ("lunar_day", "每月农历某一天", "例如农历初八"),
]


async def ask_for_value(screen: BookScreen, key: str, value: RuleValue) -> tuple[RuleValue, str] | None:
    """(the branch's own value, its reason), or None when the user went back."""
    kind = KEYS[key].kind
    if isinstance(kind, Day):
        return await _ask_for_day(screen, key, value)
    fields = [*_fields(kind, value), _REASON]
    values = await screen.ask(FormDialog(KEYS[key].title, fields))
    if values is None:
        return None
    return kind.check(_read(kind, values)), values["reason"]


def _fields(kind: Flag | Number | Choice | Words, value: RuleValue) -> list[Field]:
    if isinstance(kind, Flag):
        return [Field("value", "本支部的做法", YES if value else NO, "yes_no")]
    if isinstance(kind, Choice):
        return [Field("value", "本支部的做法", str(value), "choice", tuple(kind.options.items()))]
    if isinstance(kind, Number):
        low, high = kind.low, kind.high

        def in_range(text: str) -> str | None:
            return None if low <= int(text) <= high else f"要填 {low} 到 {high} 的数，请改一下"

        return [Field("value", f"数量（{kind.unit}）", str(value), "number", required=True, check=in_range)]
    assert isinstance(value, tuple)
    if kind.options is not None:
        return [Field(word, label, YES if word in value else NO, "yes_no") for word, label in kind.options.items()]
    return [Field("value", "各项", "、".join(value), required=True, hint="各项之间用顿号分开")]


def _read(kind: Flag | Number | Choice | Words, values: dict[str, str]) -> object:
    if isinstance(kind, Flag):
        return values["value"] == YES
    if isinstance(kind, Number):
        return int(values["value"])
    if isinstance(kind, Choice):
        return values["value"]
    if kind.options is not None:
        return [word for word in kind.options if values[word] == YES]
    return list(dict.fromkeys(word.strip() for word in re.split("[、，,]", values["value"]) if word.strip()))


async def _ask_for_day(screen: BookScreen, key: str, value: RuleValue) -> tuple[RuleValue, str] | None:
    old = written_form(value) if isinstance(value, DAY_RULES) else {}
    kind = await screen.ask(Choose("活动日怎样定", _DAY_KINDS, current=str(old.get("kind", "nth_weekday"))))
    if kind is None:
        return None
    known = old if old.get("kind") == kind else {}
    fields = _day_fields(kind, {name: str(given) for name, given in known.items()})
    values = await screen.ask(
        FormDialog(KEYS[key].title, [*fields, _REASON], check=lambda given: _mistake(kind, given))
    )
    if values is None:
        return None
    return _day_rule(kind, values), values["reason"]


def _day_fields(kind: str, old: dict[str, str]) -> list[Field]:
    day = tuple((str(day), f"{day}日") for day in range(1, 32))
    match kind:
        case "nth_weekday":
            ordinals = (("1", "第一"), ("2", "第二"), ("3", "第三"), ("4", "第四"), ("-1", "最后一"))
            weekdays = tuple((str(number), word) for number, word in enumerate(WEEKDAY_WORDS, 1))
            readings = (
                ("first_weekday_of_month", "这个月的第几个星期几"),
                ("week_of_the_first", "1日所在的那一周算第一周"),
            )
            return [
                Field("n", "第几周", old.get("n", "1"), "choice", ordinals),
                Field("weekday", "星期几", old.get("weekday", "5"), "choice", weekdays),
                Field("reading", "怎样算周", old.get("reading", "first_weekday_of_month"), "choice", readings),
            ]
        case "fixed_day":
            return [Field("day", "几日", old.get("day", "5"), "choice", day, hint="没有这一天的月份用最后一天")]
        case "window":
            return [
                Field("first", "从", old.get("first", "1"), "choice", day),
                Field("last", "到", old.get("last", "10"), "choice", day),
            ]
        case "lunar_day":
            leaps = (("count", "闰月也算"), ("skip", "闰月不算"))
            return [
                Field("day", "农历几日", old.get("day", "8"), "choice", day[:30]),
                Field("leap", "遇闰月", old.get("leap", "count"), "choice", leaps),
            ]
        case _:
            return []


def _day_rule(kind: str, values: dict[str, str]) -> RuleValue:
    numbers = {"n", "weekday", "day", "first", "last"}
    return day_rule_from(
        {"kind": kind} | {name: int(v) if name in numbers else v for name, v in values.items() if name != "reason"}
    )


def _mistake(kind: str, values: dict[str, str]) -> tuple[str, str] | None:
    try:
        _day_rule(kind, values)
    except ValueError as error:
        return next(iter(values)), f"{error}，请改一下"
    return None
