"""`ShowText`: a text to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.widget import Widget

from partyday_tui.ui.dialogs.frame import Dialog
from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.show import wrap
from partyday_tui.ui.widgets.reader import Reader


class ShowText(Dialog[None]):
    """Shows `text`, wrapped and scrolling; Enter or Esc closes it."""

    WIDTH: ClassVar[int] = 92
    KEYS: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("上下", "翻看", "一行一行地看，PgUp、PgDn 翻一页"),
        ("回车", "看完了", "关上这一页"),
    )

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self._text = text
        self._reader = Reader(self.lines)

    def lines(self, width: int) -> list[str]:
        """The text at `width` cells."""
        return wrap(self._text, width)

    def body(self) -> Sequence[Widget]:
        """The text."""
        return (self._reader,)

    def wanted_lines(self, width: int) -> int:
        """As many as the text has at this width."""
        return len(self.lines(width - Reader.MARGIN * 2)) + 2

    def take(self, stroke: Stroke) -> bool:
        """Scroll, or close."""
        if stroke.key in ("enter", "space"):
            self.dismiss(None)
            return True
        return self._reader.take_key(stroke.key)
