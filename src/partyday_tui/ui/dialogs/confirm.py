"""`Confirm`: one sentence, yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from partyday_tui.ui.dialogs.frame import Dialog, KeyWords
from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.show import wrap
from partyday_tui.ui.widgets.lines import Lines


class Confirm(Dialog[bool]):
    """Answers True or False; Enter or 1 is yes, Esc or 0 is no. A `danger` takes only the 1, so that it is meant."""

    LAST = ("Esc", "", "和 0 一样")

    def __init__(self, title: str, sentence: str, *, danger: bool = False, yes: str = "是", no: str = "不") -> None:
        super().__init__(title)
        self._danger = danger
        self._yes, self._no = yes, no
        self._sentence = wrap(sentence, self.WIDTH - 4)
        self._lines = Lines(len(self._sentence) + 2)
        for y, line in enumerate(self._sentence):
            self._lines.put(y + 1, "  " + line)

    def body(self) -> Sequence[Widget]:
        """The sentence between two blank lines."""
        return (self._lines,)

    def wanted_lines(self, width: int) -> int:
        """The sentence and its air."""
        return len(self._sentence) + 2

    def keys_here(self) -> KeyWords:
        """The two answers."""
        return (("1", self._yes, "按 1 才做，回车不算" if self._danger else "回车也行"), ("0", self._no))

    def show_keys(self, width: int) -> None:
        """The two answers alone."""
        self.foot.put(1, [(" 1", "key"), (self._yes + "  ", "quiet"), ("0", "key"), (self._no, "quiet")])

    def back(self) -> None:
        """Esc is no."""
        self.dismiss(False)

    def take(self, stroke: Stroke) -> bool:
        """1 and Enter, 0."""
        if stroke.key == "1" or (stroke.key == "enter" and not self._danger):
            self.dismiss(True)
        elif stroke.key == "0":
            self.dismiss(False)
        elif stroke.key == "enter":
            self.tell(f"这一步要按 1 才做：{self._yes}")
        else:
            return False
        return True
