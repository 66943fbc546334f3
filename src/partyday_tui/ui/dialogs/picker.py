"""`Picker`: a dialog that is one list with a find; the others that choose from a list are made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.geometry import Offset
from textual.widget import Widget

from partyday_tui.ui import keys
from partyday_tui.ui.dialogs.frame import Dialog, KeyWords
from partyday_tui.ui.show import cells
from partyday_tui.ui.widgets.columns import Column, Key, Matcher
from partyday_tui.ui.widgets.register import Register

Answer = TypeVar("Answer")

_FIND_WORD = " 查找 "
_MOVE = ("上下", "", "移动光标，PgUp、PgDn 翻一页")
_FIND = ("字母 汉字", "", "在表里查找，退格删一个字")


class Picker(Dialog[Answer]):
    """Moves, finds and Enter over `self.register`; a subclass fills it and answers in `chosen`."""

    HEAD_LINES: ClassVar[int] = 2
    LAST = ("Esc", "返回", "查找过的先看全部，再按退回前一页")
    FIND_HINT: ClassVar[str] = "输入字母或汉字"

    def __init__(self, title: str, columns: Sequence[Column], *, matcher: Matcher | None = None) -> None:
        super().__init__(title)
        self.register = Register(columns, header=False, matcher=matcher, empty="这里还没有内容，按 Esc 返回。")
        self._show_find()

    def body(self) -> Sequence[Widget]:
        """The list."""
        return (self.register,)

    def keys_here(self) -> KeyWords:
        """The moves and the find besides what the list does."""
        own = list(self.KEYS)
        if all(key != _MOVE[0] for key, *_ in own):
            own.append(_MOVE)
        return [*own, _FIND] if self.finds(keys.Stroke("a", "a")) else own

    def wanted_lines(self, width: int) -> int:
        """A line per row."""
        return max(len(self.register.rows), 3)

    def chosen(self, key: Key) -> None:
        """Enter or a double click on the row `key`."""

    def finds(self, stroke: keys.Stroke) -> bool:
        """Whether this key is typed into the find."""
        return stroke.finds

    def caret(self) -> Offset | None:
        """Behind the typed text."""
        if self.HEAD_LINES < 2:
            return None
        return self.head.region.offset + Offset(cells(_FIND_WORD) + cells(self.register.typed), 1)

    def find(self, typed: str) -> None:
        """Look for `typed`; an empty text shows all."""
        self.register.find(typed)
        self._show_find()
        self.place_caret()

    def back(self) -> None:
        """Esc clears the find first."""
        if self.register.typed:
            self.find("")
        else:
            super().back()

    def take(self, stroke: keys.Stroke) -> bool:
        """Moves first, then the find."""
        self.tell("")
        if self.register.take_key(stroke.key):
            return True
        if self.finds(stroke) and stroke.character:
            self.find(self.register.typed + stroke.character)
        elif stroke.key == "backspace":
            self.find(self.register.typed[:-1])
        else:
            return False
        return True

    def on_register_chosen(self, event: Register.Chosen) -> None:
        """Hand the choice to the subclass."""
        event.stop()
        self.chosen(event.key)

    def take_paste(self, text: str) -> None:
        """A pasted word is looked for."""
        self.find("".join(filter(keys.is_find_character, keys.fold_text(text.strip()))))

    def _show_find(self) -> None:
        if self.HEAD_LINES > 1:
            typed = self.register.typed
            hint = ("", "") if typed else (self.FIND_HINT, "quiet")
            self.head.put(1, [(_FIND_WORD, "quiet"), (typed, "strong"), hint])
