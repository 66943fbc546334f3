"""The manual's small Markdown."""

import pytest

from partyday_tui.rules.manual import Block, BlockKind, block_of, read_chapter

TEXT = """
# 点名

先看这里。

## 记到会 {roll called_roll}
<!-- start: demo -->


1. 按【F4】，看到「点名」。

![点名](pictures/roll.svg)

## 空的一节

## 别的
* **一**件事
"""


def test_a_chapter_is_its_sections():
    chapter = read_chapter(3, TEXT)
    assert (chapter.number, chapter.title) == (3, "点名")
    assert [(it.title, it.screens, it.start) for it in chapter.sections] == [
        ("点名", (), ""),
        ("记到会", ("roll", "called_roll"), "demo"),
        ("别的", (), ""),
    ]
    assert [block.kind for block in chapter.sections[1].blocks] == [BlockKind.STEP, BlockKind.BLANK, BlockKind.PICTURE]


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("", Block(BlockKind.BLANK)),
        ("12. 按【F4】", Block(BlockKind.STEP, "按【F4】", "12")),
        ("* 一件", Block(BlockKind.ITEM, "一件")),
        ("### 小标题", Block(BlockKind.HEADING, "小标题")),
        ("![图](a.svg)", Block(BlockKind.PICTURE, "图", "a.svg")),
        ("12.5 元", Block(BlockKind.TEXT, "12.5 元")),
    ],
)
def test_a_line_is_a_block(line, block):
    assert block_of(line) == block


def test_strong_words_are_plain_on_the_screen():
    assert block_of("* **一**件**事**").plain == "一件事"


@pytest.mark.parametrize("text", ["", "没有标题", "## 一节"])
def test_a_chapter_without_a_title_is_refused(text):
    with pytest.raises(ValueError, match="no title"):
        read_chapter(1, text)
