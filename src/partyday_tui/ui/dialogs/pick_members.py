"""`PickMembers`: one member or several, by pinyin."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from partyday_tui.rules.names import Finder
from partyday_tui.rules.people import Member
from partyday_tui.ui.dialogs.frame import KeyWords
from partyday_tui.ui.dialogs.picker import Picker
from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.widgets.columns import Column, Key, Row

_NOBODY = 0


class PickMembers(Picker[tuple[int, ...]]):
    """Answers the keys of the chosen members; None when the user went back.

    Space ticks and Enter takes all that are ticked; Enter alone takes the one under the cursor. ``at_least`` heads are asked for;
    with ``single`` Enter takes one and nothing is ticked. ``nobody`` labels a first line that answers the empty tuple.
    """

    WIDTH = 72
    KEYS = (
        ("空格", "勾选", "勾上或去掉，可以勾几个人"),
        ("上下", "移动", "移动光标"),
        ("回车", "选好了", "选勾上的人；一个没勾的，选光标指着的人"),
    )

    def __init__(
        self,
        title: str,
        members: Sequence[Member],
        *,
        ticked: Collection[int] = (),
        at_least: int = 1,
        single: bool = False,
        nobody: str = "",
    ) -> None:
        self._first = [(_NOBODY, nobody)] if nobody else []
        self._members = list(members)
        finder = Finder([("", "")] * len(self._first) + [(it.name, it.reading) for it in self._members])
        columns = (Column("", 2, ink="here"), Column("", 20, ink="strong"), Column("", 14), Column("", ink="quiet"))
        super().__init__(title, columns, matcher=finder.find)
        self._ticked = dict.fromkeys(it.id for it in self._members if it.id in ticked)
        self._at_least = at_least
        self._single = single
        self.register.empty = "名册里还没有党员；请先在名册（F6）里添加。"
        rows = [Row(key, ("", label)) for key, label in self._first]
        self.register.set_rows(rows + [Row(it.id, self._cells(it)) for it in self._members])
        self._count()

    def keys_here(self) -> KeyWords:
        """Without ticking where one is wanted."""
        pairs = super().keys_here()
        return [pairs[1], ("回车", "选定"), *pairs[3:]] if self._single else pairs

    def chosen(self, key: Key) -> None:
        """Enter: everyone who is ticked, or else the one under the cursor."""
        if key == _NOBODY:
            self.dismiss(())
            return
        chosen = tuple(self._ticked) or (int(str(key)),)
        if len(chosen) < self._at_least:
            self.tell(f"至少要选 {self._at_least} 名，请按空格勾选")
            return
        self.dismiss(chosen)

    def take(self, stroke: Stroke) -> bool:
        """Space ticks and shows everyone again, ready for the next name."""
        if stroke.key != "space" or self._single:
            return super().take(stroke)
        key = self.register.cursor_key
        member = next((it for it in self._members if it.id == key), None)
        if member is not None:
            if member.id in self._ticked:
                del self._ticked[member.id]
            else:
                self._ticked[member.id] = None
            self.register.update_row(member.id, self._cells(member))
            if self.register.typed:
                self.find("")
            else:
                self.register.move_cursor(1)
            self._count()
        return True

    def _cells(self, member: Member) -> tuple[str, ...]:
        return (
            "+" if member.id in self._ticked else "",
            member.name,
            member.group,
            " ".join((member.post, *member.tags)),
        )

    def _count(self) -> None:
        if not self._single and self._ticked:
            names = [it.name for it in self._members if it.id in self._ticked]
            self.tell(f"已选 {len(names)} 名：{'、'.join(names)}", ink="strong")
