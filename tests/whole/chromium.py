"""A headless Chromium, steered over its debugging port; what the app's stream draws in it is read through pyte."""

import asyncio
import base64
import json
import shutil
import subprocess
import time

import aiohttp
import pyte

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
# Name of a key: its code for Windows, which xterm.js goes by, and its text.
KEYS = {
    "F4": ("F4", 115, ""), "1": ("Digit1", 49, "1"), "Enter": ("Enter", 13, "\r"), "e": ("KeyE", 69, ""), "p": ("KeyP", 80, ""),
    "b": ("KeyB", 66, "b"), "g": ("KeyG", 71, "g"),
}  # fmt: skip


class Page:
    """One page of a browser of its own, in `folder`."""

    def __init__(self, folder):
        self.folder, self.asked, self.sockets, self._answers, self._number = folder, [], [], {}, 0
        self._screen = pyte.Screen(80, 24)
        self._feed = pyte.ByteStream(self._screen)

    @property
    def text(self):
        """The screen of the app as lines."""
        lines = (self._screen.buffer[y] for y in range(self._screen.lines))
        return "\n".join("".join(line[x].data for x in range(self._screen.columns)).rstrip() for line in lines)

    async def __aenter__(self):
        profile = self.folder / "profile"
        self._browser = subprocess.Popen(
            [
                PROGRAM, "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader",
                "--no-first-run", "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        told = profile / "DevToolsActivePort"
        await wait_for(lambda: told.exists() and told.read_text().count("\n"), "the browser's port")
        port = told.read_text().split()[0]
        self._client = aiohttp.ClientSession()
        async with self._client.get(f"http://127.0.0.1:{port}/json") as answer:
            page = next(it for it in await answer.json() if it["type"] == "page")
        self._line = await self._client.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)
        self._reader = asyncio.create_task(self._listen())
        for domain in ("Network", "Page", "Runtime"):
            await self.do(f"{domain}.enable")
        await self.do("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.folder))
        return self

    async def __aexit__(self, *_):
        self._reader.cancel()
        await self._client.close()
        self._browser.kill()
        self._browser.wait()

    async def do(self, method, **parameters):
        """Ask the browser to do something; what it answers."""
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        await self._line.send_json({"id": self._number, "method": method, "params": parameters})
        said = await asyncio.wait_for(answer, 20)
        assert "error" not in said, said
        return said["result"]

    async def press(self, name, control=False):
        """One key, down and up."""
        code, number, text = KEYS[name]
        key = {"key": name, "code": code, "windowsVirtualKeyCode": number, "modifiers": 2 * control}
        await self.do("Input.dispatchKeyEvent", type="keyDown", text=text, **key)
        await self.do("Input.dispatchKeyEvent", type="keyUp", **key)

    async def until(self, words):
        """Wait until `words` stand on the app's screen."""
        await wait_for(lambda: words in self.text, lambda: f"«{words}» on\n{self.text}")

    async def _listen(self):
        async for message in self._line:
            said = json.loads(message.data)
            if "id" in said:
                self._answers.pop(said["id"]).set_result(said)
            elif said["method"] == "Network.requestWillBeSent":
                self.asked.append(said["params"]["request"]["url"])
            elif said["method"] == "Network.webSocketCreated":
                self.asked.append(said["params"]["url"])
                columns, lines = (int(part.split("=")[1]) for part in said["params"]["url"].split("?")[1].split("&"))
                self._screen.resize(lines, columns)
            elif said["method"] == "Network.webSocketFrameReceived":
                frame = said["params"]["response"]
                if frame["opcode"] == 2:
                    self._feed.feed(base64.b64decode(frame["payloadData"]))


async def wait_for(condition, words, limit=30):
    """Wait until something has come true."""
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, f"never came: {words() if callable(words) else words}"
        await asyncio.sleep(0.05)
