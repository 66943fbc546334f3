"""报送 by keyboard: F5 sends, what happened is said, the password is never seen, and no socket is opened before."""

import sys
from pathlib import Path

import pytest

from partyday_tui.clock import Clock
from partyday_tui.rules.delivery_place import Place
from partyday_tui.rules.outbox import State
from partyday_tui.services import outbox
from partyday_tui.services.books import open_existing
from partyday_tui.ui.screens.delivery import DeliveryScreen
from tests.delivery.servers import PASSWORD, USER, Mailbox, mail_server, saying
from tests.ui.looking import HOSTILE, SIZES, lines
from tests.ui.screens.rolls import TODAY, fill, the_app, until
from tests.ui.screens.test_year import asked, said

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
TITLES = ("2026年9月月报", "2026年10月月报")


def put(book, folder, titles=TITLES):
    file = folder / "x.xlsx"
    for number, title in enumerate(titles):
        file.write_bytes(f"{number}{title}".encode("utf-8", "replace"))
        outbox.put(book, file, "month", f"2026-{number % 12 + 1:02d}", title)


@pytest.fixture
def path(book, book_path, tmp_path):
    fill(book, ["张建国"])
    put(book, tmp_path)
    book.close()
    return book_path


def states(path):
    """What another run of the program would read."""
    book = open_existing(path, Clock(TODAY))
    try:
        return {it.title: it.state for it in outbox.items(book)}
    finally:
        book.close()


def choose(path, place):
    book = open_existing(path, Clock(TODAY))
    outbox.choose_place(book, place)
    book.close()


@pytest.fixture
def stick(path, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    choose(path, Place("folder", str(folder)))
    return folder


async def open_delivery(pilot):
    await until(pilot, lambda: pilot.app.branch is not None and pilot.app.screen is pilot.app.desk)
    pilot.app.go("delivery")
    await until(pilot, lambda: isinstance(pilot.app.screen, DeliveryScreen) and "待报送" in head(pilot.app.screen))
    return pilot.app.screen


def head(screen):
    return screen._head.text_of(1)


def cell(screen, title, place=2):
    return next(row.cells[place] for row in screen.register.rows if row.cells[0] == title)


async def test_the_desk_leads_here_and_f5_delivers_what_the_cursor_is_on(path, stick):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        desk = pilot.app.desk
        await until(
            pilot, lambda: any("2份待报送" in row.cells[1] for row in desk.register.rows if row.key is not None)
        )
        assert "待报送2" in desk._head.text_of(1) and ".." not in lines(pilot.app)[1]
        await pilot.press("end", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeliveryScreen) and pilot.app.screen.register.rows)
        screen = pilot.app.screen
        assert screen._head.text_of(2).strip() == f"报送到 文件夹 {stick}"
        await pilot.press("f5")
        await said(pilot, screen, "读回核对无误")
        await until(pilot, lambda: cell(screen, TITLES[1]) == "已报送")
        assert cell(screen, TITLES[1], 4) == "文件夹" and cell(screen, TITLES[1], 5) == "罗有秀"
        assert "待报送1份" in head(screen)
        await pilot.press("f2")
        await until(pilot, lambda: pilot.app.screen is desk and "待报送1" in desk._head.text_of(1))
    assert states(path) == {TITLES[0]: State.WAITING, TITLES[1]: State.SENT}
    assert len(list(stick.iterdir())) == 1


async def test_enter_lists_what_can_be_done_and_the_first_is_to_deliver(path, stick):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_delivery(pilot)
        await pilot.press("enter")
        await asked(pilot, "Choose")
        await pilot.press("1")
        await said(pilot, screen, "读回核对无误")
        await pilot.press("f5")
        await asked(pilot, "Confirm")
        await pilot.press("0")
        await until(pilot, lambda: pilot.app.screen is screen)


