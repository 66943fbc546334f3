"""Base figures from the sample sheet: names settled by the user, one act, the same file again changes nothing."""

from datetime import date
from pathlib import Path

import pytest

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.excel.read import read_grids
from partyday_tui.rules.month import Month
from partyday_tui.services.books import make_book
from partyday_tui.services.dues_import import (
    draft_base_figures,
    import_base_figures,
    month_to_correct,
    preview_base_figures,
)
from partyday_tui.services.dues_ledger import year_grid

FILE = Path(__file__).parents[1] / "samples" / "党费核定基础数据.xlsx"
APPROVED = {"approved_on": date(2026, 1, 9), "approved_by": "支委会"}


@pytest.fixture
def book(book_path):
    book = make_book(book_path, Clock(date(2026, 11, 6)), name="柳湾村党支部", preset="rural_community")
    names = [row[0].replace(" ", "") for row in read_grids(FILE)[0].rows[2:]]
    with book.act("名册") as act:
        act.connection.executemany("INSERT INTO member (name, kind) VALUES (?, 'full')", [(name,) for name in names])
    yield book
    book.close()


def twins(preview):
    return [row for row in preview.rows if row.source.name == "王建国"]


def test_names_that_occur_twice_are_never_guessed(book):
    preview = preview_base_figures(book, FILE, 2026)
    assert (preview.count("new"), preview.count("ambiguous"), len(preview.rows)) == (42, 2, 44)
    assert [row.state for row in twins(preview)] == ["ambiguous"] * 2
    assert len(twins(preview)[0].candidates) == 2 and twins(preview)[0].member_id is None
    import_base_figures(book, preview, **APPROVED)
    assert sum(any(row.due) for row in year_grid(book, 2026).rows) == 42


def test_the_user_settles_them_and_the_whole_is_one_act(book):
    first, second = twins(preview_base_figures(book, FILE, 2026))
    keys = [payer.id for payer in first.candidates]
    choices = {first.source.row: keys[1], second.source.row: keys[0]}
    acts = book.rows("SELECT count(*) FROM act")[0][0]
    written = import_base_figures(book, preview_base_figures(book, FILE, 2026, choices), **APPROVED)
    assert len(written) == 44
    assert book.rows("SELECT count(*) FROM act")[0][0] == acts + 1
    by_key = {each.assessment.member_id: each.assessment for each in written}
    assert (by_key[keys[1]].category, by_key[keys[1]].monthly_fen) == ("retired", 5000)
    assert (by_key[keys[0]].category, by_key[keys[0]].monthly_fen) == ("farmer", 50)
    again = preview_base_figures(book, FILE, 2026, choices)
    assert again.count("unchanged") == 44
    with pytest.raises(UserMistake, match="没有要写入"):
        import_base_figures(book, again)


def test_the_figures_of_the_sheet_are_exact(book):
    found = {row.source.name: row.assessed.monthly_fen for row in preview_base_figures(book, FILE, 2026).rows}
    expected = {"黄秀杰": 7500, "任玉玉": 4200, "万贵": 1173, "雷玉兰": 12901, "金新霞": 20000, "邓金强": 1500, "范德": 3000,
                "阿依古丽·买买提": 1608, "范学英": 2500, "罗有秀": 5000, "郝明长": 20, "仇伟": 50}  # fmt: skip
    assert {name: found[name] for name in expected} == expected


def test_a_note_that_speaks_of_relief_is_pointed_out(book):
    row = next(row for row in preview_base_figures(book, FILE, 2026).rows if row.source.name == "区德杰")
    assert row.state == "new" and "低保" in row.doubts[0]


def test_a_wrong_choice_is_refused(book):
    first, second = twins(preview_base_figures(book, FILE, 2026))
    key = first.candidates[0].id
    with pytest.raises(UserMistake, match="不能指给编号"):
        preview_base_figures(book, FILE, 2026, {first.source.row: 99})
    with pytest.raises(UserMistake, match="都指给了同一位"):
        import_base_figures(
            book, preview_base_figures(book, FILE, 2026, {first.source.row: key, second.source.row: key})
        )


