"""`TextField`: several lines of text; imported only by the dialog that needs it, since it costs a start 10 ms."""

from __future__ import annotations

import unicodedata

from textual import events
from textual.widgets import TextArea


class TextField(TextArea):
    """Textual's text area without line numbers; what comes in loses controls and direction marks."""

    def __init__(self, text: str) -> None:
        super().__init__(_visible(text), soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False)

    async def _on_paste(self, event: events.Paste) -> None:
        """Paste what can be seen; WeChat wraps names in direction marks."""
        event.stop()
        event.prevent_default()
        self.insert(_visible(event.text))


def _visible(text: str) -> str:
    """`text` with its line breaks, without any other character that only steers a terminal."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(char for char in unified if char == "\n" or unicodedata.category(char)[0] != "C")
