"""The sign-in sheet holds what domain.md 2.c asks for, blank and filled, for every size of branch and every name."""

import re
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from partyday_tui.excel.finish import finish
from partyday_tui.excel.page import print_form
from partyday_tui.rules.events import Event
from partyday_tui.rules.people import Guest
from partyday_tui.rules.roll import RollEntry, Status
from partyday_tui.services.roll import Mark, event_with_key, read_roll, seat_guest, write_marks
from partyday_tui.services.sheets.sign_in import SignIn, in_signing_order, sign_in, sign_in_form
from partyday_tui.store.events import insert_event
from partyday_tui.store.members import group_id, insert_members

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
    return print_form(sign_in_form(SignIn("柳湾村党支部", event, DAY, entries, guests, blank)))


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
    "名" * 60,
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
        path = finish(print_form(sign_in_form(SignIn(text, event, DAY, entries, guests, blank))), tmp_path, text)
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                assert not re.search(r"<f[ >/]", archive.read(name).decode())
        found = {cell.value for row in load_workbook(path).worksheets[0].iter_rows() for cell in row}
        assert {"张[/foo]三", "=1+1", "@SUM(A1)", "王[2J五", "李四", "名" * 60, "<f>", "#REF!"} <= found


def test_many_deducted_members_do_not_fill_the_page():
    entries = [entry(n, Status.LEAVE, infirm=True) for n in range(200)]
    line = next(row[0] for row in texts(made(entries).active) if str(row[0]).startswith("扣除未到会"))
    assert line.count("年老体弱）") == 30 and line.endswith("等200人，见备注栏")


def test_a_long_reason_gets_the_wide_columns():
    entries = [entry(n, Status.LEAVE, reason="因" * 200 if n == 7 else "") for n in range(30)]
    sheet = made(entries).active
    assert sheet.max_column == 5
    assert 250 < sheet.row_dimensions[15].height < 409


@pytest.fixture
def branch(book):
    with book.act("准备", with_session=True) as act:
        groups = [group_id(act, name) for name in ("第一党小组", "第二党小组", "第三党小组")]
        people = [
            ("赵三", "zhao san", groups[2]),
            ("张二", "zhang er", groups[1]),
            ("安零", "an ling", None),
            ("白一", "bai yi", groups[0]),
        ]
        insert_members(act, [{"name": n, "reading": r, "kind": "full", "group_id": g} for n, r, g in people])
        key = insert_event(
            act, {"month": "2026-11", "on_date": "2026-11-06", "theme": "党史/学习"}, frozenset({"party_day"})
        )
    return book, event_with_key(book, key)


def read(branch, variant):
    book, event = branch
    return texts(print_form(sign_in(book, event, variant=variant)).active)


def test_the_blank_sheet_lists_the_roster_by_group(branch):
    rows = read(branch, "blank")
    assert rows[1] == ["党支部：柳湾村党支部"]
    assert [row[1] for row in rows[6:10]] == ["白一", "张二", "赵三", "安零"]


def test_the_filled_sheet_counts_as_the_roll_does(branch):
    book, event = branch
    ids = {entry.name: entry.member_id for entry in read_roll(book, event).entries}
    write_marks(book, event, [[Mark(ids["白一"], Status.PRESENT), Mark(ids["张二"], Status.LEAVE, "住院")]])
    seat_guest(book, event, Guest(0, "刘书记", "", "第一书记", "县局"))
    rows = read(branch, "filled")
    counts = read_roll(book, event).counts
    assert rows[4] == [f"应到{counts.expected}人　　实到{counts.came}人　　请假1人　　缺席0人　　未点2人　　列席1人"]
    assert rows[7][3].startswith("到会")
    assert rows[8:11] == [
        [2, "张二", "第二党小组", "请假", "住院"],
        [3, "赵三", "第三党小组", "未点"],
        [4, "安零", "未点"],
    ]


def test_members_stand_by_group_as_entered_then_by_reading():
    def one(n, group, reading):
        return RollEntry(n, f"{n}", reading, group, "full", "", False, False)

    entries = (one(1, "", "a"), one(2, "第三", "b"), one(3, "第二", "z"), one(4, "第二", "c"), one(5, "旧组", "a"))
    assert [it.member_id for it in in_signing_order(entries, ["第一", "第二", "第三"])] == [4, 3, 2, 5, 1]


def test_two_of_one_name_are_told_apart_by_their_year_of_birth(branch):
    book, _ = branch
    born = [("1960-03-08", ""), ("", "999999200310160734"), ("", "")]
    with book.act("准备", with_session=True) as act:
        insert_members(
            act,
            [
                {
                    "name": "王建国",
                    "reading": "wang jian guo",
                    "kind": "full",
                    "born_on": day or None,
                    "identity": number,
                }
                for day, number in born
            ],
        )
    for variant, column in (("blank", 2), ("filled", 3)):
        rows = read(branch, variant)
        named = [row[column:] for row in rows if len(row) > 1 and row[1] == "王建国"]
        assert sorted(map(str, named)) == ["['1960年生']", "['2003年生']", "[]"]
        assert all("年生" not in str(row) for row in rows if "王建国" not in row)