def test_bad_rows_are_named_and_good_rows_are_kept(book, tmp_path):
    sheet = tmp_path / "基数.csv"
    sheet.write_text(
        "姓名,类别,岗位工资,薪级工资,养老保险,月应交党费\n"
        "黄秀杰,在职,3000,1200.5,400,38.01\n"
        "石娜才,神仙,,,,\n"
        "任玉玉,在职,,,,\n"
        "冯磊发,农民,,,,0.5\n"
        "外来人,农民,,,,\n"
        "欧阳修文,在职,约3000,,,\n"
        "合计,,,,,\n",
        "utf-8",
    )
    rows = {row.source.name: row for row in preview_base_figures(book, sheet, 2026).rows}
    assert {name: row.state for name, row in rows.items()} == {
        "黄秀杰": "new",
        "石娜才": "refused",
        "任玉玉": "refused",
        "冯磊发": "new",
        "外来人": "unknown",
        "欧阳修文": "refused",
    }
    assert rows["黄秀杰"].source.base_fen == 380_050 and rows["黄秀杰"].doubts == ()
    assert [part.name for part in rows["黄秀杰"].source.parts] == ["岗位工资", "薪级工资", "养老保险"]
    assert "没有「神仙」" in rows["石娜才"].source.problem and "缺少收入" in rows["任玉玉"].source.problem


def test_a_sheet_without_names_or_categories_is_refused(book, tmp_path):
    sheet = tmp_path / "别的.csv"
    sheet.write_text("姓名,备注\n甲,乙\n", "utf-8")
    with pytest.raises(UserMistake, match="「类别」"):
        preview_base_figures(book, sheet, 2026)


@pytest.mark.parametrize(("year", "month"), [(2026, Month(2026, 11)), (2027, Month(2027, 1)), (2025, Month(2025, 12))])
def test_a_correction_is_proposed_from_the_nearest_month_of_its_year(year, month):
    assert month_to_correct(date(2026, 11, 6), year) == month


def test_what_would_be_written_is_drafted_and_nothing_is_written(book):
    preview = preview_base_figures(book, FILE, 2026)
    drafted = draft_base_figures(book, preview)
    assert len(drafted) == 42 and any("还没有写核定的日期" in warning for warning in drafted[0].warnings)
    assert not any(any(row.due) for row in year_grid(book, 2026).rows)


def test_one_impossible_row_does_not_hold_up_the_others(book, tmp_path):
    from openpyxl import Workbook

    workbook = Workbook()
    for row in (["姓名", "类别", "月收入"], ["黄秀杰", "在职", 1e13], ["任玉玉", "在职", 3333.333333]):
        workbook.active.append(row)
    workbook.save(tmp_path / "基数.xlsx")
    preview = preview_base_figures(book, tmp_path / "基数.xlsx", 2026)
    assert [row.state for row in preview.rows] == ["refused", "new"]
    (written,) = import_base_figures(book, preview, **APPROVED)
    assert written.assessment.base_fen == 333_333


def test_the_parts_are_kept_in_the_book_where_they_make_the_base(book, tmp_path):
    from partyday_tui.services.dues_assess import assessment_history

    sheet = tmp_path / "基数.csv"
    sheet.write_text(
        "姓名,类别,岗位工资,养老保险,税后工资总额\n黄秀杰,在职,2000,100,1900\n任玉玉,在职,2000,100,9999\n", "utf-8"
    )
    written = import_base_figures(book, preview_base_figures(book, sheet, 2026), **APPROVED)
    kept = {
        each.assessment.base_fen: [part.name for part in assessment_history(book, each.assessment.member_id)[0][1]]
        for each in written
    }
    assert kept == {190_000: ["岗位工资", "养老保险"], 999_900: []}
