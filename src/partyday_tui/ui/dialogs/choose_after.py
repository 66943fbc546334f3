"""`ChooseAfter`: sentences told in full, and under them a numbered list of what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.widget import Widget

from partyday_tui.ui import keys
from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.show import wrap
from partyday_tui.ui.widgets.lines import Lines


class ChooseAfter(Choose):
    """Answers the value of the chosen (value, label, help), as `Choose` does; the list is short and has no find."""

    WIDTH: ClassVar[int] = 76
    HEAD_LINES: ClassVar[int] = 1

    def __init__(self, title: str, said: str, entries: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(title, entries)
        self.said = wrap(said, self.WIDTH - 4)
        self._lines = Lines(len(self.said) + 2)
        for y, line in enumerate(self.said):
            self._lines.put(y + 1, "  " + line)

    def body(self) -> Sequence[Widget]:
        """The sentences between two blank lines, then the list."""
        return (self._lines, self.register)

    def wanted_lines(self, width: int) -> int:
        """The sentences, their air and a line for each way."""
        return len(self.said) + 2 + len(self.register.rows)

    def finds(self, stroke: keys.Stroke) -> bool:
        """There is nothing to look for in a handful of ways."""
        return False
