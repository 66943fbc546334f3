"""What an import would write, laid open before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from partyday_tui.ui.dialogs.frame import KeyWords
from partyday_tui.ui.dialogs.picker import Picker
from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.show import wrap
from partyday_tui.ui.widgets.columns import Column, Row

_MOST_PROBLEMS = 6
_NARROWEST = 72

Heading = tuple[str, Sequence[tuple[str, ...]]]
"""A heading and the lines under it."""


class Preview(Picker[bool]):
    """Shows lines under headings; F5 answers True. Where `nothing` says why there is nothing to write, Esc is the only way.

    `problems` are sentences that stand above all; of many only the first are shown. Headings without lines are left out.
    """

    WIDTH: ClassVar[int] = 100
    HEAD_LINES: ClassVar[int] = 1
    LAST = ("Esc", "返回", "不写，退回前一页")

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        parts: Sequence[Heading],
        *,
        yes: str,
        nothing: str = "",
        problems: Sequence[str] = (),
    ) -> None:
        super().__init__(title, columns)
        self._nothing = nothing
        self._yes = yes
        rows = [Row(None, (line,)) for line in _problem_lines(problems)]
        for heading, lines in parts:
            if lines:
                rows.append(Row(None, (f"  {heading}",)))
                rows += [Row(f"{heading} {number}", tuple(cells)) for number, cells in enumerate(lines)]
        self.register.set_rows(rows)

    def on_mount(self) -> None:
        """Say what F5 does."""
        self.tell(self._nothing or f"还没有写入。按 F5 {self._yes}，按 Esc 不写。", ink="quiet")

    def keys_here(self) -> KeyWords:
        """F5 stands first."""
        move = ("上下", "翻看", "从头看一遍，PgUp、PgDn 翻一页")
        return [move] if self._nothing else [("F5", self._yes, "看过没有错，就照这个办；不按就什么也没有改"), move]

    def finds(self, stroke: Stroke) -> bool:
        """Letters mean nothing here."""
        return False

    def take(self, stroke: Stroke) -> bool:
        """F5 answers; the rest moves."""
        if stroke.key == "f5" and not self._nothing:
            self.dismiss(True)
            return True
        return stroke.key == "enter" or self.register.take_key(stroke.key)


def _problem_lines(problems: Sequence[str]) -> list[str]:
    """The sentences wrapped for the narrowest screen, under a heading that counts them."""
    if not problems:
        return []
    lines = [f"  请核对{len(problems)}处"]
    for sentence in problems[:_MOST_PROBLEMS]:
        first, *rest = wrap(sentence, _NARROWEST)
        lines += ["    " + first, *("      " + line for line in rest)]
    left = len(problems) - _MOST_PROBLEMS
    return [*lines, f"    另有{left}处"] if left > 0 else lines
