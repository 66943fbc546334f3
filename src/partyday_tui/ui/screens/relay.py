"""A pasted 群接龙 laid open: what would be marked, and what the program will not guess."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from partyday_tui.rules.relay import RelayLine, RelayMatch, match_relay, parse_relay
from partyday_tui.rules.roll import STATUS_WORDS, UNMARKED_WORD, RollEntry, Status
from partyday_tui.services.roll import Mark
from partyday_tui.ui.dialogs.picker import Picker
from partyday_tui.ui.widgets.columns import Column, Row

if TYPE_CHECKING:
    from partyday_tui.ui.book_screen import BookScreen
    from partyday_tui.ui.keys import Stroke

Proposed = tuple[RollEntry, RelayLine, Status]


async def ask_about_relay(screen: BookScreen, text: str, entries: Sequence[RollEntry]) -> list[Mark]:
    """The marks of a 接龙 that the user agreed to; none when nothing matched or the user went back."""
    lines = parse_relay(text, [entry.name for entry in entries])
    if not lines:
        screen.tell("这段文字里没有接龙的名单（1. 姓名 2. 姓名 …），请从群里重新复制。", ink="late")
        return []
    match = match_relay(lines, [(entry.member_id, entry.name) for entry in entries])
    by_id = {entry.member_id: entry for entry in entries}
    agreed = await screen.ask(RelayPreview(match, by_id))
    return [
        Mark(entry.member_id, status, line.remark if status is Status.LEAVE else "")
        for entry, line, status in agreed or ()
    ]


class RelayPreview(Picker[list[Proposed]]):
    """Shows the proposals and everything that is not one; F5 takes the proposals that are still ticked."""

    WIDTH = 78
    HEAD_LINES = 1
    KEYS = (("F5", "记下", "写着「记」的，一起记进点名"), ("空格", "记或不记", "这一个人记不记"))
    LAST = ("Esc", "返回", "一个也不记，退回前一页")

    def __init__(self, match: RelayMatch, entries: dict[int, RollEntry]) -> None:
        super().__init__(
            "核对接龙", (Column("", 6), Column("", 18, ink="strong"), Column("", 10), Column("", ink="quiet"))
        )
        self._proposed: dict[int, Proposed] = {}
        self._unclear: list[RelayLine] = []
        for member_id, line in match.matched:
            if line.proposal is None:
                self._unclear.append(line)
            elif Status(line.proposal) is not entries[member_id].status:
                self._proposed[member_id] = (entries[member_id], line, Status(line.proposal))
        self._dropped: set[int] = set()
        self._match = match
        self.register.set_rows(self._rows())

    def take(self, stroke: Stroke) -> bool:
        """F5 answers, Space ticks; the rest is the list's."""
        if stroke.key == "f5":
            self.dismiss([proposed for key, proposed in self._proposed.items() if key not in self._dropped])
            return True
        key = self.register.cursor_key
        if stroke.key == "space":
            if isinstance(key, int):
                self._dropped ^= {key}
                self.register.update_row(key, self._cells(key))
                self.register.move_cursor(1)
            return True
        return super().take(stroke)

    def finds(self, stroke: Stroke) -> bool:
        """Letters mean nothing in so short a list."""
        return False

    def _cells(self, key: int) -> tuple[str, ...]:
        entry, line, status = self._proposed[key]
        now = STATUS_WORDS[entry.status] if entry.status else UNMARKED_WORD
        note = f"现为{now}" if entry.status else ""
        return (
            "不记" if key in self._dropped else "记",
            entry.name,
            STATUS_WORDS[status],
            f"{line.remark} {note}".strip(),
        )

    def _rows(self) -> list[Row]:
        rows = [Row(None, (f"要记下的{len(self._proposed)}人",))]
        rows += [Row(key, self._cells(key)) for key in self._proposed]
        for title, lines, advice in (
            ("同名的，请到名单里分别点", self._match.ambiguous, "有几位叫这个名字"),
            ("名单里没有的", self._match.unmatched, "核对姓名，列席人员按 Ins 添加"),
            ("接龙里重复的", self._match.repeated, "两次说的不一样，或多接了一次"),
            ("备注没有看懂的", self._unclear, "请自己点"),
        ):
            if lines:
                rows.append(Row(None, (title,)))
                rows += [
                    Row(
                        f"{title} {place}",
                        (
                            f"第{line.number}" if line.number else "",
                            line.name,
                            "不记",
                            f"{line.remark} {advice}".strip(),
                        ),
                    )
                    for place, line in enumerate(lines)
                ]
        return rows
