"""The sheets of reviews and appraisals: blank ballots without a voter's name, tallies with the mode, text as text."""

import zipfile

import pytest
from openpyxl import load_workbook
from tests.conftest import TODAY
from tests.services.sheets.printed import HELD, table, written
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


def test_the_counts_of_a_review_are_those_of_the_book(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "review")
    event = "event_id = (SELECT id FROM event WHERE on_date = ?)"
    counted = ask(
        f"SELECT dimension, satisfied, fairly, dissatisfied, abstained FROM review_count WHERE {event} ORDER BY voter, number",
        str(HELD),
    )
    shown = [row[1:6] for row in rows if len(row) == 7 and isinstance(row[2], int) and row[0] != "合计"]
    assert sorted(shown) == sorted(map(list, counted)) and shown
    totals = {row[1]: row[2:6] for row in rows if len(row) == 7 and row[0] == "合计"} or {
        row[0]: row[1:] for row in shown
    }
    for line, numbers in totals.items():
        assert numbers == [sum(it[place] for it in counted if it[0] == line) for place in range(1, 5)]
    ballots = ask(f"SELECT given, returned, void, returned - void FROM review_ballots WHERE {event}", str(HELD))
    assert sorted(row[1:5] for row in rows if len(row) == 6 and isinstance(row[1], int) and row[0] != "合计") == sorted(
        map(list, ballots)
    )
    points = (
        [sum(it[1:3]) for it in counted if it[0] != "总体评价"],
        [sum(it[1:]) for it in counted if it[0] != "总体评价"],
    )
    tenths = sum(points[0]) * 1000 // sum(points[1])
    assert f"本次满意率{tenths // 10}.{tenths % 10}%" in str(rows)


def test_the_counts_of_an_appraisal_are_those_of_the_book(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "appraisal", period="2025")
    counted = ask(
        "SELECT m.name, sum(c.excellent), sum(c.qualified), sum(c.basic), sum(c.unqualified), sum(c.abstained), m.grade "
        "FROM appraisal_member m JOIN appraisal_count c ON c.year = m.year AND c.member_id = m.member_id WHERE m.year = 2025 "
        "GROUP BY m.member_id"
    )
    words = {"excellent": "优秀", "qualified": "合格", "basic": "基本合格", "unqualified": "不合格"}
    shown = [[row[1].split(" ")[0], *row[2:8]] for row in table(rows, "序号") if len(row) > 7]
    assert sorted(shown) == sorted([*it[:6], words[it[6]]] for it in counted)
    given = ask("SELECT given, returned, void, returned - void FROM appraisal_ballots WHERE year = 2025")
    assert all("发出{}收回{}废票{}有效{}".format(*it) in str(rows) for it in given)


def test_the_ballot_of_the_demo_lists_the_full_members_of_the_day(demo, ask, tmp_path):
    rows = table(written(demo, tmp_path, "appraisal-ballot", period="2025"), "序号")
    names = ask("SELECT name FROM appraisal_member WHERE year = 2025 AND kind = 'full'")
    assert sorted(row[1].split(" ")[0] for row in rows) == sorted(name for (name,) in names)
