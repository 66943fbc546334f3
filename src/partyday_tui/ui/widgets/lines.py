"""`Lines`: a few lines of parts, each repainted on its own."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from partyday_tui.ui.show import fit, shown, wrap
from partyday_tui.ui.theme import Look, look_of

Parts = str | Sequence[tuple[str, str]]
"""A text in the line's own ink, or (text, ink) pairs."""


class Lines(Widget):
    """`count` lines; each has a left side that is cropped and a right side that is kept."""

    ALLOW_SELECT = False

    def __init__(self, count: int, *, ink: str = "text", id: str | None = None) -> None:
        super().__init__(id=id)
        self.styles.height = count
        self._ink = ink
        self._content: list[tuple[Parts, Parts, str]] = [("", "", ink)] * count
        self._spilling: int | None = None  # the line that takes the next one too where it is too long

    def put(self, y: int, left: Parts, right: Parts = "", *, ink: str | None = None, spills: bool = False) -> None:
        """Show `left` and `right` in line `y`; repaints that line only, and nothing when nothing changed.

        A sentence that `spills` covers the line below with its end where it is longer than its own line.
        """
        content = (left, right, ink or self._ink)
        spilling = y if spills else None if self._spilling == y else self._spilling
        if content != self._content[y] or spilling != self._spilling:
            lines = 2 if spilling != self._spilling or spills else 1
            self._content[y], self._spilling = content, spilling
            self.refresh(Region(0, y, max(self.size.width, 1), lines))

    def text_of(self, y: int) -> str:
        """The words of line `y` as given, left then right."""
        left, right, _ = self._content[y]
        return " ".join(filter(None, (_text(left), _text(right))))

    def end_of(self, y: int) -> int:
        """The cell after the left side of line `y`."""
        return min(cell_len(shown(_text(self._content[y][0]))), max(self.size.width - 1, 0))

    def render_line(self, y: int) -> Strip:
        """Line `y` as wide as the widget."""
        width, look = self.size.width, look_of(self.app)
        if y >= len(self._content):
            return Strip.blank(width, self.rich_style)
        left, right, ink = self._spilled(y, width) or self._content[y]
        tail, tail_width = _segments(right, ink, look, width)
        head, head_width = _segments(left, ink, look, max(width - tail_width - (2 if tail else 0), 0))
        gap = Segment(" " * (width - head_width - tail_width), look.ink(ink))
        return Strip([*head, gap, *tail], width).apply_style(self.rich_style)

    def _spilled(self, y: int, width: int) -> tuple[Parts, Parts, str] | None:
        """What a line shows of a sentence that takes two; None where there is none."""
        if self._spilling is None or y not in (self._spilling, self._spilling + 1):
            return None
        left, _, ink = self._content[self._spilling]
        pieces = wrap(_text(left).strip(), width - 1)
        if len(pieces) < 2:
            return None
        return " " + (pieces[0] if y == self._spilling else "".join(pieces[1:])), "", ink


def _text(parts: Parts) -> str:
    return parts if isinstance(parts, str) else "".join(text for text, _ in parts)


def _segments(parts: Parts, ink: str, look: Look, room: int) -> tuple[list[Segment], int]:
    """Parts as segments of at most `room` cells, and the cells they take."""
    segments: list[Segment] = []
    used = 0
    base = look.ink(ink)
    for text, own in [(parts, "")] if isinstance(parts, str) else parts:
        safe = shown(text, look.plain)
        size = cell_len(safe)
        if used + size > room:
            size = room - used
            safe = fit(safe, size, plain=look.plain)
        if safe:
            segments.append(Segment(safe, base + look.ink(own) if own else base))
        used += size
    return segments, used
