"""`Dialog`: the frame of every typed question: a title line, the body, one line of feedback, one line of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Self, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget

from partyday_tui.ui import keys
from partyday_tui.ui.actions import HELP_PAIR, key_line
from partyday_tui.ui.leaving import LeavesOnce
from partyday_tui.ui.theme import look_of
from partyday_tui.ui.widgets.lines import Lines

Answer = TypeVar("Answer")
KeyWords = Sequence[tuple[str, ...]]
"""(key, word, sentence): the key line shows key and word, the help all three. The sentence may be left out; an empty word is for the help alone."""


class Dialog(LeavesOnce[Answer], ModalScreen[Answer]):
    """A question over the screen that asks it; Esc answers None. Its keys come to `take`, and to nobody below.

    ``KEYS`` and ``LAST``, the one that leads out, are all that is told of its keys: below the box, and by F1 unless not ``HELPS``.
    """

    WIDTH: ClassVar[int] = 60
    KEYS: ClassVar[tuple[tuple[str, ...], ...]] = (("回车", "选定"),)
    LAST: ClassVar[tuple[str, ...]] = ("Esc", "返回", "退回前一页")
    HELPS: ClassVar[bool] = True
    HEAD_LINES: ClassVar[int] = 1

    def __init__(self, title: str) -> None:
        super().__init__()
        self.word = title
        self.explained = ""
        self._box = Widget(id="box")
        self.head = Lines(self.HEAD_LINES)
        self.foot = Lines(2, ink="quiet")
        self.head.put(0, [(" ", "bar"), (title, "bar-strong")], ink="bar")

    def compose(self) -> ComposeResult:
        """The box with head, body and foot."""
        with self._box:
            yield self.head
            yield from self.body()
            yield self.foot

    def body(self) -> Sequence[Widget]:
        """What stands between head and foot; takes the room that is left."""
        return ()

    def wanted_width(self) -> int:
        """How many cells the box would like."""
        return self.WIDTH

    def wanted_lines(self, width: int) -> int:
        """How many lines the body would like at `width` cells."""
        return 1

    def type(self, stroke: keys.Stroke, raw: str | None) -> bool:
        """Take a key as typing before all else; `raw` is the character as it was typed, not folded."""
        return False

    def take_paste(self, text: str) -> None:
        """Text was pasted into a dialog whose own widgets take none."""

    def take(self, stroke: keys.Stroke) -> bool:
        """Act on a key; False where it means nothing here."""
        return False

    def back(self) -> None:
        """One step back: answer None."""
        self.dismiss(None)

    def caret(self) -> Offset | None:
        """Where on the screen the text is typed, for the box of the input method; None without typing."""
        return None

    def tell(self, sentence: str, ink: str = "late") -> None:
        """Say one thing in the feedback line."""
        self.foot.put(0, " " + sentence if sentence else "", ink=ink, spills=ink != "quiet")

    def explained_in(self, section: str) -> Self:
        """Let F1 show the manual's section of this mark, and not that of the screen behind; returns the dialog."""
        self.explained = section
        return self

    def keys_here(self) -> KeyWords:
        """`KEYS`, unless they depend on what is asked."""
        return self.KEYS

    def show_keys(self, width: int) -> None:
        """The key line, with F1 if there is room, and with Esc at its end."""
        pairs = [(key, word) for key, word, *_ in self.keys_here() if word] + [HELP_PAIR] * self.HELPS
        self.foot.put(1, key_line(pairs, width, (self.LAST[0], self.LAST[1])))

    def show_help(self) -> None:
        """What the keys do here, and what the manual says of the page that asks; what was typed waits below."""
        from partyday_tui.ui.dialogs.help import help_in_dialog

        self.app.push_screen(help_in_dialog(self))

    def place_caret(self) -> None:
        """Move the terminal's cursor to `caret`."""
        where = self.caret()
        if where is not None:
            self.app.cursor_position = where

    def on_resize(self, event: events.Resize) -> None:
        """Give the box its size: as wide as it wants, as high as its text, never more than the screen."""
        border = 2 if look_of(self.app).plain else 0
        width = min(self.wanted_width(), event.size.width - border)
        lines = self.wanted_lines(width) + self.HEAD_LINES + 2
        self._box.styles.width = width + border
        self._box.styles.height = min(lines, event.size.height - border) + border
        self.show_keys(width)
        self.call_after_refresh(self.place_caret)

    def on_screen_resume(self) -> None:
        """The input method's box belongs here again."""
        self.call_after_refresh(self.place_caret)

    def on_paste(self, event: events.Paste) -> None:
        """A paste that no widget took."""
        event.stop()
        self.take_paste(event.text)

    def on_key(self, event: events.Key) -> None:
        """Every key comes here, after a widget that takes typing had it; one that comes after the answer means nothing."""
        stroke = keys.read(event)
        if self.has_left or self.type(stroke, event.character if stroke.character is not None else None):
            pass
        elif stroke.key == "escape":
            self.back()
        elif stroke.key == "ctrl+c":
            self.tell("要离开请先按 Esc，再按 Ctrl+Q")
        elif self.take(stroke):
            pass
        elif stroke.key == keys.HELP_KEY and self.HELPS:
            self.show_help()
        else:
            return
        event.stop()
        event.prevent_default()
