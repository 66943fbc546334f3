"""`Choose`: one of a numbered list."""

from __future__ import annotations

from collections.abc import Sequence

from partyday_tui.ui.dialogs.picker import Picker
from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.show import cells
from partyday_tui.ui.widgets.columns import Column, Key, Matcher, Row

_AROUND, _WIDEST = 12, 76  # cells: marker, number, gaps and scroll mark; the widest box


class Choose(Picker[str]):
    """Answers the value of the chosen (value, label, help); the digits 1 to 9 choose at once, letters find.

    `current` is the value under the cursor at first. `matcher` ranks entries (indices into them) for typed letters.
    """

    KEYS = (
        ("数字", "直接选", "按左边的号，不用再按回车"),
        ("上下", "移动", "移动光标"),
        ("回车", "选定", "选光标指着的一样"),
    )

    def __init__(
        self,
        title: str,
        entries: Sequence[tuple[str, str, str]],
        *,
        current: str | None = None,
        matcher: Matcher | None = None,
    ) -> None:
        widest = max((cells(label) for _, label, _ in entries), default=4)
        help_width = max((cells(text) for _, _, text in entries), default=0)
        # A long help leaves the label a third of the box at the least; a short one leaves it the rest.
        name_width = min(widest, max(32, _WIDEST - _AROUND - help_width))
        # Where no entry has a help, its column would take half of the box from the labels.
        shares = (
            (Column("", name_width, ink="strong"), Column("", ink="quiet"))
            if help_width
            else (Column("", ink="strong"),)
        )
        super().__init__(title, (Column("", 2, align="right", ink="key"), *shares), matcher=matcher)
        self._entries = tuple(entries)
        rows = [
            Row(value, (str(number) if number < 10 else "", label, text)[: len(shares) + 1])
            for number, (value, label, text) in enumerate(entries, 1)
        ]
        self.register.set_rows(rows, cursor=current)

    def wanted_width(self) -> int:
        """Wider than usual where the help would be cut, but not as wide as the screen that it stands over."""
        widest = max((sum(map(cells, entry[1:])) for entry in self._entries), default=0)
        return max(self.WIDTH, min(widest + _AROUND, _WIDEST))

    def chosen(self, key: Key) -> None:
        """Answer the value."""
        self.dismiss(str(key))

    def take(self, stroke: Stroke) -> bool:
        """A digit chooses its entry."""
        digit = stroke.digit
        if digit is None:
            return super().take(stroke)
        if 1 <= digit <= len(self._entries):
            self.dismiss(self._entries[digit - 1][0])
        else:
            self.tell("没有这个号，请看左边的数字")
        return True
