"""The manual's own small Markdown: chapters of sections, and the blocks that screen and paper are made of.

One line is one block. ``## 账本 {dues_year dues_entries}``: the section that F1 shows on these screens, named by the module of the screen,
or in the dialogs that name it themselves (`Dialog.explained_in`).
A numbered line is a step; in it 按【F4】, 输入【wyx】 and 看到「点名」 are what to press, to type and to see then, and a test does them.
What is done by hand, away from the keyboard, is a ``*`` line. ``<!-- start: demo -->`` under a heading says what its steps begin with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_SECTION = re.compile(r"## (?P<title>[^{]+?)(?: \{(?P<screens>[a-z_ ]+)\})?")
_PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<file>[^)]+)\)")
_STEP = re.compile(r"(\d+)\. (.+)")
_START = re.compile(r"<!-- start: ([a-z-]+) -->")


class BlockKind(StrEnum):
    """What a line of the manual is."""

    BLANK = ""
    TEXT = "text"
    HEADING = "heading"
    STEP = "step"
    ITEM = "item"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Block:
    """One line; ``mark`` is a step's number or a picture's file. ``text`` may still hold ``**`` around strong words."""

    kind: BlockKind
    text: str = ""
    mark: str = ""

    @property
    def plain(self) -> str:
        """The text without its marks of strength."""
        return self.text.replace("**", "")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; ``screens`` are the modules of the screens whose F1 shows it.

    ``start`` is what the steps begin with; where it is empty they go on where those before ended.
    """

    title: str
    screens: tuple[str, ...]
    blocks: tuple[Block, ...]
    start: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter."""

    number: int
    title: str
    sections: tuple[Section, ...]


def read_chapter(number: int, text: str) -> Chapter:
    """The chapter in a Markdown text: ``# title``, sections.

    What stands before the first ``##`` is a section of the chapter's own title. Raises ValueError where there is no title.
    """
    lines = text.splitlines()
    while lines and not lines[0]:
        del lines[0]
    if not lines or not lines[0].startswith("# "):
        raise ValueError(f"chapter {number} has no title")
    title = lines[0][2:]
    sections: list[Section] = []
    heading, screens, taken = title, "", list[str]()
    for line in lines[1:]:
        found = _SECTION.fullmatch(line)
        if found is None:
            taken.append(line)
            continue
        sections.append(_section(heading, screens, taken))
        heading, screens, taken = found["title"], found["screens"] or "", []
    sections.append(_section(heading, screens, taken))
    return Chapter(number, title, tuple(section for section in sections if section.blocks))


def block_of(line: str) -> Block:
    """What one line of Markdown is."""
    if not line.strip():
        return Block(BlockKind.BLANK)
    if line.startswith("### "):
        return Block(BlockKind.HEADING, line[4:])
    if line.startswith("* "):
        return Block(BlockKind.ITEM, line[2:])
    if step := _STEP.fullmatch(line):
        return Block(BlockKind.STEP, step[2], step[1])
    if picture := _PICTURE.fullmatch(line):
        return Block(BlockKind.PICTURE, picture["words"], picture["file"])
    return Block(BlockKind.TEXT, line)


def _section(title: str, screens: str, lines: Sequence[str]) -> Section:
    """Blank lines at both ends are left out, and of several one stays."""
    blocks: list[Block] = []
    start = ""
    for line in lines:
        if found := _START.fullmatch(line):
            start = found[1]
            continue
        block = block_of(line)
        if block.kind is not BlockKind.BLANK or (blocks and blocks[-1].kind is not BlockKind.BLANK):
            blocks.append(block)
    if blocks and blocks[-1].kind is BlockKind.BLANK:
        del blocks[-1]
    return Section(title, tuple(screens.split()), tuple(blocks), start)
