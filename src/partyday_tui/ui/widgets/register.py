"""`Register`: the one list. It draws line by line, so a key repaints one line whether there are 50 rows or 5,000."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from partyday_tui.ui.show import fit, wrap
from partyday_tui.ui.theme import Look, look_of
from partyday_tui.ui.widgets.columns import Column, Key, Laid, Matcher, Row, containing, lay_out
from partyday_tui.ui.widgets.paper import Paper
from partyday_tui.ui.widgets.window import thumb, turned

_MARKER = 2


class Register(Widget):
    """A list with a cursor and a find; posts `Moved` and `Chosen`, keeps nothing of the book.

    `empty` is what it says without rows: what it is for and which key fills it. `matcher` ranks the rows for typed
    letters; without one, rows that contain them are shown.
    """

    ALLOW_SELECT = False

    class Chosen(Message):
        """Enter or a double click on a row."""

        def __init__(self, key: Key) -> None:
            super().__init__()
            self.key = key

    class Moved(Message):
        """The cursor stands on another row; `key` is None where no row is shown."""

        def __init__(self, key: Key) -> None:
            super().__init__()
            self.key = key

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str = "",
        matcher: Matcher | None = None,
        header: bool = True,
        gap: int = 2,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.styles.height = "1fr"
        self.empty = empty
        self.matcher = matcher
        self._columns = tuple(columns)
        self._header = int(header)
        self._gap = gap
        self._paper = Paper(self)
        self._rows: list[Row] = []
        self._index: dict[Key, int] = {}
        self._narrowed: list[int] | None = None
        self._typed = ""
        self._cursor = 0
        self._top = 0
        self._laid: tuple[int, list[Laid]] = (-1, [])

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, shown or not; a matcher's indices point into this."""
        return self._rows

    @property
    def typed(self) -> str:
        """What is looked for now."""
        return self._typed

    @property
    def shown_count(self) -> int:
        """How many rows the find has left."""
        return len(self._rows if self._narrowed is None else self._narrowed)

    @property
    def cursor_row(self) -> Row | None:
        """The row under the cursor; None in an empty list."""
        row = self._at(self._cursor)
        return row if row is not None and row.key is not None else None

    @property
    def cursor_key(self) -> Key:
        """The key of the row under the cursor."""
        row = self.cursor_row
        return row.key if row else None

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Lay the rows out in other columns from now on."""
        self._columns = tuple(columns)
        self._laid = (-1, [])
        self.refresh()

    def set_rows(self, rows: Sequence[Row], *, cursor: Key = None) -> None:
        """Replace all rows; the cursor goes to the row `cursor`, else stays with its row, else with its place."""
        wanted = cursor if cursor is not None else self.cursor_key
        self._rows = list(rows)
        self._index = {row.key: index for index, row in enumerate(self._rows)}
        self._narrowed = self._match()
        place = self._place_of(wanted)
        self._set_cursor(self._cursor if place is None else place)
        self.refresh()

    def update_row(self, key: Key, cells: tuple[str, ...], inks: tuple[str | None, ...] = ()) -> None:
        """Give the row `key` other texts and repaint its line only; KeyError for an unknown key."""
        self._rows[self._index[key]] = Row(key, cells, inks)
        place = self._place_of(key)
        if place is not None:
            self._repaint(place)

    def find(self, typed: str) -> None:
        """Show only the rows that match, the cursor on the best; an empty text shows all, the cursor unmoved."""
        if typed == self._typed:
            return
        key = self.cursor_key
        self._typed = typed
        self._narrowed = self._match()
        place = 0 if typed else self._place_of(key) or 0
        self._top = 0
        self._set_cursor(place)
        if self.cursor_key != key:
            self.post_message(self.Moved(self.cursor_key))
        self.refresh()

    def has(self, key: Key) -> bool:
        """Whether there is a row `key`, shown or not."""
        return key in self._index

    def go_to(self, key: Key) -> None:
        """Put the cursor on the row `key`, if it is shown."""
        place = self._place_of(key)
        if place is not None:
            self._move_to(place)

    def move_cursor(self, by: int) -> None:
        """Move the cursor by so many rows, stopping at the ends."""
        self._move_to(self._cursor + by)

    def take_key(self, key: str) -> bool:
        """Act on a moving key or Enter; False for any other key."""
        page = max(self._room() - 1, 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if key in steps:
            self.move_cursor(steps[key])
        elif key in ("home", "end"):
            self._move_to(0 if key == "home" else self.shown_count - 1)
        elif key == "enter":
            self.choose()
        else:
            return False
        return True

    def choose(self) -> None:
        """Post `Chosen` for the row under the cursor."""
        if self.cursor_row is not None:
            self.post_message(self.Chosen(self.cursor_key))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines that all rows need, where the height is automatic."""
        return max(self.shown_count, 1) + self._header

    def render_line(self, y: int) -> Strip:
        """The header, a heading, a row, or the words of the empty list."""
        look, size, ink = look_of(self.app), self.size, self._paper.inks()
        if y < self._header:
            titles = [(fit(c.title, cells, c.align, look.plain), "columns") for _, c, cells in self._lay_out(size)]
            return self._strip("  ", titles, ("columns",), self._thumb(None, size, look, ("columns",)))
        place = self._top + y - self._header
        row = self._at(place)
        if row is None:
            return self._without_row(y - self._header, look, size.width)
        if row.key is None:
            heading = Segment(fit(row.cells[0], size.width - 1, plain=look.plain), ink("heading"))
            return Strip([heading, self._thumb(place, size, look, ())], size.width)
        cells = [
            (fit(row.text(index), width, column.align, look.plain), row.ink_of(index, column))
            for index, column, width in self._lay_out(size)
        ]
        over = ("cursor",) if place == self._cursor else ()
        return self._strip("> " if over else "  ", cells, over, self._thumb(place, size, look, over))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a double click chooses."""
        place = self._top + event.y - self._header
        row = self._at(place) if event.y >= self._header else None
        if row is not None and row.key is not None:
            self._move_to(place)
            if event.chain == 2:
                self.choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the cursor by three."""
        event.stop()
        self.move_cursor(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the cursor by three."""
        event.stop()
        self.move_cursor(-3)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._scroll_to_cursor()

    def _match(self) -> list[int] | None:
        if not self._typed:
            return None
        return list(self.matcher(self._typed)) if self.matcher else containing(self._rows, self._typed)

    def _at(self, place: int) -> Row | None:
        """The row at a place of the list as shown."""
        if not 0 <= place < self.shown_count:
            return None
        return self._rows[place if self._narrowed is None else self._narrowed[place]]

    def _place_of(self, key: Key) -> int | None:
        """Where the row `key` is shown; None where it is not."""
        index = self._index.get(key) if key is not None else None
        if index is None or self._narrowed is None:
            return index
        return self._narrowed.index(index) if index in self._narrowed else None

    def _room(self) -> int:
        """Rows that fit on the screen."""
        return self._room_of(self.size)

    def _room_of(self, size: Size) -> int:
        return max(size.height - self._header, 1)

    def _move_to(self, place: int) -> None:
        before = self._cursor
        self._set_cursor(place)
        if self._cursor != before:
            self._repaint(before)
            self._repaint(self._cursor)
            self.post_message(self.Moved(self.cursor_key))

    def _set_cursor(self, place: int) -> None:
        """Put the cursor on the nearest row that is no heading, first looked for the way that it moves."""
        last = self.shown_count - 1
        place = max(0, min(place, last))
        onward = range(place, last + 1)
        back = range(place, -1, -1)
        for found in (*back, *onward) if place < self._cursor else (*onward, *back):
            row = self._at(found)
            if row is not None and row.key is not None:
                place = found
                break
        self._cursor = place
        self._scroll_to_cursor()

    def _scroll_to_cursor(self) -> None:
        """Bring the cursor in sight, with the heading right above it."""
        if not self.size.height:
            return
        above = self._at(self._cursor - 1)
        first = self._cursor - int(above is not None and above.key is None)
        top = turned(self._top, first, self._cursor, self._room(), self.shown_count)
        if top != self._top:
            self._top = top
            self.refresh()

    def _repaint(self, place: int) -> None:
        """Repaint the line of one place, if it is in sight."""
        size = self.size
        if 0 <= place - self._top < self._room_of(size):
            self.refresh(Region(0, place - self._top + self._header, max(size.width, 1), 1))

    def _lay_out(self, size: Size) -> list[Laid]:
        """The columns at this width; the last cell is the scroll mark's."""
        if self._laid[0] != size.width:
            self._laid = (size.width, lay_out(self._columns, size.width - _MARKER - 2, self._gap))
        return self._laid[1]

    def _strip(self, marker: str, cells: Sequence[tuple[str, str]], over: tuple[str, ...], last: Segment) -> Strip:
        """One line of texts with their inks, laid out before; the inks `over` lie on all of it."""
        width, laid = self._laid
        ink, gap = self._paper.inks(), " " * self._gap
        segments = [Segment(marker, ink("here", *over))]
        segments += [Segment(text + gap, ink(own, *over)) for text, own in cells[:-1]]
        segments += [Segment(text, ink(own, *over)) for text, own in cells[-1:]]
        used = _MARKER + sum(each.cells for each in laid) + self._gap * max(len(laid) - 1, 0)
        segments += [Segment(" " * (width - used - 1), ink(*over)), last]
        return Strip(segments, width).simplify()

    def _thumb(self, place: int | None, size: Size, look: Look, over: tuple[str, ...]) -> Segment:
        """The last cell of a line: filled where the part in sight lies within the whole list, so that it shows how far down this is."""
        room = self._room_of(size)
        filled = place is not None and place - self._top in thumb(self._top, room, self.shown_count)
        ink = self._paper.inks()
        return Segment("#" if look.plain and filled else " ", ink("thumb") if filled else ink(*over))

    def _without_row(self, y: int, look: Look, width: int) -> Strip:
        """A line below the last row: blank, or the words of an empty list."""
        words = f"没有找到「{self._typed}」，按 Esc 看全部" if self._typed else self.empty
        lines = wrap(words, max(width - 2 * _MARKER, 1), look.plain) if not self.shown_count else []
        text = lines[y - 1] if 1 <= y <= len(lines) else ""
        return Strip([Segment(fit("  " + text, width, plain=look.plain), self._paper.inks()("quiet"))], width)
