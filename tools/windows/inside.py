"""Run by the folder's own Python, on Windows or Wine: what cannot be seen from a command's answer. ``inside.py STEP ARGUMENT…``

Each step prints one line of JSON; an AssertionError means that it failed.
"""

import asyncio
import ctypes
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

DAY = date(2026, 11, 6)


def call_roll(book: str) -> dict[str, Any]:
    """Open the app without a screen, call the roll by keyboard, leave it, and read the book anew."""
    from partyday_tui.clock import Clock
    from partyday_tui.services.books import open_existing
    from partyday_tui.services.roll import event_to_call, read_roll

    asyncio.run(_keys(Path(book)))
    opened = open_existing(Path(book), Clock(DAY))
    try:
        counts = read_roll(opened, event_to_call(opened)).counts
    finally:
        opened.close()
    return {"expected": counts.expected, "came": counts.came, "unmarked": counts.unmarked}


async def _keys(book: Path) -> None:
    from partyday_tui.clock import Clock
    from partyday_tui.ui.app import PartydayApp

    app = PartydayApp(book, Clock(DAY))
    async with app.run_test(size=(80, 24)) as pilot:
        await _until(pilot, lambda: app.branch is not None)
        await pilot.press("f4")
        await _until(pilot, lambda: "应到44" in _screen(app))
        await pilot.press("3", "2", "f5")
        await _until(pilot, lambda: "未点0" in _screen(app))
        await pilot.press("ctrl+q")


async def _until(pilot: Any, condition: Any) -> None:
    for _ in range(1500):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never came to that; the screen:\n" + _screen(pilot.app))


def _screen(app: Any) -> str:
    return "\n".join("".join(part.text for part in line) for line in app.screen._compositor.render_strips())


def read_sheet(file: str) -> dict[str, Any]:
    """The names in an exported roster."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    head = next(row for row in rows if "姓名" in row)
    names = [row[head.index("姓名")] for row in rows[rows.index(head) + 1 :] if isinstance(row[0], int | float)]
    return {"title": rows[0][0], "names": len(names), "last": names[-1]}


def hold_book(book: str) -> dict[str, Any]:
    """Open the book and let a second program try."""
    from partyday_tui.clock import Clock
    from partyday_tui.services.books import open_existing

    opened = open_existing(Path(book), Clock(DAY))
    try:
        return _program("--book", book, "doctor")
    finally:
        opened.close()


def hold_sheet(file: str, book: str) -> dict[str, Any]:
    """Hold an exported sheet open as Excel does, and export it again."""
    read, others_read, existing = 0x80000000, 1, 3
    kernel = ctypes.WinDLL("kernel32")
    kernel.CreateFileW.restype = ctypes.c_void_p
    handle = kernel.CreateFileW(file, read, others_read, None, existing, 0, None)
    assert handle != ctypes.c_void_p(-1).value, "the sheet could not be opened"
    found = _program(
        "--book", book, "--today", DAY.isoformat(), "export", "roster", "--full", "--out", str(Path(file).parent)
    )
    kernel.CloseHandle(ctypes.c_void_p(handle))
    left = [it.name for it in Path(file).parent.iterdir() if it.suffix == ".tmp"]
    return found | {"left": left}


def sticks() -> dict[str, Any]:
    """The drives that can be taken out, and whether reading goes past the cache."""
    from partyday_tui.safekeeping.drives import removable_drives
    from partyday_tui.safekeeping.uncached import passes_cache

    return {"drives": [str(it.path) for it in removable_drives()], "past_cache": passes_cache()}


def every_module() -> dict[str, Any]:
    """Import each module of the app, and whatever it imports with it."""
    import pkgutil
    from importlib import import_module

    import partyday_tui

    names = [
        it.name for it in pkgutil.walk_packages(partyday_tui.__path__, "partyday_tui.") if "__main__" not in it.name
    ]
    for name in names:
        import_module(name)
    return {"modules": len(names)}


def start_console(book: str, record: str) -> dict[str, Any]:
    """Run in_console.py in a console of its own, to its end."""
    script = str(Path(__file__).with_name("in_console.py"))
    flags: int = subprocess.CREATE_NEW_CONSOLE  # type: ignore[attr-defined]
    started = subprocess.Popen([sys.executable, "-X", "utf8", script, book, record], creationflags=flags)
    return {"code": started.wait(240)}


def install_wheels(pip: str, wheels: str, target: str, book: str) -> dict[str, Any]:
    """Let pip install the app from a folder of wheels, without a network, and ask what was installed for its members."""
    command = [
        sys.executable,
        "-X",
        "utf8",
        str(Path(pip) / "pip"),
        "install",
        "--no-index",
        "--find-links",
        wheels,
        "--target",
        target,
    ]
    done = subprocess.run([*command, "partyday-tui"], stdin=subprocess.PIPE, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-800:]
    start = "import sys; sys.path.insert(0, sys.argv.pop(1)); import partyday_tui.__main__ as it; print(it.__file__, flush=True); sys.exit(it.main())"
    run = [sys.executable, "-X", "utf8", "-c", start, target, "--book", book, "members"]
    told = subprocess.run(run, stdin=subprocess.PIPE, capture_output=True, check=True).stdout.decode("utf-8")
    where, _, answer = told.strip().partition("\n")
    packages = len(list(Path(target).glob("*.dist-info")))
    return {"from_there": where.startswith(target), "packages": packages, "told": answer}


def serve_page(book: str) -> dict[str, Any]:
    """Start `web`, ask for its page with and without the token, look at what the app draws there, and close the page."""
    command = [sys.executable, "-X", "utf8", "-m", "partyday_portable", "--book", book, "--today", DAY.isoformat()]
    server = subprocess.Popen(
        [*command, "web", "--no-browser"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert server.stdout is not None
    try:
        told = server.stdout.readline().decode("utf-8")
        found = asyncio.run(_page(told[told.index("http") :].strip()))
        return found | {"code": server.wait(60), "told": server.stdout.read().decode("utf-8").strip()}
    finally:
        server.kill()


async def _page(address: str) -> dict[str, Any]:
    import aiohttp

    origin = address.rsplit("/", 2)[0]
    async with aiohttp.ClientSession() as client:
        with_token, without = [(await client.get(it)).status for it in (address, f"{origin}/{'x' * 32}/")]
        drawn = b""
        async with client.ws_connect(address.replace("http", "ws", 1) + "stream?width=80&height=24") as stream:
            while "党员44人".encode() not in drawn:
                message = await stream.receive(timeout=120)
                assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), (message, drawn[-2000:])
                drawn += message.data if isinstance(message.data, bytes) else b""
    return {"with_token": with_token, "without": without, "drawn": len(drawn)}


def _program(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-X", "utf8", "-m", "partyday_portable", *arguments]
    done = subprocess.run(command, stdin=subprocess.PIPE, capture_output=True, check=False)
    return {"code": done.returncode, "told": done.stderr.decode("utf-8").strip()}


STEPS = {it.__name__: it for it in (call_roll, read_sheet, hold_book, hold_sheet, sticks, every_module, start_console,
                                    serve_page, install_wheels)}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False))
