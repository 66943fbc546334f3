"""`PasteText`: several lines of text, pasted or typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from partyday_tui.ui.dialogs.frame import Dialog
from partyday_tui.ui.keys import Stroke

if TYPE_CHECKING:
    from partyday_tui.ui.widgets.text_field import TextField


class PasteText(Dialog[str]):
    """Answers the text when F5 or Ctrl+S is pressed. `hint` says what belongs here; only `may_be_empty` takes a blank."""

    WIDTH: ClassVar[int] = 92
    KEYS = (
        ("F5", "就用这段", "粘贴好了就按，^S 也一样"),
        ("^V", "粘贴", "把复制好的文字放进来；在窗口里点鼠标右键也行"),
        ("回车", "", "换一行"),
    )
    LAST = ("Esc", "返回", "不用这段，退回前一页")
    DEFAULT_CSS = """
    PasteText TextField { height: 1fr; border: none; padding: 0 1; scrollbar-size: 0 0; background: $background; }
    PasteText TextField:focus { border: none; }
    """

    def __init__(self, title: str, hint: str, text: str = "", *, may_be_empty: bool = False) -> None:
        super().__init__(title)
        self._hint = hint
        self._text = text
        self._may_be_empty = may_be_empty
        self._area: TextField | None = None

    def body(self) -> Sequence[Widget]:
        """The text area; its module is loaded only now."""
        from partyday_tui.ui.widgets.text_field import TextField

        self._area = TextField(self._text)
        return (self._area,)

    def wanted_lines(self, width: int) -> int:
        """Most of the screen."""
        return 16

    def on_mount(self) -> None:
        """Say what belongs here, and type at once."""
        self.tell(self._hint, ink="quiet")
        if self._area is not None:
            self._area.focus()

    def on_text_field_taken_out(self, event: TextField.TakenOut) -> None:
        """Name what cannot be seen and stayed out."""
        self.tell(event.words, ink="quiet")

    def take(self, stroke: Stroke) -> bool:
        """F5 answers."""
        if stroke.key not in ("f5", "ctrl+s") or self._area is None:
            return False
        text = self._area.text
        if text.strip() or self._may_be_empty:
            self.dismiss(text)
        else:
            self.tell("这里还是空的，先粘贴文字（^V 或 Shift+Ins），再按 F5")
        return True