async def test_what_was_not_delivered_stays_and_the_whole_sentence_is_shown(path, stick):
    stick.rmdir()
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_delivery(pilot)
        await pilot.press("f5")
        await until(
            pilot, lambda: type(pilot.app.screen).__name__ == "ShowText" or "没有找到" in screen._foot.text_of(0)
        )
        shown = "".join("".join(lines(pilot.app)).split())
        assert "没有找到文件夹" in shown and "再报送" in shown
        await pilot.press("escape")
        await until(pilot, lambda: "待报送2份" in head(screen))
    assert set(states(path).values()) == {State.WAITING}


async def test_a_password_is_asked_once_never_shown_and_asked_again_where_it_was_wrong(path):
    box = Mailbox()
    with mail_server(box) as port:
        choose(path, Place("smtp", "localhost", port, "", USER, "", "dangwei@town.test"))
        async with the_app(path).run_test(size=(80, 24)) as pilot:
            screen = await open_delivery(pilot)
            for typed, words in (("falsch", "授权码"), (PASSWORD, "服务器已收下")):
                await pilot.press("f5")
                await asked(pilot, "AskSecret")
                await pilot.press(*typed)
                text = "\n".join(lines(pilot.app))
                assert typed not in text and "*" * len(typed) in text
                await pilot.press("enter")
                await until(pilot, lambda words=words: words in screen._foot.text_of(0))
                if type(pilot.app.screen).__name__ == "ShowText":
                    await pilot.press("escape")
                await until(pilot, lambda: pilot.app.screen is screen and not screen._asking)
            await pilot.press("down", "f5")
            await until(pilot, lambda: "待报送0份" in head(screen))
    assert len(box.letters) == 2 and set(states(path).values()) == {State.SENT}
    for left in Path(path.parent).rglob("*"):
        assert not left.is_file() or PASSWORD.encode() not in left.read_bytes(), left


