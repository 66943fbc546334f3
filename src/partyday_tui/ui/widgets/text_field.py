"""`TextField`: several lines of text; imported only by the dialog that needs it, since it costs a start 10 ms."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from partyday_tui.rules.text import only_seen


class TextField(TextArea):
    """Textual's text area without line numbers; what comes in loses controls and direction marks."""

    class TakenOut(Message):
        """Something that cannot be seen was taken out of a paste; `words` is the sentence that names it."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, text: str) -> None:
        super().__init__(_plain(text)[0], soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False)

    async def _on_paste(self, event: events.Paste) -> None:
        """Paste what can be seen; WeChat wraps names in direction marks."""
        event.stop()
        event.prevent_default()
        text, removed = _plain(event.text)
        self.insert(text)
        if removed:
            self.post_message(self.TakenOut(removed))


def _plain(text: str) -> tuple[str, str]:
    """`text` with its line breaks, without any other character that only steers a terminal; and the sentence about these."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\v", " ").replace("\f", " ")
    return only_seen(unified)
