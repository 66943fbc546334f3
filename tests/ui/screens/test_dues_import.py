"""A sheet of base figures against a year that is assessed and closed: all there is to look at can be read before it is written."""

from partyday_tui.rules.month import Month
from partyday_tui.services.dues_months import close_month
from tests.dues_branch import dues_branch
from tests.ui.looking import lines
from tests.ui.screens.dues_books import dialog, the_app, until
from tests.ui.screens.test_dues_assess import held, open_assess


async def test_a_correction_from_a_closed_month_is_laid_open_in_full(book_path, tmp_path):
    sheet = tmp_path / "基数.csv"
    sheet.write_text("姓名,类别,岗位工资,乡镇补贴,税后工资\n丁四,在职,4000,500,4321.009\n", "utf-8")
    book = dues_branch(book_path)
    close_month(book, Month(2026, 11), {}, rest_unpaid=True)
    book.close()
    async with the_app(book_path).run_test(size=(80, 24)) as pilot:
        screen = await open_assess(pilot)
        await pilot.press("f5")
        (await dialog(pilot, "PickFile")).dismiss(sheet)
        await dialog(pilot, "FormDialog")
        await pilot.press("down", "down", "down", *"调资", "f5")
        await dialog(pilot, "Preview")
        await pilot.press("end")
        text = "".join(line.strip() for line in lines(pilot.app))
        assert "2026-11 至 2026-11 已经月结" in text
        assert "「乡镇补贴」500.00 元不知道算不算基数，没有用，请核对。" in text
        assert "4321.009 四舍五入到分" in text and "按写的核定，请核对。" in text
        await pilot.press("f5")
        await until(pilot, lambda: "核定1人" in screen._foot.text_of(0))
    found = held(book_path)[4]
    assert (found.base_fen, found.valid_from, found.reason) == (432_101, "2026-11", "调资")
