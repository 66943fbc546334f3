"""Every screen has its section, what is generated is not stale, and the manual is found and read by keyboard."""

import re
import subprocess
import sys

import pytest

from partyday_tui import paths
from partyday_tui.clock import Clock
from partyday_tui.rules.form_kinds import FORMS
from partyday_tui.rules.manual import BlockKind
from partyday_tui.services.manual import chapters, section_for
from partyday_tui.ui import keys
from partyday_tui.ui.app import _SCREENS, PartydayApp
from partyday_tui.ui.dialogs.manual import ManualList, ManualPage, section_lines, sections
from partyday_tui.ui.show import cells, shown
from tests.conftest import TODAY
from tests.manual.keys_chapter import CHAPTER, keys_chapter, screen_classes
from tests.manual.pictures import README_PICTURES, SCREENS, sum_of
from tests.whole.touring import Walk

TITLES = [
    "第一天", "一个月：计划和通知", "一个月：点名", "一个月：党费", "一个月：缺席跟进和补课", "一个月：测评、表格和月末", "每张表",
    "U盘备份与恢复", "电脑坏了怎么办", "换新电脑", "交给下一任", "这个程序不做什么", "键位一览",
]  # fmt: skip


def test_the_chapters_are_all_there_in_order():
    assert [(it.number, it.title) for it in chapters()] == list(enumerate(TITLES, 1))


@pytest.mark.parametrize("where", [place.where for place in keys.PLACES])
def test_every_place_has_a_section(where):
    module = _SCREENS[where][0] if where in _SCREENS else "desk"
    assert section_for(module) is not None, where


def test_every_screen_behind_a_place_has_exactly_one_section():
    named = [screen for section in sections() for screen in section.screens]
    assert len(named) == len(set(named))
    assert {name for name, _ in screen_classes()} <= set(named)


def test_every_form_is_listed_with_what_it_is_and_where_it_comes_from():
    items = [block.plain for block in chapters()[6].sections[-1].blocks if block.kind is BlockKind.ITEM]
    assert len(items) == len(FORMS)
    for kind, item in zip(FORMS, items, strict=True):
        assert item.startswith(kind.title) and kind.help in item and "内容来自「" in item


def test_the_chapter_of_keys_is_what_the_screens_say():
    """``make pictures`` writes it anew."""
    assert (paths.manual() / CHAPTER).read_text("utf-8") == keys_chapter()
    headings = [line for line in keys_chapter().splitlines() if line.startswith("## ")]
    assert len(headings) == len(set(headings)), "two screens under one heading: name them in _HEADINGS"


def test_the_pictures_of_the_readme_are_drawn_from_those_of_the_manual():
    """``make pictures`` draws both."""
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", (SCREENS.parents[1] / "README.md").read_text("utf-8"))
    assert shown == [f"assets/screens/{name}.png" for name in README_PICTURES]
    assert sorted(it.stem for it in SCREENS.iterdir()) == sorted(README_PICTURES)
    for name in README_PICTURES:
        svg = paths.manual() / "pictures" / f"{name}.svg"
        assert sum_of(svg).encode() in (SCREENS / f"{name}.png").read_bytes(), f"{name}: make pictures"


@pytest.mark.parametrize("width", [72, 88])
def test_every_line_fits_and_is_shown_as_it_is_written(width):
    for section in sections():
        for line in section_lines(section, width):
            assert cells(line) <= width, line
            assert shown(line, plain=True) == line, line
            assert "**" not in line and "![" not in line and "{" not in line, line


async def test_f1_shows_the_section_and_f1_again_the_manual(book, book_path):
    book.close()
    app = PartydayApp(book_path, Clock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        walk = Walk(pilot)
        await walk.settle()
        await walk.press("f6", "f1")
        assert any("使用手册：导入党员名册" in line for line in walk.lines())
        await walk.press("f1")
        assert isinstance(app.screen, ManualList)
        assert sections()[app.screen.register.cursor_key].title == "导入党员名册"
        await walk.press(*"bfdup")
        assert "备份到U盘" in app.screen.register.cursor_row.cells
        await walk.press("escape", *"绕过程序")
        assert "哪些事说得准" in app.screen.register.cursor_row.cells
        await walk.press("enter", "right")
        assert isinstance(app.screen, ManualPage)
        assert "哪些事说不准" in walk.lines()[0] + walk.lines()[1] + walk.lines()[2]
        await walk.press("escape", "escape", "escape", "escape")
        assert app.screen.TITLE_WORD == "名册"
        await walk.press("escape", *"使用手册", "enter")
        assert isinstance(app.screen, ManualList)


def test_nothing_of_the_manual_is_loaded_before_f1():
    program = "import partyday_tui.ui.app, sys; print(*(name for name in sys.modules if 'manual' in name))"
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert told.split() == []
