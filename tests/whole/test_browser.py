"""`partyday web` in a headless Chromium: from the page to a marked roll, a downloaded sign-in sheet and a month's package."""

import warnings

import pytest

from partyday_tui.clock import Clock
from partyday_tui.paths import exports_folder
from partyday_tui.rules.roll import Status
from partyday_tui.services.books import open_existing
from partyday_tui.services.roll import event_to_call, read_roll
from tests.cli.serving import served
from tests.conftest import TODAY
from tests.ui.screens.rolls import fill

try:
    from tests.whole.chromium import PROGRAM, Page, wait_for
except ModuleNotFoundError:
    PROGRAM = None
if PROGRAM is None:
    warnings.warn("chromium or the extra [web] is missing: `partyday web` is NOT tested in a browser", stacklevel=1)
    pytest.skip("no chromium, or no extra [web]", allow_module_level=True)


async def test_a_roll_is_marked_its_sheet_and_a_package_downloaded(book, book_path, tmp_path):
    fill(book, ["张建国", "李秀英"])
    book.close()
    with served(book_path) as server:
        async with Page(tmp_path) as page:
            await page.do("Page.navigate", url=server.page)
            await page.until("待点名")
            await page.press("F4")
            await page.until("未点2")
            await page.press("1")
            await page.until("未点1")
            await page.press("e", control=True)
            await page.until("填好的")
            await page.press("1")
            await wait_for(lambda: list(tmp_path.glob("*.xlsx")), lambda: f"the sheet; {page.text}")
            await page.until("已写")
            await page.press("p", control=True)
            await page.until("命令")
            for letter in "bg":
                await page.press(letter)
            await page.until("表格")
            await page.press("Enter")
            await page.until("写这一张")
            for seen in ("2026年11月", "许多文件"):
                await page.press("Enter")
                await page.until(seen)
            await page.press("Enter")
            await page.until("已放进待报送")
            await wait_for(lambda: len(list(tmp_path.glob("*.xlsx"))) == 2, lambda: f"the package; {page.text}")
            outside = [url for url in page.asked if url.split("/")[2] != server.origin.split("/")[2]]
            assert [url for url in outside if not url.startswith("data:")] == []
            await page.do("Page.close")
        assert server.ended() == 0
    downloads = sorted(tmp_path.glob("*.xlsx"), key=lambda it: "材料" in it.name)
    assert ["签到表" in downloads[0].name, "2026年11月材料" in downloads[1].name] == [True, True]
    for file in downloads:
        assert file.read_bytes() == (exports_folder() / file.name).read_bytes()
    book = open_existing(book_path, Clock(TODAY))
    marked = [(it.name, it.status) for it in read_roll(book, event_to_call(book)).entries if it.status]
    assert marked == [("李秀英", Status.PRESENT)]
    book.close()
