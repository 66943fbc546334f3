"""What a form asks for: fields, their kinds, and what is wrong with a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from partyday_tui.errors import UserMistake
from partyday_tui.rules.partial_date import parse_partial_date

Kind = Literal["text", "date", "partial_date", "number", "choice", "yes_no", "secret"]

YES, NO = "1", "0"
"""The values of a `yes_no` field."""

_HINTS = {"date": "如 2026-07-01", "partial_date": "如 1972-07-01；只知道年月就填 1972-07", "number": "填数字"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; every value is a str.

    `choices`: (value, label) pairs of a `choice`. The value of a `secret` is never shown. `check`: what is wrong with the value, as one Chinese sentence, or
    None. `hint`: said while the field is being filled.
    """

    name: str
    label: str
    value: str = ""
    kind: Kind = "text"
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    required: bool = False
    check: Callable[[str], str | None] | None = None

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """What can be chosen; empty for a field that is typed."""
        return ((YES, "是"), (NO, "否")) if self.kind == "yes_no" else self.choices

    @property
    def chosen(self) -> bool:
        """Whether the value is chosen, not typed."""
        return self.kind in ("choice", "yes_no")

    @property
    def advice(self) -> str:
        """The hint, or the usual one of its kind."""
        if self.chosen:
            return self.hint or "空格换一个，数字直接选，回车看全部"
        return self.hint or _HINTS.get(self.kind, "")

    def label_of(self, value: str) -> str:
        """How a chosen value is shown."""
        return next((label for known, label in self.options if known == value), value)

    def mistake(self, value: str) -> str | None:
        """What is wrong with `value`, as a sentence that says what to do; None when nothing is."""
        if not value:
            return f"「{self.label}」还没有填，请填上" if self.required else None
        if self.kind == "number" and not value.isdecimal():
            return f"「{self.label}」只能填数字，请改一下"
        try:
            written = self.written(value)
        except UserMistake as mistake:
            return mistake.sentence
        if self.kind == "date" and len(written) != len("2026-07-01"):
            return f"「{self.label}」要写到哪一天，如 2026-07-01"
        return self.check(written) if self.check else None

    def written(self, value: str) -> str:
        """The value as it is handed on: dates in ISO form whatever way they were typed (1972年7月, 1972.7.1).

        Raises UserMistake for a date that does not exist.
        """
        if self.kind in ("date", "partial_date") and value.strip():
            return parse_partial_date(value.strip()).iso
        return value


def first_mistake(fields: Sequence[Field], values: dict[str, str]) -> tuple[int, str] | None:
    """The first field that is wrong, as (index, sentence)."""
    for index, field in enumerate(fields):
        sentence = field.mistake(values[field.name])
        if sentence:
            return index, sentence
    return None
