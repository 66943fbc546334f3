"""The kinds of value a rule can have: each checks what a preset file says and words it in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partyday_tui.rules.schedule import DayRule, day_rule_from, written_form

RuleValue = bool | int | str | tuple[str, ...] | DayRule
"""A checked value; which of these a rule has, its key says (``policy_keys.KEYS``)."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def check(self, value: Any) -> RuleValue:
        """Return the value, or raise ValueError with a Chinese phrase; so do the other kinds."""
        if type(value) is not bool:
            raise ValueError("要写 true 或 false")
        return value

    def words(self, value: RuleValue) -> str:
        """The value in Chinese, for the screen; so do the other kinds."""
        return "是" if value else "否"


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from ``low`` to ``high`` with a Chinese unit."""

    low: int
    high: int
    unit: str

    def check(self, value: Any) -> RuleValue:
        if type(value) is not int or not self.low <= value <= self.high:
            raise ValueError(f"要写 {self.low} 到 {self.high} 的整数（{self.unit}）")
        return value

    def words(self, value: RuleValue) -> str:
        return f"{value}{self.unit}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; ``options`` maps the written word to its Chinese meaning."""

    options: Mapping[str, str]

    def check(self, value: Any) -> RuleValue:
        if not isinstance(value, str) or value not in self.options:
            raise ValueError(f"要写 {'、'.join(self.options)} 之一")
        return value

    def words(self, value: RuleValue) -> str:
        return self.options[str(value)]


@dataclass(frozen=True, slots=True)
class Words:
    """An ordered list of Chinese words, none empty or twice; ``options`` closes the list to written words."""

    options: Mapping[str, str] | None = None

    def check(self, value: Any) -> RuleValue:
        if not isinstance(value, list | tuple) or not value or not all(isinstance(it, str) and it for it in value):
            raise ValueError('要写一串词语，例如 ["党员", "群众"]')
        if len(set(value)) < len(value):
            raise ValueError("里有重复的词语")
        if self.options is not None and set(value) - self.options.keys():
            raise ValueError(f"只能从 {'、'.join(self.options)} 里选")
        return tuple(value)

    def words(self, value: RuleValue) -> str:
        assert isinstance(value, tuple)
        return "、".join(self.options[it] if self.options else it for it in value)


@dataclass(frozen=True, slots=True)
class Day:
    """A rule for a day of each month, as ``schedule.day_rule_from`` reads it."""

    def check(self, value: Any) -> RuleValue:
        return day_rule_from(value)

    def words(self, value: RuleValue) -> str:
        return str(value)


ValueKind = Flag | Number | Choice | Words | Day


def plain(value: RuleValue) -> bool | int | str | list[str] | dict[str, int | str]:
    """The value as JSON holds it; the key's kind reads it back."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, bool | int | str):
        return value
    return written_form(value)
