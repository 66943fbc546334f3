"""使用手册 on the screen: `ManualList` finds a section, `ManualPage` shows one and turns to its neighbours."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from partyday_tui.rules.manual import Block, BlockKind, Section
from partyday_tui.rules.names import Finder
from partyday_tui.services.manual import chapters
from partyday_tui.ui.dialogs.picker import Picker
from partyday_tui.ui.dialogs.show_text import ShowText
from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.show import cells, wrap
from partyday_tui.ui.widgets.columns import Column, Key, Row

_MARKS = {BlockKind.ITEM: "・ ", BlockKind.TEXT: "", BlockKind.HEADING: ""}


def section_lines(section: Section, width: int) -> list[str]:
    """A section as lines of at most `width` cells; what follows a step's number or an item's dot stands under its text."""
    lines: list[str] = []
    for block in section.blocks:
        if block.kind is not BlockKind.BLANK or (lines and lines[-1]):  # two, where a picture stood between them
            lines += _lines_of(block, width)
    while lines and not lines[-1]:
        lines.pop()
    return lines


class ManualPage(ShowText):
    """The section `index` of `sections()`; left and right turn the page."""

    KEYS: ClassVar[tuple[tuple[str, ...], ...]] = (("上下", "翻看"), ("左右", "上一节、下一节"), ("回车", "看完了"))
    HELPS = False

    def __init__(self, index: int) -> None:
        super().__init__("使用手册", "")
        self._turn(index)

    def lines(self, width: int) -> list[str]:
        """The section at `width` cells."""
        return section_lines(sections()[self._index], width)

    def wanted_lines(self, width: int) -> int:
        """As many as the longest section has: turning a page does not change the box."""
        return max(len(section_lines(section, width - 4)) for section in sections()) + 2

    def take(self, stroke: Stroke) -> bool:
        """Turn the page, scroll or close."""
        step = {"left": -1, "right": 1}.get(stroke.key)
        if step is None:
            return super().take(stroke)
        if 0 <= self._index + step < len(sections()):
            self._turn(self._index + step)
            self._reader.show_anew()
        return True

    def _turn(self, index: int) -> None:
        self._index = index
        section = sections()[index]
        chapter = next(chapter for chapter in chapters() if section in chapter.sections)
        subject = "" if section.title == chapter.title else f"  {section.title}"
        words = f"{chapter.number} {chapter.title}{subject}"
        self.head.put(0, [(" ", "bar"), ("使用手册  ", "bar"), (words, "bar-strong")], ink="bar")


class ManualList(Picker[None]):
    """Every section of the manual, found by title, pinyin or any word in it; Enter reads it. The cursor is on `current`."""

    WIDTH = 76
    KEYS = (("回车", "看这一节"),)
    HELPS = False
    FIND_HINT = "输入要找的字、拼音或首字母"

    def __init__(self, current: Section | None = None) -> None:
        columns = (Column("", 2, align="right", ink="key"), Column("", 36, ink="strong"), Column("", ink="quiet"))
        super().__init__("使用手册", columns, matcher=_matching)
        rows: list[Row] = []
        for chapter in chapters():
            for section in chapter.sections:
                is_first = section is chapter.sections[0]
                number, title = (str(chapter.number), "") if is_first else ("", chapter.title)
                rows.append(Row(len(rows), (number, section.title, title if title != section.title else "")))
        cursor = sections().index(current) if current is not None else 0
        self.register.set_rows(rows, cursor=cursor)

    def chosen(self, key: Key) -> None:
        """Read the section; Esc comes back to the list."""
        if isinstance(key, int):
            self.app.push_screen(ManualPage(key))


@cache
def sections() -> tuple[Section, ...]:
    """All sections in the order of the book."""
    return tuple(section for chapter in chapters() for section in chapter.sections)


@cache
def _finder() -> Finder:
    """Made when the first letter is typed, since it loads the readings of the characters."""
    from partyday_tui.services.readings import reading_of

    return Finder([(section.title, reading_of(section.title)) for section in sections()])


def _matching(typed: str) -> list[int]:
    """Titles first, then the sections in whose text the word stands."""
    by_title = _finder().find(typed)
    inside = [
        index
        for index, section in enumerate(sections())
        if index not in by_title and any(typed in block.plain for block in section.blocks)
    ]
    return by_title + inside


def _lines_of(block: Block, width: int) -> list[str]:
    if block.kind is BlockKind.PICTURE:
        return []
    if block.kind is BlockKind.BLANK:
        return [""]
    mark = f"{block.mark:>2}. " if block.kind is BlockKind.STEP else _MARKS[block.kind]
    indent = " " * cells(mark)
    first, *rest = wrap(block.plain, width - len(indent))
    return [mark + first, *(indent + line for line in rest)]
