"""Every form is written from the demo book, read back by two programs, and holds what independent SQL says."""

import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from tests.conftest import TODAY
from tests.services.sheets.printed import ALL, YEAR, when_of, written
from tests.whole.poison import poison

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.form_kinds import FORMS, form_named
from partyday_tui.rules.month import Month
from partyday_tui.services import forms
from partyday_tui.services.demo import DEMO_DAY, open_demo
from partyday_tui.services.leave import enter_slip
from partyday_tui.services.plan import make_plan
from partyday_tui.store.events import insert_event
from partyday_tui.store.members import insert_members


@pytest.mark.parametrize(("key", "variant"), ALL, ids=[" ".join(it).strip() for it in ALL])
def test_every_form_of_the_demo_is_written_and_read_back(demo, tmp_path, key, variant):
    rows = written(demo, tmp_path / "出", key, variant)
    texts = "".join(str(value) for row in rows for value in row)
    assert "柳湾村党支部" in texts and len(rows) > 4
    (path,) = (tmp_path / "出").iterdir()
    assert path.name.startswith("柳湾村党支部 ") and form_named(key).title in path.name
    for sheet in load_workbook(path).worksheets:
        assert sheet.page_setup.paperSize == "9" or int(sheet.page_setup.paperSize) == 9
        assert sheet.oddFooter.left.text == "参考样式" and "共&N页" in sheet.oddFooter.center.text
        assert sheet.print_area


@pytest.mark.parametrize("members", [0, 1, 44, 150])
def test_every_form_stands_for_every_size_of_branch(book, tmp_path, members):
    with book.act("造数", with_session=True) as act:
        people = [
            {"name": f"党员{n}", "reading": f"dang yuan {n}", "kind": "full", "joined_on": "2001-07-01"}
            for n in range(members)
        ]
        insert_members(act, people)
        insert_event(act, {"month": "2026-11", "on_date": "2026-11-06"}, frozenset({"party_day"}))
        act.connection.execute(
            "INSERT INTO change_request (event_id, from_date, to_date, reason, duty, state) SELECT id, '2026-11-06', '2026-11-13', '防汛', "
            "'consent', 'drafted' FROM event"
        )
    if members:
        make_plan(book, YEAR)
        enter_slip(book, 1, None, {"reason_class": "因病", "applied_on": "2026-11-05", "first_day": "2026-11-05"})
    for key, variant in ALL:
        kind = form_named(key)
        if not members and kind.periods in (("leave",), ("member",)):
            continue
        period = "2026-11-06" if kind.periods == ("event",) else when_of(kind)
        rows = written(book, tmp_path, key, variant, period)
        assert len(rows) > 2, key
        if key in ("roster", "sign-in", "dues-register"):
            assert (
                sum(str(value).startswith("党员") and str(value)[2:].isdigit() for row in rows for value in row)
                == members
            )


