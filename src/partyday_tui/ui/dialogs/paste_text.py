"""`PasteText`: several lines of text, pasted or typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from partyday_tui.ui.dialogs.frame import Dialog
from partyday_tui.ui.keys import Stroke

if TYPE_CHECKING:
    from textual.widgets import TextArea


class PasteText(Dialog[str]):
    """Answers the text when F5 or Ctrl+S is pressed; an empty one is not taken. `hint` says what belongs here."""

    WIDTH: ClassVar[int] = 76
    KEYS = (("F5", "就用这段"), ("^V", "粘贴"))
    DEFAULT_CSS = """
    PasteText TextArea { height: 1fr; border: none; padding: 0 1; scrollbar-size: 0 0; background: $background; }
    PasteText TextArea:focus { border: none; }
    """

    def __init__(self, title: str, hint: str, text: str = "") -> None:
        super().__init__(title)
        self._hint = hint
        self._text = text
        self._area: TextArea | None = None

    def body(self) -> Sequence[Widget]:
        """The text area; its module is loaded only now."""
        from textual.widgets import TextArea

        self._area = TextArea(self._text, soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False)
        return (self._area,)

    def wanted_lines(self, width: int) -> int:
        """Most of the screen."""
        return 16

    def on_mount(self) -> None:
        """Say what belongs here, and type at once."""
        self.tell(self._hint, ink="quiet")
        if self._area is not None:
            self._area.focus()

    def take(self, stroke: Stroke) -> bool:
        """F5 answers."""
        if stroke.key not in ("f5", "ctrl+s") or self._area is None:
            return False
        text = self._area.text
        if text.strip():
            self.dismiss(text)
        else:
            self.tell("这里还是空的，先粘贴文字（^V 或鼠标右键），再按 F5")
        return True
