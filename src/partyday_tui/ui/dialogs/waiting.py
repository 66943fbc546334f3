"""`Waiting`: something takes a while; it goes away by itself."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from partyday_tui.ui.dialogs.frame import Dialog
from partyday_tui.ui.show import wrap
from partyday_tui.ui.widgets.lines import Lines


class Waiting(Dialog[str]):
    """Answers ``stop`` when Esc was pressed, None when `finish` was called, by whom it waits for."""

    KEYS = ()
    LAST = ("Esc", "停止", "不再等了")

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__(title)
        self._sentence = wrap(sentence, self.WIDTH - 4)
        self._lines = Lines(len(self._sentence) + 2)
        self._finished = False
        for y, line in enumerate(self._sentence):
            self._lines.put(y + 1, "  " + line)

    def body(self) -> Sequence[Widget]:
        """The sentence between two blank lines."""
        return (self._lines,)

    def wanted_lines(self, width: int) -> int:
        """The sentence and its air."""
        return len(self._sentence) + 2

    def on_screen_resume(self) -> None:
        """What ended before this was shown, or while the screen was locked, needs no waiting."""
        if self._finished:
            self.dismiss(None)

    def finish(self) -> None:
        """Go away; harmless before it is shown and after it was answered."""
        self._finished = True
        if self.app.screen is self:  # not `is_current`, which holds below a dialog too
            self.dismiss(None)

    def back(self) -> None:
        """Esc ends what is waited for."""
        self.dismiss("stop")
