"""Every screen with 0, 1, 44 and 5,000 members at 80x24 in every look: whole lines, whole words, in Chinese, and no key that crashes."""

import re

import pytest

from partyday_tui.clock import Clock
from partyday_tui.services.books import make_book
from partyday_tui.services.plan import make_plan
from partyday_tui.ui.app import PartydayApp
from partyday_tui.ui.screens.welcome import WelcomeScreen
from partyday_tui.ui.theme import DARK, LIGHT, LOOKS, PLAIN
from tests.conftest import TODAY
from tests.ui.screens.rolls import until
from tests.whole.touring import Walk

# Names of keys and of programs and files, as a secretary knows them from the keyboard and from WPS.
KNOWN_WORDS = {
    "Ins",
    "Esc",
    "Del",
    "Tab",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "Ctrl",
    "Shift",
    "Excel",
    "WPS",
    "JSON",
    "xlsx",
    "PIN",
}
KNOWN_WORDS |= {"wang", "jian", "guo", "shan", "qiang", "zhj"}  # readings, and the first letters of one in the manual
# What a guide says in its own words, or who is meant, may be longer than a line of a list; Enter leads to the whole of it.
DATA = re.compile(
    r"  (必须|应当|默认|自定)|（\d+/\d+）|  (待办|缺).*  (待点名|点名中|未点名)|  (待办|逾期|未到期|已办|不适用|另见|说明)  |  应于\d\d-\d\d"
)
GUIDES = {"设置 支部类型", "设置 另定一条"}
PATHS = {"表格 改标题栏目", "报送 文件在哪", "报送 经过"}  # a path is whatever it is
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周", "建国秀英志强桂兰永明"


@pytest.fixture
def filled(request, tmp_path_factory):
    """A book with so many members and, if there are any, a planned year."""
    members = request.param
    path = tmp_path_factory.mktemp("sizes") / "book.db"
    book = make_book(
        path, Clock(TODAY), name="柳湾村党支部", preset="rural_community", superior="青山镇党委", secretary="罗有秀"
    )
    if members:
        make_plan(book, TODAY.year)
        with book.act("造数") as transaction:
            run = transaction.connection
            run.execute("INSERT INTO party_group (name) VALUES ('第一党小组'), ('第二党小组')")
            run.executemany(
                "INSERT INTO member (name, reading, kind, group_id, post, floating, joined_on) VALUES (?, ?, ?, ?, ?, ?, '1972-07')",
                [
                    (
                        SURNAMES[n % 10] + GIVEN[n // 10 % 10] + GIVEN[n // 100 % 10],
                        "wang jian guo",
                        "probationary" if n % 9 == 1 else "full",
                        n % 2 + 1,
                        "组织委员" if n == 3 else "",
                        int(n % 7 == 1),
                    )
                    for n in range(members)
                ],
            )
            run.execute("INSERT INTO guest (name, class, unit) VALUES ('何树苗', '入党积极分子', '县农业农村局')")
    book.close()
    return path


def check_words(walk):
    """Nothing is cut, nothing is in English."""
    fixed = {line: where for line, where in walk.seen.items() if where not in GUIDES and not DATA.search(line)}
    cut = {line: where for line, where in fixed.items() if ".." in line}
    assert not cut
    told = {line: where for line, where in walk.seen.items() if where not in PATHS}
    words = {word: where for line, where in told.items() for word in re.findall("[A-Za-z]{3,}", line)}
    assert not {word: where for word, where in words.items() if word not in KNOWN_WORDS}


@pytest.mark.parametrize(
    ("filled", "look"),
    [(0, PLAIN), (1, DARK), (44, PLAIN), (5000, LIGHT)],
    indirect=["filled"],
    ids=["none", "one", "44", "5000"],
)
async def test_every_screen_stands_in_every_look_and_answers_the_common_keys(filled, look):
    app = PartydayApp(filled, Clock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.branch is not None)
        walk = Walk(pilot)
        async for screen in walk.every_screen():
            for other in (*LOOKS.values(), look):
                app.theme = other.name
                await walk.settle()
                walk.look(screen.TITLE_WORD)
            await walk.press("end")
            walk.look(screen.TITLE_WORD)
            await walk.common_keys(screen)
        check_words(walk)


@pytest.mark.parametrize(("filled", "look"), [(0, PLAIN), (44, DARK)], indirect=["filled"], ids=["empty", "full"])
async def test_no_action_crashes_on_any_screen(filled, look):
    app = PartydayApp(filled, Clock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = look.name
        await until(pilot, lambda: app.branch is not None)
        walk = Walk(pilot)
        await walk.settle()
        async for screen in walk.every_screen():
            for action in walk.actions(screen):
                await walk.take_action(screen, action)
        check_words(walk)


async def test_the_welcome_stands_alone(book_path):
    app = PartydayApp(book_path, Clock(TODAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        walk = Walk(pilot)
        await walk.settle()
        await walk.common_keys(app.screen)
        walk = Walk(pilot)
        await walk.settle()
        check_words(walk)
