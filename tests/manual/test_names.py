"""What the manual names is there under that name: words of the screen, screens and keys. (What a step shows, its own test sees.)"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from tools.windows.build import BAT_FILES

import partyday_tui
from partyday_tui import paths
from partyday_tui.rules.manual import BlockKind
from partyday_tui.services.manual import chapters
from partyday_tui.ui.dialogs.help import EVERYWHERE
from partyday_tui.ui.keys import PLACES, key_label
from tests.manual.keys_chapter import CHAPTER, actions_of_screen, screen_classes

_DONE = re.compile(r"看到(「[^」]*」)+|(按|输入)(【[^】]*】)+")
_QUOTED = re.compile(r"「([^」]*)」")
_KEY = re.compile(r"(?<![\w+])(Ctrl\+[A-Z]|F1[0-2]|F[1-9]|Ins|Del)(?!\w)")
# Words of Windows, files, and people of the demo branch.
_NOT_OURS = {
    "更多信息",
    "仍要运行",
    "已保护你的电脑",
    "安全弹出",
    *BAT_FILES,
    "属性",
    "编辑",
    "粘贴",
    "字体",
    ".bat",
    "张刚军",
    "熊才光",
    "陈才荣",
}
# Keys of other programs, and those that work in every form and list of files.
_KEYS_OF_OTHERS = {"Ctrl+V", "Ctrl+P"}
_IN_FORMS = {"F5"}
BOOKS = [chapter for chapter in chapters() if chapter.title != "键位一览"]


@cache
def program_words():
    """Every text of the program but its docstrings, with those of the presets."""
    found = []
    for file in Path(partyday_tui.__file__).parent.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        docs = {id(it.value) for it in ast.walk(tree) if isinstance(it, ast.Expr)}
        found += [
            it.value
            for it in ast.walk(tree)
            if isinstance(it, ast.Constant) and isinstance(it.value, str) and id(it) not in docs
        ]
    return "\n".join([*found, *(file.read_text("utf-8") for file in sorted(paths.policies().glob("*.toml")))])


def prose(chapter):
    """(section, text) of each block, without what its steps do and see."""
    for section in chapter.sections:
        for block in section.blocks:
            yield section, _DONE.sub("", block.plain) if block.kind is BlockKind.STEP else block.plain


@pytest.mark.parametrize("chapter", BOOKS, ids=lambda it: it.title)
def test_every_quoted_word_is_one_of_the_programs(chapter):
    quoted = {word for _, text in prose(chapter) for word in _QUOTED.findall(text)} - _NOT_OURS
    assert [word for word in sorted(quoted) if word not in program_words()] == []


@cache
def keys_of_screens():
    """{module or title: the keys of its actions as the manual writes them}."""
    found = {}
    for name, screen in screen_classes():
        keys = {
            key_label(key).replace("^", "Ctrl+") for action in actions_of_screen(screen) for key in action.keys.split()
        }
        for it in (name, screen.TITLE_WORD):
            found.setdefault(it, set()).update(keys)
    return found


@pytest.mark.parametrize("chapter", BOOKS, ids=lambda it: it.title)
def test_every_key_is_one_of_the_screen_that_is_spoken_of(chapter):
    """Of a screen of its chapter, or of one that the same line names; on every screen; or in every form."""
    common = {key_label(place.key) for place in PLACES if place.key} | {
        key for keys, _ in EVERYWHERE for key in keys.split()
    }
    here = {screen for section in chapter.sections for screen in section.screens}
    for _, text in prose(chapter):
        known = common | {"F1"} | _IN_FORMS | _KEYS_OF_OTHERS
        for name in here | set(_QUOTED.findall(text)):
            known |= keys_of_screens().get(name, set())
        assert set(_KEY.findall(text)) <= known, text


def test_a_word_or_a_key_that_is_not_there_would_be_found():
    assert "月末大结账" not in program_words() and "月末结账" in program_words()
    assert "Ctrl+K" in keys_of_screens()["设置"] and "Ctrl+K" not in keys_of_screens()["点名"]
    assert (paths.manual() / CHAPTER).is_file()
