"""The sheets of reviews and appraisals: blank ballots without a voter's name, tallies with the mode, text as text."""

import zipfile

import pytest
from openpyxl import load_workbook
from tests.conftest import TODAY
from tests.ui.looking import HOSTILE
from tests.ui.screens.rolls import fill

from partyday_tui.rules.ballots import Ballots
from partyday_tui.services import appraisal, review
from partyday_tui.services.forms import asked_for, export_form

LINES = ("主题特色鲜明", "内容充实健康", "方式灵活生动", "效果突出显著", "总体评价")


def text_of(path):
    """Every value of every sheet, joined; and no cell is a formula."""
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]
    cells = [
        cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    assert not [cell for cell in cells if cell.data_type in ("f", "e")]
    return "\n".join(str(cell.value) for cell in cells)


def export(book, form, period, folder):
    return export_form(book, asked_for(book, form, period), folder)


@pytest.fixture
def event(book):
    return fill(book, ["罗有秀", "金新霞", *HOSTILE[:3]])


def test_the_blank_ballot_asks_every_line_and_no_name(book, event, tmp_path):
    text = text_of(export(book, "review-ballot", str(event), tmp_path))
    assert all(line in text for line in LINES)
    assert all(word in text for word in ("满意", "基本满意", "不满意", "弃权", "无记名", "意见和建议", "不要写姓名"))
    assert "罗有秀" not in text


def test_the_tally_says_by_which_mode(book, event, tmp_path):
    assert "还没有填票数" in text_of(export(book, "review", str(event), tmp_path))
    review.write_class(book, event, "party", Ballots(25, 24, 1), dict.fromkeys(LINES, "18 4 1"))
    review.write_class(book, event, "served", Ballots(5, 5, 0), dict.fromkeys(LINES, "5"))
    review.write_remarks(book, event, "=1+1\n时间再长些")
    text = text_of(export(book, "review", str(event), tmp_path))
    assert "满意率算法：（满意+基本满意）/有效票" in text
    assert "本次满意率96.4%，其中只算满意的82.1%" in text
    assert "意见和建议：=1+1；时间再长些" in text
    assert all(word in text for word in ("党员", "服务对象", "合计", f"测评日期：{TODAY}"))


def test_the_ballot_of_an_appraisal_names_who_gets_a_grade(book, event, tmp_path):
    with book.act("预备") as act:
        act.connection.execute("UPDATE member SET kind = 'probationary' WHERE name = '金新霞'")
    text = text_of(export(book, "appraisal-ballot", "2026", tmp_path))
    assert "罗有秀" in text and "金新霞" not in text and "=1+1" in text
    assert all(word in text for word in ("优秀", "合格", "基本合格", "不合格", "存在问题", "政治合格", "无记名"))


def test_the_tally_of_an_appraisal_has_decisions_and_the_quota(book, event, tmp_path):
    lines = {line.name: line.member_id for line in appraisal.read_appraisal(book, 2026).appraisal.lines}
    appraisal.write_class(book, 2026, "party", Ballots(5, 5, 0), {lines["罗有秀"]: "4 1", lines["金新霞"]: "1 4"})
    appraisal.decide(book, 2026, lines["罗有秀"], "qualified", "名额有限")
    appraisal.note_absence(book, 2026, lines["金新霞"], "住院")
    text = text_of(export(book, "appraisal", "2026", tmp_path))
    assert all(word in text for word in ("名额有限", "未参加：住院", "最多1人", "发出5收回5废票0有效5"))
