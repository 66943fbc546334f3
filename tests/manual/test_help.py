"""F1 on every screen there is, in what it asks, and on the questions before there is one: the section is the one about it."""

import re
from pathlib import Path

import pytest

import partyday_tui
from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError
from partyday_tui.rules.registers import REGISTERS
from partyday_tui.services.manual import chapters, section_for
from partyday_tui.ui.app import PartydayApp
from partyday_tui.ui.dialogs.help import Help
from partyday_tui.ui.screens.damaged import ask_about_damage
from partyday_tui.ui.screens.refused import ask_after_refusal
from partyday_tui.ui.screens.register_entries import screen_of
from tests.conftest import TODAY
from tests.manual.keys_chapter import actions_of_screen, screen_classes
from tests.manual.sections import section_title_of
from tests.whole.touring import Walk


@pytest.fixture
def app(book, book_path):
    """The app on a new book."""
    book.close()
    return PartydayApp(book_path, Clock(TODAY))


async def section_on_f1(walk):
    """The title of the section that F1 shows, and back."""
    before = walk.app.screen
    walk._send("f1")
    await walk.settle()
    found = walk.app.screen
    assert isinstance(found, Help), before
    title = found.section.title if found.section else None
    assert title is None or any(f"使用手册：{title}" in line for line in found.lines(76))
    walk._send("escape")
    await walk.settle()
    assert walk.app.screen is before
    return title


@pytest.mark.parametrize("screen", [screen for _, screen in screen_classes()], ids=lambda it: it.__name__)
def test_the_section_of_every_screen_is_the_one_about_it(screen):
    """The walk of `tests.whole.test_poisoned_demo` presses F1 on each."""
    section = section_for(screen.__module__.rpartition(".")[2])
    assert section is not None and section.title == section_title_of(screen)


async def test_every_register_has_its_section_though_its_screen_is_made_while_running(app):
    async with app.run_test(size=(80, 24)) as pilot:
        walk = Walk(pilot)
        await walk.settle()
        for register in (REGISTERS[0], REGISTERS[-1]):
            app.go("registers", register.key)
            await walk.settle()
            assert register.title == app.screen.TITLE_WORD
            assert await section_on_f1(walk) == "一本台账"
    assert {section_for(screen_of(it).__module__.rpartition(".")[2]).title for it in REGISTERS} == {"一本台账"}


async def test_a_form_a_list_and_a_question_show_the_section_of_the_screen_that_asks(app):
    async with app.run_test(size=(80, 24)) as pilot:
        walk = Walk(pilot)
        await walk.settle()
        await walk.press("f3", "f5", "enter")
        assert await section_on_f1(walk) == "排全年计划"
        await walk.press("3", "down", *"ab")
        assert await section_on_f1(walk) == "排全年计划"
        assert "ab" in app.screen.form.values().values()
        await walk.press("escape")  # asks whether to save
        assert await section_on_f1(walk) == "排全年计划"
        await walk.press("1", "f2", "escape")
        assert await section_on_f1(walk) == "认识屏幕和按键"
        await walk.press("escape", "f12")
        assert await section_on_f1(walk) == "备份到U盘"


async def ask_about_a_bad_page(app):
    await ask_about_damage(app, ["第 3 页读不出来。"])


async def ask_after_a_refusal(app):
    await ask_after_refusal(app, PartydayError("账本读不出来。"))


@pytest.mark.parametrize(
    ("ask", "title"), [(ask_about_a_bad_page, "程序说账本有损坏"), (ask_after_a_refusal, "程序打不开")]
)
async def test_the_questions_about_a_book_that_does_not_open_show_theirs(app, ask, title):
    async with app.run_test(size=(80, 24)) as pilot:
        walk = Walk(pilot)
        await walk.settle()
        app.run_worker(ask(app))
        await walk.settle()
        assert await section_on_f1(walk) == title
        if ask is ask_about_a_bad_page:
            await walk.press("enter")
            assert await section_on_f1(walk) == title
        await walk.press("escape")


def test_what_a_dialog_names_is_a_section_and_every_mark_is_named_by_somebody():
    sources = [file.read_text("utf-8") for file in Path(partyday_tui.__file__).parent.rglob("*.py")]
    named = {mark for text in sources for mark in re.findall(r'(?:explained_in\(|_MANUAL = )"(\w+)"', text)}
    assert len(named) > 6 and [mark for mark in named if section_for(mark) is None] == []
    marks = {mark for chapter in chapters() for section in chapter.sections for mark in section.screens}
    assert marks == named | {name for name, _ in screen_classes()}


@pytest.mark.parametrize("screen", [screen for _, screen in screen_classes()], ids=lambda it: it.__name__)
def test_no_screen_is_without_keys_in_the_chapter_of_keys(screen):
    assert actions_of_screen(screen)
