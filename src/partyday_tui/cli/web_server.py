"""The server behind ``partyday web``: one page, its script and style, the app's stream, and downloads.

It listens on the loopback alone, on a port that the system picks. Every address begins with a token of this run, and whoever
comes without it gets 403: other users of the computer, and other pages in the same browser. Nothing is loaded from outside, and
the browser is told to refuse it.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

import textual_serve
from aiohttp import WSMessage, WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from partyday_tui import crash

_HOST = "127.0.0.1"
_DRIVER = "partyday_tui.ui.browser:BrowserDriver"
_PATIENCE = 3.0
"""Seconds until a second page is told of the first, and that the server waits for a page to be loaded again."""

_TAKEN = "\r\n  这个账本已经在另一页里打开了。\r\n\r\n  请回到那一页；那一页关掉以后，再重新打开这个网址。\r\n"
_FONTS = "'Roboto Mono', Monaco, 'Courier New', monospace"
_OWN_FONTS = "'Cascadia Mono', Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', NSimSun, monospace"
_FOCUS = '\naddEventListener("load", () => document.querySelector(".xterm-helper-textarea")?.focus());\n'
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>主题党日台账</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="xterm.css"><script src="textual.js"></script>
<style>
html, body, #terminal { margin: 0; width: 100%; height: 100%; overflow: hidden; background: #17191b; }
#left { display: none; position: fixed; inset: 0; z-index: 10; padding: 20vh 0; text-align: center;
  font: 20px sans-serif; color: #dcdad5; background: #17191b; }
body.-closed #left { display: block; }
</style></head>
<body><div id="terminal" class="textual-terminal" data-session-websocket-url="STREAM" data-font-size="18"></div>
<div id="left">窗口已关，记录都已存盘，可以关掉这一页了。</div></body></html>
"""


