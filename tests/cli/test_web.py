"""`partyday web`: only for who has the address, only from this computer, one page at a time."""

import asyncio
import re
import subprocess
import sys
import warnings

import pytest
from tests.cli.serving import served
from tests.conftest import TODAY
from tests.ui.screens.rolls import fill

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError
from partyday_tui.paths import log_file
from partyday_tui.rules.roll import Status
from partyday_tui.services.books import open_existing
from partyday_tui.services.roll import event_to_call, read_roll

try:
    import aiohttp
except ModuleNotFoundError:
    aiohttp = None
    warnings.warn("textual-serve is not installed: `partyday web` is NOT tested", stacklevel=1)
needs_extra = pytest.mark.skipif(aiohttp is None, reason="the extra [web] is not installed")


def test_without_the_extra_it_says_what_to_do(book_path):
    hidden = "import sys; sys.modules['aiohttp'] = sys.modules['textual_serve'] = None; from partyday_tui.__main__ import main; sys.exit(main(['web']))"
    done = subprocess.run([sys.executable, "-c", hidden], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "浏览器方式还没有装上；请在能上网的时候运行 pip install 'partyday-tui[web]'，再试一次。\n"


async def read_until(socket, words):
    """What the app draws, until `words` are in it."""
    drawn = b""
    while words.encode() not in drawn:
        message = await socket.receive(timeout=20)
        assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), message
        drawn += message.data if isinstance(message.data, bytes) else b""


async def send(socket, keys):
    await socket.send_json(["stdin", keys])


@needs_extra
async def test_one_page_with_the_token_alone(book, book_path):
    fill(book, ["张建国", "李秀英"])
    book.close()
    with served(book_path) as server:
        async with aiohttp.ClientSession() as client:
            wrong = "x" * len(server.token)
            for address in ("/", f"/{wrong}/", f"/{wrong}/textual.js", f"/{wrong}/stream", "/download/x"):
                async with client.get(server.origin + address) as answer:
                    assert answer.status == 403, address
            async with client.get(server.page, headers={"Origin": "http://127.0.0.1:1"}) as answer:
                assert answer.status == 403
            for name in ("", "xterm.css", "textual.js"):
                async with client.get(server.page + name) as answer:
                    text = await answer.text()
                    assert answer.status == 200
                    without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
                    assert not re.findall(r"(?:https?:)?//(?!127\.0\.0\.1)[\w-]+\.[\w.-]+", without_comments), name
            first = await client.ws_connect(server.stream)
            await read_until(first, "待点名")
            second = asyncio.create_task(client.ws_connect(server.stream))
            await send(first, "\x1bOS")
            await read_until(first, "未点2")
            await read_until(await second, "这个账本已经在另一页里打开了")
            await send(first, "1")
            await first.close()  # with the mark still on its way
            await (await second).close()
        book = await when_free(book_path)
    assert [(it.name, it.status) for it in read_roll(book, event_to_call(book)).entries if it.status] == [
        ("李秀英", Status.PRESENT)
    ]
    book.close()


async def when_free(path):
    """The book, as soon as the app has let go of it."""
    for _ in range(100):
        try:
            return open_existing(path, Clock(TODAY))
        except PartydayError:
            await asyncio.sleep(0.1)
    raise AssertionError("the app never let go of the book")


MALFORMED = ["", "{", "[]", "7", '["resize"]', '["resize", {}]', '["resize", {"width": Infinity, "height": 1}]', '["stdin", "\\ud800"]', "[" * 9999]  # fmt: skip


@needs_extra
async def test_a_message_that_no_page_sends_is_logged_and_passed_over(book, book_path):
    book.close()
    with served(book_path) as server:
        async with aiohttp.ClientSession() as client:
            socket = await client.ws_connect(server.stream)
            await read_until(socket, "名册还是空的")
            for message in MALFORMED:
                await socket.send_str(message)
            await send(socket, "\x11")  # it still listens
            while (await socket.receive(timeout=20)).type is not aiohttp.WSMsgType.CLOSE:
                pass
        assert server.ended() == 0  # with nothing said but the address
    assert "ValueError" in (log := log_file().read_text("utf-8")) or "JSONDecodeError" in log


@needs_extra
async def test_the_app_leaves_when_its_server_dies(book, book_path):
    book.close()
    with served(book_path) as server:
        async with aiohttp.ClientSession() as client:
            socket = await client.ws_connect(server.stream)
            await read_until(socket, "名册还是空的")
            server.process.kill()
            (await when_free(book_path)).close()
