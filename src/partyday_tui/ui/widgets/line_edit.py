"""`LineEdit`: one line of text being typed, with its caret; no widget, only the value."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from partyday_tui.rules.text import only_seen
from partyday_tui.ui.keys import Stroke, fold_text
from partyday_tui.ui.show import shown

_FIGURES = frozenset("0123456789.,-/:%年月日")


@dataclass(slots=True)
class LineEdit:
    """`text` and the caret as an index into it; while `is_marked`, what is typed next takes the place of the whole text."""

    text: str
    caret: int
    is_marked: bool = False

    @classmethod
    def of(cls, text: str) -> LineEdit:
        """A line with the caret at its end."""
        return cls(text, len(text))

    def mark_figures(self) -> None:
        """Mark a text of nothing but figures, a date or a sum: whoever changes one writes it anew."""
        self.caret = len(self.text)
        self.is_marked = bool(self.text) and set(fold_text(self.text)) <= _FIGURES

    def insert(self, text: str) -> str:
        """Put `text` in at the caret, without line breaks and what cannot be seen; returns a sentence about the latter, or ''."""
        seen, removed = only_seen(text)
        clean = "".join(char for char in seen if char not in "\t\n\v\f\r")
        if self.is_marked and clean:
            self.text, self.caret, self.is_marked = "", 0, False
        self.text = self.text[: self.caret] + clean + self.text[self.caret :]
        self.caret += len(clean)
        return removed

    def take(self, stroke: Stroke, raw: str | None) -> bool:
        """Act on an editing key, or type `raw`; False for any other key."""
        key = stroke.key
        if key == "left":
            self.caret = max(self.caret - 1, 0)
        elif key == "right":
            self.caret = min(self.caret + 1, len(self.text))
        elif key == "home":
            self.caret = 0
        elif key == "end":
            self.caret = len(self.text)
        elif key == "backspace" and self.caret:
            self.text = self.text[: self.caret - 1] + self.text[self.caret :]
            self.caret -= 1
        elif key == "delete":
            self.text = self.text[: self.caret] + self.text[self.caret + 1 :]
        elif raw:
            self.insert(raw)
        else:
            return False
        self.is_marked = False
        return True

    def view(self, width: int, plain: bool = False) -> tuple[str, str, str]:
        """What is shown in `width` cells, as text before the caret, the character under it, and after it."""
        before = shown(self.text[: self.caret], plain)
        under = shown(self.text[self.caret : self.caret + 1], plain) or " "
        after = shown(self.text[self.caret + 1 :], plain)
        while cell_len(before) + cell_len(under) > width and before:
            before = before[1:]
        while cell_len(before) + cell_len(under) + cell_len(after) > width and after:
            after = after[:-1]
        return before, under, after
