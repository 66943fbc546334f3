"""The sign-in sheet holds what domain.md 2.c asks for, blank and filled, for every size of branch and every name."""

import re
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from partyday_tui.excel.finish import finish
from partyday_tui.excel.sign_in import SignIn, sign_in_sheet
from partyday_tui.rules.events import Event
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import RollEntry, Status

DAY = date(2026, 11, 6)
EVENT = Event(
    1, "2026-11", DAY, frozenset({"party_day"}), theme="党史学习", place="会议室", starts_at="19:00", ends_at="21:00"
)
GUESTS = [Guest(1, "刘第一", "", "第一书记", "县农业农村局"), Guest(2, "周群众", "", "群众代表")]


def entry(n, status=None, **more):
    fields = {
        "name": f"党员{n}",
        "reading": "",
        "group": "第一党小组",
        "kind": "full",
        "post": "",
        "floating": False,
        "infirm": False,
    }
    marked_at = "" if status is None else "2026-11-06T19:02:31+08:00"
    return RollEntry(n, **{**fields, "status": status, "marked_at": marked_at, **more})


def made(entries, guests=(), *, blank=False, event=EVENT):
    return sign_in_sheet(SignIn("柳湾村党支部", event, DAY, entries, guests, blank))


def texts(sheet):
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def test_a_blank_sheet_has_room_to_sign():
    sheet = made([entry(1), entry(2, Status.PRESENT)], GUESTS, blank=True).active
    assert texts(sheet) == [
        ["主题党日活动签到表"],
        ["党支部：柳湾村党支部"],
        ["主题：党史学习"],
        ["时间：2026年11月6日（星期五）19:00-21:00", "地点：会议室"],
        ["应到2人　　实到____人　　请假____人　　缺席____人　　列席____人"],
        ["序号", "姓名", "党小组", "签到", "备注"],
        [1, "党员1", "第一党小组"],
        [2, "党员2", "第一党小组"],
        ["列席人员"],
        ["序号", "姓名", "单位/身份", "签到"],
        [1, "刘第一", "县农业农村局 第一书记"],
        [2, "周群众", "群众代表"],
        [3],
        [4],
        ["记录人：", "支部书记："],
    ]
    assert sheet.oddFooter.left.text == "参考样式"
    assert sheet.row_dimensions[7].height == 30


def test_a_filled_sheet_says_who_came_and_both_rates():
    entries = [
        entry(1, Status.PRESENT),
        entry(2, Status.LATE, marked_at="2026-11-07T08:00:00+08:00"),
        entry(3, Status.LEAVE, reason="外出务工", floating=True),
        entry(4, Status.ABSENT),
        entry(5, Status.OTHER, infirm=True),
        entry(6),
    ]
    rows = texts(made(entries, GUESTS).active)
    assert rows[4] == ["应到6人　　实到2人（其中迟到1人）　　请假1人　　缺席1人　　其他方式1人　　未点1人　　列席2人"]
    assert rows[5] == ["到会率33.3%（实到2人/应到6人）　　扣除后50.0%（实到2人/4人）"]
    assert [row[3:] for row in rows[7:13]] == [
        ["到会 19:02"],
        ["迟到"],
        ["请假", "外出务工\n流动"],
        ["缺席"],
        ["其他方式", "年老体弱"],
        ["未点"],
    ]
    assert rows[15] == [1, "刘第一", "县农业农村局 第一书记", "列席"]
    assert rows[17] == ["扣除未到会的流动、年老体弱党员：党员3（流动）、党员5（年老体弱）"]


@pytest.mark.parametrize("blank", [True, False])
@pytest.mark.parametrize(
    ("members", "columns", "pages"), [(0, 5, 1), (1, 5, 1), (16, 5, 1), (17, 10, 1), (44, 10, 1), (50, 10, 1)]
)
def test_a_branch_of_usual_size_fits_on_one_page(members, columns, pages, blank):
    workbook = made([entry(n, Status.PRESENT) for n in range(members)], GUESTS, blank=blank)
    assert len(workbook.sheetnames) == pages
    assert workbook.active.page_setup.fitToHeight == 1
    assert workbook.active.max_column == columns


def test_names_in_two_columns_are_read_down():
    sheet = made([entry(n) for n in range(1, 45)], blank=True).active
    numbers = [(row[0].value, row[5].value) for row in sheet.iter_rows(min_row=7, max_row=28)]
    assert numbers == [(n, n + 22) for n in range(1, 23)]


@pytest.mark.parametrize("members", [200, 5_000])
def test_a_large_branch_runs_over_pages_with_its_heads(members):
    workbook = made([entry(n) for n in range(1, members + 1)], GUESTS, blank=True)
    assert workbook.sheetnames == ["主题党日活动签到表", "列席人员"]
    sheet = workbook.worksheets[0]
    assert sheet.print_title_rows == "$6:$6"
    assert [row[0].value for row in sheet.iter_rows(min_row=7, max_row=6 + members)] == list(range(1, members + 1))


def test_an_event_without_a_date_leaves_the_time_open():
    event = Event(1, "2026-11", None, frozenset({"lesson"}))
    rows = texts(made([entry(1)], blank=True, event=event).active)
    assert rows[0] == ["活动签到表"]
    assert rows[2:4] == [["主题：党课"], ["时间：", "地点："]]


HOSTILE = [
    "张[/foo]三",
    "[@click=app.quit]x",
    "=1+1",
    "@SUM(A1)",
    "王\x1b[2J五",
    "李\u202e四",
    "\ud800",
    "名" * 200,
    "_x0041_",
    "<f>",
    "#REF!",
]


@pytest.mark.parametrize("blank", [True, False])
def test_hostile_text_is_written_as_text_everywhere(tmp_path, blank):
    entries = [
        entry(n, Status.LEAVE, name=text, group=text, reason=text, floating=True) for n, text in enumerate(HOSTILE)
    ]
    guests = [Guest(n, text, "", text, text) for n, text in enumerate(HOSTILE)]
    for text in HOSTILE:
        event = Event(1, "2026-11", DAY, frozenset(), theme=text, place=text)
        path = finish(sign_in_sheet(SignIn(text, event, DAY, entries, guests, blank)), tmp_path, text)
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                assert not re.search(r"<f[ >/]", archive.read(name).decode())
        found = {cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row}
        assert {"张[/foo]三", "=1+1", "@SUM(A1)", "王[2J五", "李四", "名" * 200, "<f>", "#REF!"} <= found


def test_many_deducted_members_do_not_fill_the_page():
    entries = [entry(n, Status.LEAVE, infirm=True) for n in range(200)]
    line = next(row[0] for row in texts(made(entries).active) if str(row[0]).startswith("扣除未到会"))
    assert line.count("年老体弱）") == 30 and line.endswith("等200人，见备注栏")


def test_a_long_reason_gets_the_wide_columns():
    entries = [entry(n, Status.LEAVE, reason="因" * 200 if n == 7 else "") for n in range(30)]
    sheet = made(entries).active
    assert sheet.max_column == 5
    assert 250 < sheet.row_dimensions[15].height < 409
