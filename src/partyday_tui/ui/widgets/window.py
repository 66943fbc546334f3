"""Which part of a long list is in sight, and how its scroll mark says so; all values are rows."""

from __future__ import annotations


def turned(top: int, first: int, cursor: int, room: int, count: int) -> int:
    """The first row in sight so that `first` (the cursor, or the heading above it) and `cursor` are in sight.

    Past an edge the list turns by half a page, so that few keys repaint it all.
    """
    if not top <= first <= cursor < top + room:
        top = first - room // 2
    return max(0, min(top, count - room))


def thumb(top: int, room: int, count: int) -> range:
    """The lines of the window that the scroll mark fills; none when everything is in sight."""
    if count <= room:
        return range(0)
    size = max(room * room // count, 1)
    start = round(top * (room - size) / (count - room))
    return range(start, start + size)
