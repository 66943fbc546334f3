"""`partyday web` in a headless Chromium: from the page to a marked roll and a downloaded sign-in sheet."""

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


async def test_a_roll_is_marked_and_its_sheet_downloaded(book, book_path, tmp_path):
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
            outside = [url for url in page.asked if url.split("/")[2] != server.origin.split("/")[2]]
            assert [url for url in outside if not url.startswith("data:")] == []
            await page.do("Page.close")
        assert server.ended() == 0
    sheet = next(tmp_path.glob("*.xlsx"))
    assert "签到表" in sheet.name
    assert sheet.read_bytes() == (exports_folder() / sheet.name).read_bytes()
    book = open_existing(book_path, Clock(TODAY))
    marked = [(it.name, it.status) for it in read_roll(book, event_to_call(book)).entries if it.status]
    assert marked == [("李秀英", Status.PRESENT)]
    book.close()
