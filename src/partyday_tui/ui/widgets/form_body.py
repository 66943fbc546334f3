"""`FormBody`: a column of fields, drawn line by line; one of them is being filled."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from partyday_tui.ui.keys import Stroke, fold_text
from partyday_tui.ui.show import cells, fit
from partyday_tui.ui.theme import Look, look_of
from partyday_tui.ui.widgets.fields import Field
from partyday_tui.ui.widgets.line_edit import LineEdit

_LONGEST_LABEL = 20


class FormBody(Widget):
    """Labels and values of `fields`; `values()` is what stands there now."""

    ALLOW_SELECT = False

    class Moved(Message):
        """A click went to another field."""

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self.styles.height = "1fr"
        self.fields = tuple(fields)
        self.at = 0
        self._edits = [LineEdit.of(field.value) for field in fields]
        self._edits[0].mark_figures()
        self._label_width = min(max(cells(field.label) for field in fields), _LONGEST_LABEL)
        self._top = 0

    @property
    def field(self) -> Field:
        """The field being filled."""
        return self.fields[self.at]

    def values(self) -> dict[str, str]:
        """Every value by field name, trimmed; dates and numbers in ASCII digits."""
        return {field.name: self._value(n) for n, field in enumerate(self.fields)}

    def changed(self) -> bool:
        """Whether any value differs from what was given."""
        return any(self._value(n) != field.value.strip() for n, field in enumerate(self.fields))

    def put(self, value: str) -> None:
        """Give the field at hand a value."""
        self._edits[self.at] = LineEdit.of(value)
        self.refresh()

    def insert(self, text: str) -> str:
        """Paste into the field at hand, unless it is a choice; returns a sentence about what was taken out of the text, or ''."""
        if self.field.chosen:
            return ""
        removed = self._edits[self.at].insert(text)
        self.refresh()
        return removed

    def go_to(self, index: int) -> None:
        """Fill another field; stops at the ends."""
        self.at = max(0, min(index, len(self.fields) - 1))
        self._edits[self.at].mark_figures()
        self._scroll()
        self.refresh()

    def take(self, stroke: Stroke, raw: str | None) -> bool:
        """Act on a key within the field at hand; False for keys that belong to the form."""
        field = self.field
        if field.chosen:
            return self._take_choice(field, stroke)
        taken = self._edits[self.at].take(stroke, raw)
        if taken:
            self.refresh()
        return taken

    def caret(self) -> Offset:
        """Where on the screen the typing happens."""
        before, _, _ = self._visible(self.at).view(self._value_width())
        inside = 0 if self.field.chosen else cell_len(before)
        return self.region.offset + Offset(self._label_width + 5 + inside, self.at - self._top)

    def render_line(self, y: int) -> Strip:
        """One field."""
        width, look = self.size.width, look_of(self.app)
        index = self._top + y
        if index >= len(self.fields):
            return Strip.blank(width, self.rich_style)
        field, here = self.fields[index], index == self.at
        label = fit(field.label, self._label_width, plain=look.plain) + (" *" if field.required else "  ")
        marker = Segment("> " if here else "  ", look.ink("here"))
        segments = [marker, Segment(label + " ", look.ink("strong" if here else "quiet")), *self._shown(index, look)]
        return Strip(segments).apply_style(self.rich_style).adjust_cell_length(width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """A click fills that field."""
        if self._top + event.y < len(self.fields):
            self.go_to(self._top + event.y)
            self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Keep the field at hand in sight."""
        self._scroll()

    def _value(self, index: int) -> str:
        field, text = self.fields[index], self._edits[index].text
        if field.kind == "secret":
            return text
        text = text.strip()
        return fold_text(text) if field.kind in ("date", "partial_date", "number") else text

    def _value_width(self) -> int:
        return max(self.size.width - self._label_width - 7, 4)

    def _visible(self, index: int) -> LineEdit:
        """The line as it may be seen: of a secret only how long it is."""
        edit = self._edits[index]
        return (
            LineEdit("*" * len(edit.text), edit.caret, edit.is_marked) if self.fields[index].kind == "secret" else edit
        )

    def _take_choice(self, field: Field, stroke: Stroke) -> bool:
        """Space and the arrows go round, a digit takes its choice."""
        values = [value for value, _ in field.options]
        if not values:
            return False
        now = self._edits[self.at].text
        place = values.index(now) if now in values else -1
        if stroke.key in ("space", "right"):
            self.put(values[(place + 1) % len(values)])
        elif stroke.key == "left":
            self.put(values[max(place, 0) - 1])
        elif stroke.digit is not None and 1 <= stroke.digit <= len(values):
            self.put(values[stroke.digit - 1])
        else:
            return False
        return True

    def _shown(self, index: int, look: Look) -> list[Segment]:
        """The value: with its caret where it is being typed, with its label where it is chosen."""
        field, edit, width = self.fields[index], self._visible(index), self._value_width()
        ink = look.ink("field" if index == self.at else "text")
        if field.chosen:
            text = field.label_of(edit.text)
            return [Segment(fit(f"< {text} >" if index == self.at else text, width, plain=look.plain), ink)]
        if index != self.at:
            return [Segment(fit(edit.text, width, plain=look.plain), ink)]
        before, under, after = edit.view(width, look.plain)
        rest = fit(after, width - cell_len(before) - cell_len(under), plain=look.plain)
        marked = look.ink("caret") if edit.is_marked else ink
        return [Segment(before, marked), Segment(under, look.ink("caret")), Segment(rest, ink)]

    def _scroll(self) -> None:
        room = max(self.size.height, 1)
        top = min(max(self._top, self.at - room + 1), self.at)
        self._top = max(0, min(top, len(self.fields) - room))
