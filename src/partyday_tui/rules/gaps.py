"""What a month still lacks when it is wound up: named, never in the way (design.md, promise 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

GAP_WORDS = {"roll": "点名", "case": "缺席跟进", "dues": "党费", "close": "党费月结", "duty": "应办事项"}
"""The kinds of gaps, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: its kind (a key of `GAP_WORDS`), what of it in words, and by when. ``where`` and ``target`` lead to it."""

    key: str
    words: str
    where: str
    target: int | str | None = None
    due_on: date | None = None

    @property
    def line(self) -> str:
        """The gap in one line, as the index sheet of a package lists it."""
        due = f"，应于{self.due_on}" if self.due_on else ""
        return f"{GAP_WORDS[self.key]}：{self.words}{due}"
