"""`TickList`: a list to tick, answered as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from partyday_tui.ui.dialogs.picker import Picker
from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.widgets.columns import Column, Key, Row

_TICKED, _OPEN = "[有]", "[  ]"


class TickList(Picker[frozenset[str]]):
    """Answers the values that are ticked when F5 is pressed; Space ticks a row and goes down, letters find."""

    WIDTH: ClassVar[int] = 78
    KEYS = (("空格", "有或没有", "勾上或去掉，光标下移"), ("F5", "存盘", "整张一起存，^S 也一样"))

    def __init__(self, title: str, entries: Sequence[tuple[str, str, str]], ticked: frozenset[str]) -> None:
        super().__init__(title, (Column("", 5, ink="strong"), Column("", flex=2), Column("", ink="quiet")))
        self._entries = {value: (label, text) for value, label, text in entries}
        self._ticked = set(ticked)
        self.register.set_rows([Row(value, self._cells(value)) for value in self._entries])

    def take(self, stroke: Stroke) -> bool:
        """Space ticks, F5 answers; Enter ticks too, since people press it."""
        if stroke.key in ("f5", "ctrl+s"):
            self.dismiss(frozenset(self._ticked))
            return True
        if stroke.key in ("space", "enter"):
            self.chosen(self.register.cursor_key)
            if stroke.key == "space":
                self.register.move_cursor(1)
            return True
        return super().take(stroke)

    def chosen(self, key: Key) -> None:
        """Tick or untick a row."""
        if isinstance(key, str):
            self._ticked ^= {key}
            self.register.update_row(key, self._cells(key))

    def _cells(self, value: str) -> tuple[str, ...]:
        label, text = self._entries[value]
        return (_TICKED if value in self._ticked else _OPEN, label, text)
