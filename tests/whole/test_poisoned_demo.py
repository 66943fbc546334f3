"""The demo branch with hostile text in every free field of every table: no screen crashes, nothing steers the terminal (T10)."""

import shutil

import pytest

from partyday_tui.clock import Clock
from partyday_tui.rules.delivery_place import Place
from partyday_tui.services import outbox
from partyday_tui.services.books import open_existing
from partyday_tui.services.demo import DEMO_DAY, make_demo
from partyday_tui.ui.app import PartydayApp
from partyday_tui.ui.theme import DARK, PLAIN
from tests.ui.screens.rolls import until
from tests.whole.hostile import LITERAL
from tests.whole.poison import poison
from tests.whole.touring import Walk

# Without these among the tables that were reached the poison would not have worked.
REACHED = {
    "member",
    "roll_entry",
    "leave",
    "case_step",
    "make_up",
    "event_record",
    "dues_entry",
    "dues_close_row",
    "talk",
    "candidate",
    "package",
    "delivery",
    "delivery_place",
    "act",
    "change",
}


def fill_the_outbox(path):
    """A package of each state, and a place to send them to."""
    book = open_existing(path, Clock(DEMO_DAY))
    file = path.with_name("月报.xlsx")
    for number in range(12):
        file.write_bytes(str(number).encode())
        it = outbox.put(book, file, "month", f"2026-{number + 1:02d}", "月报")
        if number % 3:
            outbox.mark_by_hand(book, it.id, "stick", "马会计", DEMO_DAY)
        if number % 3 == 2:
            outbox.returned(book, it.id, "少盖章")
    outbox.choose_place(book, Place("smtp", "localhost", 9, "tls", "a@b.c", "", "d@e.f"))
    book.close()


@pytest.fixture(scope="module")
def poisoned_demo(tmp_path_factory):
    """One demo branch, poisoned."""
    path = tmp_path_factory.mktemp("poisoned") / "demo.db"
    make_demo(path, Clock(DEMO_DAY))
    fill_the_outbox(path)
    assert {table for table, _ in poison(path)} >= REACHED
    return path


@pytest.mark.parametrize(("size", "look"), [((80, 24), PLAIN), ((120, 36), DARK)], ids=["80x24 plain", "120x36"])
async def test_every_place_and_what_its_rows_open_is_harmless(poisoned_demo, size, look, tmp_path):
    path = shutil.copy(poisoned_demo, tmp_path / "demo.db")
    app = PartydayApp(path, Clock(DEMO_DAY))
    async with app.run_test(size=size) as pilot:
        app.theme = look.name
        await until(pilot, lambda: app.branch is not None)
        walk = Walk(pilot)
        await walk.settle()
        async for screen in walk.every_screen():
            await walk.pages(screen.TITLE_WORD)
            if look.plain:  # what is the same everywhere is tried at the smaller size
                await walk.common_keys(screen)
        async for screen in walk.every_book_behind():
            await walk.pages(screen.TITLE_WORD)
            await walk.common_keys(screen)
    for text in LITERAL:
        assert text in walk.text, text
    assert len({type(screen) for screen in walk.visited}) >= 15