async def test_by_hand_returned_withdrawn_and_taken_back(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_delivery(pilot)
        await pilot.press("ctrl+r")
        await said(pilot, screen, "还没有交上去")
        await pilot.press("ctrl+u")
        await asked(pilot, "FormDialog")
        await pilot.press("space", "f5")
        await said(pilot, screen, "用微信交的")
        assert cell(screen, TITLES[1]) == "已用微信交" and "待报送1份" in head(screen)
        await pilot.press("ctrl+r")
        await asked(pilot, "FormDialog")
        await pilot.press(*"gai", "f5")
        await said(pilot, screen, "被退回")
        assert "被退回1份" in head(screen)
        await pilot.press("ctrl+e")
        await asked(pilot, "ShowText")
        shown = "\n".join(lines(pilot.app))
        assert "gai" in shown and "微信" in shown and "罗有秀" in shown
        await pilot.press("escape", "delete")
        await asked(pilot, "Confirm")
        await pilot.press("1")
        await said(pilot, screen, "不用报送")
        await pilot.press("ctrl+z")
        await said(pilot, screen, "已改回待报送")
    assert states(path)[TITLES[1]] is State.WAITING


async def test_the_place_is_chosen_at_the_first_delivery_and_going_back_sends_nothing(path):
    async with the_app(path).run_test(size=(80, 24)) as pilot:
        screen = await open_delivery(pilot)
        assert "还没有定报送到哪里" in screen._head.text_of(2)
        await pilot.press("f5")
        await asked(pilot, "Choose")
        await pilot.press("escape")
        await said(pilot, screen, "没有报送")
        await pilot.press("ctrl+o")
        await asked(pilot, "Choose")
        await pilot.press("2")
        await asked(pilot, "FormDialog")
        await pilot.press(*"d@e.f", "enter", *"a@b.c", "enter", *"smtp.b.c", "enter", "2", "f5")
        await until(pilot, lambda: "报送到 邮件 d@e.f" in screen._head.text_of(2))
        await pilot.press("ctrl+o")
        await asked(pilot, "Choose")
        await pilot.press("3")
        await asked(pilot, "FormDialog")
        await pilot.press(*"http://d.c/x", "enter", "a", "f5")
        await until(pilot, lambda: "https://" in pilot.app.screen.foot.text_of(0))
        assert pilot.app.screen.form.at == 0, "the form is still open, at the field that is wrong"
    book = open_existing(path, Clock(TODAY))
    assert outbox.place(book) == Place("smtp", "smtp.b.c", 587, "starttls", "a@b.c", "", "d@e.f")
    book.close()


async def test_esc_stops_and_leaving_does_not_wait_for_a_silent_server(path):
    with saying(b"") as port:
        choose(path, Place("smtp", "localhost", port, "", "", "a@b.c", "d@e.f"))
        async with the_app(path).run_test(size=(80, 24)) as pilot:
            screen = await open_delivery(pilot)
            await pilot.press("f5")
            await said(pilot, screen, "正在报送")
            await pilot.press("escape")
            await said(pilot, screen, "已停下")
            await until(pilot, lambda: not pilot.app.delivery.is_going_on)
            await pilot.press("f5")
            await said(pilot, screen, "正在报送")
            await pilot.press("ctrl+q")
            await until(pilot, lambda: not pilot.app.is_running)
    book = open_existing(path, Clock(TODAY))
    told = [each.words for _, each in outbox.history(book, 2)]
    book.close()
    assert len(told) == 2 and all("已停下" in words for words in told)


_CALLS: list[tuple[object, ...]] | None = None


def _listen(event, arguments):
    if _CALLS is not None and event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        _CALLS.append((event, *arguments))


sys.addaudithook(_listen)


async def test_nothing_opens_a_socket_before_delivery_is_asked_for(path):
    global _CALLS
    choose(path, Place("smtp", "localhost", 9, "", "", "a@b.c", "d@e.f"))
    _CALLS = []
    try:
        async with the_app(path).run_test(size=(80, 24)) as pilot:
            screen = await open_delivery(pilot)
            await pilot.press("ctrl+e", "escape", "f2")
            screen = await open_delivery(pilot)
            assert _CALLS == []
            await pilot.press("f5")
            await said(pilot, screen, "请")
            assert "socket.connect" in {call[0] for call in _CALLS}
    finally:
        _CALLS = None


@pytest.mark.parametrize(("count", "size"), [(0, SIZES[0]), (300, SIZES[0]), (300, SIZES[1])])
async def test_empty_many_and_hostile(book, book_path, tmp_path, size, count):
    with book.act("造数") as act:
        run = act.connection.execute
        for n in range(count):
            title = HOSTILE[n % len(HOSTILE)][:150] + str(n)
            name, sha = f"{n}.xlsx", "a" * 64
            run("INSERT INTO package VALUES (?, 1, 'month', '2026-10', ?, 1, ?, ?, 5)", (n + 1, title, name, sha))
            run(
                "INSERT INTO delivery (act_id, package_id, result, on_date, carrier, to_where, by_whom, words) "
                "VALUES (1, ?, ?, '2026-11-06', 'smtp', ?, ?, ?)",
                (n + 1, ("sent", "failed", "returned")[n % 3], title, HOSTILE[n % 4][:40], HOSTILE[n % 5]),
            )
        run("INSERT INTO delivery_place (id, carrier, target, recipient) VALUES (1, 'smtp', 'x', ?)", (HOSTILE[3],))
    book.close()
    async with the_app(book_path).run_test(size=size) as pilot:
        screen = await open_delivery(pilot)
        if not count:
            for key in ("f5", "ctrl+u", "ctrl+r", "ctrl+e", "delete", "ctrl+z"):
                await pilot.press(key)
                await said(pilot, screen, "这里没有材料")
            return
        for key in ("end", "ctrl+e", "escape", "enter", "escape", "ctrl+t", "escape", "delete", "escape"):
            await pilot.press(key)
            text = "".join(lines(pilot.app))
            assert not any(char in text for char in "\x1b\x9b\x00\u202e")
        assert pilot.app.screen is screen and len(screen.register.rows) == count
