"""The manual's pictures, from the demo branch: ``make pictures`` writes them, those of README and the chapter of keys anew.

A picture is the screen's cells as SVG text in the fonts of a Chinese Windows; the same book gives the same bytes. README shows some
of them as PNG, drawn from the SVG by Chromium; each holds the sum of the SVG that it was drawn from, and a test compares.
"""

import asyncio
import hashlib
import os
import re
import shutil
import struct
import subprocess
import tempfile
import zlib
from html import escape
from itertools import groupby
from pathlib import Path

from partyday_tui.clock import Clock
from partyday_tui.paths import manual
from partyday_tui.services.demo import DEMO_DAY, make_demo
from partyday_tui.ui.app import PartydayApp
from partyday_tui.ui.show import cells
from partyday_tui.ui.theme import LIGHT
from tests.manual.keys_chapter import CHAPTER, keys_chapter
from tests.manual.steps import Reader

WIDTH, HEIGHT = 8, 18  # pixels of a cell
FONTS = "NSimSun, SimSun, 'Noto Sans Mono CJK SC', 'WenQuanYi Zen Hei Mono', monospace"

# Where each picture is taken: from no book at all, or by these keys from the desk of the demo branch.
WELCOME = "welcome"
PICTURES = {
    "desk": (),
    "year": ("f3",),
    "roll": ("f4", "6", *"qw", "4"),
    "dues": ("f8",),
    "cases": ("f9",),
}
README_PICTURES = ("desk", "roll", "dues")
SCREENS = Path(__file__).parents[2] / "assets" / "screens"


async def take_pictures():
    """{name: SVG} of all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        found = {WELCOME: await _picture(Path(folder) / "none.db", ())}
        for name, strokes in PICTURES.items():
            book = Path(folder) / f"{name}.db"
            make_demo(book, Clock(DEMO_DAY))
            found[name] = await _picture(book, strokes)
    return found


async def _picture(book, strokes):
    app = PartydayApp(book, Clock(DEMO_DAY))
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = LIGHT.name
        walk = Reader(pilot, {}).walk
        for stroke in ("", *strokes):
            if stroke:
                await walk.press(stroke)
            for _ in range(10):  # what the book's thread reads comes in its own time
                await walk.settle()
                await pilot.pause(0.05)
        return svg_of(app.screen._compositor.render_strips())


def svg_of(strips):
    """The screen's lines, a list of segments each, as one SVG."""
    drawn = []
    for y, strip in enumerate(strips):
        x = 0
        for style, run in groupby(strip, lambda segment: segment.style):
            text = "".join(segment.text for segment in run)
            drawn += _run(x, y, text, style)
            x += cells(text)
    width, height = 80 * WIDTH, len(strips) * HEIGHT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="{FONTS}" font-size="16">'
    )
    paper = f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    return "\n".join([head, paper, *drawn, "</svg>"]) + "\n"


def _run(x, y, text, style):
    """A run of one style: its paper where that is not the usual one, then its words, each where its cell begins."""
    ink, paper = _hex(style.color) or LIGHT.ink_text, _hex(style.bgcolor)
    if style.reverse:
        ink, paper = paper or LIGHT.paper, ink
    if paper and paper != LIGHT.paper:
        yield f'<rect x="{x * WIDTH}" y="{y * HEIGHT}" width="{cells(text) * WIDTH}" height="{HEIGHT}" fill="{paper}"/>'
    bold = ' font-weight="bold"' if style.bold else ""
    for word in re.finditer(r"\S+(?: \S+)*", text):
        left, length = x + cells(text[: word.start()]), cells(word[0]) * WIDTH
        place = f'x="{left * WIDTH}" y="{y * HEIGHT + 14}" textLength="{length}"'
        yield f'<text {place} fill="{ink}"{bold}>{escape(word[0])}</text>'


def _hex(colour):
    return colour.get_truecolor().hex if colour is not None and not colour.is_default else None


def draw_png(svg, png):
    """Let Chromium draw an SVG file, twice as large; the PNG says which SVG it is of."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise SystemExit(
            "chromium is missing: the pictures of README were not drawn; as root: apt-get install chromium"
        )
    with tempfile.TemporaryDirectory() as profile:
        options = [
            "--headless=new",
            "--no-sandbox",
            "--hide-scrollbars",
            "--force-device-scale-factor=2",
            f"--user-data-dir={profile}",
        ]
        size = f"--window-size={80 * WIDTH},{24 * HEIGHT}"
        subprocess.run([program, *options, size, f"--screenshot={png}", svg.as_uri()], check=True, capture_output=True)
    drawn = png.read_bytes()
    png.write_bytes(drawn[:_AFTER_HEAD] + _text_chunk(b"Source\0" + sum_of(svg).encode()) + drawn[_AFTER_HEAD:])


_AFTER_HEAD = 33  # a PNG's signature and its first chunk


def _text_chunk(content):
    return struct.pack(">I", len(content)) + b"tEXt" + content + struct.pack(">I", zlib.crc32(b"tEXt" + content))


def sum_of(svg):
    """What a PNG names its SVG by."""
    return hashlib.sha256(svg.read_bytes()).hexdigest()


def main():
    """Write the pictures and the chapter of keys."""
    folder = manual() / "pictures"
    folder.mkdir(exist_ok=True)
    for name, svg in asyncio.run(take_pictures()).items():
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")
        print(f"{name}.svg")
    for name in README_PICTURES:
        draw_png(folder / f"{name}.svg", SCREENS / f"{name}.png")
        print(f"{name}.png")
    (manual() / CHAPTER).write_text(keys_chapter(), encoding="utf-8", newline="\n")
    print(CHAPTER)


if __name__ == "__main__":
    main()