class _AppProcess(AppService):
    """The app of one page, as a process of its own, started without a shell."""

    words: list[str]

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {**super()._build_environment(width, height), "TEXTUAL_DRIVER": _DRIVER}

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width, height)
        self._process = await asyncio.create_subprocess_exec(
            *self.words, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        self._stdin = self._process.stdin
        return self._process

    async def ended(self) -> None:
        """Wait until the app has left."""
        assert self._task is not None
        await asyncio.wait([self._task])


class PageServer:
    """Serves the app that `words` start; one page has it at a time."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._token = secrets.token_urlsafe(24)
        self._address = ""
        self._downloads = DownloadManager()
        self._free = asyncio.Lock()
        self._is_open = False
        self._over = asyncio.Event()
        self._end: asyncio.TimerHandle | None = None

    async def serve(self, tell: Callable[[str], None]) -> None:
        """Listen, `tell` the address of the page, and go on until the page has been closed for a while."""
        app = web.Application(middlewares=[self._only_with_token])
        app.add_routes(
            [
                web.get("/{token}/", self._page),
                web.get("/{token}/xterm.css", self._style),
                web.get("/{token}/textual.js", self._script),
                web.get("/{token}/stream", self._stream),
                web.get("/download/{key}", self._download),
            ]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_PATIENCE)
        await runner.setup()
        try:
            await web.TCPSite(runner, _HOST, 0).start()
            self._address = f"http://{_HOST}:{runner.addresses[0][1]}"
            tell(f"{self._address}/{self._token}/")
            await self._over.wait()
        finally:
            await runner.cleanup()

    @web.middleware
    async def _only_with_token(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Let in who knows the token; a page of another origin may not, even if it does."""
        first = request.path.split("/")[1]
        given = request.query.get("instance", "") if first == "download" else first
        known = secrets.compare_digest(given.encode(), self._token.encode())
        if not known or request.headers.get("Origin", self._address) != self._address:
            raise web.HTTPForbidden(text="这个网址不能用；请回到运行 partyday web 的窗口，用它写出的网址。")
        return await handler(request)

    async def _page(self, request: web.Request) -> web.Response:
        stream = f"{self._address}/{self._token}/stream".replace("http", "ws", 1)
        rules = f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src {stream}"
        headers = {"Content-Security-Policy": rules, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
        return web.Response(text=_PAGE.replace("STREAM", stream), content_type="text/html", headers=headers)

    async def _style(self, request: web.Request) -> web.Response:
        return web.Response(text=_shipped("css/xterm.css"), content_type="text/css")

    async def _script(self, request: web.Request) -> web.Response:
        script = _shipped("js/textual.js").replace(_FONTS, _OWN_FONTS) + _FOCUS
        return web.Response(text=script, content_type="text/javascript", charset="utf-8")

    async def _stream(self, request: web.Request) -> web.WebSocketResponse:
        """The app of a page for as long as the page is open; a second page is told where the first is."""
        socket = web.WebSocketResponse(heartbeat=15)
        await socket.prepare(request)
        if not await self._take_turn():
            await socket.send_bytes(_TAKEN.encode())
            async for _ in socket:
                pass
            return socket
        if self._end is not None:
            self._end.cancel()
        try:
            await self._run_app(socket, _number(request, "width", 80), _number(request, "height", 24))
        finally:
            self._free.release()
            self._end = asyncio.get_running_loop().call_later(_PATIENCE, self._over.set)
        return socket

    async def _take_turn(self) -> bool:
        """Wait for the app of a page that is closed, however long it has to write; False while another page is open."""
        try:
            await asyncio.wait_for(self._free.acquire(), _PATIENCE)
        except TimeoutError:
            if self._is_open:
                return False
            await self._free.acquire()
        return True

    async def _run_app(self, socket: web.WebSocketResponse, width: int, height: int) -> None:
        app = _AppProcess(
            "",
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=_closing(socket),
            download_manager=self._downloads,
        )
        app.words = self._words
        await socket.send_json(["instance_id", self._token])
        await app.start(width, height)
        closing = asyncio.create_task(_close_after(app, socket))
        self._is_open = True
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    await _take(app, socket, message)
        finally:
            self._is_open = False
            await app.stop()
            await closing

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file that the app has just written."""
        key = request.match_info["key"]
        try:
            file = await self._downloads.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound(text="这个文件已经取走了；请在页面里再导出一次。") from None
        name = f"attachment; filename*=UTF-8''{quote(file.file_name)}"
        response = web.StreamResponse(headers={"Content-Disposition": name, "Content-Type": "application/octet-stream"})
        await response.prepare(request)
        async for chunk in self._downloads.download(key):
            await response.write(chunk)
        return response


async def _take(app: _AppProcess, socket: web.WebSocketResponse, message: WSMessage) -> None:
    """Hand a message on; one that no page of ours sends is logged and passed over."""
    try:
        await _pass_on(app, socket, *message.json())
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
        crash.log(error)


async def _pass_on(app: _AppProcess, socket: web.WebSocketResponse, kind: str, data: object = None) -> None:
    """Hand what the page sends to the app."""
    if kind == "stdin" and isinstance(data, str):
        await app.send_bytes(data.encode())
    elif kind == "resize" and isinstance(data, dict):
        await app.set_terminal_size(int(data["width"]), int(data["height"]))
    elif kind == "ping":
        await socket.send_json(["pong", data])
    elif kind in ("focus", "blur"):
        await app.send_meta({"type": kind})


async def _close_after(app: _AppProcess, socket: web.WebSocketResponse) -> None:
    """Close the page's stream when the app has left by itself."""
    await app.ended()
    await socket.close()


def _closing(socket: web.WebSocketResponse) -> Callable[[], Awaitable[None]]:
    async def close() -> None:
        await socket.close()

    return close


def _shipped(name: str) -> str:
    """A static file of textual-serve."""
    return (Path(textual_serve.__file__).parent / "static" / name).read_text("utf-8")


def _number(request: web.Request, name: str, usual: int) -> int:
    given = request.query.get(name, "")
    return int(given) if re.fullmatch(r"[1-9][0-9]{0,3}", given) else usual
