"""`Reader`: lines of text to scroll through."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from partyday_tui.ui.show import fit
from partyday_tui.ui.theme import look_of


class Reader(Widget):
    """Shows what `lines(width)` returns, with one blank line above and below."""

    ALLOW_SELECT = False
    MARGIN: ClassVar[int] = 2

    def __init__(self, lines: Callable[[int], list[str]]) -> None:
        super().__init__()
        self.styles.height = "1fr"
        self._make = lines
        self._lines: list[str] = []
        self._top = 0

    def take_key(self, key: str) -> bool:
        """Scroll; False for a key that does not."""
        page = max(self.size.height - 3, 1)
        steps = {
            "up": -1,
            "down": 1,
            "pageup": -page,
            "pagedown": page,
            "home": -len(self._lines),
            "end": len(self._lines),
        }
        if key not in steps:
            return False
        self._scroll(steps[key])
        return True

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew."""
        self._wrap(event.size.width)

    def show_anew(self) -> None:
        """Show other lines, from their beginning."""
        self._top = 0
        self._wrap(self.size.width)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three lines down."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three lines up."""
        event.stop()
        self._scroll(-3)

    def render_line(self, y: int) -> Strip:
        """One line; the last says that there is more."""
        width, look = self.size.width, look_of(self.app)
        more = y == self.size.height - 1 and self._top + self.size.height < len(self._lines)
        index = self._top + y
        text = "下面还有，按下箭头" if more else self._lines[index] if index < len(self._lines) else ""
        line = " " * self.MARGIN + text
        return Strip(
            [Segment(fit(line, width, plain=look.plain), look.ink("quiet" if more else "text"))], width
        ).apply_style(self.rich_style)

    def _wrap(self, width: int) -> None:
        self._lines = ["", *self._make(width - 2 * self.MARGIN), ""]
        self._scroll(0)
        self.refresh()

    def _scroll(self, by: int) -> None:
        top = max(0, min(self._top + by, len(self._lines) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()
