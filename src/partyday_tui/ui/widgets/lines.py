"""`Lines`: a few lines of parts, each repainted on its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from partyday_tui.ui.show import fit, shown, wrap
from partyday_tui.ui.theme import look_of
from partyday_tui.ui.widgets.paper import Paper

Parts = str | Sequence[tuple[str, str]]
"""A text in the line's own ink, or (text, ink) pairs."""


class Lines(Widget):
    """`count` lines; each has a left side that is cropped and a right side that is kept."""

    ALLOW_SELECT = False

    def __init__(self, count: int, *, ink: str = "text", id: str | None = None) -> None:
        super().__init__(id=id)
        self.styles.height = count
        self._ink = ink
        self._paper = Paper(self)
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
        width, ink_of = self.size.width, self._paper.inks()
        if y >= len(self._content):
            return Strip.blank(width, ink_of())
        left, right, ink = self._spilled(y, width) or self._content[y]
        plain = look_of(self.app).plain
        tail, tail_width = _segments(right, ink, width, ink_of, plain)
        head, head_width = _segments(left, ink, max(width - tail_width - (2 if tail else 0), 0), ink_of, plain)
        gap = Segment(" " * (width - head_width - tail_width), ink_of(ink))
        return Strip([*head, gap, *tail], width)

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


def _segments(
    parts: Parts, ink: str, room: int, ink_of: Callable[..., Style], plain: bool
) -> tuple[list[Segment], int]:
    """Parts as segments of at most `room` cells, and the cells they take."""
    segments: list[Segment] = []
    used = 0
    for text, own in [(parts, "")] if isinstance(parts, str) else parts:
        safe = shown(text, plain)
        size = cell_len(safe)
        if used + size > room:
            size = room - used
            safe = fit(safe, size, plain=plain)
        if safe:
            segments.append(Segment(safe, ink_of(ink, own) if own else ink_of(ink)))
        used += size
    return segments, used
