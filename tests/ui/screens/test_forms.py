"""表格 by keyboard: from every screen that shows a thing to the printed form of it."""

import pytest
from openpyxl import load_workbook

from partyday_tui.paths import exports_folder, layouts_of
from partyday_tui.rules.form_kinds import FORMS
from partyday_tui.rules.packages import PACKAGES
from partyday_tui.services.plan import make_plan
from partyday_tui.ui.keys import PLACES
from partyday_tui.ui.screens.exporting import done_words
from partyday_tui.ui.screens.forms import FormsScreen
from tests.ui.looking import HOSTILE, SIZES, lines
from tests.ui.screens.rolls import fill, open_roll, the_app, until
from tests.ui.screens.test_year import asked, said


@pytest.fixture
def path(book, book_path):
    fill(book, ["安一", "白二", HOSTILE[0], "丁四"])
    make_plan(book, 2026)
    book.close()
    return book_path


async def open_forms(pilot):
    await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
    pilot.app.go("forms")
    await until(pilot, lambda: isinstance(pilot.app.screen, FormsScreen) and pilot.app.screen.register.rows)
    return pilot.app.screen


def written():
    return sorted(path.name for path in exports_folder().glob("*.xlsx"))


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_has_every_form_and_says_where_they_go(path, size):
    async with the_app(path).run_test(size=size) as pilot:
        screen = await open_forms(pilot)
        text = "\n".join(lines(pilot.app))
        assert "年度主题党日活动计划表" in text and "写到 ~/主题党日台账" in text and ".." not in text
        assert [row.cells[0] for row in screen.register.rows] == [kind.title for kind in (*PACKAGES, *FORMS)]


async def test_enter_asks_of_when_and_writes(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_forms(pilot)
        await pilot.press(*"ndzt", "enter")
        await asked(pilot, "Choose")
        await pilot.press("1")
        await said(pilot, screen, "已写好：~/主题党日台账/柳湾村党支部 2026年 年度主题党日活动计划表.xlsx")
    assert written() == ["柳湾村党支部 2026年 年度主题党日活动计划表.xlsx"]


@pytest.mark.parametrize(
    ("typed", "keys", "name"),
    [
        ("dfsjyb", ["2"], "柳湾村党支部 2026年10月 党费收缴月报.xlsx"),
        ("hdtz", ["1"], "柳湾村党支部 2026-11-06 党史专题学习 活动通知.xlsx"),
        ("qdb", ["1", "2"], "柳湾村党支部 2026-11-06 党史专题学习 签到表（空白）.xlsx"),
        ("hmc", ["1"], "柳湾村党支部 2026-11-06 党员花名册（遮住号码）.xlsx"),
        ("zcb", ["1", "1"], "柳湾村党支部 2026年11月 应办事项自查表.xlsx"),
        ("zcb", ["3"], "柳湾村党支部 2027年 应办事项自查表.xlsx"),
        ("fzdyjd", [], "柳湾村党支部 2026-11-06 发展党员进度.xlsx"),
    ],
)
async def test_a_form_is_found_by_its_pinyin_and_only_what_is_open_is_asked(path, typed, keys, name):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_forms(pilot)
        await pilot.press(*typed, "enter")
        for key in keys:
            await asked(pilot, "Choose")
            await pilot.press(key)
        await until(pilot, lambda: "已写" in screen._foot.text_of(0))
    assert written() == [name]


async def test_going_back_writes_nothing(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_forms(pilot)
        for keys in ([*"ndzt", "enter"], ["escape", *"qdb", "enter", "1"], ["escape", *"hmc", "enter"]):
            for key in keys:
                await pilot.press(key)
            await asked(pilot, "Choose")
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is screen)
    assert not exports_folder().exists()


async def test_what_cannot_be_printed_is_said(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_forms(pilot)
        await pilot.press(*"bghd", "enter")
        await asked(pilot, "Choose")
        await pilot.press("1")
        await said(pilot, screen, "没有变更日期的请示或报备")
        layouts_of(path).write_text("[签到表]\n颜色 = 1\n", "utf-8")
        await pilot.press("escape", *"xxjh", "enter")
        await asked(pilot, "Choose")
        await pilot.press("1")
        await said(pilot, screen, "第2行：不认识「颜色」")
    assert not exports_folder().exists()


async def test_the_layout_file_is_made_and_explained(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await open_forms(pilot)
        await pilot.press("ctrl+t")
        await asked(pilot, "ShowText")
        assert "表格样式.toml" in "".join(lines(pilot.app)).replace(" ", "")
    assert layouts_of(path).is_file()


@pytest.mark.parametrize(
    ("where", "keys", "name"),
    [
        ("year", ["1"], "柳湾村党支部 2026年 年度主题党日活动计划表.xlsx"),
        ("year", ["2"], "柳湾村党支部 2026-11-06 党史专题学习 活动通知.xlsx"),
        ("reading", [], "柳湾村党支部 2026年 学习计划.xlsx"),
        ("roster", ["2"], "柳湾村党支部 2026-11-06 党员花名册（完整）.xlsx"),
        ("registers", [], "柳湾村党支部 2026年 谈心谈话登记表.xlsx"),
        ("dues", ["3"], "柳湾村党支部 2026年11月 党费收缴月报.xlsx"),
        ("duties", [], "柳湾村党支部 2026年11月 应办事项自查表.xlsx"),
    ],
)
async def test_a_screen_writes_what_it_shows(path, where, keys, name):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
        pilot.app.go(where)
        screen = pilot.app.screen
        await until(pilot, lambda: screen.register.rows and not screen._asking)
        await pilot.press("ctrl+e")
        for key in keys:
            await asked(pilot, "Choose")
            await pilot.press(key)
        await until(pilot, lambda: "已写" in screen._foot.text_of(0))
    assert written() == [name]


async def test_the_roll_writes_its_sign_in_sheet_with_the_marks_on_the_screen(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_roll(pilot)
        await pilot.press("1", "ctrl+e")
        await asked(pilot, "Choose")
        await pilot.press("1")
        await until(pilot, lambda: "已写" in screen._foot.text_of(0))
    (name,) = written()
    values = [cell.value for row in load_workbook(exports_folder() / name).active.iter_rows() for cell in row]
    assert any(str(value).startswith("应到4人　　实到1人") for value in values)


@pytest.mark.parametrize(
    ("width", "sentence"),
    [
        (120, "已写好：~/桌面/主题党日台账/柳湾村 表.xlsx"),
        (40, "已写到「主题党日台账」：柳湾村 表.xlsx"),
        (20, "已写好：柳湾村 表.xlsx"),
    ],
)
def test_the_place_is_said_as_far_as_the_line_goes(width, sentence):
    folder = exports_folder()
    assert done_words(folder.parent / "桌面" / folder.name / "柳湾村 表.xlsx", width) == sentence


def test_the_list_is_a_place_of_the_main_menu():
    assert next(place for place in PLACES if place.where == "forms").label == "表格"