def test_hostile_text_in_every_field_is_printed_as_text(demo_path, tmp_path):
    path = shutil.copy(demo_path, tmp_path / "poisoned.db")
    poison(path)
    book = open_demo(path, Clock(DEMO_DAY))
    for key, variant in ALL:
        kind = form_named(key)
        asked = forms.asked_for(book, key, when_of(kind), variant)
        target = forms.export_form(book, asked, tmp_path / "出")
        with zipfile.ZipFile(target) as archive:
            for name in archive.namelist():
                is_sheet = name.startswith("xl/worksheets/")  # a chart names its cells in <f> too
                assert not (is_sheet and re.search(rb"<f[ >/]", archive.read(name))), (key, name)
        for sheet in load_workbook(target).worksheets:
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")], key
            assert max(it.height or 0 for it in sheet.row_dimensions.values()) <= 409, key
        CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    book.close()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("没有的表",), "没有「没有的表」这张表格"),
        (("notice",), "请写活动的日期"),
        (("notice", "十一月"), "不是「十一月」"),
        (("notice", "2026-11-07"), "2026-11-07 没有安排活动"),
        (("notice", "9999"), "这次活动已经不在计划里"),
        (("roster", "2026", "full"), "不分年月"),
        (("roster", "", "blank"), "党员花名册没有「blank」这一种"),
        (("year-plan", "2026-11"), "按年输出"),
        (("year-plan", "", "full"), "没有「full」"),
        (("dues-month", "26"), "月份没有看懂"),
        (("leave",), "请写请假条的编号"),
        (("leave", "9999"), "已经去掉了"),
        (("member-year",), "请写党员姓名"),
        (("member-year", "没有此人 2026"), "名册里没有「没有此人」"),
        (("cases", "2026-13"), "月份没有看懂"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_the_next_step(demo, words, sentence):
    with pytest.raises(UserMistake, match=re.escape(sentence)):
        forms.asked_for(demo, *words)


def test_a_form_of_an_event_that_only_the_rules_gave_is_refused_but_for_the_sign_in(demo, tmp_path):
    with pytest.raises(UserMistake, match="还没有排进计划"):
        forms.export_form(demo, forms.asked_for(demo, "notice", "2027-01-08"), tmp_path)
    assert forms.export_form(demo, forms.asked_for(demo, "签到表", "2027-01-08", "blank"), tmp_path).is_file()


def test_a_year_or_a_month_left_out_is_the_present_one(demo):
    assert forms.asked_for(demo, "year-plan").when == TODAY.year
    assert forms.asked_for(demo, "党费收缴月报").when == Month(2026, 11)
    assert forms.asked_for(demo, "self-check", "2026-03").when == Month(2026, 3)
    assert forms.asked_for(demo, "党员全年情况", "罗有秀").when.year == TODAY.year
    assert forms.asked_for(demo, "党员全年情况", "罗有秀 2025").when.year == 2025


def test_the_name_of_the_file_says_branch_period_and_form(demo, tmp_path):
    names = {
        forms.file_name(demo, forms.asked_for(demo, *words))
        for words in (
            ("dues-month", "2026-09"),
            ("sign-in", "2026-09-04", "blank"),
            ("roster", "", "masked"),
            ("talk", "2025"),
            ("leave", "1"),
            ("member-year", "罗有秀 2025"),
        )
    }
    assert names == {
        "柳湾村党支部 2026年9月 党费收缴月报",
        "柳湾村党支部 2026-09-04 到镇廉政教育基地 签到表（空白）",
        "柳湾村党支部 2026-11-06 党员花名册（遮住号码）",
        "柳湾村党支部 2025年 谈心谈话登记表",
        "柳湾村党支部 2026-02-25 陈才荣 1号 请假条",
        "柳湾村党支部 2025年 罗有秀 党员全年情况",
    }


def test_every_room_of_a_form_exists_and_no_two_forms_share_a_name():
    assert len({kind.key for kind in FORMS} | {kind.title for kind in FORMS}) == 2 * len(FORMS)
    assert all(kind.rooms and kind.help and kind.reading for kind in FORMS)
    assert [kind.key for kind in forms.forms_of("register talk")] == ["talk"]


def test_the_switching_of_threads_is_as_before_after_an_export():
    usual = sys.getswitchinterval()
    with forms.keys_first():
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def test_openpyxl_waits_for_the_first_export(demo_path, tmp_path):
    program = f"""
import sys
from datetime import date
from pathlib import Path
from partyday_tui.clock import Clock
from partyday_tui.services import forms
from partyday_tui.services.books import open_existing
from partyday_tui.ui.screens import exporting
book = open_existing(Path({str(shutil.copy(demo_path, tmp_path / "book.db"))!r}), Clock(date(2026, 11, 6)))
for key, period in (("dues-register", "2026"), ("record", "2026-09-04"), ("meeting-statistics", "2026")):
    forms.form_of(book, forms.asked_for(book, key, period))
assert "openpyxl" not in sys.modules
forms.export_form(book, forms.asked_for(book, "roster", "", "masked"), Path({str(tmp_path)!r}))
assert "openpyxl" in sys.modules
book.close()
"""
    subprocess.run([sys.executable, "-c", program], check=True)
